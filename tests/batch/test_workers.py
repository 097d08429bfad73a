"""Reading in processes: as in one, in order, bounded, and whatever becomes of a process."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contested.batch import Counts, Issue, Workers, read_many
from contested.batch import workers as module
from contested.errors import InputError, ModelError, WorkerError
from contested.statement import Report
from tests.batch import stubs

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "reports.jsonl"


def reports(*texts: str) -> list[Report]:
    return [Report(text, id=str(n)) for n, text in enumerate(texts)]


def unwanted(report: Report) -> Report:
    raise AssertionError("read in the process that takes in")


def ready(s: float = 0.05) -> Callable[[Report], Report]:
    """A reader of this process that is slow, so that workers are there soon."""

    def read(report: Report) -> Report:
        time.sleep(s)
        return report

    return read


def by_workers(given: Iterable[Report | InputError], workers: Workers, **more: Any) -> Iterator[Report]:
    """What workers read of `given`; before that reports are read here until they are ready."""

    def taken() -> Iterator[Report | InputError]:
        while not begun:
            yield Report("early", id="early")
        yield from given

    begun: list[Report] = []
    for report in read_many(taken(), ready(), workers=workers, **more):
        if "read_by" in report.extra and report.id == "early":
            begun.append(report)
        if report.id != "early":
            yield report


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_order_is_kept_and_all_workers_read() -> None:
    texts = [f"wait {0.1 if n % 5 == 0 else 0.001}" for n in range(60)]
    done = list(by_workers(reports(*texts), Workers(3, stubs.load, at_once_s=0)))
    assert [report.id for report in done] == [str(n) for n in range(60)]
    pids = {report.extra["read_by"] for report in done}
    assert len(pids) == 3
    assert os.getpid() not in pids
    assert all(gone(pid) for pid in pids)


def test_workers_that_load_by_themselves_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FORKS", False)
    done = list(by_workers(reports(*["wait 0.01"] * 20), Workers(2, stubs.load, at_once_s=0)))
    assert [report.id for report in done] == [str(n) for n in range(20)]
    assert all(gone(pid) for pid in {report.extra["read_by"] for report in done})


def test_a_short_run_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module._Pool, "start", unwanted)
    given = reports("one", "two", "three")
    assert list(read_many(given, lambda report: report, workers=Workers(2, stubs.load))) == given
    assert list(read_many(given[:1], ready(s=0.2), workers=Workers(2, stubs.load, at_once_s=0.1))) == given[:1]


def test_what_is_not_read_by_workers() -> None:
    """What could not be taken in, is known, or withdrawn stands in its place and goes to no worker."""
    given: list[Report | InputError] = [
        *reports("wait 0.2", "second"),
        InputError("a.jsonl", "broken JSON", 7),
        Report("known", id="known"),
        Report("withdrawn", id="gone", extra={"withdrawn": "2016-12-02"}),
        Report("bad luck", id="bad"),
        Report("last", id="last"),
    ]
    counts, issues = Counts(), list[Issue]()
    workers = Workers(2, stubs.load, at_once_s=0)
    known = lambda report: report.id == "known"  # noqa: E731
    done = list(by_workers(given, workers, known=known, counts=counts, on_issue=issues.append))
    assert [(one.id, "read_by" in one.extra) for one in done] == [
        ("0", True), ("1", True), ("known", False), ("gone", False), ("last", True),
    ]  # fmt: skip
    assert [str(issue) for issue in issues] == [
        "a.jsonl:7: broken JSON", "report bad: reading failed: ValueError: cannot be read",
    ]  # fmt: skip
    assert counts.failed == 2


def test_few_reports_are_held() -> None:
    """While the first of many is read the others wait, however long that takes."""
    taken: list[int] = []

    def many() -> Iterator[Report]:
        for n in range(100):
            taken.append(n)
            yield Report("wait 1" if n == 0 else "quick", id=str(n))

    done = by_workers(many(), Workers(2, stubs.load, at_once_s=0))
    next(done)
    assert len(taken) <= 2 * module.HELD + 1
    assert len(list(done)) == 99


def test_a_worker_that_dies_costs_a_retry(tmp_path: Path) -> None:
    texts = ["once upon a time" if n in (3, 4, 11) else "quick" for n in range(20)]
    issues: list[Issue] = []
    workers = Workers(2, partial(stubs.load, tmp_path), at_once_s=0)
    done = list(by_workers(reports(*texts), workers, on_issue=issues.append))
    assert [report.id for report in done] == [str(n) for n in range(20)]
    assert issues == []
    assert [n for n in range(20) if (tmp_path / str(n)).read_text() == "read\nread\n"] == [3, 4, 11]


def test_a_report_that_ends_its_process_twice_is_an_issue(tmp_path: Path) -> None:
    texts = ["poison" if n in (2, 9) else "quick" for n in range(15)]
    counts, issues = Counts(), list[Issue]()
    workers = Workers(2, partial(stubs.load, tmp_path), at_once_s=0)
    done = list(by_workers(reports(*texts), workers, on_issue=issues.append, counts=counts))
    assert [int(report.id) for report in done] == [n for n in range(15) if n not in (2, 9)]
    assert [str(issue) for issue in issues] == [f"report {n}: reading ended its process twice" for n in (2, 9)]
    assert counts.failed == 2
    assert (tmp_path / "2").read_text() == "read\nread\n"


def test_a_report_that_takes_too_long_is_an_issue() -> None:
    issues: list[Issue] = []
    workers = Workers(2, stubs.load, at_once_s=0, patience_s=0.5)
    texts = ["quick", "wait 100", "wait 0.2", "quick"]
    done = list(by_workers(reports(*texts), workers, on_issue=issues.append))
    assert [report.id for report in done] == ["0", "2", "3"]
    assert [str(issue) for issue in issues] == ["report 1: reading took too long twice"]


def test_what_would_befall_every_report_ends_the_run() -> None:
    done = by_workers(reports("wait 0.2", "hopeless", "quick"), Workers(2, stubs.load, at_once_s=0))
    assert next(done).id == "0"
    with pytest.raises(ModelError, match="no weights"):
        next(done)


def test_a_reader_that_cannot_be_loaded_ends_the_run() -> None:
    with pytest.raises(ModelError, match="no weights here"):
        list(by_workers([], Workers(2, stubs.load_wrongly, at_once_s=0)))


def test_processes_that_cannot_begin_end_the_run() -> None:
    with pytest.raises(WorkerError, match="--workers 1"):
        list(by_workers([], Workers(2, stubs.load_nothing, at_once_s=0)))


def test_long_reports_cross_both_ways_at_once() -> None:
    """Neither end waits to send while the other one does."""
    text = "word " * 300_000
    done = list(by_workers(reports(*[text] * 12), Workers(2, stubs.load, at_once_s=0)))
    assert [len(report.text) for report in done] == [len(text)] * 12


def test_leaving_in_the_middle_ends_the_workers() -> None:
    done = by_workers(reports(*["quick"] * 4, *["wait 60"] * 8), Workers(2, stubs.load, at_once_s=0))
    pids = {next(done).extra["read_by"] for _ in range(4)}
    began = time.monotonic()
    done.close()  # type: ignore[attr-defined]
    assert all(gone(pid) for pid in pids)
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells the memory of a process so")
def test_memory_stays_flat() -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    words = "word " * 2_000  # 10 kB a report: what is kept of 2,000 would be seen
    many = (Report(f"{n} {words}", id=str(n)) for n in range(2_500))
    at: list[int] = []
    for n, _ in enumerate(by_workers(many, Workers(2, stubs.load, at_once_s=0))):
        if n in (500, 2_499):
            at.append(held())
    before, after = at
    assert after <= 1.05 * before


def test_the_reader_itself_reads_the_same_in_processes() -> None:
    from contested.reading.pipeline import Reader

    rows = [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()]
    reader = Reader.load(threads=1)
    given = [Report.from_json({**row, "id": f"{row['id']}-{turn}"}) for turn in range(2) for row in rows[:4]]
    whole = [json.dumps(report.to_json()) for report in read_many(given, reader.read)]
    waits = iter(given)

    def fed() -> Iterator[Report]:
        """Reports from elsewhere until the workers are there, then those that are compared."""
        while not module_ready:
            yield Report("Bread is short in Qasr.", id="early")
        yield from waits

    module_ready: list[bool] = []
    pids = _watched(module_ready)
    try:
        done = [
            json.dumps(report.to_json())
            for report in read_many(fed(), reader.read, workers=Workers(2, at_once_s=0))
            if report.id != "early"
        ]
    finally:
        pids()
    assert done == whole


def _watched(told: list[bool]) -> Callable[[], None]:
    """Fills `told` when a worker is ready; gives what undoes that."""
    plain = module._passed

    def passed(*given: Any) -> Any:
        told.append(True)
        return plain(*given)

    module._passed = passed  # type: ignore[assignment]

    def undo() -> None:
        module._passed = plain

    return undo
