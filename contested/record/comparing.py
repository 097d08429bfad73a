"""The accounts of one happening side by side: a row a source, and for each slot what agrees and what does not.

Made from accounts alone, as disputes are. Two values that differ need not exclude each other (a quarter and its town, a
day and its week): where they do is what disputes tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from contested.record.account import Account, Where, Who
from contested.record.dispute import order, source_of, voice
from contested.record.disputed_counts import Tally, tallies
from contested.record.told import iso, party_key
from contested.spelling import fold
from contested.statement import EFFECTS

#: Slot → the types of dispute that are about it.
DISPUTED = {
    "so": ("occurrence",), "who": ("responsibility", "control"), "whom": ("victims",), "how": ("means",),
    "where": ("place",), "when": ("time",), **dict.fromkeys(EFFECTS, ("count",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """What one account says for a slot: `key` is the same for the same value, `label` what it is called by all, `words`
    its own; `what` is the value itself."""

    key: Any
    label: str
    words: str
    what: Any
    id: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


Slot = tuple[Callable[[Account], Iterator[Value]], Callable[[Any, Any], bool]]


def compared(accounts: Sequence[Account], disputes: Collection[str] = ()) -> list[dict[str, Any]]:
    """For each slot, and each effect that befell people, how the sources agree, and who says what.

    `of` is how many sources there are, `tell` how many of them tell it, `silent` how many neither tell nor deny it.

    `state` is `nobody` (tells it), `alone` (one source does), `same` (there is a value that all who tell it share),
    `fits` (there is one that each of theirs is a part of, or a wider word for) or `differs`. `disputed`: one of the
    incident's disputes (their types) is about it. `values` have `label`, `id`, `words` and `says` (the sources), those
    that most tell first, and `denied_by`, the sources that say it was not so; numbers of people have `low` and `high`.
    """
    everyone = {voice(a) for a in accounts}
    effects = {one.effect for account in accounts for one in _whole(account)}
    harmed: dict[str, Slot] = {
        effect: (partial(_harm, effect), _bounds_meet) for effect in EFFECTS if effect in effects
    }
    out = []
    for slot, (values_of, fit) in {**_SLOTS, **harmed}.items():
        says: dict[Any, dict[str, str]] = defaultdict(dict)
        denied: dict[Any, dict[str, str]] = defaultdict(dict)
        known: dict[Any, Value] = {}
        words: dict[Any, dict[str, None]] = defaultdict(dict)
        for one in accounts:
            for value in values_of(one):
                known.setdefault(value.key, value)
                side = denied if one.modality == "denied" and slot != "so" else says
                side[value.key][voice(one)] = source_of(one) or one.report
                words[value.key][value.words] = None
        tell, deny = ({who for voices in side.values() for who in voices} for side in (says, denied))
        ordered = sorted(known, key=lambda key: (-len(says[key]), known[key].label, str(key)))
        out.append({
            "slot": slot, "of": len(everyone), "tell": len(tell), "silent": len(everyone - tell - deny),
            "state": _state(known, says, tell, fit),
            "disputed": not set(DISPUTED[slot]).isdisjoint(disputes),
            "values": [
                {"label": known[key].label, "id": known[key].id, "words": list(words[key]),
                 "says": list(says[key].values()), "denied_by": list(denied[key].values()), **known[key].more}
                for key in ordered
            ],
        })  # fmt: skip
    return out


def _state(
    known: dict[Any, Value], says: dict[Any, dict[str, str]], tell: set[str], fit: Callable[[Any, Any], bool]
) -> str:
    if len(tell) < 2:
        return "alone" if tell else "nobody"
    if any(len(voices) == len(tell) for voices in says.values()):
        return "same"
    for value in known.values():
        near = {who for key, voices in says.items() if fit(value.what, known[key].what) for who in voices}
        if near == tell:
            return "fits"
    return "differs"


def _parties(parties: Sequence[Who]) -> Iterator[Value]:
    for who in parties:
        yield Value(party_key(who), who.called, who.text, who, who.id)


def _place(account: Account) -> Iterator[Value]:
    for spot in account.places[:1]:
        yield Value(spot.id or fold(spot.called), spot.called, spot.text, spot, spot.id)


def _how(account: Account) -> Iterator[Value]:
    code = f"{account.type}.{account.mode}" if account.mode else account.type
    yield Value(code, code, account.statement.anchor, (account.type, account.mode), code)


def _when(account: Account) -> Iterator[Value]:
    if account.start or account.end:
        days = (account.start, account.end)
        label = " to ".join(dict.fromkeys(iso(day) or "…" for day in days))
        yield Value(days, label, account.statement.when.text if account.statement.when else "", days)


def _so(account: Account) -> Iterator[Value]:
    yield Value(account.modality, account.modality, account.modality, account.modality, account.modality)


def _whole(account: Account) -> Iterator[Tally]:
    """The numbers that an account tells of all whom something befell; no parts, and none that is denied."""
    return (one for one in tallies(account) if one.all and one.number is not None)


def _harm(effect: str, account: Account) -> Iterator[Value]:
    for one in _whole(account):
        if one.effect == effect:
            low, high = one.harm.low, one.harm.high
            yield Value((low, high), effect, one.harm.who or "", one, more={"low": low, "high": high})


def _inside(one: Where, other: Where) -> bool:
    return (one.id or fold(one.called)) == (other.id or fold(other.called)) or (
        other.id is not None and other.id in one.within) or (one.id is not None and one.id in other.within)  # fmt: skip


def _meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days, open where an end is unknown, have a day in common."""
    (a, b), (c, d) = one, other
    return (b or date.max) >= (c or date.min) and (d or date.max) >= (a or date.min)


def _general(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or one[1] is None or other[1] is None)


def _bounds_meet(one: Tally, other: Tally) -> bool:
    return one.low <= other.high and other.low <= one.high


#: Slot → its values in an account, and whether two values fit each other.
_SLOTS: dict[str, Slot] = {
    "so": (_so, lambda one, other: one == other),
    "who": (lambda a: _parties(a.actors), lambda one, other: party_key(one) == party_key(other)),
    "whom": (lambda a: _parties(a.targets), lambda one, other: party_key(one) == party_key(other)),
    "how": (_how, _general),
    "where": (_place, _inside),
    "when": (_when, _meet),
}


def harm_of(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    """How many people each effect befell, from the lowest number told to the highest, and who tells which.

    Of each account it is the number that it tells of all; parts ("nine of them children") are left out. `open`: the
    highest is told as "at least". `by` has `source`, `account`, `low`, `high`, the highest first.
    """
    told: dict[str, list[tuple[int, Any, Account]]] = defaultdict(list)
    for account in accounts:
        for one in _whole(account) if account.modality == "asserted" else ():
            told[one.effect].append((one.number or 0, one.harm, account))
    out = []
    for effect in EFFECTS:
        if rows := sorted(told[effect], key=lambda row: (-row[0], row[1].high is not None, order(row[2]))):
            by = {
                (source_of(a), h.low, h.high):
                    {"source": source_of(a) or a.report, "account": a.key, "low": h.low, "high": h.high}
                for _, h, a in reversed(rows)
            }  # fmt: skip
            out.append({
                "effect": effect, "low": rows[-1][0], "high": rows[0][0], "open": rows[0][1].high is None,
                "by": list(reversed(by.values())),
            })  # fmt: skip
    return out


def rows(accounts: Sequence[Account], again: Collection[str] = ()) -> list[dict[str, Any]]:
    """A row a source, those that told it first on top: `source`, `class`, `accounts` (`cells`).

    The same words of near-copies of one text stand once, with the other reports in `copies`. `again`: keys of accounts
    of the incident that its reports tell beside the first ones.
    """
    ordered = sorted(accounts, key=order)
    found: dict[str, dict[tuple[str, str, str], dict[str, Any]]] = defaultdict(dict)
    heads: dict[str, dict[str, Any]] = {}
    for one in ordered:
        who = voice(one)
        said = one.said_by
        heads.setdefault(who, {
            "source": source_of(one) or one.report, "id": one.source.id if one.source else None,
            "class": said.cls if said else None, "own": said is None,
        })  # fmt: skip
        same = (one.voice, fold(one.quote), one.statement.anchor)
        if first := found[who].get(same):
            first["copies"].append({"account": one.key, "report": one.report, "outlet": one.outlet})
        else:
            found[who][same] = {**cells(one), "again": one.key in again, "copies": []}
    return [{**heads[who], "accounts": list(told.values())} for who, told in found.items()]


def cells(account: Account) -> dict[str, Any]:
    """One account, each slot in its own words with what these were resolved to."""
    said, when = account.statement, account.statement.when
    return {
        "account": account.key, "report": account.report, "outlet": account.outlet, "published": iso(account.published),
        "kind": account.kind, "type": account.type, "mode": account.mode, "modality": account.modality,
        "anchor": said.anchor, "quote": said.quote, "source": said.source.to_json() if said.source else None,
        "who": [_party(who) for who in account.actors], "whom": [_party(who) for who in account.targets],
        "where": [{"text": p.text, "id": p.id, "name": p.name} for p in account.places],
        "when": when.to_json() if when else None, "harm": [h.to_json() for h in said.harm],
        "share": said.share.to_json() if said.share else None,
    }  # fmt: skip


def _party(who: Who) -> dict[str, Any]:
    return {"text": who.text, "id": who.id, "name": who.name}
