"""Disputes over a deed: who did it, by what means, whether it was done at all, and whom it struck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

from contested.record.account import Account, Who
from contested.record.dispute import SPOKEN, Claim, Dispute, Type, amid, dispute_of, order, same_voice
from contested.record.dispute_scope import Scope
from contested.record.dispute_words import apart, has, weapons
from contested.record.disputed_counts import tallies, words_of
from contested.record.parted import Related, different, one_power
from contested.spelling import fold

#: Modes that one deed can be told with: a gas shell is shelling and chemical, a car bomb may be driven by a bomber.
#: What is in none of these tells no means that could be at odds.
MEANS = {
    "aerial": "from the air", "drone": "from the air", "heavy-weapons": "by shelling or rockets",
    "explosives": "by a bomb", "suicide-attack": "by a bomb", "firearms": "by gunfire",
}  # fmt: skip
#: Weapons told apart within one of these are only set against each other.
_BROAD = frozenset(MEANS.values())
#: How sure (0 to 1) it must be that two accounts told with one weapon are of one deed, where their victims differ.
ALIKE = 0.28
CHEMICAL = "unconventional"
_DEEDS = frozenset({"ASSAULT", "COERCE"})
#: How sure (0 to 1) the reader has to be of a doer. Of those below that were disputed in the first half of the
#: hand-made incidents, six of seven were no doers: who condemns a deed, or speaks of it, stands where a doer would.
READ = 0.65
#: What codes a denial from the verb that the quote hangs on.
_GOVERNS = frozenset({"by hand", "rule:denied"})


def deed_disputes(accounts: Sequence[Account], scope: Scope, register: Related) -> Iterator[Dispute]:
    """The disputes among the accounts of one incident over the deed itself."""
    ordered = sorted(accounts, key=order)
    battle = _is_battle(ordered, register)
    blamed = _of_one_deed([*blames(ordered, register)], register)
    at_odds = partial(_doers_at_odds, scope=scope, register=register, battle=battle)
    yield from _of("responsibility", blamed, at_odds, scope, "actors")
    yield from _of("victims", [*victims(ordered)], partial(_victims_at_odds, scope=scope, battle=battle), scope)
    plain = _plain(ordered)
    yield from _of("means", [*means(plain), *armed(plain)], partial(_means_at_odds, scope=scope), scope, "modes")
    yield from _of("occurrence", [*happenings(ordered)], happening_at_odds, scope)
    yield from _of("occurrence", [*outcomes(ordered)], outcome_at_odds, scope, "actors", "modes")


def _of(
    type: Type, claims: Sequence[Claim], at_odds: Callable[[Claim, Claim], bool], scope: Scope, *aside: str
) -> Iterator[Dispute]:
    pairs = [
        (one, other)
        for one, other in combinations(claims, 2)
        if at_odds(one, other)
        and scope.together(one.account, other.account, *aside)
        and not (one.account.report == other.account.report and same_voice(one.account, other.account))
        and fold(one.account.quote) != fold(other.account.quote)
    ]
    if any(scope.of_one(one.account, other.account, *aside) for one, other in pairs):
        yield dispute_of(type, [claim for pair in pairs for claim in pair])


# Who did it


def blames(accounts: Sequence[Account], register: Related) -> Iterator[Claim]:
    """Who is said to have done it, and who is said not to. `content` is (denied, parties with an id)."""
    for account in accounts:
        found = _blamed(account)
        if found is None:
            continue
        denied, parties = found
        known = tuple(party for party in parties if party.id and party.kind not in ("people", "outlet"))
        if not known or (account.type in _DEEDS and _are_enemies(account, known, register)):
            continue  # who do nothing together but fight
        if account.mode == "aerial" and all(p.kind == "armed-group" or p.side == "opposition" for p in known):
            continue  # groups have no warplanes: "a raid on a village held by militants" names who holds it
        names = " and ".join(dict.fromkeys(amid(party.text) for party in known))
        says = f"not {names}" if denied else f"{names} did it"
        yield Claim(account, says, f"{names} {'did not do it' if denied else 'did it'}", content=(denied, known))


def _are_enemies(account: Account, parties: Sequence[Who], register: Related) -> bool:
    on = str(account.start or account.published or "") or None
    return any(different(a, b, register, on) for a, b in combinations(parties, 2))


def _of_one_deed(claims: Sequence[Claim], register: Related) -> list[Claim]:
    """`claims` but those of reports that name strangers as doers without setting word against word.

    Such a report tells of several deeds. One that quotes a denial or an accusation tells of a disputed one.
    """
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.account.report, []).append(claim)
    kept = []
    for told in by_report.values():
        argued = any(claim.content[0] or claim.account.type in SPOKEN for claim in told)
        if argued or not any(blame_at_odds(a, b, register) for a, b in combinations(told, 2)):
            kept += told
    return kept


def _doers_at_odds(one: Claim, other: Claim, *, scope: Scope, register: Related, battle: bool) -> bool:
    """As `blame_at_odds`; doers that nobody argues over only where both accounts are surely of one deed, no battle.

    Where somebody argues, who is told to have attacked without a word of how ("pressed a campaign") did another deed.
    """
    if not blame_at_odds(one, other, register):
        return False
    argued = [claim for claim in (one, other) if claim.content[0] or claim.account.type in SPOKEN]
    if argued:
        return all(claim in argued or claim.account.mode for claim in (one, other))
    return not battle and scope.surely(one.account, other.account)


def _blamed(account: Account) -> tuple[bool, tuple[Who, ...]] | None:
    denied = account.modality == "denied"
    if account.modality == "future" or account.kind != "event" or has("unclear", account.quote):
        return None
    if account.statement.sure.get("actors", 1.0) < READ:
        return None
    if account.type in _DEEDS:
        return None if denied and not _says_no(account) else (denied, account.actors)
    if account.type in ("ACCUSE", "REJECT"):
        if has("denies", account.statement.anchor) and has("guilt", account.quote):
            return True, account.actors
        if account.mode == "allege":
            return denied, account.targets
    return None


def _says_no(account: Account) -> bool:
    """Whether words that deny stand in the quote, or govern it ("denied that …"): no "no" of another sentence."""
    return has("no", account.quote) or account.statement.by.get("modality", "by hand") in _GOVERNS


def blame_at_odds(one: Claim, other: Claim, register: Related) -> bool:
    """Whether one denies what the other says, or both name doers who have nothing to do with each other."""
    (no, mine), (nor, yours) = one.content, other.content
    if no and nor:
        return False
    if no or nor:
        return any(one_power(a, b) for a in mine for b in yours)
    on = str(one.account.start or one.account.published or "") or None
    return all(different(a, b, register, on) for a in mine for b in yours)


def _is_battle(accounts: Sequence[Account], register: Related) -> bool:
    """Whether two sides are told to fight each other: then each side's deeds and dead are its own.

    They do where enemies act together ("clashes between"), or where each is told to strike the other.
    """
    struck: set[tuple[str, str]] = set()
    for account in accounts:
        if account.kind != "event" or account.type != "ASSAULT" or account.modality == "denied":
            continue
        acting = [party for party in account.actors if party.id and party.kind != "people"]
        if _are_enemies(account, acting, register):
            return True
        struck |= {(a.id or "", b.id) for a in acting for b in account.targets if b.id and b.kind != "people"}
    return any((b, a) in struck for a, b in struck if a != b)


# By what means


def means(accounts: Sequence[Account]) -> Iterator[Claim]:
    """By what it is said to have been done. `content` is (denied, mode)."""
    for account in accounts:
        if account.kind != "event" or account.type != "ASSAULT" or account.modality == "future":
            continue
        if account.mode == CHEMICAL:
            denied = account.modality == "denied" and not account.actors and _worded_denial(account)
            if denied or account.modality != "denied":
                says = "no chemical weapons were used" if denied else "chemical weapons were used"
                yield Claim(account, says, says, content=(denied, CHEMICAL))
        elif account.mode in MEANS and account.modality != "denied":
            yield Claim(account, f"done {MEANS[account.mode]}", f"it was done {MEANS[account.mode]}",
                        content=(False, MEANS[account.mode]))  # fmt: skip


def _plain(accounts: Sequence[Account]) -> list[Account]:
    """`accounts` but those of reports that tell of several means: theirs may be several deeds."""
    told: dict[str, set[str]] = {}
    for account in accounts:
        if account.mode in MEANS:
            told.setdefault(account.report, set()).add(MEANS[account.mode])
    return [a for a in accounts if a.mode not in MEANS or (len(told[a.report]) == 1 and _worded(a))]


def _worded(account: Account) -> bool:
    """Whether the words of the anchor name the weapon: no guess from what stands around, nor a mode lent by another."""
    coded = account.statement.by.get("mode", "by hand")
    return not coded.startswith("model") and not coded.endswith(".again")


def _means_at_odds(one: Claim, other: Claim, *, scope: Scope) -> bool:
    """As `means_at_odds`; without a denial only where both accounts are surely of one deed."""
    denied = one.content[0] or other.content[0]
    return means_at_odds(one, other) and (denied or scope.surely(one.account, other.account))


def means_at_odds(one: Claim, other: Claim) -> bool:
    (no, mine), (nor, yours) = one.content, other.content
    if CHEMICAL in (mine, yours):
        return bool(mine == yours and no != nor)
    return bool(mine != yours and (mine in _BROAD) == (yours in _BROAD))


def armed(accounts: Sequence[Account]) -> Iterator[Claim]:
    """With what weapon, where a report names only one ("mortars" and no rockets). `content` is (denied, weapon)."""
    told: dict[str, set[str]] = {}
    for account in accounts:
        told.setdefault(account.report, set()).update(weapons(account.quote, account.mode))
    for account in accounts:
        if account.kind != "event" or account.type != "ASSAULT" or account.modality in ("denied", "future"):
            continue
        if len(told[account.report]) == 1 and (named := weapons(account.quote, account.mode)):
            (weapon,) = named
            yield Claim(account, f"done with {weapon}", f"it was done with {weapon}", content=(False, weapon))


# Whether it was done


def happenings(accounts: Sequence[Account]) -> Iterator[Claim]:
    """Whether it happened at all. `content` is (denied, kind and type)."""
    for account in accounts:
        if account.kind not in ("event", "control", "condition") or account.modality not in ("asserted", "denied"):
            continue
        if account.type in ("ACCUSE", "REJECT") or (account.kind, account.type) == ("control", "holds"):
            continue
        denied = account.modality == "denied"
        if denied and (account.mode == CHEMICAL or account.actors or not _worded_denial(account)):
            continue
        says = f"no {account.statement.anchor}" if denied else account.statement.anchor
        clause = f"there was no such thing as “{account.quote}”" if denied else f"“{account.quote}”"
        yield Claim(account, says, clause, content=(denied, (account.kind, account.type)))


def happening_at_odds(one: Claim, other: Claim) -> bool:
    (no, mine), (nor, yours) = one.content, other.content
    same = mine == yours and (one.account.mode is None or one.account.mode == other.account.mode)
    return bool(same and no != nor)


def outcomes(accounts: Sequence[Account]) -> Iterator[Claim]:
    """Whether an attack came to anything. `content` is whether it was foiled, else those it killed are told.

    Fighters killed are left out: they may be the attackers whom it cost their lives. Where a report tells of the dead
    in its own voice, "foiled" in a source's mouth does not doubt them.
    """
    deadly: set[str] = set()
    told = []
    for account in accounts:
        if account.type != "ASSAULT" or account.modality != "asserted":
            continue
        killed = [t for t in tallies(account) if t.effect == "killed" and t.group != "fighters"]
        if has("foiled", account.quote):
            told.append(Claim(account, "foiled", f"“{account.quote}”", content=True))
        elif killed:
            said = " and ".join(dict.fromkeys(map(words_of, killed)))
            told.append(Claim(account, f"{said} killed", f"{said} were killed", content=False))
            deadly |= {account.report} if account.said_by is None else set()
    yield from (claim for claim in told if not (claim.content and claim.account.report in deadly))


def outcome_at_odds(one: Claim, other: Claim) -> bool:
    return bool(one.content != other.content) and not same_voice(one.account, other.account)


def _worded_denial(account: Account) -> bool:
    """Whether somebody is quoted to deny it, in words that deny: a "no" lent by another sentence is not enough."""
    return account.said_by is not None and has("no", account.quote)


# Whom it struck


def victims(accounts: Sequence[Account]) -> Iterator[Claim]:
    """Who is said to have been killed. `content` is the groups of people named."""
    for account in accounts:
        killed = [tally for tally in tallies(account) if tally.effect == "killed" and tally.group != "people"]
        if killed:
            said = " and ".join(dict.fromkeys(map(words_of, killed)))
            yield Claim(account, said, f"{said} were killed", content=frozenset(tally.group for tally in killed))


def _victims_at_odds(one: Claim, other: Claim, *, scope: Scope, battle: bool) -> bool:
    """As `victims_at_odds`, where the accounts are of one deed: several deeds have victims of several kinds.

    In a battle each side has its dead; there only one weapon tells of one deed.
    """
    if not victims_at_odds(one, other) or same_voice(one.account, other.account):
        return False
    if one.account.mode and one.account.mode == other.account.mode and one.account.mode in MEANS:
        return scope.sure(one.account, other.account) >= ALIKE
    return not battle and scope.one_deed(one.account, other.account)


def victims_at_odds(one: Claim, other: Claim) -> bool:
    return all(apart(mine, yours) for mine in one.content for yours in other.content)
