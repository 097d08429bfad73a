"""A real Ray cluster of two nodes on this machine: the same bytes, whatever is killed, nothing lost, nothing twice."""

from __future__ import annotations

import gc
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("ray", reason="Ray is not installed: pip install contested[ray]")
pytest.importorskip("ray.data", reason="Ray Data is not installed: pip install contested[ray]")

from contested.batch.on_ray import Cluster
from contested.errors import ClusterError
from evaluation import faults
from evaluation.cluster import Nodes, command, done, same, troubled, two_nodes, write_shards

SHARDS, REPORTS = 8, 16
#: Ray leaves the logs open that the processes of its nodes write to.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file .*/ray/session:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. .*/ray/session:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    with ExitStack() as stack:
        try:
            made = stack.enter_context(two_nodes())
        except Exception as error:  # Ray raises it bare, after 30 seconds that cannot be set
            if "timed out during startup" not in str(error):
                raise
            pytest.skip("this machine is too busy: a node of Ray did not start within its 30 seconds")
        gc.collect()  # warn now, and not in the tests of something else
        yield made
    gc.collect()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards") / "in"
    write_shards(folder, SHARDS, REPORTS)
    with (folder / "part-000.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    return folder


def told(process: subprocess.Popen[str], code: int = 0) -> str:
    """What a command tells at its end."""
    _, err = process.communicate(timeout=300)
    assert process.returncode == code, err
    return err


def test_shards_are_the_same_bytes_whatever_is_killed(nodes: Nodes, source: Path, tmp_path: Path) -> None:
    assert f"{SHARDS} of {SHARDS} shards done, {REPORTS} reports read" in told(
        command("read", source, "--on", "here", "-o", tmp_path / "here")
    )
    told(command("read", source, "-o", tmp_path / "plain.jsonl"))
    parts = sorted((tmp_path / "here").glob("*.jsonl"))
    assert b"".join(part.read_bytes() for part in parts) == (tmp_path / "plain.jsonl").read_bytes()
    out = tmp_path / "ray"
    process = command("read", source, "--on", "ray", "-o", out, address=nodes.address)
    said = troubled(process, lambda: done(out), SHARDS, nodes, 2, random.Random(2))
    # a worker may be killed when its shard is done and before it says so: the next finds the marker
    assert re.search(
        rf"{SHARDS} of {SHARDS} shards done( \(. of them before\))?, {REPORTS} reports read", told(process)
    )
    assert len(said) == 3
    nodes.mend()
    same(tmp_path / "here", out)


def test_a_record_is_the_same_whatever_is_killed(nodes: Nodes, source: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    told(command("add", source, "--record", here))
    process = command("add", source, "--on", nodes.client, "--record", there)
    while not nodes.reading() and process.poll() is None:
        time.sleep(0.05)
    assert process.poll() is None, told(process)
    assert troubled(process, lambda: SHARDS, SHARDS, nodes, 1, random.Random(1), lose=False)
    assert f"{REPORTS} reports: {REPORTS} new" in told(process)
    assert faults.content(str(there)) == faults.content(str(here))
    again = told(command("add", source, "--on", nodes.client, "--record", there))
    assert f"{REPORTS} reports: {REPORTS} there already; 0 new statements" in again
    assert f"{source}/part-000.jsonl:3: broken JSON" in again


def script(address: str, code: str) -> list[str]:
    """The lines that a program prints that has joined the cluster."""
    head = "from contested.batch.on_ray import Cluster\nfrom contested.errors import *\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + code], env=os.environ | {"RAY_ADDRESS": address},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return [line for line in out.splitlines() if "(raylet)" not in line]  # what Ray tells of its nodes comes between


def test_order_is_kept_and_what_kills_every_process_is_missing(nodes: Nodes) -> None:
    lines = script(
        nodes.address,
        """
import os, time
def work(n):
    if n == 2:
        os._exit(1)  # again and again
    time.sleep(0.05 * (n == 0))
    for k in range(3):
        yield n, k, "x" * 400_000
with Cluster() as cluster:
    print(cluster.cores)
    print([row[:2] for row in cluster.each(work, range(6), ordered=True)])
    def refused(n):
        raise DataError("reads by other places")
    try:
        list(cluster.each(refused, [1]))
    except ClusterError as error:
        print(error)
""",
    )
    assert lines[:2] == ["2", str([(n, k) for n in (0, 1, 3, 4, 5) for k in range(3)])]
    assert lines[2].startswith("ray: ")
    assert lines[2].endswith(": DataError: reads by other places")


def test_a_cluster_that_is_not_there_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        pytest.raises(ClusterError, match=r"^ray://127\.0\.0\.1:9: the cluster cannot be reached: "),
        Cluster("ray://127.0.0.1:9"),
    ):
        pass
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")
    with pytest.raises(ClusterError, match=r"^ray: the cluster cannot be reached: "), Cluster():
        pass
    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(ClusterError, match=r"pip install contested\[ray\]"), Cluster():
        pass


def test_a_stop_leaves_what_is_done(nodes: Nodes, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = command("read", source, "--on", "ray", "-o", out, address=nodes.address)
    while not done(out) and process.poll() is None:
        time.sleep(0.05)
    process.terminate()
    err = told(process, 143)
    assert "stopped; what is done stays, and reading again goes on from here" in err
    assert f" of {SHARDS} shards done" in err
    while nodes.reading():
        time.sleep(0.05)
    kept = done(out)
    assert kept
    for marker in out.glob("*.done"):
        assert marker.with_suffix("").exists()
    assert f"{SHARDS} of {SHARDS} shards done ({kept} of them before)" in told(
        command("read", source, "--on", "ray", "-o", out, address=nodes.address)
    )
