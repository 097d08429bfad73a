"""What the places of a report mean, chosen together."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.gazetteer import Place
from contested.reading.places import resolve_places
from contested.statement import Report
from contested.text import prepare
from tests.reading.atlas import PLACES, Atlas


def resolve(marked, atlas=None, **more):
    """What the [marked] words of a report mean, in order."""
    text, spans, taken = "", [], 0
    for match in re.finditer(r"\[([^\]]+)\]", marked):
        text += marked[taken : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, taken = text + match[1], match.end()
    text += marked[taken:] + "\n"
    return resolve_places(prepare(Report(text)), spans, atlas or Atlas(), **more)


def ids(marked, **more):
    return [one.place.id if one.place else None for one in resolve(marked, **more)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Protesters met in [Paris].", ["c:PF"]),
        ("Protesters met in [Paris], [Texas].", ["c:PT", "p:TX"]),
        ("Protesters met in [Paris], Texas.", ["c:PT"]),
        ("Roads from [Paris] to [Dallas] are closed, the sheriff of [Texas] said.", ["c:PT", "c:DA", "p:TX"]),
        ("Trucks left [Atlanta] for the border of [Georgia].", ["c:AT", "p:GA"]),
        ("Trucks left [Tbilisi] for the border of [Georgia].", ["c:TB", "iso:GE"]),
        ("He spoke of [Georgia], [Jordan] and [Syria].", ["iso:GE", "iso:JO", "iso:SY"]),
        ("He spoke of [Georgia], [Texas] and [Ohio].", ["p:GA", "p:TX", "p:OH"]),
    ],
)
def test_the_report_tells_which(marked, expected):
    assert ids(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The town of [Karak] was shelled.", "c:KA"),
        ("[Karak] governorate was shelled.", "p:KA"),
        ("[Karak] and Mafraq governorates were shelled.", "p:KA"),
        ("[the Jordanian city of Irbid] was shelled.", "c:IR"),
        ("[Jordan's Irbid] was shelled.", "c:IR"),
        ("[Jordans northern city of Irbid] was shelled.", "c:IR"),
        ("[JORDAN] WAS SHELLED.", "iso:JO"),
        ("[the Jordanian capital] was shelled.", "c:AM"),
        ("[South Sudan] was shelled.", "iso:SS"),
        ("[a Jordanian town] was shelled.", "iso:JO"),
    ],
)
def test_words_beside_a_name(marked, expected):
    assert ids(marked) == [expected]


def test_one_sense_a_report():
    marked = "[Paris] was calm. Shops in [Paris], [Texas], had opened again, said people in [Paris]."
    assert [id for id in ids(marked) if id != "p:TX"] == ["c:PT"] * 3


def test_the_country_of_the_outlet():
    twins = [
        Place(f"c:{iso}", "Orla", lat, lon, "town", iso, None, (f"iso:{iso}",), 20_000)
        for iso, lat, lon in (("JO", 32.0, 36.5), ("FR", 46.0, 3.0))
    ]
    atlas = Atlas((*PLACES, *twins))
    for iso in ("JO", "FR"):
        assert resolve("A fire broke out in [Orla].", atlas, outlet_country=iso)[0].place.country == iso


def test_the_city_is_the_one_named_before():
    found = resolve("Shells fell on [Irbid]. Families left [the city] and [the eastern part of the city].")
    assert [one.place.id for one in found] == ["c:IR"] * 3
    assert [one.basis for one in found] == ["name", "context", "relative"]
    assert found[1].sure < found[0].sure


def test_a_place_that_no_list_has_lies_in_what_holds_it():
    found = resolve("Families left [the village of Orlavi in Karak governorate].")[0]
    assert (found.place.id, found.basis, found.precision) == ("p:KA", "container", "province")


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("Families left [Orlavi].", "not in the gazetteer"),
        ("Families left [the market].", "no place of that kind was named before"),
        ("Families left [several positions].", "no name in the words"),
    ],
)
def test_what_cannot_be_told_says_why(marked, why):
    found = resolve(marked)[0]
    assert (found.place, found.lat, found.lon, found.why) == (None, None, None, why)
    assert found.to_json()["geonameid"] is None
    assert found.to_json()["why"] == why


def test_a_hamlet_across_the_world_is_no_guess():
    hamlet = Place("v:X", "Orla", -40.0, 175.0, "village", "NZ", None, ("iso:NZ",), 120)
    marked = "Shells fell on [Irbid], [Karak] and [Amman] in [Jordan]. Families fled from [Orla]."
    found = resolve(marked, Atlas((*PLACES, hamlet)))[-1]
    assert (found.place, found.why) == (None, "no place of that name fits the report")


def test_json():
    found = resolve("Shells fell on [Irbid].")[0].to_json()
    known = {
        "place": "c:IR", "geonameid": 248946, "name": "Irbid", "lat": 32.556, "lon": 35.85, "country": "JO",
        "kind": "city", "precision": "exact",
    }  # fmt: skip
    assert {key: found[key] for key in known} == known
    assert 0 < found["sure"] <= 1


@pytest.mark.parametrize(
    "text", ["", "[", "x", "'s", "the the the", "\u2028\u2028", "of of, in in", "A" * 3000, "3 km of"]
)
def test_no_words_make_it_fail(text):
    found = resolve_places(prepare(Report(text + "\n")), [(0, len(text)), (0, 0)], Atlas())
    assert len(found) == 2
    assert all(one.place is None for one in found)


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=5))
def test_any_span_of_any_text_is_located_or_says_why(words, spans):
    text = f"Irbid, north of Amman. {words} in Karak\n"
    asked = [(min(a, len(text)), min(a + n, len(text))) for a, n in spans]
    found = resolve_places(prepare(Report(text)), asked, Atlas())
    assert len(found) == len(asked)
    for one in found:
        assert (one.lat is None) == (one.why is not None)
        assert one.lat is None or (-90 <= one.lat <= 90 and -180 <= one.lon <= 180 and 0 < one.sure <= 1)
