"""`acled` and `ucdp`: incidents in the columns of ACLED's and of UCDP GED's files, with their precision codes (CSV).

Types come from the crosswalks (docs/crosswalks.md). A cell that their coders would have to decide stays empty, and the
loss report counts it: both have one number of dead, one place, two sides, and no room for who says otherwise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from math import floor
from typing import TYPE_CHECKING, Any

from contested.record.account import Who
from contested.record.told import iso
from contested.views import jsonl
from contested.views.export.coded import CHOICE, Coded, coded, country_name, isonumeric, quotes
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.export.tabular import cell

if TYPE_CHECKING:
    from contested.register.register import Register

#: ACLED's columns, in the order of its export files (codebook of 2024).
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
#: UCDP GED's columns, in the order of its files (version 24.1).
UCDP = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip

#: ACLED's kinds of actors (`inter1`, `inter2`), by what the register calls ours.
INTER = {"state": "State forces", "organ": "State forces", "armed-group": "Rebel group", "people": "Civilians"}

Row = dict[str, Any]


def acled(material: Material, losses: Losses) -> Iterator[bytes]:
    """ACLED's columns. An incident that ACLED's types do not have is left out, and told of."""
    return _csv(ACLED, _acled, material, losses)


def ucdp(material: Material, losses: Losses) -> Iterator[bytes]:
    """UCDP GED's columns. GED has events with a death alone: others are left out, and told of."""
    return _csv(UCDP, _ucdp, material, losses)


def _csv(
    columns: Sequence[str], row_of: Callable[[Coded, Losses], Row | None], material: Material, losses: Losses
) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    yield out.getvalue().encode()
    for one in coded(material):
        row = row_of(one, losses)
        if row is None:
            continue
        losses.wrote("incidents")
        out.seek(0)
        out.truncate()
        writer.writerow({name: cell(row.get(name), losses) for name in columns})
        yield jsonl.encoded(out.getvalue())


def _acled(one: Coded, losses: Losses) -> Row | None:
    walked = one.body["acled"]
    start, _ = one.days
    if walked["event_type"] is None:
        losses.drop("incidents", f"no event type of ACLED's: {walked['reason']}", one.id)
        return None
    if start is None or one.place is None:
        losses.drop("incidents", "ACLED's events have a day and a place, and one is not known", one.id)
        return None
    one.lose(losses, "killed")
    low, agreed, _ = one.deaths()
    if agreed is None and low is not None:
        losses.drop("numbers of dead", f"one number: {CHOICE}", one.id)
    actor, target, place = one.side("actors"), one.side("targets"), one.place
    return {
        "event_id_cnty": f"{place.country or 'XX'}{one.id}", "event_date": iso(start), "year": start.year,
        "time_precision": _time_precision(one.spread), "disorder_type": walked["disorder_type"],
        "event_type": walked["event_type"], "sub_event_type": walked["sub_event_type"], "actor1": _name(actor),
        "assoc_actor_1": _others(one, "actors"), "inter1": _inter(actor, place.country), "actor2": _name(target),
        "assoc_actor_2": _others(one, "targets"), "inter2": _inter(target, place.country),
        "interaction": _interaction(_inter(actor, place.country), _inter(target, place.country)),
        "civilian_targeting": "Civilian targeting" if target and target.kind == "people" else None,
        "iso": isonumeric(place.country), "country": country_name(place.country), "admin1": one.division("province"),
        "admin2": one.division("district"), "admin3": one.division("subdistrict"), "location": place.called,
        "latitude": place.lat, "longitude": place.lon, "geo_precision": _geo_precision(place.precision),
        "source": "; ".join(one.sources()), "notes": quotes(one.accounts), "fatalities": agreed,
    }  # fmt: skip


def _ucdp(one: Coded, losses: Losses) -> Row | None:
    from contested.register import load_register

    low, agreed, high = one.deaths()
    start, end = one.days
    if low is None or (high is not None and high < 1):
        losses.drop("incidents", "UCDP's events have at least one death, and none is told of", one.id)
        return None
    if start is None or end is None or one.place is None:
        losses.drop("incidents", "UCDP's events have days and a place, and one is not known", one.id)
        return None
    one.lose(losses, "killed")
    if agreed is None:
        losses.drop("best estimates", CHOICE, one.id)
    walked, register, place = one.body["ucdp"], load_register(), one.place
    if walked["type_of_violence"] is None:
        losses.drop("types of violence", str(walked["reason"]), one.id)
    a, b = one.side("actors"), one.side("targets")
    outlets = sorted({account.outlet or account.report for account in one.accounts})
    published = sorted({iso(account.published) or "" for account in one.accounts} - {""})
    titles = dict.fromkeys(str(about["title"]) for about in one.about.values() if about["title"])
    lat, lon = float(place.lat or 0.0), float(place.lon or 0.0)
    return {
        "id": one.id, "year": start.year, "type_of_violence": walked["type_of_violence"],
        "side_a_new_id": _ucdp_number(register, a), "side_a": _name(a), "side_b_new_id": _ucdp_number(register, b),
        "side_b": _name(b), "dyad_name": f"{_name(a)} - {_name(b)}" if a and b else None,
        "number_of_sources": one.body["voices"], "source_article": quotes(one.accounts),
        "source_office": "; ".join(outlets), "source_date": "; ".join(published),
        "source_headline": "; ".join(titles), "source_original": "; ".join(one.sources()),
        "where_prec": _where_prec(place.precision), "where_coordinates": place.called, "where_description": place.text,
        "adm_1": one.division("province"), "adm_2": one.division("district"), "latitude": lat, "longitude": lon,
        "geom_wkt": f"POINT ({lon:.6f} {lat:.6f})", "priogrid_gid": priogrid(lat, lon),
        "country": country_name(place.country), "event_clarity": 1 if one.spread == 1 else 2,
        "date_prec": _date_prec(one.spread), "date_start": iso(start), "date_end": iso(end), "best": agreed,
        "high": high, "low": low,
    }  # fmt: skip


def _name(who: Who | None) -> str | None:
    return who.called if who else None


def _others(one: Coded, role: str) -> str | None:
    return "; ".join(who.called for who, _ in one.told(role)[1:]) or None


def _inter(who: Who | None, where: str | None) -> str | None:
    if who is None:
        return None
    if who.kind in ("state", "organ") and who.country and where and who.country != where:
        return "External/Other forces"
    return INTER.get(who.kind or "")


def _interaction(one: str | None, other: str | None) -> str | None:
    if one is None:
        return None
    return f"{one}-{other}" if other else f"{one} only"


def _time_precision(spread: int | None) -> int:
    """ACLED: 1 the day is known, 2 the week, 3 the month or less."""
    return 1 if spread == 1 else 2 if spread is not None and spread <= 7 else 3


def _geo_precision(precision: str | None) -> int:
    """ACLED: 1 the settlement, 2 near it or a part of a region, 3 a larger region."""
    return {"exact": 1, "area": 2, "district": 2}.get(precision or "", 3)


def _where_prec(precision: str | None) -> int:
    """UCDP: 1 the very place, 2 near it, 3 the second-order division, 4 the first-order one, 6 the country."""
    return {"exact": 1, "area": 2, "district": 3, "province": 4}.get(precision or "", 6)


def _date_prec(spread: int | None) -> int:
    """UCDP: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    if spread is None:
        return 5
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if spread <= most), 5)


def priogrid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell (0.5 degrees, from 1 in the south-west, row by row) that holds a point."""
    row, column = min(floor((lat + 90) * 2), 359), min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _ucdp_number(register: Register, who: Who | None) -> int | None:
    party = register.party(who.id) if who and who.id else None
    return party.ucdp if party else None
