"""A situation of a place or a party, out of the tables, is that of the accounts about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest

from contested.record import selecting
from contested.record.account import Account, accounts_of
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from contested.record.situation import counted_on, situation, sort_of
from contested.record.writing import Writer
from evaluation.synthetic import FIRST, War
from tests.record.coded import ARMY, ORLA, mention, report

REPORTS = 60
WAR = War(5)


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """Reports of a few days in the middle of a year, some of which have no day of publication."""
    spread = [
        replace(one, published=None if n % 17 == 0 else (FIRST + timedelta(days=3 * n)).isoformat())
        for n, one in enumerate(islice(War(5).reports(), REPORTS))
    ]
    with open_record(where, create=True) as made:
        list(Writer(made.engine, "synthetic").add_all(spread))
        yield made


def about(place: str | None, party: str | None) -> Callable[[Account], bool]:
    def fits(one: Account) -> bool:
        there = place is None or any(place in (spot.id, *spot.within) for spot in one.places)
        who = [party_.id for party_ in (*one.actors, *one.targets, one.source) if party_]
        return there and (party is None or party in who)

    return fits


def test_it_is_that_of_the_accounts_about_it(record: Record) -> None:
    accounts = record.statements(limit=None)
    towns = [one["place"] for one in WAR.places if any(about(one["place"], None)(a) for a in accounts)]
    asked: list[dict[str, Any]] = [{"place": "iso:XA"}, *({"place": town} for town in towns[:3])]
    asked += [{"party": "xa.rebels"}, {"party": "xc.government"}, {"place": "iso:XB", "party": "xb.people"}]
    held = 0
    for more in asked:
        chosen = [one for one in accounts if about(more.get("place"), more.get("party"))(one)]
        for day, known in ((20, None), (170, None), (170, 90), (3000, 200)):
            as_of, known_by = FIRST + timedelta(days=day), FIRST + timedelta(days=known) if known else None
            told = record.situation(as_of, known_by, limit=10_000, **more).to_json()
            pure = situation(chosen, as_of, known_by).to_json()
            if "party" in more:  # of ground, all that is told where the party is
                del told["ground"], pure["ground"]
            assert told == pure
            held += len(told.get("ground", ()))
    assert held > 25


def test_it_is_the_same_however_far_is_looked_back_at_first(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers() -> list[Any]:
        days = [FIRST + timedelta(days=day) for day in (30, 170, 250)]
        asked: list[dict[str, Any]] = [
            {"place": "iso:XA"},
            {"place": "iso:XC"},
            {"party": "xa.rebels"},
            {"party": "brigade"},
        ]
        return [record.situation(day, limit=n, **more).to_json() for day in days for more in asked for n in (1, 3, 20)]

    usual = answers()
    monkeypatch.setattr(selecting, "DAYS", 5)
    monkeypatch.setattr(selecting, "TIMES", 3)
    assert answers() == usual
    monkeypatch.setattr(selecting, "DAYS", selecting.ALL_DAYS)
    assert answers() == usual


def test_the_ground_of_a_party_is_all_that_is_told_there(record: Record) -> None:
    accounts = record.statements(limit=None)
    as_of = FIRST + timedelta(days=170)
    every = {one.key: one for one in situation(accounts, as_of).ground}
    found = [g for one in WAR.parties[:15] for g in record.situation(as_of, party=one["party"], limit=10_000).ground]
    assert len(found) > 5
    assert [one for one in found if one.place.id] == [every[one.key] for one in found if one.place.id]


def test_under_what_an_account_is_looked_for() -> None:
    words = "The army leaves Orla"
    told = {"kind": "event", "type": "RETREAT", "anchor": "leaves", "places": [mention("Orla", ORLA)],
            "actors": [mention("The army", ARMY)]}  # fmt: skip
    later = {"text": "in June", "start": "2017-06-01"}
    foretold = {"kind": "position", "type": "prediction", "anchor": "leaves", "when": later}
    coded = report(words, {**told, "mode": "withdraw"}, {**told, "mode": "evacuate"}, foretold)
    left, fled, view = accounts_of(coded)
    assert [sort_of(one) for one in (left, fled, view)] == ["withdrawal", "event", "position"]
    assert (view.day, counted_on(view)) == (date(2017, 6, 1), view.published)
    assert counted_on(left) == left.day


def test_a_party_is_found_by_words_in_any_case(record: Record) -> None:
    name = WAR.parties[7]["name"]
    by_id = record.statements(Filter(party=WAR.parties[7]["party"]), limit=None)
    assert by_id
    for words in (name, name.upper(), name.lower()):
        assert {one.key for one in record.statements(Filter(party=words), limit=None)} == {one.key for one in by_id}
    assert record.statements(Filter(party="%")) == []
    assert record.situation(party="nobody of that name").to_json()["ground"] == []
