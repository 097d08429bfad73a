"""The parties of a record: counts, names, parts of what is told, ties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contested.record import tied, whos
from contested.record.account import Who
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from contested.statement import Report
from tests.record.coded import ARMY, MILL, REBELS, attack, mention, report

GUARD = {"party": "xx.hill-guard", "name": "Hill Guard", "kind": "armed-group", "country": "XX"}
FIRST = "The army shelled the mill, a rebel said. The rebels back the Hill Guard; lorry drivers said so."
SECOND = "Assad's army shelled the mill. The army denied that the Hill Guard is its ally. Lorry Drivers lead the guard."


def tie(type_: str, one: Any, other: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "relation", "type": type_, "anchor": "the", "actors": [one], "targets": [other], **more}


REPORTS = [
    report(
        FIRST,
        attack(FIRST, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)],
               source={"text": "a rebel", "class": "armed-group", "named": False, "resolved": REBELS}),
        tie("backs", mention("The rebels", REBELS), mention("the Hill Guard", GUARD),
            source={"text": "lorry drivers", "class": "witness", "named": False}),
        id="one", published="2016-12-02",
    ),
    report(
        SECOND,
        attack(SECOND, actors=[mention("Assad's army", ARMY), mention("The army", ARMY)]),
        tie("allied", mention("the Hill Guard", GUARD), mention("The army", ARMY), modality="denied"),
        tie("leads", "Lorry Drivers", mention("the guard", GUARD)),
        id="two", published="2016-12-03",
    ),
]  # fmt: skip


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where, create=True) as made:
        list(made.add(REPORTS, reader="by hand"))
        made.derive()
        yield made


def test_parties_are_counted_by_role(record: Record) -> None:
    found = {row.name: row.to_json() for row in record.ask(whos.parties)}
    army = next(row for row in found.values() if row["party"] == "sy.armed-forces")
    assert (army["actor"], army["target"], army["source"]) == (2, 1, 0)  # named twice in one statement
    assert (army["first"], army["last"], army["country"]) == ("2016-12-02", "2016-12-03", "SY")
    guard = found["Hill Guard"]  # an id that the register has not is called as a report calls it
    assert (guard["party"], guard["kind"], guard["actor"], guard["target"]) == ("xx.hill-guard", "armed-group", 1, 2)
    drivers = found["Lorry Drivers"]  # words, in whatever case
    assert (drivers["party"], drivers["actor"], drivers["source"]) == (None, 1, 1)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lorry", {None}),
        ("Assad's", {"sy.armed-forces"}),  # as a report has it
        ("الجيش السوري", {"sy.armed-forces"}),  # as the register has it
        ("sy.", {"sy.armed-forces", "sy.rebels"}),
        ("the", {"sy.armed-forces", "sy.rebels", "xx.hill-guard"}),
        ("100%", set()),
    ],
)
def test_words_narrow_the_parties(record: Record, words: str, found: set[str | None]) -> None:
    assert {row.id for row in record.ask(whos.parties, words)} == found


def test_what_is_rejected_or_of_an_older_version_is_not_counted(record: Record) -> None:
    (said,) = [one for one in record.statements(Filter(kind="relation")) if one.type == "leads"]
    record.judge("reject", said.key, who="ada")
    list(record.add([report("Nothing is new.", id="one", published="2016-12-04")], reader="by hand"))
    assert {row.name for row in record.ask(whos.parties) if row.id is None} == set()
    army = record.ask(whos.party, "sy.armed-forces")
    assert (army.roles["actor"], army.roles["target"]) == (1, 1)


def test_a_party_is_asked_for_by_id_or_words(record: Record) -> None:
    assert record.ask(whos.party, "xx.hill-guard").name == "Hill Guard"
    assert record.ask(whos.party, "LORRY drivers").roles == {"actor": 1, "target": 0, "source": 1}
    assert record.ask(whos.party, "sy.navy").told == 0  # the register knows it
    assert record.ask(whos.party, "xx.nobody") is None
    assert record.ask(whos.party, "nobody at all") is None
    assert {one["name"]: one["told"] for one in record.ask(whos.names, "sy.armed-forces")} == {
        "The army": 3, "Assad's army": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "part", "types"),
    [
        ("sy.armed-forces", "did", ["ASSAULT", "ASSAULT"]),
        ("sy.armed-forces", "suffered", ["allied"]),
        ("sy.armed-forces", "others", ["ASSAULT"]),
        ("sy.rebels", "said", ["ASSAULT"]),
        ("sy.rebels", "others", ["backs"]),
        ("lorry drivers", "said", ["backs"]),
        ("lorry drivers", "did", ["leads"]),
    ],
)
def test_parts_of_what_is_told_of_a_party(record: Record, who: str, part: str, types: list[str]) -> None:
    found = record.ask(lambda c: whos.latest(c, whos.of_party(c, who, Filter(), part), 10))
    assert [one.type for one in found] == types
    counted = record.ask(lambda c: whos.types(c, whos.of_party(c, who, Filter(), part)))
    assert sum(one["told"] for one in counted) == len(types)
    assert found == sorted(found, key=lambda one: one.day, reverse=True)
    assert record.ask(lambda c: whos.latest(c, whos.of_party(c, who, Filter(), part), 1)) == found[:1]


def test_whose_word_it_is(record: Record) -> None:
    found = record.ask(lambda c: whos.tellers(c, whos.of_party(c, "sy.armed-forces", Filter(), "others")))
    assert [(one["party"], one["class"], one["told"]) for one in found] == [("sy.rebels", "armed-group", 1)]


def test_ties_have_both_ends_and_denials(record: Record) -> None:
    def ties(who: str) -> set[tuple[str, str, int, int]]:
        rows = [row.to_json() for row in record.ask(tied.ties, who, Filter())]
        return {(row["way"], row["name"], row["told"], row["denied"]) for row in rows}

    assert ties("xx.hill-guard") == {
        ("backed by", "rebels in Syria", 1, 0), ("led by", "Lorry Drivers", 1, 0),
        ("allied with", "Syrian armed forces", 1, 1),
    }  # fmt: skip
    assert ties("lorry drivers") == {("leads", "Hill Guard", 1, 0)}
    assert ties("sy.armed-forces") == {("allied with", "Hill Guard", 1, 1)}


def test_a_network_has_the_ties_of_those_around_too(record: Record) -> None:
    more = report("The rebels back the army.", tie("backs", mention("The rebels", REBELS), mention("the army", ARMY)),
                  id="three")  # fmt: skip
    list(record.add([more], reader="by hand"))
    rows = record.ask(tied.ties, "xx.hill-guard", Filter())
    drawn = record.ask(tied.network, Who("Hill Guard", "xx.hill-guard", "Hill Guard"), rows)
    assert [node["name"] for node in drawn["nodes"] if node["self"]] == ["Hill Guard"]
    assert {(one["from"], one["to"], one["type"]) for one in drawn["edges"]} == {
        ("sy.rebels", "xx.hill-guard", "backs"), ("words:lorry drivers", "xx.hill-guard", "leads"),
        ("sy.armed-forces", "xx.hill-guard", "allied"), ("sy.rebels", "sy.armed-forces", "backs"),
    }  # fmt: skip
    assert {end for one in drawn["edges"] for end in (one["from"], one["to"])} == {n["key"] for n in drawn["nodes"]}


def test_what_happened_to_a_party(where: str) -> None:
    lines = (Path(__file__).parents[2] / "examples" / "record.jsonl").read_text("utf-8").splitlines()
    with open_record(where, create=True) as record:
        list(record.add([Report.from_json(json.loads(line)) for line in lines], reader="by hand"))
        record.derive()
        numbers = record.ask(whos.numbers_of, "xx.armed-forces")
        found = [one.to_json() for one in record.incidents(Filter(party="xx.armed-forces"))]
        assert found
        assert [one["incident"] for one in record.ask(whos.incidents, numbers, 5)] == [one["incident"] for one in found]
        odds = [one.to_json() for one in record.disputes(Filter(party="xx.armed-forces"))]
        assert {one["type"] for one in odds} >= {"count", "control"}
        assert record.ask(whos.disputes, numbers, 5) == odds
        nobody = record.ask(whos.numbers_of, "sy.rebels")
        assert record.ask(whos.incidents, nobody, 5) == record.ask(whos.disputes, nobody, 5) == []
