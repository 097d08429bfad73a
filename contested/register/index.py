"""What is found under a name: the entries of the files, and the organs of all countries, without writing them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contested.register.countries import countries, script_names
from contested.register.names import is_acronym, plain
from contested.register.organs import SLOTS, templates, words_of
from contested.register.party import ALWAYS, Party, Span
from contested.spelling import key

#: How sure each way of finding is where no other party answers to the name. Set by hand: an alias may have been
#: chosen for another party of the same name, a metonym is as often the place as those who rule there.
SURE = {
    "name": 1.0, "alias": 0.95, "former-name": 0.95, "later-name": 0.95, "acronym": 0.9, "script": 0.95,
    "organ": 0.95, "spelling": 0.85, "surname": 0.8, "demonym": 0.6, "metonym": 0.6, "forces-of": 0.85,
}  # fmt: skip
_LONGEST = 5  # words of a country's name, and of its capital's
_SPELT = 5  # letters that a name needs to be known by another spelling of it


@dataclass(frozen=True, slots=True)
class Hit:
    """A party's id under a name: `how` it is the party's, in use `when`; `capitals` if it needs them to be meant."""

    id: str
    how: str
    when: Span = ALWAYS
    capitals: bool = False


class Index:
    """Names of `parties` (in other spellings too) and of the organs of every country."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._exact: dict[str, list[Hit]] = defaultdict(list)
        self._surnames: dict[str, list[Hit]] = defaultdict(list)
        self._by_key: dict[str, list[Hit]] | None = None
        for party in parties:
            for name, hit in _names(party):
                folded = plain(name)
                if folded:
                    self._exact[folded].append(hit)
            if party.kind == "person":
                for surname in _surnames(party.name):
                    self._surnames[surname].append(Hit(party.id, "surname"))
        self._slots: dict[str, list[tuple[str, str, bool]]] | None = None
        self._forms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        for template in templates().values():
            for form in template.forms:
                how = "demonym" if form == "{demonym}" else "organ"
                self._forms[_form(form)].append((template.id, "name" if form == "{country}" else how))
            for form in template.metonyms:
                self._forms[_form(form)].append((template.id, "metonym"))
            for word in template.bare:
                self._bare[plain(word)].append(template.id)
        self._scripts: dict[str, list[Hit]] | None = None

    def exact(self, folded: str) -> list[Hit]:
        """Entries of the files that have this name."""
        return self._exact.get(folded, [])

    def surname(self, folded: str) -> list[Hit]:
        """Persons whose last name this is."""
        return self._surnames.get(folded, [])

    def spelt(self, folded: str) -> list[tuple[Hit, str]]:
        """Entries whose name may be another spelling of this one, each with that name."""
        if len(folded) < _SPELT:
            return []
        if self._by_key is None:
            self._by_key = defaultdict(list)
            for known in self._exact:
                if len(known) >= _SPELT:
                    self._by_key[key(known)].append(Hit(known, ""))
        return [(hit, near.id) for near in self._by_key.get(key(folded), []) for hit in self._exact[near.id]]

    def bare(self, folded: str) -> list[str]:
        """Organs that a name without a country may mean ("the army"), as ids of templates."""
        return self._bare.get(folded, [])

    def organs(self, folded: str) -> Iterator[Hit]:
        """States and organs of any country under this name ("syrian warplanes", "army of syria")."""
        slots = self._country_words()
        tokens = folded.split()
        for start in range(len(tokens)):
            for end in range(start + 1, min(len(tokens), start + _LONGEST) + 1):
                if start and end < len(tokens):
                    continue  # the country's word stands first or last
                for iso, slot, capitals in slots.get(" ".join(tokens[start:end]), ()):
                    form = " ".join([*tokens[:start], slot, *tokens[end:]])
                    for organ, how in self._forms.get(form, ()):
                        yield Hit(f"{iso}.{organ}", how, capitals=capitals)

    def script(self, folded: str) -> list[Hit]:
        """States under their names in other letters."""
        if self._scripts is None:
            self._scripts = defaultdict(list)
            for name, iso in script_names():
                hit = Hit(f"{iso.lower()}.state", "script")
                if hit not in self._scripts[plain(name)]:
                    self._scripts[plain(name)].append(hit)
        return self._scripts.get(folded, [])

    def country(self, folded: str) -> list[str]:
        """ISO codes, lower case, of the countries that such a name or adjective is of."""
        return [iso for iso, _, _ in self._country_words().get(folded, ())]

    def _country_words(self) -> dict[str, list[tuple[str, str, bool]]]:
        if self._slots is None:
            self._slots = defaultdict(list)
            for country in countries().values():
                for word, slot in words_of(country):
                    entry = (country.iso.lower(), slot, is_acronym(word))
                    for folded in (plain(word), f"{plain(word)}s" if slot == "{country}" else ""):
                        if folded and entry not in self._slots[folded]:
                            self._slots[folded].append(entry)
        return self._slots


def _form(form: str) -> str:
    slot = next(slot for slot in SLOTS if slot in form)
    before, _, after = form.partition(slot)
    return " ".join(part for part in (plain(before), slot, plain(after)) if part)


def _names(party: Party) -> Iterator[tuple[str, Hit]]:
    usual = party.names[0]
    for name in party.names:
        when = name.when if name.when != ALWAYS else party.when
        other = ""
        if name is not usual and name.when != ALWAYS:
            other = "later-name" if _later(name.when, party, usual.name) else "former-name"
        yield name.name, Hit(party.id, other or "name", when, is_acronym(name.name))
        for alias in name.aliases:
            capitals = is_acronym(alias)
            yield alias, Hit(party.id, "acronym" if capitals else other or "alias", when, capitals)
        for script in name.scripts:
            yield script, Hit(party.id, "script", when)


def _later(when: Span, party: Party, usual: str) -> bool:
    """Whether a dated name came after the usual one: it lasted to the party's end, or is in use still."""
    return when.end == party.when.end and when.start is not None


def _surnames(name: str) -> list[str]:
    """The last name of a person, with and without what belongs to it: "al-Assad" is "assad" and "al assad"."""
    tokens = plain(name).split()
    if len(tokens) < 2:
        return []
    found = [tokens[-1]]
    if len(tokens) > 2 and len(tokens[-2]) <= 3:
        found.append(" ".join(tokens[-2:]))
    return [one for one in found if len(one) > 2]
