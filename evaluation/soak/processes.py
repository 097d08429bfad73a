"""The processes of a soak: they are started again when they end, die with their parent, and their memory is seen."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.fuzz.running import resident
from evaluation.gold import ROOT

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _tied() -> None:
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


@dataclass
class Kept:
    """A process that is kept running. `command()` says how it is started now; `hear` takes each line it says.

    `memory` has `(second since the beginning, process, bytes)`.
    """

    name: str
    command: Callable[[], list[str]]
    hear: Callable[[str], None]
    begun: float
    starts: int = 0
    kills: int = 0
    said: int = 0  # lines since it was started
    memory: list[tuple[float, int, int]] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.starts += 1
        self.said = 0
        self.process = subprocess.Popen(
            self.command(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, text=True, errors="replace",
            preexec_fn=_tied,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):  # what was cut off was not said
                self.last, self.said = [*self.last[-30:], line.rstrip()], self.said + 1
                self.hear(line.rstrip())

    def watch(self) -> str | None:
        """Start the process again if it has ended; what it last said where it was not killed and not done."""
        code = self.process.poll()
        if code is None:
            return None
        told = None if code in (0, -signal.SIGKILL) else f"{self.name} ended with {code}: {' | '.join(self.last[-12:])}"
        self.start()
        return told

    def look(self) -> None:
        with suppress(OSError, ValueError):
            self.memory.append((time.monotonic() - self.begun, self.process.pid, resident(self.process.pid)))

    def kill(self) -> None:
        self.kills += 1
        self.process.kill()

    def stop(self, patience: float) -> None:
        """End it in order, and by force where it takes longer."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def children(process: int) -> list[int]:
    """The processes below one, at any depth, the nearest first."""
    found: list[int] = []
    queue = [process]
    while queue:
        one = queue.pop(0)
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                below = [int(pid) for pid in (task / "children").read_text().split()]
                found += below
                queue += below
    return found


def seconds(process: int) -> float:
    """The CPU seconds of a process, with those of the children it has waited for; 0 where it has gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
