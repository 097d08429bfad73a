"""`Entry`: a place with all its names, as a list gives it and a store keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contested.gazetteer.place import Place
from contested.spelling import fold

#: How a name is a place's, best first; a store keeps the index. `code` is a short name in capitals (US, UAE) that
#: counts as an alias where it is asked for in capitals, `abbreviation` one that says little by itself (LA, Ky.).
HOW: tuple[str, ...] = ("name", "alias", "script", "code", "abbreviation")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿʰ-˿]")
_CAPITALS = re.compile(r"[A-Z](?:\.?[A-Z]){1,3}\.?")
_SHORT = re.compile(r"\b(?P<short>St|Ste|Ft|Mt)\b(?:\.\s*|\s+)(?=\w)|^(?P<wind>[NSEW])\.\s*(?=[A-Z][a-z]{2})")
_LONG = {"St": "Saint ", "Ste": "Sainte ", "Ft": "Fort ", "Mt": "Mount ",
         "N": "North ", "S": "South ", "E": "East ", "W": "West "}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of a list. `place.within` holds at most the place that directly holds it.

    `names` are its other names with how they are its own (an index into `HOW`). `same` is the id of a place of another
    list that this one is too. A `bare` entry gives names to the place of that id and says nothing else of it.
    """

    place: Place
    names: tuple[tuple[str, int], ...] = ()
    same: str | None = None
    bare: bool = False


def how_of(name: str) -> int | None:
    """How an alternate name is a place's; null where it is no name but a machine's transcription of one.

    GeoNames lists transcriptions from other scripts in small letters only ("a lei po"): the names they stand for are
    there too, in their script.
    """
    if _OTHER.search(name):
        return HOW.index("script")
    if not _LATIN.search(name) or name == name.lower():
        return None
    return HOW.index("abbreviation" if _CAPITALS.fullmatch(name) else "alias")


def spelt_out(name: str) -> str:
    """`name` with "St.", "Ft.", "Mt." and "N." written out, so that "St. Louis" and "Saint Louis" meet."""
    return _SHORT.sub(lambda m: _LONG[m["short"] or m["wind"]], name) if "t" in name or "." in name else name


def folded(name: str) -> str:
    """`fold` of the name spelt out: names with the same are the same name."""
    return fold(spelt_out(name))
