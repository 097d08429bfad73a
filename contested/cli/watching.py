"""`contested watch` polls feeds and tells of new disputes; `contested evidence` proves what was fetched."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested.cli import fetching
from contested.cli.output import sink
from contested.cli.reading import OUTPUT, load
from contested.cli.record import RECORD, adding, opened

if TYPE_CHECKING:
    from contested.fetching.client import Client
    from contested.fetching.clock import Clock
    from contested.fetching.plan import Plan
    from contested.fetching.state import State
    from contested.fetching.taking import Taking
    from contested.intake.given import Taken
    from contested.record.record import Record

#: Disputes in one post, and in the Atom file.
POST, ATOM = 100, 100


@click.command()
@click.argument("feeds", metavar="FEEDS.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@RECORD
@click.option("--once", is_flag=True, help="Poll each feed once and end: for a scheduler.")
@click.option("--lexicon", type=click.Path(exists=True, file_okay=False, path_type=Path), help="As for `read`.")
@fetching.asking
def watch(
    feeds: Path, where: str, once: bool, lexicon: Path | None, user_agent: str | None, delay: float | None,
    allow_private: bool, keep: bool,
) -> None:  # fmt: skip
    """Poll feeds into a record.

    FEEDS.toml lists them, how often to look, and whom to tell of new disputes (docs/watching.md). A stop (Ctrl-C)
    waits for the report at hand; the next start goes on there. One program at a time watches for a record.
    """
    from contested.errors import WatchError
    from contested.fetching import plan as plans
    from contested.fetching.watching import Watcher, alone

    plan = plans.load(feeds)
    secret = os.environ.get(plan.secret_env or "")
    if plan.secret_env and not secret:
        raise WatchError(str(feeds), f"secret_env: the environment has no {plan.secret_env}, or it is empty")
    with opened(where, create=True) as record, alone(fetching.folder_of(record, where), where):
        reader = load(lexicon)
        with fetching.asker(
            record, where, user_agent=user_agent or plan.user_agent, delay=plan.delay if delay is None else delay,
            allow_private=allow_private, keep=keep or plan.keep,
        ) as (client, state, kept):  # fmt: skip

            def read(taken: Taken, taking: Taking) -> Counter[str]:
                outcomes = Counter[str]()
                outcomes["failed"] = adding(record, reader, taken, taking.kept, outcomes=outcomes).failed
                return outcomes

            def after() -> None:
                record.derive()
                tell_news(record, state, client, plan, secret, where)

            record.derive()
            begin(record, state)
            with stopping(client.clock):
                Watcher(plan, client, state, read, lambda line: click.echo(line, err=True), after, kept).run(once=once)


@contextmanager
def stopping(clock: Clock) -> Iterator[None]:
    """A first signal to end stops the clock; a second one ends the program as ever."""

    def asked(number: int, frame: object) -> None:
        if clock.stopped:
            raise KeyboardInterrupt
        click.echo("stopping after the report at hand", err=True)
        clock.stop()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# ---- news ------------------------------------------------------------------------------------------------------------


def begin(record: Record, state: State) -> None:
    """What is disputed before the first round is no news."""
    from contested.record import single

    state.begin(record.ask(single.dispute_ids))


def tell_news(record: Record, state: State, client: Client, plan: Plan, secret: str | None, where: str) -> None:
    """Post disputes that are new, and write them to the Atom file. What cannot be posted waits for the next round."""
    from contested.errors import FetchError
    from contested.fetching import webhook
    from contested.fetching.clock import Stopped
    from contested.record import single

    if not plan.webhook and not plan.atom:
        return
    fresh = state.untold(record.ask(single.dispute_ids))
    for id_ in fresh:
        body = record.ask(single.dispute, id_)
        if body is not None:
            reports = record.ask(single.reports, [one["report"] for one in body["accounts"]])
            body["reports"] = [{key: one[key] for key in ("id", "outlet", "title", "url")} for one in reports.values()]
            state.tell(body, client.clock.now(), post=bool(plan.webhook))
    if plan.atom and (fresh or not plan.atom.exists()):
        write_atom(plan.atom, state, where)
    try:
        while plan.webhook and (some := state.waiting(POST)):
            posted = webhook.body_of(some, record=_name(where), at=f"{client.clock.now():%Y-%m-%dT%H:%M:%SZ}")
            webhook.post(plan.webhook, posted, agent=client.agent, secret=secret, clock=client.clock)
            state.posted([one["id"] for one in some])
            click.echo(f"{len(some):,} new disputes posted", err=True)
    except FetchError as error:
        click.echo(f"new disputes wait to be posted: {error}", err=True)
    except Stopped:
        return


def write_atom(path: Path, state: State, where: str) -> None:
    """The latest disputes as an Atom feed. An entry leads to the first report of it that has an address."""
    from contested.views.web.feed import Entry, atom, identity

    entries = []
    for one, at in state.latest(ATOM):
        name = f"dispute {one['id']}"
        led = next((report["url"] for report in one["reports"] if _is_page(report["url"])), identity(name))
        said = [(position["source"] or position["report"], position["quote"]) for position in one["accounts"]]
        entries.append(Entry(name, one["sentence"], led, at, one["type"], said))
    own = path.resolve().as_uri()
    with sink(str(path)) as put:
        put(atom(f"disputes of {where}", f"Disputes in {_name(where)}", own, own, entries))


def _is_page(url: str | None) -> bool:
    return (url or "").lower().startswith(("http://", "https://"))


def _name(where: str) -> str:
    """A record's name, without its folder, and without who asks a database and by which password."""
    return where.rstrip("/").rpartition("/")[2].partition("?")[0] or "record"


# ---- evidence --------------------------------------------------------------------------------------------------------


@click.command()
@click.argument("report", metavar="REPORT")
@RECORD
@click.option("--version", type=click.IntRange(1), help="Which version of it; the latest if none is named.")
@OUTPUT
def evidence(report: str, where: str, version: int | None, output: str | None) -> None:
    """Prove that what a report was read from is kept as it was fetched.

    REPORT is its id. What was fetched (`--keep`) is unpacked and its SHA-256 compared with what the record has; -o
    writes it. The exit code is 1 where it is not there, or not that.
    """
    from contested.errors import RecordError
    from contested.fetching.evidence import proven
    from contested.record.reports import report as asked

    with opened(where) as record:
        found = record.ask(asked, report, version)
        if found is None:
            raise RecordError(where, f"has no report {report!r}" + (f" version {version}" if version else ""))
        kept: dict[str, Any] | None = found["evidence"]
        if kept is None:
            raise RecordError(where, f"{found['key']} was not fetched: it was added from a file")
        folder = fetching.folder_of(record, where)
        body = proven(folder, kept)
    if output is not None:
        with sink(output) as put:
            put(body)
    click.echo(
        f"{found['key']}: as fetched {kept['fetched']}\n{folder / kept['file']} at {kept['offset']:,}\n"
        f"SHA-256 {kept['sha256']}, {len(body):,} bytes", err=True,
    )  # fmt: skip
