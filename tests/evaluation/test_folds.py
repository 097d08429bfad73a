"""The five folds: nothing held out may move, or figures of different days cannot be compared."""

from collections import Counter

import pytest

from contested.statement import Report
from evaluation.gold import FOLDS, folds

OUTLETS = ["Qasr Mail", "Orontes State Wire", "The Levant Courier", None]
REPORTS = [Report(f"Report {n}.", id=str(n), outlet=OUTLETS[n % 7 % 4]) for n in range(43)]


def test_the_folds_of_a_day_are_those_of_another():
    assert folds(REPORTS) == folds(list(REPORTS))
    assert folds(REPORTS[:12]) == [0, 2, 4, 1, 3, 3, 1, 1, 4, 0, 0, 2]


def test_every_fold_has_its_share():
    sizes = Counter(folds(REPORTS))
    assert sorted(sizes) == list(range(FOLDS))
    assert max(sizes.values()) - min(sizes.values()) <= 1


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_fold_has_its_share_of_an_outlet(outlet):
    sizes = Counter(fold for report, fold in zip(REPORTS, folds(REPORTS), strict=True) if report.outlet == outlet)
    assert max(sizes.values()) - min(sizes[fold] for fold in range(FOLDS)) <= 1


def test_no_reports_have_no_folds():
    assert folds([]) == []
