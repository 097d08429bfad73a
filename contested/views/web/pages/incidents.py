"""Incidents: the list, and one with its accounts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query

from contested.record.account import Account
from contested.record.asking import Filter
from contested.record.record import Record
from contested.views.web import naming
from contested.views.web.asked import Asked, Opened, given
from contested.views.web.page import page

router = APIRouter()

#: Incidents on a page; and where what was known on a day is clustered anew.
SIZE, SIZE_KNOWN = 50, 20
#: Accounts of one incident that are shown, and links.
ACCOUNTS, LINKS = 300, 12

Page = Annotated[int, Query(ge=1, le=500, description="From 1.")]
Disputed = Literal["", "any", "count", "responsibility", "means", "occurrence", "control", "victims", "time", "place"]


@page(router, "/incidents", "incidents.html")
def incidents(record: Opened, asked: Asked, disputed: Disputed = "", page: Page = 1) -> dict[str, Any]:
    """The incidents that the statements asked for tell of, latest first; `disputed`: a type of dispute, or any."""
    from contested.record import paged

    if asked.known_by is None:
        start = (page - 1) * SIZE
        found, total = record.ask(paged.incidents, asked, disputed or None, SIZE, start)
        more = start + len(found) < total
    else:
        found, more = _known(record, asked, disputed, page)
        total = None
    for one in found:
        one["called"] = naming.deed(one["type"], one["mode"])
    return {
        "asked": given(asked), "disputed": disputed or None, "page": page, "more": more, "total": total,
        "waiting": record.waiting(), "incidents": found,
    }  # fmt: skip


def _known(record: Record, asked: Filter, disputed: str, page: int) -> tuple[list[dict[str, Any]], bool]:
    """A page of the incidents by what had been published; whether there are more."""
    from contested.record import single
    from contested.record.comparing import harm_of
    from contested.record.dispute import TYPES

    start = (page - 1) * SIZE_KNOWN
    if page > 10:
        raise HTTPException(422, "page: what was known on a day is shown on 10 pages at most; narrow the question")
    told = record.incidents(asked, start + SIZE_KNOWN + 1).to_json()
    out = []
    for one in told[start : start + SIZE_KNOWN]:
        types = {d["type"] for d in one["disputes"] if not d["update"]}
        if disputed and disputed not in (types | ({"any"} if types else set())):
            continue
        plain = {key: one[key] for key in ("incident", "what", "date", "end", "place", "type", "mode", "voices")}
        harm = harm_of(record.ask(single.accounts, one["accounts"][:ACCOUNTS]))
        at_odds = sorted(types, key=TYPES.index)
        out.append({**plain, "reports": len(one["reports"]), "disputed": at_odds, "harm": harm})
    return out, len(told) > start + SIZE_KNOWN


@page(router, "/incident", "incident.html")
def incident(record: Opened, id: Annotated[str, Query(max_length=40)]) -> dict[str, Any]:
    """One incident: its accounts side by side, what agrees, what does not, who copied whom, and why they are linked."""
    from contested.record import comparing, single

    body = record.ask(single.incident, id)
    if body is None:
        raise HTTPException(404, f"no incident {id!r}: incidents are made anew as reports are added, and some merge")
    accounts = record.ask(single.accounts, body["accounts"][:ACCOUNTS])
    at_odds = {d["type"] for d in body["disputes"] if not d["update"]}
    firsts = {key for link in body["links"] if not _one_report(link) for key in link["accounts"]}
    rows = comparing.rows(accounts, {a.key for a in accounts} - firsts)
    for row in rows:
        for one in row["accounts"]:
            one |= {"called": naming.deed(one["type"], one["mode"]), "code": _code(one)}
    columns = comparing.compared(accounts, at_odds)
    for column in columns:
        column |= {"name": naming.SLOTS[column["slot"]], "told": naming.STATES[column["state"]]}
        for value in column["values"]:
            _named(column["slot"], value)
    titles = record.ask(single.reports, {a.report for a in accounts})
    voices = {one["voice"] for one in titles.values()}
    keep = ("incident", "what", "date", "end", "place", "type", "mode", "voices", "known")
    return {
        **{key: body[key] for key in keep},
        "called": naming.deed(body["type"], body["mode"]), "code": _code(_first(body, accounts)),
        "harm": comparing.harm_of(accounts), "columns": columns, "rows": rows,
        "left_out": len(body["accounts"]) - len(accounts),
        "disputes": body["disputes"], "copies": record.ask(single.copies, voices),
        "links": _links(body["links"][:LINKS], accounts), "linked": len(body["links"]),
        "crosswalks": _crosswalks(body),
        "reports": {id_: {k: v for k, v in one.items() if k != "voice"} for id_, one in sorted(titles.items())},
    }  # fmt: skip


def _one_report(link: Mapping[str, Any]) -> bool:
    one, other = (key.rpartition("@")[0] for key in link["accounts"])
    return bool(one == other)


def _code(one: Mapping[str, Any]) -> str:
    return naming.code(one["kind"], one["type"], one["mode"])


def _first(body: Mapping[str, Any], accounts: Sequence[Account]) -> dict[str, Any]:
    kind = next((a.kind for a in accounts if a.type == body["type"]), "event")
    return {"kind": kind, "type": body["type"], "mode": body["mode"]}


def _named(slot: str, value: dict[str, Any]) -> None:
    """Gives a value that is a code its plain name, and the name it is explained by."""
    if slot == "so":
        value |= {"code": f"modality.{value['id']}", "label": naming.MODALITIES[value["id"]]}
    elif slot == "how":
        type_, _, mode = value["id"].partition(".")
        value |= {"code": value["id"], "label": naming.deed(type_, mode or None)}


def _links(links: Sequence[Mapping[str, Any]], accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """Links with what stands at their ends."""
    from contested.record.dispute import source_of

    known = {a.key: a for a in accounts}
    out = []
    for link in links:
        ends = [
            {"account": key, "report": a.report, "source": source_of(a), "quote": a.quote}
            for key in link["accounts"] if (a := known.get(key))
        ]  # fmt: skip
        if len(ends) == 2:
            out.append({"accounts": ends, "score": link["score"], "why": link["why"]})
    return out


def _crosswalks(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What other schemes would call it, by which rule of theirs, and what that rule means."""
    from contested.record.crosswalk import NAMES, load

    out = []
    for name in NAMES:
        scheme, told = load(name), body[name]
        rule = next((one for one in scheme.rules if one.id == told["rule"]), None)
        values = {column: told[column] for column in scheme.columns if told.get(column) is not None}
        out.append({"scheme": name, "version": scheme.version, "values": values, "rule": told["rule"],
                    "reason": told["reason"], "meaning": rule.meaning if rule else None})  # fmt: skip
    return out
