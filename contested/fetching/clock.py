"""Time and waiting, in one place, so that a wait can be ended by a signal and a test need not wait."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime


class Stopped(Exception):
    """Somebody asked to stop while something was waited for."""


class Clock:
    """The time of this machine. `stop` ends every wait, now and later, with `Stopped`."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait so long. Raises `Stopped` where `stop` was called before or meanwhile."""
        if self._stopped.wait(max(0.0, seconds)):
            raise Stopped

    def stop(self) -> None:
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()
