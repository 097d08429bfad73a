"""`ftm`: FollowTheMoney statements (CSV), for Aleph, nomenklatura and their kin.

Every statement of ours is an `Event` (a tie an `UnknownLink`) of its own, every report an `Article`, every party an
entity; `origin` is the key of the statement that a value is from, `first_seen` the day it was published. Accounts of
one incident share a `canonical_id`: their tools see one event with all that is said of it, and can take it apart again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from followthemoney import model
from followthemoney.statement import CSV, Statement
from followthemoney.statement.serialize import get_statement_writer
from followthemoney.util import make_entity_id

from contested.record.account import Account, Who
from contested.record.told import iso, party_key
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.words import number

DATASET = "contested"
#: What a party is to FollowTheMoney, by what the register calls it.
SCHEMATA = {"person": "Person", "state": "Country", "organ": "PublicBody", "people": "Group"}
LINKS = ("relation",)
LEFT = {"position": "FollowTheMoney has no schema for a view"}


def write(material: Material, path: Path, losses: Losses) -> None:
    """Write one CSV file of statements."""
    incidents = {key: body["incident"] for body in material.incidents() for key in body["accounts"]}
    seen: set[str] = set()
    with path.open("wb") as file, get_statement_writer(file, CSV) as writer:
        for account, about in material.statements():
            for one in _statements(account, about, incidents, seen, losses):
                losses.wrote("FollowTheMoney statements")
                writer.write(one)


def _statements(
    account: Account, about: Mapping[str, Any], incidents: Mapping[str, str], seen: set[str], losses: Losses
) -> Iterator[Statement]:
    said = account.statement
    if said.kind in LEFT:
        losses.drop(f"statements of {said.kind}", LEFT[said.kind], account.key)
        return
    if said.modality != "asserted":
        losses.drop(f"statements that are {said.modality}", "FollowTheMoney has what is so", account.key)
        return
    report = _id("report", account.report)
    if report not in seen:
        seen.add(report)
        yield from _entity(
            "Article", report, account,
            {"title": about["title"], "publisher": account.outlet, "publishedAt": iso(account.published),
             "sourceUrl": about["url"]},
        )  # fmt: skip
    who = {party_key(one): one for one in (*account.actors, *account.targets)}
    for key, one in who.items():
        yield from _party(key, one, account)
    code = f"{said.kind} {said.type}" + (f" {said.mode}" if said.mode else "")
    ids = {key: _id("party", key) for key in who}
    common = {
        "startDate": iso(account.start), "endDate": iso(account.end), "proof": report, "sourceUrl": about["url"],
        "publisher": account.outlet, "recordId": account.key,
    }  # fmt: skip
    if said.kind in LINKS:
        if not (account.actors and account.targets):
            losses.drop("ties with one end", "a link has two ends", account.key)
            return
        for actor in account.actors:
            for target in account.targets:
                ends = {"subject": ids[party_key(actor)], "object": ids[party_key(target)], "role": said.type}
                link = _id("link", account.key, *map(str, ends.values()))
                yield from _entity("UnknownLink", link, account, {**common, **ends, "summary": said.quote})
        return
    told = {
        **common, "name": code, "description": said.quote, "involved": list(ids.values()),
        "location": [place.called for place in account.places],
        "notes": [f"{harm.effect} {number(harm.low, harm.high)}" for harm in said.harm]
        + ([f"according to {account.source.called}"] if account.source else []),
        "country": next((place.country for place in account.places if place.country), None),
    }  # fmt: skip
    yield from _entity("Event", _id("statement", account.key), account, told, _canonical(account, incidents))


def _canonical(account: Account, incidents: Mapping[str, str]) -> str | None:
    incident = incidents.get(account.key)
    return _id("incident", incident) if incident else None


def _party(key: str, who: Who, account: Account) -> Iterator[Statement]:
    schema = SCHEMATA.get(who.kind or "", "Organization" if who.id else "LegalEntity")
    schema = schema if model.get(schema) else "LegalEntity"
    values = {"name": who.called, "alias": who.text if who.text != who.called else None, "country": who.country}
    yield from _entity(schema, _id("party", key), account, values)


def _entity(
    schema: str, id_: str, account: Account, values: Mapping[str, Any], canonical: str | None = None
) -> Iterator[Statement]:
    """The statements of one entity; values that their types do not take are not written."""
    entity = model.make_entity(schema)
    entity.id = id_
    for name, value in values.items():
        prop = entity.schema.get(name)
        if prop is None:
            continue
        for one in value if isinstance(value, list) else [value]:
            cleaned = prop.type.clean(one) if one is not None else None
            if cleaned is None:
                continue
            yield Statement(
                entity_id=id_, prop=name, schema=entity.schema.name, value=cleaned, dataset=DATASET,
                original_value=str(one) if str(one) != cleaned else None, first_seen=iso(account.published),
                canonical_id=canonical or id_, origin=account.key,
            )  # fmt: skip


def _id(*parts: str) -> str:
    made = make_entity_id(*parts, key_prefix=DATASET)
    assert made is not None
    return made
