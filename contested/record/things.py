"""What a statement is about by its words (a market, a convoy, a truce): `lexicon/en/things_hit.yaml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contested.lexicon import load

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=20_000)
def things(text: str) -> frozenset[str]:
    """The things that `text` names, as the lexicon calls them."""
    pattern, called, first = _words()
    if first.isdisjoint(_WORD.findall(text.lower())):
        return frozenset()
    return frozenset(called[found.group().lower()] for found in pattern.finditer(text))


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """The words in one pattern, what each is called, and the first word of each: most texts have none of these."""
    called = {word.lower(): str(entry.value) for entry in load("things_hit") for word in entry.words}
    longest = sorted(called, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
    return pattern, called, frozenset(found.group() for word in called if (found := _WORD.search(word)))
