"""What two parties are to each other on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contested.register.party import Party

Look = Callable[[str], Party | None]


def wholes(party: Party, look: Look, on: str | None = None) -> dict[str, Party]:
    """`party` and all that it is part of, at any depth, by id; for a person the bodies of the offices held too."""
    found: dict[str, Party] = {}
    waiting = [party]
    while waiting:
        one = waiting.pop()
        if one.id in found:
            continue
        found[one.id] = one
        ties = [tie.party for tie in one.part_of if tie.when.holds(on)]
        ties += [office.of for office in one.offices if office.when.holds(on)]
        waiting += [whole for id in ties if (whole := look(id)) is not None]
    return found


def related(one: Party, other: Party, look: Look, on: str | None = None) -> bool:
    """Whether two different parties belong together on a day (any day where `on` is null).

    They do if one is part of the other, if both are of one state, if they or what they are part of are allies, if
    they stand on one side of one war, if one succeeded the other, or if a person held an office of the other.
    """
    mine, yours = wholes(one, look, on), wholes(other, look, on)
    if other.id in mine or one.id in yours:
        return True
    if any(id in yours and party.kind == "state" for id, party in mine.items()):
        return True
    if _allied(mine, yours, on) or _allied(yours, mine, on):
        return True
    if dict(_sides(mine)).items() & dict(_sides(yours)).items():
        return True
    return other.id in _successors(one, look) or one.id in _successors(other, look)


def _allied(mine: Mapping[str, Party], yours: Mapping[str, Party], on: str | None) -> bool:
    return any(tie.party in yours for party in mine.values() for tie in party.ally_of if tie.when.holds(on))


def _sides(wholes: Mapping[str, Party]) -> Iterator[tuple[str, str]]:
    """The side in each war, that of the smaller party after that of the whole, so that it counts."""
    for party in reversed(list(wholes.values())):
        yield from party.side


def _successors(party: Party, look: Look) -> set[str]:
    found: set[str] = set()
    one: Party | None = party
    while one is not None and one.succeeded_by and one.succeeded_by not in found:
        found.add(one.succeeded_by)
        one = look(one.succeeded_by)
    return found
