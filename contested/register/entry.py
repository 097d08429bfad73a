"""One row of a file of parties → `Party`, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from contested.errors import LexiconError
from contested.register.party import KINDS, USUAL_CLASS, Name, Office, Party, Span, Tie, earliest, latest
from contested.statement import SOURCE_CLASSES

T = TypeVar("T")
KEYS = frozenset(
    "id name kind country class aliases scripts from to names part_of ally_of side succeeded_by ambiguous usual ucdp"
    " source offices".split()
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Row:
    """A mapping out of a file, with where it stands; every wrong value raises `LexiconError` naming entry and field."""

    def __init__(self, where: str, raw: Any, known: frozenset[str], mend: str) -> None:
        self.where = where
        if not isinstance(raw, Mapping):
            raise self.error(f"is no mapping; {mend}")
        self.raw = raw
        for key in raw:
            if key not in known:
                raise self.error(f"`{key}` is not known here; known are {', '.join(sorted(known))}")

    def error(self, problem: str) -> LexiconError:
        return LexiconError(f"{self.where}: {problem}")

    def text(self, key: str, *, need: bool = False) -> str | None:
        """One string, or null."""
        value = self.raw.get(key)
        if value is None and not need:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"`{key}` must be text, not {value!r}")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string alone is a list of one."""
        value = self.raw.get(key)
        value = () if value is None else (value,) if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.error(f"`{key}` must be a list of texts, not {value!r}")
        return tuple(one.strip() for one in value)

    def rows(self, key: str, make: Callable[[str, Any], T]) -> tuple[T, ...]:
        """A list of anything; one thing alone is a list of one."""
        value = self.raw.get(key)
        value = [] if value is None else value if isinstance(value, list) else [value]
        return tuple(make(f"{self.where}: `{key}` {n}", one) for n, one in enumerate(value, 1))

    def span(self) -> Span:
        """`from` and `to`, dates that exist and do not run backwards."""
        start, end = (self._date(key) for key in ("from", "to"))
        if start and end and earliest(start) > latest(end):
            raise self.error(f"`from` {start} is after `to` {end}; swap or mend them")
        return Span(start, end)

    def _date(self, key: str) -> str | None:
        value = self.raw.get(key)
        if value is None:
            return None
        try:
            if not _DATE.fullmatch(str(value)):
                raise ValueError
            date.fromisoformat(earliest(str(value)))
        except ValueError:
            raise self.error(f"`{key}` {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from None
        return str(value)

    def one_of(self, key: str, allowed: tuple[str, ...], usual: str | None = None) -> str:
        value = self.raw.get(key, usual)
        if value not in allowed:
            raise self.error(f"`{key}` must be one of {', '.join(allowed)}, not {value!r}")
        return str(value)


def identity(where: str, n: int, raw: Any) -> str:
    """The id of the `n`th row of the file `where`."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
        raise LexiconError(f"{where}: entry {n}: an entry is a mapping with an `id`")
    if not _ID.fullmatch(raw["id"]):
        raise LexiconError(
            f"{where}: entry {n}: `id` {raw['id']!r} is not in the form of ids: lower case, dotted, such as sy.nusra"
        )
    return str(raw["id"])


def built(rows: Iterable[tuple[str, Any]], base: Party | None) -> Party | None:
    """The party that rows of one id describe together, each adding to the one before, the first to `base`."""
    for where, raw in rows:
        base = party(where, raw, base)
    return base


def party(where: str, raw: Any, base: Party | None = None) -> Party:
    """The party that `raw` describes. `where` names file and entry.

    With a `base` (an organ of a state out of the templates, or an entry of the same id that came before), lists are
    added to its lists, and what `raw` does not say stays as it is there.
    """
    row = Row(where, raw, KEYS, "an entry has `id`, `name`, `kind`")
    kind = row.one_of("kind", KINDS, base.kind if base else None)
    cls = row.one_of("class", SOURCE_CLASSES, base.cls if base else USUAL_CLASS.get(kind))
    name = row.text("name", need=base is None) or (base.name if base else "")
    when = row.span()
    if base and when == Span():
        when = base.when
    given = Name(name, row.texts("aliases"), row.texts("scripts"))
    others = row.rows("names", _name)
    ucdp = row.text("ucdp")
    if ucdp is not None and not ucdp.isdigit():
        raise row.error(f"`ucdp` must be UCDP's number of the actor, not {ucdp!r}")
    side = row.raw.get("side") or {}
    if not isinstance(side, Mapping) or not all(isinstance(value, str) for value in side.values()):
        raise row.error(f"`side` must say for countries which side is taken, such as {{SY: opposition}}, not {side!r}")
    offices = row.rows("offices", _office)
    if offices and kind != "person":
        raise row.error("`offices` are for persons; for a body use `part_of`")
    old = base or Party(row.text("id", need=True) or "", name, kind, cls)
    return Party(
        id=old.id,
        name=name,
        kind=kind,
        cls=cls,
        countries=row.texts("country") or old.countries,
        names=(given, *(_unusual(old.names, given)), *others),
        when=when,
        part_of=(*old.part_of, *row.rows("part_of", _tie)),
        ally_of=(*old.ally_of, *row.rows("ally_of", _tie)),
        side=tuple({**dict(old.side), **side}.items()),
        offices=(*old.offices, *offices),
        succeeded_by=row.text("succeeded_by") or old.succeeded_by,
        ambiguous=(*old.ambiguous, *row.texts("ambiguous")),
        usual=(*old.usual, *row.texts("usual")),
        ucdp=int(ucdp) if ucdp else old.ucdp,
        source=row.text("source") or old.source,
    )


def _unusual(names: tuple[Name, ...], usual: Name) -> tuple[Name, ...]:
    """The names of a base, but for a first one that says nothing beyond the `usual` name."""
    return tuple(one for one in names if one.aliases or one.scripts or one.name != usual.name)


def _name(where: str, raw: Any) -> Name:
    row = Row(where, raw, frozenset({"name", "aliases", "scripts", "from", "to"}), "write {name: …, from: …, to: …}")
    return Name(row.text("name", need=True) or "", row.texts("aliases"), row.texts("scripts"), row.span())


def _tie(where: str, raw: Any) -> Tie:
    if isinstance(raw, str):
        return Tie(raw)
    row = Row(where, raw, frozenset({"party", "from", "to"}), "write an id, or {party: id, from: …, to: …}")
    return Tie(row.text("party", need=True) or "", row.span())


def _office(where: str, raw: Any) -> Office:
    row = Row(where, raw, frozenset({"office", "of", "from", "to"}), "write {office: …, of: id, from: …, to: …}")
    return Office(row.text("office", need=True) or "", row.text("of", need=True) or "", row.span())
