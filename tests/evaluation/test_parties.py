"""The pairs of party mentions: their files, and what measures a resolver on them."""

import pytest

from contested.register import load_register
from contested.statement import Report
from evaluation.gold import SHARED
from evaluation.parties import measure
from evaluation.parties.measure import answers, coverage, scores, table
from evaluation.parties.pairs import DEVELOPMENT, LABELS, TEST, Mention, Pair, load, misplaced, reports
from evaluation.result import NotMeasured, Score

HEAD = "pair,label,report_a,start_a,end_a,mention_a,report_b,start_b,end_b,mention_b,reason\n"
TEXT = "Turkey took the mill. A day later Turkey\ngave it back, and Jordan was thanked."
MILL = {"mill": Report(TEXT, id="mill", published="2016-12-02")}


def mention(words, n=0, report="mill"):
    """The n-th time that `words` stand in the text."""
    start = -1
    for _ in range(n + 1):
        start = TEXT.index(words, start + 1)
    return Mention(report, start, start + len(words), " ".join(words.split()))


def pair(label, one, other):
    return Pair("x1", label, one, other, "made up")


def reports_of(pairs):
    return {m.report for one in pairs for m in (one.one, one.other)}


@pytest.mark.parametrize(("path", "size"), [(TEST, 300), (DEVELOPMENT, 100)], ids=["test", "development"])
def test_a_file_of_pairs_is_balanced_and_holds_names_only(path, size):
    pairs = load(path)
    assert len(pairs) >= size
    assert len({one.id for one in pairs}) == len(pairs)
    assert len({frozenset((one.one[:3], one.other[:3])) for one in pairs}) == len(pairs)
    for label in LABELS:
        assert sum(one.label == label for one in pairs) >= 0.3 * len(pairs)
    assert max(len(m.words) for one in pairs for m in (one.one, one.other)) <= 80


def test_no_report_is_in_both_files():
    assert not reports_of(load(TEST)) & reports_of(load(DEVELOPMENT))


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="not measured: ../shared is absent")
@pytest.mark.parametrize("path", [TEST, DEVELOPMENT], ids=["test", "development"])
def test_the_words_stand_where_the_file_says(path):
    pairs = load(path)
    assert misplaced(pairs, reports(pairs)) == []


def test_a_pair_is_read_from_its_row(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(HEAD + "p1,same,mill,0,6,Turkey,mill,34,40,Turkey,one name\n", "utf-8")
    assert load(path) == [Pair("p1", "same", mention("Turkey"), mention("Turkey", 1), "one name")]


@pytest.mark.parametrize("row", ["p1,alike,mill,0,9,a,mill,37,46,b,x\n", "p1,same,mill,9,9,a,mill,37,46,b,x\n"])
def test_a_row_that_cannot_be_is_named(tmp_path, row):
    path = tmp_path / "pairs.csv"
    path.write_text(HEAD + row, "utf-8")
    with pytest.raises(ValueError, match=r"pairs\.csv: p1"):
        load(path)


def test_words_that_stand_elsewhere_are_told():
    broken = mention("Turkey\ngave")
    assert broken.words == "Turkey gave"
    moved = Mention("mill", 1, 7, "Turkey")
    absent = mention("Turkey", report="bridge")
    assert misplaced([pair("same", broken, mention("Turkey"))], MILL) == []
    assert misplaced([pair("same", moved, broken)], MILL) == ["x1"]
    assert misplaced([pair("same", broken, absent)], MILL) == ["x1"]


def test_scores_and_confusions_come_from_the_answers():
    said = [("same", "same"), ("same", "related"), ("related", "related"), ("different", "different")]
    found = scores(said)
    assert found["pairs.accuracy"] == Score(0.75, 0.75, 0.75)
    assert found["pairs.same"] == Score(1.0, 0.5, pytest.approx(2 / 3))
    assert found["pairs.related"] == Score(0.5, 1.0, pytest.approx(2 / 3))
    assert found["pairs.different"] == Score(1.0, 1.0, 1.0)
    assert [line.split()[:4] for line in table(said)[1:]] == [
        ["same", "1", "1", "0"], ["related", "0", "1", "0"], ["different", "0", "0", "1"],
    ]  # fmt: skip


def test_a_resolver_answers_for_each_pair():
    same = pair("same", mention("Turkey"), mention("Turkey", 1))
    other = pair("different", mention("Turkey"), mention("Jordan"))
    assert answers([same, other], MILL, load_register()) == [("same", "same"), ("different", "different")]


def test_coverage_tells_the_basis_and_why_not():
    statement = {
        "kind": "control", "type": "captures", "anchor": "took", "quote": "Turkey took the mill",
        "actors": ["Turkey"], "targets": ["the mill"],
    }  # fmt: skip
    read = Report.from_json({"id": "mill", "text": TEXT, "statements": [statement]})
    lines = coverage([read], load_register())
    assert lines[0].startswith("coverage: 1 of 2 ")
    assert sum(line.startswith("  by ") for line in lines) == 1
    assert sum(line.startswith("  none, ") for line in lines) == 1
    assert coverage([], load_register()) == []


def test_without_the_reports_nothing_is_measured(monkeypatch):
    monkeypatch.setattr(measure, "reports", lambda pairs: {})
    assert isinstance(measure.pairs(print), NotMeasured)


def test_other_versions_of_the_reports_are_not_measured(monkeypatch, tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text(HEAD + "p1,same,mill,1,7,Turkey,mill,34,40,Turkey,one name\n", "utf-8")
    monkeypatch.setattr(measure, "reports", lambda pairs: MILL)
    result = measure.pairs(print, path)
    assert isinstance(result, NotMeasured)
    assert "p1" in result.reason
