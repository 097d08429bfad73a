"""The place of what is counted over a whole war: "300,000 have been killed since the conflict began" is the country's.

On the gold, 37 of 44 tolls in a sentence that speaks of a war have a place, and it is the country where no other is
told. The country is the one that the sentence names, else the one that the report names most; the mention is its
nearest name in the report. A report that names no country gives none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from contested.lexicon import load
from contested.reading.draft import Draft, Words
from contested.register.countries import countries
from contested.text import Text

BY = "rule:place.war"
SURE = 0.6
#: How much of all that names a country must name this one, for a sentence that names none.
MOSTLY = 0.5
#: A people's name tells less of where a war is than the country's.
_PEOPLE = 0.5


def read_war_places(text: Text, drafts: list[Draft]) -> None:
    """Give tolls of a war that have no place the country of the war. Needs `places`; fills `places`, `by`, `sure`."""
    named: list[re.Match[str]] | None = None
    for draft in drafts:
        n = text.sentence_at(draft.anchor.start)
        if draft.kind != "toll" or draft.places or n is None:
            continue
        sentence = text.sentences[n]
        if not _war().search(text.raw, sentence.start, sentence.end):
            continue
        if named is None:
            named = list(_names().finditer(text.raw))
        here = [name for name in named if sentence.start <= name.start() < sentence.end]
        country = _most(here, 0.0) or _most(named, MOSTLY)
        spans = [name.span() for name in named if _isos()[name[1].casefold()] == (country, True)]
        if country and spans:
            start, end = min(spans, key=lambda span: abs(span[0] - draft.anchor.start))
            draft.places = [Words(start, end, BY, SURE)]
            draft.by["places"], draft.sure["places"] = BY, SURE


def _most(names: list[re.Match[str]], least: float) -> str | None:
    """The country that most of `names` tell of, if that is more than `least` of them."""
    told: defaultdict[str, float] = defaultdict(float)
    for name in names:
        iso, own = _isos()[name[1].casefold()]
        told[iso] += 1.0 if own else _PEOPLE
    country = max(told, key=lambda iso: told[iso], default=None)
    return country if country and told[country] > least * sum(told.values()) else None


@cache
def _isos() -> dict[str, tuple[str, bool]]:
    """Name of a country or its people (case folded) → ISO code, and whether it is the country's own name."""
    found: dict[str, tuple[str, bool]] = {}
    for iso, country in sorted(countries().items(), key=lambda item: item[1].dependent):
        for word in (*country.demonyms, *country.people):
            found.setdefault(word.casefold(), (iso, False))
    for iso, country in sorted(countries().items(), key=lambda item: item[1].dependent):
        for word in country.names:
            if word[:1].isalpha() and found.get(word.casefold(), (iso, False))[0] == iso:
                found[word.casefold()] = (iso, True)
    return found


@cache
def _names() -> re.Pattern[str]:
    """Names of countries and peoples with a capital; an apostrophe may be lost ("Syrias conflict")."""
    words = {word for c in countries().values() for word in (*c.names, *c.demonyms, *c.people) if word[:1].isupper()}
    longest = sorted((word for word in words if word.casefold() in _isos()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?=s?(?!\w))")


@cache
def _war() -> re.Pattern[str]:
    words = [word for entry in load("wars") for word in entry.words]
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")
