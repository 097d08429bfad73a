"""Random sequences of adding, reading anew, judging and undoing, against a model that fits on a page (hypothesis)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, select, text

from contested.errors import RecordError
from contested.record import tables as t
from contested.record.asking import Filter, chosen
from contested.record.record import Record
from contested.record.writing import Writer
from contested.statement import Report, Statement
from evaluation import faults
from tests.record.coded import report

SENTENCES = (
    "Gunners on the ridge fired at the old mill for two hours on Friday morning.",
    "A nurse at the clinic counted nine wounded, most of them bakers who had come for flour.",
    "The governor denied that the road to the mill had been shelled by his men.",
    "Rebels hold the eastern quarter of the town.",
)
#: Two stories of their own words, so that one's copies are none of the other's; and one too short to have copies.
TAILS = (
    "He asked the people of the lower town to remain in their cellars until the gunners had been driven away, and "
    "promised that bread would be brought over the river by boat before the end of the week if the weather held.",
    "Traders in the market said prices had doubled since autumn because lorries no longer dared to cross the pass, "
    "where snow and checkpoints had closed every track but one, which belongs to smugglers from beyond the border.",
)
ALL = " ".join(SENTENCES)
STORIES = (f"{ALL} {TAILS[0]}", f"{TAILS[1]} {ALL} {TAILS[1].upper()}", " ".join(SENTENCES[2:]))
IDS, READERS = ("post-1", "post-2", "echo-1", "echo-2"), ("reader 1", "reader 2", "reader 3")
MODALITIES = ("asserted", "denied", "possible", "future")
FOUND = st.frozensets(st.integers(0, len(SENTENCES) - 1))
Key = tuple[str, int, str]


def read(id_: str, story: int, edition: int, found: frozenset[int]) -> Report:
    """A report of one story, whose reader found the statements of some of its sentences."""
    body = f"Edition {edition}. {STORIES[story]}"
    coded = [
        {"kind": "event", "type": "ASSAULT", "anchor": SENTENCES[n].split()[0], "quote": SENTENCES[n]}
        for n in sorted(found) if SENTENCES[n] in body
    ]  # fmt: skip
    return report(body, *coded, id=id_)


@dataclass
class Row:
    """A statement: whether the latest reading finds it, which judgement wrote it, which overruled it."""

    said: Statement
    found: bool = False
    written: int | None = None
    overruled: int | None = None

    @property
    def stands(self) -> bool:
        return (self.found or self.written is not None) and self.overruled is None


@dataclass
class Version:
    """A version of a report in the model."""

    story: int
    edition: int
    reader: str
    rows: dict[str, Row] = field(default_factory=dict)


class Model(RuleBasedStateMachine):
    """The record beside the model: what stands, in which version, and who is one voice."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        empty(engine)
        self.record = Record(engine)
        self.reports: dict[str, list[Version]] = {}
        self.judged: list[int] = []

    @rule(id_=st.sampled_from(IDS), story=st.integers(0, 2), edition=st.integers(1, 2), reader=st.sampled_from(READERS),
          found=FOUND, again=st.booleans())  # fmt: skip
    def add(self, id_: str, story: int, edition: int, reader: str, found: frozenset[int], again: bool) -> None:
        one = read(id_, story, edition, found)
        added = list(Writer(self.record.engine, reader).add_all([one, one] if again else [one]))
        versions = self.reports.setdefault(id_, [])
        known = next((v for v in versions if (v.story, v.edition) == (story, edition)), None)
        if known is not None and known.reader == reader:
            assert [a.outcome for a in added] == ["same"] * len(added)
            return
        if known is None:
            known = Version(story, edition, reader)
            versions.append(known)
        known.reader = reader
        ids = {said.id for said in one.statements}
        for said in one.statements:
            known.rows.setdefault(said.id, Row(said))
        for sid, row in known.rows.items():
            row.found = sid in ids

    def standing(self) -> list[Key]:
        return sorted(
            (id_, n, sid)
            for id_, versions in self.reports.items() for n, version in enumerate(versions, 1)
            for sid, row in version.rows.items() if row.stands
        )  # fmt: skip

    def row(self, key: Key) -> Row:
        return self.reports[key[0]][key[1] - 1].rows[key[2]]

    @precondition(lambda self: self.standing())
    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.standing()))
        self.row(key).overruled = self.judge("reject", key, {})

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), modality=st.sampled_from(MODALITIES))
    def correct(self, data: st.DataObject, modality: str) -> None:
        key = data.draw(st.sampled_from(self.standing()))
        self.write(
            "correct", key, self.row(key), replace(self.row(key).said, modality=modality), {"modality": modality}
        )

    @precondition(lambda self: self.reports)
    @rule(data=st.data(), sentence=st.integers(2, len(SENTENCES) - 1))
    def by_hand(self, data: st.DataObject, sentence: int) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.reports)))
        number = data.draw(st.integers(1, len(self.reports[id_])))
        version = self.reports[id_][number - 1]
        (said,) = read(id_, version.story, version.edition, frozenset({sentence})).statements
        self.write("add", (id_, number, ""), None, said, said.to_json())

    def write(self, what: str, key: Key, old: Row | None, said: Statement, value: dict[str, Any]) -> None:
        """A judgement that writes `said`, in the place of `old`; refused where the record has it or overruled it."""
        rows = self.reports[key[0]][key[1] - 1].rows
        held = rows.get(said.id)
        if held is not None and (held.stands or held.overruled is not None):
            with pytest.raises(RecordError, match="has this very statement"):
                self.judge(what, key, value)
            return
        number = self.judge(what, key, value)
        rows.setdefault(said.id, Row(said)).written = number
        if old is not None:
            old.overruled = number

    def judge(self, what: Any, key: Key, value: dict[str, Any]) -> int:
        id_, version, sid = key
        target = f"{id_}@{version}#{sid}" if sid else f"{id_}@{version}"
        made = self.record.judge(what, target, {k: v for k, v in value.items() if k != "id"}, who="Noor")
        self.judged.append(made.number)
        return made.number

    @precondition(lambda self: self.judged)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.judged))
        rows = [row for versions in self.reports.values() for v in versions for row in v.rows.values()]
        if any(row.written == number and row.overruled is not None for row in rows):
            with pytest.raises(RecordError, match="undo that first"):
                self.record.undo(number, who="Noor")
            return
        self.record.undo(number, who="Noor")
        self.judged.remove(number)
        for row in rows:
            row.overruled = None if row.overruled == number else row.overruled
            row.written = None if row.written == number else row.written

    @invariant()
    def holds_the_same(self) -> None:
        with self.record.engine.connect() as connection:
            rows = connection.execute(chosen(connection, Filter(), all_versions=True))
            assert sorted((r.report_id, r.report_version, r.id) for r in rows) == self.standing()
            kept = connection.execute(
                select(t.report.c.id, t.report.c.version, t.report.c.latest, t.report.c.voice)
            ).all()
        assert sorted((id_, n, latest) for id_, n, latest, _ in kept) == sorted(
            (id_, n, n == len(versions)) for id_, versions in self.reports.items() for n in range(1, len(versions) + 1)
        )
        voices: dict[int, set[str]] = {}
        for id_, _, _, voice in kept:
            voices.setdefault(voice, set()).add(id_)
        assert sorted(map(sorted, voices.values())) == sorted(map(sorted, self.voices()))

    def voices(self) -> list[set[str]]:
        """Reports that are one voice: versions of one report, and reports of one long story, however indirectly."""
        together = [{id_} for id_ in self.reports]
        for story in (0, 1):
            tell = {id_ for id_, versions in self.reports.items() if any(v.story == story for v in versions)}
            touched = [group for group in together if group & tell]
            together = [group for group in together if not group & tell] + ([set().union(*touched)] if touched else [])
        return together

    def teardown(self) -> None:
        latest = [key for key in self.standing() if key[1] == len(self.reports[key[0]])]
        quotes = [self.row(key).said.quote for key in latest]
        assert len(self.record.search("bakers", "quotes")) == sum("bakers" in quote for quote in quotes)
        assert sorted((one.report, one.statement.id) for one in self.record.statements(limit=None)) == sorted(
            (id_, sid) for id_, _, sid in latest
        )


def empty(engine: Engine) -> None:
    """Take all out of a record."""
    with engine.begin() as connection:
        connection.execute(t.statement.update().values(judged=None, overruled=None))
        for table in reversed(t.metadata.sorted_tables):
            connection.execute(table.delete())
        if engine.dialect.name == "sqlite":
            for index in ("report_words", "quote_words"):
                connection.execute(text(f"INSERT INTO {index} ({index}) VALUES ('delete-all')"))


def test_any_sequence_leaves_what_the_model_says(engine: Engine) -> None:
    few = settings(max_examples=25, stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(lambda: Model(engine), settings=few)


POOL = [
    *(read(f"post-{n}", n % 3, n, frozenset({n % 4, 2})) for n in range(4)),
    read("echo-1", 0, 9, frozenset()),
    read("echo-2", 1, 9, frozenset({0, 1, 2, 3})),
]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(len(POOL))))
def _any_order(where: str, engine: Engine, first: list[str], order: list[int]) -> None:
    empty(engine)
    for n in order:
        Writer(engine, "reader 1").add(POOL[n])
    assert faults.content(where) == first


def test_the_order_of_independent_reports_never_matters(where: str, engine: Engine) -> None:
    list(Writer(engine, "reader 1").add_all(POOL))
    _any_order(where, engine, faults.content(where))
