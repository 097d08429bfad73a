"""Crosswalks: what ACLED, UCDP and Airwars would call a statement or an incident, by rules that are data.

`contested/lexicon/crosswalk/*.yaml` holds the rules; docs/crosswalks.md tells what each means. A rule looks at facts of
the accounts at hand (`Facts`), the first that fits decides, and where nothing can be said the reason stands there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from contested.errors import LexiconError
from contested.record.account import Account, Who
from contested.record.dispute_words import group_of, within
from contested.record.parted import Related, different, one_power
from contested.record.told import party_key

#: The crosswalks, in the order of their columns.
NAMES = ("acled", "ucdp", "airwars")
#: What a party of a kind is to a rule; other kinds are unknown.
CLASSES = {"state": "state", "organ": "state", "armed-group": "group", "people": "civilians"}
#: Deeds that are armed force.
FORCE = frozenset({"ASSAULT"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at. Names of sets hold `state`, `group`, `civilians`, or `unknown` alone where nobody is known.

    `by` acted, `upon` whom was acted; `sides` is `armed` where two armed strangers are among them; `state` whether a
    state is among the armed. `harmed`, `killed`: whether people are told to be; `victims`: `civilians` where any of
    them were, `people` where it is not told of some, `fighters` where all were, `nobody`. `blamed`: how many strangers
    are told to have done it (`nobody`, `one`, `several`); `claimed`: a party tells of its own harm to civilians.
    `fought`: an attack or battle is told of. `voices`: `one` or `several` independent ones.
    """

    modality: str
    type: str
    mode: str | None
    by: frozenset[str]
    upon: frozenset[str]
    sides: str
    state: bool
    fought: bool
    harmed: bool
    killed: bool
    victims: str
    blamed: str
    claimed: bool
    voices: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `gives` the values of the columns, or None for `reason`."""

    id: str
    when: Mapping[str, tuple[Any, ...]]
    gives: tuple[Any, ...] | None
    reason: str | None
    meaning: str
    example: tuple[Mapping[str, Any], ...]

    def fits(self, facts: Facts) -> bool:
        return all(_fits(getattr(facts, name), values) for name, values in self.when.items())


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The rules of one coding scheme, which version of it they are for, and the columns that they fill."""

    name: str
    version: str
    columns: tuple[str, ...]
    meaning: str
    rules: tuple[Rule, ...]

    def of(self, facts: Facts) -> dict[str, Any]:
        """The columns, the rule that decided, and the reason where there is nothing to say."""
        rule = next(rule for rule in self.rules if rule.fits(facts))
        values = rule.gives or (None,) * len(self.columns)
        return {**dict(zip(self.columns, values, strict=True)), "rule": rule.id, "reason": rule.reason}


@cache
def load(name: str) -> Crosswalk:
    """One of `NAMES`. Raises `LexiconError` for rules that are not of the form."""
    import yaml

    where = f"lexicon/crosswalk/{name}.yaml"
    raw = yaml.safe_load((resources.files("contested.lexicon") / "crosswalk" / f"{name}.yaml").read_text("utf-8"))
    rules = tuple(_rule(where, item, len(raw["columns"])) for item in raw["rules"])
    if rules[-1].when:
        raise LexiconError(f"{where}: the last rule must fit whatever comes: `when: {{}}`")
    return Crosswalk(name, raw["version"], tuple(raw["columns"]), raw["meaning"], rules)


def _rule(where: str, item: Mapping[str, Any], columns: int) -> Rule:
    gives = item.get("gives")
    if (gives is None) != bool(item.get("reason")) or (gives is not None and len(gives) != columns):
        raise LexiconError(
            f"{where}: {item.get('id')}: `gives` has a value for each column, or is null with a `reason`"
        )
    if unknown := set(item["when"]) - set(Facts.__slots__):
        raise LexiconError(f"{where}: {item['id']}: no fact is called {', '.join(sorted(unknown))}")
    when = {name: tuple(values) for name, values in item["when"].items()}
    example = tuple(item["example"])
    return Rule(item["id"], when, tuple(gives) if gives else None, item.get("reason"), item["meaning"], example)


def crosswalks(
    accounts: Sequence[Account], type: str, mode: str | None, voices: int = 1, *,
    at_odds: Collection[str] | None = None, register: Related | None = None,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """The columns `acled`, `ucdp` and `airwars` of an incident's accounts, or of a single one.

    `at_odds` are the types of its disputes; without, accounts that blame strangers are at odds. `register` tells what
    parties are to each other; the packaged one where none is given.
    """
    told = facts(accounts, type, mode, voices, at_odds, register)
    return {name: load(name).of(told) for name in NAMES}


def of_account(account: Account) -> dict[str, dict[str, Any]]:
    """The columns of one statement."""
    return crosswalks([account], account.type, account.mode)


def facts(
    accounts: Sequence[Account], type: str, mode: str | None, voices: int = 1,
    at_odds: Collection[str] | None = None,
    register: Related | None = None,
) -> Facts:  # fmt: skip
    """What rules look at, from the accounts that say that it was so, or may have been."""
    held = [a for a in accounts if a.modality in ("asserted", "possible")]
    deeds = [a for a in held if a.type in FORCE]
    told = [a for a in held if a.type == type] or held
    actors = [who for a in told for who in a.actors]
    targets = [who for a in told for who in a.targets]
    strangers = _Strangers(register)
    armed = [who for a in (deeds or told) for who in (*a.actors, *a.targets) if class_of(who) in ("state", "group")]
    harm = [h for a in held for h in a.harm if h.effect in ("killed", "injured") and (h.high is None or h.high > 0)]
    groups = [group_of(h.who) or "people" for h in harm]
    return Facts(
        modality=_modality(accounts), type=type, mode=mode, by=_classes(actors), upon=_classes(targets),
        sides="armed" if strangers.among(armed) else "other",
        state=any(class_of(who) == "state" for who in armed), fought=bool(deeds),
        harmed=bool(harm), killed=any(h.effect == "killed" for h in harm), victims=_victims(groups),
        blamed=_blamed(deeds, at_odds, strangers), claimed=any(_claims(a) for a in deeds),
        voices="one" if voices < 2 else "several",
    )  # fmt: skip


def class_of(who: Who) -> str:
    """Whether a party is a `state`, an armed `group`, `civilians`, or `unknown`, by the register or by its words."""
    if who.kind in CLASSES:
        return CLASSES[who.kind]
    group = group_of(who.text) if who.id is None else None
    return "civilians" if group and (group == "civilians" or within(group, "civilians")) else "unknown"


def _classes(parties: Iterable[Who]) -> frozenset[str]:
    known = frozenset(map(class_of, parties)) - {"unknown"}
    return known or frozenset({"unknown"})


def _modality(accounts: Sequence[Account]) -> str:
    said = [a.modality for a in accounts]
    return next((m for m in ("asserted", "possible", "denied", "future") if m in said), "asserted")


def _victims(groups: Sequence[str]) -> str:
    if not groups:
        return "nobody"
    if any(group == "civilians" or within(group, "civilians") for group in groups):
        return "civilians"
    return "fighters" if all(group == "combatants" or within(group, "combatants") for group in groups) else "people"


def _blamed(deeds: Sequence[Account], at_odds: Collection[str] | None, strangers: _Strangers) -> str:
    """How many strangers are told to have done it; both sides of a battle that one account tells of are one answer."""
    named = [tuple(w for w in a.actors if class_of(w) in ("state", "group")) for a in deeds]
    doers = [who for who in named if who]
    if at_odds is None:
        apart = any(all(strangers.are(a, b) for a in one for b in other) for one, other in combinations(doers, 2))
    else:
        apart = "responsibility" in at_odds
    return "several" if apart else "one" if doers else "nobody"


def _claims(account: Account) -> bool:
    """Whether a party tells of its own deed that harmed civilians."""
    source, groups = account.source, [group_of(h.who) or "people" for h in account.harm]
    if source is None or _victims(groups) != "civilians" or account.modality != "asserted":
        return False
    return any(a.id is not None and source.id is not None and one_power(a, source) for a in account.actors)


def _fits(fact: Any, values: tuple[Any, ...]) -> bool:
    return fact <= set(values) if isinstance(fact, frozenset) else fact in values


class _Strangers:
    """Whether parties have nothing to do with each other; the register is only opened when it is asked."""

    def __init__(self, register: Related | None) -> None:
        self._register = register

    def among(self, parties: Iterable[Who]) -> bool:
        once = {party_key(who): who for who in parties}
        return any(self.are(one, other) for one, other in combinations(once.values(), 2))

    def are(self, one: Who, other: Who) -> bool:
        if one.id is None or other.id is None:
            return party_key(one) != party_key(other)
        if self._register is None:
            from contested.register import load_register

            self._register = load_register()
        return different(one, other, self._register, None)
