"""What must hold between entries: ids lead somewhere, no whole holds itself, a name is one party's at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from contested.errors import LexiconError
from contested.register.names import plain
from contested.register.party import Party, Span


def check(parties: Mapping[str, Party], where: Mapping[str, str], look: Callable[[str], Party | None]) -> None:
    """Raises `LexiconError` for the first thing that is wrong. `where` gives file and entry of each id."""
    for party in parties.values():
        place = where[party.id]
        for field, ids in (
            ("part_of", [tie.party for tie in party.part_of]),
            ("ally_of", [tie.party for tie in party.ally_of]),
            ("offices", [office.of for office in party.offices]),
            ("succeeded_by", [party.succeeded_by] if party.succeeded_by else []),
        ):
            for id in ids:
                if look(id) is None:
                    raise LexiconError(f"{place}: `{field}`: no entry has the id {id!r}; add it or mend the id")
        for iso in (*party.countries, *(iso for iso, _ in party.side)):
            if look(f"{iso.lower()}.state") is None or not iso.isupper():
                raise LexiconError(f"{place}: {iso!r} is no country's code; write ISO 3166-1 alpha-2, such as SY")
    _no_circles(parties, where, look)
    _no_shared_names(parties, where)


def _no_circles(parties: Mapping[str, Party], where: Mapping[str, str], look: Callable[[str], Party | None]) -> None:
    done: set[str] = set()

    def follow(id: str, path: tuple[str, ...]) -> None:
        if id in path:
            circle = " → ".join((*path[path.index(id) :], id))
            raise LexiconError(f"{where[path[-1]]}: `part_of` goes in a circle: {circle}; cut it somewhere")
        party = None if id in done else look(id)
        for tie in party.part_of if party else ():
            follow(tie.party, (*path, id))
        done.add(id)

    for id in parties:
        follow(id, ())


def _no_shared_names(parties: Mapping[str, Party], where: Mapping[str, str]) -> None:
    """Two parties of one country with one name at one time must both know of it (`ambiguous`)."""
    claims: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for party in parties.values():
        free = {plain(name) for name in party.ambiguous}
        for name in party.names:
            when = name.when if name.when != Span() else party.when
            for text in (name.name, *name.aliases, *name.scripts):
                folded = plain(text)
                if folded not in free:
                    for country in party.countries or ("",):
                        claims[country, folded][party.id].append(when)
    for (_, folded), claimed in claims.items():
        ids = list(claimed)
        for n, one in enumerate(ids):
            for other in ids[n + 1 :]:
                if any(a.meets(b) for a in claimed[one] for b in claimed[other]):
                    raise LexiconError(
                        f"{where[other]}: the name {folded!r} is also that of {one!r} ({where[one]}) at the same time;"
                        f" give dates, or list it under `ambiguous` in one of the two"
                    )
