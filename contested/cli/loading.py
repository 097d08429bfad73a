"""`contested load`: reports that were read already come into a record."""

from __future__ import annotations

from collections import Counter

import click

from contested.cli.progress import Progressing
from contested.cli.record import RECORD, opened, told
from contested.cli.stopping import Stopping
from contested.errors import InputError


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@RECORD
@click.option("--reader", metavar="WORDS", help='By what they were read, where they do not say so ("by hand").')
@click.option("--link/--no-link", default=True, help="Link what was loaded: incidents and disputes.  [default: link]")
def load(paths: tuple[str, ...], where: str, reader: str | None, link: bool) -> None:
    """Load reports that were read already into a record.

    PATH is JSON Lines with statements, as `read -f jsonl` writes them; they are kept as they stand there, and no text
    is read again. Many come in one transaction, and several may load into one PostgreSQL record at once. What the
    record has as it stands changes nothing, so that loading again goes on where it stopped.
    """
    from contested.batch import Counts, Issue
    from contested.intake import from_paths, meter
    from contested.record.loading import load as loaded

    counts, outcomes, metered = Counts(), Counter[str](), meter(paths)
    progress = Progressing(False, metered.share)
    taken = from_paths(paths, already_read=True, opened=metered.opened)
    with opened(where, create=True) as record:
        with Stopping("the same again goes on from there"):
            try:
                for came in loaded(record.engine, taken, (reader, "") if reader else None):
                    if isinstance(came, InputError):
                        issue = Issue.of(came)
                        counts.count(issue, came)
                        progress.tell(issue)
                    else:
                        report, added = came
                        counts.read += 1
                        counts.statements = (counts.statements or 0) + len(report.statements)
                        outcomes.update({added.outcome: 1, "statements": added.found, "gone": added.gone})
                        outcomes["copies"] += added.outcome in ("new", "version") and added.copies > 0
                    progress.show(counts)
            finally:
                progress.stop()
                click.echo(told(counts.failed, outcomes), err=True)
        if link and record.derive():
            size = record.size()
            click.echo(f"{size['incidents']:,} incidents, {size['disputes']:,} disputes in the record", err=True)
    if counts.nothing_read:
        raise click.exceptions.Exit(1)
