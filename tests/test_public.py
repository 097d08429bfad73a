"""`contested.read`, with a reader that needs no weights."""

from dataclasses import replace

import pytest

import contested
from contested import Report


class Reader:
    def __init__(self):
        self.given = []

    def read(self, report):
        self.given.append(report)
        return replace(report, extra={"read": True})


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(contested, "_reader", Reader())
    return contested._reader


def test_words_become_a_report(reader):
    read = contested.read("Quiet night.", published="2016-12-02", outlet="Qasr Mail", title="Quiet")
    assert read == Report("Quiet night.", outlet="Qasr Mail", title="Quiet", published="2016-12-02")
    assert read.extra == {"read": True}


def test_what_is_given_goes_before_what_the_report_says_and_the_rest_stays(reader):
    given = Report("Quiet night.", id="a", outlet="Qasr Mail", title="Quiet", published="2016-12-02")
    contested.read(given, published="2016-12-03")
    assert reader.given == [replace(given, published="2016-12-03")]


def test_the_reader_is_loaded_once(monkeypatch):
    made = []

    class Loader:
        @staticmethod
        def load(log):
            made.append(Reader())
            return made[-1]

    pipeline = pytest.importorskip("contested.reading.pipeline")
    monkeypatch.setattr(contested, "_reader", None)
    monkeypatch.setattr(pipeline, "Reader", Loader)
    contested.read("One.")
    contested.read("Two.")
    assert [report.text for report in made[0].given] == ["One.", "Two."]
    assert len(made) == 1


@pytest.mark.parametrize("day", ["Friday", "2016-13-02", ""])
def test_a_date_that_is_none_is_refused(reader, day):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        contested.read("Quiet night.", published=day)
    assert reader.given == []
