"""The application: pages, their twins, static files and errors, behind a gate."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from contested.errors import ContestedError, RecordError
from contested.record.record import Record
from contested.views.web.gate import Gate, Guarded
from contested.views.web.page import rendered
from contested.views.web.pages import (
    about,
    add,
    disputes,
    explain,
    incidents,
    parties,
    places,
    reports,
    review,
    search,
    situation,
    sources,
    timeline,
)
from contested.views.web.rendering import environment, link

if TYPE_CHECKING:
    from contested.reading.pipeline import Reader

#: Every page, in the order of the menu.
PAGES = (
    situation, timeline, incidents, disputes, parties, places, sources, search, reports, add, review, about, explain,
)  # fmt: skip


def application(
    record: Record, *, gate: Gate | None = None, title: str = "record", version: str = "", tiles: str | None = None,
    reader: Callable[[], Reader] | None = None, who: str = "someone",
) -> FastAPI:  # fmt: skip
    """The web application of an open record.

    `version` is the program's. `reader` loads what reads a pasted report when one is first pasted; without it nothing
    can be added. `who` signs judgements where nobody says otherwise. `tiles` is a URL with {z}, {x} and {y} of map
    tiles from elsewhere.
    """
    gate = gate or Gate(secrets.token_urlsafe(24))
    app = FastAPI(
        title="contested", version=version or "unreleased", docs_url=None, redoc_url=None,
        description="Who says what of an armed conflict, in which words, and who says otherwise: one record's answers.",
    )  # fmt: skip
    app.state.record, app.state.title, app.state.version = record, title, version
    app.state.templates = environment(version, tiles)
    app.state.reader, app.state.who = reader, who
    if (
        gate.closed
    ):  # for other machines: on this one nothing is gained. No page holds a secret that its size could tell
        app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    app.add_middleware(Guarded, gate=gate)
    for one in PAGES:
        app.include_router(one.router)
    app.mount("/static", StaticFiles(directory=static()), name="static")
    app.add_api_route("/", lambda: RedirectResponse("/situation", 307), include_in_schema=False)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(ContestedError, _failed)
    app.add_exception_handler(OverflowError, _unkept)
    app.add_exception_handler(UnicodeEncodeError, _unkept)

    def broken(request: Request, error: Exception) -> Response:
        """Outside of the gate, hence with its headers; the server tells the error in its terminal."""
        return PlainTextResponse("something went wrong here; the terminal of `contested serve` tells what", 500,
                                 {**gate.headers(), "cache-control": "no-store"})  # fmt: skip

    app.add_exception_handler(Exception, broken)
    return app


def settle() -> None:
    """Load what pages need, and leave all that is loaded out of every later search for garbage.

    Without it a page now and then waits while the interpreter goes through all of the register (some 0.2 s).
    """
    import gc

    from contested.register import load_register

    load_register()
    gc.collect()
    gc.freeze()


def static() -> Path:
    """The folder of the built front end. Raises `RecordError` where it was not built."""
    folder = Path(str(resources.files("contested.views.web"))) / "static"
    if not (folder / "built.json").is_file():
        raise RecordError("contested serve", "the front end was not built: install the package again (pip install .)")
    return folder


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(request, error.status_code, str(error.detail))


def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    slips = [f"{slip['loc'][-1]}: {slip['msg']}" for slip in error.errors()]
    return problem(request, 422, "; ".join(slips))


def _failed(request: Request, error: Exception) -> Response:
    return problem(request, 400, error.reason if isinstance(error, RecordError) else str(error))


def _unkept(request: Request, error: Exception) -> Response:
    """A number or a day beyond what can be reckoned with, or half a character, which no database takes."""
    return problem(request, 422, "a number, a day or a character of that is out of range")


def problem(request: Request, status: int, reason: str) -> Response:
    """An error in words, as a page or as JSON, as the request was for one or the other."""
    told: dict[str, Any] = {"status": status, "reason": reason}
    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(told, status)
    return rendered(request, "problem.html", told, status)


__all__ = ["application", "link", "problem"]
