"""Many words of the lexicon as one expression, and many expressions looked for in one walk over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_END = ""
Tree = dict[str, "Tree"]


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest that fits, to be compiled for any case.

    A space in a word is any white space. Words that begin alike share their beginning, so that a text is held against
    a tree of letters and not against one word after the other.
    """
    root: Tree = {}
    for word in words:
        at = root
        for letter in word.lower():
            at = at.setdefault(letter, {})
        at[_END] = {}
    return f"(?:{_source(root)})" if root else "(?!)"


def _source(at: Tree) -> str:
    """The expression for what may follow a beginning: longer words go before the one that ends here."""
    further = [(r"\s+" if c == " " else re.escape(c)) + _source(then) for c, then in at.items() if c != _END]
    if not further:
        return ""
    ends = _END in at
    source = "|".join(further)
    return source if len(further) == 1 and not ends else f"(?:{source})" + "?" * ends


class Several:
    """Several expressions between the same `before` and `after`, looked for in one walk, whatever the case.

    A walk finds where any of them matches; only there each is tried. `words` and `patterns` hold, for each expression,
    the words and the regular expressions that are its alternatives. No alternative may be empty.
    """

    def __init__(self, before: str, each: Sequence[tuple[Sequence[str], str | None]], after: str) -> None:
        self._each = [re.compile(f"{before}(?:{_either(words, pattern)}){after}", re.I) for words, pattern in each]
        every = [word for words, _ in each for word in words]
        patterns = [pattern for _, pattern in each if pattern]
        self._any = re.compile(f"{before}(?=(?:{_either(every, '|'.join(patterns))}){after})", re.I)

    def finditer(self, text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches in `text[start:end]`, those of the first expression first, with the number of the expression.

        Those of one expression do not overlap.
        """
        places = [found.start() for found in self._any.finditer(text, start, end)]
        if not places:
            return
        for n, regex in enumerate(self._each):
            past = start
            for place in places:
                if place >= past and (match := regex.match(text, place, end)):
                    yield n, match
                    past = match.end()


def _either(words: Sequence[str], pattern: str | None) -> str:
    return "|".join(([any_of(words)] if words else []) + ([pattern] if pattern else []))
