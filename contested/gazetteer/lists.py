"""The lists that the user imports: add, remove, and keep them in step with the spelling.

Each is a file of its own in the data folder, made whole or not at all. The number before its name is the order of
import: of two lists, what the later says of a place holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contested.errors import DataError, InputError
from contested.gazetteer.entry import Entry
from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.index import Log, data_folder, imported, locked, open_gazetteer, spelling_version, whole
from contested.gazetteer.store import FORMAT, Store, write
from contested.spelling import fold


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import; printed, it tells so."""

    file: str
    list: str
    places: int
    kinds: tuple[tuple[str, int], ...]
    done: str

    def __str__(self) -> str:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in self.kinds)
        return f"{self.file}: {self.done} {self.list!r}: {self.places:,} places{f' ({kinds})' if kinds else ''}"


def add(file: Path, *, folder: Path | None = None, dry_run: bool = False, log: Log | None = None) -> Outcome:
    """Import a file of places.

    Raises `InputError` naming file and line where it is damaged or of no known kind, `DataError` where the list cannot
    be kept; nothing is changed then. A file that is there already, by its content, changes nothing; one of the same
    name with other content takes the place of the older.
    """
    from contested.gazetteer.imported.source import digest

    folder, tell = (folder or data_folder()).resolve(), log or (lambda _: None)
    sha, name = digest(file), list_name(file)
    for store in _stores(folder):
        if store.meta.get("sha256") == sha:
            return Outcome(
                str(file), store.meta["list"], int(store.meta["places"]), (), "nothing changed, it is already in"
            )
    tally: Counter[str] = Counter()
    gazetteer = open_gazetteer(folder, log=log)
    try:
        entries, note = _read(file, name, gazetteer, tell)
        counted = _counted(entries, tally, tell)
        if dry_run:
            count = sum(1 for _ in counted)
        else:
            with locked(folder, tell):
                count = _keep(folder, name, counted, {"file": file.name, "sha256": sha, "note": note})
    finally:
        gazetteer.close()
    if not count:
        raise InputError(str(file), "has no places")
    done = "nothing changed, it would add" if dry_run else "added"
    return Outcome(str(file), name, count, tuple(tally.most_common()), done)


def remove(name: str, *, folder: Path | None = None, log: Log | None = None) -> None:
    """Remove an imported list. Raises `DataError` where there is none of that name."""
    folder = folder or data_folder()
    with locked(folder, log or (lambda _: None)):
        for path in imported(folder):
            if path.stem.partition("-")[2] == name:
                path.unlink()
                return
    have = ", ".join(path.stem.partition("-")[2] for path in imported(folder)) or "none"
    raise DataError(f"no list {name!r} was imported; there {'is' if have == 'none' else 'are'}: {have}")


def list_name(file: Path) -> str:
    """The name of the list that a file becomes: its own, in small letters, without its ending."""
    return re.sub(r"[^a-z0-9]+", "-", fold(file.name.split(".")[0])).strip("-") or "list"


def _keep(folder: Path, name: str, entries: Iterable[Entry], meta: dict[str, str]) -> int:
    others = imported(folder)
    number = 1 + max((int(path.stem.partition("-")[0]) for path in others), default=0)
    about = {"list": name, "date": datetime.now(UTC).date().isoformat(), "keys": spelling_version(), **meta}
    with whole(folder / "places" / f"{number:03}-{name}.sqlite") as temporary:
        count = write(temporary, entries, about, keep_names=True)
        if not count:
            raise InputError(meta["file"], "has no places")
    for path in others:
        if path.stem.partition("-")[2] == name:
            path.unlink()
    return count


def _read(file: Path, name: str, gazetteer: Gazetteer, log: Log) -> tuple[Iterator[Entry], str]:
    """The places of a file, read as they are asked for, and the licence of what it comes from."""
    from contested.gazetteer.imported import geojson, geonames, ocha, source

    if file.suffix.lower() in (".json", ".geojson"):
        document = source.document(file)
        if ocha.is_one(document):
            return ocha.places(file, document, gazetteer), ocha.NOTE
        if geojson.is_one(document):
            return geojson.places(file, document, gazetteer, name), geojson.NOTE
        raise InputError(
            str(file), "is neither GeoJSON nor a list of p-codes (an array of id, type, names, coordinates)"
        )
    if file.suffix.lower() not in (".zip", ".txt"):
        raise InputError(str(file), "is of no known kind: .zip or .txt of GeoNames, .json of p-codes, .geojson")
    form = geonames.form(file)
    if form == "names":
        return geonames.names(file, gazetteer.geonameids(), log), geonames.NOTE
    reader = {"places": geonames.places, "countries": geonames.countries}.get(form, geonames.divisions)
    return reader(file), geonames.NOTE


def _counted(entries: Iterable[Entry], tally: Counter[str], log: Callable[[str], None]) -> Iterator[Entry]:
    for n, entry in enumerate(entries, 1):
        tally["names of places that are there" if entry.bare else entry.place.kind] += 1
        if n % 100_000 == 0:
            log(f"{n:,} places")
        yield entry


def _stores(folder: Path) -> Iterator[Store]:
    for path in imported(folder):
        store = Store(path)
        try:
            yield store
        finally:
            store.close()


def refresh(folder: Path, log: Log) -> None:
    """Give each list the keys of this version's spelling where it has others. Raises `DataError` for a newer format."""
    for store in _stores(folder):
        if store.meta.get("format") != str(FORMAT):
            raise DataError(f"{store.path}: of another version of contested; import {store.meta.get('file')} again")
        if store.meta.get("keys") != spelling_version():
            log(f"names of {store.meta['list']} get new keys")
            with locked(folder, log), whole(store.path) as temporary:
                meta = {k: v for k, v in store.meta.items() if k not in ("format", "places")}
                write(temporary, store.entries(), {**meta, "keys": spelling_version()}, keep_names=True)
