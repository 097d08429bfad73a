"""How linking and deriving are measured: of small wars, and that the same war is told whoever measures."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from evaluation.growth import Derived, Linked, Run, derived, exponent, linking, of_accounts, page
from evaluation.synthetic import War


def test_exponents() -> None:
    assert exponent(10, 3.0, 1000, 300.0) == pytest.approx(1)
    assert exponent(10, 1.0, 100, 100.0) == pytest.approx(2)
    rows = [Linked(1000, 50, 5, 1.0), Linked(10_000, 50, 5, 2.0)]
    assert of_accounts(rows) == pytest.approx((1.0, 1.301), abs=1e-3)


def test_what_is_out_of_reach_makes_no_pair() -> None:
    (early, late) = linking((5_000, 10_000))
    assert early.accounts == 5_000
    assert 0 < early.links < early.pairs
    assert late.pairs < 1.5 * early.pairs


def test_a_siege_tells_mostly_of_one_city() -> None:
    told = [place.resolved["place"] for report in islice(War(siege=0.5).reports(), 60)
            for s in report.statements if s.type == "ASSAULT" for place in s.places]  # fmt: skip
    besieged = War(siege=0.5).besieged["place"]
    assert 0.4 < told.count(besieged) / len(told) < 0.95
    assert [r.id for r in islice(War().reports(), 20)] == [r.id for r in islice(War(siege=0.0).reports(), 20)]


def test_a_record_is_derived_once_and_its_figures_are_kept_beside_it(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    run = derived(where, 500)
    assert run.statements >= 500
    assert run.steps[-1].reports == run.reports
    assert run.incidents > 0
    assert derived(where, 500) == run


def test_a_size_is_looked_up_by_its_share_of_the_reports() -> None:
    steps = [Derived(10, 1.0, 1.0, 50.0), Derived(20, 2.0, 2.0, 50.0)]
    run = Run(steps, 300, 20, 1, 1, None)
    assert run.at(140) == steps[0]
    assert run.at(300) == steps[1]
    assert run.at(400) is None
    assert page([("Deriving", ["row"])]).endswith("## Deriving\n\nrow\n")
