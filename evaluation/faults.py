"""`python -m evaluation.faults [--kills N] [--cuts N]`: kills `add` at random points, and cuts the power; tells whether
anything was lost or doubled.

A child adds synthetic reports and says the number of each that was added; it is killed (`kill -9`) and started again,
from the start of the reports, until all are there. Then the record must hold what one without kills holds.

When the power fails, a disk may have lost what it said to have written: the end of the file's log (`-wal`), or a block
in it. That may cost the reports that were added last; never more, and adding them again mends it.
`tests/record/test_faults.py` does both with fewer.
"""

from __future__ import annotations

import argparse
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from contested.statement import Report
from evaluation.gold import ROOT
from evaluation.synthetic import War

READER = "synthetic"
#: Reports in all. From a first kill within the making of the tables on, several kills fall on adding.
REPORTS = 300


class Lost(AssertionError):
    """The record lacks something, or has it twice."""


def reports(n: int) -> list[Report]:
    return list(islice(War(3).reports(), n))


def add(where: str, n: int, *, backwards: bool = False) -> None:
    """Add `n` reports one by one, and say the id of each once it is in the record."""
    from contested.record.record import open_record

    with open_record(where, create=True) as record:
        for added in record.add(reversed(reports(n)) if backwards else reports(n), reader=READER):
            print(added.id, flush=True)


def child(where: str, n: int, *more: str) -> subprocess.Popen[str]:
    """A process that runs `add`."""
    command = [sys.executable, "-m", "evaluation.faults", "--add", where, "--reports", str(n), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def killed(where: str, n: int, kills: int, chance: random.Random) -> Iterator[int]:
    """Add with so many kills, then to the end; yields how many reports were said to be added before each kill.

    Every fourth kill comes while the child starts and the tables are made, the others while it adds. Raises `Lost` for
    a report that was said to be added and is not in the record, or a record that is not whole.
    """
    said: set[str] = set()
    for number in range(kills):
        process = child(where, n)
        assert process.stdout is not None
        if number % 4 == 0:
            # a fast machine would be through with all of them by then: what has said something has started
            select.select([process.stdout], [], [], chance.uniform(0, 1.5))
        else:
            enough = len(said) + chance.randint(1, max(1, n // (kills + 1)))
            while len(said) < enough and (line := process.stdout.readline()):
                said.add(line.strip())
            time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        # a line that was cut off was not said
        said.update(line.strip() for line in process.communicate()[0].splitlines(keepends=True) if line.endswith("\n"))
        whole(where, said)
        yield len(said)
    process = child(where, n)
    out, err = process.communicate()
    if process.returncode:
        raise Lost(f"going on failed: {err}")
    whole(where, {*said, *out.split()})


def cut_off(folder: Path, n: int, cuts: int, chance: random.Random) -> Iterator[int]:
    """Add `n` reports, and fail the power so often at random points; yields how many of those added each cut cost.

    Raises `Lost` where a record is not sound then, lacks a report and has a later one, or differs from `whole.db` in
    the folder once all have been added again.
    """
    from contested.record.record import open_record

    made, broken = folder / "powered.db", folder / "cut.db"
    told, points = reports(n), {chance.randrange(1, n) for _ in range(cuts)}
    open_record(made, create=True).close()  # what was closed is on the disk
    said: list[str] = []
    with open_record(made) as record:
        raw = record.engine.raw_connection()
        assert raw.driver_connection is not None
        raw.driver_connection.execute("PRAGMA wal_autocheckpoint=0")  # all that is added stays in the log
        raw.close()
        for number, added in enumerate(record.add(told, reader=READER)):
            said.append(added.id)
            if number not in points:
                continue
            broken.write_bytes(made.read_bytes())
            Path(f"{broken}-wal").write_bytes(unwritten(Path(f"{made}-wal").read_bytes(), chance))
            with open_record(broken) as rest:
                held = [one.id for one in told if one.id in set(ids(rest))]
                if held != said[: len(held)]:
                    raise Lost("a report is gone that was added before one that is there")
                whole(str(broken), set(held))
                yield len(said) - len(held)
                list(rest.add(told, reader=READER))
            if content(str(broken)) != content(str(folder / "whole.db")):
                raise Lost("the record differs from one made without a cut")


def unwritten(log: bytes, chance: random.Random) -> bytes:
    """What may be left of a log: its end is gone, or a block of it."""
    at = chance.randrange(len(log) // 2, len(log))
    return log[:at] if chance.random() < 0.5 else log[:at] + bytes(4096) + log[at + 4096 :]


def ids(record: Any) -> list[str]:
    """The ids of the reports that a record holds."""
    from sqlalchemy import select

    from contested.record.tables import report

    with record.engine.connect() as connection:
        return list(connection.scalars(select(report.c.id)))


def whole(where: str, said: set[str]) -> None:
    """Raises `Lost` where a file is not sound, or lacks one of the reports that were `said` to be added."""
    import sqlite3

    if not said and not Path(where).exists():
        return
    with sqlite3.connect(where, timeout=60) as database:
        sound = [row[0] for row in database.execute("PRAGMA integrity_check")]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        held = {row[0] for row in database.execute("SELECT id FROM report")} if "report" in tables else set()
    database.close()
    if sound != ["ok"] or broken:
        raise Lost(f"the record is not sound: {sound[:3]} {broken[:3]}")
    if said - held:
        raise Lost(f"{len(said - held)} reports were said to be added and are not there")


def content(where: str) -> list[str]:
    """All that a record holds, sorted, without numbers and moments: equal for records of the same reports."""
    from sqlalchemy import select

    from contested.record import tables as t
    from contested.record.record import open_record

    r, s = t.report.c, t.statement.c
    with open_record(where) as record, record.engine.connect() as connection:

        def rows(query: Any) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(query)]

        voices: dict[int, list[str]] = {}
        for voice, id_ in rows(select(r.voice, r.id).order_by(r.id)):
            voices.setdefault(voice, []).append(id_)
        found: list[tuple[Any, ...]] = [("voice", *together) for together in voices.values()]
        found += rows(select(r.id, r.version, r.content, r.outlet, r.title, r.published, r.text, r.latest))
        found += rows(select(r.id, s.id, s.body, s.gone.is_(None), s.day, s.quote).join_from(t.statement, t.report))
        for table in (t.party, t.spot, t.harm):
            own = [c for c in table.c if c.name not in ("number", "statement")]
            joined = table.join(t.statement, table.c.statement == s.number).join(t.report, s.report == r.number)
            found += [(table.name, *row) for row in rows(select(r.id, s.id, *own).select_from(joined))]
        for table in (t.place, t.inside):
            found += [(table.name, *row) for row in rows(select(table))]
        found += [
            ("band", *row) for row in rows(select(r.id, t.band.c.place, t.band.c.hash).join_from(t.band, t.report))
        ]
        found += [("waits", *row) for row in rows(select(r.id).join_from(t.waiting, t.report))]
        for hits in (record.search("ke", "reports", limit=100_000), record.search("ke", "quotes", limit=100_000)):
            found += [("found", one.report, one.statement) for one in hits]
    return sorted(map(repr, found))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.faults", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="how often to kill")
    parser.add_argument("--cuts", type=int, default=20, metavar="N", help="how often to cut the power")
    parser.add_argument("--reports", type=int, default=REPORTS, metavar="N", help="how many reports to add")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the moments of the kills")
    parser.add_argument("--add", metavar="WHERE", help=argparse.SUPPRESS)
    parser.add_argument("--backwards", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.add:
        add(args.add, args.reports, backwards=args.backwards)
        return
    with tempfile.TemporaryDirectory() as folder:
        whole_one, broken_one = str(Path(folder) / "whole.db"), str(Path(folder) / "killed.db")
        child(whole_one, args.reports).communicate()
        before = list(killed(broken_one, args.reports, args.kills, random.Random(args.seed)))
        if content(whole_one) != content(broken_one):
            raise Lost("the record differs from one made without kills")
        lost = list(cut_off(Path(folder), args.reports, args.cuts, random.Random(args.seed)))
    print(f"{args.kills} kills, after {', '.join(map(str, before))} of {args.reports} reports: nothing lost or doubled")
    print(f"{len(lost)} cuts of the power: {', '.join(map(str, lost))} of the last reports lost, none doubled")


if __name__ == "__main__":
    main()
