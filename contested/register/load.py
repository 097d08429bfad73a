"""Files of parties → a checked register."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from contested.errors import LexiconError
from contested.register import entry
from contested.register.check import check
from contested.register.files import builtin, content, kept, party_files, rows
from contested.register.index import index
from contested.register.organs import organ
from contested.register.party import Party
from contested.register.register import Register

#: A row out of a file, and where it stands.
Entry = tuple[str, Any]


def load_register(extra: Path | None = None) -> Register:
    """The package's register, with the entries of the YAML files in the folder `extra` added.

    An entry of `extra` whose id is there already adds to it: its lists are joined, its other fields replace. Raises
    `LexiconError` naming file, entry and field. The same folder gives the same register until a file in it changes.
    """
    stamp = tuple((path, path.stat().st_mtime_ns) for path in party_files(extra)) if extra is not None else ()
    return _load(extra, stamp)


@lru_cache(maxsize=4)
def _load(extra: Path | None, stamp: tuple[tuple[Path, int], ...]) -> Register:
    folders = (builtin(), extra) if extra is not None else (builtin(),)
    paths = [path for folder in folders for path in party_files(folder)]
    parts = [content(path) for path in (*sorted(builtin().glob("*.yaml")), *paths)]
    names = "\n".join(map(str, paths)).encode()
    made = kept("register", [names, *parts], lambda: _make(extra))
    return Register(**made)


def _make(extra: Path | None) -> dict[str, Any]:
    """The rows of every party in the order they add up, each with where it stands, and the index of names; checked."""
    own_entries, own_parties = _own()
    entries, parties = dict(own_entries), dict(own_parties)
    for id, found in _read(extra).items() if extra is not None else ():
        entries[id] = [*entries.get(id, ()), *found]
        if (made := entry.built(found, parties.get(id) or organ(id))) is not None:
            parties[id] = made

    def look(id: str) -> Party | None:
        return parties.get(id) or organ(id)

    check(parties, {id: found[-1][0] for id, found in entries.items()}, look)
    return {"entries": entries, **index(parties.values())}


@cache
def _own() -> tuple[dict[str, list[Entry]], dict[str, Party]]:
    """The rows of the package's own files, and the parties they make."""
    entries = _read(builtin())
    return entries, {id: made for id, one in entries.items() if (made := entry.built(one, organ(id)))}


def _read(folder: Path) -> dict[str, list[Entry]]:
    """The one row of every id in a folder's files, and where it stands."""
    found: dict[str, list[Entry]] = {}
    for path in party_files(folder):
        raws = rows(path)
        if raws is not None and not isinstance(raws, list):
            raise LexiconError(f"{path}: a file of parties is a list of entries, each starting with `- id:`")
        for n, raw in enumerate(raws or (), 1):
            id = entry.identity(str(path), n, raw)
            place = f"{path}: entry {id!r}"
            if id in found:
                raise LexiconError(f"{place}: the id stands twice; it is also that of {found[id][0][0]}")
            found[id] = [(place, raw)]
    return found
