"""The situation as of a day as a short page in plain words, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from contested.record.situation import Count, Ground, Holder, Item, Situation, Told
from contested.views.rows import cut
from contested.views.words import number

#: So many entries a section are shown; JSON has them all.
SHOWN = 20
#: Characters of a quote.
QUOTE = 110


def page(found: Situation, *, color: bool = False) -> str:
    """The page, ending in a line break; with `color`, headings stand out on a terminal."""
    known = f", by what had been published by {found.known_by}" if found.known_by else ""
    lines = [f"The situation as of {found.as_of}{known}" if found.as_of else "Nothing is known."]
    for title, entries in (
        ("Who holds what", [list(_ground(one)) for one in found.ground if one.holders or one.former]),
        ("Sieges", [list(_siege(one)) for one in found.ground if one.besiegers or one.lifted]),
        ("Conditions", [list(_item(one)) for one in found.conditions]),
        (
            "Casualties: running totals, as each source tells them",
            [list(_count(c)) for c in found.casualties if c.running],
        ),
        ("Casualties: single attacks", [list(_count(c)) for c in found.casualties if not c.running]),
        ("Talks", [list(_item(one)) for one in found.talks]),
        ("Views", [list(_item(one)) for one in found.positions]),
        ("Ties", [list(_item(one)) for one in found.ties]),
    ):
        lines += _section(title, entries, color)
    if found.cut:
        lines += ["", f"Made from the latest statements only: {', '.join(found.cut)}. --limit takes more."]
    return "\n".join(lines) + "\n"


def _section(title: str, entries: Sequence[list[str]], color: bool) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"\x1b[1m{title}\x1b[0m" if color else title
    for entry in entries[:SHOWN]:
        yield from entry
    if len(entries) > SHOWN:
        yield f"  … {len(entries) - SHOWN} more"


def _ground(one: Ground) -> Iterator[str]:
    yield f"  {cut(one.place.called, 60)}{': CONTESTED' if one.contested else ''}"
    for holder in one.holders:
        share = "" if holder.share is None else ", all of it" if holder.share == 1 else f", {holder.share:.0%} of it"
        yield f"    {cut(holder.party.called, 60)}{share}{_since(holder)}: {_says(holder.accounts[0])}"
        yield from (
            f"      {told.share:.0%} of it: {_says(told)}" for told in holder.shares
            if told.share is not None and told.share != holder.share
        )  # fmt: skip
    for holder in one.former:
        yield f"    no longer {cut(holder.party.called, 60)} ({holder.until}): {_says(holder.ended_by[0])}"
    yield from (f"    not sure: {_says(told)}" for told in one.doubts)


def _siege(one: Ground) -> Iterator[str]:
    yield f"  {cut(one.place.called, 60)}"
    for holder in one.besiegers:
        yield f"    by {cut(holder.party.called, 60)}{_since(holder)}: {_says(holder.accounts[0])}"
    for holder in one.lifted:
        yield f"    no longer by {cut(holder.party.called, 60)} ({holder.until}): {_says(holder.ended_by[0])}"


def _since(holder: Holder) -> str:
    return f", since {holder.since}" if holder.since else ""


def _item(one: Item) -> Iterator[str]:
    where = f", {cut(one.place, 40)}" if one.place else ""
    doubt = "" if one.modality == "asserted" else f", {one.modality}"
    yield f"  {_day(one.day)} {one.type}{where}{doubt}: {_says(one.accounts[0])}{_more(one.accounts)}"


def _count(one: Count) -> Iterator[str]:
    where = f" in {cut(one.place, 40)}" if one.place else ""
    who = "" if one.who == "people" else f" ({cut(one.who, 30)})"
    span = f", from {one.start} on" if one.start and not one.end else ""
    yield f"  {_day(one.day)} {one.effect}{where}{span}: {number(one.low, one.high)}{who}"
    for bound in one.by_source:
        yield f"    {number(bound.low, bound.high)}: {_says(bound.told)}"


def _says(told: Told) -> str:
    source = cut(told.source or "a report", 50)
    return f"{source}: “{cut(told.quote, QUOTE)}” [{told.report}]"


def _more(accounts: Sequence[Told]) -> str:
    return f" and {len(accounts) - 1} more" if len(accounts) > 1 else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no day    "
