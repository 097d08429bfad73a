"""Words round a name: which stretches of a mention may be the name itself, and what the rest says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.register.index import Index
from contested.register.names import plain, words


def without_articles(folded: str) -> str:
    """`folded` without articles and numbers before it, if anything is left."""
    articles = words().articles
    tokens = folded.split()
    start = 0
    while start < len(tokens) - 1 and (tokens[start] in articles or tokens[start].isdigit()):
        start += 1
    return " ".join(tokens[start:])


def endings(tokens: Sequence[str]) -> Iterator[str]:
    """What is left of `tokens` when articles, numbers and words like "suspected" before it go, one by one."""
    skipped = words().articles | words().before
    for start, token in enumerate(tokens):
        yield " ".join(tokens[start:])
        if not (token in skipped or token.isdigit()):
            return


def is_name(mention: str) -> bool:
    """Whether some word but an article starts with a capital, or is in letters that have none."""
    articles = words().articles
    return any(word[0].isalpha() and not word[0].islower() and plain(word) not in articles for word in mention.split())


def cuts(tokens: Sequence[str], index: Index) -> Iterator[tuple[int, int, str]]:
    """Stretches of `tokens` that may be the name itself, longest first: start, end, kind of the words after it.

    Before a name may stand titles, countries and other words that change nothing of who is meant; after it a word
    for the whole (kind "heads") or for those who fight and work for it (kind "forces").
    """
    known = words()
    size = len(tokens)
    starts = [0, *(n for n in range(1, size) if _led(tokens[:n], index))]
    ends = [(size, "")]
    for n in range(size - 1, 0, -1):
        tail = " ".join(tokens[n:])
        if tail in known.heads:
            ends.append((n, "heads"))
        elif tail in known.forces:
            ends.append((n, "forces"))
    found = [(start, end, kind) for start in starts for end, kind in ends if end > start and (start or kind)]
    yield from sorted(found, key=lambda cut: cut[0] - cut[1])


def titled(tokens: Sequence[str]) -> Iterator[int]:
    """Where a person's full name may start, after a title that stands anywhere: "agency chief Ada Lovelace" gives 2."""
    titles = words().titles
    for n in range(1, len(tokens) - 1):
        if tokens[n - 1] in titles:
            yield n


def led_by(tokens: Sequence[str], index: Index) -> Iterator[tuple[str, str]]:
    """Organs and whose they may be: "assads air force" is ("air force", "assads"); so "forces loyal to assad"."""
    for n in range(1, len(tokens)):
        tail = " ".join(tokens[n:])
        if index.bare(tail):
            yield tail, " ".join(tokens[:n])
    ties = words().ties
    for n in range(1, len(tokens) - 1):
        head = " ".join(tokens[:n])
        if index.bare(head):
            for end in range(len(tokens) - 1, n, -1):
                if " ".join(tokens[n:end]) in ties:
                    yield head, " ".join(tokens[end:])


def _led(tokens: Sequence[str], index: Index) -> bool:
    """Whether `tokens` are all words that stand before a name: titles, countries, descriptions, "the so-called"."""
    known = words()
    n = 0
    while n < len(tokens):
        for end in range(len(tokens), n, -1):
            part = " ".join(tokens[n:end])
            if (
                part in known.titles
                or part in known.before
                or part in known.heads
                or part in known.articles
                or index.bare(part)
                or index.country(part)
            ):
                n = end
                break
        else:
            return False
    return True
