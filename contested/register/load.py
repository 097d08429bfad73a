"""Files of parties → a checked register."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from contested.errors import LexiconError
from contested.register import entry
from contested.register.check import check
from contested.register.files import builtin, party_files, rows
from contested.register.organs import organ
from contested.register.party import Party
from contested.register.register import Register


def load_register(extra: Path | None = None) -> Register:
    """The package's register, with the entries of the YAML files in the folder `extra` added.

    An entry of `extra` whose id is there already adds to it: its lists are joined, its other fields replace. Raises
    `LexiconError` naming file, entry and field. The same folder gives the same register until a file in it changes.
    """
    stamp = tuple((path, path.stat().st_mtime_ns) for path in party_files(extra)) if extra is not None else ()
    return _load(extra, stamp)


@lru_cache(maxsize=4)
def _load(extra: Path | None, stamp: tuple[tuple[Path, int], ...]) -> Register:
    parties: dict[str, Party] = {}
    where: dict[str, str] = {}
    for folder in (builtin(), extra) if extra is not None else (builtin(),):
        own: dict[str, str] = {}
        for path in party_files(folder):
            raws = rows(path)
            if raws is not None and not isinstance(raws, list):
                raise LexiconError(f"{path}: a file of parties is a list of entries, each starting with `- id:`")
            for n, raw in enumerate(raws or (), 1):
                id = entry.identity(str(path), n, raw)
                place = f"{path}: entry {id!r}"
                if id in own:
                    raise LexiconError(f"{place}: stands twice; it is also in {own[id]}")
                own[id] = str(path)
                where[id] = place
                parties[id] = entry.party(place, raw, parties.get(id) or organ(id))
    register = Register(parties)
    check(parties, where, register.party)
    return register
