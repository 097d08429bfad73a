"""The set of incidents: how its weeks are parted; its scores come from the shared scorer."""

import pytest

from evaluation import incidents
from evaluation.incidents import halves, scores, week

GROUPS = [{"group": name} for name in ("2016-W40-orla", "2016-W02-veld", "2016-W07-orla", "2016-W40-veld")]


def test_every_second_week_is_unseen_whatever_its_province():
    fitted, unseen = halves(GROUPS)
    assert fitted == {"2016-W02", "2016-W40"}
    assert unseen == {"2016-W07"}
    assert all((week(group) in fitted) != (week(group) in unseen) for group in GROUPS)


@pytest.mark.skipif(not incidents.SCORER.is_file(), reason="the shared scorer is not present")
def test_the_scores_are_the_scorers(monkeypatch):
    groups = [{"group": "2016-W40-orla", "reports": ["a", "b", "c"]}]
    gold = [{"incident": "1", "group": "2016-W40-orla", "reports": [{"id": "a"}, {"id": "b"}], "disputes": []}]
    monkeypatch.setattr(incidents, "hand_made", lambda: gold)
    told = scores(groups, [{"reports": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "disputes": []}])
    assert told["pairs"].precision == pytest.approx(1 / 3, abs=0.001)
    assert told["pairs"].recall == 1.0
