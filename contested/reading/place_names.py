"""Names of places in a phrase: which words are names, what they may mean, what the words beside them tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol

from contested.gazetteer import Place
from contested.lexicon import load
from contested.reading.phrases import Token, tokens
from contested.reading.relative_places import slots

#: A name has at most so many words.
LONGEST = 6
_POSSESSIVE = re.compile(r"[’']s?\Z")
#: Capitals alone in a name so short are an acronym: of a country, if of a place at all.
ACRONYM = 3
#: Things called after a city of so many people are mostly in it ("the Orla Marathon").
LARGE = 200_000
#: Small words inside names.
_SMALL = frozenset(["al", "el", "as", "ash", "de", "del", "la", "du", "bin", "ibn"])
_OWNS = re.compile(r"\s+(?:(?!(?:of|in|at|and|or|to|from|near)\b)[a-z-]+\s+){0,3}")
_IN = re.compile(r"[\s,(]*(?:,|\(|(?<!\w)(?:in|of|at)(?!\w))[\s\w]*\Z")


class Gazetteer(Protocol):
    """What is asked of a gazetteer here."""

    def exact(self, name: str) -> list[tuple[Place, str]]: ...
    def place(self, id: str, /) -> Place | None: ...
    def countries(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A noun that tells a kind: `own` that it is part of a name ("Orla River"), `capital` that it means one."""

    kinds: frozenset[str]
    own: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name at `start:end`; `options` are the places it may mean, with how the name is theirs.

    `kinds` are those that a noun beside it tells. `loose`: the options are of what bears a part of the name ("Orla
    airport": Orla). `possessive`: what follows lies in it. `demonym`: the name is that of a people.
    """

    start: int
    end: int
    words: str
    options: tuple[tuple[Place, str], ...] = ()
    kinds: frozenset[str] = frozenset()
    loose: bool = False
    possessive: bool = False
    demonym: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """Noun (lower case) → the kind of place it tells."""
    found: dict[str, Kind] = {}
    for entry in load("place_relations"):
        value = entry.value
        if value.get("slot") == "kind":
            kind = Kind(frozenset(value["is"]), bool(value.get("own")), bool(value.get("capital")))
            for word in entry.words:
                old = found.get(word)
                found[word] = replace(kind, kinds=kind.kinds | old.kinds) if old else kind
    return found


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Word for a country's people or things (lower case) → ISO codes, independent countries first."""
    from contested.register.countries import countries

    found: dict[str, list[tuple[bool, str]]] = {}
    for iso, country in countries().items():
        for word in (*country.demonyms, *country.people):
            found.setdefault(word.lower(), []).append((country.dependent, iso))
    return {word: tuple(iso for _, iso in sorted(of)) for word, of in found.items()}


@cache
def of_regions() -> dict[str, str]:
    """Word for the people or things of a region or city (lower case) → its name."""
    return {word.lower(): str(entry.value) for entry in load("region_demonyms") for word in entry.words}


@cache
def capitals() -> dict[str, tuple[str, ...]]:
    """ISO code → names of the country's capitals."""
    from contested.register.countries import countries

    return {iso: country.capitals for iso, country in countries().items()}


class Finder:
    """Finds names; keeps what the gazetteer answered, so that a report asks for each name once."""

    def __init__(self, gazetteer: Gazetteer, sample: str) -> None:
        self.gazetteer = gazetteer
        #: whether capitals tell names in the report that `sample` is of
        letters = [c for c in sample[:4000] if c.isalpha()]
        self.telling = any(c.isupper() for c in letters) and 2 * sum(c.islower() for c in letters) > len(letters)
        self._known: dict[str, tuple[tuple[Place, str], ...]] = {}
        self._countries = gazetteer.countries()

    def options(self, name: str) -> tuple[tuple[Place, str], ...]:
        """The places of that name; countries for a demonym."""
        found = self._known.get(name)
        if found is None:
            people = demonyms().get(name.lower(), ()) if name[:1].isupper() else ()
            of_people = [(self._countries[iso], "demonym") for iso in people if iso in self._countries]
            exact = self.gazetteer.exact(name)
            if name[:1].isupper() and (region := of_regions().get(name.lower())):
                named = ((place, how) for place, how in self.gazetteer.exact(region) if how in ("name", "alias"))
                of_people += [(place, "demonym") for place, _ in named]
            have = {place.id for place, how in exact if how != "spelling"}
            exact = [(place, how) for place, how in exact if how != "spelling" or place.country not in people]
            found = self._known[name] = (*(one for one in of_people if one[0].id not in have), *exact)
        return found

    def whole(self, raw: str, start: int, end: int) -> Named | None:
        """The name that `raw[start:end]` is as a whole (but for an article and a possessive), if it is one."""
        start, end, possessive = trimmed(raw, start, end)
        words = raw[start:end]
        low = words.lower()
        if not words or (words == low and self.telling) or (low in slots()["direction"] and not words.isupper()):
            return None
        if low in kinds() and words == low:
            return None
        options = self.options(words)
        if words.isupper() and len(words) <= ACRONYM and self.telling:
            options = tuple(
                (p, how) for p, how in options if how == "abbreviation" or p.kind in ("country", "province")
            )
        if words.endswith("s") and len(words) > 4 and all(how == "spelling" for _, how in options):
            owner = [one for one in self.options(words[:-1]) if one[1] in ("name", "alias", "demonym")]
            if owner:  # "Jordans king": apostrophes get lost
                return Named(start, end, words[:-1], tuple(owner), possessive=True)
        described = any(word in kinds() for word in words.split()[1:])  # "Jordanian town": no name, if not known as one
        if not options or (described and all(how == "spelling" for _, how in options)):
            return None
        demonym = options[0][1] == "demonym"
        return Named(start, end, words, options, possessive=possessive, demonym=demonym)

    def names(self, raw: str, start: int, end: int) -> list[Named]:
        """The names in `raw[start:end]`, left to right, with the kinds that the nouns beside them tell."""
        words = tokens(raw, start, end)
        telling = self.telling
        out: list[Named] = []
        i = 0
        while i < len(words):
            j = self._from(raw, words, i, telling, out)
            i = max(j, i + 1)
        return [self._kinds(raw, words, one) for one in out]

    def _from(self, raw: str, words: Sequence[Token], i: int, telling: bool, out: list[Named]) -> int:
        """Add the name that starts at token `i` to `out`; the index after it, or `i` for none.

        A run of capitals is one name. Of one that the gazetteer lacks, its first words may be a name that the whole is
        in or of ("Orla Grand Hotel"); its last words are none ("Danube Delta" is no Delta).
        """
        if not _starts(words[i], telling):
            return i
        run = self._run(words, i, telling)
        for j in range(min(run, i + LONGEST), i, -1):
            if j < run and telling and not _ends(words[j - 1], telling):
                continue
            plain = all(_plain(t) for t in words[i:j])
            found = None if plain else self.whole(raw, words[i].start, words[j - 1].end)
            if found is None:
                continue
            if j < run or not telling:
                sound = tuple((place, how) for place, how in found.options if how != "spelling")
                if not sound:
                    continue
                rest = words[j:run] if telling and not (found.possessive or found.demonym) else ()
                if not all(_plain(t) for t in rest):
                    if not _of(sound[0][0], rest):
                        continue
                    found = replace(found, loose=True)
                found = replace(found, options=sound)
            out.append(found)
            return run if found.loose else j
        if _plain(words[i]) or not telling:
            return i
        start, end, possessive = trimmed(raw, words[i].start, words[run - 1].end)
        out.append(Named(start, end, raw[start:end], possessive=possessive))
        return run

    def _run(self, words: Sequence[Token], i: int, telling: bool) -> int:
        """The index after the run of capitals (and small words inside names) that starts at token `i`."""
        j = i + 1
        while j < len(words) and words[j].word and not _POSSESSIVE.search(words[j - 1].text):
            small = words[j].low in _SMALL and j + 1 < len(words) and _capital(words[j + 1], telling)
            if not (small or _capital(words[j], telling)) or (words[j].tags & {"det", "conj"} and not small):
                break
            j += 1
        return j

    def _kinds(self, raw: str, words: Sequence[Token], one: Named) -> Named:
        told = noun_after(words, one.end) or noun_before(words, one.start)
        return self.told(one, told, raw) if told else one

    def told(self, one: Named, told: tuple[str, Kind], raw: str) -> Named:
        """`one` with what the noun beside it tells of its kind."""
        noun, kind = told
        if not kind.own:
            return replace(one, kinds=kind.kinds)
        all_ = (*self.options(f"{one.words} {noun}"), *one.options)
        fitting = tuple((place, how) for place, how in all_ if place.kind in kind.kinds)
        if fitting:
            return replace(one, kinds=kind.kinds, options=fitting)
        if "site" in kind.kinds:
            return replace(one, loose=True)
        return replace(one, options=())


def trimmed(raw: str, start: int, end: int) -> tuple[int, int, bool]:
    """A span without the article before and the possessive after its name; whether there was a possessive."""
    found = re.match(r"(?:the|a|an)\s+", raw[start:end], re.IGNORECASE)
    start += found.end() if found else 0
    mark = _POSSESSIVE.search(raw, start, end)
    return start, mark.start() if mark else end, mark is not None


def noun_after(words: Sequence[Token], at: int) -> tuple[str, Kind] | None:
    """The noun that tells a kind right after offset `at`."""
    return next(((t.text, kinds()[t.low]) for t in words if at <= t.start <= at + 1 and t.low in kinds()), None)


def noun_before(words: Sequence[Token], at: int) -> tuple[str, Kind] | None:
    """The noun that tells a kind before offset `at`: "the town of", "the town", "Lake"."""
    before = [t for t in words if t.end <= at][-2:]
    if before and before[-1].low == "of":
        before.pop()
    elif len(before) == 2:
        before = before[1:]
    last = before[-1] if before else None
    if last is None or last.low not in kinds() or not at - 5 <= last.end:
        return None
    return last.text, kinds()[last.low]


def links(raw: str, names: Sequence[Named]) -> list[tuple[int, int]]:
    """Pairs (inner, outer) of names of a phrase of which the words say that one lies in the other."""
    out = []
    for k in range(len(names) - 1):
        one, other = names[k], names[k + 1]
        between = raw[one.end : other.start]
        if one.possessive or one.demonym or _OWNS.fullmatch(between):
            out.append((k + 1, k))
        elif _IN.match(between):
            out.append((k, k + 1))
    return out


def head(names: Sequence[Named], inside: Iterable[tuple[int, int]]) -> int:
    """The index of the name that a phrase is about: the first that holds no other."""
    outer = {o for _, o in inside}
    return next((k for k in range(len(names)) if k not in outer), 0)


def _of(place: Place, rest: Sequence[Token]) -> bool:
    """Whether what is called after `place`, with `rest` behind its name, is likely there: a site, or a large city's."""
    last = kinds().get(rest[-1].low)
    if last is not None:
        return "site" in last.kinds
    return place.population >= LARGE and not any(t.low in _SMALL or t.low.startswith(("al-", "el-")) for t in rest)


def _plain(token: Token) -> bool:
    return token.low in kinds() or token.low in slots()["direction"]


def _capital(token: Token, telling: bool) -> bool:
    return any(c.isupper() for c in token.text) or not telling


def _starts(token: Token, telling: bool) -> bool:
    """Whether a name can start with this token."""
    if not token.word or token.number:
        return False
    small = token.tags & {"det", "prep", "conj", "aux", "pron"}
    if small and (not token.cap or token.tags & {"det", "prep"}):
        return token.low == "al"
    return _capital(token, telling) or token.low in ("al", "el", "ash", "as", "ad")


def _ends(token: Token, telling: bool) -> bool:
    return not token.tags & {"det", "prep", "conj"} and (_capital(token, telling) or token.number)
