"""What is derived: the same in whatever order reports come, and by what a person judged."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from contested.record import happenings
from contested.record import tables as t
from contested.record.asking import Filter
from contested.record.deriving import derive, rebuild, waiting
from contested.record.record import Record, open_record
from contested.record.ties import closure
from contested.record.writing import Writer
from contested.statement import Report
from evaluation.synthetic import War
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report


class Register:
    """Parties are the same or different."""

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> str:
        return "same" if a_id == b_id else "different"


def story(n: int, day: int, killed: int, place: dict[str, Any] = MILL, what: str = "shelled the mill") -> Report:
    date = f"2016-12-{day:02d}"
    text = f"The army {what} with forty mortar rounds, killing {killed} people, outlet {n} reports."
    coded = attack(text, anchor=what.split()[0], actors=[mention("The army", ARMY)],
                   places=[mention(what.partition(" ")[2], place)],
                   when={"text": "", "start": date, "end": date},
                   harm=[{"effect": "killed", "who": f"{killed} people", "low": killed, "high": killed}])  # fmt: skip
    return report(text, coded, id=f"r{n}", outlet=f"Outlet {n}", published=date)


REPORTS = [
    story(1, 2, 4), story(2, 2, 4), story(3, 3, 9),
    story(4, 20, 4, ORLA, "shelled Orla"), story(5, 20, 4, ORLA, "shelled Orla"),
]  # fmt: skip


def derived(engine: Engine) -> tuple[list[Any], list[Any]]:
    with engine.connect() as c:
        incidents = [(body["incident"], [r["id"] for r in body["reports"]], body["links"])
                     for body in c.scalars(select(t.incident.c.body))]  # fmt: skip
        disputes = [body["sentence"] for body in c.scalars(select(t.dispute.c.body))]
    return sorted(incidents), sorted(disputes)


def groups(engine: Engine) -> list[list[str]]:
    return sorted(sorted(reports) for _, reports, _ in derived(engine)[0])


def add(engine: Engine, reports: Sequence[Report], reader: str = "reader 1") -> None:
    writer = Writer(engine, reader)
    for one in reports:
        writer.add(one)


def empty(engine: Engine) -> None:
    rebuild(engine)
    with engine.begin() as c:
        for table in (t.waiting, t.harm, t.spot, t.party, t.statement, t.band, t.report):
            c.execute(table.delete())


@pytest.fixture
def whole(engine: Engine) -> Engine:
    add(engine, REPORTS)
    assert derive(engine, Register()) == len(REPORTS)
    return engine


def test_happenings_are_told_apart(whole: Engine) -> None:
    assert groups(whole) == [["r1", "r2", "r3"], ["r4", "r5"]]
    with whole.connect() as c:
        assert waiting(c) == 0
        assert c.scalars(select(t.dispute.c.type)).all() == ["count"]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_steps_do_not_matter(engine: Engine, whole: Engine, seed: int) -> None:
    once = derived(whole)
    empty(engine)
    order = REPORTS[:]
    random.Random(seed).shuffle(order)
    for one in order:
        add(engine, [one])
        derive(engine, Register())
    assert derived(engine) == once


def nurse(n: int, words: str, *first: dict[str, Any]) -> Report:
    """A report in which a nurse tells of nine dead, after its `first` statements."""
    told = {"kind": "toll", "type": "killed", "quote": words, "anchor": words.split()[-1],
            "source": {"text": "a nurse", "class": "medic", "named": False},
            "harm": [{"effect": "killed", "who": "nine people", "low": 9, "high": 9}]}  # fmt: skip
    text = ". ".join([*(one["quote"] for one in first), words])
    return report(text, *first, told, id=f"r{n}", outlet=f"Outlet {n}", published="2016-12-02")


def shelled(n: int) -> dict[str, Any]:
    one = story(n, 2, 4)
    return {**one.statements[0].to_json(), "quote": one.text.partition(",")[0]}


COUNTED = "In all nine people had been counted, a nurse said at midnight while looking through papers"
BESIDE = [nurse(1, COUNTED, shelled(1)), story(2, 2, 4), nurse(3, COUNTED), nurse(4, COUNTED)]


def test_what_stands_beside_an_incident_is_disputed_until_it_is_of_another(engine: Engine) -> None:
    add(engine, BESIDE[:2])
    derive(engine, Register())
    [(_, reports, _)], disputes = derived(engine)
    assert reports == ["r1", "r2"]
    with engine.connect() as c:
        told = c.scalars(select(t.statement.c.kind).join(t.told, t.told.c.statement == t.statement.c.number)).all()
    assert told == ["event", "event"]
    assert len(disputes) == 1
    assert "nine people" in disputes[0]
    add(engine, BESIDE[2:])
    derive(engine, Register())
    assert groups(engine) == [["r1", "r2"], ["r1", "r3", "r4"]]
    assert derived(engine)[1] == []


@pytest.mark.parametrize("seed", range(4))
def test_the_order_does_not_matter_to_what_stands_beside(engine: Engine, seed: int) -> None:
    add(engine, BESIDE)
    derive(engine, Register())
    once = derived(engine)
    empty(engine)
    order = BESIDE[:]
    random.Random(seed).shuffle(order)
    for one in order:
        add(engine, [one])
        derive(engine, Register())
    assert derived(engine) == once


def test_rebuilding_gives_the_same(whole: Engine) -> None:
    before = derived(whole)
    rebuild(whole)
    assert derived(whole) == ([], [])
    derive(whole, Register())
    assert derived(whole) == before


def test_what_a_newer_reading_no_longer_finds_leaves_its_incident(whole: Engine) -> None:
    add(whole, [REPORTS[0].with_statements(())], "reader 2")
    derive(whole, Register())
    assert groups(whole) == [["r2", "r3"], ["r4", "r5"]]


def keys(record: Record) -> dict[str, str]:
    return {one.report: one.key for one in record.statements()}


def test_a_person_splits_and_joins_incidents_and_undoes_it(whole: Engine) -> None:
    record = Record(whole)
    at = keys(record)
    before = groups(whole)
    split = record.judge("split", at["r4"], {"with": at["r5"]}, who="Ada")
    record.derive(Register())
    assert groups(whole) == [["r1", "r2", "r3"]]
    joined = record.judge("join", at["r3"], {"with": at["r4"]}, who="Ada")
    record.derive(Register())
    assert any({"r3", "r4"} <= set(group) for group in groups(whole))
    record.undo(split.number, who="Ada")
    record.undo(joined.number, who="Ada")
    record.derive(Register())
    assert groups(whole) == before


def test_what_was_joined_comes_apart_while_one_of_the_two_is_rejected(whole: Engine) -> None:
    record = Record(whole)
    at = keys(record)
    record.judge("join", at["r3"], {"with": at["r4"]}, who="Ada")
    rejected = record.judge("reject", at["r4"], who="Ben")
    record.derive(Register())
    assert groups(whole) == [["r1", "r2", "r3"]]
    record.undo(rejected.number, who="Ben")
    record.derive(Register())
    assert any({"r3", "r4"} <= set(group) for group in groups(whole))


def test_a_rejected_statement_leaves_its_incident(whole: Engine) -> None:
    record = Record(whole)
    record.judge("reject", keys(record)["r1"], who="Ada")
    record.derive(Register())
    assert groups(whole) == [["r2", "r3"], ["r4", "r5"]]


def test_what_was_known_on_a_day_stays_what_it_was(whole: Engine) -> None:
    record = Record(whole)
    known = Filter(known_by=date(2016, 12, 2))
    (one,) = record.incidents(known)
    assert [r["id"] for r in one.body["reports"]] == ["r1", "r2"]
    assert record.disputes(known) == []
    assert len(record.incidents()) == 2
    assert [d.body["type"] for d in record.disputes()] == ["count"]
    add(whole, [story(6, 4, 7)])
    record.derive(Register())
    assert record.incidents(known) == [one]


def test_what_was_not_yet_known_takes_no_room(whole: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest incident, and what makes the latest dispute, is told of by a report that was published later."""
    late = [replace(one, published="2016-12-30") for one in (story(8, 28, 40), story(6, 20, 9, ORLA, "shelled Orla"))]
    add(whole, [story(7, 28, 40), *late])
    record, known = Record(whole), Filter(known_by=date(2016, 12, 28))
    record.derive(Register())
    assert [len(record.incidents()), len(record.disputes())] == [3, 2]
    for at_once in (1, 20):
        monkeypatch.setattr(happenings, "AT_ONCE", at_once)
        assert [one.body["date"] for one in record.incidents(known, limit=1)] == ["2016-12-20"]
        assert [len(record.incidents(known, limit=n)) for n in (2, 3)] == [2, 2]
        assert [len(record.disputes(known, limit=n)) for n in (1, 2)] == [1, 1]


def test_incidents_and_disputes_are_asked_for_by_what_they_rest_on(whole: Engine) -> None:
    record = Record(whole)
    assert len(record.incidents(Filter(place="file:orla"))) == 2
    assert [r["id"] for r in record.incidents(Filter(report="r4"))[0].body["reports"]] == ["r4", "r5"]
    assert record.incidents(Filter(kind="toll")) == []
    assert record.disputes(Filter(report="r4")) == []
    assert record.disputes(type="place") == []
    with pytest.raises(ValueError, match="none of"):
        record.disputes(type="quarrel")


def test_a_new_version_takes_the_place_of_the_old(whole: Engine) -> None:
    add(whole, [story(3, 20, 4, ORLA, "shelled Orla")])
    derive(whole, Register())
    assert groups(whole) == [["r1", "r2"], ["r3", "r4", "r5"]]


# ---- in steps as at once ---------------------------------------------------------------------------------------------


def everything(engine: Engine) -> list[Any]:
    """All that is derived, by keys and ids."""
    with engine.connect() as c:
        named = select(t.statement.c.number, t.report.c.id, t.report.c.version, t.statement.c.id).join(t.report)
        key = {number: f"{id_}@{version}#{of}" for number, id_, version, of in c.execute(named)}
        ids = {row.number: row.id for row in c.execute(select(t.incident.c.number, t.incident.c.id))}
        ids_of = {row.number: (row.id, row.place) for row in c.execute(select(t.dispute))}
        return [
            sorted(
                (row.id, row.body["accounts"], row.body["links"], row.voices) for row in c.execute(select(t.incident))
            ),
            sorted((key[row.statement], ids[row.incident], row.again) for row in c.execute(select(t.told))),
            sorted(tuple(sorted((key[row.one], key[row.other]))) for row in c.execute(select(t.link))),
            sorted((*ids_of[row.dispute], key[row.statement]) for row in c.execute(select(t.disputed))),
        ]


def test_a_long_chain_of_links_is_the_same_in_steps_as_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A siege: most of what happens is shelling of one city, day after day, so that nearly all hangs together."""
    monkeypatch.setattr("evaluation.synthetic.DAILY", 6)
    reports = list(islice(War(4, siege=0.7).reports(), 48))
    add(engine, reports)
    monkeypatch.setattr("contested.record.deriving.BATCH", 1000)
    derive(engine, Register())
    once = everything(engine)
    with engine.connect() as c:
        tied = max(len(closure(c, {number})) for number in c.scalars(select(t.link.c.one).distinct()).all()[::10])
        assert tied > c.scalar(select(func.count()).select_from(t.told)) / 3
    rebuild(engine)
    monkeypatch.setattr("contested.record.deriving.BATCH", 5)
    derive(engine, Register())
    assert everything(engine) == once


def taken(n: int, party: dict[str, Any], day: str, published: str, **more: Any) -> Report:
    """A report that a party took Orla."""
    text = f"Outlet {n} heard that {party['name']} took Orla."
    told = {"kind": "control", "type": "captures", "quote": text[:-1], "anchor": "took",
            "actors": [mention(party["name"], party)], "places": [mention("Orla", ORLA)],
            "when": {"text": "", "start": day, "end": day} if day else None, **more}  # fmt: skip
    return report(text, told, id=f"g{n}", outlet=f"Outlet {n}", published=published)


def said(day: str) -> dict[str, Any]:
    return {"source": {"text": "a baker", "class": "witness", "named": False}, "said": {"text": "then", "date": day}}


@pytest.mark.parametrize("seed", range(6))
def test_disputes_over_ground_are_the_same_in_steps_as_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Claims with a day of their own, of the day of publication, and of a day on which somebody spoke long before."""
    chance = random.Random(seed)
    reports = []
    for n in range(24):
        told = date(2016, 11, 1) + timedelta(days=chance.randrange(40))
        later = told + timedelta(days=chance.choice((0, 0, 2, 60)))
        party = chance.choice((ARMY, REBELS))
        how = chance.randrange(3)
        if how == 0:
            reports.append(taken(n, party, told.isoformat(), later.isoformat()))
        elif how == 1:
            reports.append(taken(n, party, "", told.isoformat()))
        else:
            reports.append(taken(n, party, "", later.isoformat(), **said(told.isoformat())))
    add(engine, reports)
    monkeypatch.setattr("contested.record.deriving.BATCH", 1000)
    derive(engine, Register())
    once = everything(engine)
    assert once[-1]
    empty(engine)
    monkeypatch.setattr("contested.record.deriving.BATCH", 1)
    chance.shuffle(reports)
    for some in (reports[:8], reports[8:9], reports[9:]):
        add(engine, some)
        derive(engine, Register())
    assert everything(engine) == once
    add(engine, [one.with_statements(()) for one in reports[:4]], "reader 2")
    derive(engine, Register())
    stepped = everything(engine)
    rebuild(engine)
    monkeypatch.setattr("contested.record.deriving.BATCH", 1000)
    derive(engine, Register())
    assert everything(engine) == stepped


def test_killed_while_deriving_it_goes_on_and_the_same_comes_out(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    with open_record(where, create=True) as record:
        add(record.engine, list(islice(War(4).reports(), 60)))
    code = ("import sys; from contested.record import deriving; deriving.BATCH = 4\n"
            "from contested.record.record import open_record\n"
            "with open_record(sys.argv[1]) as record:\n"
            "    record.derive(progress=lambda n: print(n, flush=True))")  # fmt: skip
    for lines in (2, 3):
        child = subprocess.Popen([sys.executable, "-c", code, where], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        left = [int(child.stdout.readline()) for _ in range(lines)][-1]
        child.send_signal(signal.SIGKILL)
        child.communicate()
    with open_record(where) as record:
        with record.reading() as c:
            assert 0 < waiting(c) <= left < 60
        record.derive()
        gone_on = everything(record.engine)
        record.rebuild()
        record.derive()
        assert everything(record.engine) == gone_on
