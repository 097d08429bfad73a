"""Sentences with marked words, as the network would mark them."""

from __future__ import annotations


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its [brackets], and the start and end of what stood in each."""
    raw, spans = "", []
    for part in marked.split("["):
        words, closed, rest = part.partition("]")
        if closed:
            spans.append((len(raw), len(raw) + len(words)))
        raw += words + rest
    return raw, spans
