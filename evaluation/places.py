"""Places: toponyms found in LGL and GeoVirus, and what they mean, told from the gold's own spans and end to end."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any

from contested.gazetteer import distance_km, open_gazetteer
from contested.reading.outlet_country import by_address
from contested.reading.pipeline import Reader
from contested.reading.places import resolve_places
from contested.statement import Report
from contested.text import prepare
from evaluation.gold import SHARED
from evaluation.result import Measured, NotMeasured, Result, Score, corpus_hash, score
from evaluation.statements import packaged

FOLDER = SHARED / "data" / "places"
NEAR_KM = 161.0  # the field's measure: 100 miles
BANDS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of the gold; `lat` is None where the gold has no place for it."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with its toponyms."""

    report: Report
    toponyms: tuple[Toponym, ...]


def lgl(path: Path) -> list[Marked]:
    """LGL's articles (Lieberman, Samet and Sankaranarayanan 2010); toponyms without a `gaztag` have no place."""
    out = []
    for article in ET.parse(path).getroot():
        report = Report(
            _words(article, "text"), id=f"lgl-{article.get('docid')}", outlet=article.findtext("domain"),
            title=article.findtext("title"), published=(article.findtext("dltime") or "")[:10] or None,
            url=article.findtext("url"),
        )  # fmt: skip
        found = []
        for name in article.iter("toponym"):
            tag = name.find("gaztag")
            span = int(_words(name, "start")), int(_words(name, "end"))
            if tag is None:
                found.append(Toponym(*span))
            else:
                lat, lon = float(_words(tag, "lat")), float(_words(tag, "lon"))
                found.append(Toponym(*span, lat, lon, int(tag.get("geonameid") or 0) or None))
        out.append(Marked(report, tuple(found)))
    return out


def geovirus(path: Path) -> list[Marked]:
    """GeoVirus's articles (Gritta, Pilehvar and Collier 2018): coordinates, no ids. Its offsets count from 1."""
    out = []
    for n, article in enumerate(ET.parse(path).getroot()):
        text = _words(article, "text")
        found = []
        for place in article.iter("location"):
            name, start = _words(place, "name"), int(_words(place, "start"))
            at = min((s for s in (start - 1, start) if text[s : s + len(name)] == name), default=start - 1)
            lat, lon = float(_words(place, "lat")), float(_words(place, "lon"))
            found.append(Toponym(at, at + len(name), lat, lon))
        report = Report(text, id=f"geovirus-{n}", url=article.findtext("source"))
        out.append(Marked(report, tuple(sorted(found, key=lambda t: t.start))))
    return out


def _words(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A toponym of the gold and what it was resolved to: km off (None where nothing was found), right id, how sure."""

    km: float | None
    right: bool
    sure: float

    @property
    def near(self) -> bool:
        return self.km is not None and self.km <= NEAR_KM


def judge(gold: Toponym, found: Any) -> Judged:
    """`found` is JSON of a `Located`: `lat`, `lon`, `geonameid`, `sure`."""
    if found["lat"] is None or gold.lat is None or gold.lon is None:
        return Judged(None, False, found["sure"])
    km = distance_km(gold.lat, gold.lon, found["lat"], found["lon"])
    return Judged(km, gold.geonameid is not None and found["geonameid"] == gold.geonameid, found["sure"])


def resolve(marked: Marked, gazetteer: Any) -> list[tuple[Toponym, dict[str, Any]]]:
    """What the gold's own spans are resolved to."""
    spans = [(t.start, t.end) for t in marked.toponyms]
    found = resolve_places(prepare(marked.report), spans, gazetteer, outlet_country=by_address(marked.report))
    return [(t, one.to_json()) for t, one in zip(marked.toponyms, found, strict=True)]


def share(part: Iterable[bool]) -> Score:
    """A share of one as a score: precision, recall and F1 are the same."""
    values = list(part)
    right = sum(values) / len(values) if values else 0.0
    return Score(right, right, right)


def resolution(judged: Sequence[Judged], ids: bool) -> dict[str, Score]:
    """Given the gold's spans: within 161 km, and the very id where the gold has ids; errors in words in the note."""
    out = {"given.acc161": share(one.near for one in judged)}
    if ids:
        out["given.id"] = share(one.right for one in judged)
    return out


def errors(judged: Sequence[Judged]) -> str:
    """Mean and median error of what was resolved, in km, and how much was."""
    far = [one.km for one in judged if one.km is not None]
    if not far:
        return "nothing resolved"
    off = f"{mean(far):.0f} km off in the mean, {median(far):.1f} km in the median"
    return f"{len(far)} of {len(judged)} resolved, {off}"


def calibration(judged: Sequence[Judged]) -> list[str]:
    """By band of how sure: how many, and how many of them lie within 161 km."""
    out = []
    for low, high in pairwise(BANDS):
        band = [one for one in judged if one.km is not None and low <= one.sure < high]
        if band:
            right = sum(one.near for one in band) / len(band)
            out.append(f"sure {low:.1f}-{min(high, 1.0):.1f}: {len(band)} names, {right:.2f} near")
    return out


def coverage(marked: Sequence[Marked], gazetteer: Any) -> str:
    """How much of the gold the gazetteer holds at all: by id, and by a place of that name within 161 km."""
    whole = named = known = 0
    for one in marked:
        for name in one.toponyms:
            if name.lat is None or name.lon is None:
                continue
            words = one.report.text[name.start : name.end]
            whole += 1
            options = gazetteer.named(words)
            listed = any(p.geonameid == name.geonameid for p in options)
            known += name.geonameid is not None and (
                listed or gazetteer.place(f"geonames:{name.geonameid}") is not None
            )
            named += any(distance_km(name.lat, name.lon, p.lat, p.lon) <= NEAR_KM for p in options)
    by_id = f"{known / whole:.3f} of the places by id, " if known else ""
    return f"the gazetteer has {by_id}{named / whole:.3f} by name within 161 km"


def detection(marked: Sequence[Marked], read: Sequence[Sequence[dict[str, Any]]]) -> dict[str, Score]:
    """End to end: spans found (exact, and overlapping), and of those that overlap, how many lie within 161 km."""
    counts: Counter[str] = Counter()
    near: list[bool] = []
    for one, found in zip(marked, read, strict=True):
        counts["gold"] += len(one.toponyms)
        counts["found"] += len(found)
        free = list(found)
        for name in one.toponyms:
            pair = max(free, key=lambda f: min(name.end, f["end"]) - max(name.start, f["start"]), default=None)
            if pair is None or min(name.end, pair["end"]) <= max(name.start, pair["start"]):
                continue
            free.remove(pair)
            counts["touch"] += 1
            counts["exact"] += (pair["start"], pair["end"]) == (name.start, name.end)
            if name.lat is not None:
                near.append(judge(name, pair).near)
    out = {f"spans.{kind}": score(counts[kind], counts["gold"], counts["found"]) for kind in ("exact", "touch")}
    return {**out, "found.acc161": share(near)}


def measure(marked: Sequence[Marked], log: Callable[[str], None], ids: bool) -> Result:
    """All figures of a set; detection only where the package holds weights."""
    gazetteer = open_gazetteer(log=log)
    halves: list[list[Judged]] = [[], []]
    for n, one in enumerate(marked):
        halves[n % 2] += [judge(name, found) for name, found in resolve(one, gazetteer) if name.lat is not None]
    judged = halves[0] + halves[1]
    scores = resolution(judged, ids)
    for n, half in enumerate(halves):
        scores[f"given.acc161.half{n + 1}"] = share(one.near for one in half)
    for line in calibration(halves[0]):
        log(line)
    notes = [coverage(marked, gazetteer), errors(judged)]
    if packaged():
        reader = Reader.load()
        scores |= detection(marked, [reader.annotate(one.report, "places") for one in marked])
    hashed = corpus_hash((one.report.id, one.report.text) for one in marked)
    log("; ".join(notes))
    return Measured(scores, len(marked), "reports", hashed)


def places_lgl(log: Callable[[str], None]) -> Result:
    """LGL: local newspapers, most of them of small American towns that share their names with larger places."""
    path = FOLDER / "lgl.xml"
    if not path.is_file():
        return NotMeasured("the set is not present (../shared/data/places/lgl.xml)")
    return measure(lgl(path), log, ids=True)


def places_geovirus(log: Callable[[str], None]) -> Result:
    """GeoVirus: news of epidemics all over the world."""
    path = FOLDER / "GeoVirus.xml"
    if not path.is_file():
        return NotMeasured("the set is not present (../shared/data/places/GeoVirus.xml)")
    return measure(geovirus(path), log, ids=False)
