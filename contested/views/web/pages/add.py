"""Add: a text or a file is read, what it says is shown without keeping it, and kept if it is wanted."""

from __future__ import annotations

import re
import secrets
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from contested.errors import ContestedError, InputError, PartlyRead
from contested.statement import Report
from contested.views.web.asked import Opened
from contested.views.web.page import page, rendered
from contested.views.web.rendering import link
from contested.views.web.sent import WRITING, Given, Sent, done, wants_json

router = APIRouter()

#: One reading at a time: a reading takes every core, and the reader is loaded once.
READING = threading.Lock()
#: A file has at most so many reports here; `contested add` takes any number.
REPORTS = 50
#: So many readings are held until they are kept or others take their place.
HELD = 8
#: Whatever was sent where, the page is that of adding.
_SHOWN = {"path": "/add", "twin": "/add.json"}
#: Ids of new incidents and disputes that a redirect hands on.
FRESH = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of one input, and what could not be taken in, in words."""

    reports: list[Report]
    issues: list[str]


@page(router, "/add", "add.html")
def add(request: Request) -> dict[str, Any]:
    """Where a report is pasted or chosen. Adding is a POST to this address, reading without keeping to /add/preview."""
    return _form({}, can=request.app.state.reader is not None)


@router.post("/add/preview", tags=["record"])
def preview(request: Request, sent: Given) -> Response:
    """Read a text or a file and show the statements; nothing is kept in the record."""
    from contested.views.web.cards import card, marked

    try:
        taken = _read(request, sent)
    except InputError as error:
        return _refused(request, sent, error.reason)
    key = secrets.token_urlsafe(12)
    held: OrderedDict[str, Taken] = _held(request)
    held[key] = taken
    while len(held) > HELD:
        held.popitem(last=False)
    shown = []
    for report in taken.reports:
        statements = [one.to_json() for one in report.statements]
        for n, one in enumerate(statements, 1):
            one |= {"n": n, "card": card(one), "stands": True, "judged": None, "incidents": [], "disputes": []}
        about = {"id": report.id, "title": report.title, "outlet": report.outlet, "published": report.published}
        shown.append({**about, "statements": statements, "paragraphs": marked(report.text, statements)})
    told: dict[str, Any] = {**_form(_fields(sent)), "held": key, "read": shown, "issues": taken.issues}
    return JSONResponse(told) if wants_json(request) else rendered(request, "add.html", {**_SHOWN, **told})


@router.post("/add", tags=["record"])
def keep(request: Request, record: Opened, sent: Given) -> Response:
    """Read a text or a file, or take what a preview read (`held`), and add it to the record."""
    from contested.record.reports import derived, told_elsewhere

    try:
        taken = _held(request).pop(sent.one("held"), None) if sent.one("held") else None
        taken = taken or _read(request, sent)
    except InputError as error:
        return _refused(request, sent, error.reason)
    with WRITING:
        before = record.ask(derived)
        added = list(record.add(taken.reports, **_reader(request)))
        record.derive()
    kept, fresh = [], []
    for one in added:
        elsewhere = record.ask(told_elsewhere, one.id, one.version)
        new = {name: [i["id"] for i in elsewhere[name] if i["id"] not in before[name]] for name in before}
        kept.append({"id": one.id, "version": one.version, "outcome": one.outcome, "found": one.found,
                     "copies": one.copies, **new})  # fmt: skip
        fresh += [*new["incidents"], *new["disputes"]]
    told = {"kept": kept, "issues": taken.issues}
    return done(request, sent, told, _place(kept, fresh))


def _place(kept: list[dict[str, Any]], fresh: list[str]) -> str:
    """The report that was added with what is new since; of several the list of reports."""
    some = ",".join(dict.fromkeys(fresh[:FRESH]))
    if len(kept) == 1:
        return link("/report", id=kept[0]["id"], version=kept[0]["version"], fresh=some, added=kept[0]["outcome"])
    return link("/reports", order="added", added=len(kept))


def _read(request: Request, sent: Sent) -> Taken:
    """What is sent, read. Raises `InputError` where there is nothing to read, in words for who sent it."""
    reports, issues = _taken_in(sent)
    with READING:
        reader = _loaded(request)
        read = []
        for report in reports:
            try:
                read.append(reader.read(report))
            except ContestedError:
                raise
            except Exception as error:  # whatever a text does to the reader, it is told
                issues.append(f"{report.title or report.id}: could not be read ({type(error).__name__})")
    if not read:
        raise InputError("add", "; ".join(issues) or "there is nothing to read")
    return Taken(read, issues)


def _taken_in(sent: Sent) -> tuple[list[Report], list[str]]:
    """The reports in what is sent, and what of it could not be taken in. Raises `InputError` for none."""
    from contested.intake import KINDS, from_paths

    upload, text = sent.files.get("file"), sent.raw("text")
    if sent.json is not None:
        text = sent.json.get("text") or ""
        if not isinstance(text, str):
            raise InputError("add", "text: should be a string")
    if upload and text.strip():
        raise InputError("add", "there is a text and a file: send one of them")
    if not upload and not text.strip():
        raise InputError("add", "paste a text or choose a file first: there is nothing to read")
    name, data = upload or ("text.txt", text.encode("utf-8", "replace"))
    suffix = Path(name).suffix.lower()
    known = {ending for kind in KINDS for ending in kind.suffixes}
    outlet, title, published = (sent.one(field) or None for field in ("outlet", "title", "published"))
    reports: list[Report] = []
    issues: list[str] = []
    with tempfile.TemporaryDirectory(prefix="contested-") as folder:
        path = Path(folder, f"given{suffix if suffix in known else ''}")
        path.write_bytes(data)
        for one in from_paths([path], outlet=outlet, title=title, published=published):
            if isinstance(one, InputError):
                line = f"line {one.line}: " if one.line else ""
                issues.append(line + one.reason)
                if not isinstance(one, PartlyRead) and len(issues) > REPORTS:
                    break
            elif len(reports) == REPORTS:
                raise InputError("add", f"the file has more than {REPORTS} reports: `contested add` takes any number")
            else:
                reports.append(_named(one, name if upload else "pasted text"))
    if not reports:
        raise InputError("add", "; ".join(issues) or "there is nothing to read")
    return reports, issues


def _named(report: Report, name: str) -> Report:
    """The report with the name of its file as the sender has it, not as it lay here."""
    from dataclasses import replace

    taken = re.sub(r"^.*given[^/\\:]*", "", str(report.extra.get("taken_from") or ""))
    return replace(report, extra={**report.extra, "taken_from": f"{Path(name).name[:200]}{taken}"})


def _loaded(request: Request) -> Any:
    if request.app.state.reader is None:
        raise HTTPException(400, "this server was started without a reader: nothing can be added here")
    return request.app.state.reader()


def _reader(request: Request) -> dict[str, str]:
    from contested.record.readings import read_by

    reader, knowledge = read_by(request.app.state.version, _loaded(request))
    return {"reader": reader, "knowledge": knowledge}


def _held(request: Request) -> OrderedDict[str, Taken]:
    """Readings that may be kept, the last ones."""
    if not hasattr(request.app.state, "held"):
        request.app.state.held = OrderedDict()
    held: OrderedDict[str, Taken] = request.app.state.held
    return held


def _fields(sent: Sent) -> dict[str, str]:
    return {name: sent.raw(name) for name in ("text", "outlet", "published", "title")}


def _form(fields: dict[str, str], *, can: bool = True) -> dict[str, Any]:
    empty = dict.fromkeys(("text", "outlet", "published", "title"), "")
    return {"fields": {**empty, **fields}, "can": can, "problem": None, "held": None, "read": [], "issues": []}


def _refused(request: Request, sent: Sent, reason: str) -> Response:
    """The form again with what is wrong, and what was filled in."""
    if wants_json(request):
        return JSONResponse({"status": 400, "reason": reason}, 400)
    return rendered(request, "add.html", {**_SHOWN, **_form(_fields(sent)), "problem": reason}, 400)
