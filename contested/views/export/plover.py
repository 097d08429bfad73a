"""`plover`: events and conditions in PLOVER's JSON, as POLECAT publishes them, one event a line.

An event of PLOVER has a type, a mode, contexts, actors and recipients, a place and a day. Statements of other kinds are
left out, and so is what no field of PLOVER's holds: who says it, and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from contested.record.account import Account
from contested.record.told import iso
from contested.statement import Mention
from contested.views import jsonl
from contested.views.export.losses import Losses
from contested.views.export.material import Material

#: PLOVER's codes of actors' sectors, by the class of what a party says (docs/parties.md).
SECTORS = {
    "government": "GOV", "military": "MIL", "opposition": "OPP", "armed-group": "REB", "igo": "IGO", "ngo": "NGO",
    "monitor": "NGO", "media": "MED",
}  # fmt: skip


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """One line an event."""
    for account, about in material.statements():
        said = account.statement
        if said.kind != "event":
            losses.drop(f"statements of {said.kind}", "PLOVER codes events", account.key)
            continue
        if said.modality != "asserted":
            losses.drop(f"events that are {said.modality}", "PLOVER codes what happened", account.key)
            continue
        losses.wrote("events")
        if said.source:
            losses.drop("sources", "no field for who says it", account.key)
        losses.drop("counts of people", "PLOVER keeps none", account.key, len(said.harm))
        yield jsonl.encoded(jsonl.line(event(account, about["url"], about["title"])))


def event(account: Account, url: str | None, title: str | None) -> dict[str, Any]:
    """One event in POLECAT's names of fields; unknown ones are null. Countries are ISO 3166-1 alpha-2."""
    said = account.statement
    place = next((one for one in account.places if one.lat is not None), None)
    return {
        "Event ID": account.key, "Event Date": iso(account.start), "Event Date End": iso(account.end),
        "Event Type": account.type, "Event Mode": account.mode, "Contexts": [],
        **_side("Actor", said.actors), **_side("Recipient", said.targets),
        "Placename": place.called if place else None, "Country": place.country if place else None,
        "Latitude": place.lat if place else None, "Longitude": place.lon if place else None,
        "GeoNames ID": _geonameid(place.id) if place else None, "Raw Placename": [one.text for one in account.places],
        "Source": account.outlet, "Publication Date": iso(account.published), "Headline": title, "URL": url,
        "Event Text": account.quote,
    }  # fmt: skip


def _side(name: str, who: Sequence[Mention]) -> dict[str, Any]:
    known = [one.resolved or {} for one in who]
    sectors = [SECTORS.get(str(one.get("class"))) for one in known]
    return {
        f"{name} Name": [one.get("name") or mention.text for one, mention in zip(known, who, strict=True)],
        f"{name} Country": [one.get("country") for one in known],
        f"Primary {name} Sector": sectors[0] if sectors else None, f"{name} Sectors": sectors,
        f"{name} Name Raw": [one.text for one in who],
    }  # fmt: skip


def _geonameid(id_: str | None) -> int | None:
    number = (id_ or "").removeprefix("geonames:")
    return int(number) if number.isdecimal() else None
