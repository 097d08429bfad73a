"""GeoNames' dumps: places, codes of divisions, countries, alternate names (download.geonames.org/export/dump)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from contested.errors import InputError
from contested.gazetteer.built.everything import settlement_kind
from contested.gazetteer.built.shape import settlement_km
from contested.gazetteer.entry import HOW, Entry, how_of
from contested.gazetteer.imported.source import lines
from contested.gazetteer.place import Place
from contested.spelling import fold

NOTE = "GeoNames, CC BY 4.0"
#: Number of columns → what a line without comments starts with → what the file is.
_FORMS: tuple[tuple[int, str, str], ...] = (
    (19, r"\d+$", "places"),
    (19, r"[A-Z]{2}$", "countries"),
    (4, r"[A-Z]{2}\.[^.\s]+$", "provinces"),
    (4, r"[A-Z]{2}\.[^.\s]+\.\S+$", "districts"),
    (10, r"\d+$", "names"),
    (8, r"\d+$", "names"),
)
#: Feature class or code of GeoNames → kind, and the usual radius in km. Codes go before classes; "" is left out.
_KINDS: dict[str, tuple[str, float]] = {
    "ADM1": ("province", 60), "ADM2": ("district", 20), "ADM3": ("subdistrict", 10), "ADM4": ("subdistrict", 6),
    "ADM5": ("subdistrict", 4), "ADMD": ("district", 15), "A": ("region", 20), "PPLX": ("area", 1),
    "PCLI": ("country", 200), "PCLD": ("country", 30), "PCLS": ("country", 30), "PCLF": ("country", 30),
    "PCLIX": ("region", 50), "PCL": ("country", 100), "PCLH": ("", 0), "TERR": ("region", 50), "ZN": ("region", 30),
    "H": ("water", 5), "T": ("mountain", 5), "ISL": ("region", 5), "ISLS": ("region", 20), "PEN": ("region", 20),
    "VAL": ("region", 10), "PLN": ("region", 20), "DSRT": ("region", 80), "CAPE": ("region", 3), "PASS": ("road", 2),
    "L": ("area", 5), "RGN": ("region", 50), "CONT": ("", 0), "MILB": ("site", 2), "RGNE": ("region", 100),
    "S": ("site", 0.5), "R": ("road", 3), "V": ("area", 5), "U": ("", 0),
}  # fmt: skip
_HISTORICAL = re.compile(r"(?:ADM\dH|ADMDH|PCLH|STLMT)$")
#: What alternateNames has that is no name: links, codes of posts and airports.
_NO_NAMES = frozenset("link post iata icao faac tcid unlc wkdt abbr phon piny fr_1793".split())
_HEADER = "ISO"  # what countryInfo.txt's line of column names begins with, where it is no comment
_ALIAS = HOW.index("alias")
_MOST_NUMBERS = 1 << 27  # of a bit for each number that GeoNames may have given: 16 MB; it has given some 13 million


def form(path: Path) -> str:
    """What a dump holds: places, countries, provinces, districts or names. Raises `InputError` where it is none."""
    for n, line in lines(path):
        columns = line.split("\t")
        if columns[0] == _HEADER:
            continue
        for count, start, what in _FORMS:
            if len(columns) == count and re.match(start, columns[0]):
                return what
        raise InputError(
            str(path),
            f"has {len(columns)} columns and begins {columns[0][:20]!r}: no dump of GeoNames that is known",
            n,
        )
    raise InputError(str(path), "has no lines")


def places(path: Path) -> Iterator[Entry]:
    """The places of XX.zip, allCountries.zip or cities*.zip, line by line."""
    for n, columns in _rows(path, (19,)):
        entry = _place(path, n, columns)
        if entry:
            yield entry


def divisions(path: Path) -> Iterator[Entry]:
    """Names and numbers of admin1CodesASCII.txt or admin2Codes.txt, for divisions that are there already."""
    for n, (code, name, ascii_name, number) in _rows(path, (4,)):
        parts = code.split(".", 2)
        id = division_id(parts, name) if len(parts) == 3 else f"geonames-admin1:{code}"
        yield _named(id, _number(path, n, "geonameid", number), (name, ascii_name))


def countries(path: Path) -> Iterator[Entry]:
    """Names and numbers of countryInfo.txt."""
    for n, columns in _rows(path, (19,)):
        yield _named(f"iso:{columns[0]}", _number(path, n, "geonameid", columns[16]), (columns[4],))


def names(path: Path, known: Iterable[tuple[int, str]], log: Callable[[str], None]) -> Iterator[Entry]:
    """Names of alternateNamesV2.txt for places that are there; `known` are their numbers with their ids.

    The file is in no order: its names are put in that of the places on disk first, so that memory stays small.
    """
    wanted, other = bytearray(_MOST_NUMBERS // 8), {}
    for number, id in known:
        if 0 <= number < _MOST_NUMBERS:
            wanted[number >> 3] |= 1 << (number & 7)
            if id != f"geonames:{number}":
                other[number] = id
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE name(number, name, how); BEGIN;"
        )
        db.executemany("INSERT INTO name VALUES (?, ?, ?)", _alternates(path, wanted, log))
        yield from _by_place(db, other)


def division_id(code: list[str], name: str) -> str:
    """The id that the built-in list gives a district: made of its code in the United States, else of its name."""
    country, admin1, admin2 = code
    return f"geonames-admin2:{country}.{admin1}.{admin2 if country == 'US' else fold(name).replace(' ', '-')}"


def _alternates(path: Path, wanted: bytearray, log: Callable[[str], None]) -> Iterator[tuple[int, str, int]]:
    for n, columns in _rows(path, (8, 10)):
        if n % 1_000_000 == 0:
            log(f"{n:,} lines")
        number, language, name = _number(path, n, "geonameid", columns[1]), columns[2], columns[3]
        if number is None or number >= _MOST_NUMBERS or not wanted[number >> 3] & 1 << (number & 7):
            continue
        how = how_of(name)
        if how is not None and language not in _NO_NAMES:
            yield number, name, how


def _by_place(db: sqlite3.Connection, other: Mapping[int, str]) -> Iterator[Entry]:
    of: int | None = None
    found: list[tuple[str, int]] = []
    for number, name, how in db.execute("SELECT number, name, how FROM name ORDER BY number"):
        if of is not None and number != of:
            yield _bare(other.get(of, f"geonames:{of}"), of, tuple(found))
            found = []
        of = number
        found.append((name, how))
    if of is not None:
        yield _bare(other.get(of, f"geonames:{of}"), of, tuple(found))


def _place(path: Path, n: int, columns: list[str]) -> Entry | None:
    number = _number(path, n, "geonameid", columns[0])
    name, alternates = columns[1].strip(), columns[3].split(",") if columns[3] else []
    if number is None or not name:
        raise InputError(str(path), "a place without number or name", n)
    lat, lon = point(path, n, columns[4], columns[5])
    people = max(0, _number(path, n, "population", columns[14]) or 0)
    feature, code, country = columns[6], columns[7], columns[8] or None
    if _HISTORICAL.match(code):
        return None
    if feature == "P" and code != "PPLX":
        kind, radius = settlement_kind(people), settlement_km(people)
    else:
        kind, radius = _KINDS.get(code) or _KINDS.get(feature) or ("", 0.0)
        radius = max(radius, settlement_km(people)) if kind == "area" else radius
    if not kind:
        return None
    id, parent, same = _ids(number, kind, name, country, columns)
    place = Place(id, name, lat, lon, kind, country, number, (parent,) if parent else (), people, radius)
    given = ((other.strip(), how_of(other.strip())) for other in (columns[2], *alternates))
    return Entry(place, tuple((other, how) for other, how in given if how is not None), same)


def _ids(
    number: int, kind: str, name: str, country: str | None, columns: list[str]
) -> tuple[str, str | None, str | None]:
    """The id of a place, that of what holds it, and that under which the built-in list has it."""
    admin1, admin2, code = columns[10], columns[11], columns[7]
    if country is None:
        return f"geonames:{number}", None, None
    if kind == "country":
        return f"iso:{country}", None, None
    above = f"iso:{country}" if admin1 in ("", "00") else f"geonames-admin1:{country}.{admin1}"
    if code == "ADM1" and admin1:
        return above, f"iso:{country}", None
    if code == "ADM2" and admin1 and admin2:
        id, known = f"geonames-admin2:{country}.{admin1}.{admin2}", division_id([country, admin1, admin2], name)
        return id, above, known if known != id else None
    if admin1 and admin2:
        above = f"geonames-admin2:{country}.{admin1}.{admin2}"
    return f"geonames:{number}", above, None


def _named(id: str, number: int | None, given: Iterable[str]) -> Entry:
    return _bare(id, number, tuple((name.strip(), how_of(name) or _ALIAS) for name in given if name.strip()))


def _bare(id: str, number: int | None, given: tuple[tuple[str, int], ...]) -> Entry:
    return Entry(Place(id, "", 0.0, 0.0, "area", geonameid=number), given, bare=True)


def _rows(path: Path, counts: tuple[int, ...]) -> Iterator[tuple[int, list[str]]]:
    for n, line in lines(path):
        columns = line.split("\t")
        if columns[0] == _HEADER:
            continue
        if len(columns) not in counts:
            raise InputError(str(path), f"has {len(columns)} columns, not {' or '.join(map(str, counts))}", n)
        yield n, columns


def _number(path: Path, n: int, what: str, text: str) -> int | None:
    try:
        return int(text) if text.strip() else None
    except ValueError:
        raise InputError(str(path), f"{what} {text[:30]!r} is no number", n) from None


def point(path: Path, n: int | None, lat: object, lon: object, where: str = "") -> tuple[float, float]:
    """A point of the globe. Raises `InputError` where it is none."""
    try:
        found = float(str(lat)), float(str(lon))
    except ValueError:
        found = (float("nan"), float("nan"))
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise InputError(str(path), f"{where}latitude {lat!s:.30}, longitude {lon!s:.30} is no point of the globe", n)
    return found
