"""`Watcher`: polls the feeds of a plan, each in its own time, and goes on where it stopped."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from contested.errors import WatchError
from contested.fetching.client import Client
from contested.fetching.clock import Stopped
from contested.fetching.evidence import Evidence
from contested.fetching.plan import Feed, Plan
from contested.fetching.state import State
from contested.fetching.taking import Taking
from contested.intake.given import Given, Taken

#: Reads reports into the record and tells the taking of each that is kept; counts of outcomes: `new`, `version`, ...
Keep = Callable[[Taken, Taking], Counter[str]]
#: A feed that cannot be had is let alone twice as long each time, up to this.
LONGEST = timedelta(days=1)
#: What is told of a round, in this order, where it is not 0.
_TOLD = (
    ("new", "new"), ("version", "changed"), ("withdrawn", "withdrawn"), ("reread", "read anew"), ("same", "as before"),
    ("failed", "failed"),
)  # fmt: skip


@contextmanager
def alone(folder: Path, record: str) -> Iterator[None]:
    """Nobody else watches for this record meanwhile. Raises `WatchError` where somebody does."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "watch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WatchError(record, "is being watched for already; end that program first") from None
    try:
        yield
    finally:
        lock.release()


@dataclass(slots=True)
class Watcher:
    """`keep` reads into the record, `after` is called after each round, `tell` gets a line for each feed polled."""

    plan: Plan
    client: Client
    state: State
    keep: Keep
    tell: Callable[[str], None]
    after: Callable[[], None]
    evidence: Evidence | None = None

    def run(self, *, once: bool = False) -> None:
        """Poll until the clock is stopped; with `once` each feed once, now, whenever it would be due."""
        clock = self.client.clock
        while not clock.stopped:
            due = [feed for feed in self.plan.feeds if once or self._due(feed) <= clock.now()]
            for feed in due:
                if not clock.stopped:
                    self._poll(feed)
            if due:
                self.after()
            if once:
                return
            first = min(self._due(feed) for feed in self.plan.feeds)
            try:
                clock.sleep((first - clock.now()).total_seconds())
            except Stopped:
                return

    def _due(self, feed: Feed) -> datetime:
        due = self.state.due(feed.url)
        return self.client.clock.now() if due is None else due

    def _poll(self, feed: Feed) -> None:
        """One feed once. After a stop its next time stays as it was, so that it is polled first when going on."""
        clock = self.client.clock
        taking = Taking(self.client, self.state, self.evidence, Given(outlet=feed.outlet), feed.since)
        outcomes = self.keep(taking.take([feed.url]), taking)
        same = taking.counts["unchanged"] + taking.counts["known"]
        told = ", ".join(
            f"{n:,} {words}" for name, words in _TOLD if (n := outcomes[name] + (same if name == "same" else 0))
        )
        line = f"{clock.now():%Y-%m-%d %H:%M} {feed.called}: {told or 'nothing'}"
        if clock.stopped:
            self.tell(f"{line}; stopped, and goes on here")
            return
        taking.finish()
        failures = self.state.failures(feed.url) + 1 if taking.lost else 0
        wait = min(max(feed.every, LONGEST), feed.every * 2 ** min(failures, 10))
        if taking.lost and taking.lost.wait:
            wait = max(wait, timedelta(seconds=min(taking.lost.wait, LONGEST.total_seconds())))
        next_ = clock.now() + wait + timedelta(seconds=random.uniform(0, 5) if failures else 0)
        self.state.polled(feed.url, next_, failures)
        self.tell(f"{line}; next {next_:%Y-%m-%d %H:%M}" + (f", failed {failures} times" if failures > 1 else ""))
