"""The command line. The only place that prints and exits; everything heavy is imported where it is needed."""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from contested import __version__
from contested.cli import asking, exporting, judging, loading, places, reading, record, serving, watching
from contested.errors import ContestedError


class _Group(click.Group):
    """Turns the package's own errors into a message and exit code 1, and prints on any terminal."""

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except ContestedError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="contested")
def main() -> None:
    """Read news reports of armed conflict into sourced statements.

    Who says what, in which words, and who says otherwise.
    """


@main.command()
@click.argument("code", metavar="CODE|RULE", required=False)
def explain(code: str | None) -> None:
    """Tell what a code or a rule means.

    A code is a kind, type, mode, source class, effect or modality (ASSAULT, ASSAULT.aerial, monitor); a rule is an id
    from a lexicon, as a statement's "by" names it. Without either, all codes are listed.
    """
    from contested.views import explanation

    if code is None:
        click.echo("\n".join(explanation.listing()))
        return
    found = explanation.find(code)
    if not found:
        like = explanation.nearest(code)
        hint = f"did you mean {', '.join(like)}?" if like else "`contested explain` lists all codes"
        raise click.ClickException(f"nothing is called {code!r}; {hint}")
    click.echo("\n\n".join(explanation.paragraph(one) for one in found))


@main.command()
def check() -> None:
    """Tell what works here and what does not: versions, lexicons, models.

    The exit code is 1 where something does not work.
    """
    from contested.checks import checks

    failed = 0
    for one in checks():
        failed += not one.works
        click.echo(f"{'ok  ' if one.works else 'FAIL'}  {one.what:28} {one.detail}".rstrip())
    if failed:
        raise click.ClickException(f"{failed} of these {'does' if failed == 1 else 'do'} not work")


for command in (
    reading.read, reading.annotate, places.places, record.add, loading.load, record.statements, record.search,
    asking.incidents, asking.disputes, asking.situation, asking.diff, asking.sources, judging.judge, judging.undo,
    judging.judgements, exporting.export, serving.serve, watching.watch, watching.evidence,
):  # fmt: skip
    main.add_command(command)
