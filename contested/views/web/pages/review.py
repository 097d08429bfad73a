"""Review: what a person should look at first, what persons decided, and the forms that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response, StreamingResponse

from contested.errors import RecordError
from contested.record.judgements import WHATS, Judgement, What
from contested.record.record import Record
from contested.views.web.asked import Asked, Limit, Opened, given
from contested.views.web.page import page
from contested.views.web.rendering import link
from contested.views.web.sent import WORDS, WRITING, Given, Sent, done, local, who_of

router = APIRouter()

#: How many disputed statements, and judgements of the log, the page shows.
DISPUTED, LOG = 20, 100
#: What the description of the API tells of a judgement's body.
_BODY = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object", "required": ["what", "target"],
                    "properties": {
                        "what": {"enum": list(WHATS)}, "target": {"type": "string"}, "value": {"type": "object"},
                        "who": {"type": "string"}, "note": {"type": "string"},
                    },
                }
            }
        }
    }
}  # fmt: skip
_UNDO = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer"}}}
            }
        }
    }
}


@page(router, "/review", "review.html")
def review(request: Request, record: Opened, asked: Asked, limit: Limit = 50) -> dict[str, Any]:
    """The statements that a person should look at first, and the log of what persons decided."""
    from contested.record.doubtful import doubtful
    from contested.record.judgements import log

    disputed = record.ask(lambda connection: doubtful(connection, asked, DISPUTED, disputed=True))
    seen = {one["key"] for one in disputed}
    unsure = [one for one in record.ask(doubtful, asked, limit + DISPUTED) if one["key"] not in seen][:limit]
    made = record.ask(lambda connection: log(connection, last=LOG))
    return {
        "asked": given(asked), "disputed": disputed, "unsure": unsure, "log": [_told(one) for one in made],
        "who": who_of(request),
    }  # fmt: skip


@router.get("/review/training.jsonl", tags=["record"])
def training(record: Opened) -> Response:
    """The reports on which persons judged, with their statements as they now stand, in the codebook's form."""
    from contested.record.training import training as judged
    from contested.views import jsonl

    def lines() -> Iterator[bytes]:
        for one in record.ask(lambda connection: list(judged(connection))):
            yield jsonl.encoded(jsonl.line(one))

    name = {"content-disposition": 'attachment; filename="training.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=name)


@router.post("/review/judge", tags=["record"], openapi_extra=_BODY)
def judge(request: Request, record: Opened, sent: Given) -> Response:
    """Decide over a statement, or over two: what `contested judge` does, from a form or a JSON object."""
    what, target, who = sent.one("what"), sent.one("target"), who_of(request, sent)
    if what not in WHATS:
        raise HTTPException(400, f"what: one of {', '.join(WHATS)}")
    note = sent.one("note")[:WORDS] or None
    with WRITING:
        value = _value(record, what, target, sent)
        made = record.judge(cast(What, what), target, value, who=who, note=note)
        record.derive()
    return done(request, sent, made.to_json(), local(sent.one("back"), "") or _place(record, made))


@router.post("/review/undo", tags=["record"], openapi_extra=_UNDO)
def undo(request: Request, record: Opened, sent: Given) -> Response:
    """Take a judgement back; the log keeps both."""
    number = str((sent.json or {}).get("number", "")) if sent.json is not None else sent.one("number")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise HTTPException(400, "number: that of a judgement")
    with WRITING:
        made = record.undo(int(number), who=who_of(request, sent))
        record.derive()
    return done(request, sent, made.to_json(), local(sent.one("back"), "/review#log"))


def _value(record: Record, what: str, target: str, sent: Sent) -> dict[str, Any]:
    """What a judgement takes besides its target. Raises `RecordError`."""
    from contested.record.reports import report, standing
    from contested.views.web.corrected import added, corrected, resolutions

    if sent.json is not None:
        value = sent.json.get("value") or {}
        if not isinstance(value, dict):
            raise HTTPException(400, "value: a JSON object")
        return value
    if what in ("join", "split", "same", "different"):
        return {"with": sent.one("with")}
    if what not in ("correct", "add"):
        return {}
    id_, _, version = (target if what == "add" else target.rpartition("#")[0]).rpartition("@")
    found = record.ask(report, id_, int(version)) if version.isdecimal() and len(version) < 8 else None
    if found is None:
        raise RecordError("judgement", f"the record has no report {id_!r} of that version")
    known = resolutions(found["statements"])
    if what == "add":
        return added(found["text"], sent, known)
    held = record.ask(standing, target)
    if held is None:
        raise RecordError("judgement", "this statement no longer stands: somebody has judged it since")
    value = corrected(held, held["text"], sent, known)
    if not value:
        raise RecordError("judgement", "nothing was changed; if the statement is right as it stands, confirm it")
    return value


def _place(record: Record, made: Judgement) -> str:
    """The page to go back to from a judgement: the statement it wrote, in its report."""
    from contested.record.reports import written_by

    if made.what not in ("correct", "add"):
        return "/review"
    name = made.target if made.what == "add" else made.target.rpartition("#")[0]
    id_, _, version = name.rpartition("@")
    return f"{link('/report', id=id_, version=version)}#{record.ask(written_by, made.number)}"


def _told(one: Judgement) -> dict[str, Any]:
    """A judgement with what it changes in words, and where it is seen."""
    return {**one.to_json(), "says": _says(one), "href": _href(one.what, one.target)}


def _href(what: str, target: str) -> str:
    if what in ("same", "different"):
        return link("/party", id=target)
    name, _, statement = (target, "", "") if what == "add" else target.rpartition("#")
    id_, _, version = name.rpartition("@")
    return link("/report", id=id_, version=version) + (f"#{statement}" if statement else "")


def _says(one: Judgement) -> str:
    if one.what == "add":
        return f"{one.value.get('type')}: {one.value.get('quote')}"
    return "; ".join(f"{slot}: {_plain(value)}" for slot, value in one.value.items() if slot != "id")


def _plain(value: Any) -> str:
    """A slot's value in words: the texts of mentions, the codes, the numbers."""
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or "none"
    if isinstance(value, dict):
        if "effect" in value:
            from contested.views.words import number

            return f"{value['effect']} {number(value.get('low'), value.get('high'))}"
        days = [] if "resolved" in value or "class" in value else [value.get(name) for name in ("start", "end", "date")]
        known = dict.fromkeys(day for day in days if isinstance(day, str))
        return " ".join([str(value.get("text") or ""), *known]).strip()
    return "none" if value is None else str(value)
