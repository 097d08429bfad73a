"""What is found under a name: the entries of the files, and the organs of all countries, without writing them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contested.register.countries import countries, script_names
from contested.register.names import is_acronym, plain, without_brackets
from contested.register.organs import SLOTS, templates, words_of
from contested.register.party import ALWAYS, Party, Span
from contested.spelling import key

#: A hit as it is kept: id, how, from, to, whether it needs capitals, whether the name is usually this party's.
Kept = tuple[str, str, str | None, str | None, bool, bool]
_LONGEST = 5  # words of a country's name, and of its capital's
_SPELT = 5  # letters that a name needs to be known by another spelling of it
_SHORTEST = 3  # letters of a surname


@dataclass(frozen=True, slots=True)
class Hit:
    """A party's id under a name: `how` it is the party's, in use `when`; `capitals` if it needs them to be meant.

    `usual` if the name means this party rather than others that have it.
    """

    id: str
    how: str
    when: Span = ALWAYS
    capitals: bool = False
    usual: bool = False


def index(parties: Iterable[Party]) -> dict[str, Any]:
    """What an `Index` is made from, plain, to be kept: folded `names` of `parties` with what they hit, `surnames` of
    persons with their ids, and `keys` under which other spellings meet, with folded names."""
    names: dict[str, list[Kept]] = defaultdict(list)
    surnames: dict[str, list[str]] = defaultdict(list)
    for party in parties:
        usual = {plain(name) for name in party.usual}
        for name, how, when in _names(party):
            folded = plain(name)
            if folded:
                names[folded].append(
                    (party.id, how, when.start, when.end, how == "acronym" or is_acronym(name), folded in usual)
                )
        if party.kind == "person":
            for surname in _surnames(party.name):
                surnames[surname].append(party.id)
    keys: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) >= _SPELT:
            keys[key(name)].append(name)
    return {"names": names, "surnames": surnames, "keys": keys}


class Index:
    """Names of parties (in other spellings too) and of the organs of every country."""

    def __init__(
        self, names: Mapping[str, list[Kept]], surnames: Mapping[str, list[str]], keys: Mapping[str, list[str]]
    ) -> None:
        self._exact, self._surnames, self._keys = names, surnames, keys

    def exact(self, folded: str) -> list[Hit]:
        """Entries of the files that have this name."""
        return [
            Hit(id, how, Span(start, end), capitals, usual)
            for id, how, start, end, capitals, usual in self._exact.get(folded, ())
        ]

    def surname(self, folded: str) -> list[Hit]:
        """Persons whose last name this is."""
        return [Hit(id, "surname") for id in self._surnames.get(folded, ())]

    def spelt(self, folded: str) -> list[tuple[Hit, str]]:
        """Entries whose name may be another spelling of this one, each with that name."""
        if len(folded) < _SPELT:
            return []
        return [(hit, known) for known in self._keys.get(key(folded), ()) for hit in self.exact(known)]

    def bare(self, folded: str) -> list[str]:
        """Organs that a name without a country may mean ("the army"), as ids of templates."""
        return self._bare.get(folded, [])

    def organs(self, folded: str) -> Iterator[Hit]:
        """States and organs of any country under this name ("syrian warplanes", "army of syria")."""
        tokens = folded.split()
        for start in range(len(tokens)):
            for end in range(start + 1, min(len(tokens), start + _LONGEST) + 1):
                if start and end < len(tokens):
                    continue  # the country's word stands first or last
                for iso, slot, capitals in self._country_words.get(" ".join(tokens[start:end]), ()):
                    form = " ".join([*tokens[:start], slot, *tokens[end:]])
                    for organ, how in self._forms.get(form, ()):
                        yield Hit(f"{iso}.{organ}", how, capitals=capitals)

    def script(self, folded: str) -> list[Hit]:
        """States under their names in other letters."""
        return [Hit(f"{iso}.state", "script") for iso in self._scripts.get(folded, ())]

    def country(self, folded: str) -> list[str]:
        """ISO codes, lower case, of the countries that such a name or adjective is of."""
        return [iso for iso, _, _ in self._country_words.get(folded, ())]

    @cached_property
    def _forms(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        alone = {"{country}": "name", "{demonym}": "demonym"}
        for template in templates().values():
            for form in template.forms:
                found[_form(form)].append((template.id, alone.get(form, "organ")))
            for form in template.metonyms:
                found[_form(form)].append((template.id, "metonym"))
        return dict(found)

    @cached_property
    def _bare(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for template in templates().values():
            for word in dict.fromkeys(map(plain, template.bare)):
                found[word].append(template.id)
        return dict(found)

    @cached_property
    def _scripts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name, iso in script_names():
            if iso.lower() not in found[plain(name)]:
                found[plain(name)].append(iso.lower())
        return dict(found)

    @cached_property
    def _country_words(self) -> dict[str, list[tuple[str, str, bool]]]:
        found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for country in countries().values():
            for word, slot in words_of(country):
                entry = (country.iso.lower(), slot, is_acronym(word))
                # "Syrias army" has lost its apostrophe
                for folded in (plain(word), f"{plain(word)}s" if slot == "{country}" else ""):
                    if folded and entry not in found[folded]:
                        found[folded].append(entry)
        return dict(found)


def _form(form: str) -> str:
    slot = next(slot for slot in SLOTS if slot in form)
    before, _, after = form.partition(slot)
    return " ".join(part for part in (plain(before), slot, plain(after)) if part)


def _names(party: Party) -> Iterator[tuple[str, str, Span]]:
    """Every name of `party`, how it is its, and when. "X (Y)" is told apart by its brackets, and called X."""
    for n, name in enumerate(party.names):
        when = name.when if name.when != ALWAYS else party.when
        other = ""
        if n and name.when != ALWAYS:
            other = "later-name" if name.when.start and name.when.end == party.when.end else "former-name"
        yield name.name, other or "name", when
        if (short := without_brackets(name.name)) != name.name:
            yield short, other or "alias", when
        for alias in name.aliases:
            yield alias, "acronym" if is_acronym(alias) else other or "alias", when
        for script in name.scripts:
            yield script, "script", when


def _surnames(name: str) -> list[str]:
    """The last name of a person, with and without what belongs to it: "al-Assad" is "assad" and "al assad"."""
    tokens = plain(name).split()
    if len(tokens) < 2:
        return []
    found = [tokens[-1]]
    if len(tokens) > 2 and len(tokens[-2]) <= _SHORTEST:
        found.append(" ".join(tokens[-2:]))
    return [one for one in found if len(one) >= _SHORTEST]
