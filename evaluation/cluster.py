"""`python -m evaluation.cluster [--reports N] [--shards N] [--kills N]`: reads the same shards here and on a Ray
cluster of two nodes on this machine, while workers are killed (`kill -9`) and a node is lost; compares every byte.

`tests/batch/test_on_ray.py` does it with fewer. Times are of this machine, whose cores the two nodes share: they tell
what a cluster costs, not what it gains.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from evaluation.gold import ROOT

#: Objects of a node in bytes; Ray takes no less than 75 MB.
_OBJECTS = 100_000_000
#: What runs on a node when it reads, as Ray titles its processes.
_TITLE = b"ray::MapBatches"


class Differs(AssertionError):
    """What a cluster wrote is not what was written here."""


class Nodes:
    """A cluster of two nodes of a core each, at `address`; clients ask it at `client`."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        head = {"include_dashboard": False, "ray_client_server_port": port}
        self._cluster = Cluster(True, head_node_args=self._node | head)
        self.second: Any = self._cluster.add_node(**self._node)
        self.address, self.client = self._cluster.address, f"ray://127.0.0.1:{port}"

    _node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": _OBJECTS}  # noqa: RUF012

    def lose(self) -> None:
        """The second node is lost, with all that runs on it."""
        self._cluster.remove_node(self.second, allow_graceful=False)

    def mend(self) -> None:
        """There is a second node again."""
        self.second = self._cluster.add_node(**self._node)

    def reading(self) -> list[int]:
        """The processes that read now."""
        raylets = [node.all_processes["raylet"][0].process.pid for node in self._cluster.list_all_nodes()]
        return [pid for raylet in raylets for pid in _children(raylet) if _command(pid).startswith(_TITLE)]

    def close(self) -> None:
        self._cluster.shutdown()


@contextmanager
def two_nodes() -> Iterator[Nodes]:
    """A cluster that is gone, with all its processes, when this is left."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    nodes = Nodes()
    try:
        yield nodes
    finally:
        nodes.close()


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in found.stdout.split()]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


def write_shards(folder: Path, shards: int, reports: int) -> None:
    """So many shards with as many reports in all: the examples, again and again, each with an id of its own."""
    examples = (ROOT / "examples" / "reports.jsonl").read_text("utf-8").splitlines()
    lines = [json.loads(line) for line in islice(cycle(examples), reports)]
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(shards):
        with (folder / f"part-{shard:03}.jsonl").open("w", encoding="utf-8") as stream:
            for number in range(shard, reports, shards):
                stream.write(json.dumps({**lines[number], "id": f"{lines[number]['id']}-{number}"}) + "\n")


def command(*words: str | Path, address: str | None = None) -> subprocess.Popen[str]:
    """`contested` with these words, in a process of its own; `address` is that of the cluster that it joins."""
    env = os.environ | ({"RAY_ADDRESS": address} if address else {})
    code = "from contested.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def done(folder: Path) -> int:
    """How many shards have been read into a folder."""
    return len(list(folder.rglob("*.done")))


def same(one: Path, other: Path) -> None:
    """Raises `Differs` where two folders do not hold the same files, byte for byte."""
    files = [{str(path.relative_to(at)): path for path in at.rglob("*") if path.is_file()} for at in (one, other)]
    if files[0].keys() != files[1].keys():
        raise Differs(f"only in one of them: {sorted(files[0].keys() ^ files[1].keys())[:5]}")
    for name, path in files[0].items():
        if path.read_bytes() != files[1][name].read_bytes():
            raise Differs(f"{name} differs")


def troubled(
    process: subprocess.Popen[str], how_many: Callable[[], int], of: int, nodes: Nodes, kills: int,
    chance: random.Random, *, lose: bool = True,
) -> list[str]:  # fmt: skip
    """Kill so many workers, and lose a node, while a process runs that has done `how_many` of so many shards.

    Gives what was done, in words. The kills come at random points up to three quarters of the shards.
    """
    what = ["kill"] * kills + ["lose"] * lose
    chance.shuffle(what)
    points = sorted(chance.randrange(1, max(2, 3 * of // 4)) for _ in what)
    said: list[str] = []
    for point, one in zip(points, what, strict=True):
        while how_many() < point and process.poll() is None:
            time.sleep(0.05)
        if one == "lose":
            nodes.lose()
            said.append(f"a node was lost after {how_many()} shards")
            continue
        while process.poll() is None:
            if readers := nodes.reading():
                pid = chance.choice(readers)
                os.kill(pid, signal.SIGKILL)
                said.append(f"a worker was killed after {how_many()} shards")
                while pid in nodes.reading():
                    time.sleep(0.05)
                break
            time.sleep(0.05)
    return said


@dataclass
class Result:
    """Seconds that each run took, of how many reports in how many shards, and what was done to the last of them."""

    reports: int
    shards: int
    here_s: float = 0.0
    cluster_s: float = 0.0
    troubled_s: float = 0.0
    troubles: Sequence[str] = field(default_factory=list)

    def __str__(self) -> str:
        rows = (("here, one process", self.here_s), ("on two nodes of a core each", self.cluster_s),
                ("the same, troubled", self.troubled_s))  # fmt: skip
        table = "\n".join(f"{what:28} {took:7.1f} s {self.reports / took:7.2f} reports a second" for what, took in rows)
        return f"{self.reports} reports in {self.shards} shards\n{table}\n{'; '.join(self.troubles)}: the same bytes"


def measure(reports: int = 240, shards: int = 24, kills: int = 3, seed: int = 1) -> Result:
    """Read shards here, on a cluster, and on one that is in trouble. Raises `Differs`, or `RuntimeError` with the words
    of a run that failed."""
    out = Result(reports, shards)
    with tempfile.TemporaryDirectory() as name, two_nodes() as nodes:
        folder = Path(name)
        source = folder / "in"
        write_shards(source, shards, reports)
        out.here_s = _run(command("read", source, "--on", "here", "--workers", "1", "-o", folder / "here"))
        ray = ("read", source, "--on", "ray", "-o")
        out.cluster_s = _run(command(*ray, folder / "cluster", address=nodes.address))
        same(folder / "here", folder / "cluster")
        began, process = time.monotonic(), command(*ray, folder / "troubled", address=nodes.address)
        chance = random.Random(seed)
        out.troubles = troubled(process, lambda: done(folder / "troubled"), shards, nodes, kills, chance)
        _run(process)
        out.troubled_s = time.monotonic() - began
        same(folder / "here", folder / "troubled")
    return out


def _run(process: subprocess.Popen[str]) -> float:
    """Seconds until a process has ended. Raises `RuntimeError` where it failed."""
    began = time.monotonic()
    _, err = process.communicate()
    if process.returncode:
        raise RuntimeError(err)
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.cluster", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--reports", type=int, default=240, metavar="N", help="how many reports to read")
    parser.add_argument("--shards", type=int, default=24, metavar="N", help="in how many shards")
    parser.add_argument("--kills", type=int, default=3, metavar="N", help="how many workers to kill")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the moments of the kills")
    args = parser.parse_args()
    print(measure(args.reports, args.shards, args.kills, args.seed))


if __name__ == "__main__":
    main()
