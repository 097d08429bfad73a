"""What was fetched, beside the record: so that going on goes on where it stopped, and nothing is asked for twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from contested.errors import WatchError
from contested.fetching.client import Known

#: An address that could not be had is tried so often, in as many rounds, before it is let be.
TRIES = 5
_TABLES = """
create table if not exists page (
    url text primary key, final text, etag text, modified text, stamp text, fetched text,
    done integer not null default 0, tries integer not null default 0
) without rowid;
create table if not exists feed (
    url text primary key, next text not null, failures integer not null default 0
) without rowid;
create table if not exists told (
    number integer primary key, dispute text not null unique, body text, at text not null,
    posted integer not null default 0
);
create table if not exists begun (what text primary key, at text not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of an address: what it answered, the `stamp` (when its list said it was changed), and whether it is
    `done`: read, or given up.
    """

    url: str
    known: Known | None
    stamp: str | None
    done: bool
    tries: int


class State:
    """The file `state.db` in the folder beside a record. Raises `WatchError` where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        path = folder / "state.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.executescript(f"pragma journal_mode=wal; pragma synchronous=normal; {_TABLES}")
        except (OSError, sqlite3.Error) as error:
            raise WatchError(str(path), f"cannot be used: {error}; without it all is fetched anew") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def forget(self) -> None:
        """All that was fetched is as if it had not been: for a record that has nothing of it."""
        for table in ("page", "feed", "told", "begun"):
            self._db.execute(f"delete from {table}")

    # ---- addresses -------------------------------------------------------------------------------------------------

    def page(self, url: str) -> Page | None:
        row = self._one("select final, etag, modified, stamp, done, tries from page where url = ?", url)
        if row is None:
            return None
        final, etag, modified, stamp, done, tries = row
        return Page(
            url, Known(final, etag, modified) if final and (etag or modified) else None, stamp, bool(done), tries
        )

    def had(self, url: str, known: Known | None, stamp: str | None, at: datetime) -> None:
        """An address was fetched, and what it has is in the record. None for `known`: to be fetched whole next time."""
        final, etag, modified = (known.final, known.etag, known.modified) if known else (None, None, None)
        self._db.execute(
            "insert or replace into page values (?, ?, ?, ?, ?, ?, 1, 0)",
            (url, final, etag, modified, stamp, at.isoformat()),
        )

    def failed(self, url: str, stamp: str | None, *, lasting: bool) -> bool:
        """An address could not be had: whether that is the end of it, because it will not change or was tried enough.

        What it answered before is kept.
        """
        self._db.execute("insert or ignore into page (url) values (?)", (url,))
        self._db.execute(
            "update page set tries = tries + 1, stamp = ?, done = (? or tries + 1 >= ?) where url = ?",
            (stamp, lasting, TRIES, url),
        )
        return bool((self._one("select done from page where url = ?", url) or (0,))[0])

    # ---- feeds -----------------------------------------------------------------------------------------------------

    def due(self, url: str) -> datetime | None:
        """When a feed is to be polled next; None for at once."""
        row = self._one("select next from feed where url = ?", url)
        return datetime.fromisoformat(row[0]) if row else None

    def failures(self, url: str) -> int:
        """How often in a row a feed could not be had."""
        row = self._one("select failures from feed where url = ?", url)
        return int(row[0]) if row else 0

    def polled(self, url: str, next_: datetime, failures: int) -> None:
        self._db.execute("insert or replace into feed values (?, ?, ?)", (url, next_.isoformat(), failures))

    # ---- disputes --------------------------------------------------------------------------------------------------

    def begin(self, there: Iterable[str]) -> None:
        """The first time: disputes that are `there` already are no news."""
        if self._one("select 1 from begun where what = 'disputes'") is None:
            with closing(self._db.cursor()) as cursor:
                cursor.execute("begin")
                cursor.executemany(
                    "insert or ignore into told (dispute, at, posted) values (?, ?, 1)",
                    ((one, datetime.now(UTC).isoformat()) for one in there),
                )
                cursor.execute("insert into begun values ('disputes', ?)", (datetime.now(UTC).isoformat(),))
                cursor.execute("commit")

    def untold(self, there: Collection[str]) -> list[str]:
        """Those of these disputes that were never met before, in the order given."""
        met = {row[0] for row in self._db.execute("select dispute from told")}
        return [one for one in there if one not in met]

    def tell(self, body: dict[str, Any], at: datetime, *, post: bool) -> None:
        """A dispute is news, and waits where it is to be posted."""
        self._db.execute(
            "insert or ignore into told (dispute, body, at, posted) values (?, ?, ?, ?)",
            (body["id"], json.dumps(body, ensure_ascii=False), f"{at:%Y-%m-%dT%H:%M:%SZ}", not post),
        )

    def waiting(self, limit: int) -> list[dict[str, Any]]:
        """Disputes that wait to be posted, oldest first."""
        rows = self._db.execute("select body from told where posted = 0 order by number limit ?", (limit,))
        return [json.loads(row[0]) for row in rows]

    def posted(self, ids: Iterable[str]) -> None:
        self._db.executemany("update told set posted = 1 where dispute = ?", ((one,) for one in ids))

    def latest(self, limit: int) -> list[tuple[dict[str, Any], str]]:
        """The disputes that were news last, each with the moment, newest first."""
        rows = self._db.execute(
            "select body, at from told where body is not null order by number desc limit ?", (limit,)
        )
        return [(json.loads(body), at) for body, at in rows]

    def _one(self, query: str, *given: Any) -> Any:
        return self._db.execute(query, given).fetchone()
