"""Disputes: accounts that cannot all be so, a board by type with both quotes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from contested.views.web.asked import Asked, Limit, Opened, Words, given
from contested.views.web.page import page

router = APIRouter()


@page(router, "/disputes", "disputes.html")
def disputes(record: Opened, asked: Asked, disputed: Words = None, limit: Limit = 100) -> dict[str, Any]:
    """The disputes that rest on the statements asked for, latest first; `disputed` is a type of dispute."""
    found = record.disputes(asked, disputed or None, limit).to_json()
    return {"asked": given(asked), "disputed": disputed or None, "disputes": found}
