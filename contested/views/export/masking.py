"""Masks: which characters of a report are covered, which words elsewhere, and what is covered by what.

A mask is as long as what it covers (`█` for each character but white space), so that offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from contested.spelling import fold

BLOCK = "█"
Span = tuple[int, int]
_LETTERS = re.compile(r"[^\W\d_]+")
#: Letters that are not Latin ones.
_OTHER = r"[^\W\d_A-Za-zÀ-ɏḀ-ỿʰ-˿]"
_OTHER_RUN = re.compile(rf"{_OTHER}[^\s!-~]*(?:[ \t]+{_OTHER}[^\s!-~]*)*")
#: Shorter words say too little to be covered wherever they stand.
SHORTEST = 3


def covered(words: str) -> str:
    """The mask of some words."""
    return re.sub(r"\S", BLOCK, words)


def cover(text: str, spans: Iterable[Span]) -> str:
    """`text` with the spans covered, as long as before."""
    parts, at = [], 0
    for start, end in merged(spans):
        parts += [text[at:start], covered(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that touch or overlap as one."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def named(words: str) -> bool:
    """Whether words may be a name: some letter is a capital, or of a script that has none."""
    return any(c.isalpha() and not c.islower() for c in words)


def parts(name: str, but: Collection[str] = ()) -> Iterator[str]:
    """The words of a name that stand for it alone ("Khalil"), without the folded ones of `but`."""
    for word in _LETTERS.findall(name):
        if named(word) and fold(word) not in but and (len(word) >= SHORTEST or not word.isascii()):
            yield word


def other_scripts(text: str) -> Iterator[Span]:
    """Runs of words in other letters than Latin ones."""
    return (found.span() for found in _OTHER_RUN.finditer(text))


class Words:
    """Words to cover wherever they stand: as they are, and in capitals.

    In `loose` places, which were put together from a report's words (sentences of disputes, titles of incidents), any
    capitals and the folded form are covered as well, but for words that are also `ordinary` ones ("said").
    """

    def __init__(self, words: Collection[str], ordinary: Collection[str] = ()) -> None:
        self.words, self.ordinary = frozenset(words), frozenset(ordinary)

    def __or__(self, other: Words) -> Words:
        return Words(self.words | other.words, self.ordinary | other.ordinary)

    def spans(self, text: str) -> Iterator[Span]:
        """Where they stand in a text."""
        return (found.span() for found in self._exact.finditer(text)) if self._exact else iter(())

    def hidden(self, text: str) -> str:
        """A text without offsets, covered."""
        pattern = self._loose
        return pattern.sub(lambda found: covered(found[0]), text) if pattern else text

    def in_address(self, url: str) -> bool:
        """Whether an address has one of them in it."""
        plain = fold(url).replace(" ", "")
        return any(len(word) >= SHORTEST and word in plain for word in self._plain)

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(fold(part) for word in self.words for part in parts(word))

    @cached_property
    def _exact(self) -> re.Pattern[str] | None:
        return _pattern(form for word in self.words for form in {word, word.upper()})

    @cached_property
    def _loose(self) -> re.Pattern[str] | None:
        loose = [word for word in self.words if word.casefold() not in self.ordinary]
        kept = [word for word in self.words if word.casefold() in self.ordinary]
        forms = {form for word in kept for form in (word, word.upper())}
        return _pattern(forms, {form for word in loose for form in (word, fold(word)) if form.strip()})


def _pattern(forms: Iterable[str], loose: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Longest first; whole words, but in scripts that join little words to the next one."""
    said = [(form, "") for form in forms] + [(form, "i") for form in loose]
    said.sort(key=lambda one: (-len(one[0]), one))
    bodies = []
    for form, how in said:
        body = r"\s+".join(re.escape(part) for part in form.split())
        start = r"(?<!\w)" if form[:1].isascii() and form[:1].isalnum() else ""
        end = r"(?!\w)" if form[-1:].isascii() and form[-1:].isalnum() else ""
        bodies.append(f"{start}(?i:{body}){end}" if how else f"{start}{body}{end}")
    return re.compile("|".join(bodies)) if bodies else None


def capitals(words: str, offset: int = 0) -> Iterator[Span]:
    """Runs of words with a capital, with what joins them in a name ("Kafr al-Sheikh"), as spans from `offset` on."""
    for found in re.finditer(r"\b[^\W\d_a-z][\w'’-]*(?:[ -](?:(?:al|el|de|la|bin|ibn|ad|as|at|ar|ez)[ -])?"
                             r"[^\W\d_a-z][\w'’-]*)*", words):  # fmt: skip
        yield offset + found.start(), offset + found.end()


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def within(span: Span, spans: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def walked(value: Any, change: Any, key: str = "") -> Any:
    """A JSON value with each of its strings changed by `change(words, key)`, and each object by `change(object, "")`
    when its parts are done."""
    if isinstance(value, str):
        return change(value, key)
    if isinstance(value, Mapping):
        return change({name: walked(one, change, name) for name, one in value.items()}, "")
    if isinstance(value, list | tuple):
        return [walked(one, change, key) for one in value]
    return value
