"""Adding reports: once, in any order, as versions, by newer readings; copies are one voice; nothing is lost halfway."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine, select

from contested.errors import RecordError
from contested.record import tables as t
from contested.record.writing import Writer
from contested.statement import Report
from tests.record.coded import ARMY, MILL, attack, mention, report

SHELLED = "The army shelled the mill on Friday and killed four men."
STORY = (
    "Gunners on the ridge above the town fired at the old mill for two hours on Friday morning, residents said, and "
    "the fire that broke out in its upper floors burned until the evening. A nurse at the clinic counted nine wounded, "
    "most of them bakers who had come for flour. The governor said that the road to the mill would stay closed until "
    "the gunners had been driven from the ridge, and asked the people of the lower town to remain in their cellars."
)


def shelled(**more: Any) -> Report:
    coded = attack(SHELLED, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)],
                   when={"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"},
                   harm=[{"effect": "killed", "who": "four men", "low": 4, "high": 4}])  # fmt: skip
    return report(SHELLED, coded, **more)


def content(engine: Engine) -> list[tuple[Any, ...]]:
    """What a record holds, apart from numbers and moments."""
    with engine.connect() as c:
        reports = c.execute(
            select(t.report.c.id, t.report.c.version, t.report.c.text, t.report.c.outlet, t.report.c.latest)
        ).all()
        statements = c.execute(
            select(t.report.c.id, t.report.c.version, t.statement.c.id, t.statement.c.type, t.statement.c.gone)
            .join_from(t.statement, t.report)
        ).all()  # fmt: skip
        voices = c.execute(select(t.report.c.voice, t.report.c.id)).all()
    groups: dict[int, list[str]] = {}
    for voice, id_ in voices:
        groups.setdefault(voice, []).append(id_)
    return sorted(
        [*map(tuple, reports), *map(tuple, statements), *(tuple(sorted(g)) for g in groups.values())], key=str
    )


def test_a_report_is_kept_with_all_that_is_asked_of_it(engine: Engine) -> None:
    added = Writer(engine, "reader 1").add(shelled(outlet="Hill Post"))
    assert (added.version, added.outcome, added.found, added.gone, added.copies) == (1, "new", 1, 0, 0)
    with engine.connect() as c:
        row = c.execute(select(t.statement)).one()
        assert (row.type, row.modality, row.start.isoformat(), row.quote) == (
            "ASSAULT",
            "asserted",
            "2016-12-02",
            SHELLED,
        )
        assert c.execute(select(t.party.c.role, t.party.c.party, t.party.c.text)).all() == [
            ("actor", "sy.armed-forces", "The army")
        ]
        assert c.execute(select(t.spot.c.place, t.spot.c.lat)).all() == [("file:mill", 10.01)]
        holders = c.execute(select(t.inside.c.holder, t.inside.c.depth).order_by(t.inside.c.depth)).all()
        assert holders == [("file:mill", 0), ("file:orla", 1), ("file:veld", 2), ("iso:SY", 3)]
        assert c.execute(select(t.harm.c.effect, t.harm.c.low, t.harm.c.high)).all() == [("killed", 4, 4)]


def test_adding_again_changes_nothing(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    writer.add(shelled())
    before = content(engine)
    assert writer.add(shelled()).outcome == "same"
    assert Writer(engine, "reader 1").add(shelled()).outcome == "same"
    assert content(engine) == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_adding_does_not_matter(engine: Engine, order: Sequence[int]) -> None:
    reports = [
        report(STORY, outlet="Hill Post", id="one"),
        report("Updated. " + STORY, outlet="Dale Echo", id="two"),
        shelled(id="three"),
    ]
    writer = Writer(engine, "reader 1")
    for n in order:
        writer.add(reports[n])
    told = content(engine)
    assert ("one", "two") in told
    assert ("three",) in told


def test_a_report_changed_by_its_outlet_is_a_new_version_and_the_old_one_stays(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    writer.add(shelled(id="post-1"))
    changed = report(SHELLED.replace("four", "six"), attack(SHELLED), id="post-1")
    added = writer.add(changed)
    assert (added.id, added.version, added.outcome) == ("post-1", 2, "version")
    with engine.connect() as c:
        rows = c.execute(select(t.report.c.version, t.report.c.latest, t.report.c.voice).order_by("version")).all()
    assert [(v, latest) for v, latest, _ in rows] == [(1, False), (2, True)]
    assert len({voice for _, _, voice in rows}) == 1


def test_a_report_without_an_id_is_known_by_its_url(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    first = writer.add(report(SHELLED, url="https://hill.example/mill"))
    second = writer.add(report(SHELLED + " More soon.", url="https://hill.example/mill"))
    assert (second.id, second.version) == (first.id, 2)


def test_a_newer_reading_marks_what_it_no_longer_finds_and_finds_it_again(engine: Engine) -> None:
    read, empty = shelled(id="post-1"), shelled(id="post-1").with_statements(())
    Writer(engine, "reader 1").add(read)
    assert Writer(engine, "reader 2").add(empty).gone == 1
    with engine.connect() as c:
        assert c.scalars(select(t.statement.c.gone)).one() is not None
    again = Writer(engine, "reader 3").add(read)
    assert (again.outcome, again.found, again.gone) == ("reread", 0, 0)
    with engine.connect() as c:
        assert c.scalars(select(t.statement.c.gone)).one() is None
        assert len(c.execute(select(t.party)).all()) == 1


def test_copies_of_copies_are_one_voice(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    outlets = ("Hill Post", "Dale Echo", "Mill Times")
    added = [writer.add(report(f"{outlet}: {STORY}", outlet=outlet, id=outlet)) for outlet in outlets]
    assert [one.copies for one in added] == [0, 1, 2]
    writer.add(shelled(id="other"))
    with engine.connect() as c:
        voices = dict(c.execute(select(t.report.c.id, t.report.c.voice)).all())
    assert len({voices[o] for o in outlets}) == 1
    assert voices["other"] != voices["Hill Post"]


def test_an_interruption_keeps_nothing_of_the_report(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from contested.record import saying

    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    writer = Writer(engine, "reader 1")
    writer.add(shelled(id="post-1"))
    before = content(engine)
    monkeypatch.setattr(saying, "put_beside", fail)
    with pytest.raises(KeyboardInterrupt):
        writer.add(shelled(id="post-2"))
    assert content(engine) == before
    monkeypatch.undo()
    assert writer.add(shelled(id="post-2")).outcome == "new"


def test_a_failing_database_is_named(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    with engine.begin() as c:
        t.harm.drop(c)
    with pytest.raises(RecordError, match="harm"):
        writer.add(shelled())


def test_half_a_character_is_refused_with_words_and_the_rest_is_kept(engine: Engine) -> None:
    writer = Writer(engine, "reader 1")
    with pytest.raises(RecordError, match="half a character"):
        writer.add(Report("The mill burned.", id="a", title="The \ud800 mill"))
    assert writer.add(Report("The mill burned.", id="b")).outcome == "new"
