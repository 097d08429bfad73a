"""What is reckoned from a sketch is kept with it, and gone with it: nothing else holds what was once asked about."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

from contested.record.account import accounts_of
from contested.record.asking import Filter
from contested.record.incidents import incidents
from contested.record.record import open_record
from contested.record.sketch import Sketch
from contested.register import load_register
from tests.record.test_deriving import REPORTS


def held() -> int:
    """How many sketches there are."""
    gc.collect()
    return sum(isinstance(one, Sketch) for one in gc.get_objects())


def test_what_incidents_were_made_from_is_let_go() -> None:
    before = held()
    told = [account for report in REPORTS for account in accounts_of(report)]
    found = incidents(told, load_register())
    assert found
    assert held() == before


def test_asking_what_was_known_leaves_nothing_behind(tmp_path: Path) -> None:
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(REPORTS, reader="stub"))
        record.derive()
        before = held()
        for day in range(2, 6):
            assert list(record.incidents(Filter(known_by=date(2016, 12, day))))
        assert held() == before
