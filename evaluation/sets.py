"""The sets, in the order of the table. One that is not present says so, and never counts as passed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.incidents import incidents_fakes
from evaluation.names import names
from evaluation.parties import pairs
from evaluation.places import places_geovirus, places_lgl
from evaluation.result import Result
from evaluation.statements import gold_held_out, gold_packaged, measure
from evaluation.times import times

__all__ = ["SETS", "Set", "measure"]


@dataclass(frozen=True, slots=True)
class Set:
    """A set: what it is, for the reader of the table, and what measures it (given where to log)."""

    what: str
    run: Callable[[Callable[[str], None]], Result]


SETS: dict[str, Set] = {
    "gold-held-out": Set(
        "Hand-coded reports, each read with weights made from the other four folds: honest. Thresholds, a handful of "
        "numbers, were chosen on the same folds.",
        gold_held_out,
    ),
    "gold-packaged": Set(
        "The same reports read with the packaged weights, **which were trained on them**: shows only that nothing "
        "broke between training and package.",
        gold_packaged,
    ),
    "names-uner-ewt-test": Set(
        "UniversalNER English-EWT test, sentence by sentence: names with exact bounds and the right label (person, "
        "organisation, location).",
        names,
    ),
    "times-wikiwars": Set(
        "WikiWars, training part: times in war narratives, by rules alone. `strict` asks for exact bounds, `relaxed` "
        "for overlap, `value` for overlap and the same TIMEX3 value. The rules were written with this part in view.",
        times,
    ),
    "places-lgl": Set(
        "LGL: 588 articles of local newspapers, most of them of small American towns that share names with larger "
        "places. `given.acc161` is the share of the gold's toponyms, given with their spans, put within 161 km "
        "(100 miles) of where they are, `given.id` that get the very GeoNames id; `half1` and `half2` are every other "
        "article: kinds of errors were looked at in half1 only. `spans` is detection, `found.acc161` the share within "
        "161 km of the toponyms found. Measured only, never trained on.",
        places_lgl,
    ),
    "places-geovirus": Set(
        "GeoVirus: 229 articles on epidemics, all over the world, with coordinates from Wikipedia; figures as for LGL. "
        "Countries count as missed where atlases print another middle than Wikipedia.",
        places_geovirus,
    ),
    "parties-pairs": Set(
        "300 pairs of mentions of parties from real reports, labelled by hand as the same party, related or different "
        "(a third each, hard ones among them; `evaluation/parties/README.md`). `pairs.accuracy` is the share of right "
        "answers.",
        pairs,
    ),
    "incidents-fakes": Set(
        "FA-KES: which reports of a group (one week, one province of Syria) tell of one happening, and where they "
        "cannot all be so, against incidents made by hand; all reports in one record, read with the packaged weights, "
        "**some of whose training reports are among these**. `pairs` of reports; `fitted` are the weeks that linking "
        "was fitted on, `unseen` the others. One incident a group would score 0.65 `pairs`.",
        incidents_fakes,
    ),
}
