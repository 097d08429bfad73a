"""The fuzzing: the same input of the same number, inputs of every kind, and checks that see what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contested.intake import KINDS
from contested.statement import Report
from contested.text import prepare
from evaluation.fuzz import checks, seeds
from evaluation.fuzz.cases import Runner, case
from evaluation.fuzz.grammar import ENDLESS, sized
from evaluation.fuzz.running import Result
from tests.conftest import coded


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    made = Runner(tmp_path_factory.mktemp("fuzz"), 1, network=False)
    yield made
    if made.record:
        made.record.close()


def test_every_kind_of_input_has_a_seed_that_is_read(tmp_path: Path, runner: Runner) -> None:
    assert {kind.name for kind in KINDS} <= {one.kind for one in seeds.seeds()}
    for one in seeds.seeds():
        outcome = runner.run(replace(case(1, 1, one.kind), name=one.name, data=one.data))
        assert outcome.wrong == []
        assert outcome.reports or one.kind == "mentions"


def test_a_number_is_an_input() -> None:
    assert [case(3, n) for n in range(30)] == [case(3, n) for n in range(30)]
    assert case(3, 1) != case(4, 1)
    assert len({case(3, n).kind for n in range(100)}) > 8


def test_inputs_are_run_with_all_that_is_done_with_them(runner: Runner) -> None:
    outcomes = [runner.run(case(2, n), everything=n % 3 == 0) for n in range(24)]
    assert [wrong for one in outcomes for wrong in one.wrong] == []
    assert sum(one.statements for one in outcomes) > 20
    assert {"rules", "marking", "showing", "keeping"} <= {step for one in outcomes for step in one.seconds}


def test_what_goes_on_and_on_has_the_length_asked_for() -> None:
    assert {len(sized(name, 5_000)) for name in ENDLESS} == {5_000}


def test_wrong_offsets_and_values_are_seen() -> None:
    named = coded()
    report = named.with_statements(one for one in named.statements if not (one.source or one.said))
    assert len(list(checks.of_reading(named))) == 2  # a carrier, and a time, that its words do not have
    assert list(checks.of_reading(report)) == []
    assert list(checks.of_report(report)) == []
    first = replace(named.statements[0], source=None)
    moved = replace(first, actors=tuple(replace(m, start=m.start + 1) for m in first.actors))
    beside = replace(first, quote_start=first.quote_start + 3)
    backwards = replace(first, harm=tuple(replace(h, high=0) for h in first.harm))
    for wrong in (moved, beside, backwards):
        assert list(checks.of_reading(report.with_statements([wrong])))
    assert "stands twice" in " ".join(checks.of_reading(report.with_statements([first, first])))


def test_a_layout_out_of_bounds_is_seen() -> None:
    text = prepare(Report("The mill fell on Friday. Nobody was there."))
    assert list(checks.of_layout(text)) == []
    last = text.sentences[-1]
    beyond = replace(last, end=len(text.raw) + 1)
    assert list(checks.of_layout(replace(text, sentences=(*text.sentences[:-1], beyond))))


def test_memory_that_grows_is_told() -> None:
    result = Result(1)
    result.memory[7] = [(n, 100_000_000 + 1_000_000 * n) for n in range(100)]
    ((first, last, grown),) = result.growth().values()
    assert last > first
    assert grown > 0.5
