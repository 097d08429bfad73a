"""Files of places: what comes of them, and what is said of those that are damaged."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import DataError, InputError
from contested.gazetteer import lists, open_gazetteer
from contested.gazetteer.imported import geojson, geonames, ocha, source

PATH = Path("any.json")


def dump(*rows):
    """GeoNames' main table: number, name, alternates, lat, lon, class, code, country, admin1, admin2, people."""
    lines = []
    for number, name, alternates, lat, lon, feature, code, country, admin1, admin2, people in rows:
        columns = [number, name, name, alternates, lat, lon, feature, code, country, "", admin1, admin2, "", "", people,
                   "", "", "Asia/Damascus", "2020-01-01"]  # fmt: skip
        lines.append("\t".join(map(str, columns)))
    return "\n".join(lines) + "\n"


SYRIA = dump(
    (169577, "Aleppo Governorate", "Mohafazat Halab", 36.25, 37.5, "A", "ADM1", "SY", "09", "", 0),
    (9000001, "Mantiqat Qasr", "", 36.0, 37.0, "A", "ADM2", "SY", "09", "0901", 0),
    (170063, "Aleppo", "Halab,Beroea,حلب", 36.2021, 37.1343, "P", "PPLA", "SY", "09", "0901", 1_602_264),
    (9000002, "Tall Qasr", "تل القصر", 36.01, 37.01, "P", "PPL", "SY", "09", "0901", 0),
    (9000003, "Hayy al-Qasr", "", 36.21, 37.15, "P", "PPLX", "SY", "09", "0901", 0),
    (9000004, "Nahr Qasr", "", 36.3, 37.2, "H", "STM", "SY", "09", "", 0),
    (9000005, "Old Qasr Province", "", 36.3, 37.2, "A", "ADM1H", "SY", "77", "", 0),
)


def zipped(path, name, text):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "read me")
        packed.writestr(name, text)
    return path


@pytest.fixture
def syria(tmp_path):
    return zipped(tmp_path / "SY.zip", "SY.txt", SYRIA)


def one(name, kind=None):
    gazetteer = open_gazetteer()
    try:
        found = [place for place in gazetteer.named(name) if kind in (None, place.kind)]
        assert found, name
        return found[0]
    finally:
        gazetteer.close()


def test_a_dump_of_geonames(folder, syria):
    outcome = lists.add(syria)
    assert (outcome.list, outcome.places) == ("sy", 6)
    assert str(outcome).startswith(f"{syria}: added 'sy': 6 places (")
    aleppo = one("Beroea")
    assert (aleppo.id, aleppo.geonameid, aleppo.lat) == ("geonames:170063", 170063, 36.2021)  # updated
    assert aleppo.population == 2_098_210
    assert aleppo.within == ("geonames-admin2:SY.09.0901", "geonames-admin1:SY.09", "iso:SY", "continent:AS")
    province = one("Aleppo", "province")
    assert (province.id, province.geonameid, province.name) == ("geonames-admin1:SY.09", 169577, "Aleppo")
    assert one("تل القصر").kind == "village"
    assert one("Hayy al-Qasr").kind == "area"
    assert one("Nahr Qasr").kind == "water"
    assert one("Mantiqat Qasr").kind == "district"


def test_the_same_file_again_changes_nothing(folder, syria, tmp_path):
    lists.add(syria)
    files = sorted((folder / "places").iterdir())
    again = lists.add(syria.rename(tmp_path / "renamed.zip"))
    assert again.done == "nothing changed, it is already in"
    assert sorted((folder / "places").iterdir()) == files


def test_a_newer_file_takes_the_place_of_the_older(folder, syria, tmp_path):
    lists.add(syria)
    zipped(syria, "SY.txt", dump((9000009, "Khan Qasr", "", 36, 37, "P", "PPL", "SY", "09", "", 10)))
    lists.add(syria)
    assert [path.name for path in (folder / "places").iterdir()] == ["002-sy.sqlite"]
    assert one("Khan Qasr").id == "geonames:9000009"


def test_dry_run(folder, syria):
    assert lists.add(syria, dry_run=True).places == 6
    assert not (folder / "places").exists()


def test_remove(folder, syria):
    lists.add(syria)
    with pytest.raises(DataError, match="no list 'iq' was imported; there are: sy"):
        lists.remove("iq")
    lists.remove("sy")
    assert one("Aleppo").lat == 36.2012
    with pytest.raises(DataError, match="there is: none"):
        lists.remove("sy")


def test_codes_and_names_go_to_places_that_are_there(folder, tmp_path):
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.09\tAleppo Governorate\tAleppo\t169577\nXX.01\tNo\tNo\t1\n")
    (tmp_path / "admin2Codes.txt").write_text("US.GA.133\tGreene County\tGreene County\t4198400\n")
    rows = (("170063", "ru", "Халеб"), ("170063", "link", "https://example.org"), ("99", "en", "No"),
            ("169577", "fr", "Gouvernorat d'Alep"))  # fmt: skip
    names = "".join(f"{n}\t" + "\t".join(row) + "\t" * 6 + "\n" for n, row in enumerate(rows))
    zipped(tmp_path / "alternateNamesV2.zip", "alternateNamesV2.txt", names)
    for name in ("admin1CodesASCII.txt", "admin2Codes.txt", "alternateNamesV2.zip"):
        lists.add(tmp_path / name)
    assert one("Aleppo", "province").geonameid == 169577
    assert one("Greene County").geonameid == 4198400
    assert one("Халеб").id == "geonames:170063"
    gazetteer = open_gazetteer()
    assert gazetteer.named("https://example.org") == []
    assert gazetteer.place("geonames-admin1:XX.01") is None
    gazetteer.close()


def test_country_info(folder, tmp_path):
    columns = ["SY", "SYR", "760", "SY", "Syrian Land", "Damascus", "185180", "16906283", "AS", ".sy", "SYP", "Pound",
               "963", "", "", "ar-SY", "163843", "IQ,JO", ""]  # fmt: skip
    (tmp_path / "countryInfo.txt").write_text("# comment\nISO\tISO3\n" + "\t".join(columns) + "\n")
    lists.add(tmp_path / "countryInfo.txt")
    assert one("Syrian Land").id == "iso:SY"


def pcode(id, type, lat, lon, parent=None, **names):
    """An entry as OCHA's lists have it."""
    row = {"id": id, "type": type, "names": names, "coordinates": {"lat": lat, "lon": lon}}
    return row | ({"parentId": parent} if parent else {})


PCODES = [
    pcode("SY02", "governorate", 36.25, 37.46, en="Aleppo", ar="حلب"),
    pcode("SY0200", "district", 36.3, 37.2, "SY02", en="Jebel Qasr"),
    pcode("SY020000", "subdistrict", 36.31, 37.2, "SY0200", en="Jebel Qasr"),
    pcode("C1", "community", 36.206, 37.152, "SY020000", en="Aleppo", ar="حلب"),
    pcode("C2", "community", 36.4, 37.1, "SY020000", en="Tal Qasr (Jebel)", ar="تل القصر - جبل"),
    pcode("N1", "community", 36.21, 37.16, "SY020000", en="Bustan al-Mill - Aleppo (ne)", ar="حي بستان الطاحون"),
]


def written(path, document):
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def test_a_list_of_pcodes(folder, tmp_path):
    outcome = lists.add(written(tmp_path / "pcodes.json", PCODES))
    assert dict(outcome.kinds) == {"province": 1, "district": 1, "subdistrict": 1, "village": 2, "area": 1}
    aleppo = one("حلب", "city")
    assert (aleppo.id, aleppo.geonameid, aleppo.kind, aleppo.population) == ("ocha:C1", 170063, "city", 2_098_210)
    assert aleppo.within == ("ocha:SY020000", "ocha:SY0200", "ocha:SY02", "iso:SY", "continent:AS")
    area = one("Bustan al-Mill")
    assert (area.id, area.kind, area.within[0]) == ("ocha:N1", "area", "ocha:C1")
    assert one("بستان الطاحون").id == "ocha:N1"
    assert one("Tal Qasr").id == "ocha:C2"
    gazetteer = open_gazetteer()
    assert gazetteer.place("geonames:170063") == aleppo  # the older id leads to it
    assert gazetteer.place("geonames-admin1:SY.09").id == "ocha:SY02"
    assert [p.id for p in gazetteer.named("Aleppo")] == ["ocha:C1", "ocha:SY02"]
    assert gazetteer.near(36.2, 37.15, 2, {"city"}) == [aleppo]
    gazetteer.close()
    lists.remove("pcodes")
    assert one("Aleppo").id == "geonames:170063"


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


SQUARE = {"type": "Polygon", "coordinates": [[[37, 35], [38, 35], [38, 36], [37, 36], [37, 35]]]}


def test_geojson(folder, tmp_path):
    document = collection(
        feature({"type": "Point", "coordinates": [37.16, 36.21]}, name="Aleppo", featurecla="Admin-1 capital",
                adm0_sr=3.0, pop_max=2_000_000, geonameid=170063.0, name_ar="حلب", iso_a2="SY",
                namealt="Halepion|Khalep"),
        feature(SQUARE, ADM1_EN="Aleppo", ADM2_EN="Qasr Plain", ADM2_AR="سهل القصر", ADM0_EN="Syria",
                ADM2_PCODE="SY0299"),
        feature({"type": "LineString", "coordinates": [[37, 35], [37, 37]]}, NAME="Qasr Canal", featurecla="River"),
        feature({"type": "Point", "coordinates": [38, 36]}, name="Qasr Mill", admin="Syria"),
        *(feature({"type": "Point", "coordinates": [lon, 34]}, name="Qasristan", featurecla="Admin-1", iso_a2="SY")
          for lon in (36, 37)),
        feature(None, name="Nowhere"),
        feature({"type": "Point", "coordinates": [38, 36]}, remarks="no name"),
    )  # fmt: skip
    assert lists.add(written(tmp_path / "own.geojson", document)).places == 5
    aleppo = one("Halepion")
    assert (aleppo.id, aleppo.lat) == ("geonames:170063", 36.2012)  # a label does not move it
    plain = one("سهل القصر")
    assert (plain.name, plain.kind, plain.country) == ("Qasr Plain", "district", "SY")
    assert plain.within == ("geonames-admin1:SY.09", "iso:SY", "continent:AS")
    assert (round(plain.lat, 2), round(plain.lon, 2)) == (35.5, 37.5)
    assert 50 < plain.radius_km < 65  # a square of 111 by 90 km
    assert (one("Qasr Canal").kind, one("Qasr Canal").lat) == ("water", 36)
    assert (one("Qasr Mill").kind, one("Qasr Mill").id, one("Qasr Mill").country) == ("site", "file:own:4", "SY")


TRUNCATED = SYRIA.rpartition("\t")[0].encode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("SY.txt", b"", r"SY\.txt: the file is empty"),
        ("SY.txt", b"\n\n", r"SY\.txt: has no lines"),
        ("SY.txt", b"one\ttwo\n", r"SY\.txt:1: has 2 columns and begins 'one': no dump of GeoNames that is known"),
        ("SY.txt", TRUNCATED, r"SY\.txt:7: has 18 columns, not 19"),
        ("SY.txt", SYRIA.replace("36.2021", "96").encode(), r"SY\.txt:3: latitude 96, .* no point of the globe"),
        ("SY.txt", SYRIA.replace("36.2021", "north").encode(), r"SY\.txt:3: latitude north"),
        ("SY.txt", SYRIA.replace("36.2021", "nan").encode(), r"SY\.txt:3: latitude nan"),
        ("SY.txt", SYRIA.replace("1602264", "many").encode(), r"SY\.txt:3: population 'many' is no number"),
        ("SY.txt", SYRIA.encode() + b"9\t\xff\n", r"SY\.txt:8: is not UTF-8"),
        ("SY.txt", SYRIA.encode() + b"9" * 200_000, r"SY\.txt:8: a line of more than 100,000 bytes"),
        ("SY.zip", SYRIA.encode(), r"SY\.zip: is no whole zip file; fetch it again"),
        ("SY.csv", SYRIA.encode(), r"SY\.csv: is of no known kind"),
        ("p.json", b"{", r"p\.json:1: is no JSON"),
        ("p.json", b"\xff\xfe", r"p\.json: is no JSON in UTF-8"),
        ("p.json", b"[" * 100_000, r"p\.json: is no JSON in UTF-8"),
        ("p.json", b"[]", r"p\.json: is neither GeoJSON nor a list of p-codes"),
        ("p.json", b'{"type": "FeatureCollection", "features": {}}', "has an array of features"),
        ("p.json", b'{"type": "FeatureCollection", "features": []}', "has no places"),
        ("p.json", b'{"type": "FeatureCollection", "features": [3]}', "feature 1: is no GeoJSON feature"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_nothing_is_loaded(folder, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        lists.add(tmp_path / name)
    assert not list(folder.glob("places/*"))
    assert not list(folder.glob("places/.*"))


def test_a_file_that_is_not_there(folder, tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        lists.add(tmp_path / "XX.zip")


def test_half_a_zip(folder, syria):
    syria.write_bytes(syria.read_bytes()[:300])
    with pytest.raises(InputError, match="is no whole zip file"):
        lists.add(syria)


def test_a_zip_whose_content_is_spoiled(folder, syria):
    spoiled = bytearray(syria.read_bytes())
    at = spoiled.index(b"SY.txt") + 40
    spoiled[at : at + 20] = bytes(20)
    syria.write_bytes(spoiled)
    with pytest.raises(InputError, match=r"SY\.zip: the zip file is damaged"):
        lists.add(syria)


def test_a_zip_without_places(folder, tmp_path):
    with pytest.raises(InputError, match=r"has no single \.txt of places in it, but readme\.txt, x\.csv"):
        lists.add(zipped(tmp_path / "x.zip", "x.csv", "1,2"))


def test_a_zip_bomb(folder, tmp_path):
    bomb = zipped(tmp_path / "SY.zip", "SY.txt", "0" * 50_000_000)
    with pytest.raises(InputError, match="would unpack to 50,000,000 bytes"):
        lists.add(bomb)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"parentId": "SY0299"}, r"N1: parentId 'SY0299' is not in the list"),
        ({"parentId": "N1"}, r"N1: parentId 'N1' holds itself"),
        ({"id": "C1"}, r"entry 6: C1 stands twice"),
        ({"names": {"en": " "}}, r"entry 6: N1 has no name"),
        ({"names": None}, r"entry 6: is no place with id, type, names and coordinates"),
        ({"coordinates": {"lat": 36}}, r"N1: latitude 36, longitude None is no point of the globe"),
        ({"coordinates": {"lat": 36, "lon": 361}}, r"N1: latitude 36, longitude 361"),
        ({"type": "moon", "names": {"en": "Qasr"}}, r"N1: type 'moon' is none of country, governorate"),
    ],
)
def test_a_list_of_pcodes_that_is_wrong(folder, tmp_path, change, said):
    with pytest.raises(InputError, match=said):
        lists.add(written(tmp_path / "p.json", [*PCODES[:-1], PCODES[-1] | change]))
    assert not list(folder.glob("places/*"))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [200, 36]},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[1, 2]]]},
        {"type": "Polygon", "coordinates": []},
        [1, 2],
    ],
)
def test_a_geometry_that_is_none(folder, tmp_path, geometry):
    good = feature({"type": "Point", "coordinates": [1, 2]}, name="Qasr")
    with pytest.raises(InputError, match="feature 2: "):
        lists.add(written(tmp_path / "p.geojson", collection(good, feature(geometry, name="Qasr"))))
    assert not list(folder.glob("places/*"))


REAL = Path(__file__).parents[3] / "shared" / "data" / "places" / "syria_ocha_locations.json"


@pytest.mark.skipif(not REAL.exists(), reason="not measured: OCHA's list of Syria is not there")
def test_the_list_of_syria(folder):
    outcome = lists.add(REAL)
    assert dict(outcome.kinds) == {"village": 7950, "area": 414, "subdistrict": 270, "district": 62, "province": 14}
    sheikh = one("Sheikh Saeed", "area")
    assert (round(sheikh.lat, 2), round(sheikh.lon, 2)) == (36.16, 37.15)
    gazetteer = open_gazetteer()
    aleppo = gazetteer.place("geonames:170063")
    assert aleppo.id == "ocha:C1007"
    assert gazetteer.within(sheikh)[0] == aleppo
    assert sum(aleppo.id in place.within for place in gazetteer.near(aleppo.lat, aleppo.lon, 15, {"area"})) == 109
    gazetteer.close()


# ---- whatever comes in: places, or an error that names the file


FIELDS = ["id", "type", "names", "coordinates", "parentId", "en", "lat", "lon", "geometry", "properties", "name"]
ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda more: st.lists(more, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), more, max_size=5),
    max_leaves=12,
)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=12)


def outcome(read):
    """What is read, and the error that ends it, as text."""
    found = []
    try:
        for one in read:
            found.append(one)
    except InputError as error:
        return found, str(error)
    return found, ""


@given(st.lists(ANY, max_size=4))
def test_any_json_is_a_list_of_pcodes_or_an_error(gazetteer_once, document):
    found, error = outcome(ocha.places(PATH, document, gazetteer_once))
    assert all(entry.place.id.startswith("ocha:") for entry in found)
    assert not error or error.startswith("any.json: ")


@given(st.lists(ANY, max_size=4))
def test_any_json_is_geojson_or_an_error(gazetteer_once, features):
    document = {"type": "FeatureCollection", "features": features}
    found, error = outcome(geojson.places(PATH, document, gazetteer_once, "any"))
    assert all(-90 <= entry.place.lat <= 90 for entry in found)
    assert not error or error.startswith("any.json: ")


@given(st.lists(TEXT, min_size=19, max_size=19))
def test_any_row_is_a_place_or_an_error(columns):
    found, error = outcome(geonames._place(PATH, 1, columns) for _ in range(1))
    assert all(entry is None or -180 <= entry.place.lon <= 180 for entry in found)
    assert not error or error.startswith("any.json:1: ")


@given(st.binary(max_size=200))
def test_any_bytes_are_lines_or_an_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    found, error = outcome(source.lines(path))
    assert all(text and not text.startswith("#") for _, text in found)
    assert not error or "any.txt" in error
