"""`python -m evaluation.readers [--quick]`: how fast, how large and how good: this reader, and what is used instead.

Prints the table of readers as Markdown. Each reader has a process of its own; memory is the most that it and its
children held together (what is shared counts once), processor time is theirs. The rivals run in an environment of their
own in build/rivals, which is made from PyPI when it is not there (`evaluation/rivals.py` tells what they are). Speed is
measured on the examples, `all` by the shared scorer on the hand-coded reports where they are present.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from contested.statement import Report
from evaluation.gold import BUILD, ROOT, raw_gold
from evaluation.speed import EXAMPLES, WORDS, examples, words
from evaluation.statements import measure, present
from evaluation.workers import LOOK_S, _family, _pss

HOME = BUILD / "rivals"
INSTALLED = "spacy==3.8.18"
DISTINCT = 12  # examples; read first without being timed
GOAL = 30  # reports a second on two cores
#: What cannot be installed from PyPI alone, with what those who make it say of it.
PUBLISHED: Sequence[tuple[str, str]] = (
    ("[NGEC](https://github.com/ahalterman/NGEC), which makes POLECAT",
     "4.6 s for each report and event type on 8 cores of an i9-12900K, in 2.2 GB, for the attributes alone (its notes "
     "on running it end to end); wants 33 GB of disk, models from a hub, an Elasticsearch with Wikipedia and GeoNames; "
     "POLECAT's own classifiers are not published"),
    ("[PETRARCH2](https://github.com/openeventdata/petrarch2)",
     "no speed is told; codes sentences that Stanford CoreNLP has parsed, which is Java and a model of its own; CAMEO"),
    ("[Giveme5W1H](https://github.com/fhamborg/Giveme5W1H)",
     "precision 0.73 of its phrases, judged by people (Hamborg and others 2019); one main event a report; wants "
     "CoreNLP"),
    ("spaCy with a trained pipeline, NLTK with its taggers", "their models and data lie outside of PyPI; names and "
     "trees, no statements: what codes them is written by each team"),
    ("a large language model asked over the network", "prices and speed are the provider's; texts leave the machine; "
     "nothing is asked over a network here"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A reader: reports a second on the wall and by a core's work, memory in MB, `all` F1 and a remark on it."""

    name: str
    rate: float
    rate_core: float
    memory: float
    f1: float | None
    remark: str = ""


def watched(command: Sequence[str | Path]) -> tuple[str, float]:
    """What a command says, and the most memory (MB) that its processes held. Raises `RuntimeError`."""
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               cwd=ROOT)  # fmt: skip
    most, over = 0.0, threading.Event()

    def look() -> None:
        nonlocal most
        while not over.wait(LOOK_S):
            most = max(most, sum(map(_pss, _family(process.pid))))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        out, err = process.communicate()
    finally:
        over.set()
        looking.join()
        with suppress(OSError):
            process.kill()
    if process.returncode:
        raise RuntimeError((err.strip().splitlines() or ["it ended without a word"])[-1])
    return out, most


def ours(file: Path, workers: int, out: Path | None) -> dict[str, float]:
    """Read the reports of a file, as `rivals.main` does; runs in a process of its own."""
    from contested.batch.workers import Workers, reading

    reports = [Report.from_json(json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    read = reading()
    for report in reports[:DISTINCT]:  # patterns are made
        read(report)
    if workers == 1:
        began, worked = time.perf_counter(), time.process_time()
        made = [read(report) for report in reports]
        told = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
    else:
        began, worked = time.perf_counter(), time.process_time()
        made = [taken for taken, _ in Workers(workers).read(read, reports, None) if isinstance(taken, Report)]
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = {"seconds": time.perf_counter() - began,
                "cpu": time.process_time() - worked + children.ru_utime + children.ru_stime}  # fmt: skip
    if out:
        out.write_text("".join(json.dumps(report.to_json()) + "\n" for report in made), "utf-8")
    return told


def install() -> None:
    """Make the environment of the rivals. Raises `RuntimeError` where that fails, as it does without a network."""
    python = HOME / "bin" / "python"
    if subprocess.run([python, "-c", "import spacy"], capture_output=True).returncode if python.is_file() else True:
        watched([sys.executable, "-m", "venv", HOME])
        watched([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", INSTALLED])


def rows(n: int) -> Iterator[Row | tuple[str, str]]:
    """The readers, or the name of one with why it was not measured. `n` reports are read for speed."""
    gold = list(raw_gold().values()) if present() else []
    with tempfile.TemporaryDirectory() as folder:
        many, coded = Path(folder) / "many.jsonl", Path(folder) / "gold.jsonl"
        reports = examples(n)
        many.write_text("".join(json.dumps({**one.to_json(), "id": f"{one.id}-{k}", "statements": []}) + "\n"
                                for k, one in enumerate(reports)), "utf-8")  # fmt: skip
        coded.write_text("".join(json.dumps({**one, "statements": []}) + "\n" for one in gold), "utf-8")
        length = words(reports) / WORDS
        own = [sys.executable, "-m", "evaluation.readers", "--read"]
        rivals = [HOME / "bin" / "python", ROOT / "evaluation" / "rivals.py"]
        held_out = held_out_all()
        for name, command in (
            ("**contested**, one core", [*own, "1"]),
            ("**contested**, two workers", [*own, "2"]),
            ("keyword coding", [sys.executable, rivals[1], "keywords"]),
            ("the same lists on spaCy's blank pipeline", [*rivals, "spacy"]),
        ):
            try:
                if command[0] == rivals[0]:
                    install()
                out, memory = watched([*command, many])
                told = json.loads(out)
                f1, remark = None, ""
                if gold and command[-1] != "2":
                    made = Path(folder) / "read.jsonl"
                    watched([*command, coded, "--out", made])
                    read = [json.loads(line) for line in made.read_text("utf-8").splitlines()]
                    f1 = measure().score(gold, read)["all"]["f1"]
            except (RuntimeError, OSError) as error:
                yield name, str(error)
                continue
            if command[:-1] == own:
                seen = f"{f1:.3f} with the packaged weights, which have seen these reports" if f1 is not None else ""
                f1, remark = held_out, "; ".join(filter(None, ("held out, as in [the measures](evaluation.md)", seen)))
            yield Row(name, length / told["seconds"], length / told["cpu"], memory, f1, remark)


def held_out_all(page: Path = ROOT / "docs" / "evaluation.md") -> float | None:
    """`all` F1 of the reader on reports that its weights have not seen, as the page of measures has it."""
    found = re.search(r"^## gold-held-out$.*?^\| all \|[^|]*\|[^|]*\| ([\d.]+) ", page.read_text("utf-8"), re.M | re.S)
    return float(found.group(1)) if found else None


def table(found: Sequence[Row | tuple[str, str]], n: int) -> str:
    lines = [
        f"The examples, {n} reports in all; a report counts as {WORDS} words. `a second of a core` divides by "
        "processor time, which other work on the machine disturbs less. `all` F1 by the shared scorer on 200 "
        "hand-coded reports; two independent codings agree at 0.88.", "",
        "| reader | reports a second | a second of a core | peak memory | `all` F1 | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]  # fmt: skip
    for row in found:
        if not isinstance(row, Row):
            lines.append(f"| {row[0]} | not measured | | | | {row[1]} |")
            continue
        memory = f"{row.memory:,.0f} MB" if row.memory else "not measured"
        missed = f"; goal {GOAL} reports a second: {'reached' if row.rate >= GOAL else 'missed'}"
        remark = row.remark + (missed if "two workers" in row.name else "")
        f1 = "not measured" if row.f1 is None else f"{row.f1:.3f}"
        lines.append(f"| {row.name} | {row.rate:,.1f} | {row.rate_core:,.1f} | {memory} | {f1} | {remark} |")
    lines += [f"| {name} | published, not measured here | | | | {what} |" for name, what in PUBLISHED]
    lines += [
        "",
        "The two rivals are floors, not the best that could be written: lists of words, made once from the codebook "
        '(`evaluation/rivals.py`). They tell no source but who "said" it, no shares, hardly a relation or a position.',
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.readers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer reports")
    parser.add_argument("--read", type=int, metavar="WORKERS", help=argparse.SUPPRESS)
    parser.add_argument("file", nargs="?", type=Path, default=EXAMPLES, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.read:
        print(json.dumps(ours(args.file, args.read, args.out)))
        return
    n = 36 if args.quick else 600
    print(table(list(rows(n)), n))


if __name__ == "__main__":
    main()
