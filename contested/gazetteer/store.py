"""One list of places as an SQLite file: written once and whole, then only read.

Two tables. `place` has a row a place. `name` has a row a name, in the order of the key under which its spellings meet,
so that a look-up is one walk in one tree. Parents are named by id, because they may stand in another list.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from contested.errors import DataError
from contested.gazetteer.entry import Entry, folded
from contested.gazetteer.place import KINDS, Place
from contested.spelling import key

#: Changes when the tables do, or what is put into them.
FORMAT = 4
_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT, lat REAL, lon REAL, kind INTEGER, country TEXT,
  geonameid INTEGER, parent TEXT, population INTEGER, radius REAL, same TEXT, cell INTEGER);
CREATE TABLE name(
  key TEXT NOT NULL, place INTEGER NOT NULL, fold TEXT NOT NULL, how INTEGER NOT NULL, given TEXT,
  PRIMARY KEY(key, place, fold)) WITHOUT ROWID;
"""
_UNIQUE = "CREATE UNIQUE INDEX place_id ON place(id)"
_INDEXES = """
CREATE INDEX place_cell ON place(cell) WHERE cell IS NOT NULL;
CREATE INDEX place_kind ON place(kind) WHERE kind <= 3;
CREATE INDEX place_same ON place(same) WHERE same IS NOT NULL;
ANALYZE;
"""
_BATCH = 200_000  # rows of `name` that are sorted at a time: some 100 MB at most


class Row(NamedTuple):
    """A place as it stands in one list; `kind` is null where the list only gives names to a place of another."""

    n: int
    id: str
    name: str | None
    lat: float
    lon: float
    kind: int | None
    country: str | None
    geonameid: int | None
    parent: str | None
    population: int
    radius: float
    same: str | None


class Hit(NamedTuple):
    """A name that has the asked key: the id of its place, its folded form, how it is the place's name."""

    id: str
    fold: str
    how: int


_COLUMNS = "n, id, name, lat, lon, kind, country, geonameid, parent, population, radius, same"


def cell(lat: float, lon: float) -> int:
    """The number of the square of one degree that a point is in."""
    return (min(179, int(lat + 90)) << 9) + int(lon + 180) % 360


def write(path: Path, entries: Iterable[Entry], meta: Mapping[str, str], *, keep_names: bool = False) -> int:
    """Write `entries` into a new file at `path` and return their number.

    Nothing guards against a reader here: write beside, then rename. `keep_names` also keeps each name as it was given,
    so that a list can get new keys when the spelling changes. Raises what `entries` raises, `DataError` on a full disk.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
            db.executescript(_TABLES)
            db.execute("BEGIN")
            count = _fill(db, entries, keep_names)
            rows = {**meta, "format": str(FORMAT), "places": str(count)}
            db.executemany("INSERT INTO meta VALUES (?, ?)", rows.items())
            db.execute("COMMIT")
            try:
                db.execute(_UNIQUE)
            except sqlite3.IntegrityError:  # a list that has a place twice: the first holds
                db.execute("DELETE FROM place WHERE n NOT IN (SELECT min(n) FROM place GROUP BY id)")
                db.execute(_UNIQUE)
            db.executescript(_INDEXES)
    except sqlite3.Error as error:
        raise DataError(f"{path}: the list of places cannot be written: {error}") from error
    return count


def _fill(db: sqlite3.Connection, entries: Iterable[Entry], keep_names: bool) -> int:
    n = 0
    names: list[tuple[str, int, str, int, str | None]] = []
    for n, entry in enumerate(entries, 1):
        place = entry.place
        parent = place.within[0] if place.within else None
        if entry.bare:
            row: tuple[object, ...] = (
                n,
                place.id,
                None,
                0.0,
                0.0,
                None,
                None,
                place.geonameid,
                None,
                0,
                0.0,
                None,
                None,
            )
        else:
            row = (n, place.id, place.name, place.lat, place.lon, KINDS.index(place.kind), place.country,
                   place.geonameid, parent, place.population, round(place.radius_km, 2), entry.same,
                   cell(place.lat, place.lon))  # fmt: skip
        db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", row)
        names += _names(n, entry, keep_names)
        if len(names) >= _BATCH:
            _put(db, names)
            names.clear()
    _put(db, names)
    return n


def _names(n: int, entry: Entry, keep_names: bool) -> Iterator[tuple[str, int, str, int, str | None]]:
    """A row for each folded form of a place's names, with the best reason for which it is one."""
    given = [(entry.place.name, 0), *entry.names] if not entry.bare else list(entry.names)
    seen: dict[str, tuple[int, str]] = {}
    for name, how in given:
        fold = folded(name)
        if fold and (fold not in seen or how < seen[fold][0]):
            seen[fold] = (how, name)
    for fold, (how, name) in seen.items():
        of = key(fold) or fold
        yield of, n, "" if fold == of else fold, how, name if keep_names else None


def _put(db: sqlite3.Connection, names: list[tuple[str, int, str, int, str | None]]) -> None:
    names.sort(key=lambda row: (row[0], row[1]))
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?,?)", names)


class Store:
    """A list that is read, from any thread: each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self.meta: dict[str, str] = dict(self._rows("SELECT name, value FROM meta"))

    def hits(self, keys: tuple[str, ...]) -> list[Hit]:
        """Every name that has one of `keys`."""
        marks = ",".join("?" * len(keys))
        asked = f"""SELECT p.id, iif(n.fold = '', n.key, n.fold), n.how FROM name n JOIN place p ON p.n = n.place
                    WHERE n.key IN ({marks})"""
        return [Hit(*row) for row in self._rows(asked, keys)]

    def has_key(self, keys: tuple[str, ...]) -> bool:
        """Whether any name has one of `keys`."""
        marks = ",".join("?" * len(keys))
        return bool(self._rows(f"SELECT 1 FROM name WHERE key IN ({marks}) LIMIT 1", keys))

    def row(self, id: str) -> Row | None:
        """The place of that id."""
        return next((Row(*row) for row in self._rows(f"SELECT {_COLUMNS} FROM place WHERE id = ?", (id,))), None)

    def of_kind(self, kind: int) -> list[Row]:
        """All places of a kind. Quick for the wider ones, down to provinces."""
        return [Row(*row) for row in self._rows(f"SELECT {_COLUMNS} FROM place WHERE kind = ?", (kind,))]

    def in_cells(self, cells: Iterable[int]) -> list[Row]:
        """All places whose middle is in one of these squares."""
        wanted, found = list(cells), []
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            found += self._rows(f"SELECT {_COLUMNS} FROM place WHERE cell IN ({marks})", some)
        return [Row(*row) for row in found]

    def geonameids(self) -> Iterator[tuple[int, str]]:
        """GeoNames' numbers of all places here that have one, with the places' ids."""
        yield from self._db().execute(
            "SELECT geonameid, id FROM place WHERE geonameid IS NOT NULL AND kind IS NOT NULL"
        )

    def entries(self) -> Iterator[Entry]:
        """The list again, as it was written; only where the names were kept."""
        names: dict[int, list[tuple[str, int]]] = {}
        for n, given, how in self._rows("SELECT place, given, how FROM name WHERE given IS NOT NULL"):
            names.setdefault(n, []).append((given, how))
        for row in map(Row._make, self._rows(f"SELECT {_COLUMNS} FROM place")):
            kind, parent = KINDS[row.kind or 0], (row.parent,) if row.parent else ()
            place = Place(row.id, row.name or "", row.lat, row.lon, kind, row.country, row.geonameid, parent,
                          row.population, row.radius)  # fmt: skip
            yield Entry(place, tuple(names.get(row.n, ())), row.same, bare=row.kind is None)

    def same(self) -> dict[str, str]:
        """Id of a place of another list → id of the place here that is the same."""
        return dict(self._rows("SELECT same, id FROM place WHERE same IS NOT NULL"))

    def close(self) -> None:
        """Close the connections of all threads."""
        while self._open:
            self._open.pop().close()
        self._local = threading.local()

    def _rows(self, asked: str, given: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db().execute(asked, tuple(given)).fetchall()
        except sqlite3.Error as error:
            raise DataError(f"{self.path}: {error}; delete the file and it is made again") from error

    def _db(self) -> sqlite3.Connection:
        """This thread's connection; a forked process makes its own."""
        if getattr(self._local, "pid", None) != os.getpid():
            db = sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._local.db, self._local.pid = db, os.getpid()
            self._open.append(db)
        found: sqlite3.Connection = self._local.db
        return found
