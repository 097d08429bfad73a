"""Organs of states and groups of a country's people: templates that hold for every country, filled when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from contested.errors import LexiconError
from contested.register.countries import Country, countries
from contested.register.entry import Row
from contested.register.files import builtin, rows
from contested.register.party import KINDS, USUAL_CLASS, Name, Party, Tie
from contested.statement import SOURCE_CLASSES

#: What stands in a template for a word of the country, and which words of `Country` those are.
SLOTS = {"{country}": "names", "{demonym}": "demonyms", "{people}": "people", "{capital}": "capitals"}
#: Every noun of `words` makes these names ("army": the Syrian army, Syria's army, the army of Syria).
_FORMS = ("{demonym} %s", "{country} %s", "%s of {country}")
_KEYS = frozenset("id name kind class words forms metonyms bare part_of side".split())


@dataclass(frozen=True, slots=True)
class Template:
    """One organ that every country is taken to have. `forms` are its names with a slot for the country's word.

    `metonyms` are forms that mean it by the way ("{capital}"); `bare` are names without a country, which mean it in a
    report where the country is clear. `side` is the side it takes in a war of its own country.
    """

    id: str
    name: str
    kind: str
    cls: str
    forms: tuple[str, ...]
    metonyms: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    side: str | None = None

    def of(self, country: Country) -> Party:
        """This organ of `country`."""
        own, iso = country.iso.lower(), country.iso
        words = {
            slot: (getattr(country, field) or (country.name,))[0] for slot, field in SLOTS.items()
        } | {"{country}": country.name}  # fmt: skip
        name = self.name
        for slot, word in words.items():
            name = name.replace(slot, word)
        return Party(
            id=f"{own}.{self.id}", name=name, kind=self.kind, cls=self.cls, countries=(iso,), names=(Name(name),),
            part_of=tuple(Tie(f"{own}.{whole}") for whole in self.part_of),
            side=((iso, self.side),) if self.side else (),
        )  # fmt: skip


@cache
def templates() -> dict[str, Template]:
    """The templates by id. Raises `LexiconError` naming entry and field."""
    path = builtin() / "organs.yaml"
    found: dict[str, Template] = {}
    for n, raw in enumerate(rows(path) or (), 1):
        row = Row(f"{path.name}: entry {n}", raw, _KEYS, "a template has `id`, `name`, `kind`")
        template = _template(row)
        if template.id in found:
            raise row.error(f"id {template.id!r} stands twice")
        found[template.id] = template
    for template in found.values():
        for whole in template.part_of:
            if whole not in found:
                raise LexiconError(f"{path.name}: {template.id}: `part_of` {whole!r} is the id of no template")
    return found


def _template(row: Row) -> Template:
    kind = row.one_of("kind", KINDS)
    words = row.texts("words")
    forms = (*row.texts("forms"), *(form % word for word in words for form in _FORMS))
    for form in (*forms, *row.texts("metonyms")):
        if sum(form.count(slot) for slot in SLOTS) != 1 or form.count("{") != 1:
            raise row.error(f"{form!r} must hold one of {', '.join(SLOTS)}")
    return Template(
        id=row.text("id", need=True) or "", name=row.text("name", need=True) or "", kind=kind,
        cls=row.one_of("class", SOURCE_CLASSES, USUAL_CLASS.get(kind)), forms=forms, metonyms=row.texts("metonyms"),
        bare=(*words, *row.texts("bare")), part_of=row.texts("part_of"), side=row.text("side"),
    )  # fmt: skip


def organ(id: str) -> Party | None:
    """The organ that such an id ("sy.air-force") names, if a template and a country make one."""
    iso, _, rest = id.partition(".")
    template, country = templates().get(rest), countries().get(iso.upper())
    return template.of(country) if template and country else None


def words_of(country: Country) -> Iterator[tuple[str, str]]:
    """Every word of `country` with the slot it fills. A territory shares its people's name with the state it is of."""
    for slot, field in SLOTS.items():
        if not country.dependent or slot == "{country}":
            yield from ((word, slot) for word in getattr(country, field))
