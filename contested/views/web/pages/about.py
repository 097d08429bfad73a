"""About: what is in the record, which versions read it, how well they read, and what the pages cannot tell."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from fastapi import APIRouter, Request

from contested.views.web.asked import Opened
from contested.views.web.page import page

router = APIRouter()

#: What the pages show that is not the record's own: name, what of it, licence, where it is from.
MADE_FROM = (
    ("world-atlas", "countries and coasts of the maps, from Natural Earth",
     "data: public domain; package: ISC", "https://github.com/topojson/world-atlas"),
    ("GeoNames", "names and points of places", "CC BY 4.0", "https://www.geonames.org"),
    ("MapLibre GL JS", "maps", "BSD-3-Clause", "https://maplibre.org"),
    ("TopoJSON client", "maps", "ISC", "https://github.com/topojson/topojson-client"),
    ("Observable Plot and the parts of D3 it is made of", "charts", "ISC", "https://observablehq.com/plot"),
    ("d3-force", "networks", "ISC", "https://d3js.org"),
)  # fmt: skip


@page(router, "/about", "about.html")
def about(request: Request, record: Opened) -> dict[str, Any]:
    """Sizes of the record, the versions that it was read with, and how well the reading was measured to be."""
    from contested.record.extent import extent
    from contested.record.readings import readings

    return {
        "version": request.app.state.version, "size": record.size(), "waiting": record.waiting(),
        **record.ask(extent), "readings": record.ask(readings), "scores": scores(),
        "made_from": [
            {"name": name, "what": what, "licence": licence, "from": address}
            for name, what, licence, address in MADE_FROM
        ],
    }  # fmt: skip


@cache
def scores() -> dict[str, Any]:
    """What the model card that is packaged tells of how well the network reads: `told`, words before a table, `head`
    and `rows`. Empty where the card has no such part."""
    card = resources.files("contested.models").joinpath("CARD.md").read_text("utf-8")
    part = card.partition("<!-- scores -->")[2].partition("<!-- /scores -->")[0]
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    told = " ".join(line for line in lines if not line.startswith("|"))
    return {"told": told.replace("`", ""), "head": cells[0] if cells else [], "rows": cells[2:]}
