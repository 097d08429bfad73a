"""The same work on a cluster of machines: Ray Data runs it, here stands only how it is asked and what can go wrong.

Each shard is a task of one core, run by whatever machine is free. The process that runs it keeps what it has loaded for
the next. A process or machine that ends costs its tasks another try elsewhere, `TRIES` in all; Ray makes again what
had not been fetched from it. (Actors would wait for a place of their own, and never come back where a machine is lost.)

Ray Data does not run in a client (`ray://`), so it runs in a process of the cluster, the conductor, which is asked for
rows. That bounds what is held: when nobody asks, the conductor stops handing out work.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from contested.batch.stores import told
from contested.errors import ClusterError

In = TypeVar("In")
Out = TypeVar("Out")
TRIES = 6
#: Rows are passed on in pieces of so many bytes, some hundred read reports.
_PIECE = 1 << 20
#: Items are put together so that there are no more tasks than this.
_TASKS = 4_000
#: The port at which clients ask a cluster, unless told; and how long one waits for an answer.
_CLIENTS, _PATIENCE_S = 10_001, 10.0
_ABSENT = "Ray is not installed: pip install contested[ray]"


class Cluster:
    """A Ray cluster, used as a context manager: `ray` joins the one that `RAY_ADDRESS` names or that runs on this
    machine, else starts one of this machine alone; `ray://HOST[:PORT]` is one that is asked from outside.

    Raises `ClusterError` where Ray is absent or the cluster cannot be reached. Work that was begun ends with it. A
    program that has connected Ray already stays connected, to what it is connected to.
    """

    def __init__(self, where: str = "ray") -> None:
        self.where = where
        self._ours = False
        self._conductor: Any = None

    def __enter__(self) -> Self:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # what is read here is nobody else's business
        try:
            import ray
            import ray.data  # absent in a bare `pip install ray`
        except ImportError:
            raise ClusterError(self.where, _ABSENT) from None
        if not ray.is_initialized():
            self._ours = True
            try:
                with _own_signals():
                    self._connect(ray)
            except Exception as error:  # of any kind: what is there, which versions, the network
                ray.shutdown()
                raise ClusterError(self.where, f"the cluster cannot be reached: {told(error)}") from None
        return self

    def _connect(self, ray: Any) -> None:
        quiet = {"logging_level": "ERROR", "log_to_driver": False}
        address = self.where if self.where.startswith("ray://") else os.environ.get("RAY_ADDRESS", "")
        if address.startswith("ray://"):
            host = address.removeprefix("ray://").rstrip("/")
            host = host if ":" in host else f"{host}:{_CLIENTS}"
            _answers(host)
            ray.init(f"ray://{host}", **quiet)
        elif address in ("", "auto"):
            ray.init(_running() or "local", **quiet)
        else:
            _answers(address)
            ray.init(address, **quiet)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        import ray

        if self._conductor is not None:
            ray.kill(self._conductor)
        if self._ours:
            ray.shutdown()

    @property
    def cores(self) -> int:
        """So many tasks can run at a time."""
        import ray

        return int(ray.cluster_resources().get("CPU", 0))

    def each(self, work: Callable[[In], Iterable[Out]], items: Sequence[In], *, ordered: bool = False) -> Iterator[Out]:
        """What `work` makes of each item, as it comes, or in the order of the items.

        `work`, items and what comes of them are pickled. Of an item whose tries have all failed only a part comes, or
        nothing. Raises `ClusterError` for what `work` raises, with its words and the machine, and where the cluster is
        lost.
        """
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        if not items:
            return
        # Beside the process that asks, or that stands in for it: when that machine is lost, all is.
        beside = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        try:
            made = ray.remote(_Conductor).options(num_cpus=0, scheduling_strategy=beside)
            self._conductor = made.remote(work, list(items), ordered)
            while (rows := ray.get(self._conductor.take.remote())) is not None:
                for row in map(pickle.loads, rows):
                    if isinstance(row, _Failed):
                        raise ClusterError(self.where, f"{row.host}: {row.words}")
                    yield row
        except (ray.exceptions.RayError, ConnectionError) as error:
            raise ClusterError(self.where, _words(error)) from None


class _Failed:
    """What `work` raised, in words, and on which machine."""

    def __init__(self, error: Exception) -> None:
        self.host, self.words = socket.gethostname(), f"{type(error).__name__}: {error}"


class _Conductor:
    """Runs Ray Data in a process of the cluster, and gives what comes of it piece by piece."""

    def __init__(self, work: Callable[[Any], Iterable[Any]], items: list[Any], ordered: bool) -> None:
        import ray.data

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.preserve_order = ordered
        context.target_max_block_size = _PIECE
        context.max_errored_blocks = -1  # a task whose tries have all failed: those who ask know what is missing

        def run(batch: Any) -> Iterator[dict[str, list[bytes]]]:
            for item in batch["item"]:
                try:
                    for row in work(pickle.loads(item)):
                        yield {"row": [pickle.dumps(row)]}
                except Exception as error:  # raised, it would count as a failure of the machine
                    yield {"row": [pickle.dumps(_Failed(error))]}

        packed = [{"item": pickle.dumps(item)} for item in items]
        rows = ray.data.from_items(packed, override_num_blocks=min(len(packed), _TASKS)).map_batches(
            run, batch_size=1, num_cpus=1, max_retries=TRIES - 1
        )
        self._blocks = iter(rows.iter_batches(batch_size=None, prefetch_batches=0))

    def take(self) -> list[bytes] | None:
        """The next rows; None when there are no more."""
        block = next(self._blocks, None)
        return None if block is None else list(block["row"])


@contextmanager
def _own_signals() -> Iterator[None]:
    """Ray puts a handler of its own in the place of the program's for SIGTERM: it is put back."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)


def _running() -> str | None:
    """The address of the cluster that was last started on this machine, if it runs."""
    folder = os.environ.get("RAY_TMPDIR") or tempfile.gettempdir()
    try:
        address = Path(folder, "ray", "ray_current_cluster").read_text("utf-8").strip()
        _answers(address)
    except (OSError, ValueError):
        return None
    return address


def _answers(address: str) -> None:
    """Raises `OSError` where nobody listens there: Ray itself would ask for minutes. `ValueError` for no address."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError(f"{address!r} is not written as HOST:PORT")
    socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE_S).close()


def _words(error: Exception) -> str:
    """What Ray raises, in few words: the last line of a traceback from another machine."""
    words = [line.strip() for line in str(error).splitlines() if line.strip()]
    if any("No module named 'contested" in line for line in words):
        return "contested is not installed on its machines: pip install contested[ray] there too"
    return f"the work ended: {(words or [type(error).__name__])[-1][:300]}"
