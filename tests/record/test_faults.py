"""Faults: kills, two writers, a full disk, records of other versions, damaged and foreign files. Nothing is lost or
doubled, and every refusal is a `RecordError` in plain words."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from contested.cli import main
from contested.errors import RecordError
from contested.record.engine import connect
from contested.record.migrations import HEAD
from contested.record.record import open_record
from contested.record.writing import Writer
from evaluation import faults


def filled(where: str, n: int = 40) -> str:
    with open_record(where, create=True) as record:
        list(Writer(record.engine, faults.READER).add_all(faults.reports(n)))
    return where


def refusal(where: str | Path) -> str:
    """What the command line says of a record that it refuses: one line, no traceback."""
    done = CliRunner().invoke(main, ["statements", "--record", str(where)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


# ---- interruptions and others that write -----------------------------------------------------------------------------


def test_killed_at_any_point_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    broken = str(tmp_path / "killed.db")
    said = list(faults.killed(broken, 60, 5, random.Random(11)))
    assert 0 < said[-1] < 60
    assert faults.content(broken) == faults.content(filled(str(tmp_path / "whole.db"), 60))


def test_when_the_power_fails_only_the_last_reports_are_lost_and_are_added_again(tmp_path: Path) -> None:
    filled(str(tmp_path / "whole.db"), 24)
    assert any(faults.cut_off(tmp_path, 24, 4, random.Random(2)))


def test_two_writers_at_once_lose_nothing(where: str, tmp_path: Path) -> None:
    writers = [faults.child(where, 60), faults.child(where, 60, "--backwards")]
    for one in writers:
        out, err = one.communicate()
        assert (one.returncode, err) == (0, "")
        assert len(out.split()) == 60
    assert faults.content(where) == faults.content(filled(str(tmp_path / "whole.db"), 60))


# ---- a full disk -----------------------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only the superuser of a POSIX system can make a small file system")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no small file system can be made here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_the_record_stays_whole(disk: Path, tmp_path: Path) -> None:
    where = str(disk / "war.db")
    reports = faults.reports(300)
    said = []
    with open_record(where, create=True) as record:
        with pytest.raises(RecordError, match="the disk is full; nothing of the report at hand was kept"):  # noqa: PT012
            for added in record.add(reports, reader=faults.READER):
                said.append(added.id)
        assert 0 < len(said) < 300
        assert record.size()["reports"] == len(said)  # it still answers
    faults.whole(where, set(said))
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    with open_record(where) as record:
        assert len(list(record.add(reports[: len(said) + 10], reader=faults.READER))) == len(said) + 10
    assert faults.content(where) == faults.content(filled(str(tmp_path / "whole.db"), len(said) + 10))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to the size of files")
def test_a_file_that_may_not_grow_is_told(tmp_path: Path) -> None:
    where = filled(str(tmp_path / "war.db"), 5)
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
        "from contested.errors import RecordError\n"
        "from evaluation import faults\n"
        f"try: faults.add({where!r}, 300)\n"
        "except RecordError as error: print('told:', error)\n"
    )
    done = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, cwd=faults.ROOT)
    *said, told = done.stdout.splitlines()
    assert told == f"told: {where}: cannot be read or written: the disk fails or is full"
    faults.whole(where, set(said))


# ---- records of other versions ---------------------------------------------------------------------------------------


def test_a_record_of_a_newer_version_is_refused(where: str) -> None:
    engine = connect(where)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert f"written by a newer version of contested (step 9999; this one knows {HEAD})" in refusal(where)


# ---- files that are no record ----------------------------------------------------------------------------------------


def cut(path: Path) -> None:
    """The second half is gone."""
    os.truncate(path, path.stat().st_size // 2)


def scratched(path: Path) -> None:
    """A third in the middle is noise."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(random.Random(5).randbytes(size // 3))


def beheaded(path: Path) -> None:
    """The header of the file stands; the first page behind it is noise."""
    with path.open("r+b") as file:
        file.seek(20)
        file.write(random.Random(5).randbytes(3000))


def notes(path: Path) -> None:
    path.write_text("Nothing but notes about the war.\n" * 100)


def of_another(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipe (name TEXT, flour INTEGER)")
    other.close()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (cut, "is damaged; take its last good copy"),
        (scratched, "is damaged; take its last good copy"),
        (beheaded, "is no record, or a damaged one"),
        (notes, "is no record: not an SQLite file"),
        (of_another, "is a database of something else (its tables: recipe)"),
        (emptied, "there is no record in it"),
        (a_folder, "is a folder; a record is one file"),
        (Path.unlink, "there is no record; make one with: contested add REPORT --record"),
    ],
)
def test_a_file_that_is_no_record_or_damaged_is_told(tmp_path: Path, harm: Callable[[Path], None], told: str) -> None:
    path = Path(filled(str(tmp_path / "war.db")))
    harm(path)
    assert told in refusal(path)


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_told_or_does_no_harm(tmp_path: Path, seed: int) -> None:
    """Whatever bytes are lost: asking and adding give an answer or a `RecordError`, nothing else."""
    path, chance = Path(filled(str(tmp_path / "war.db"), 25)), random.Random(seed)
    with path.open("r+b") as file:
        for _ in range(40):
            file.seek(chance.randrange(100, path.stat().st_size - 200))
            file.write(chance.randbytes(chance.randint(1, 200)))
    told = []
    try:
        with open_record(path) as record:
            for ask in (
                lambda: record.statements(limit=None),
                lambda: record.search("ke"),
                lambda: record.search("ke", "quotes"),
                lambda: list(record.add(faults.reports(30), reader="another")),
            ):
                try:
                    ask()
                except RecordError as error:
                    told.append(error.where)
    except RecordError as error:
        told.append(error.where)
    assert set(told) <= {str(path)}


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A record in a folder that nobody may write to."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    root = os.name == "posix" and os.geteuid() == 0
    if root and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("the superuser may write to any file, and no file system can be mounted here")
    path = folder / "war.db"
    filled(str(path))
    if root:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    else:
        path.chmod(0o444)
        folder.chmod(0o555)
    yield path
    if root:
        subprocess.run(["umount", str(folder)], check=True)
    else:
        folder.chmod(0o755)


def test_a_record_that_may_not_be_written_is_told(sealed: Path) -> None:
    assert "look at the rights of the file and its folder" in refusal(sealed)
