"""What is seen of a long run: a line on a terminal, and a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from contested.batch import Issue

#: Rates are of so many seconds before now, looked at once a second.
LATELY_S, LOOK_S = 60.0, 1.0
#: Where standard error is no terminal, a line comes so often.
LINE_S = 30.0


class Counting(Protocol):
    """What is counted as a run goes on: how many were `read` (or written), and all of it in words."""

    @property
    def read(self) -> int: ...


class Progressing:
    """Shows the counts of a run, how many come in a second, and how long it will take where that is known.

    On a terminal that is a line, from the second report on; elsewhere one every half minute. `share` tells how much of
    the input has been taken in, from 0 to 1, or None.
    """

    def __init__(self, quiet: bool, share: Callable[[], float | None] | None = None) -> None:
        self._terminal, self._quiet = sys.stderr.isatty(), quiet
        self._share = share or (lambda: None)
        self._live: Progress | None = None
        self._told = self._looked = time.monotonic()
        self._seen = deque([(self._looked, 0, 0.0)], maxlen=round(LATELY_S / LOOK_S))
        self._pace = ""

    def show(self, counts: Counting) -> None:
        if self._quiet:
            return
        now = time.monotonic()
        if now - self._looked >= LOOK_S:
            self._looked, self._pace = now, self._paced(now, counts.read)
        if self._terminal:
            self._shown(counts)
        elif now - self._told >= LINE_S:
            self._told = now
            click.echo(f"{counts}{self._pace}", err=True)

    def tell(self, issue: Issue) -> None:
        if self._live:
            self._live.console.print(str(issue), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(str(issue), err=True)

    def stop(self) -> None:
        if self._live:
            self._live.stop()

    def _paced(self, now: float, read: int) -> str:
        """How many a second, and how long still, by the last minute."""
        share = self._share()
        since, before, had = self._seen[0]
        self._seen.append((now, read, share or 0.0))
        out = f"; {(read - before) / (now - since):,.1f} a second"
        if share is not None and share > had:
            out += f", {lasting((1 - share) * (now - since) / (share - had))} left"
        return out

    def _shown(self, counts: Counting) -> None:
        if counts.read < 2:
            return
        if self._live is None:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._live = Progress(*columns, console=Console(stderr=True), transient=True)
            self._live.add_task("")
            self._live.start()
        self._live.update(self._live.task_ids[0], description=f"{counts}{self._pace}")


def lasting(seconds: float) -> str:
    """A length of time, in the two units that matter: "3 h 20 min", "12 min", "40 s"."""
    minutes = round(seconds / 60)
    if minutes >= 48 * 60:
        return f"{minutes // 1440} days {minutes % 1440 // 60} h"
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min" if minutes >= 2 else f"{round(seconds)} s"
