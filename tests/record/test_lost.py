"""Connections to a server that are lost: nothing is kept by halves, and adding and asking go on."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from contested.errors import RecordError
from contested.record import engine as engines
from contested.record import saying
from contested.record.engine import connect
from contested.record.record import open_record
from contested.record.writing import Writer
from evaluation import faults

#: Ends the connections of the programs that called themselves so, but the one that asks.
KILL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name AND pid <> pg_backend_pid()"
)
ONE = text(
    "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = :name "
    "AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS one"
)


@pytest.fixture
def served(where: str) -> str:
    """A record on a server, whose connections tell a name."""
    if not where.startswith("postgresql"):
        pytest.skip("a file has no connection to lose")
    name = where.rpartition("contested_")[2]
    connect(where).dispose()
    return f"{where}&application_name=lost_{name}"


@pytest.fixture
def kill(served: str) -> Iterator[Callable[..., Any]]:
    other = connect(served.partition("&")[0])
    name = served.rpartition("=")[2]

    def do(query: Any = KILL) -> None:
        with other.connect() as connection:
            connection.execute(query, {"name": name})

    yield do
    other.dispose()


def test_a_report_whose_connection_is_lost_is_added_all_the_same(
    served: str, kill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PAUSES", (0.0, 0.01))
    real, left = saying.put_beside, [2]

    def once(*given: Any) -> None:
        if left[0]:
            left[0] -= 1
            kill()
        real(*given)

    monkeypatch.setattr(saying, "put_beside", once)
    with open_record(served) as record:
        added = Writer(record.engine, "a reader").add(faults.reports(1)[0])
        assert (added.outcome, left) == ("new", [0])
        assert record.size()["statements"] == added.found


def test_without_a_server_adding_is_refused_with_words_and_nothing_is_kept(
    served: str, kill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PAUSES", ())
    first, second = faults.reports(2)
    with open_record(served) as record:
        writer = Writer(record.engine, "a reader")
        writer.add(first)
        before = faults.content(served)
        with monkeypatch.context() as patched:
            real = saying.put_beside
            patched.setattr(saying, "put_beside", lambda *given: (kill(), real(*given)))
            with pytest.raises(RecordError, match="lost the connection to its server"):
                writer.add(second)
        assert faults.content(served) == before
        assert [writer.add(one).outcome for one in (first, second)] == ["same", "new"]


def test_who_asks_has_a_new_connection_after_one_is_lost(served: str, kill: Callable[..., Any]) -> None:
    with open_record(served) as record:
        list(record.add(faults.reports(3), reader="a reader"))
        before = list(record.statements())
        kill()
        assert list(record.statements()) == before


def test_eight_writers_whose_connections_are_lost_now_and_then_lose_and_double_nothing(
    served: str, kill: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(engines, "PAUSES", (0.02,) * 200)
    told, done, failed = faults.reports(40), threading.Event(), []

    made = [connect(served) for _ in range(8)]

    def write(number: int) -> None:
        mine = random.Random(number).sample(told, len(told))
        try:
            writer = Writer(made[number], faults.READER)
            for start in range(0, len(mine), size := 1 + number % 3):
                list(writer.add_all(mine[start : start + size]))
        except BaseException as error:
            failed.append(error)

    def cut() -> None:
        while not done.wait(0.1):
            kill(ONE)

    killer = threading.Thread(target=cut)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in (killer, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    killer.join()
    for one in made:
        one.dispose()
    assert failed == []
    whole = str(tmp_path / "whole.db")
    with open_record(whole, create=True) as record:
        list(Writer(record.engine, faults.READER).add_all(told))
    assert faults.content(served) == faults.content(whole)
