"""The measures as a page of the documentation."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evaluation.floors import Floor, comparable
from evaluation.result import Measured, Result

HEAD = """# How well it reads

Written by `make evaluate`; do not edit.

Statements are scored slot by slot: `all` pools every slot and the statement itself. `statements` asks for the right
kind and type at the right place, `found` for the kind alone; `kind.…` are the statements of one kind; `slot.…` counts
the slots of statements that were missed as missed, `given.…` looks at the statements that match only. Two independent
codings of eight reports by hand agree at 0.88 `all`, 0.94 `statements`: more is not to be had.

`corpus` is a hash of the ids and texts that were read. A floor is compared only with a measure of the same corpus.
"""


def page(whats: Mapping[str, str], results: Mapping[str, Result], floors: Mapping[str, Floor], weights: str) -> str:
    """The page, in Markdown. `whats` describes each set, `weights` is the version of the packaged weights."""
    sections = [section(name, whats[name], result, floors.get(name)) for name, result in results.items()]
    return "\n".join([HEAD, f"Packaged weights: {weights}.", "", *sections])


def section(name: str, what: str, result: Result, floor: Floor | None) -> str:
    """The part of the page that tells of one set, with its heading."""
    lines = [f"## {name}", "", what, ""]
    lines += _measured(result, floor) if isinstance(result, Measured) else [f"**Not measured:** {result.reason}.", ""]
    return "\n".join(lines)


def renewed(text: str, sections: Mapping[str, str]) -> str:
    """A page with the parts of some sets in the place of what it told of them; the others stand as they are."""
    head, *parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    told = {part.removeprefix("## ").partition("\n")[0]: part for part in parts} | sections
    return "\n\n".join(part.rstrip("\n") for part in (head, *told.values())) + "\n"


def _measured(result: Measured, floor: Floor | None) -> list[str]:
    if floor and not comparable(floor, result):
        held = f"Its floor stands for {floor.size} {result.unit} (corpus `{floor.corpus}`) and is not compared."
    else:
        held = ""
    part = f"**Only a part was measured: {result.note}.**" if result.note else ""
    facts = f"{result.size} {result.unit}, corpus `{result.corpus}`."
    rows = []
    for figure, score in result.scores.items():
        least = floor.figures.get(figure) if floor and comparable(floor, result) else None
        cells = [figure, *(f"{value:.3f}" for value in score), "" if least is None else f"{least:.3f}"]
        rows.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    return [
        " ".join(filter(None, (facts, part, held))), "",
        "| figure | precision | recall | F1 | floor |", "| --- | ---: | ---: | ---: | ---: |", *rows, "",
    ]  # fmt: skip
