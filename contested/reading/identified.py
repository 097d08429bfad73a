"""`Identified`: the party that the words of a mention mean, as far as they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from contested.reading.party_context import Around
from contested.register import Office, Party


@dataclass(frozen=True, slots=True)
class Identified:
    """Who is meant by `words`. `party` is an id of the register, null where the words do not tell; `why` says why not.

    `part` is what the mention names of its party ("fighters", "aircraft", "officials"), null for the whole. `office`,
    for persons, is `{office, of, from, to}` on the report's day. `sure` goes from 0 to 1, `basis` is one of `name`,
    `alias`, `former-name`, `spelling` … (how the register has the name), `organ` (a country and what of it),
    `description` (in the report's own country), `antecedent`, `apposition`. `country` is ISO 3166-1 alpha-2, and may be
    known where the party is not. `also` lists other parties in the same words ("Iraqi and Jordanian jets"), `beside`
    parties that are named but not meant ("Jordan-backed fighters"). `report` is the id of the report, `long` what an
    acronym stands for in it.
    """

    words: str
    party: str | None = None
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    cls: str | None = None
    side: str | None = None
    office: Mapping[str, str] | None = field(default=None, hash=False)
    part: str | None = None
    sure: float = 0.0
    basis: str | None = None
    why: str | None = None
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    report: str | None = None
    long: str | None = None
    told: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What is known: party, name, kind, country, class, side, office, part, sure, basis, why, also."""
        out = {
            "party": self.party, "name": self.name, "kind": self.kind, "country": self.country, "class": self.cls,
            "side": self.side, "office": dict(self.office) if self.office else None, "part": self.part,
            "sure": round(self.sure, 2) if self.party else None, "basis": self.basis, "why": self.why,
            "also": list(self.also) or None,
        }  # fmt: skip
        return {key: value for key, value in out.items() if value is not None}

    @classmethod
    def of(cls, ctx: Around, words: str, party: Party, basis: str, sure: float, part: str | None = None) -> Self:
        """`words` mean `party` in the report of this context."""
        sided = dict(party.side)
        office = next(iter(party.offices_on(ctx.on)), None) if ctx.on or len(party.offices) == 1 else None
        return cls(
            words, party.id, party.name, party.kind, party.country, party.cls,
            sided.get(ctx.country or "") or (next(iter(sided.values())) if len(sided) == 1 else None),
            _office(office), part, max(0.0, min(1.0, sure)), basis,
        )  # fmt: skip

    def but(self, *, sure: float = 1.0, basis: str | None = None, part: str | None = None) -> Self:
        """The same party, `sure` times as sure, on another basis, or another part of it."""
        return replace(self, sure=self.sure * sure, basis=basis or self.basis, part=part or self.part)


def _office(office: Office | None) -> dict[str, str] | None:
    if office is None:
        return None
    known = {"office": office.office, "of": office.of, "from": office.when.start, "to": office.when.end}
    return {key: value for key, value in known.items() if value}
