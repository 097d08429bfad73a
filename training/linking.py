"""`python -m training.linking READ.jsonl [--weeks]`: fit the weights of contested/record/linking.yaml.

READ.jsonl are FA-KES' reports read by `contested read … --format jsonl`. The measure's unit is the pair of reports, so
each pair of a group makes bags of pairs of accounts (multiple-instance learning, solved by turns as in MI-SVM, Andrews
et al. 2002): for each incident that the two share the pair of accounts in its quotes that scores best now counts as
linked; if they share none, the three that score best count as not linked; and if they share one, so do the three in the
quotes of two incidents. Logistic regression; weights are drawn towards `PRIOR`, and signs are held, so that what agrees
never speaks against. Groups weigh by the square root of their pairs' number.

Without `--weeks` it fits on every second week and writes the file; with it, it writes nothing and tells how well
incidents are made, each fifth of the weeks by weights fitted on the other four (thresholds as they stand).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml

from contested.record.account import accounts_of
from contested.record.incidents import incidents
from contested.record.linking import at_best, comparable, settings
from contested.record.signals import signals
from contested.record.sketch import Sketch, sketches
from contested.register import load_register
from contested.statement import Report
from evaluation.gold import ROOT
from evaluation.incidents import grouped, halves, hand_made, saved, scorer, week
from evaluation.result import Score, score

FILE = ROOT / "contested" / "record" / "linking.yaml"
#: Where the weights are drawn to: what one would say without having seen any report.
PRIOR = {
    "bias": -4.0, "same act": 0.4, "same mode": 0.5, "other mode": -0.8, "both with gas": 1.0, "same thing": 0.8,
    "other thing": -0.4, "place same": 1.0, "place alike": 1.0, "place near": 0.7, "place inside": 0.7,
    "place same lent": 0.6, "place alike lent": 0.6, "place inside lent": 0.4, "place other": -1.5,
    "place other lent": -0.5, "same day told": 1.5,
    "same day lent": 1.0, "same day guessed": 0.7, "days apart told": -0.8, "days apart lent": -0.5,
    "days apart guessed": -0.3, "apart in print": -1.0, "same deaths": 1.5, "same injured": 0.8, "same numbers": 0.8,
    "other deaths": -0.4, "words": 1.5, "rare words": 0.5, "report words": 1.5, "actors same": 0.3,
    "actors different": -0.5, "lead": 0.7, "both lead": 0.3, "tells not asserted": -0.5, "tells period": -0.5,
    "tells thousands": -0.5,
}  # fmt: skip
#: Not fitted: the groups do not reach across provinces, so next to no pair of theirs is far apart.
FIXED = {"place far": -1.5, "place far lent": -0.75}
AGREES = ("same", "kindred mode", "both", "place same", "place alike", "place inside", "place near", "words",
          "rare words", "report words", "lead", "actors same")  # fmt: skip
DIFFERS = ("other", "place other", "place unknown", "days apart", "apart in print", "actors different",
           "tells not asserted", "tells period", "tells thousands")  # fmt: skip
PULL = 1.0  # how strongly the prior draws, against a loss of one a pair of reports
ROUNDS = 8
WRONG = (1.0, 0.5, 0.25)  # what the best, second and third pair of accounts of unlinked reports weigh
THRESHOLDS = {"threshold": 0.35, "together": 0.27, "again": 0.5}


@dataclass(frozen=True, slots=True)
class Bag:
    """Pairs of accounts of two reports, a row of signals each, of which the best is linked (`shared`), or none is."""

    group: str
    shared: bool
    x: np.ndarray


def bags(reports: Sequence[Report]) -> tuple[list[Bag], list[str]]:
    """The bags of all groups, and the names of the signals."""
    register = load_register()
    told: dict[str, list[Sketch]] = {}
    for one in sketches(a for report in reports for a in accounts_of(report)):
        told.setdefault(one.report, []).append(one)
    quotes = spots({report.id: report for report in reports}, told)
    rows: list[tuple[str, bool, list[Mapping[str, float]]]] = []
    for group in grouped():
        for a, b in combinations(sorted(set(group["reports"]) & told.keys()), 2):
            mine, yours = quotes.get(a, {}), quotes.get(b, {})
            pairs = [(one, other) for one in told[a] for other in told[b] if comparable(one, other)]
            values = [signals(one, other, register).values for one, other in pairs]
            shared = mine.keys() & yours.keys()
            for incident in sorted(shared):
                quoted = [
                    value for (one, other), value in zip(pairs, values, strict=True)
                    if one.key in mine[incident] and other.key in yours[incident]
                ]  # fmt: skip
                rows.append((group["group"], True, quoted or values))
            if not shared:
                rows.append((group["group"], False, values))
                continue
            whose = [(_told_of(one, mine), _told_of(other, yours)) for one, other in pairs]
            crossed = [v for v, (i, j) in zip(values, whose, strict=True) if i and j and not i & j]
            rows.append((group["group"], False, crossed))
    names = sorted({name for _, _, values in rows for value in values for name in value})
    return [Bag(group_name, shared, _matrix(values, names)) for group_name, shared, values in rows], names


def _told_of(one: Sketch, quotes: Mapping[str, set[str]]) -> set[str]:
    """The incidents in whose quotes an account stands."""
    return {incident for incident, keys in quotes.items() if one.key in keys}


def _matrix(values: Sequence[Mapping[str, float]], names: Sequence[str]) -> np.ndarray:
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(values), len(names)))
    for n, value in enumerate(values):
        for name, amount in value.items():
            x[n, at[name]] = amount
    return x


def spots(reports: Mapping[str, Report], told: Mapping[str, Sequence[Sketch]]) -> dict[str, dict[str, set[str]]]:
    """Report → incident → keys of the accounts that overlap its quote there."""
    found: dict[str, dict[str, set[str]]] = {}
    for incident in hand_made():
        for mark in incident["reports"]:
            if mark["id"] in reports:
                start = reports[mark["id"]].text.find(mark["quote"])
                keys = {s.key for s in told.get(mark["id"], ()) if _overlaps(s, start, start + len(mark["quote"]))}
                found.setdefault(mark["id"], {})[incident["incident"]] = keys
    return found


def _overlaps(one: Sketch, start: int, end: int) -> bool:
    statement = one.account.statement
    return statement.quote_start < end and statement.quote_start + len(statement.quote) > start


def fit(training: Sequence[Bag], names: Sequence[str]) -> np.ndarray:
    """The weights, in the order of `names`."""
    from scipy.optimize import minimize

    prior = np.array([FIXED.get(name, PRIOR.get(name, 0.0)) for name in names])
    bounds = [_bounds(name) for name in names]
    pull = np.array([0.0 if name == "bias" else PULL for name in names])
    pairs = Counter(bag.group for bag in training)
    amounts = np.array([pairs[bag.group] ** -0.5 for bag in training])
    weights = prior.copy()
    for _ in range(ROUNDS):
        x, sign, amount = _chosen(training, amounts / amounts.mean(), weights)

        def loss(w: np.ndarray, x: Any = x, sign: Any = sign, amount: Any = amount) -> tuple[float, np.ndarray]:
            margin = sign * (x @ w)
            slope = -sign * amount / (1 + np.exp(margin))
            away = w - prior
            return float(amount @ np.logaddexp(0, -margin) + pull @ away**2 / 2), x.T @ slope + pull * away

        found = minimize(loss, weights, jac=True, method="L-BFGS-B", bounds=bounds).x
        weights = (weights + found) / 2
    return weights


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in FIXED:
        return FIXED[name], FIXED[name]
    return (None, 0.0) if name.startswith(DIFFERS) else (0.0, None) if name.startswith(AGREES) else (None, None)


def _chosen(training: Iterable[Bag], amounts: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """The rows that stand for their bags now, with signs (1 linked, -1 not) and how much they weigh."""
    rows, signs, weighs = [], [], []
    for bag, amount in zip(training, amounts, strict=True):
        if len(bag.x) == 0:
            continue
        z = bag.x @ weights
        if bag.shared:
            rows.append(bag.x[np.argmax(z)])
            signs.append(1.0)
            weighs.append(amount)
        else:
            for row, share in zip(np.argsort(-z, kind="stable"), WRONG, strict=False):
                rows.append(bag.x[row])
                signs.append(-1.0)
                weighs.append(amount * share)
    return np.array(rows), np.array(signs), np.array(weighs)


def by_weeks(reports: Sequence[Report], found: Sequence[Bag], names: Sequence[str], folds: int = 5) -> Score:
    """How well incidents are made of weeks whose reports the weights have not seen: pairs of reports."""
    weeks = sorted({week({"group": bag.group}) for bag in found})
    right = wanted = told = 0
    for n in range(folds):
        held = set(weeks[n::folds])
        weights = fit([bag for bag in found if week({"group": bag.group}) not in held], names)
        at_best.cache_clear()
        with patch.dict(settings(), {"weights": kept(names, weights)}):
            made = incidents((a for report in reports for a in accounts_of(report)), load_register())
        groups = [group for group in grouped() if week(group) in held]
        among = {group["group"] for group in groups}
        gold = [incident for incident in hand_made() if incident["group"] in among]
        pairs = scorer().score(gold, groups, [one.to_json() for one in made])["pairs"]
        right, wanted, told = right + pairs["right"], wanted + pairs["gold"], told + pairs["predicted"]
    at_best.cache_clear()
    return score(right, wanted, told)


def kept(names: Sequence[str], weights: np.ndarray) -> dict[str, float]:
    """Weights by name, without those that hardly weigh."""
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}


def header() -> str:
    """The comment at the top of the file, kept as it stands."""
    return "".join(line for line in FILE.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("read", type=Path)
    parser.add_argument("--weeks", action="store_true", help="tell how well it does on weeks left out; write nothing")
    args = parser.parse_args(argv)
    reports = saved(str(args.read))
    found, names = bags(reports)
    if args.weeks:
        print("pairs of reports: P {:.3f}  R {:.3f}  F1 {:.3f}".format(*by_weeks(reports, found, names)))
        return 0
    seen, _ = halves(grouped())
    weights = fit([bag for bag in found if week({"group": bag.group}) in seen], names)
    made = {**THRESHOLDS, "weights": kept(names, weights)}
    FILE.write_text(header() + yaml.safe_dump(made, sort_keys=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
