"""One report with all that is known of it, the list of reports, the queue of doubtful statements, and training data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from contested.record.asking import Filter
from contested.record.doubtful import doubtful
from contested.record.record import Record, open_record
from contested.record.reports import derived, facts_of, report, reports, standing, told_elsewhere, written_by
from contested.record.training import training
from contested.statement import Report
from tests.record.coded import ARMY, MILL, attack, mention
from tests.record.coded import report as coded

TEXT = "The army shelled the mill on Friday, killing 4 people. Rebels denied it."
OTHER = "Army guns shelled the mill on Friday and killed 11 people, a nurse told us as she left the town by road."


def shelled(text: str, quote: str, killed: int, **more: object) -> dict[str, object]:
    friday = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"}
    harm = [{"effect": "killed", "who": "people", "low": killed, "high": killed}]
    return attack(text, quote=quote, actors=[mention(quote.partition(" shelled")[0], ARMY)], when=friday, harm=harm,
                  places=[mention("the mill", MILL)], **more)  # fmt: skip


def denial() -> dict[str, object]:
    return {"kind": "event", "type": "REJECT", "anchor": "denied", "quote": "Rebels denied it", "actors": ["Rebels"],
            "sure": {"statement": 0.41, "type": 0.9}}  # fmt: skip


def first(**more: object) -> Report:
    said = shelled(
        TEXT, "The army shelled the mill on Friday, killing 4 people", 4, sure={"statement": 0.97, "type": 0.8}
    )
    given = {"id": "one", "outlet": "Hill Post", "title": "Mill shelled", "published": "2016-12-04", **more}
    return coded(TEXT, said, denial(), **given)  # type: ignore[arg-type]


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    said = shelled(OTHER, "Army guns shelled the mill on Friday and killed 11 people", 11, sure={"type": 0.5})
    second = coded(OTHER, said, id="two", outlet="Dale Echo", published="2016-12-03")
    with open_record(where, create=True) as made:
        list(made.add([first(), second], reader="reader 1", knowledge="k"))
        made.derive()
        yield made


def keys(record: Record, id_: str = "one") -> list[str]:
    found = record.ask(report, id_)
    assert found is not None
    return [one["key"] for one in found["statements"] if one["stands"]]


def test_a_report_tells_what_was_published_and_what_was_read(record: Record) -> None:
    found = record.ask(report, "one")
    assert found is not None
    assert (found["key"], found["outlet"], found["published"]) == ("one@1", "Hill Post", "2016-12-04")
    assert found["read_by"] == {"reader": "reader 1", "knowledge": "k"}
    assert [(one["type"], one["stands"], one["fate"]) for one in found["statements"]] == [
        ("ASSAULT", True, None), ("REJECT", True, None),
    ]  # fmt: skip
    assert found["copies"] == []
    assert record.ask(report, "one", 2) is None
    assert record.ask(report, "three") is None


def test_it_tells_what_other_reports_say_of_the_same(record: Record) -> None:
    elsewhere = record.ask(told_elsewhere, "one", 1)
    (incident,) = elsewhere["incidents"]
    assert incident["statements"] == [keys(record)[0].partition("#")[2]]
    assert [(one["report"], one["source"]) for one in incident["others"]] == [("two", "Dale Echo")]
    (dispute,) = elsewhere["disputes"]
    assert (dispute["type"], dispute["statements"]) == ("count", incident["statements"])
    assert record.ask(told_elsewhere, "one", 9) == {"incidents": [], "disputes": []}
    assert record.ask(derived)["incidents"] == {incident["id"]}


def test_versions_and_near_copies_stand_beside_it(record: Record) -> None:
    list(record.add([first(title="Mill shelled, four dead")], reader="reader 1"))
    long = " ".join(f"Word {n} of one wire story goes on." for n in range(40))
    list(record.add([Report(long, id="wire", outlet="Wire"), Report(long, id="copy", outlet="Copyist")], reader="r"))
    newest = record.ask(report, "one")
    assert newest is not None
    assert [(newest["version"], newest["latest"]), [v["version"] for v in newest["versions"]]] == [(2, True), [1, 2]]
    older = record.ask(report, "one", 1)
    assert older is not None
    assert (older["title"], older["latest"]) == ("Mill shelled", False)
    copied = record.ask(report, "wire")
    assert copied is not None
    assert [(one["id"], one["outlet"]) for one in copied["copies"]] == [("copy", "Copyist")]


def test_what_no_longer_stands_says_why(record: Record) -> None:
    assault, rejection = keys(record)
    record.judge("reject", rejection, who="Ada", note="a heading")
    assert record.ask(standing, rejection) is None
    list(record.add([coded(TEXT, id="one", outlet="Hill Post", title="Mill shelled", published="2016-12-04")],
                    reader="reader 2"))  # fmt: skip
    found = record.ask(report, "one")
    assert found is not None
    gone, rejected = found["statements"]
    assert (gone["key"], gone["stands"], gone["fate"]) == (assault, False, {"what": "gone", "who": "reader 2"})
    assert (rejected["fate"]["what"], rejected["fate"]["who"], rejected["fate"]["note"]) == (
        "reject",
        "Ada",
        "a heading",
    )


def test_what_a_person_wrote_or_confirmed_says_so(record: Record) -> None:
    assault, rejection = keys(record)
    record.judge("confirm", rejection, who="Ben")
    made = record.judge("correct", assault, {"mode": "aerial"}, who="Ada")
    found = record.ask(report, "one")
    assert found is not None
    assert [one["judged"]["who"] for one in found["statements"] if one["stands"]] == ["Ada", "Ben"]
    id_ = record.ask(written_by, made.number)
    assert f"one@1#{id_}" in keys(record)
    assert (record.ask(standing, f"one@1#{id_}") or {})["mode"] == "aerial"


@pytest.mark.parametrize("key", ["", "one", "one@1", "one@x#y", "one@99999999999999999999#y", "@#"])
def test_no_key_of_a_statement_is_none(record: Record, key: str) -> None:
    assert record.ask(standing, key) is None


def test_facts_of_one_version(record: Record) -> None:
    facts = record.ask(facts_of, "one", 1)
    assert facts is not None
    assert (facts["text"], facts["published"]) == (TEXT, "2016-12-04")
    assert record.ask(facts_of, "one", 2) is None


@pytest.mark.parametrize(
    ("asked", "order", "found"),
    [
        (Filter(), "published", ["one", "two"]),
        (Filter(), "added", ["two", "one"]),
        (Filter(outlet="Hill Post"), "published", ["one"]),
        (Filter(start=date(2016, 12, 4)), "published", ["one"]),
        (Filter(end=date(2016, 12, 3)), "published", ["two"]),
        (Filter(known_by=date(2016, 12, 3)), "published", ["two"]),
        (Filter(type="REJECT"), "published", ["one"]),
        (Filter(party="army guns"), "published", ["two"]),
    ],
)
def test_the_list_of_reports(record: Record, asked: Filter, order: str, found: list[str]) -> None:
    assert [one["id"] for one in record.ask(reports, asked, order)] == found


def test_the_list_counts_what_stands_and_goes_on(record: Record) -> None:
    record.judge("reject", keys(record)[0], who="Ada")
    assert [one["statements"] for one in record.ask(reports, Filter())] == [1, 1]
    assert [one["id"] for one in record.ask(reports, Filter(), "published", 1, 1)] == ["two"]


def test_the_least_sure_come_first_and_leave_when_judged(record: Record) -> None:
    queue = record.ask(doubtful, Filter())
    assert [(one["report"], one["type"], one["sure"], one["disputed"]) for one in queue] == [
        ("one", "REJECT", 0.41, False), ("two", "ASSAULT", 0.5, True), ("one", "ASSAULT", 0.8, True),
    ]  # fmt: skip
    assault, rejection = keys(record)
    confirmed = record.judge("confirm", rejection, who="Ada")
    record.judge("correct", assault, {"mode": "aerial"}, who="Ada")
    assert [one["report"] for one in record.ask(doubtful, Filter())] == ["two"]
    record.undo(confirmed.number, who="Ada")
    assert [one["report"] for one in record.ask(doubtful, Filter())] == ["one", "two"]


def test_the_disputed_can_be_asked_for_alone(record: Record) -> None:
    queue = record.ask(lambda c: doubtful(c, Filter(), disputed=True))
    assert [one["sure"] for one in queue] == [0.5, 0.8]
    assert [one["sure"] for one in record.ask(lambda c: doubtful(c, Filter(outlet="Hill Post"), disputed=True))] == [
        0.8
    ]


def test_what_was_judged_is_training_data_in_the_codebooks_form(record: Record) -> None:
    assert record.ask(lambda c: list(training(c))) == []
    assault, rejection = keys(record)
    first_ = record.judge("reject", rejection, who="Ada")
    record.judge("confirm", assault, who="Ada")
    (one,) = record.ask(lambda c: list(training(c)))
    assert {key: one[key] for key in ("id", "outlet", "title", "published", "url", "text")} == {
        "id": "one", "outlet": "Hill Post", "title": "Mill shelled", "published": "2016-12-04", "url": None,
        "text": TEXT,
    }  # fmt: skip
    assert ([s["type"] for s in one["statements"]], one["judged"]) == (["ASSAULT"], 1)
    assert Report.from_json(one).statements[0].harm[0].low == 4
    record.undo(first_.number, who="Ada")
    (again,) = record.ask(lambda c: list(training(c)))
    assert (len(again["statements"]), again["judged"]) == (2, 1)


def test_sameness_of_parties_is_no_training_data(record: Record) -> None:
    record.judge("same", "sy.rebels", {"with": "sy.opposition"}, who="Ada")
    assert record.ask(lambda c: list(training(c))) == []
    record.judge("add", "two@1", {"kind": "event", "type": "RETREAT", "anchor": "left", "quote": "she left the town"},
                 who="Ada")  # fmt: skip
    (one,) = record.ask(lambda c: list(training(c)))
    assert (one["id"], len(one["statements"]), one["judged"]) == ("two", 2, 1)
