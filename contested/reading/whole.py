"""Whole mentions: words that the model cut off inside a noun phrase are completed to its end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from contested.reading.antecedents import kind_of
from contested.reading.draft import Draft, Words
from contested.reading.numbers import find_numbers
from contested.reading.phrases import Token, classes, nominal, phrase_from, time_from, tokens
from contested.text import Text

#: A mention cannot end with a word of these classes: more of it must follow.
_OPEN = frozenset({"det", "prep", "conj", "opens"})
_EMPTY = frozenset({"det", "prep", "conj", "adv", "sub", "rel"})


class Whole:
    """Completes mentions in one text. "government", in "government shelling", is whole: what follows is an anchor."""

    def __init__(self, text: Text, drafts: Iterable[Draft]) -> None:
        self.text = text
        anchors = sorted((d.anchor.start, d.anchor.end) for d in drafts)
        self._starts = [start for start, _ in anchors]
        self._reach = list(accumulate((end for _, end in anchors), max))  # where the anchors so far end at the latest
        self._tokens: dict[int, list[Token]] = {}

    def sentence(self, at: int) -> list[Token]:
        """The tokens of the sentence that holds character `at`; none outside sentences."""
        n = self.text.sentence_at(at)
        if n is None:
            return []
        if n not in self._tokens:
            sentence = self.text.sentences[n]
            self._tokens[n] = tokens(self.text.raw, sentence.start, sentence.end)
        return self._tokens[n]

    def complete(self, words: Words, anchor: Words) -> Words | None:
        """`words` to the end of their noun phrase; None where they are nothing but articles and prepositions.

        They never grow into the statement's own `anchor`.
        """
        run = self.sentence(words.start)
        first = max(0, bisect_right(run, words.start, key=lambda t: t.start) - 1)
        if first < len(run) and run[first].end <= words.start:
            first += 1
        last = first
        while last < len(run) and run[last].start < words.end:
            last += 1
        if last == first:
            return words
        if _before_hyphen(run[last - 1], words.end):
            return words
        end = self._end(run, first, last, anchor)
        start = run[first].start if not _over(run[first], anchor) else words.start
        finish = run[end - 1].end if end > last or not _over(run[last - 1], anchor) else words.end
        if finish <= start or self._empty(run[first:end], start, finish):
            return None
        return replace(words, start=start, end=max(finish, words.end))

    def _end(self, run: list[Token], first: int, last: int, anchor: Words) -> int:
        """Index after the mention's last token."""
        begin = next((k for k in range(first, last) if "prep" not in run[k].tags), last)
        own = next((k for k in range(last, len(run)) if _over(run[k], anchor)), len(run))
        if not _open(run[last - 1]):
            other = next((k for k in range(last, own) if self._anchors(run[k])), own)
            if not _continued(run, last, other):
                return last
        end = phrase_from(run, begin, own)
        # what is joined by "and", and what the next phrase opens with, is no part of the mention
        return next((k for k in range(last, end) if k > last and _parts(run, k)), max(end, last))

    def _anchors(self, token: Token) -> bool:
        before = bisect_left(self._starts, token.end)
        return before > 0 and token.start < self._reach[before - 1]

    def _empty(self, run: list[Token], start: int, end: int) -> bool:
        return all(t.tags & _EMPTY or not t.word for t in run) and not find_numbers(self.text.raw, start, end)


def _over(token: Token, words: Words) -> bool:
    return words.start < token.end and token.start < words.end


def _open(token: Token) -> bool:
    return bool(token.tags & _OPEN or token.number)


def _before_hyphen(token: Token, end: int) -> bool:
    """Whether a mention ends at the hyphen of a participle: "rebel | -held", but not "al- | Noor"."""
    rest = token.text[end - token.start :].lstrip("-–").lower()
    return end < token.end and (rest.endswith("ed") or bool(classes().get(rest, frozenset()) & {"reduced", "verb"}))


def _parts(run: list[Token], k: int) -> bool:
    """Whether token `k`, inside a noun phrase, begins something else: "the east | and", "Orla | local officials"."""
    token, before = run[k], run[k - 1]
    if "conj" in token.tags:
        return True
    if token.low.endswith("ing") and not token.cap and not before.tags & {"det", "demonym", "prep"}:
        return True
    fresh = "opens" in token.tags and not token.cap
    return fresh and not before.tags & {"opens", "det", "demonym", "prep"} and not before.number and _noun(before)


def _noun(token: Token) -> bool:
    return token.cap or "head" in token.tags or kind_of([token]) is not None


def _continued(run: list[Token], last: int, stop: int) -> bool:
    """Whether the noun that the words before token `last` belong to is still to come: "Iraqi security | forces".

    Not where the noun phrase runs into an anchor: "government | air strikes".
    """
    k = last
    while k < stop and nominal(run, k) and "det" not in run[k].tags and time_from(run, k) == k and not _parts(run, k):
        k += 1
    return last < k and (k < stop or stop == len(run))
