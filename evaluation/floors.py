"""Floors: figures that must not sink. Measuring raises them on request; only a second, deliberate flag lowers them.

A floor stands for the very reports that it was measured on (`corpus`). A measure of others, one of three folds for
instance, is not compared with it and does not replace it, unless lowering is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.result import Measured, Result

MARGIN = 0.01  # a floor stands this far below what was measured: other processors round int8 sums otherwise


@dataclass(frozen=True, slots=True)
class Floor:
    """The least F1 of each figure of a set, for the `size` units whose hash is `corpus`."""

    corpus: str
    size: int
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A figure below its floor; `f1` None where it is no longer measured at all."""

    figure: str
    f1: float | None
    floor: float


def load(path: Path) -> dict[str, Floor]:
    """The floors by set; none where there is no such file yet."""
    if not path.is_file():
        return {}
    return {name: Floor(**values) for name, values in json.loads(path.read_text("utf-8")).items()}


def save(floors: Mapping[str, Floor], path: Path) -> None:
    values = {name: asdict(floor) for name, floor in floors.items()}
    path.write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", "utf-8")


def comparable(floor: Floor | None, measured: Measured) -> bool:
    """Whether the floor was set on the same reports."""
    return floor is not None and floor.corpus == measured.corpus


def fallen(floor: Floor, measured: Measured) -> list[Fallen]:
    """The figures that lie below their floors; none where the floor was set on other reports."""
    if not comparable(floor, measured):
        return []
    found = []
    for figure, least in floor.figures.items():
        score = measured.scores.get(figure)
        if score is None or score.f1 < least:
            found.append(Fallen(figure, score.f1 if score else None, least))
    return found


def raised(floor: Floor | None, measured: Measured, *, lower: bool = False) -> Floor:
    """The floor after this measure: raised where it was passed; with `lower`, set to the measure whatever it was."""
    new = {figure: round(max(0.0, s.f1 - MARGIN), 3) for figure, s in measured.scores.items()}
    if floor is None or lower:
        return Floor(measured.corpus, measured.size, new)
    if not comparable(floor, measured):
        return floor
    kept = {figure: max(least, new.get(figure, 0.0)) for figure, least in floor.figures.items()}
    return Floor(floor.corpus, floor.size, {**new, **kept})


def updated(floors: Mapping[str, Floor], results: Mapping[str, Result], *, lower: bool = False) -> dict[str, Floor]:
    """All floors after these measures. What was not measured keeps its floor."""
    new = dict(floors)
    for name, result in results.items():
        if isinstance(result, Measured):
            new[name] = raised(floors.get(name), result, lower=lower)
    return new
