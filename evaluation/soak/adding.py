"""What adds in a soak: a process that reads reports from files and says which are in the record. It may be killed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from contested import __version__
from contested.batch import Issue, Workers, read_many
from contested.errors import InputError, RecordError
from contested.intake import from_path
from contested.reading.pipeline import Reader
from contested.record.readings import read_by
from contested.record.record import open_record
from contested.record.writing import Writer
from contested.statement import Report
from evaluation.soak.stories import Stories

#: Reports of a batch; after each the record is derived.
BATCH = 20


def batch(folder: Path, seed: int, name: str, number: int) -> Path:
    """The file of a batch of an adder's reports, made where it is not there."""
    file = folder / f"{name}-{number}.jsonl"
    if not file.exists():
        stories = Stories(seed, name)
        lines = [json.dumps(stories.next()) for _ in range(BATCH * (number + 1))][-BATCH:]
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        part.rename(file)
    return file


def add(where: str, folder: Path, seed: int, name: str, first: int, workers: int, pause: float) -> None:
    """Add batch after batch from `first` on, until the parent has gone or the file `stop` is there.

    Says `added ID` for each report that is in the record, and `batch N` for each batch that is, derived. A pause of so
    many seconds follows each report. What cannot be read or written is said, and tried again with its batch.
    """
    parent = os.getppid()
    reader = Reader.load(threads=1)
    team = Workers(workers, at_once_s=0.0) if workers > 1 else None
    number = first

    def goes_on() -> bool:
        return os.getppid() == parent and not (folder / "stop").exists()

    def slowly(file: Path) -> Iterator[Report | InputError]:
        for taken in from_path(file):
            if not goes_on():
                return
            yield taken
            time.sleep(pause)

    while goes_on():
        failed = 0
        try:
            with open_record(where, create=True) as record:
                writer = Writer(record.engine, *read_by(__version__, reader))
                while goes_on():
                    failed = 0
                    issues: list[Issue] = []
                    source = slowly(batch(folder, seed, name, number))
                    for report in read_many(source, reader.read, workers=team, on_issue=issues.append):
                        added = writer.add(report)
                        print(f"added {added.id}@{added.version} {added.outcome}", flush=True)
                    for issue in issues:
                        print(f"issue {issue}", flush=True)
                        failed += "twice" in issue.reason  # its workers were killed
                    if not goes_on():
                        return
                    record.derive()
                    if not failed:
                        print(f"batch {number}", flush=True)
                        number += 1
        except RecordError as error:  # a connection that was cut, and not made again in time
            print(f"error {error}", flush=True)
            time.sleep(1)
