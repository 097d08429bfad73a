"""One name in many spellings: any script in Latin letters, keys under which spellings meet, likeness of two."""

from __future__ import annotations

from contested.spelling.keys import KEYS, key
from contested.spelling.likeness import THRESHOLD, alike
from contested.spelling.scripts import fold

__all__ = ["KEYS", "THRESHOLD", "alike", "fold", "key"]
