"""Statements, incidents and accounts as flat rows: what CSV, XLSX and a table of a geopackage share.

A cell is a string, a number, a truth value or None; days are ISO strings. Several values of a slot stand in one cell,
parted by "; ", and every harm has a pair of columns (`killed_low`, `killed_high`: people, null is unbounded).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contested.record.account import Account
from contested.record.told import iso
from contested.statement import EFFECTS, Harm, Mention
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.words import number, shown

Row = dict[str, Any]
#: Between several values in one cell.
AND = "; "


def rows(material: Material, losses: Losses) -> Iterator[Row]:
    """The rows that `material.rows` asks for; every row of a table has the same keys, in the same order."""
    return each(material, losses, statement, lambda body: incident(body, material, losses))


def each(
    material: Material,
    losses: Losses,
    statement: Callable[[Account, Mapping[str, Any], Losses], Row],
    incident: Callable[[dict[str, Any]], Row],
) -> Iterator[Row]:
    """The rows that `material.rows` asks for, as `statement` and `incident` make them."""
    if material.rows == "statements":
        for account, about in material.statements():
            losses.wrote("statements")
            yield statement(account, about, losses)
        return
    for body in material.incidents():
        losses.wrote("incidents")
        if material.rows == "incidents":
            yield incident(body)
            continue
        told = material.accounts_of(body["accounts"])
        for key in body["accounts"]:
            if key in told:
                losses.wrote("accounts")
                yield {"incident": body["incident"], "what": body["what"], **statement(*told[key], losses)}


def statement(account: Account, about: Mapping[str, Any], losses: Losses) -> Row:
    """The row of one statement."""
    said = account.statement
    when, source = said.when, said.source
    first = account.places[0] if account.places else None
    if len(account.places) > 1:
        losses.drop("points of further places", "a row has one point: that of the most specific place", account.key)
    return {
        "key": account.key, "report": account.report, "outlet": account.outlet, "published": iso(account.published),
        "title": about["title"], "url": about["url"], "kind": said.kind, "type": said.type, "mode": said.mode,
        "modality": said.modality, "start": when.start if when else None, "end": when.end if when else None,
        "when": when.text if when else None, "when_basis": when.basis if when else None,
        **_who("actors", said.actors), **_who("targets", said.targets),
        "places": AND.join(shown(place.text) for place in said.places) or None, "place": first.name if first else None,
        "place_id": first.id if first else None, "lat": first.lat if first else None,
        "lon": first.lon if first else None, "radius_km": first.radius_km if first else None,
        "source": source.text if source else None,
        "source_id": (source.resolved or {}).get("party") if source else None,
        "source_class": source.cls if source else None, "source_named": source.named if source else None,
        "via": AND.join(source.via) or None if source else None, "said": said.said.date if said.said else None,
        **harms(said.harm, account.key, losses), "share": said.share.value if said.share else None,
        "share_words": said.share.text if said.share else None, "anchor": said.anchor, "quote": said.quote,
        "quote_start": said.quote_start, "sure": said.sure.get("statement"),
    }  # fmt: skip


def _who(role: str, mentions: Sequence[Mention]) -> Row:
    ids = [str((one.resolved or {}).get("party") or "") for one in mentions]
    return {
        role: AND.join(shown(one.text) for one in mentions) or None,
        f"{role}_ids": AND.join(ids) if any(ids) else None,
    }


def harms(told: Sequence[Harm], where: str, losses: Losses) -> Row:
    """Two columns an effect: of several counts of one effect the first; the others are told as lost."""
    out: Row = {}
    for effect in EFFECTS:
        of_it = [one for one in told if one.effect == effect]
        out[f"{effect}_low"] = of_it[0].low if of_it else None
        out[f"{effect}_high"] = of_it[0].high if of_it else None
        losses.drop("further counts of one effect", "a row has one pair of numbers an effect", where, len(of_it[1:]))
    out["harm"] = AND.join(f"{h.effect} {number(h.low, h.high)}" + (f": {shown(h.who)}" if h.who else "") for h in told)
    out["harm"] = out["harm"] or None
    return out


def incident(body: Mapping[str, Any], material: Material, losses: Losses) -> Row:
    """The row of one incident; counts are the lowest low and the highest high of its accounts."""
    told = material.accounts_of(list(body["accounts"]))
    point = next((p for one, _ in told.values() for p in one.places if p.lat is not None), None)
    losses.drop(
        "accounts of incidents", "a row is a whole incident: --rows accounts has each", body["incident"], len(told)
    )
    acled, ucdp, airwars = body["acled"], body["ucdp"], body["airwars"]
    return {
        "incident": body["incident"], "what": body["what"], "date": body["date"], "end": body["end"],
        "place": body["place"], "lat": point.lat if point else None, "lon": point.lon if point else None,
        "radius_km": point.radius_km if point else None, "type": body["type"], "mode": body["mode"],
        "voices": body["voices"], "reports": len(body["reports"]), "accounts": len(body["accounts"]),
        **_bounds([harm for one, _ in told.values() for harm in one.harm if one.modality == "asserted"]),
        "disputed": AND.join(sorted({d["type"] for d in body["disputes"] if not d["update"]})) or None,
        "disputes": AND.join(shown(d["sentence"]) for d in body["disputes"]) or None,
        "acled_event_type": acled["event_type"], "acled_sub_event_type": acled["sub_event_type"],
        "ucdp_type_of_violence": ucdp["type_of_violence"], "airwars_grade": airwars["grade"],
    }  # fmt: skip


def _bounds(told: Sequence[Harm]) -> Row:
    out: Row = {}
    for effect in EFFECTS:
        of_it = [one for one in told if one.effect == effect]
        highs = [one.high for one in of_it]
        out[f"{effect}_low"] = min((one.low for one in of_it if one.low is not None), default=None)
        out[f"{effect}_high"] = None if None in highs else max((h for h in highs if h is not None), default=None)
    return out
