"""What pages call things that statements, incidents and disputes hold by a code or a short name."""

from __future__ import annotations

from typing import Any

#: Types of dispute → what the accounts are at odds about.
DISPUTES = {
    "count": "how many were harmed", "responsibility": "who did it", "means": "how it was done",
    "occurrence": "whether it was so", "control": "who holds the ground", "victims": "who was harmed",
    "time": "when it was", "place": "where it was",
}  # fmt: skip
#: Columns of accounts side by side.
SLOTS = {
    "so": "Was it so", "who": "Who", "whom": "Whom or what", "how": "How", "where": "Where", "when": "When",
    "killed": "Killed", "injured": "Injured", "displaced": "Displaced", "detained": "Detained", "abducted": "Abducted",
    "missing": "Missing",
}  # fmt: skip
#: How accounts agree on one of them (`record.comparing.compared`).
STATES = {
    "nobody": "nobody tells", "alone": "one source tells", "same": "agree", "fits": "agree, some less exactly",
    "differs": "differ",
}  # fmt: skip
MODALITIES = {"asserted": "it was so", "denied": "it was not so", "possible": "it may be so", "future": "it is to come"}


def deed(type_: str, mode: str | None) -> str:
    """An act in plain words where the lexicon has a name for it, as titles do: "air strike"; else its code."""
    from contested.lexicon import load

    names = {(entry.value["type"], entry.value["mode"]): str(entry.value["name"]) for entry in load("happenings")}
    return names.get((type_, mode)) or " ".join(part for part in (type_, mode) if part)


def code(kind: str, type_: str, mode: str | None) -> str:
    """The name by which the codes of a statement are explained: `ASSAULT.aerial`, `control.holds`."""
    return f"{type_}.{mode}" if mode else f"{kind}.{type_}"


def party(id_: str) -> str | None:
    """What the register calls a party; None where it has none of that id."""
    from contested.register import load_register

    found = load_register().party(id_)
    return found.name if found else None


def again(asked: dict[str, str], **other: Any) -> dict[str, str]:
    """What a page was asked, for links to more of it: `asked` and what else is not empty."""
    return {**asked, **{key: str(value) for key, value in other.items() if value not in (None, "", False)}}
