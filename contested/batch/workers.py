"""Reading in worker processes: order kept, memory bounded, and a process that dies costs a retry, not the run.

Threads do not help here: most of the reading is Python, and one thread at a time runs that. A process needs 0.6 s of a
core to load what the reading knows, and one more until the first reports have made its patterns; a run of a few
reports is over by then. So the first reports are read in this process, and workers are started beside that once it has
gone on for `AT_ONCE_S` and there is more to read. It goes on here until they are there.

On Linux one process loads the reader and is the template that workers are forked from: they share what it holds (some
40 MB a worker are its own, of 170), and one that replaces a dead one is there at once. The template is started anew,
not forked from this process, which may hold threads and connections; and its sessions of ONNX Runtime, of one thread,
have no threads that a fork would lose. Elsewhere each worker is started, and loads, by itself.

Each worker has a pipe of its own. What it was given and has not answered is known here, in order: when the pipe ends,
the first of these is the report that it died over.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue

from contested.batch.counts import Issue
from contested.batch.here import Known, Outcome, Reader, read_one, unread
from contested.errors import DataError, InputError, LexiconError, ModelError, WorkerError
from contested.statement import Report

#: So many seconds are read in this process before workers are started: the first report alone takes one, because it
#: makes the patterns, so that a run of one report starts none and any longer one starts them with the second.
AT_ONCE_S = 0.5
#: Reports that a worker has been given: the one it reads, and the next, so that it never waits for this process.
GIVEN = 2
#: Reports that are held at a time, a worker: those given, and those read that wait for one before them.
HELD = 4
#: A worker may read a report for so many seconds, and one more for each so many characters (it reads some 10,000 in a
#: second); then it is ended.
PATIENCE_S, PATIENCE_CHARACTERS = 60.0, 1_000
#: A report over which its process ended so often is no longer tried.
TRIES = 2
#: So many workers in a row may end before they are ready.
STARTS = 3

FORKS = sys.platform == "linux"
_WARMING = "Rebels seized the mill of Qasr on Friday, killing two guards, a monitor said."


def reading(lexicon: Path | None = None) -> Reader:
    """What a worker reads with: the packaged reader, of one thread, with parties from the folder `lexicon`."""
    from contested.reading.pipeline import Reader as Loaded

    reader = Loaded.load(threads=1, lexicon=lexicon)
    reader.read(Report(_WARMING, published="2016-12-02"))  # makes patterns, which workers then share
    return reader.read


class Workers:
    """`n` processes that read; `load` makes the reader in them, and is picklable (`reading` by default).

    What it makes must read as the `reader` does that `read_many` is given: the first reports are read by that.
    """

    def __init__(
        self,
        n: int,
        load: Callable[[], Reader] = reading,
        *,
        at_once_s: float = AT_ONCE_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.n, self.load, self.at_once_s, self.patience_s = n, load, at_once_s, patience_s

    def read(
        self, reader: Reader, reports: Iterable[Report | InputError], known: Known | None
    ) -> Iterator[tuple[Report | InputError, Outcome]]:
        """What was taken in with what came of it, in order. Raises what would befall every report, and `WorkerError`
        where no worker can be started."""
        with _Pool(self) as pool:
            began, items = time.monotonic(), iter(reports)
            for taken in items:
                if pool.started:
                    pool.hear(0)
                elif time.monotonic() - began > self.at_once_s:
                    pool.start()
                if pool.ready:
                    yield from _passed(taken, items, pool, known)
                    return
                yield taken, unread(taken, known) or read_one(reader, taken)


@dataclass(slots=True, eq=False)
class _Task:
    """A report (or what came instead of one), and what comes of it: an error where that befalls every report."""

    taken: Report | InputError
    came: Outcome | Exception | None = None
    tries: int = 0

    @property
    def report(self) -> Report:
        assert isinstance(self.taken, Report)
        return self.taken


def _passed(
    first: Report | InputError, rest: Iterator[Report | InputError], pool: _Pool, known: Known | None
) -> Iterator[tuple[Report | InputError, Outcome]]:
    """`first` and the `rest`, read by the workers."""
    line: deque[_Task] = deque()
    taken: Report | InputError | None = first
    while line or taken is not None:
        while line and (came := line[0].came) is not None:
            if isinstance(came, Exception):
                raise came
            yield line.popleft().taken, came
        if taken is not None and len(line) < HELD * pool.size and pool.has_room:
            task = _Task(taken, unread(taken, known))
            line.append(task)
            if task.came is None:
                pool.give(task)
            pool.hear(0)
            taken = next(rest, None)
        elif line or taken is not None:
            pool.hear()


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker as it is seen from here. `given` is what it has not answered, oldest first; `until` it may take."""

    pipe: Connection
    pid: int | None = None  # None until it is ready
    given: deque[_Task] = field(default_factory=deque)
    until: float = 0.0
    late: bool = False


class _Pool:
    """The workers of one run."""

    def __init__(self, workers: Workers) -> None:
        self.size, self._load, self._patience = workers.n, workers.load, workers.patience_s
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()  # what a dead worker was given
        self._nursery: _Nursery | None = None
        self._failed = 0  # starts in a row
        self.started = False

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            if worker.given:
                _kill(worker)
            worker.pipe.close()  # which ends it
        self._workers.clear()
        if self._nursery:
            self._nursery.close()

    @property
    def ready(self) -> bool:
        return any(worker.pid is not None for worker in self._workers)

    @property
    def has_room(self) -> bool:
        """Whether a worker could be given another report."""
        return not self._waiting and any(self._fits(worker) for worker in self._workers)

    def start(self) -> None:
        """Start workers until there are as many as are wanted."""
        self.started = True
        while len(self._workers) < self.size:
            ours, theirs = Pipe()
            with theirs:
                if self._nursery is None or not self._nursery.bear(theirs):
                    self._nursery = _Nursery(self._load)
                    self._nursery.bear(theirs)
            self._workers.append(_Worker(ours))

    def give(self, task: _Task) -> None:
        """Have a report read."""
        self._waiting.append(task)
        self._hand_out()

    def hear(self, seconds: float | None = None) -> None:
        """Take in what workers have to say, waiting for it so long at most, or until there is something."""
        if seconds is None:
            ends = [worker.until for worker in self._workers if worker.given]
            seconds = max(0.0, min(ends) - time.monotonic()) if ends else None
        heard = set(wait([worker.pipe for worker in self._workers], seconds))
        for worker in [one for one in self._workers if one.pipe in heard]:
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if worker.pid is None:
                worker.pid, self._failed = said, 0
            else:
                worker.given.popleft().came = said
                self._expect(worker)
        now = time.monotonic()
        for worker in self._workers:
            if worker.given and now > worker.until and worker.pipe not in heard and not worker.late:
                worker.late = True
                _kill(worker)  # its pipe ends then
        self._hand_out()

    def _fits(self, worker: _Worker) -> bool:
        return worker.pid is not None and not worker.late and len(worker.given) < GIVEN

    def _hand_out(self) -> None:
        while self._waiting:
            free = [worker for worker in self._workers if self._fits(worker)]
            if not free:
                return
            worker = min(free, key=lambda one: len(one.given))
            task = self._waiting.popleft()
            worker.given.append(task)
            if len(worker.given) == 1:
                self._expect(worker)
            with suppress(OSError):  # it has died, and its pipe is about to say so
                worker.pipe.send(task.report)

    def _expect(self, worker: _Worker) -> None:
        """Say until when the worker may take for the first that it has been given."""
        if worker.given:
            worker.until = time.monotonic() + self._patience + len(worker.given[0].report.text) / PATIENCE_CHARACTERS

    def _bury(self, worker: _Worker) -> None:
        """Put another in the place of a worker that has ended; what it was given is read by others."""
        self._workers.remove(worker)
        worker.pipe.close()
        if worker.pid is None:
            self._failed += 1
            if self._failed >= STARTS:
                raise WorkerError(
                    "the processes that read end as soon as they are started; read with one (--workers 1)"
                )
        if worker.given:
            task = worker.given[0]
            task.tries += 1
            if task.tries >= TRIES:
                worker.given.popleft()
                why = "took too long" if worker.late else "ended its process"
                task.came = None, Issue.with_report("failed", f"reading {why} twice", task.report)
        self._waiting.extendleft(reversed(worker.given))
        self.start()


def _kill(worker: _Worker) -> None:
    if worker.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


class _Nursery:
    """Where workers come from: a template that forks them, or, where forks are not safe, processes of their own."""

    def __init__(self, load: Callable[[], Reader]) -> None:
        self._load, self._spawn = load, get_context("spawn")
        self._orders: Connection | None = None
        self._begun: list[SpawnProcess] = []
        if FORKS:
            self._orders, theirs = Pipe()
            with theirs:
                self._template = self._started(_fork, theirs)

    def bear(self, pipe: Connection) -> bool:
        """Start a worker at the other end of `pipe`. False where the template has ended."""
        if self._orders is None:
            self._started(_begin, pipe)
            return True
        from multiprocessing.reduction import send_handle

        try:
            send_handle(self._orders, pipe.fileno(), self._template.pid)
        except OSError:
            self.close()
            return False
        return True

    def _started(self, target: Callable[[Connection, Callable[[], Reader]], None], pipe: Connection) -> SpawnProcess:
        """A process that has begun to run `target`. Ctrl-C is kept from it until it can say that it ignores it."""
        process = self._spawn.Process(target=target, args=(pipe, self._load), daemon=True)
        self._begun.append(process)
        if not hasattr(signal, "pthread_sigmask"):
            process.start()
            return process
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return process

    def close(self) -> None:
        """End the template. Workers have been told to end, by the end of their pipes."""
        if self._orders is not None:
            self._orders.close()
            self._template.kill()
        for process in self._begun:
            process.join()


# ---- in the processes ------------------------------------------------------------------------------------------------


def _fork(orders: Connection, load: Callable[[], Reader]) -> None:
    """The template: loads the reader once, and forks a worker for each pipe that it is sent."""
    from multiprocessing.reduction import recv_handle

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a stop is for the process that takes in and writes: it ends this one
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how workers ended
    reader = _loaded(load)
    warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads: those that are here stand idle
    gc.freeze()  # collections would write to the memory that is shared
    while True:
        try:
            handle = recv_handle(orders)
        except (EOFError, OSError, RuntimeError):  # nobody is there any longer
            return
        if os.fork() == 0:
            orders.close()
            _work(Connection(handle), reader)
        os.close(handle)


def _begin(pipe: Connection, load: Callable[[], Reader]) -> None:
    """A worker that loads by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work(pipe, _loaded(load))


def _loaded(load: Callable[[], Reader]) -> Reader:
    try:
        return load()
    except Exception as error:  # told with the first report
        return partial(_fail, error)


def _fail(error: Exception, report: Report) -> Report:
    raise error


def _work(pipe: Connection, reader: Reader) -> None:
    """Read what comes through the pipe until it ends, and end with it."""
    waiting: SimpleQueue[Report] = SimpleQueue()

    def receive() -> None:
        """Empties the pipe while a report is read: the other end never waits to send while this one does too."""
        with suppress(EOFError, OSError):
            while True:
                waiting.put(pipe.recv())
        os._exit(0)  # at once, whatever is being read: nobody waits for it

    threading.Thread(target=receive, daemon=True).start()
    with suppress(OSError):
        pipe.send(os.getpid())
        while True:
            report = waiting.get()
            try:
                came: Outcome | Exception = read_one(reader, report)
            except (ModelError, LexiconError, DataError) as error:
                came = error
            pipe.send(came)
    os._exit(0)
