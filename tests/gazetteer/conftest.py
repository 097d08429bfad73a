"""A small gazetteer of invented and well-known places, made through the same code as the big one."""

import pytest

from contested.gazetteer import Place
from contested.gazetteer.entry import HOW, Entry
from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.store import Store, write

ALIAS, SCRIPT, CODE, ABBREVIATION = (HOW.index(how) for how in ("alias", "script", "code", "abbreviation"))


def entry(id, name, lat, lon, kind, country=None, within=None, population=0, names=(), number=None, **more):
    if number is None and id.startswith("geonames:"):
        number = int(id.partition(":")[2])
    place = Place(id, name, lat, lon, kind, country, number, (within,) if within else (), population, 2.0)
    return Entry(place, tuple(names), **more)


ENTRIES = (
    entry("continent:AS", "Asia", 30, 89, "continent"),
    entry("continent:NA", "North America", 46, -100, "continent"),
    entry("iso:SY", "Syria", 35, 38, "country", "SY", "continent:AS", 17_000_000, [("سوريا", SCRIPT)], 163843),
    entry("iso:US", "United States", 39.8, -98.6, "country", "US", "continent:NA", 330_000_000, [("US", CODE)]),
    entry("iso:GE", "Georgia", 42, 43.5, "country", "GE", "continent:AS", 3_700_000, number=614540),
    entry("geonames-admin1:SY.09", "Aleppo", 36.36, 37.49, "province", "SY", "iso:SY", 2_800_000),
    entry("geonames-admin1:US.CA", "California", 37.3, -119.8, "province", "US", "iso:US", 39_000_000,
          [("CA", ABBREVIATION), ("Calif.", ABBREVIATION)], 5332921),
    entry("geonames-admin1:US.GA", "Georgia", 32.8, -83.5, "province", "US", "iso:US", 10_000_000),
    entry("geonames-admin1:US.IN", "Indiana", 40, -86, "province", "US", "iso:US", 6_000_000, [("IN", ABBREVIATION)]),
    entry("geonames-admin2:US.GA.133", "Greene County", 33.58, -83.17, "district", "US", "geonames-admin1:US.GA",
          15_000, [("Greene", ALIAS)]),
    entry("geonames:170063", "Aleppo", 36.2012, 37.1612, "city", "SY", "geonames-admin1:SY.09", 2_098_210,
          [("Halab", ALIAS), ("حلب", SCRIPT), ("Алеппо", SCRIPT)]),
    entry("geonames:4407066", "St. Louis", 38.63, -90.2, "city", "US", "iso:US", 300_000),
    entry("geonames:4691930", "Fort Worth", 32.73, -97.32, "city", "US", "iso:US", 900_000),
    entry("geonames:1", "Anadyr", 64.73, 177.5, "town", "RU", None, 15_000),
    entry("geonames:2", "Taveuni", -16.9, -179.98, "village", "FJ", None, 900),
    entry("geonames:3", "Savusavu", -16.78, 179.34, "village", "FJ", None, 7_000),
)  # fmt: skip


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The file of a built-in list of a dozen places."""
    path = tmp_path_factory.mktemp("gazetteer") / "tiny.sqlite"
    write(path, ENTRIES, {"list": "built-in"})
    return path


@pytest.fixture
def gazetteer(tiny):
    found = Gazetteer([Store(tiny)])
    yield found
    found.close()


@pytest.fixture(scope="session")
def gazetteer_once(tiny):
    """The small gazetteer, for tests that ask it many times."""
    found = Gazetteer([Store(tiny)])
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder whose built-in list is the small one; it becomes the user's for the length of a test."""
    monkeypatch.setattr("contested.gazetteer.index._everything", lambda log: ENTRIES)
    monkeypatch.setenv("CONTESTED_DATA", str(tmp_path / "data"))
    return tmp_path / "data"
