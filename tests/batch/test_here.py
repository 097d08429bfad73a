"""Many reports, one after another: order, issues, counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contested.batch import Counts, Issue, read_many
from contested.errors import InputError, LexiconError, ModelError, PartlyRead, PassedOver
from contested.intake import from_path
from contested.statement import Report, Statement

TEXT = "The army shelled Oron on Friday."


def reader(report: Report) -> Report:
    """One statement for each `shelled`; no patience for Karsa."""
    if "Karsa" in report.text:
        raise ValueError("cannot read Karsa")
    one = {"kind": "event", "type": "ASSAULT", "anchor": "shelled", "quote": "shelled"}
    found = range(1, report.text.count("shelled") + 1)
    return report.with_statements(Statement.from_json({**one, "quote_n": n}, report.text) for n in found)


def test_order_is_kept_and_everything_is_counted() -> None:
    issues: list[Issue] = []
    counts = Counts()
    taken: list[Report | InputError] = [
        Report(TEXT, id="1"),
        InputError("a.jsonl", "broken JSON", 7),
        Report("Karsa is quiet.", id="2", extra={"taken_from": "a.jsonl:8"}),
        PartlyRead("a.jsonl", "publication date left out", 9),
        Report(f"{TEXT} It had shelled Oron before.", id="3"),
        PassedOver("reports", "3 files passed over", 3),
        Report("Oron is quiet.", id="4"),
    ]
    done = list(read_many(taken, reader, on_issue=issues.append, counts=counts))
    assert [(report.id, len(report.statements)) for report in done] == [("1", 1), ("3", 2), ("4", 0)]
    assert counts == Counts(read=3, statements=3, partly=1, skipped=3, failed=2)
    assert str(counts) == "3 reports read, 3 statements, 1 report taken in only in part, 3 files skipped, 2 failed"
    assert not counts.nothing_read
    assert [str(issue) for issue in issues] == [
        "a.jsonl:7: broken JSON",
        "a.jsonl:8: reading failed: ValueError: cannot read Karsa",
        "a.jsonl:9: publication date left out",
        "reports: 3 files passed over",
    ]
    assert (issues[1].where, issues[1].line, issues[1].report) == ("a.jsonl", 8, "2")
    assert [issue.what for issue in issues] == ["failed", "failed", "partly", "skipped"]
    assert issues[0].to_json() == {
        "what": "failed", "reason": "broken JSON", "where": "a.jsonl", "line": 7, "report": None,
    }  # fmt: skip


def test_a_report_that_is_a_file_is_named_by_it() -> None:
    issues: list[Issue] = []
    report = Report("Karsa", extra={"taken_from": "C:/reports/a.txt"})
    assert list(read_many([report], reader, on_issue=issues.append)) == []
    assert (issues[0].where, issues[0].line) == ("C:/reports/a.txt", None)


def test_a_report_from_nowhere_is_named_by_its_id() -> None:
    issues: list[Issue] = []
    assert list(read_many([Report("Karsa", id="k")], reader, on_issue=issues.append)) == []
    assert str(issues[0]) == "report k: reading failed: ValueError: cannot read Karsa"


def test_one_report_is_read_at_a_time() -> None:
    asked: list[int] = []

    def endless() -> Iterator[Report]:
        n = 0
        while True:
            asked.append(n)
            yield Report(TEXT, id=str(n))
            n += 1

    done = read_many(endless(), reader)
    assert next(done).id == "0"
    assert next(done).id == "1"
    assert asked == [0, 1]


def test_a_report_in_another_language_is_read_and_told_of() -> None:
    counts, issues = Counts(), list[Issue]()
    words = "Les rebelles ont bombardé le marché de la ville vendredi, tuant deux gardes, selon la radio publique. " * 3
    taken = [Report(TEXT), Report(words, id="fr", extra={"taken_from": "b.jsonl:2"})]
    assert len(list(read_many(taken, reader, on_issue=issues.append, counts=counts))) == 2
    assert [(issue.what, issue.where, issue.line) for issue in issues] == [("foreign", "b.jsonl", 2)]
    assert str(issues[0]).startswith("b.jsonl:2: does not look like English")
    assert str(counts) == "2 reports read, 1 statement, 1 report not in English, it seems"


def test_progress_is_told_after_each() -> None:
    seen: list[tuple[int, int]] = []
    taken = [Report(TEXT), InputError("x", "empty"), Report(TEXT)]
    list(read_many(taken, reader, progress=lambda counts: seen.append((counts.read, counts.failed))))
    assert seen == [(1, 0), (1, 1), (2, 1)]


@pytest.mark.parametrize("error", [ModelError("no weights"), LexiconError("en/units.yaml: twice")])
def test_what_would_befall_every_report_ends_the_run(error: Exception) -> None:
    def broken(report: Report) -> Report:
        raise error

    with pytest.raises(type(error)):
        list(read_many([Report(TEXT)], broken))


def test_nothing_read_is_nothing_read() -> None:
    counts = Counts()
    assert list(read_many([InputError("x", "empty")], reader, counts=counts)) == []
    assert counts.nothing_read
    assert str(counts) == "0 reports read, 0 statements, 1 failed"
    assert str(Counts(read=1_200, statements=1)) == "1,200 reports read, 1 statement"


def test_a_folder_of_good_and_bad_files_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("", "utf-8")
    (tmp_path / "c.html").write_text("<html><body></body></html>", "utf-8")
    (tmp_path / "d.csv").write_text("name,words\n1,2\n", "utf-8")
    (tmp_path / "e.jsonl").write_text(
        f'{{"text": "{TEXT}", "id": "e1"}}\n{{"text": 5}}\n{{"text": "Karsa"}}\n', "utf-8"
    )
    (tmp_path / "f.bin").write_bytes(b"\0")
    counts, issues = Counts(), list[Issue]()
    done = list(read_many(from_path(tmp_path), reader, on_issue=issues.append, counts=counts))
    assert [report.text for report in done] == [TEXT, TEXT]
    assert counts == Counts(read=2, statements=2, skipped=1, failed=5)
    assert [str(issue).removeprefix(f"{tmp_path}/").split(": ")[0] for issue in issues] == [
        "b.txt", "c.html", "d.csv:1", "e.jsonl:2", "e.jsonl:3", str(tmp_path),
    ]  # fmt: skip
