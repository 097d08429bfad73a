"""Which reports a record has, in a form that other machines can ask."""

from __future__ import annotations

import pickle
from dataclasses import replace

from sqlalchemy import Engine

from contested.record.kept import Kept
from contested.record.writing import Writer
from contested.statement import Report


def test_what_a_reader_has_read_is_known_as_it_stands(engine: Engine) -> None:
    reports = [Report(f"Day {n} was quiet in Oron.", id=str(n)) for n in range(50)]
    writer = Writer(engine, "reader 1", "k1")
    list(writer.add_all(reports[:40]))
    kept = Kept.of(engine, "reader 1", "k1")
    assert [report.id for report in reports if kept(report)] == [report.id for report in reports[:40]]
    assert all(kept(report) == writer.has(report) for report in reports)
    assert not kept(replace(reports[0], text="Day 0 was loud in Oron."))
    assert not kept(replace(reports[0], id="x"))
    assert not any(map(Kept.of(engine, "reader 1", "k2"), reports))
    Writer(engine, "reader 1", "k2").add(reports[0])
    now = [Kept.of(engine, "reader 1", knowledge)(reports[0]) for knowledge in ("k1", "k2")]
    assert now == [False, True]
    sent = pickle.dumps(kept)
    assert len(sent) < 8 * 40 + 200
    assert pickle.loads(sent)(reports[39])
    assert not Kept([])(reports[0])
