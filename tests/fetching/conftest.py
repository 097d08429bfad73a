"""What tests of fetching share. No test asks any machine but this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contested.fetching.client import Client
from contested.fetching.state import State
from tests.fetching.serving import FakeClock, Site, site


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def client(clock: FakeClock) -> Iterator[Client]:
    with Client("dale-monitor/1.0", private=True, clock=clock) as made:
        yield made


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "fetched") as made:
        yield made
