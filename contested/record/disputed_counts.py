"""Disputes over numbers of people harmed.

Each account bounds a number: [low, high], open where the report says "at least" or "up to". Two accounts are at odds
where the bounds of one effect and one group of people do not meet, or where a part (children) is more than a whole
(people). Numbers for different effects never meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from math import inf

from contested.record.account import Account
from contested.record.dispute import Claim, Dispute, dispute_of, order, same_voice
from contested.record.dispute_scope import Scope
from contested.record.dispute_words import counts, group_of, has, is_about, is_people, is_plural, within
from contested.statement import Harm

#: "About 70" is read as 70 give or take a tenth, at least one: reporters round to the nearest ten below a hundred and
#: to two figures above, which loses about as much. A number told without such a word is meant as it stands.
ROUNDING = 0.1
#: "Dozens" is told of 20 as of 60: the least number that the codebook gives vague words is halved before it excludes.
VAGUENESS = 0.5
#: Numbers further apart than this (ratio) are of different things: one attack's dead and those of a war.
BEYOND = 20.0
#: Numbers more than so far apart (ratio) speak for two blows where days or places differ as well.
TWICE = 2.0
#: A number told in both reports settles those at odds if it is at least this much as sure to be of the happening. Set
#: on the first half of the hand-made incidents: from 0.5 to 0.75 it finds the same.
SETTLES = 0.5
#: Numbers that differ more than this (ratio) from the first day on are two counts, not one that was raised. Set on the
#: first half of the hand-made incidents: those raised there grew to 3.3 times as many at most, those at odds to 5.
GROWN = 4.0
#: Words for effects: what was done, and the noun.
DONE = {
    "killed": "killed", "injured": "injured", "displaced": "displaced", "detained": "detained",
    "abducted": "abducted", "missing": "missing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """What one account says of how many of one group suffered one effect, persons, inclusive.

    `whole`: no other number of this effect in the account counts the people that these are among. `all`: no other
    number of this effect counts people beside them either, so it may be meant for everybody who suffered it.
    """

    effect: str
    group: str
    low: float
    high: float
    whole: bool
    all: bool
    harm: Harm

    @property
    def number(self) -> int | None:
        return self.harm.low if self.harm.low is not None else self.harm.high


def tallies(account: Account) -> list[Tally]:
    """The numbers of an account that can be compared, in its order. What names no people is left out."""
    if account.modality not in ("asserted", "possible"):
        return []
    if _elsewhere(account):
        return []
    told = [harm for harm in account.harm if not _attackers(harm, account.quote) and not _in_one(harm, account)]
    known = [(harm, group) for harm in told if (group := _group(harm)) is not None]
    out = []
    for harm, group in known:
        low, high = bounds(harm)
        whole = not any(_holds(other, its, harm, group) for other, its in known)
        beside = any(other.effect == harm.effect and its != group and not within(its, group) for other, its in known)
        out.append(Tally(harm.effect, group, low, high, whole, whole and not beside, harm))
    return out


def _elsewhere(account: Account) -> bool:
    """Whether it tells of one more blow: "in another village", "three other people were hurt" and nobody besides."""
    if any(has("further", place.text.partition(" ")[0]) for place in account.places):
        return True
    return len(account.harm) == 1 and has("beside", account.harm[0].who or "")


def _attackers(harm: Harm, quote: str) -> bool:
    """Whether those who attacked died in it: "three suicide bombers", "two of its fighters"."""
    if not harm.who or harm.who not in quote:
        return False
    after = quote.partition(harm.who)[2].split()
    return has("attackers", " ".join([harm.who, *after[:3]]))


def _in_one(harm: Harm, account: Account) -> bool:
    """Whether one number is told of several effects: "killed and wounded 14 people" tells neither how many died."""
    same = [o for o in account.harm if (o.who, o.low, o.high) == (harm.who, harm.low, harm.high)]
    return len({o.effect for o in same}) > 1 and harm.who is not None and account.quote.count(harm.who) == 1


def _group(harm: Harm) -> str | None:
    told = harm.low is not None or harm.high is not None
    return group_of(harm.who) if told and not has("further", harm.who or "") else None


def _holds(other: Harm, its: str, harm: Harm, group: str) -> bool:
    """Whether `other` is the number that `harm` is a part of: of one effect, larger, and of a group that holds it."""
    if other is harm or other.effect != harm.effect:
        return False
    alike = its == group or {its, group} <= _ALL
    return within(group, its) or (alike and (other.low or 0) > (harm.low or harm.high or 0))


def bounds(harm: Harm) -> tuple[float, float]:
    """Least and greatest number that `harm` leaves room for, with what rounding and vague words give way."""
    low = float(harm.low or 0)
    high = inf if harm.high is None else float(harm.high)
    words = harm.who or ""
    if harm.low == harm.high == 1 and (is_plural(words) or has("one-of", words.partition(" ")[0])):
        return 1.0, inf
    if harm.high is None and has("vague", words):
        low *= VAGUENESS
    if is_about(words):
        give = max(ROUNDING * max(low, 0 if high == inf else high), 1)
        low, high = max(low - give, 0), high + give
    return low, high


#: Two claims that cannot both be so, the earlier one first.
Pair = tuple[Claim, Claim]
#: Groups that a headline may call all victims by: "eight civilians were killed" tells of all who were.
_ALL = frozenset({"people", "civilians"})


def compare(one: Tally, other: Tally) -> tuple[str, bool] | None:
    """The group of which both tell how many there were, and whether the two are at odds; None where they tell apart."""
    if one.effect != other.effect:
        return None
    everyone = one.all and other.all and {one.group, other.group} <= _ALL
    parts = one.group == other.group and (one.group not in _ALL or (one.whole and other.whole))
    if everyone or parts:
        return "people" if everyone else one.group, one.low > other.high or other.low > one.high
    for part, whole in ((one, other), (other, one)):
        if within(part.group, whole.group) and whole.whole and part.low > whole.high:
            return whole.group, True
    return None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one report tells: `all` its numbers, and its `headlines`, one a voice, effect and group."""

    all: Sequence[Claim]
    headlines: Sequence[Claim]


def count_disputes(accounts: Sequence[Account], scope: Scope) -> Iterator[Dispute]:
    """For each effect at most two disputes: over the main number, and over the main one that was raised.

    Accounts that differ on the killed mostly differ on the children among them too: that is one dispute.
    """
    claims: dict[str, list[Claim]] = {}  # near-copies are one
    for account in sorted(accounts, key=order):
        claims.setdefault(account.voice, []).extend(count_claims(account))
    reports = []
    for voice, told in claims.items():
        others = [claim for other, its in claims.items() if other != voice for claim in its]
        reports.append(Numbers(told, headlines(told, others, scope)))
    found: dict[tuple[str, str], list[Pair]] = {}
    for one in reports:
        for group, pair in _within(one, scope):
            found.setdefault((pair[0].content.effect, group), []).append(pair)
    for mine, yours in combinations(reports, 2):
        for group, pair in _between(mine, yours, scope):
            found.setdefault((pair[0].content.effect, group), []).append(pair)
    main: dict[tuple[str, bool], list[Claim]] = {}
    for (effect, _), pairs in sorted(found.items(), key=_weight):
        at_odds = [claim for pair in pairs for claim in pair]
        told_too = [c for one in reports for c in one.headlines if any(_agree(c, other, scope) for other in at_odds)]
        main.setdefault((effect, is_update(pairs, told_too)), [*at_odds, *told_too])
    for (_, update), told_of in main.items():
        yield dispute_of("count", together(told_of), update=update)


def _weight(found: tuple[tuple[str, str], list[Pair]]) -> tuple[bool, bool, int, str, str]:
    """Sorts what is disputed: the killed first, all people before parts of them, then what most pairs differ on."""
    (effect, group), pairs = found
    return (effect != "killed", group != "people", -len(pairs), effect, group)


def headlines(told: Sequence[Claim], others: Sequence[Claim], scope: Scope) -> list[Claim]:
    """Of what one report says in one voice of one effect and group: the number that is surest of the happening.

    A report tells of other blows beside it, so the account nearest to what `others` (other reports) tell counts; of
    those equally near the largest number, since totals hold their parts.
    """
    by_voice: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in told:
        tally = claim.content
        group = "people" if tally.all and tally.group in _ALL else tally.group
        by_voice.setdefault((claim.voice, tally.effect, group), []).append(claim)

    def sure(claim: Claim) -> tuple[float, float]:
        near = max((scope.sure(claim.account, other.account) for other in others), default=0.0)
        return near, claim.value or 0.0

    return [claims[0] if len(claims) == 1 else max(claims, key=sure) for claims in by_voice.values()]


def _within(report: Numbers, scope: Scope) -> Iterator[tuple[str, Pair]]:
    """Where sources that one report quotes are at odds, with each other or with the report.

    What it tells itself, beside what a source tells of a place or a day, is rather of another blow.
    """
    for one, other in combinations((c for c in report.headlines if c.content.group in _ALL), 2):
        own = [claim for claim in (one, other) if claim.account.said_by is None]
        if own and not any(scope.bare(claim.account) for claim in (one, other) if claim not in own):
            continue
        if not same_voice(one.account, other.account) and (group := _at_odds(one, other, scope)):
            yield group, (one, other)


def _between(mine: Numbers, yours: Numbers, scope: Scope) -> Iterator[tuple[str, Pair]]:
    """Where two reports are at odds.

    A report may tell several numbers: of parts, or of other blows in one happening. So a number that the other report
    tells as well is settled, and what is left is set against the nearest that is left of the other's.
    """
    left = [_unsettled(mine, yours, scope), _unsettled(yours, mine, scope)]
    for ours, theirs in (left, left[::-1]):
        for one in ours:
            against = [(other, group) for other in theirs if (group := _at_odds(one, other, scope))]
            if against:
                other, group = min(against, key=lambda found: (_gap(one, found[0]), order(found[0].account)))
                yield group, (one, other) if order(one.account) <= order(other.account) else (other, one)


def _unsettled(mine: Numbers, yours: Numbers, scope: Scope) -> list[Claim]:
    """The headlines of one report whose numbers the other does not tell of the same happening.

    Of another blow the other may tell the same number by chance: one that is much less sure settles nothing.
    """
    return [claim for claim in mine.headlines if not _settled(claim, yours, scope)]


def _settled(claim: Claim, yours: Numbers, scope: Scope) -> bool:
    agreed = [scope.sure(claim.account, other.account) for other in yours.all if _agree(claim, other, scope)]
    if not agreed:
        return False
    odds = (scope.sure(claim.account, other.account) for other in yours.headlines if _at_odds(claim, other, scope))
    return max(agreed) >= SETTLES * max(odds, default=0.0)


def _agree(one: Claim, other: Claim, scope: Scope) -> bool:
    found = compare(one.content, other.content)
    alike = found is not None and not found[1] and _gap(one, other) <= 1 + ROUNDING
    return alike and scope.of_one(one.account, other.account, bare=False)


def _at_odds(one: Claim, other: Claim, scope: Scope) -> str | None:
    found = compare(one.content, other.content)
    if not found or not found[1] or _gap(one, other) > BEYOND:
        return None
    if _gap(one, other) > TWICE and scope.on_other_days(one.account, other.account):
        return None
    main = one.content.effect == "killed" and {one.content.group, other.content.group} <= _ALL
    may_be = scope.of_one if main else scope.one_blow
    return found[0] if may_be(one.account, other.account) else None


def _gap(one: Claim, other: Claim) -> float:
    """How far two numbers are apart, as a ratio."""
    less, more = sorted((max(one.value or 0, 1), max(other.value or 0, 1)))
    return more / less


def far_apart(one: Account, other: Account) -> bool:
    """Whether two accounts differ so much on how many were killed that they rather tell of two blows."""
    most = [
        max((tally.number or 0 for tally in tallies(a) if tally.effect == "killed"), default=0) for a in (one, other)
    ]
    return min(most) > 0 and max(most) > TWICE * min(most)


def together(claims: Sequence[Claim]) -> list[Claim]:
    """The numbers of one account in one claim: "13 people and three children were killed"."""
    by_account: dict[str, dict[tuple[str, str], Claim]] = {}
    for claim in claims:
        by_account.setdefault(claim.account.key, {})[claim.content.effect, claim.content.group] = claim
    out = []
    for mine in by_account.values():
        first, *more = sorted(mine.values(), key=lambda claim: (claim.content.effect != "killed", claim.says))
        says = ", ".join(claim.says for claim in (first, *more))
        out.append(
            Claim(first.account, says, " and ".join(c.clause for c in (first, *more)), first.value, first.content)
        )
    return out


def count_claims(account: Account) -> Iterator[Claim]:
    """What an account says of numbers."""
    for tally in tallies(account):
        number, what = words_of(tally), DONE[tally.effect]
        verb = "is" if tally.effect == "missing" else "was"
        plural = {"is": "are", "was": "were"}[verb]
        clause = f"{number} {verb if _single(tally) else plural} {what}"
        yield Claim(account, f"{number} {what}", clause, tally.number, tally)


def _single(tally: Tally) -> bool:
    return tally.low == tally.high == 1


def words_of(tally: Tally) -> str:
    """The number in the report's own words where they name people, else in figures."""
    who = (tally.harm.who or "").strip()
    told = counts(who) or tally.harm.low == tally.harm.high == 1
    if told and who and is_people(who.split()[-1]) and len(who.split()) <= 8:
        return who[:1].lower() + who[1:]
    low, high = tally.harm.low, tally.harm.high
    noun = tally.group.replace("-", " ")
    if low is None:
        return f"up to {high} {noun}"
    if tally.high == inf:
        return noun if low <= 1 else f"at least {low} {noun}"
    if low == high == 1:
        return "one person" if tally.group == "people" else f"one of the {noun}"
    return f"{low} {noun}" if low == high else f"{low} to {high} {noun}"


def is_update(pairs: Sequence[Pair], told_too: Sequence[Claim] = ()) -> bool:
    """Whether the numbers grew as one happening was told on.

    They did if one source raised its own, if the words of the highest say so ("risen to 14"), or if the highest number
    published on a day rises from the first day to the last and never falls between. Sources that differ on one day are
    no update, nor are numbers far apart. Pairs of several reports decide where there are any. `told_too` are accounts
    that tell one of these numbers as well.
    """
    across = [pair for pair in pairs if pair[0].account.report != pair[1].account.report] or pairs
    if all(same_voice(one.account, other.account) for one, other in across):
        return True
    highest: dict[date, float] = {}
    told = [*(claim for pair in across for claim in pair), *told_too]
    highest_of_all = max(claim.value or 0 for claim in told)
    if any(claim.value == highest_of_all and has("raised", claim.account.quote) for claim in told):
        return True
    for claim in told:
        if claim.account.published is None:
            return False
        number = float(claim.value or 0)
        highest[claim.account.published] = max(highest.get(claim.account.published, 0), number)
    numbers = [highest[day] for day in sorted(highest)]
    if max(numbers) > GROWN * max(numbers[0], 1):
        return False
    return numbers[-1] > numbers[0] and all(one <= other for one, other in pairwise(numbers))
