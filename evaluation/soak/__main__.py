"""`python -m evaluation.soak [--minutes M] [--where FILE|URL]`: adds, asks and judges for so long, and kills at random.

Two processes add reports: one reads in worker processes, which are killed; the other is killed itself. `contested
serve` answers questions and takes judgements, and is killed in the first third. On PostgreSQL connections are cut. At
the end the record must hold what one holds to which the same reports were added, and the same judgements made, without
faults: nothing lost, nothing doubled, what is derived as made anew. Memory of what lives long must be flat.

With `--ray` shards are read over and over on a cluster of two nodes that loses workers and a node (evaluation.cluster);
what it writes must be what is written here. It takes a core of its own.

`--where` is the file of a new record, or the URL of an empty database. A line a minute tells how it goes; the result is
written to build/soak.json. Ctrl-C ends the load, and what was done until then is verified.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from evaluation.gold import BUILD
from evaluation.soak import verifying
from evaluation.soak.adding import BATCH
from evaluation.soak.asking import Load
from evaluation.soak.processes import Kept, children, seconds

TOKEN = "soak-soak-soak-soak"
#: The server is killed within this part of the time; its memory is watched after it.
SERVER_KILLED = 1 / 3
#: Memory is flat where what grew after this part of a process's life is less than `FLAT` of it.
WARM, FLAT = 0.4, 0.05
#: Cores that the load may take; above it, asking slows down, and below, it hurries.
CORES = 1.1


class Soak:
    """One run. `where` is the record, `folder` where batches are."""

    def __init__(
        self, where: str, folder: Path, minutes: float, seed: int, port: int, pause: float, *, ray: bool
    ) -> None:
        self.where, self.folder, self.seconds, self.seed, self.port = where, folder, minutes * 60, seed, port
        self.begun = time.monotonic()
        self.chance = random.Random(seed)
        self.said: dict[str, str] = {}
        self.batches = {"steady": 0, "mortal": 0}
        self.outcomes: dict[str, int] = {}
        self.errors: list[str] = []
        self.faults: dict[str, int] = {}
        self.used = 0.0
        self.ended, self.lasted = False, 0.0
        self.serve = Kept("serve", self._serve, lambda line: None, self.begun)
        self.adders = [
            Kept(name, lambda name=name: self._add(name), lambda line, name=name: self._hear(name, line), self.begun)
            for name in ("steady", "mortal")
        ]
        self.pause, self.rounds = pause, 0
        self.others = [Kept("ray", self._ray, self._round, self.begun)] if ray else []
        self.load = Load(where, f"http://127.0.0.1:{port}", TOKEN, seed, self._server)

    def _serve(self) -> list[str]:
        program = "from contested.cli import main; main()"
        return [sys.executable, "-c", program, "serve", self.where, "--port", str(self.port), "--token", TOKEN]

    def _add(self, name: str) -> list[str]:
        given = {"add": name, "where": self.where, "folder": self.folder, "seed": self.seed,
                 "first": self.batches[name], "workers": 2 if name == "steady" else 1, "pause": self.pause}  # fmt: skip
        words = [str(word) for option, value in given.items() for word in (f"--{option}", value)]
        return [sys.executable, "-m", "evaluation.soak", *words]

    def _ray(self) -> list[str]:
        given = {"reports": 48, "shards": 8, "kills": 2, "seed": self.seed + self.rounds}
        return [sys.executable, "-m", "evaluation.cluster", *(f"--{name}={n}" for name, n in given.items())]

    def _round(self, line: str) -> None:
        self.rounds += line.endswith("the same bytes")

    def _hear(self, name: str, line: str) -> None:
        what, _, rest = line.partition(" ")
        if what == "added":
            key, _, outcome = rest.partition(" ")
            self.said.setdefault(key, outcome)
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        elif what == "batch":
            self.batches[name] = int(rest) + 1
        elif what == "error":
            self.faults["tried again"] = self.faults.get("tried again", 0) + 1

    def _server(self) -> int | None:
        process = self.serve.process
        return process.pid if process.poll() is None else None

    # ---- faults ------------------------------------------------------------------------------------------------------

    def _fault(self) -> None:
        kinds = ["worker", "mortal", "worker", "mortal", "cut"]
        past = (time.monotonic() - self.begun) / self.seconds
        if past < SERVER_KILLED:
            kinds.append("serve")
        kind = self.chance.choice(kinds)
        if kind == "mortal":
            if not self.adders[1].said and self.chance.random() < 0.8:  # most kills come while it adds
                return
            self.adders[1].kill()
        elif kind == "serve":
            self.serve.kill()
        elif kind == "worker":
            below = [pid for pid in children(self.adders[0].process.pid) if _is_worker(pid)]
            if not below:
                return
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(below), signal.SIGKILL)
        elif not self.where.startswith("postgres") or not self._cut():
            return
        self.faults[kind] = self.faults.get(kind, 0) + 1

    def _cut(self) -> bool:
        """Cut the connections of others to the record's database."""
        import psycopg

        with psycopg.connect(self.where.partition("?")[0], autocommit=True) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
            for (pid,) in self.chance.sample(rows, min(len(rows), self.chance.choice((1, 2, 50)))):
                connection.execute("SELECT pg_terminate_backend(%s)", (pid,))
        return bool(rows)

    # ---- the run -----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Load and faults, until the time is over or it is stopped."""
        everything = [self.serve, *self.adders, *self.others]
        from contested.record.record import open_record

        open_record(self.where, create=True).close()
        for one in everything:
            one.start()
        self.load.start()
        next_fault = next_minute = time.monotonic() + 10
        looked, busy = time.monotonic(), 0.0
        try:
            while not self.ended and time.monotonic() - self.begun < self.seconds:
                time.sleep(1)
                for one in everything:
                    if told := one.watch():
                        self.errors.append(told)
                now = time.monotonic()
                if now > next_fault:
                    self._fault()
                    next_fault = now + self.chance.uniform(5, 25)
                if now - looked > 10:
                    for one in everything:
                        one.look()
                    spent = self._spent()
                    used, busy = max(0.0, spent - busy) / (now - looked), spent
                    self.load.pause = min(5.0, max(0.2, self.load.pause * (1.3 if used > CORES else 0.8)))
                    self.used, looked = used, now
                if now > next_minute:
                    print(self.line(), flush=True)
                    next_minute = now + 60
        finally:
            self.lasted = time.monotonic() - self.begun
            self.load.stop()
            (self.folder / "stop").touch()
            for one in self.adders:
                one.stop(60)
            for one in (self.serve, *self.others):
                one.stop(20)

    def _spent(self) -> float:
        processes = [one.process.pid for one in (self.serve, *self.adders)]
        return sum(seconds(pid) for one in processes for pid in (one, *children(one))) + time.process_time()

    def line(self) -> str:
        told = self.load.told
        memory = ", ".join(
            f"{one.name} {one.memory[-1][2] / 1e6:.0f} MB" for one in (self.serve, *self.adders) if one.memory
        )
        return (
            f"{(time.monotonic() - self.begun) / 60:5.1f} min: {len(self.said)} versions added, "
            f"{sum(told.asked.values())} answers, {len(told.made)} judgements ({len(told.undone)} undone), faults "
            f"{self.faults}, {len(told.faults) + len(self.errors)} errors; {memory}; {self.used:.2f} cores"
        )

    def files(self) -> list[Path]:
        return [file for name, n in self.batches.items()
                for k in range(n + 1) if (file := self.folder / f"{name}-{k}.jsonl").exists()]  # fmt: skip


def _is_worker(process: int) -> bool:
    """Whether a process below an adder reads: it has been given the memory of a reader (and is no tracker of these)."""
    from evaluation.fuzz.running import resident

    try:
        return resident(process) > 60_000_000
    except OSError:
        return False


def flatness(one: Kept) -> dict[str, Any] | None:
    """How the memory of the process that lived longest grew after warming up; None where none lived long enough."""
    lives: dict[int, list[tuple[float, int]]] = {}
    for moment, pid, size in one.memory:
        lives.setdefault(pid, []).append((moment, size))
    life = max(lives.values(), key=len, default=[])
    rest = life[int(len(life) * WARM) :]
    if len(rest) < 10:
        return None
    part = max(3, len(rest) // 10)
    first, last = (sorted(size for _, size in some)[part // 2] for some in (rest[:part], rest[-part:]))
    hours = (rest[-1][0] - rest[0][0]) / 3600
    return {
        "process": one.name, "from_minute": round(rest[0][0] / 60, 1), "to_minute": round(rest[-1][0] / 60, 1),
        "mb_then": round(first / 1e6, 1), "mb_at_end": round(last / 1e6, 1), "grown": round(last / first - 1, 4),
        "mb_an_hour": round((last - first) / 1e6 / hours, 1) if hours else 0.0,
    }  # fmt: skip


def main(given: list[str] | None = None) -> dict[str, Any]:
    """Run, verify, write build/soak.json, and give what stands in it."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.soak", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--minutes", type=float, default=60, metavar="M", help="how long the load goes on")
    parser.add_argument("--where", metavar="FILE|URL", help="a new file, or an empty database")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of reports, questions and faults")
    parser.add_argument("--port", type=int, default=8461, metavar="N", help="where the server listens")
    parser.add_argument("--pause", type=float, default=2.0, metavar="S", help="seconds between reports of an adder")
    parser.add_argument("--ray", action="store_true", help="read shards on a cluster meanwhile")
    for name, kind in (("--add", str), ("--folder", Path), ("--first", int), ("--workers", int)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)
    args = parser.parse_args(given)
    if args.add:
        from evaluation.soak.adding import add

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the file `stop` ends it
        add(args.where, args.folder, args.seed, args.add, args.first, args.workers, args.pause)
        return {}
    with tempfile.TemporaryDirectory(prefix="contested-soak-") as folder:
        where = args.where or str(Path(folder) / "war.db")
        soak = Soak(where, Path(folder), args.minutes, args.seed, args.port, args.pause, ray=args.ray)

        def stop(*_: Any) -> None:
            soak.ended = True

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, stop)
        soak.run()
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_DFL)
        print(f"{soak.line()}\nverifying", flush=True)
        wrong = list(verifying.slips(where, soak.said, soak.load.told, soak.files(), Path(folder)))
    result = told(soak, wrong)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "soak.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print("\n".join(lines(result)))
    return result


def told(soak: Soak, wrong: list[str]) -> dict[str, Any]:
    """The result of a run, as JSON has it."""
    load = vars(soak.load.told)
    return {
        "engine": "PostgreSQL" if soak.where.startswith("postgres") else "SQLite",
        "minutes": round(soak.lasted / 60, 1),
        "seed": soak.seed, "added": len(soak.said), "outcomes": soak.outcomes, "batches": soak.batches, "of": BATCH,
        "faults": soak.faults, "starts": {one.name: one.starts for one in (soak.serve, *soak.adders)},
        "asked": dict(load["asked"]), "slowest": load["slowest"], "away": load["away"],
        "judgements": len(load["made"]), "undone": len(load["undone"]), "refused": load["refused"],
        "unsure": load["unsure"],
        "errors": [*soak.errors, *load["faults"]][:50], "wrong": wrong,
        "ray": soak.rounds if soak.others else None,
        "memory": [flat for one in (soak.serve, soak.adders[0]) if (flat := flatness(one))],
        "curves": {one.name: [(round(s), pid, size) for s, pid, size in one.memory][::6]
                   for one in (soak.serve, *soak.adders)},
    }  # fmt: skip


def lines(result: dict[str, Any]) -> list[str]:
    """What a run came to, in words: a list of a page."""
    faults = ", ".join(f"{n} {kind}" for kind, n in result["faults"].items())
    out = [
        f"- {result['minutes']:g} minutes on {result['engine']}: {result['added']:,} versions of reports added, "
        f"{sum(result['asked'].values()):,} questions answered, {result['judgements']:,} judgements made and "
        f"{result['undone']:,} of them undone, under {faults or 'no faults'}.",
        f"- Afterwards {len(result['wrong'])} slips against a record made without faults; {len(result['errors'])} "
        f"errors while it went on; slowest answer {result['slowest'][0]:.1f} s ({result['slowest'][1]}).",
    ]
    if result["ray"] is not None:
        out.append(f"- {result['ray']} rounds on a Ray cluster that lost workers and a node: the same bytes as here.")
    for one in result["memory"]:
        flat = "flat" if one["grown"] <= FLAT else "NOT FLAT"
        out.append(
            f"- Memory of `{one['process']}` from minute {one['from_minute']:g} to {one['to_minute']:g}: "
            f"{one['mb_then']:g} to {one['mb_at_end']:g} MB ({100 * one['grown']:+.1f} %, "
            f"{one['mb_an_hour']:+g} MB an hour): {flat}."
        )
    return out + [f"  - {slip}" for slip in (*result["wrong"][:20], *result["errors"][:10])]


if __name__ == "__main__":
    done = main()
    sys.exit(int(bool(done.get("wrong") or done.get("errors"))))
