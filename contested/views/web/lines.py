"""A statement on one line of a list: what was done, by whom, to whom, where, in whose word."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from contested.record.account import Account, Who
from contested.record.told import told
from contested.views import words
from contested.views.web import naming

#: Kind and type → what is said of the parties, where the type alone would not tell.
_PLAIN = {
    ("control", "captures"): "takes ground", ("control", "loses"): "loses ground", ("control", "holds"): "holds ground",
    ("control", "besieges"): "besieges", ("toll", "killed"): "people killed", ("toll", "injured"): "people injured",
    ("toll", "displaced"): "people displaced", ("toll", "detained"): "people detained",
    ("toll", "abducted"): "people abducted", ("toll", "missing"): "people missing", ("condition", "access"): "passage",
    ("relation", "allied"): "allies", ("relation", "member"): "belongs to", ("relation", "alias"): "another name",
}  # fmt: skip


def line(account: Account) -> dict[str, Any]:
    """`told.Told` as JSON, and `kind`, `mode`, `modality`, `what` (in words), `actors` and `targets` (`party`,
    `name`), `place` and `where` (id and name of the narrowest), `by` (the party that says it), `harm` in words.
    """
    first = account.places[0] if account.places else None
    return {
        **told(account).to_json(), "kind": account.kind, "mode": account.mode, "modality": account.modality,
        "what": what(account.kind, account.type, account.mode), "actors": _named(account.actors),
        "targets": _named(account.targets), "place": first.id if first else None,
        "where": first.called if first else None, "by": account.source.id if account.source else None,
        "harm": [words.harm(one) for one in account.harm],
    }  # fmt: skip


@lru_cache(maxsize=1000)
def what(kind: str, type_: str, mode: str | None = None) -> str:
    """What a statement of this kind and type tells of, in plain words: "air strike", "takes ground"."""
    return naming.deed(type_, mode) if kind == "event" else _PLAIN.get((kind, type_), type_)


def _named(whos: tuple[Who, ...]) -> list[dict[str, Any]]:
    return [{"party": one.id, "name": one.called} for one in whos]
