"""Whether a report is in the language that is read here: English, told by its letters and its small words.

The reading itself does not ask: a report in another language is read all the same, and who reads many is told of it.
"""

from __future__ import annotations

import re

from contested.reading.phrases import classes

#: The closed classes, whose words are a language's own and stand in every text.
_SMALL = frozenset({"det", "prep", "conj", "sub", "rel", "pron", "aux"})
#: Least share of small words. In 600 English reports on wars the least was 0.25; French, German, Spanish, Italian,
#: Dutch, Turkish, Somali and Indonesian texts had 0.00 to 0.14, by words that look alike.
_LEAST_SMALL = 0.15
#: A text of fewer words is not judged: headlines and lists have few small words in English too.
_FEWEST_WORDS = 20
_FEWEST_LETTERS = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]")


def foreign(text: str) -> bool:
    """Whether `text` does not look like English; False where it is too short to tell."""
    text = text.lower()
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if letters >= _FEWEST_LETTERS and 2 * len(_LATIN.findall(text)) < letters:
        return True
    if len(words) < _FEWEST_WORDS:
        return False
    known = classes()
    return sum(not _SMALL.isdisjoint(known.get(word, ())) for word in words) < _LEAST_SMALL * len(words)
