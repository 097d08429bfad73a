"""`Sketch`: what an account is compared by when happenings are told apart: act, days, place, parties, numbers, words.

A sketch is made within its report: a statement without a day or a place of its own is compared by that of the last
one before it in the report, and says that it was `lent`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec, TypeVar

from contested.record.account import Account, Where, Who
from contested.record.days import moved
from contested.record.rarity import figures, stem, stems
from contested.record.things import things

More = ParamSpec("More")
Out = TypeVar("Out")

#: Kind, type → what it can be told as. Two accounts can be of one happening if they share one. What is not here tells
#: of no happening: who holds what, shortages, views, ties of parties.
_ACTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("event", "ASSAULT"): ("violence",),
    ("toll", "killed"): ("violence",),
    ("toll", "injured"): ("violence",),
    ("condition", "damage"): ("violence",),
    ("event", "ACCUSE"): ("violence", "speech"),
    ("control", "captures"): ("ground",),
    ("control", "loses"): ("ground",),
    ("control", "besieges"): ("ground",),
    ("event", "RETREAT"): ("ground", "movement", "truce"),
    ("event", "AGREE"): ("truce", "talks"),
    ("condition", "truce"): ("truce",),
    ("event", "COERCE"): ("arrest", "movement"),
    ("toll", "detained"): ("arrest",),
    ("toll", "abducted"): ("arrest",),
    ("toll", "missing"): ("arrest", "violence"),
    ("toll", "displaced"): ("movement",),
    ("condition", "access"): ("movement",),
    ("event", "AID"): ("movement",),
    ("event", "CONSULT"): ("talks",),
    ("event", "COOPERATE"): ("talks",),
    ("event", "REQUEST"): ("talks", "truce", "speech"),
    ("event", "REJECT"): ("talks", "truce", "speech"),
    ("event", "SUPPORT"): ("speech", "talks"),
    ("event", "CONCEDE"): ("speech", "talks"),
    ("event", "THREATEN"): ("speech",),
    ("event", "MOBILIZE"): ("ground", "arms"),
    ("event", "SANCTION"): ("sanction",),
    ("event", "PROTEST"): ("protest",),
}
#: What is said, not done: it can tell of a happening, but two demands or accusations are none.
_WORDS = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONCEDE"})
#: Modes that one happening can be told with: a warplane's bomb, a blast, an attack with gas.
_FIRE = frozenset({"aerial", "heavy-weapons", "drone", "destroy", "explosives", "unconventional"})
_BLAST = frozenset({"explosives", "suicide-attack", "destroy"})
_HAND = frozenset({"firearms", "targeted", "execute", "cleansing", "primitive", "beat", "torture", "sexual"})
#: Kinds of places too wide to tell where something happened.
WIDE = frozenset({"continent", "region", "country"})
#: From here on (days) a span is a period, no day of a happening.
PERIOD = 31
#: The longest span (days) in which a siege can begin or end.
BEGINS = 7
#: How long before publication what a report tells without a day is taken to have happened, at most (days).
RECENT = 4


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (inclusive). `lent`: not the account's own; `guessed`: reckoned from publication alone."""

    first: date
    last: date
    lent: bool = False
    guessed: bool = False

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def gap(self, other: Days) -> int:
        """Days between the two; 0 where they overlap."""
        return max((other.first - self.last).days, (self.first - other.last).days, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What one account is compared by. `rank` is its place among its report's, from 0 (first) to 1 (last).

    A sketch equals only itself. What `by_sketch` reckons from it is kept in `kept`, and goes with it.
    """

    account: Account
    acts: frozenset[str]
    days: Days | None
    places: tuple[Where, ...]
    place_lent: bool
    deaths: frozenset[int]
    hurt: frozenset[int]
    numbers: frozenset[int]
    words: frozenset[str]
    report_words: frozenset[str]
    things: frozenset[str]
    actors: tuple[Who, ...]
    targets: tuple[Who, ...]
    rank: float
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        return self.account.key

    @property
    def report(self) -> str:
        return self.account.report

    @property
    def is_word(self) -> bool:
        """Whether it tells only what somebody said."""
        return self.account.type in _WORDS

    @property
    def period(self) -> bool:
        """Whether it tells of a time too long for one happening."""
        return self.days is not None and self.days.length > PERIOD


def acts(account: Account) -> frozenset[str]:
    """What an account can be told as; nothing for states. A siege happens on the day on which it begins or ends."""
    if account.type == "besieges":
        own = _days(account)
        if own is None or own.length > BEGINS:
            return frozenset()
    if account.type == "ASSAULT" and account.mode is None:
        return frozenset({"violence", "ground"})  # fighting, of which another report tells who gained what
    return frozenset(_ACTS.get((account.kind, account.type), ()))


def by_sketch(function: Callable[Concatenate[Sketch, More], Out]) -> Callable[Concatenate[Sketch, More], Out]:
    """Reckon it once for each sketch and what else is given, and keep it with the sketch.

    Kept anywhere else it would keep the sketch, and a process that answers for weeks would hold all it ever met.
    """

    @wraps(function)
    def reckoned(one: Sketch, /, *more: More.args, **named: More.kwargs) -> Out:
        key = (function, *more, *named.items())
        if key not in one.kept:
            one.kept[key] = function(one, *more, **named)
        return one.kept[key]  # type: ignore[no-any-return]

    return reckoned


@lru_cache(maxsize=1000)
def modes_agree(one: str | None, other: str | None) -> bool | None:
    """Whether two modes can be of one deed; null where one is untold."""
    if one is None or other is None:
        return None
    return one == other or any({one, other} <= group for group in (_FIRE, _BLAST, _HAND))


def sketches(accounts: Iterable[Account]) -> Iterator[Sketch]:
    """The sketches of all accounts that can tell of a happening, report by report, in the order of the text."""
    by_key = {account.key: account for account in accounts}
    ordered = sorted(
        by_key.values(), key=lambda a: (a.report, a.statement.quote_start, a.statement.anchor_start, a.key)
    )
    for _, together in groupby(ordered, key=lambda a: a.report):
        yield from _of_report(list(together))


def in_text(account: Account) -> tuple[str, int, int, str]:
    """Sorts accounts by report, then as they stand in its text."""
    return (account.report, account.statement.quote_start, account.statement.anchor_start, account.key)


def _of_report(accounts: Sequence[Account]) -> Iterator[Sketch]:
    words = frozenset[str]().union(*(stems(a.quote) for a in accounts))
    told = [a for a in accounts if acts(a)]
    news = _news(told)
    days: Days | None = news
    places: tuple[Where, ...] = ()
    for n, account in enumerate(told):
        own = _days(account)
        if own is not None and own.length <= PERIOD:
            days = own
        finest = _finest(account.places)
        if finest:
            places = finest
        lent = None if days is None else Days(days.first, days.last, lent=True, guessed=days.guessed)
        placed = finest or places
        place_words = frozenset(stem(w) for p in (*account.places, *places) for w in f"{p.text} {p.name or ''}".split())
        yield Sketch(
            account=account,
            acts=acts(account),
            days=own or lent,
            places=placed,
            place_lent=not finest,
            deaths=_numbers(account, "killed"),
            hurt=_numbers(account, "injured"),
            numbers=figures(account.quote),
            words=stems(account.quote) - place_words,
            report_words=words,
            things=things(account.quote),
            actors=account.actors,
            targets=account.targets,
            rank=n / max(len(told) - 1, 1),
        )


def _days(account: Account) -> Days | None:
    """The account's own days; null where it has none, or only one end of an open span."""
    if account.start is None or account.end is None or account.end < account.start:
        return None
    return Days(account.start, account.end)


def _news(told: Sequence[Account]) -> Days | None:
    """The day that most of a report's dated accounts tell of shortly before publication; else those days themselves."""
    published = told[0].published if told else None
    if published is None:
        return None
    recent = moved(published, -RECENT)
    dated = Counter(a.start for a in told if a.start and a.start == a.end and recent <= a.start <= published)
    if dated:
        day = max(dated, key=lambda d: (dated[d], d))
        return Days(day, day, lent=True, guessed=True)
    return Days(recent, published, lent=True, guessed=True)


def _finest(places: Sequence[Where]) -> tuple[Where, ...]:
    """The places that hold no other of them, without those too wide, and words too plain, to tell where."""
    told = [p for p in places if p.kind not in WIDE and (p.lat is not None or is_name(p.text))]
    held = {id for p in told for id in p.within}
    return tuple(p for p in told if p.id is None or p.id not in held)


def is_name(text: str) -> bool:
    """Whether words that no gazetteer has are a name ("a town" is none)."""
    return any(word[0].isupper() for word in text.split() if word.lower() not in ("the", "a", "an"))


def _numbers(account: Account, effect: str) -> frozenset[int]:
    """The numbers told of one effect, as the report gives them (either bound)."""
    return frozenset(n for h in account.harm if h.effect == effect for n in (h.low, h.high) if n is not None)
