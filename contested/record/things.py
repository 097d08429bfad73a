"""What a statement is about by its words (a market, a convoy, a truce): `lexicon/en/things_hit.yaml`."""

from __future__ import annotations

import re
from functools import cache

from contested.lexicon import load


def things(text: str) -> frozenset[str]:
    """The things that `text` names, as the lexicon calls them."""
    pattern, called = _words()
    return frozenset(called[found.group().lower()] for found in pattern.finditer(text))


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    called = {word.lower(): str(entry.value) for entry in load("things_hit") for word in entry.words}
    longest = sorted(called, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE), called
