"""Floors hold, rise, and sink only when that is asked for."""

from evaluation.floors import MARGIN, Fallen, Floor, comparable, fallen, load, raised, save, updated
from evaluation.result import Measured, NotMeasured, Score

FLOOR = Floor("aaaa", 200, {"all": 0.5, "found": 0.7})


def measured(corpus="aaaa", size=200, **f1):
    return Measured({name: Score(value, value, value) for name, value in f1.items()}, size, "reports", corpus)


def test_a_figure_at_its_floor_stands():
    assert fallen(FLOOR, measured(all=0.5, found=0.71)) == []


def test_a_figure_below_its_floor_has_fallen():
    assert fallen(FLOOR, measured(all=0.499, found=0.71)) == [Fallen("all", 0.499, 0.5)]


def test_a_figure_that_nothing_measures_any_more_has_fallen():
    assert fallen(FLOOR, measured(all=0.6)) == [Fallen("found", None, 0.7)]


def test_a_part_is_not_compared_with_the_whole():
    part = measured("bbbb", 40, all=0.1, found=0.1)
    assert not comparable(FLOOR, part)
    assert fallen(FLOOR, part) == []


def test_the_first_measure_sets_floors_a_margin_below():
    assert raised(None, measured(all=0.6, found=0.004)) == Floor("aaaa", 200, {"all": 0.6 - MARGIN, "found": 0.0})


def test_raising_never_lowers():
    assert raised(FLOOR, measured(all=0.6, found=0.3, actors=0.4)).figures == {
        "all": 0.59,
        "found": 0.7,
        "actors": 0.39,
    }
    assert raised(FLOOR, measured(all=0.505, found=0.7)) == FLOOR
    assert raised(FLOOR, measured(found=0.8)).figures == {"all": 0.5, "found": 0.79}


def test_raising_does_not_take_the_floor_of_the_whole_from_a_part():
    assert raised(FLOOR, measured("bbbb", 40, all=0.9, found=0.9)) == FLOOR


def test_lowering_sets_the_floor_anew():
    assert raised(FLOOR, measured(all=0.4, found=0.8), lower=True).figures == {"all": 0.39, "found": 0.79}
    assert raised(FLOOR, measured("bbbb", 40, all=0.3), lower=True) == Floor("bbbb", 40, {"all": 0.29})


def test_what_was_not_measured_keeps_its_floor():
    absent = NotMeasured("the set is not present")
    assert updated({"gold": FLOOR}, {"gold": absent, "times": absent}, lower=True) == {"gold": FLOOR}


def test_floors_come_back_as_they_were_saved(tmp_path):
    at = tmp_path / "floors.json"
    assert load(at) == {}
    save({"gold": FLOOR}, at)
    assert load(at) == {"gold": FLOOR}
