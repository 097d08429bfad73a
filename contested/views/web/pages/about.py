"""About: what is in the record, which versions read it, how well they read, and what the pages cannot tell."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from contested.views.web.asked import Opened
from contested.views.web.page import page

router = APIRouter()


@page(router, "/about", "about.html")
def about(request: Request, record: Opened) -> dict[str, Any]:
    """Sizes of the record, and the versions that it was read with."""
    from contested.record.readings import readings

    return {
        "version": request.app.state.version,
        "size": record.size(),
        "waiting": record.waiting(),
        "readings": record.ask(readings),
    }
