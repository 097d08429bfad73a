"""What a pronoun can stand for: number and kind of mentions, from `lexicon/en/pronouns.yaml`.

Careful rather than complete: a pronoun for which no earlier mention fits stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from contested.lexicon import load
from contested.reading.phrases import Token, tokens

Span = tuple[int, int]


@cache
def _pronouns() -> dict[str, tuple[str, str]]:
    """Pronoun → (`pronoun`, `speaker`, `relative` or `vague`; what it can mean)."""
    return {
        word.lower(): (entry.value["is"], entry.value["for"])
        for entry in load("pronouns")
        if entry.value["is"] != "head"
        for word in entry.words
    }


@cache
def _heads() -> dict[str, frozenset[str]]:
    heads: dict[str, set[str]] = {}
    for entry in load("pronouns"):
        if entry.value["is"] == "head":
            for word in entry.words:
                heads.setdefault(word.lower(), set()).add(entry.value["for"])
    return {word: frozenset(kinds) for word, kinds in heads.items()}


def pronoun(words: str) -> tuple[str, str] | None:
    """(sort, meaning) where `words` is nothing but a pronoun: ("pronoun", "person") for "he"; else None."""
    return _pronouns().get(" ".join(words.lower().strip(" \"“”'’.,;:()").split()))


def kind_of(mention: str | list[Token]) -> str | None:
    """`person`, `body`, `thing` or `people`: what the words of a mention tell of whom they name; else None."""
    words = [t for t in (tokens(mention) if isinstance(mention, str) else mention) if t.word]
    if not words:
        return None
    kinds = _heads()
    end = next((i for i, t in enumerate(words) if i and t.tags & {"prep", "rel"}), len(words))
    head = words[end - 1]
    if any(t.low == "and" for t in words):
        return "people"
    if words[0].number and words[0].low != "1":
        return "people"
    found = kinds.get(head.low)
    if found:
        return "people" if "people" in found and "body" not in found else sorted(found)[0]
    titled = any(t.tags & {"title"} for t in words[: end - 1])
    if titled and not head.tags & {"title"}:
        return "person"
    if head.cap and len(words) >= 2 and all(t.cap for t in words) and not any(t.low in kinds for t in words):
        return None  # a full name, or the name of a body: either
    return None


def fits(mention: str | list[Token], meaning: str) -> bool:
    """Whether a mention can be what a pronoun of that meaning stands for; unknown kinds fit all but `people`."""
    kind = kind_of(mention)
    if meaning == "any":
        return True
    if meaning == "person":
        return kind in ("person", None)
    if meaning == "body":
        return kind in ("body", "thing", None)
    return kind in ("people", "body")


def nearest_fitting(candidates: Iterable[tuple[Span, str]], meaning: str) -> Span | None:
    """The first of `candidates` ((span, words), likeliest first) that a pronoun of `meaning` can stand for."""
    return next((span for span, words in candidates if pronoun(words) is None and fits(words, meaning)), None)
