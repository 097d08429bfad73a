"""Names of countries, capitals and peoples that stand for a government or its folk: "Moscow said", "Syrian troops"."""

from __future__ import annotations

from functools import cache

from contested.lexicon import load
from contested.reading.cues import Line, cue_at
from contested.reading.phrases import Token, tokens
from contested.reading.place_names import capitals, demonyms, of_regions, trimmed
from contested.text import Text

#: So many words may stand between a possessive and an office: "Orla's new foreign minister".
APART = 3


@cache
def _words() -> dict[str, frozenset[str]]:
    """What words do → those words (lower case)."""
    return {entry.value: frozenset(word.lower() for word in entry.words) for entry in load("metonyms")}


@cache
def _seats() -> frozenset[str]:
    """Names of countries and capitals (lower case)."""
    from contested.register.countries import countries

    named = {name.lower() for country in countries().values() for name in (country.name, *country.names)}
    return frozenset(named | {name.lower() for of in capitals().values() for name in of})


def is_metonym(text: Text, span: tuple[int, int]) -> bool:
    """Whether the name at `span` stands for a government or a people, by what stands around it, and not for a place.

    A people's name does unless a noun for ground follows. A country or capital does as the subject of a verb of
    saying or deciding, as the object of one of urging, after words such as "backed by", and as the owner of an office.
    Where nothing tells, it is a place.
    """
    raw = text.raw
    start, end, _ = trimmed(raw, *span)
    name = raw[start:end].lower()
    n = text.sentence_at(start)
    first, last = (text.sentences[n].start, text.sentences[n].end) if n is not None else (0, len(raw))
    line = Line(tokens(raw, first, last))
    after = next((i for i, token in enumerate(line.words) if token.start >= end), len(line))
    before = next((i for i, token in enumerate(line.words) if token.end > start), len(line))
    owner = raw[end : end + 2] in ("'s", "’s")
    if (name in demonyms() or name in of_regions()) and name not in _seats():
        return not any(t.low in _words()["ground"] for t in _noun(line, after))
    if name not in _seats():
        return False
    if owner:
        return any(t.low in _words()["office"] for t in line.words[after : after + APART])
    return _acted_on(line, before) or (_subject(line, before) and _acts(line, after))


def _noun(line: Line, i: int) -> list[Token]:
    """The words of the noun phrase that goes on at token `i`, as far as prepositions and verbs let it."""
    out = []
    for token in line.words[i : i + 4]:
        if not token.word or token.tags & {"prep", "conj", "aux", "rel", "sub"}:
            break
        out.append(token)
    return out


def _subject(line: Line, i: int) -> bool:
    """Whether what starts at token `i` can be a subject: no preposition or noun stands right before it."""
    if i == 0:
        return True
    before = line[i - 1]
    return not before.word or bool(before.tags & {"conj", "sub", "rel"}) or before.low in ("that", "and", "but", "said")


def _acts(line: Line, i: int) -> bool:
    """Whether a verb of saying or deciding follows at token `i`, past auxiliaries and adverbs."""
    while i < len(line) and line[i].tags & {"aux", "adv"}:
        i += 1
    return i < len(line) and (line[i].low in _words()["does"] or cue_at(line, i) is not None)


def _acted_on(line: Line, i: int) -> bool:
    """Whether the words before token `i` make what follows one who acts or is spoken to."""
    two = f"{line.low(i - 2)} {line.low(i - 1)}" if i > 1 else ""
    return (i > 0 and line.low(i - 1) in _words()["to-whom"]) or two in _words()["by"]
