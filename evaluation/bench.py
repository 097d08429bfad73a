"""`python -m evaluation.bench [--quick] [--only PART] [--postgresql URL]`: all that is measured, one after the other.

Writes docs/benchmarks.md, with the machine, and the pages of the parts; `--quick` (small sizes, minutes) writes
build/bench/quick.md alone. A part is a process of its own: one that crashes loses no other. What cannot run here (no
PostgreSQL, no Ray) is "not measured", with the reason, and is no failure. With `--only` just that part of the page is
renewed. What the parts said is kept in build/bench. Whole, it goes on for hours: run it where nothing else runs.

PostgreSQL is measured where `--postgresql`, or CONTESTED_BENCH_POSTGRESQL, names a database that is empty, or that an
earlier run has filled.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evaluation.gold import BUILD, ROOT
from evaluation.page import renewed
from evaluation.speed import machine

PAGE = ROOT / "docs" / "benchmarks.md"
KEPT = BUILD / "bench"
POSTGRESQL = "CONTESTED_BENCH_POSTGRESQL"
LIBRARIES = ("onnxruntime", "sqlalchemy", "psycopg", "pyarrow", "ray")
HEAD = """# Benchmarks

Written by `make bench`; do not edit. Each part names the command that measures it alone and its goal; where a goal was
not reached stands **missed**. What could not be measured here is told with the reason. The load is that of the minute
before a part began: where it is more than 0, something else ran, and times of the clock on the wall are too long.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What is measured: its title, its goal, the words after `python -m` for a quick and for a whole run, how what it
    prints is shown, hours after which it is given up, and what says why it cannot run here.

    `{postgresql}` stands for the URL of the database.
    """

    title: str
    goal: str
    quick: Sequence[str]
    whole: Sequence[str]
    show: Callable[[str], list[str]]
    hours: float = 1.0
    missing: Callable[[str | None], str | None] = lambda url: None


def as_page(said: str) -> list[str]:
    """A page of a part, with its headings one step lower and without its first."""
    lines = said.strip().splitlines()
    lines = lines[1:] if lines and lines[0].startswith("# ") else lines
    return [f"#{line}" if line.startswith("#") else line for line in lines]


def as_said(said: str) -> list[str]:
    """Lines as they were printed."""
    return ["```text", *said.strip().splitlines(), "```"]


def as_gain(said: str) -> list[str]:
    """The gain of a second worker."""
    found = json.loads(said)
    memory = [f"{mb:,.0f} MB" if mb else "not measured" for mb in (found["memory_one"], found["memory_two"])]
    missed = "" if found["ratio"] >= GAIN else " **missed**"
    return [
        f"`contested add` of {found['reports']:,} reports, {found['turns']} times each, from start to end.", "",
        "| workers | reports a second | peak memory of all processes |", "| --- | ---: | ---: |",
        f"| 1 | {found['one']:.1f} | {memory[0]} |", f"| 2 | {found['two']:.1f} | {memory[1]} |", "",
        f"Two workers against one: {found['ratio']:.2f} (goal {GAIN}){missed}.",
    ]  # fmt: skip


def no_database(url: str | None) -> str | None:
    if not url:
        return f"no database is named (`--postgresql URL` or {POSTGRESQL})"
    if find_spec("psycopg") is None:
        return "the driver of PostgreSQL is not installed"
    import psycopg

    try:
        psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), connect_timeout=5).close()
    except psycopg.Error as error:
        return f"no PostgreSQL answers: {str(error).splitlines()[0]}"
    return None


def no_ray(url: str | None) -> str | None:
    return None if find_spec("ray") else "Ray is not installed (`pip install 'contested[ray]'`)"


GAIN = 1.8
RECORD = str(KEPT / "war.db")
PARTS: dict[str, Part] = {
    "readers": Part("Reading, and what is used instead", "30 reports (300 words) a second on two cores.",
                    ("evaluation.readers", "--quick"), ("evaluation.readers",), as_page),
    "costs": Part("What one report costs", "none; planning is computed from these.",
                  ("evaluation.costs", "--quick"), ("evaluation.costs",), as_page, 2),
    "speed": Part("Start, and where the time goes", "none of its own.",
                  ("evaluation.speed", "--reports", "24", "--no-page"), ("evaluation.speed",), as_page),
    "workers": Part("A second worker", f"Two cores add at least {GAIN} times as fast as one.",
                    ("evaluation.workers", "--reports", "48", "--turns", "1"), ("evaluation.workers",), as_gain),
    "cluster": Part("Two nodes of Ray", "The same bytes as here, whatever is killed.",
                    ("evaluation.cluster", "--reports", "24", "--shards", "6", "--kills", "1"),
                    ("evaluation.cluster",), as_said, 1, no_ray),
    "record": Part("The record on SQLite", "200 ms for 95 of 100 askings, at a million statements.",
                   ("evaluation.record", "--statements", "20000", "--no-page"),
                   ("evaluation.record", "--where", RECORD), as_page, 4),
    "postgresql": Part("The record on PostgreSQL", "200 ms for 95 of 100 askings, at a million statements.",
                       ("evaluation.record", "--statements", "20000", "--no-page", "--where", "{postgresql}"),
                       ("evaluation.record", "--where", "{postgresql}"), as_page, 4, no_database),
    "load": Part("8 writers and 20 readers on PostgreSQL", "300 ms (p95) for the situation and for disputes.",
                 ("evaluation.load", "--where", "{postgresql}", "--seconds", "10", "--no-page"),
                 ("evaluation.load", "--where", "{postgresql}"), as_page, 1, no_database),
    "growth": Part("How the cost of linking grows", "An exponent of at most 1.15 from 10,000 to 1,000,000 statements.",
                   ("evaluation.growth", "--statements", "10000", "--siege", "2000", "--no-page"),
                   ("evaluation.growth", "--statements", "1000000"), as_page, 12),
    "web": Part("Pages", "300 ms for 95 of 100 askings.",
                ("evaluation.web", "--statements", "5000", "--no-page"), ("evaluation.web",), as_page, 2),
    "faults": Part("Kills, and cuts of the power", "Nothing lost and nothing doubled.",
                   ("evaluation.faults", "--kills", "3", "--cuts", "2", "--reports", "60"), ("evaluation.faults",),
                   as_said, 2),
    "fuzz": Part("Fuzzing", "100,000 inputs: no crash, no reading over 5 s, no wrong offset, memory flat to 5 %.",
                 ("evaluation.fuzz", "--inputs", "200"), ("evaluation.fuzz",), as_said, 12),
    "soak": Part("An hour of everything, with faults", "No errors, nothing lost or doubled, memory flat to 5 %.",
                 ("evaluation.soak", "--minutes", "2"), ("evaluation.soak", "--minutes", "60"), as_page, 2),
}  # fmt: skip


def section(part: Part, name: str, ran: Mapping[str, Any]) -> str:
    """The part of the page that tells of what ran."""
    lines = [f"## {part.title}", "", f"Goal: {part.goal}", ""]
    if reason := ran.get("reason"):
        return "\n".join([*lines, f"**Not measured:** {reason}.", ""])
    on = "" if ran["machine"] == machine() else f", on {ran['machine']}"
    if "seconds" in ran:
        lines += [f"`python -m evaluation.bench --only {name}{ran['quick'] * ' --quick'}` on {ran['began']}, in "
                  f"{_minutes(ran['seconds'])}; load before: {ran['load']:.1f}{on}.", ""]  # fmt: skip
    else:
        lines += [f"What `python -m {part.whole[0]}` said in a run of its own, on {ran['began']}.", ""]
    if ran["quick"]:
        lines += ["**Small sizes only:** a look, not a measure against the goal.", ""]
    if ran["code"]:
        lines += [f"**Ended with {ran['code']}.**", ""]
    try:
        shown = part.show(ran["said"])
    except (ValueError, KeyError):  # not what the part says when all is well
        shown = as_said(ran["said"])
    return "\n".join([*lines, *shown, ""])


def run(part: Part, quick: bool, url: str | None) -> dict[str, Any]:
    """Run a part in a process of its own; what it said, or why there is nothing to tell."""
    if reason := part.missing(url):
        return {"reason": reason}
    words = [word.format(postgresql=url) for word in (part.quick if quick else part.whole)]
    ran: dict[str, Any] = {"quick": quick, "load": os.getloadavg()[0], "machine": machine(),
                           "began": f"{datetime.now():%Y-%m-%d %H:%M}"}  # fmt: skip
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd=ROOT, start_new_session=True)  # fmt: skip
    try:
        said, err = process.communicate(timeout=3600 * part.hours)
    except subprocess.TimeoutExpired:
        return {"reason": f"it was not done after {part.hours:g} hours"}
    finally:
        if process.poll() is None:
            end(process)
    ran |= {"seconds": time.monotonic() - began, "code": process.returncode, "said": said}
    if process.returncode and not said.strip():
        last = (err.strip().splitlines() or ["it said nothing"])[-1]
        return {"reason": f"it ended with {process.returncode}: {last}", "code": process.returncode}
    return ran


def taken(file: Path) -> dict[str, Any]:
    """What a part said in a run of its own, from a file."""
    began = datetime.fromtimestamp(file.stat().st_mtime)
    return {"quick": False, "machine": machine(), "began": f"{began:%Y-%m-%d}", "code": 0,
            "said": file.read_text("utf-8")}  # fmt: skip


def end(process: subprocess.Popen[str]) -> None:
    """End a part with all that it started: in order, and by force after ten seconds."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def about(url: str | None) -> list[str]:
    """The machine, and what runs on it, as a list."""
    found = {"machine": machine(), "memory": _memory(), "disk": _disk(), "system": platform.platform(),
             "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}  # fmt: skip
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "not installed"
    found["PostgreSQL"] = _server(url)
    return [f"- {name}: {value}" for name, value in found.items()]


def _memory() -> str:
    at = Path("/proc/meminfo")
    total = re.search(r"MemTotal:\s+(\d+) kB", at.read_text()) if at.is_file() else None
    return f"{int(total.group(1)) / 1e6:.1f} GB" if total else "not known"


def _disk() -> str:
    kinds = [f"{at.parent.parent.name} {'turns' if at.read_text().strip() == '1' else 'does not turn'}"
             for at in sorted(Path("/sys/block").glob("[svnx][dvm]*/queue/rotational"))]  # fmt: skip
    return ", ".join(kinds) + ", as the system tells (of a virtual disk that says little)" if kinds else "not known"


def _server(url: str | None) -> str:
    if reason := no_database(url):
        return f"not measured: {reason}"
    import psycopg

    with psycopg.connect(str(url).replace("postgresql+psycopg", "postgresql")) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "not known"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def whole(sections: Mapping[str, str], url: str | None) -> str:
    """The page, with the machine at its top."""
    leads = "What follows from this for many reports a day stands in [Planning past one machine](planning.md)."
    top = [HEAD, *about(url), "", leads, ""]
    return "\n\n".join(part.rstrip("\n") for part in ("\n".join(top), *sections.values())) + "\n"


def main(argv: Sequence[str] | None = None, parts: Mapping[str, Part] = PARTS, at: Path = PAGE,
         kept: Path = KEPT) -> int:  # fmt: skip
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="small sizes, for a look: writes build/bench/quick.md")
    parser.add_argument("--only", choices=parts, action="append", metavar="PART", help=", ".join(parts))
    parser.add_argument("--postgresql", default=os.environ.get(POSTGRESQL), metavar="URL", help="a database")
    parser.add_argument("--to", type=Path, metavar="FILE", help="write the page there")
    parser.add_argument("--said", type=Path, metavar="FILE", help="with one --only: not run; FILE is what it said")
    args = parser.parse_args(argv)
    if args.said and len(args.only or ()) != 1:
        parser.error("--said goes with one --only")
    kept.mkdir(parents=True, exist_ok=True)
    page = args.to or (kept / "quick.md" if args.quick else at)
    sections: dict[str, str] = {}
    failed, stopped = 0, False
    for name, part in parts.items():
        if args.only and name not in args.only:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            ran = taken(args.said) if args.said else run(part, args.quick, args.postgresql)
        except KeyboardInterrupt:
            stopped = True
            break
        (kept / f"{name}{'-quick' if args.quick else ''}.json").write_text(json.dumps(ran, indent=1), "utf-8")
        told = "not measured: " + ran["reason"] if "reason" in ran else f"ended with {ran['code']}"
        print(f"{name}: {told}", file=sys.stderr, flush=True)
        failed += bool(ran.get("code"))
        if not (args.only and "reason" in ran and page.is_file()):  # what was measured before stays
            sections[part.title] = section(part, name, ran)
    if (args.only or stopped) and page.is_file():
        page.write_text(renewed(page.read_text("utf-8"), sections), "utf-8")
    elif sections:
        for part in parts.values():
            sections.setdefault(part.title, section(part, "", {"reason": "it was not run"}))
        in_order = {part.title: sections[part.title] for part in parts.values()}
        page.write_text(whole(in_order, args.postgresql), "utf-8")
    return 130 if stopped else int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
