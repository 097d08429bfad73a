"""A stop: Ctrl-C, or the signal that ends a program, ends a long run in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import click


class Stopped(KeyboardInterrupt):
    """The run is to end; what was done stays."""


class Stopping:
    """Around a long run: a first SIGINT or SIGTERM ends it by `Stopped`, which leaves here as exit code 130 or 143.

    What must not be left half done is `held`: the stop comes after it. A second signal ends the program at once.
    """

    def __init__(self, mend: str) -> None:
        self._mend = mend
        self._held = False
        self._asked: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # signals come to no other
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._signalled)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._asked is not None and kind is not None and issubclass(kind, Stopped):
            click.echo(f"stopped; {self._mend}", err=True)
            raise click.exceptions.Exit(128 + self._asked) from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stop after this, not in it."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked is not None:
            raise Stopped

    def _signalled(self, number: int, frame: object) -> None:
        if self._asked is not None:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self._asked = number
        if not self._held:
            raise Stopped
