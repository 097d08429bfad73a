"""Scoring of places: reading the sets, judging what was found, counting what was detected."""

import pytest

from contested.statement import Report
from evaluation.places import (
    Judged,
    Marked,
    Toponym,
    calibration,
    coverage,
    detection,
    errors,
    geovirus,
    judge,
    lgl,
    places_lgl,
    resolution,
)
from evaluation.result import NotMeasured
from tests.reading.atlas import Atlas

LGL = """<articles><article docid="7"><domain>orla.example</domain><title>Fire</title><url>http://orla.example/1</url>
<dltime>2016-12-02 10:00</dltime><text>Fire in Irbid and Orla.</text><toponyms>
<toponym><start>8</start><end>13</end><phrase>Irbid</phrase><gaztag geonameid="248946"><lat>32.5</lat><lon>35.8</lon>
</gaztag></toponym>
<toponym><start>18</start><end>22</end><phrase>Orla</phrase></toponym></toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>http://orla.example/2</source><text>Flu in Irbid.</text><locations>
<location><name>Irbid</name><start>8</start><end>13</end><lat>32.5</lat><lon>35.8</lon></location></locations>
</article></articles>"""


def test_lgl(tmp_path):
    (tmp_path / "lgl.xml").write_text(LGL)
    one = lgl(tmp_path / "lgl.xml")[0]
    assert (one.report.id, one.report.outlet, one.report.published) == ("lgl-7", "orla.example", "2016-12-02")
    assert one.toponyms == (Toponym(8, 13, 32.5, 35.8, 248946), Toponym(18, 22))
    assert one.report.text[8:13] == "Irbid"


def test_geovirus_counts_from_one(tmp_path):
    (tmp_path / "g.xml").write_text(GEOVIRUS)
    one = geovirus(tmp_path / "g.xml")[0]
    assert [one.report.text[t.start : t.end] for t in one.toponyms] == ["Irbid"]


def found(lat, lon, id=None, sure=0.9):
    return {"lat": lat, "lon": lon, "geonameid": id, "sure": sure}


@pytest.mark.parametrize(
    ("given", "near", "right"),
    [
        (found(32.5, 35.8, 248946), True, True),
        (found(33.5, 35.8, 1), True, False),
        (found(35.0, 35.8, 248946), False, True),
        (found(None, None), False, False),
    ],
)
def test_judging(given, near, right):
    one = judge(Toponym(0, 5, 32.5, 35.8, 248946), given)
    assert (one.near, one.right) == (near, right)


def test_what_was_not_resolved_counts_as_wrong():
    judged = [Judged(1.0, True, 0.95), Judged(500.0, False, 0.95), Judged(None, False, 0.0), Judged(3.0, False, 0.2)]
    assert resolution(judged, ids=True)["given.acc161"].f1 == 0.5
    assert resolution(judged, ids=True)["given.id"].f1 == 0.25
    assert errors(judged) == "3 of 4 resolved, 168 km off in the mean, 3.0 km in the median"
    assert calibration(judged) == ["sure 0.0-0.3: 1 names, 1.00 near", "sure 0.9-1.0: 2 names, 0.50 near"]


def test_detection():
    gold = Marked(Report("x"), (Toponym(0, 5, 32.5, 35.8), Toponym(10, 15), Toponym(20, 25, 1.0, 1.0)))
    marks = [
        {"start": 0, "end": 5, **found(32.5, 35.8)},
        {"start": 9, "end": 15, **found(0.0, 0.0)},
        {"start": 30, "end": 33, **found(0.0, 0.0)},
    ]
    scores = detection([gold], [marks])
    assert scores["spans.exact"].precision == pytest.approx(1 / 3)
    assert scores["spans.touch"].recall == pytest.approx(2 / 3)
    assert scores["found.acc161"].f1 == 1.0


def test_coverage():
    class Named(Atlas):
        def named(self, name):
            return [place for place, _ in self.exact(name)]

    text = "Fire in Irbid and Orla."
    gold = Marked(Report(text), (Toponym(8, 13, 32.5, 35.8, 248946), Toponym(18, 22, 1.0, 1.0, 5)))
    assert coverage([gold], Named()) == "the gazetteer has 0.500 of the places by id, 0.500 by name within 161 km"


def test_an_absent_set_is_not_measured(monkeypatch, tmp_path):
    monkeypatch.setattr("evaluation.places.FOLDER", tmp_path)
    assert isinstance(places_lgl(print), NotMeasured)
