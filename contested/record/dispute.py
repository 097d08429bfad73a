"""`Dispute`: accounts that cannot all be so, with what each says; and `Claim`, what one account says of one matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from contested.reading.party_words import senses
from contested.record.account import Account
from contested.spelling import fold
from contested.statement import Source, digest

#: Where the head of a noun phrase ends.
_HEAD = re.compile(r"\s(?:of|in|at|on|from|for|near|close|with|who|there)\s")
Type = Literal["count", "responsibility", "means", "occurrence", "control", "victims", "time", "place"]
TYPES: tuple[Type, ...] = ("count", "responsibility", "means", "occurrence", "control", "victims", "time", "place")


#: More clauses than these are not told in a sentence.
MANY = 6
#: Events that are words: who does the saying is the actor.
SPOKEN = frozenset({"ACCUSE", "REJECT"})


@dataclass(frozen=True, slots=True)
class Position:
    """What one account says in a dispute. `value` is a number (persons, a share) where it says one.

    `source` is to whom the report attributes it, else the outlet; null where neither is known.
    """

    account: str
    report: str
    source: str | None
    says: str
    quote: str
    value: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "report": self.report,
            "account": self.account,
            "source": self.source,
            "says": self.says,
            "value": self.value,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Dispute:
    """Accounts that cannot all be so. `update`: the number of one happening was raised, told later or by one source.

    `id` is a hash of the type and of the statements it rests on, so it is the same in every record that holds them.
    `about` is the id of the incident or of the place, null until it is known.
    """

    id: str
    type: Type
    update: bool
    accounts: tuple[Position, ...]
    sentence: str
    about: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.type,
            "update": self.update,
            "about": self.about,
            "sentence": self.sentence,
            "accounts": [position.to_json() for position in self.accounts],
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """What one account says of one matter, before it is set against others.

    `says` are a few words for it, `clause` a clause that follows "<source> says". `value` as in `Position`.
    """

    account: Account
    says: str
    clause: str
    value: float | None = None
    content: Any = field(default=None, compare=False)

    @property
    def voice(self) -> str:
        return voice(self.account)

    @property
    def position(self) -> Position:
        a = self.account
        return Position(a.key, a.report, source_of(a), self.says, a.quote, self.value)


def source_of(account: Account) -> str | None:
    """Who says it: the source the report names, else who speaks in it, else the outlet."""
    if account.said_by is None and account.type in SPOKEN and account.actors:
        return account.actors[0].text
    return account.said_by.text if account.said_by else account.outlet


def voice(account: Account) -> str:
    """Whose word an account is, so that one source quoted by two outlets is one voice."""
    if account.said_by is None and account.type in SPOKEN and account.actors:
        return account.actors[0].id or fold(account.actors[0].text)
    if account.source and account.source.id and account.source.kind != "people":
        return account.source.id
    return fold(account.said_by.text) if account.said_by else f"report {account.voice}"


def same_voice(one: Account, other: Account) -> bool:
    """Whether two accounts are one source's word: one party, one description ("a monitor"), one taken up again."""
    if voice(one) == voice(other):
        return True
    a, b = one.said_by, other.said_by
    if a is None or b is None:
        return False
    return fold(a.text) == fold(b.text) or (one.report == other.report and a.cls == b.cls and _looks_back(a, b))


def _looks_back(one: Source, other: Source) -> bool:
    """Whether one of two sources of a report is the other one taken up again: "the source", "the group"."""
    return any(not s.named and s.text.lower().startswith("the ") for s in (one, other))


def order(account: Account) -> tuple[Any, ...]:
    """Accounts in the order in which they were published and told."""
    day = account.published.toordinal() if account.published else 0
    return (day, account.report, account.statement.quote_start, account.statement.anchor_start, account.key)


def dispute_of(type: Type, claims: Iterable[Claim], *, update: bool = False, about: str | None = None) -> Dispute:
    """The dispute of `claims`, each account once, in order of publication."""
    once = {(claim.account.key, claim.says): claim for claim in claims}
    ordered = sorted(once.values(), key=lambda claim: (order(claim.account), claim.says))
    rests_on = sorted({(claim.account.report, claim.account.statement.id) for claim in ordered})
    return Dispute(
        id=digest([type, update, rests_on]), type=type, update=update,
        accounts=tuple(claim.position for claim in ordered), sentence=sentence(ordered), about=about,
    )  # fmt: skip


def sentence(claims: Sequence[Claim]) -> str:
    """What differs in plain words: "Sana says 4 civilians were killed; the Observatory says at least 9 people were."

    Who says the same stands together, at most three by name; at most `MANY` clauses.
    """
    said: dict[str, list[str]] = {}
    for claim in claims:
        name = source_of(claim.account) or "one report"
        said.setdefault(claim.clause, [])
        if name not in said[claim.clause]:
            said[claim.clause].append(name)
    parts = [f"{_names(names)} {_verb(names)} {clause}" for clause, names in said.items()]
    if len(parts) > MANY:
        parts[MANY - 1 :] = [f"{len(parts) - MANY + 1} other accounts differ as well"]
    text = "; ".join(parts) + "."
    return text[:1].upper() + text[1:]


def _names(names: Sequence[str]) -> str:
    shown = [amid(name) for name in names]
    if len(shown) > 3:
        shown = [*shown[:2], f"{len(shown) - 2} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _verb(names: Sequence[str]) -> str:
    """ "says", or "say" where there are several or one is a plural ("local sources", "activists in Orla")."""
    head = _HEAD.split(names[0], maxsplit=1)[0].split()[-1:] or [""]
    plural = head[0].endswith("s") and not head[0].endswith("ss") and "head" in senses().get((head[0].lower(),), {})
    return "say" if len(names) > 1 or plural else "says"


def amid(words: str) -> str:
    """Words of a report as they stand amid a sentence: "The rebels" are "the rebels"; names keep their capital."""
    first, _, rest = words.strip().partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("The", "A", "An", "Some") else words.strip()
