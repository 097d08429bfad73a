"""What a person decides: applied on asking, logged with who and when, and undone without a trace but in the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from contested.errors import RecordError
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from tests.record.coded import ARMY, MILL, attack, mention, report

TEXT = "The army shelled the mill on Friday, and rebels shelled the bridge."


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    army = attack("The army shelled the mill", actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)],
                  quote="The army shelled the mill")  # fmt: skip
    with open_record(where, create=True) as made:
        list(made.add([report(TEXT, army, id="one", outlet="Hill Post")], reader="reader 1"))
        yield made


def key(record: Record, n: int = 0) -> str:
    return record.statements()[n].key


def said(record: Record) -> list[tuple[str, list[str]]]:
    return [(one.type, [who.text for who in one.actors]) for one in record.statements()]


def log(record: Record) -> list[tuple[str, str, bool]]:
    return [(one.what, one.who, one.undone_at is not None) for one in record.judgements()]


def test_a_rejected_statement_is_gone_until_that_is_undone(record: Record) -> None:
    made = record.judge("reject", key(record), who="Ada", note="a heading")
    assert said(record) == []
    assert (made.note, made.at[:2]) == ("a heading", "20")
    record.undo(made.number, who="Ben")
    assert said(record) == [("ASSAULT", ["The army"])]
    assert log(record) == [("reject", "Ada", True)]
    assert record.judgements()[0].undone_by == "Ben"


def test_a_correction_stands_in_the_place_of_what_was_read(record: Record) -> None:
    made = record.judge("correct", key(record), {"actors": ["rebels"], "mode": "aerial"}, who="Ada")
    (one,) = record.statements()
    assert ([who.text for who in one.actors], one.mode) == (["rebels"], "aerial")
    assert one.statement.by["mode"] == "person:Ada"
    assert [s.report for s in record.statements(Filter(party="rebels"))] == ["one"]
    assert record.search("mill", "quotes")[0].statement == one.statement.id
    record.undo(made.number, who="Ada")
    assert said(record) == [("ASSAULT", ["The army"])]


def test_a_correction_of_a_correction_is_undone_first(record: Record) -> None:
    first = record.judge("correct", key(record), {"mode": "aerial"}, who="Ada")
    second = record.judge("correct", key(record), {"modality": "denied"}, who="Ben")
    (one,) = record.statements()
    assert (one.mode, one.modality) == ("aerial", "denied")
    with pytest.raises(RecordError, match="undo that first"):
        record.undo(first.number, who="Ada")
    record.undo(second.number, who="Ada")
    record.undo(first.number, who="Ada")
    assert record.statements()[0].mode == "heavy-weapons"


def test_a_statement_is_added_by_hand_and_a_newer_reading_leaves_it(record: Record) -> None:
    coded = attack("", quote="rebels shelled the bridge", actors=["rebels"], targets=["the bridge"])
    made = record.judge("add", "one@1", coded, who="Ada")
    assert [(one.quote, one.statement.quote_start) for one in record.statements()][1] == (
        "rebels shelled the bridge", TEXT.index("rebels"),
    )  # fmt: skip
    list(record.add([report(TEXT, id="one", outlet="Hill Post")], reader="reader 2"))
    assert said(record) == [("ASSAULT", ["rebels"])]
    record.undo(made.number, who="Ada")
    assert said(record) == []


def test_pairs_are_kept_in_one_order(record: Record) -> None:
    record.judge("same", "sy.rebels", {"with": "sy.opposition"}, who="Ada")
    (one,) = record.judgements()
    assert (one.target, one.value) == ("sy.opposition", {"with": "sy.rebels"})


@pytest.mark.parametrize(
    ("what", "target", "value", "match"),
    [
        ("reject", "one@1#0000000000000000", {}, "no statement"),
        ("reject", "nonsense", {}, "no statement"),
        ("correct", None, {}, "a correction is of"),
        ("correct", None, {"anchor": "x"}, "a correction is of"),
        ("correct", None, {"actors": ["the navy"]}, "the navy"),
        ("correct", None, {"type": "holds"}, "holds"),
        ("add", "one@2", attack("", quote="rebels shelled the bridge"), "no report"),
        ("add", "one@1", attack("", quote="rebels bombed the bridge"), "does not stand"),
        ("add", "one@1", attack("", anchor="bombed", quote="rebels shelled the bridge"), "does not stand"),
        ("join", None, {}, "two of them"),
        ("praise", None, {}, "none of"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    record: Record, what: Any, target: str | None, value: dict[str, Any], match: str
) -> None:
    with pytest.raises(RecordError, match=match):
        record.judge(what, target or key(record), value, who="Ada")
    assert log(record) == []
    assert said(record) == [("ASSAULT", ["The army"])]


def test_undoing_twice_or_nothing_is_refused(record: Record) -> None:
    made = record.judge("reject", key(record), who="Ada")
    record.undo(made.number, who="Ada")
    with pytest.raises(RecordError, match="undone by Ada already"):
        record.undo(made.number, who="Ada")
    with pytest.raises(RecordError, match="none with the number"):
        record.undo(99, who="Ada")
    with pytest.raises(RecordError, match="name of who"):
        record.judge("reject", key(record), who=" ")
