"""What a form or a program sends: read once, whole, within bounds, and the place to go back to."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from contested.views.web.gate import LONGEST

#: Held while a record is written to or linked: a second one waits for its turn.
WRITING = threading.Lock()
#: The cookie that keeps the name of who judges.
WHO = "contested-who"
#: Names and notes are no longer than this.
WORDS = 2000


@dataclass(frozen=True, slots=True)
class Sent:
    """Fields of a form, each with all its values, files by their field, and the JSON object where one was sent."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None

    def one(self, name: str) -> str:
        """A field's value without white space around it; empty where it was not sent."""
        if self.json is not None:
            value = self.json.get(name)
            return value.strip() if isinstance(value, str) else ""
        return next(iter(self.fields.get(name, ())), "").strip()

    def raw(self, name: str) -> str:
        """A field's value as it was sent."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return [value.strip() for value in self.fields.get(name, ())]

    def __contains__(self, name: str) -> bool:
        return name in self.fields


async def sent_of(request: Request) -> Sent:
    """A form (urlencoded or multipart) or a JSON object. 400 for anything else."""
    from starlette.datastructures import UploadFile

    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            given = await request.json()
        except (ValueError, RecursionError):
            raise HTTPException(400, "the body is no JSON") from None
        if not isinstance(given, dict):
            raise HTTPException(400, "the body is no JSON object")
        return Sent(json=given)
    try:
        form = await request.form(max_files=4, max_fields=1000, max_part_size=LONGEST)
    except (UnicodeError, ValueError):
        raise HTTPException(400, "the form cannot be read") from None
    fields: dict[str, list[str]] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = (value.filename, await value.read())
        else:
            fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    await form.close()
    return Sent(fields, files)


Given = Annotated[Sent, Depends(sent_of)]


def who_of(request: Request, sent: Sent | None = None) -> str:
    """Who judges: the name sent, else the one that the browser keeps, else who started the server."""
    named = sent.one("who") if sent else ""
    who: str = named or unquote(request.cookies.get(WHO, "")).strip() or request.app.state.who
    if len(who) > WORDS:
        raise HTTPException(400, f"a name is at most {WORDS:,} characters")
    return who


def done(request: Request, sent: Sent, told: dict[str, Any], to: str) -> Response:
    """The answer to what was written: JSON for a program, the page `to` for a form; a name that was sent is kept."""
    if wants_json(request):
        return JSONResponse(told)
    answer = RedirectResponse(to, 303)
    if named := sent.one("who"):
        answer.set_cookie(WHO, quote(named), httponly=True, samesite="strict", max_age=365 * 86400)
    return answer


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def local(path: str, otherwise: str) -> str:
    """`path` if it leads to a page of this server, else `otherwise`."""
    parts = urlsplit(path) if path.startswith("/") and not path.startswith("//") and "\\" not in path else None
    plain = parts is not None and not parts.scheme and not parts.netloc and path.isprintable() and len(path) < 4000
    return path if plain else otherwise
