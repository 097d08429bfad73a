"""`python -m evaluation`: what it prints, writes and ends with. The sets here are made up; none is read."""

import pytest

from evaluation.__main__ import main
from evaluation.floors import Floor, load, save
from evaluation.result import Measured, NotMeasured, Score
from evaluation.sets import SETS, Set


def present(f1, corpus="aaaa", size=200, note=""):
    return Set("A set.", lambda log: Measured({"all": Score(0.6, 0.5, f1)}, size, "reports", corpus, note))


ABSENT = Set("Another set.", lambda log: NotMeasured("the set is not present"))


@pytest.fixture
def evaluate(tmp_path):
    """Runs it on given sets, with a floor of 0.5 for `gold`."""
    at = tmp_path / "floors.json"
    save({"gold": Floor("aaaa", 200, {"all": 0.5})}, at)

    def run(sets, *argv):
        return main(argv, sets, at, tmp_path / "evaluation.md")

    run.floor = lambda: load(at)["gold"].figures["all"]
    run.page = tmp_path / "evaluation.md"
    return run


def test_above_the_floor_ends_well(evaluate):
    assert evaluate({"gold": present(0.51)}) == 0
    assert evaluate.floor() == 0.5
    assert "| all | 0.600 | 0.500 | 0.510 | 0.500 |" in evaluate.page.read_text("utf-8")


def test_below_the_floor_ends_with_1(evaluate, capsys):
    assert evaluate({"gold": present(0.49)}) == 1
    assert "BELOW ITS FLOOR: all 0.490, floor 0.500" in capsys.readouterr().out


def test_update_raises(evaluate):
    assert evaluate({"gold": present(0.61)}, "--update") == 0
    assert evaluate.floor() == 0.6


def test_update_does_not_lower(evaluate):
    assert evaluate({"gold": present(0.4)}, "--update") == 1
    assert evaluate.floor() == 0.5


def test_lower_lowers(evaluate):
    assert evaluate({"gold": present(0.4)}, "--update", "--lower") == 0
    assert evaluate.floor() == 0.39


def test_lower_alone_is_a_mistake(evaluate):
    with pytest.raises(SystemExit) as end:
        evaluate({"gold": present(0.4)}, "--lower")
    assert end.value.code == 2


def test_an_absent_set_is_not_measured(evaluate, capsys):
    assert evaluate({"gold": ABSENT, "names": present(0.9)}, "--update", "--lower") == 0
    assert "gold: not measured: the set is not present" in capsys.readouterr().out
    assert "**Not measured:** the set is not present." in evaluate.page.read_text("utf-8")
    assert evaluate.floor() == 0.5


def test_where_nothing_is_present_the_page_stays(evaluate):
    evaluate.page.write_text("as it was")
    assert evaluate({"gold": ABSENT}) == 0
    assert evaluate.page.read_text() == "as it was"


def test_a_part_is_told_and_not_compared(evaluate, capsys):
    part = present(0.3, "bbbb", 40, "1 of the 5 folds (0); the others have no weights in build/")
    assert evaluate({"gold": part}) == 0
    assert "not compared: the floor stands for 200 reports" in capsys.readouterr().out
    page = evaluate.page.read_text("utf-8")
    assert "Only a part was measured: 1 of the 5 folds" in page
    assert "40 reports, corpus `bbbb`" in page
    assert "| all | 0.600 | 0.500 | 0.300 | |" in page


def test_a_single_set_renews_its_part_of_the_page_alone(evaluate):
    sets = {"gold": present(0.6), "names": present(0.7)}
    assert evaluate(sets) == 0
    before = evaluate.page.read_text("utf-8")
    assert evaluate({"gold": present(0.6), "names": present(0.8)}, "--only", "names") == 0
    assert evaluate.page.read_text("utf-8") == before.replace("0.700", "0.800")
    assert evaluate({"gold": present(0.65), "names": present(0.8)}, "--only", "gold") == 0
    after = evaluate.page.read_text("utf-8")
    assert evaluate({"gold": present(0.65), "names": present(0.8)}) == 0
    assert evaluate.page.read_text("utf-8") == after


def test_a_single_set_makes_no_page(evaluate):
    assert evaluate({"gold": present(0.6), "names": ABSENT}, "--only", "gold") == 0
    assert not evaluate.page.exists()


def test_every_set_says_what_it_is():
    assert list(SETS) == [
        "gold-held-out", "gold-packaged", "names-uner-ewt-test", "times-wikiwars", "places-lgl", "places-geovirus",
        "parties-pairs", "incidents-fakes",
    ]  # fmt: skip
    assert all(one.what.endswith(".") for one in SETS.values())
