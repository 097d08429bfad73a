"""`add` and `read` with workers, as programs of their own: stops, and going on after them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contested.errors import RecordError
from contested.record.record import open_record

ROOT = Path(__file__).parent.parent
#: The command line with readers that wait a moment over each report, here and in workers.
PROGRAM = """
import time
from contested.batch import workers
from contested.cli import main, reading, record
from tests.batch import stubs

class Reader:
    version, knowledge, threads = "stub", None, 1

    def read(self, report):
        time.sleep(0.05)
        return report

workers.reading = stubs.load
reading.load = record.load = lambda *given: Reader()
main()
"""


def program(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def many(path: Path, n: int) -> Path:
    rows = (json.dumps({"id": str(one), "text": f"wait 0.05 for report {one} of Qasr"}) for one in range(n))
    path.write_text("\n".join(rows), "utf-8")
    return path


def added(where: Path) -> int:
    try:
        with open_record(where) as record:
            return int(record.size()["reports"])
    except RecordError:  # it is not made yet
        return 0


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_keeps_what_was_added_and_adding_goes_on(tmp_path: Path, number: signal.Signals, code: int) -> None:
    where, given = tmp_path / "war.db", many(tmp_path / "many.jsonl", 200)
    running = program("add", given, "--record", where, "--workers", 2)
    for _ in range(1_200):
        if added(where) >= 40:
            break
        time.sleep(0.05)
    running.send_signal(number)
    _, err = running.communicate(timeout=60)
    assert running.returncode == code, err
    kept = added(where)
    assert 40 <= kept < 200
    assert f"{kept} reports: {kept} new" in err
    assert err.endswith("stopped; what was added stays, and adding again goes on from here\n")
    assert "Traceback" not in err
    again = program("add", given, "--record", where, "--workers", 2)
    _, err = again.communicate(timeout=120)
    assert (again.returncode, added(where)) == (0, 200), err
    assert f"200 reports: {200 - kept} new, {kept} there already" in err


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_a_stop_leaves_no_half_written_file(tmp_path: Path) -> None:
    out = tmp_path / "out" / "out.jsonl"
    out.parent.mkdir()
    running = program("read", many(tmp_path / "many.jsonl", 500), "-o", out, "--workers", 2)
    for _ in range(1_200):
        if list(out.parent.iterdir()):
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert list(out.parent.iterdir()) == []
    assert err.endswith("stopped; nothing was written\n")
