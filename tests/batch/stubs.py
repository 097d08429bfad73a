"""Readers for workers, which are other processes and import them by name: a report's words say what befalls them."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

from contested.batch.here import Reader
from contested.errors import ModelError
from contested.statement import Report


def read(notes: Path | None, report: Report) -> Report:
    """`report` with the process that read it. Its first word and the number behind it may tell what to do."""
    what, _, rest = report.text.partition(" ")
    if notes:
        with (notes / report.id).open("a") as file:
            file.write("read\n")
    if what == "wait":
        time.sleep(float(rest.split()[0]))
    elif what == "poison" or (what == "once" and notes and (notes / report.id).read_text() == "read\n"):
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "bad":
        raise ValueError("cannot be read")
    elif what == "hopeless":
        raise ModelError("no weights")
    return Report(report.text, id=report.id, extra={**report.extra, "read_by": os.getpid()})


def load(notes: Path | None = None) -> Reader:
    return partial(read, notes)


def load_nothing() -> Reader:
    os._exit(1)


def load_wrongly() -> Reader:
    raise ModelError("no weights here")
