"""`contested places`: lists of places that the user adds, and what the gazetteer knows of a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.gazetteer import Place


@click.group()
def places() -> None:
    """Places by name: look them up, add lists of your own.

    The built-in list has countries, provinces and every place of 500 people or more. It is made on first use, in the
    folder of your data, or where CONTESTED_DATA says.
    """


@places.command("find")
@click.argument("name")
@click.option("--country", metavar="XX", help="Only places of this country (ISO 3166-1 alpha-2).")
@click.option("-f", "--format", "format_", type=click.Choice(("table", "json")), default="table", help="What to write.")
def find(name: str, country: str | None, format_: str) -> None:
    """Tell which places may be called NAME, as the reading sees them, the likeliest first.

    The exit code is 1 where there is none.
    """
    from contested.gazetteer import open_gazetteer

    with_how = open_gazetteer(log=tell).exact(name)
    found = [(p, how) for p, how in with_how if country is None or p.country == country.upper()]
    if format_ == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps([{**asdict(place), "how": how} for place, how in found], ensure_ascii=False, indent=2))
    elif found:
        click.echo("\n".join(_table(found)))
    if not found:
        where = f" in {country.upper()}" if country else ""
        raise click.ClickException(f"no place is known as {name!r}{where}; `contested places import` adds lists")


@places.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the files and tell what they hold; change nothing.")
def import_(files: tuple[Path, ...], dry_run: bool) -> None:
    """Add lists of places from FILEs, each whole or not at all.

    FILE is a dump of GeoNames (XX.zip, allCountries.zip, cities*.zip, alternateNamesV2.zip, admin1CodesASCII.txt,
    admin2Codes.txt, countryInfo.txt, or the .txt out of a zip), OCHA's list of p-codes (JSON) or GeoJSON. The same
    file again changes nothing. Names of alternateNamesV2 go to places that are there already: import it last.
    """
    from contested.gazetteer import lists

    for file in files:
        click.echo(str(lists.add(file, dry_run=dry_run, log=tell)))


@places.command("list")
def list_() -> None:
    """Tell which lists of places there are, with their number of places, source and licence."""
    from contested.gazetteer import open_gazetteer

    for row in open_gazetteer(log=tell).lists():
        click.echo(
            f"{row['list']:30} {int(row['places']):>10,}  {row.get('date', ''):10}  {row.get('note', '')}".rstrip()
        )


@places.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove the imported list NAME, as `contested places list` calls it."""
    from contested.gazetteer import lists

    lists.remove(name)
    click.echo(f"{name}: removed")


def tell(message: str) -> None:
    """Say on standard error what takes its time."""
    click.echo(message, err=True)


def _table(found: list[tuple[Place, str]]) -> list[str]:
    head = ("name", "kind", "in", "lat", "lon", "people", "how", "id")
    rows = [
        (p.name, p.kind, p.country or "", f"{p.lat:.4f}", f"{p.lon:.4f}", f"{p.population:,}", how, p.id)
        for p, how in found
    ]
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    right = {3, 4, 5}
    return [
        "  ".join(
            cell.rjust(w) if n in right else cell.ljust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
