"""What `add` and `watch` share to fetch: their options, the folder beside a record, and what fetches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested import __version__
from contested.cli.reading import day

if TYPE_CHECKING:
    from contested.fetching.client import Client
    from contested.fetching.evidence import Evidence
    from contested.fetching.state import State
    from contested.fetching.taking import Taking
    from contested.intake.given import Taken
    from contested.record.record import Record


def _agent(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[!-~][ -~]{0,300}", value):
        raise click.BadParameter("write who asks in plain letters, like: my-monitor/1.0 (+https://example.org)")
    return value


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """How other machines are asked."""
    for option in (
        click.option("--keep", is_flag=True, help="Keep what is fetched beside the record, with hash and time (WARC)."),
        click.option("--allow-private", is_flag=True, help="Ask machines of this network and this machine too."),
        click.option("--delay", type=click.FloatRange(0, 3600), metavar="SECONDS",
                     help="Between two requests to a host, where its robots.txt says none; 1 by default."),
        click.option("--user-agent", metavar="WORDS", callback=_agent, help="Who asks, as servers are told."),
    ):  # fmt: skip
        command = option(command)
    return command


def fetching(command: Callable[..., None]) -> Callable[..., None]:
    """What `add` fetches."""
    for option in (
        click.option("--since", metavar="DATE", callback=day, help="Of a sitemap, only what was changed since then."),
        click.option("--urls", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
                     help="Fetch what stands at the addresses in FILE: one a line, a sitemap, or GDELT's mentions."),
        click.option("--fetch", is_flag=True, help="PATHs are addresses (pages, feeds, sitemaps, lists): fetch them."),
    ):  # fmt: skip
        command = option(command)
    return asking(command)


def folder_of(record: Record, where: str) -> Path:
    """The folder with what is known of what was fetched into a record: beside its file, or among the user's data."""
    if not where.startswith(("postgresql:", "postgres:")):
        return Path(f"{where}.fetched")
    from contested.gazetteer.index import data_folder
    from contested.record.engine import shown
    from contested.statement import digest

    return data_folder() / "fetched" / digest(shown(record.engine))


@contextmanager
def asker(
    record: Record, where: str, *, user_agent: str | None, delay: float | None, allow_private: bool, keep: bool
) -> Iterator[tuple[Client, State, Evidence | None]]:
    """What asks, what is known of earlier answers, and what keeps them."""
    from contested.fetching import clock
    from contested.fetching.client import DELAY, Client, user_agent_of
    from contested.fetching.evidence import Evidence
    from contested.fetching.state import State

    folder, agent = folder_of(record, where), user_agent or user_agent_of(__version__)
    with ExitStack() as stack:
        client = stack.enter_context(Client(agent, allow_private, DELAY if delay is None else delay, clock.Clock()))
        state = stack.enter_context(State(folder))
        evidence = stack.enter_context(Evidence(folder, agent)) if keep else None
        if not record.size()["reports"]:
            state.forget()
        yield client, state, evidence


def fetched(
    taking: Taking, paths: tuple[str, ...], urls: tuple[str, ...], fetch: bool, given: Mapping[str, Any]
) -> Iterator[Any]:
    """The reports at the addresses in `paths` (if `fetch`; else in those files) and in the lists `urls`."""
    from contested.config import MAX_DOCUMENT
    from contested.errors import InputError
    from contested.intake import from_paths

    taken: Taken = taking.take(paths) if fetch else from_paths(paths, **given)
    yield from taken
    for path in urls:
        try:
            with Path(path).open("rb") as file:
                body = file.read(MAX_DOCUMENT + 1)
        except OSError as error:
            yield InputError(path, f"cannot be read: {error.strerror or error}")
            continue
        if len(body) > MAX_DOCUMENT:
            yield InputError(path, "is too large for a list of addresses: split it")
            continue
        yield from taking.take_list(body, path)


def told(taking: Taking) -> str:
    """What was fetched, in words: "3 pages fetched, 2 unchanged"."""
    counts = taking.counts
    parts = [
        f"{counts[name]:,} {words}"
        for name, words in (("fetched", "fetched"), ("unchanged", "unchanged there"), ("known", "known already"),
                            ("failed", "not to be had"))
        if counts[name]
    ]  # fmt: skip
    return "addresses: " + (", ".join(parts) or "none")


def since_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
