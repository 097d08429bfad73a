"""Shards: one file out for each in, markers, what is read again and what is not, stores beside this machine's files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from contested.batch.shards import Done, Reading, Shard, Unread, read_over, read_shard, refuse_inside, shards
from contested.errors import InputError, ModelError
from contested.intake.given import Given
from contested.statement import Report, Statement
from contested.views.jsonl import pieces

TEXT = "The army shelled Oron on Friday."
LINES = [{"text": f"{TEXT} It was day {n}.", "id": str(n)} for n in range(3)]


class Fake:
    """A reader that finds what was shelled, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, report: Report) -> Report:
        self.asked.append(report.id)
        if "Karsa" in report.text:
            raise ValueError("cannot read Karsa")
        one = {"kind": "event", "type": "ASSAULT", "anchor": "shelled", "quote": "shelled"}
        return report.with_statements([Statement.from_json(one, report.text)])

    def reading(self, knowledge: str = "k1", **given: Any) -> Reading:
        return Reading(self.read, ("reader 1", knowledge), Given(**given))


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def jsonl(file: Path, *lines: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def one(path: Path | str) -> Shard:
    (shard,), errors = shards([str(path)])
    assert errors == []
    return shard


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_shard_becomes_a_file_of_statements_and_a_marker(source: Path, tmp_path: Path, fake: Fake) -> None:
    file = jsonl(source / "a.jsonl", *LINES, "{broken", {"text": "Karsa is quiet."})
    out = tmp_path / "out"
    done = read_shard(one(file), str(out), fake.reading(), pieces)
    assert (done.counts.read, done.counts.statements, done.counts.failed, done.issues, done.fresh) == (3, 3, 2, 2, True)
    assert sorted(held(out)) == ["a.jsonl", "a.jsonl.done", "a.jsonl.issues"]
    reports = [Report.from_json(json.loads(line)) for line in (out / "a.jsonl").read_text("utf-8").splitlines()]
    assert [report.extra["taken_from"] for report in reports] == [f"{file}:{n}" for n in (1, 2, 3)]
    issues = [json.loads(line) for line in (out / "a.jsonl.issues").read_text("utf-8").splitlines()]
    assert [(issue["what"], issue["line"]) for issue in issues] == [("failed", 4), ("failed", 5)]
    marker = json.loads((out / "a.jsonl.done").read_text("utf-8"))
    assert (marker["reader"], marker["knowledge"], marker["counts"]["read"]) == ("reader 1", "k1", 3)


def test_what_is_done_is_not_read_again(source: Path, tmp_path: Path, fake: Fake) -> None:
    shard, out = one(jsonl(source / "a.jsonl", *LINES, {"text": 5})), str(tmp_path / "out")
    first = read_shard(shard, out, fake.reading(), pieces)
    before, fake.asked = held(tmp_path / "out"), []
    again = read_shard(shard, out, fake.reading(), pieces)
    assert fake.asked == []
    assert again == Done(shard, first.counts, first.issues, fresh=False)
    assert held(tmp_path / "out") == before


@pytest.mark.parametrize("what", ["content", "knowledge", "options", "output gone", "output cut", "marker broken"])
def test_what_does_not_fit_is_read_again(source: Path, tmp_path: Path, fake: Fake, what: str) -> None:
    file, out = jsonl(source / "a.jsonl", *LINES, "{"), tmp_path / "out"
    read_shard(one(file), str(out), fake.reading(), pieces)
    reading = fake.reading()
    if what == "content":
        jsonl(file, *LINES[:2])
    elif what == "knowledge":
        reading = fake.reading("k2")
    elif what == "options":
        reading = fake.reading(outlet="Hill Post")
    elif what == "output gone":
        (out / "a.jsonl").unlink()
    elif what == "output cut":
        (out / "a.jsonl").write_bytes(b"")
    else:
        (out / "a.jsonl.done").write_text('{"shard"', "utf-8")
    fake.asked = []
    done = read_shard(one(file), str(out), reading, pieces)
    assert (done.fresh, len(fake.asked)) == (True, 2 if what == "content" else 3)
    assert len((out / "a.jsonl").read_bytes().splitlines()) == len(fake.asked)
    assert (out / "a.jsonl.issues").exists() == (what != "content")
    assert not read_shard(one(file), str(out), reading, pieces).fresh


def test_what_is_interrupted_has_no_marker_and_leaves_nothing_half(source: Path, tmp_path: Path, fake: Fake) -> None:
    file, out = jsonl(source / "a.jsonl", *LINES), tmp_path / "out"
    read_shard(one(file), str(out), fake.reading(), pieces)
    whole = (out / "a.jsonl").read_bytes()

    def stopped(reports: Iterator[Report]) -> Iterator[bytes]:
        yield from pieces(iter([next(reports)]))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_shard(one(file), str(out), fake.reading("k2"), stopped)
    assert held(out) == {"a.jsonl": whole}  # of the reading before; no marker says otherwise
    assert read_shard(one(file), str(out), fake.reading("k2"), pieces).fresh


def test_what_would_befall_every_shard_is_raised_and_the_rest_is_told(source: Path, tmp_path: Path, fake: Fake) -> None:
    file, out = jsonl(source / "a.jsonl", *LINES), str(tmp_path / "out")

    def broken(report: Report) -> Report:
        raise ModelError("no weights")

    with pytest.raises(ModelError):
        read_shard(one(file), out, Reading(broken, ("r", "k"), Given()), pieces)
    absent = read_shard(one(source / "b.jsonl"), out, fake.reading(), pieces)
    assert (absent.failed, absent.counts.read) == ("no such file", 0)
    (tmp_path / "file").write_text("", "utf-8")
    assert read_shard(one(file), str(tmp_path / "file"), fake.reading(), pieces).failed == "Not a directory"
    assert not (tmp_path / "out").exists()


def test_another_shard_is_not_written_over(source: Path, tmp_path: Path, fake: Fake) -> None:
    out = str(tmp_path / "out")
    first, second = (one(jsonl(source / folder / "a.jsonl", LINES[0])) for folder in ("x", "y"))
    read_shard(first, out, fake.reading(), pieces)
    done = read_shard(second, out, fake.reading(), pieces)
    assert done.failed == f"{out}/a.jsonl: holds what was read of {source}/x/a.jsonl: choose another folder"
    assert not read_shard(first, out, fake.reading(), pieces).fresh


def test_names_are_those_of_the_files_below_their_folder(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "a.jsonl",
        "x/a.jsonl",
        "x/b.warc.gz",
        "x/b.jsonl.gz",
        "x/c.parquet",
        ".hidden/d.jsonl",
        "x/notes.bin",
    ):
        jsonl(source / name, LINES[0])
    found, errors = shards([str(source), str(source / "a.jsonl")])
    assert [(shard.name, Path(shard.at).relative_to(source).as_posix()) for shard in found] == [
        ("a.jsonl", "a.jsonl"), ("x/a.jsonl", "x/a.jsonl"), ("x/b.jsonl.gz.jsonl", "x/b.jsonl.gz"),
        ("x/b.warc.gz.jsonl", "x/b.warc.gz"), ("x/c.jsonl", "x/c.parquet"),
    ]  # fmt: skip
    assert [str(error) for error in errors] == [
        f"{source}: 1 file passed over, of no kind read here: .bin 1",
    ]
    with pytest.raises(InputError, match=r"would be written to a\.jsonl\.jsonl, as .*in/a\.jsonl would"):
        shards([str(source / "a.jsonl"), str(source / "x" / "a.jsonl")])
    monkeypatch.chdir(source)
    shard = one("x/*.parquet")
    assert (shard.address, shard.at, shard.name) == ("x/c.parquet", str(source / "x" / "c.parquet"), "c.jsonl")
    assert one(f"file://{source}/a.jsonl").at == str(source / "a.jsonl")


def test_what_is_no_shard_is_told_of(tmp_path: Path) -> None:
    asked = ["-", "https://oron.example/a.jsonl", "nosuch://a", str(tmp_path / "*.jsonl"), "memory://none/*.jsonl"]
    found, errors = shards(asked)
    assert found == []
    assert [error.reason.partition(":")[0] for error in errors] == [
        "shards are files", "nothing is fetched from the web here", "cannot be opened", "no file matches this",
        "no file matches this",
    ]  # fmt: skip


def test_statements_are_not_written_among_the_reports(source: Path) -> None:
    found, _ = shards([str(jsonl(source / "a.jsonl", LINES[0]))])
    for out in (source, f"{source}/"):
        with pytest.raises(InputError, match="choose another folder"):
            refuse_inside(found, str(out))
    refuse_inside(found, str(source / "out"))
    refuse_inside(found, f"{source}-out")


def test_reports_are_handed_over_with_what_went_wrong(source: Path, fake: Fake) -> None:
    shard = one(jsonl(source / "a.jsonl", LINES[0], "{", LINES[1], LINES[2], {"text": 5}))
    rows = list(read_over(shard, fake.reading(), lambda report: report.id == "1"))
    assert [type(row).__name__ for row in rows] == ["Report", "Issue", "Unread", "Report", "Issue", "Done"]
    assert isinstance(rows[2], Unread)
    assert rows[2].report.statements == ()
    assert fake.asked == ["0", "2"]
    (failed,) = read_over(one(source / "b.jsonl"), fake.reading(), lambda report: False)
    assert failed == Done(one(source / "b.jsonl"), failed.counts, failed="no such file")  # type: ignore[union-attr]


@pytest.fixture
def store() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def test_a_store_is_read_and_written(store: Any, fake: Fake) -> None:
    lines = "\n".join(map(json.dumps, LINES)).encode()
    store.pipe({"/war/in/a.jsonl": lines, "/war/in/x/b.jsonl.gz": gzip.compress(lines), "/war/in/.c/d.jsonl": lines})
    found, errors = shards(["memory://war/in"])
    assert errors == []
    assert [(shard.at, shard.name) for shard in found] == [
        ("memory:///war/in/a.jsonl", "a.jsonl"), ("memory:///war/in/x/b.jsonl.gz", "x/b.jsonl"),
    ]  # fmt: skip
    for fresh in (True, False):
        for shard in found:
            done = read_shard(shard, "memory://war/out", fake.reading(), pieces)
            assert (done.failed, done.counts.read, done.fresh) == (None, 3, fresh)
    assert sorted(store.find("/war/out")) == [
        f"/war/out/{name}" for name in ("a.jsonl", "a.jsonl.done", "x/b.jsonl", "x/b.jsonl.done")
    ]
    report = Report.from_json(json.loads(store.cat("/war/out/x/b.jsonl").splitlines()[0]))
    assert report.extra["taken_from"] == "memory:///war/in/x/b.jsonl.gz:1"
    store.pipe("/war/in/a.jsonl", lines.splitlines()[0] + b"\n{")
    done = read_shard(found[0], "memory://war/out", fake.reading(), pieces)
    assert (done.counts.read, done.counts.failed, done.fresh) == (1, 1, True)
    assert store.exists("/war/out/a.jsonl.issues")
    with pytest.raises(InputError, match="choose another folder"):
        refuse_inside(found, "memory:///war/in")


def test_a_store_that_breaks_off_is_no_end_of_a_file(store: Any, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pipe({"/war/in/a.jsonl": json.dumps(LINES[0]).encode()})

    def cut(*_: Any, **__: Any) -> None:
        raise ConnectionResetError("Connection reset by peer")

    monkeypatch.setattr(type(store), "get_file", cut)
    done = read_shard(one("memory://war/in/a.jsonl"), "memory://war/out", fake.reading(), pieces)
    assert done.failed == "Connection reset by peer"
    assert store.find("/war/out") == []


def test_a_change_that_the_store_tells_of_is_seen(store: Any, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    store.pipe({"/war/in/a.jsonl": json.dumps(LINES[0]).encode()})
    tag, info = "1", type(store).info

    def tagged(self: Any, path: str, **given: Any) -> Any:
        return {**info(self, path, **given), "ETag": tag}

    monkeypatch.setattr(type(store), "info", tagged)
    shard, fresh = one("memory://war/in/a.jsonl"), []
    for tag in ("1", "1", "2"):  # noqa: B007
        fresh.append(read_shard(shard, "memory://war/out", fake.reading(), pieces).fresh)
    assert fresh == [True, False, True]
