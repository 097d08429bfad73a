"""The measures themselves, on a few words of our own."""

from collections import Counter

import pytest

from contested.reading.when import TimeMention
from evaluation import statements
from evaluation.names import names_of, sentences
from evaluation.result import Measured, NotMeasured, Score, corpus_hash, score
from evaluation.times import Time, compare, parse, scores, times

TML = (
    '<?xml version="1.0" ?>\n<TimeML><DOCID>mill</DOCID>\n'
    '<DCT><TIMEX3 tid="t0" type="DATE" value="2016-12-02">2016-12-02</TIMEX3></DCT>\n<TEXT>\n'
    'The mill &amp; the bridge fell on <TIMEX3 tid="t1" type="DATE" value="2014-05-03">May 3, 2014</TIMEX3>, and were '
    'rebuilt <TIMEX3 tid="t2" type="DURATION" value="P2Y">two years</TIMEX3> later.\n</TEXT></TimeML>'
)


def found(start, end, value):
    return TimeMention("", start, end, "DATE", value, None, None, "stated", None, "time:made-up")


def test_scores_come_from_counts():
    assert score(1, 2, 4) == Score(0.25, 0.5, pytest.approx(1 / 3))
    assert score(0, 0, 0) == Score(0, 0, 0)


def test_the_hash_of_a_corpus_tells_its_reports():
    reports = [("a", "The mill stands."), ("b", "The mill fell.")]
    assert corpus_hash(reports) == corpus_hash(reversed(reports))
    others = [reports[:1], [("a", "The mill stands"), reports[1]], [("aT", "he mill stands."), reports[1]]]
    assert len({corpus_hash(some) for some in [reports, *others]}) == 4
    assert len(corpus_hash([("a", "half a character: \ud83d")])) == 12


def test_times_of_a_file():
    text, created, gold = parse(TML)
    assert created == "2016-12-02"
    assert text.startswith("\nThe mill & the bridge")
    assert [(text[t.start : t.end], t.value) for t in gold] == [("May 3, 2014", "2014-05-03"), ("two years", "P2Y")]


def test_times_are_compared_by_bounds_and_value():
    gold = [Time(10, 20, "2014-05-03"), Time(30, 40, "P2Y"), Time(50, 60, "2015")]
    guess = [found(10, 20, "2014-05-03"), found(35, 45, "P2Y"), found(40, 50, "2015"), found(70, 80, "2016")]
    counts = compare(gold, guess)
    assert counts == Counter(gold=3, found=4, touch=2, exact=1, value=2)
    assert {name: s.f1 for name, s in scores(counts).items()} == pytest.approx(
        {"times.strict": 2 / 7, "times.relaxed": 4 / 7, "times.value": 4 / 7}
    )


def test_one_time_found_serves_one_of_the_gold():
    assert compare([Time(0, 10, "2014"), Time(11, 20, "2015")], [found(0, 20, "2014")])["touch"] == 1


def test_a_folder_of_times_is_measured(tmp_path):
    assert isinstance(times(print, tmp_path), NotMeasured)
    (tmp_path / "mill.tml").write_text(TML, "utf-8")
    result = times(print, tmp_path)
    assert isinstance(result, Measured)
    assert (result.size, result.unit) == (1, "narratives")
    assert result.scores["times.relaxed"].f1 == 1


def test_names_of_tags():
    words = [("Lina", "B-PER"), ("Haddad", "I-PER"), ("of", "O"), ("Qasr", "B-LOC"), ("Aid", "B-ORG"), ("met", "O")]
    assert names_of(words) == {(0, 11, "PERSON"), (15, 19, "LOCATION"), (20, 23, "ORGANISATION")}
    assert names_of([("Friday", "B-OTH"), ("night", "I-OTH"), ("Qasr", "B-LOC")]) == {(13, 17, "LOCATION")}


def test_names_of_a_file(tmp_path):
    at = tmp_path / "names.iob2"
    at.write_text("# sent_id = 1\n1\tLina\tB-PER\n2\tslept\tO\n\n# sent_id = 2\n1\tQuiet\tO\n\n", "utf-8")
    assert list(sentences(at)) == [("Lina slept", {(0, 4, "PERSON")}), ("Quiet", set())]


@pytest.mark.skipif(not statements.present(), reason="the shared scorer of statements is not present")
def test_a_report_read_as_it_was_coded_scores_1(report):
    coded = report.to_json()
    result = statements.measured([coded], [coded])
    assert result.scores["all"] == Score(1, 1, 1)
    assert result.scores["given.actors"] == Score(1, 1, 1)
    assert result.scores["kind.event"].f1 == 1


@pytest.mark.skipif(not statements.present(), reason="the shared scorer of statements is not present")
def test_given_looks_at_matched_statements_only(report):
    coded, read = report.to_json(), report.to_json()
    read["statements"] = read["statements"][:1]
    scored = statements.scores([coded], [read])
    assert scored["slot.actors"].recall < 1
    assert scored["given.actors"] == Score(1, 1, 1)
