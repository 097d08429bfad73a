"""Every `example` and every `not` of the lexicons of the layout, run through `prepare`."""

from __future__ import annotations

import pytest

from contested import lexicon
from contested.lexicon import Entry
from contested.statement import Report
from contested.text import Text, prepare

BEFORE = (
    "Guards opened the bridge at Lomar on Monday after two days of talks, a council member said. "
    "Some 400 families crossed before dark. Nobody was hurt, and both banks were quiet by the evening."
)
AFTER = "The council will meet again next week, and the guards have agreed to stay away from the square until then."
FILLER = "Four more paragraphs like this one tell of the market, the mill, the school and the old road to the north."


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def entries(name: str) -> pytest.MarkDecorator:
    found = lexicon.load(name)
    return pytest.mark.parametrize("entry", found, ids=ids(found))


@entries("abbreviations")
def test_abbreviations(entry: Entry) -> None:
    text = prepare(Report(entry.example))
    assert [text.raw[s.start : s.end] for s in text.sentences] == list(entry.gives)
    for words in entry.leaves:
        if entry.value == "starter":
            assert len(prepare(Report(words)).sentences) == 1
        else:
            assert len(prepare(Report(words)).sentences) == 2


@entries("datelines")
def test_datelines(entry: Entry) -> None:
    assert told(prepare(Report(entry.example))) == entry.gives
    for words in entry.leaves:
        assert told(prepare(Report(words))) is None


def told(text: Text) -> dict[str, str] | None:
    if text.dateline is None or (text.dateline.place is None and text.dateline.date is None):
        return None
    date = text.dateline.date
    found = {"place": text.dateline.place, "date": date.isoformat() if date else None}
    return {key: value for key, value in found.items() if value}


def placed(where: str, words: str) -> str:
    """A report with `words` where a cue of that kind may stand."""
    body = "\n\n".join([BEFORE, FILLER, AFTER])
    return {
        "line": f"{body}\n\n{words}\n\n{AFTER}\n\n{FILLER}\n\n{BEFORE}",
        "credit": f"{body}\n\n{words}\n\n{AFTER}\n\n{FILLER}\n\n{BEFORE}",
        "rest": f"{body}\n\n{words}\n\nGuards hold the mill\n\nLomar school opens",
        "start": f"{words} {BEFORE} {AFTER}",
        "end": f"{body} {words}",
        "inside": f"{BEFORE} {AFTER} {FILLER} {words}",
        "bracket": f"{BEFORE} Women wait at the well near the burnt mill in Lomar {words} {AFTER} {FILLER}",
    }[where]


@entries("boilerplate")
def test_boilerplate(entry: Entry) -> None:
    where = entry.value["where"]
    text = prepare(Report(placed(where, entry.example)))
    start = text.raw.index(entry.example)
    assert (entry.value["role"], False) in {
        (b.role, b.speaks) for b in text.blocks if b.start < start + len(entry.example) and b.end > start
    }, text.blocks
    assert text.sentence_at(start) is None
    for words in entry.leaves:
        text = prepare(Report(placed(where, words)))
        start = text.raw.index(words)
        assert text.sentence_at(start) is not None
        assert text.sentence_at(start + len(words) - 1) is not None
