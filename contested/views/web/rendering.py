"""Templates, and what they have at hand. All that stands in a page is escaped; nothing is marked as safe but macros."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from contested.views import words

#: The pages of the menu: path, name.
MENU = (
    ("/situation", "Situation"), ("/timeline", "Timeline"), ("/incidents", "Incidents"), ("/disputes", "Disputes"),
    ("/parties", "Parties"), ("/places", "Places"), ("/sources", "Sources"), ("/search", "Search"),
    ("/reports", "Reports"), ("/add", "Add"),
    ("/review", "Review"), ("/about", "About"),
)  # fmt: skip


def environment(version: str, tiles: str | None = None) -> Environment:
    """Jinja with autoescaping, and the filters that pages use."""
    made = Environment(
        loader=PackageLoader("contested.views.web", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_unforged,
    )  # fmt: skip
    made.filters |= {
        "shown": lambda text: words.shown(str(text or "")),
        "safe_text": lambda text: words.safe(str(text or "")),
        "day": day,
        "counted": words.counted,
        "percent": lambda share: f"{share:.0%}",
        "number": lambda bounds: words.number(*bounds),
        "thousands": lambda n: f"{n:,}",
    }
    made.globals |= {"version": version, "built": _built(), "menu": MENU, "link": link, "tiles": tiles}
    return made


def _unforged(value: Any) -> Any:
    """What a template puts out, without what could forge the display, whether or not it says `|shown`."""
    return words.safe(value) if type(value) is str and not value.isprintable() else value


def link(path: str, /, **asked: object) -> str:
    """A page of this server with what it is asked; what is None or empty is left out. `from_` is `from`."""
    given = {key.rstrip("_"): str(value) for key, value in asked.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given)}" if given else path


def day(when: date | str | None) -> str:
    """A day as people write it: `6 December 2016`; "no day known" for None."""
    if not when:
        return "no day known"
    try:
        on = when if isinstance(when, date) else date.fromisoformat(when)
    except ValueError:
        return str(when)
    return f"{on.day} {on:%B} {on.year}"


def asked_again(asked: Mapping[str, Any], **other: Any) -> str:
    """The query string of a page, with some of what it was asked changed; None leaves a key out."""
    return urlencode({k: v for k, v in {**asked, **other}.items() if v not in (None, "")})


def _built() -> str:
    """What distinguishes this build's static files from another's, for browsers that keep them."""
    try:
        text = resources.files("contested.views.web").joinpath("static", "built.json").read_text("utf-8")
    except OSError:
        return ""
    return text[13:25]
