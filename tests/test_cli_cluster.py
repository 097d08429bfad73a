"""`--on`: what the commands say and refuse; what a cluster does with shards is tested in tests/batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contested import cli
from contested.cli import main
from contested.cli.cluster import loaded
from contested.statement import Report

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, make_report: Callable[..., Report]) -> Run:
    class Reader:
        threads, version, knowledge = 1, "hand", None

        def read(self, report: Report) -> Report:
            return replace(report, statements=make_report(report.text).statements)

    monkeypatch.setattr(cli.reading, "load", lambda lexicon=None, workers=None: Reader())
    monkeypatch.setenv("CONTESTED_WORKERS", "1")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def source(tmp_path: Path, report: Report) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        line = json.dumps({"text": report.text, "id": name, "published": "2016-12-02"})
        (folder / f"{name}.jsonl").write_text(f"{line}\n", "utf-8")
    return folder


def test_shards_are_read_here_and_what_is_done_is_not_read_again(run: Run, source: Path, tmp_path: Path) -> None:
    with (source / "b.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("{\n")
    done = run("read", source, "--on", "here", "-o", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "2 of 2 shards done, 2 reports read, 14 statements, 1 failed\n"
        "1 issue, in the files *.issues beside what was written\n"
    )
    plain = run("read", source, "-f", "jsonl", "-o", tmp_path / "plain.jsonl")
    assert plain.exit_code == 0
    parts = [(tmp_path / "out" / name).read_bytes() for name in ("a.jsonl", "b.jsonl")]
    assert b"".join(parts) == (tmp_path / "plain.jsonl").read_bytes()
    again = run("read", source, "--on", "here", "-o", tmp_path / "out")
    assert again.stderr.startswith("2 of 2 shards done (2 of them before), 2 reports read")


def test_what_cannot_be_read_is_told_of_and_the_rest_is_read(run: Run, source: Path, tmp_path: Path) -> None:
    done = run("read", source / "a.jsonl", source / "c.jsonl", "--on", "here", "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert done.stderr == f"{source}/c.jsonl: no such file\n1 of 2 shards done, 1 report read, 7 statements\n"
    done = run("read", source / "c.jsonl", "--on", "here", "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (
        1, f"{source}/c.jsonl: no such file\n0 of 1 shards done, 0 reports read, 0 statements\n",
    )  # fmt: skip
    done = run("read", tmp_path / "*.warc", "--on", "here", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [f"{tmp_path}/*.warc: no file matches this", "Error: there is nothing to read"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--on", "spark"], "'spark' is none of here, ray, ray://HOST[:PORT]"),
        (["--on", "ray://"], "'ray://' is none of here, ray, ray://HOST[:PORT]"),
        (["--on", "here"], "--on writes a file for each shard: say where with -o FOLDER"),
        (["--on", "ray", "-o", "-"], "--on writes a file for each shard: say where with -o FOLDER"),
        (["--on", "here", "-o", "out", "-f", "html"], "--on writes JSON Lines, and nothing else"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, source: Path, words: list[Any], told: str) -> None:
    done = run("read", source, *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_statements_are_not_written_among_the_reports(run: Run, source: Path) -> None:
    done = run("read", source, "--on", "here", "-o", source)
    assert done.exit_code == 1
    assert "choose another folder" in done.stderr


def test_what_is_fetched_is_read_here(run: Run, tmp_path: Path) -> None:
    done = run("add", "--fetch", "https://oron.example/", "--on", "ray", "--record", tmp_path / "war.db")
    assert done.exit_code == 2
    assert "what is fetched is read here: --on goes with files" in done.stderr


def test_parties_are_sent_along_and_loaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contested.cli.cluster import _load
    from contested.reading.pipeline import Reader

    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "mine.yaml").write_text("- id: x.lions\n", "utf-8")
    seen: list[dict[str, str]] = []

    def load(threads: int, lexicon: Path | None) -> Any:
        assert threads == 1
        files = lexicon.rglob("*.yaml") if lexicon else ()
        seen.append({path.relative_to(lexicon).as_posix(): path.read_text("utf-8") for path in files})  # type: ignore[arg-type]
        return Reader(encoder=type("E", (), {"settings": type("S", (), {"version": "1"})})(), knowledge=None)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "load", load)
    loaded.cache_clear()
    with_parties = _load(tmp_path)
    first = with_parties()
    assert with_parties() == first
    assert _load(None)()[1][0].endswith(", weights 1")
    assert seen == [{"more/mine.yaml": "- id: x.lions\n"}, {}]
    loaded.cache_clear()
