"""`contested incidents`, `disputes`, `situation`, `diff`, `sources`: what a record derives from its statements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from contested.cli.output import sink, to_terminal
from contested.cli.reading import OUTPUT, day
from contested.cli.record import FORMAT, RECORD, filter_of, narrowed, opened, write

if TYPE_CHECKING:
    from contested.record.record import Record

LIMIT = click.option("--limit", type=click.IntRange(0), default=100, show_default=True,
                     help="At most so many; 0 is all.")  # fmt: skip
KNOWN_BY = click.option("--known-by", metavar="DATE", callback=day, help="Only by what had been published by then.")
PLACE = click.option("--place", metavar="ID|NAME", help="Only of this place and of places in it.")
PARTY = click.option("--party", metavar="ID|WORDS", help="Only of this party.")
#: Statements a section of the situation is made from.
SECTION = click.option("--limit", type=click.IntRange(1), default=100, show_default=True,
                       help="Make each section from so many statements, ground from twice as many.")  # fmt: skip


def linked(record: Record) -> None:
    """Bring incidents and disputes up to date, where reports wait."""
    if waiting := record.waiting():
        click.echo(f"linking {waiting:,} report{'s' * (waiting != 1)}", err=True)
        record.derive()


def as_day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


@click.command()
@RECORD
@narrowed
@LIMIT
@FORMAT
@OUTPUT
def incidents(where: str, limit: int, format_: str, output: str | None, **given: Any) -> None:
    """Tell of happenings that several reports tell of.

    Each comes with what every report says of it, why they are held to be one, how many independent voices there are,
    and where they differ.
    """
    from contested.views import rows

    with opened(where) as record:
        asked = filter_of(given)
        linked(record)
        write(record.incidents(asked, limit or None), rows.incident, format_, output)


@click.command()
@RECORD
@narrowed
@click.option("--about", metavar="TYPE", help="Only disputes of this type: count, responsibility, control, ...")
@LIMIT
@FORMAT
@OUTPUT
def disputes(where: str, about: str | None, limit: int, format_: str, output: str | None, **given: Any) -> None:
    """Tell of accounts that cannot all be so.

    Types: count, responsibility, means, occurrence, control, victims, time, place (docs/disputes.md).
    """
    from contested.views import rows

    with opened(where) as record:
        asked = filter_of(given)
        linked(record)
        try:
            found = record.disputes(asked, about, limit or None)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        write(found, rows.dispute, format_, output)


@click.command()
@RECORD
@click.option("--as-of", metavar="DATE", callback=day, help="As of the end of this day; without it, of the last one.")
@KNOWN_BY
@PLACE
@PARTY
@SECTION
@FORMAT
@OUTPUT
def situation(
    where: str, as_of: str | None, known_by: str | None, place: str | None, party: str | None, limit: int,
    format_: str, output: str | None,
) -> None:  # fmt: skip
    """Tell who holds what, who suffers what, who talks: as of a day, by what was known by another.

    Where accounts differ, each stands with its source, and the ground is contested. Nothing is added up.
    """
    from contested.views import jsonl
    from contested.views.situation import page

    with opened(where) as record:
        found = record.situation(as_day(as_of), as_day(known_by), place, party, limit=limit)
    text = page(found, color=to_terminal(output)) if format_ == "table" else jsonl.line(found.to_json())
    with sink(output) as put:
        put(jsonl.encoded(text))


@click.command()
@RECORD
@click.option("--from", "start", metavar="DATE", callback=day, required=True, help="What changed after this day,")
@click.option("--to", "end", metavar="DATE", callback=day, required=True, help="up to the end of this one.")
@KNOWN_BY
@PLACE
@PARTY
@SECTION
@FORMAT
@OUTPUT
def diff(
    where: str, start: str, end: str, known_by: str | None, place: str | None, party: str | None, limit: int,
    format_: str, output: str | None,
) -> None:  # fmt: skip
    """Tell what changed from one day to another, and which reports tell so.

    Ground that changed hands, sieges begun and ended, conditions, counts new or raised, talks, views and ties.
    """
    from contested.views import rows

    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if last < first:
        raise click.UsageError(f"--to {end} is before --from {start}")
    with opened(where) as record:
        write(record.diff(first, last, as_day(known_by), place, party, limit=limit), rows.change, format_, output)


@click.command()
@RECORD
@narrowed
@LIMIT
@FORMAT
@OUTPUT
def sources(where: str, limit: int, format_: str, output: str | None, **given: Any) -> None:
    """Tell who is quoted, and how much of what they say others tell too.

    What one alone tells may be so, and disputed does not mean wrong.
    """
    from contested.views import rows

    with opened(where) as record:
        asked = filter_of(given)
        linked(record)
        write(record.sources(asked, limit or None), rows.source, format_, output)
