"""`html` and `pdf`: a situation report in one file, with map, timeline, disputes and sources, to mail to a colleague.

Nothing in it runs and nothing is fetched (its policy forbids both). Every line stands by its quote, its source and its
report. `pdf` is the same page, printed by WeasyPrint.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from contested.record.told import iso
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.export.outline import borders
from contested.views.web.rendering import environment

#: At most so many of each are told; the loss report counts the rest.
MOST = 200
#: The map: its width, and the room round its marks (CSS pixels).
WIDTH, HEIGHT, ROOM = 920.0, 560.0, 70.0
#: A timeline has at most so many bars; longer spans are told by weeks, months or years.
BARS = 90
TOO_WIDE = ("country", "continent", "region", "province")


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """The page, in one piece."""
    yield page(material, losses).encode("utf-8", "replace")


def write(material: Material, path: Path, losses: Losses) -> None:
    """The page as PDF."""
    from weasyprint import HTML

    HTML(string=page(material, losses), url_fetcher=_nothing).write_pdf(path)


def _nothing(url: str, *_: object, **__: object) -> Any:
    raise ValueError(f"a report fetches nothing: {url}")


def page(material: Material, losses: Losses) -> str:
    """The page as text."""
    situation = material.told_situation()
    happened = _some(material.incidents(), "incidents", losses)
    disputes = _some((one for one in material.disputes() if not one["update"]), "disputes", losses)
    for name in ("ground", "conditions", "casualties", "talks", "positions", "ties"):
        situation[name] = _some(iter(situation[name]), name, losses)
    told = material.accounts_of([key for one in happened for key in one["accounts"]])
    spots = _spots(happened, told)
    cited = Counter(_reports(situation, happened, disputes))
    reports = material.reports_about(cited)
    sources = Counter(_sources(situation, disputes))
    template = environment(material.version).from_string(_template())
    return template.render(
        situation=situation, incidents=happened, disputes=disputes, reports=reports, sources=sources.most_common(60),
        asked=material.narrowed, redaction=losses.redaction, map=_map(situation["ground"], spots),
        timeline=_timeline(happened), number={one: n for n, one in enumerate(reports, 1)},
    )  # fmt: skip


def _template() -> str:
    from importlib import resources

    return resources.files("contested.views.export").joinpath("paper.html").read_text("utf-8")


def _some(found: Iterator[Any], what: str, losses: Losses) -> list[Any]:
    """The first of them; the rest are told as lost."""
    kept = list(islice(found, MOST))
    losses.wrote(what, len(kept))
    losses.drop(what, f"the page has {MOST} of each", n=sum(1 for _ in found))
    return kept


def _spots(happened: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where incidents were, and how many the lowest account has killed; those without a point are left out."""
    out = []
    for one in happened:
        accounts = [told[key][0] for key in one["accounts"] if key in told]
        point = next((p for a in accounts for p in a.places if p.lat is not None and p.kind not in TOO_WIDE), None)
        if point is None:
            continue
        killed = [h.low for a in accounts for h in a.harm if h.effect == "killed" and h.low]
        out.append({"lat": point.lat, "lon": point.lon, "killed": min(killed, default=0), "what": one["what"],
                    "date": one["date"]})  # fmt: skip
    return out


def _told(situation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every account that the situation cites."""
    for ground in situation["ground"]:
        for holder in (*ground["holders"], *ground["besiegers"], *ground["former"], *ground["lifted"]):
            yield from holder["accounts"]
        yield from ground["doubts"]
    for name in ("conditions", "talks", "positions", "ties"):
        for item in situation[name]:
            yield from item["accounts"]
    for count in situation["casualties"]:
        yield from count["by_source"]


def _reports(
    situation: Mapping[str, Any], happened: Sequence[Mapping[str, Any]], disputes: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    yield from (one["report"] for one in _told(situation))
    yield from (report["id"] for one in happened for report in one["reports"])
    yield from (account["report"] for one in disputes for account in one["accounts"])


def _sources(situation: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from (one["source"] for one in _told(situation) if one["source"])
    yield from (account["source"] for one in disputes for account in one["accounts"] if account["source"])


# ---- the map ---------------------------------------------------------------------------------------------------------


def _map(ground: Sequence[Mapping[str, Any]], spots: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Marks on a plane (equirectangular, true at the middle latitude) and borders under them; None without a point."""
    from contested.views.web.pages.map import extent

    held = [one for one in ground if one["lat"] is not None and one["kind"] not in TOO_WIDE]
    held = [one for one in held if one["holders"] or one["besiegers"]]
    view = extent([(one["lon"], one["lat"]) for one in (*held, *spots)])
    if view is None:
        return None
    flat = math.cos(math.radians((view.south + view.north) / 2)) or 1.0
    scale = min((WIDTH - 2 * ROOM) / ((view.east - view.west) * flat), (HEIGHT - 2 * ROOM) / (view.north - view.south))
    height = (view.north - view.south) * scale + 2 * ROOM
    aside = (WIDTH - (view.east - view.west) * flat * scale) / 2

    def put(lon: float, lat: float) -> tuple[float, float]:
        return (lon - view.west) * flat * scale + aside, (view.north - lat) * scale + ROOM

    def placed(one: Mapping[str, Any]) -> dict[str, Any]:
        x, y = put(one["lon"], one["lat"])
        return {**one, "x": round(x, 1), "y": round(y, 1)}

    def seen(one: Mapping[str, Any]) -> bool:
        return bool(0 <= one["x"] <= WIDTH and 0 <= one["y"] <= height)

    wide, tall = aside / (flat * scale), ROOM / scale
    lines = borders(view.west - wide, view.south - tall, view.east + wide, view.north + tall, put)
    letters = {name: chr(65 + n % 26) for n, name in enumerate(_holders(held))}
    return {
        "width": WIDTH, "height": round(height), "borders": lines, "letters": letters,
        "ground": [one for one in map(placed, held) if seen(one)],
        "spots": [{**one, "r": round(3 + 1.2 * math.sqrt(min(one["killed"], 400)), 1)}
                  for one in map(placed, spots) if seen(one)],
    }  # fmt: skip


def _holders(ground: Sequence[Mapping[str, Any]]) -> list[str]:
    often = Counter(holder["name"] for one in ground for holder in (*one["holders"], *one["besiegers"]))
    return [name for name, _ in often.most_common(26)]


# ---- the timeline ----------------------------------------------------------------------------------------------------


def _timeline(happened: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Incidents by day, or by what is wide enough: bars from 0 to 100, with the first and last day of each."""
    days = [date.fromisoformat(one["date"]) for one in happened if one["date"]]
    if not days:
        return None
    first, last = min(days), max(days)
    step = next(n for n in (1, 7, 30, 365, 3650, 36500) if (last - first).days // n < BARS)
    counted = Counter((day - first).days // step for day in days)
    most = max(counted.values())
    bars = []
    for k in range((last - first).days // step + 1):
        start = first + timedelta(days=k * step)
        bars.append({
            "at": 10 * k + 6, "n": counted[k], "height": round(100 * counted[k] / most, 1), "start": iso(start),
            "end": iso(min(last, start + timedelta(days=step - 1))),
        })  # fmt: skip
    return {"first": iso(first), "last": iso(last), "step": step, "most": most, "bars": bars}
