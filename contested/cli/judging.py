"""`contested judge`, `undo`, `judgements`: what a person decides, kept beside what the program says."""

from __future__ import annotations

import json
from typing import Any

import click

from contested.cli.asking import linked
from contested.cli.output import sink
from contested.cli.reading import OUTPUT
from contested.cli.record import FORMAT, RECORD, opened, write

#: What can be judged (`contested.record.judgements.WHATS`, which a test holds equal).
WHATS = ("correct", "reject", "confirm", "add", "join", "split", "same", "different")
WHO = click.option("--who", required=True, envvar="CONTESTED_WHO", help="Who judges; CONTESTED_WHO says it too.")


def _value(ctx: click.Context, param: click.Parameter, value: str | None) -> dict[str, Any]:
    try:
        found = json.loads(value) if value else {}
    except ValueError as error:
        raise click.BadParameter(f"no JSON: {error}") from None
    if not isinstance(found, dict):
        raise click.BadParameter('write a JSON object: {"mode": "aerial"}')
    return found


@click.command()
@click.argument("what", type=click.Choice(WHATS))
@click.argument("target")
@RECORD
@click.option("--value", metavar="JSON", callback=_value, help="The corrected slots, or the statement to add.")
@click.option(
    "--with", "other", metavar="TARGET", help="The other one, of two that are joined, split, same, different."
)
@WHO
@click.option("--note", help="Why.")
def judge(
    what: Any, target: str, where: str, value: dict[str, Any], other: str | None, who: str, note: str | None
) -> None:
    """Decide over a statement, or over two, and keep who decided and when.

    TARGET is the key of a statement, REPORT@VERSION#STATEMENT, as --format json tells it; a report, REPORT@VERSION, for
    add; or the id of a party for same and different. Nothing is lost: `undo` takes a judgement back.
    """
    with opened(where) as record:
        made = record.judge(what, target, {**value, "with": other} if other else value, who=who, note=note)
        linked(record)
    click.echo(f"judgement {made.number}: {made.what} {made.target}", err=True)


@click.command()
@click.argument("number", type=int)
@RECORD
@WHO
def undo(number: int, where: str, who: str) -> None:
    """Take judgement NUMBER back; the log keeps both."""
    with opened(where) as record:
        record.undo(number, who=who)
        linked(record)
    click.echo(f"judgement {number} undone", err=True)


@click.command()
@RECORD
@click.option("--training", is_flag=True, help="Write the reports that were judged as training data, one a line.")
@FORMAT
@OUTPUT
def judgements(where: str, training: bool, format_: str, output: str | None) -> None:
    """Tell what was decided, by whom, and what was taken back.

    With --training, the reports on which somebody judged, with their statements as they now stand, in the codebook's
    form (JSON Lines).
    """
    from contested.record.training import training as judged
    from contested.views import jsonl, rows

    with opened(where) as record:
        if training:
            reports = record.ask(lambda connection: list(judged(connection)))
            with sink(output) as put:
                for one in reports:
                    put(jsonl.encoded(jsonl.line(one)))
        else:
            write(record.judgements(), rows.judgement, format_, output)
