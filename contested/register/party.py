"""`Party`: a state, an organ, a group, a body, an outlet or a person, under the names it bore and when."""

from __future__ import annotations

from dataclasses import dataclass

#: What a party is.
KINDS: tuple[str, ...] = (
    "state", "organ", "armed-group", "political", "bloc", "igo", "monitor", "ngo", "outlet", "person", "people",
)  # fmt: skip
#: The class of what a party says where its entry gives none. A kind that is not here has no usual one.
USUAL_CLASS = {
    "state": "government", "organ": "government", "armed-group": "armed-group", "igo": "igo", "monitor": "monitor",
    "ngo": "ngo", "outlet": "media", "person": "government", "people": "other",
}  # fmt: skip
#: How a name was found to be a party's; docs/parties.md tells what each means.
HOWS: tuple[str, ...] = (
    "name", "alias", "former-name", "later-name", "name-of-other-time", "acronym", "script", "spelling", "surname",
    "organ", "demonym", "metonym", "forces-of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, first and last day included, as ISO dates as precise as known; null is open or not known."""

    start: str | None = None
    end: str | None = None

    def holds(self, on: str | None) -> bool:
        """Whether some day of `on` (YYYY, YYYY-MM or YYYY-MM-DD; null is any day) lies in it."""
        if on is None:
            return True
        first, last = earliest(on), latest(on)
        return not (
            (self.start is not None and earliest(self.start) > last)
            or (self.end is not None and latest(self.end) < first)
        )

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return not (
            (self.start is not None and other.end is not None and earliest(self.start) > latest(other.end))
            or (other.start is not None and self.end is not None and earliest(other.start) > latest(self.end))
        )


ALWAYS = Span()


def earliest(date: str) -> str:
    """The first day that a date of any precision may mean."""
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def latest(date: str) -> str:
    """The last day that a date of any precision may mean, or a later one that is in no calendar ("2012-02-31")."""
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


@dataclass(frozen=True, slots=True)
class Name:
    """One main name with what else stood for it, while it was in use."""

    name: str
    aliases: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    when: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class Tie:
    """The other party of a relation, and while it lasted."""

    party: str
    when: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class Office:
    """What a person was, in which body, and when."""

    office: str
    of: str
    when: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class Party:
    """One party as the register has it. `names[0]` is the usual one; `cls` the source class of what it says.

    `countries` are ISO 3166-1 alpha-2 codes of where it is based, first the chief one; `side` pairs a country at war
    with the side taken there; `when` is while it existed; `usual` lists names that mean it rather than any other party
    which has them. Other parties are named by id.
    """

    id: str
    name: str
    kind: str
    cls: str
    countries: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    when: Span = ALWAYS
    part_of: tuple[Tie, ...] = ()
    ally_of: tuple[Tie, ...] = ()
    side: tuple[tuple[str, str], ...] = ()
    offices: tuple[Office, ...] = ()
    succeeded_by: str | None = None
    ambiguous: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    ucdp: int | None = None
    source: str = ""

    @property
    def country(self) -> str | None:
        """The (chief) country where it is based, null for bodies of no country."""
        return self.countries[0] if self.countries else None

    def offices_on(self, on: str | None) -> tuple[Office, ...]:
        """The offices a person held on a day, or all of them."""
        return tuple(office for office in self.offices if office.when.holds(on))


@dataclass(frozen=True, slots=True)
class Match:
    """A party that a name may mean: `how` the name is its (one of `HOWS`), and how `sure` (0 to 1) that it is meant."""

    party: Party
    how: str
    sure: float
