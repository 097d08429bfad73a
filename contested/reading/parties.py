"""From the mentions of a report to parties: who is meant by "the regime", "Jordanian jets", "the group", "Lavrov".

A mention is taken to pieces (`described`), the pieces are read by rules (`party_rules`) in the light of what the
report tells as a whole (`party_context`). Nothing is guessed where the words do not tell: such a mention has no party,
and `why` says what is missing. Whether two mentions mean one party is asked of `compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from contested.lexicon import load
from contested.reading.described import pieces
from contested.reading.identified import Identified
from contested.reading.party_back import told_of
from contested.reading.party_context import Around, around
from contested.reading.party_organs import of_state
from contested.reading.party_rules import resolve
from contested.reading.party_words import senses
from contested.reading.phrases import Token, tokens
from contested.reading.same_party import Sameness, compare
from contested.register import Register
from contested.text import Text

__all__ = ["Identified", "Sameness", "compare", "resolve_parties"]

#: A mention is read no further than this many characters: what is longer is no mention.
LONGEST = 400
#: A word is looked for within so many characters of a mention.
_BEFORE = 40


def resolve_parties(
    text: Text, spans: Sequence[tuple[int, int]], register: Register, *, country: str | None = None
) -> list[Identified]:
    """The parties that the words at `spans` (character offsets into the report) mean, one for each span, in order.

    `country` (ISO 3166-1 alpha-2) is the country that the report is about, where that is known from its places; else
    it is gathered from the countries, demonyms and groups that the report names. Sources resolve like actors. Raises
    nothing, whatever the spans hold; time is linear in the length of the report and the number of spans.
    """
    if not spans:
        return []
    ctx = around(text, register, country)
    return [_resolve(ctx, start, end) for start, end in spans]


def _resolve(ctx: Around, start: int, end: int) -> Identified:
    raw = ctx.text.raw
    end = min(end, start + LONGEST)
    words = " ".join(raw[start:end].split())
    found = resolve(ctx, words, pieces(ctx, _whole(raw, start, end)), start)
    if found.party and found.party.endswith(".opposition") and _holds(raw, end):
        # "opposition-held", "opposition shelling": who hold ground or strike are the fighters
        found = of_state(ctx, words, found.party.partition(".")[0], "rebels", None, found.sure, "description")
    named = not found.party or found.basis == "apposition" or found.kind == "person"
    told = told_of(ctx, words.split()[-1]) if named and words and words[-1].isalpha() and ctx.telling else ()
    told = told if words.split()[-1:] and words.split()[-1][:1].isupper() else ()
    return replace(found, report=ctx.text.report.id, long=ctx.explained.get(words.removeprefix("the ")), told=told)


def _whole(raw: str, start: int, end: int) -> list[Token]:
    """The words of a mention, with what stands right before them and tells whose they are: "Jordanian [troops]"."""
    words = tokens(raw, start, end)
    before = tokens(raw, max(0, start - _BEFORE), start)
    if not words or not before or not raw[:start].endswith(" ") or words[0].tags & {"det", "prep"}:
        return words
    last = before[-1]
    low = words[0].text[0].islower()
    if not (low and last.word and last.end == start - 1 and last.start > start - _BEFORE):
        return words
    if last.text[0].isupper() and last.text.endswith(("'s", "’s")):  # "Basil Haddadin's [network]"
        k = len(before) - 1
        while k > 1 and before[k - 1].cap and before[k - 1].word and not before[k - 1].tags:
            k -= 1
        return [*before[k:], *words]
    return [last, *words] if "demonym" in last.tags else words


def _holds(raw: str, end: int) -> bool:
    """Whether a mention goes on as who holds ground or strikes: "-held", "-controlled", " shelling"."""
    rest = tokens(raw, end, min(len(raw), end + _BEFORE))
    if raw[end : end + 1] == "-":
        return len(rest) > 1 and senses().get((rest[1].low,), {}).get("ending") is not None
    return bool(rest) and raw[end : end + 1] == " " and rest[0].low in _attacks()


@cache
def _attacks() -> frozenset[str]:
    """Nouns for attacks, in one word: who stands before them fights."""
    found = (entry for entry in load("happenings") if entry.value["type"] == "ASSAULT")
    return frozenset(word.lower() for entry in found for word in entry.words if " " not in word)
