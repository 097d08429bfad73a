"""Whether two parties of two accounts are strangers, or belong together."""

from __future__ import annotations

from typing import Protocol

from contested.record.account import Who


class Related(Protocol):
    """What the register of parties answers."""

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> str: ...


def one_power(one: Who, other: Who) -> bool:
    """Whether two names are of one party, or of organs of one state."""
    if one.id == other.id:
        return True
    organs = {"state", "organ", "person"}
    return one.kind in organs and other.kind in organs and _head(one) == _head(other) != "int"


def _head(party: Who) -> str:
    return (party.id or "").partition(".")[0] if party.kind != "person" else (party.country or "").lower()


def different(one: Who, other: Who, register: Related, on: str | None) -> bool:
    """Whether two known parties are strangers: not allied, not of one side, neither a general name for the other."""
    if one_power(one, other) or _general(one, other) or _general(other, one):
        return False
    return register.relation(one.id or "", other.id or "", on) == "different"


def _general(one: Who, other: Who) -> bool:
    """Whether `one` is a general name ("militants" of a country) that may cover `other`."""
    armed = other.kind == "armed-group" or other.side == "opposition"
    return (one.id or "").endswith((".militants", ".rebels", ".proxies")) and armed
