"""The situation as of a day, over accounts coded by hand and over a record."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.record.account import Account, accounts_of
from contested.record.ground import Ground
from contested.record.record import open_record
from contested.record.situation import Situation, situation
from contested.statement import Report
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

GOVERNMENT = {"party": "sy.government", "name": "government of Syria", "kind": "state", "country": "SY"}
MONITOR = {"party": "int.sohr", "name": "the Observatory", "kind": "monitor"}
EAST = {**ORLA, "relation": {"part": "E", "of": "file:orla"}, "precision": "area"}
DAY = date(2016, 12, 1)
_numbers = count()


def on(n: int) -> str:
    """The nth day."""
    return (DAY + timedelta(days=n)).isoformat()


def when(start: int | None, end: int | None) -> dict[str, Any]:
    return {"text": "then", "start": None if start is None else on(start), "end": None if end is None else on(end)}


def control(
    type: str, who: dict[str, Any] | None, day: int | None = None, *, whom: dict[str, Any] | None = None,
    place: dict[str, Any] = ORLA, share: float | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """A statement of who holds what, on a day of its own or on none."""
    text = f"{type} {place['name']}, {who and who['name']}, {whom and whom['name']}, {share}, {next(_numbers)}"
    return {
        "kind": "control", "type": type, "anchor": type, "quote": text,
        "actors": [mention(who["name"], who)] if who else [], "targets": [mention(whom["name"], whom)] if whom else [],
        "places": [mention(place["name"], place)], "when": None if day is None else when(day, day),
        "share": None if share is None else {"text": "a share", "value": share}, **more,
    }  # fmt: skip


def said_by(name: str, class_: str = "monitor", resolved: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"source": {"text": name, "class": class_, "named": True, "resolved": resolved}}


def published(day: int, *statements: dict[str, Any], outlet: str = "Hill Post") -> Report:
    text = ". ".join(s["quote"] for s in statements)
    return report(text, *statements, published=on(day), outlet=outlet)


def told(*reports: Report) -> list[Account]:
    return [account for one in reports for account in accounts_of(one)]


def orla(*reports: Report, as_of: int = 9, **more: Any) -> Ground:
    (ground,) = situation(told(*reports), DAY + timedelta(days=as_of), **more).ground
    return ground


def holders(ground: Ground) -> dict[str | None, float | None]:
    return {one.party.id: one.share for one in ground.holders}


def test_a_capture_ends_what_was_held_before() -> None:
    held = published(1, control("holds", REBELS, 1))
    ground = orla(held, published(4, control("captures", ARMY, 4)))
    assert holders(ground) == {"sy.armed-forces": 1.0}
    assert ground.holders[0].since == DAY + timedelta(days=4)
    (former,) = ground.former
    assert (former.party.id, former.until) == ("sy.rebels", DAY + timedelta(days=4))
    assert not ground.contested
    assert holders(orla(held, as_of=3)) == {"sy.rebels": None}


def test_what_the_report_of_a_capture_calls_held_was_held_before_it() -> None:
    ground = orla(published(5, control("captures", ARMY, 4), control("holds", REBELS)))
    assert holders(ground) == {"sy.armed-forces": 1.0}


def test_a_retaking_is_a_new_hold() -> None:
    reports = [published(n, control("captures", who, n)) for n, who in ((1, ARMY), (3, REBELS), (5, ARMY))]
    ground = orla(*reports)
    assert holders(ground) == {"sy.armed-forces": 1.0}
    assert ground.holders[0].since == DAY + timedelta(days=5)


def test_two_sources_of_one_day_contest_the_ground() -> None:
    army = control("captures", ARMY, 4, **said_by("a spokesman", "military", ARMY))
    rebels = control("holds", REBELS, 4, **said_by("a commander", "armed-group", REBELS))
    ground = orla(published(4, army, rebels))
    assert holders(ground) == {"sy.armed-forces": 1.0, "sy.rebels": None}
    assert ground.contested
    assert {one.accounts[0].source for one in ground.holders} == {"a spokesman", "a commander"}


def test_one_side_does_not_contest_its_own_ground() -> None:
    ground = orla(published(2, control("holds", GOVERNMENT, 2)), published(3, control("captures", ARMY, 3)))
    assert len(ground.holders) == 2
    assert not ground.contested


def test_shares_told_otherwise_both_stand() -> None:
    some = control("holds", REBELS, 4, share=0.7, **said_by("the Observatory", resolved=MONITOR))
    whole = control("captures", ARMY, 3, share=1.0, **said_by("a military source", "military", ARMY))
    ground = orla(published(4, some), published(4, whole))
    assert holders(ground) == {"sy.rebels": 0.7, "sy.armed-forces": 1.0}
    assert ground.contested
    more = control("holds", REBELS, 4, share=0.95, **said_by("a commander", "armed-group", REBELS))
    (holder,) = orla(published(4, some), published(4, more)).holders
    assert sorted(one.share or 0 for one in holder.shares) == [0.7, 0.95]
    assert orla(published(4, some), published(4, more)).contested


def test_shares_that_fit_together_contest_nothing() -> None:
    rebels, army = control("holds", REBELS, 4, share=0.3), control("holds", ARMY, 4, share=0.7)
    ground = orla(published(4, rebels), published(4, army))
    assert holders(ground) == {"sy.rebels": 0.3, "sy.armed-forces": 0.7}
    assert not ground.contested


def test_a_part_that_is_taken_takes_nobody_away() -> None:
    part = {**control("captures", ARMY, 4), "anchor": "retook", "quote": "retook positions in Orla"}
    assert holders(orla(published(1, control("holds", REBELS, 1)), published(4, part))) == {
        "sy.rebels": None, "sy.armed-forces": None,
    }  # fmt: skip


def test_a_part_of_a_place_is_ground_of_its_own() -> None:
    found = situation(told(
        published(2, control("holds", REBELS, 2, place={**EAST, "name": "eastern Orla"})),
        published(3, control("holds", ARMY, 3)),
        published(4, control("captures", ARMY, 4, place={**EAST, "name": "the east of Orla"})),
    ), DAY + timedelta(days=9))  # fmt: skip
    assert {g.key: holders(g) for g in found.ground} == {
        "file:orla": {"sy.armed-forces": None}, "file:orla/E": {"sy.armed-forces": 1.0},
    }  # fmt: skip
    assert [g.former[0].party.id for g in found.ground if g.former] == ["sy.rebels"]


def test_a_place_that_no_gazetteer_has_is_ground_by_its_name() -> None:
    some = control("holds", REBELS, share=0.7, **said_by("the Observatory", resolved=MONITOR))
    whole = control("captures", ARMY, **said_by("a military source", "military", ARMY))
    some["places"], whole["places"] = ["the Sheikh Orla district"], ["Sheikh Orla"]
    whole["said"] = {"text": "on Wednesday", "date": on(1)}
    for one in (some, whole):
        one["quote"] = f"{one['type']} {one['places'][0]}"
    ground = orla(published(3, some, whole))
    assert (ground.key, ground.place.id, ground.contested) == ("words:sheikh orla", None, True)
    assert {one.party.id: one.latest for one in ground.holders} == {
        "sy.rebels": DAY + timedelta(days=3), "sy.armed-forces": DAY + timedelta(days=1),
    }  # fmt: skip
    assert [one.since for one in ground.holders] == [None, None]
    nameless = control("holds", REBELS, 1)
    nameless["places"] = ["holds"]
    assert not situation(told(published(1, nameless))).ground


@pytest.mark.parametrize("modality", ["denied", "possible", "future"])
def test_what_is_not_asserted_makes_no_holder(modality: str) -> None:
    said = control("captures", ARMY, 2, modality=modality)
    ground = orla(published(1, control("holds", REBELS, 1)), published(2, said))
    assert holders(ground) == {"sy.rebels": None}
    assert len(ground.doubts) == (modality != "future")


def test_a_loss_and_a_retreat_end_a_hold() -> None:
    held = published(1, control("holds", REBELS, 1))
    for end in (control("loses", REBELS, 3), {**control("x", REBELS, 3), "kind": "event", "type": "RETREAT",
                                             "mode": "withdraw"}):  # fmt: skip
        ground = orla(held, published(3, end))
        assert not ground.holders
        assert ground.former[0].party.id == "sy.rebels"
    lost_to = orla(held, published(3, control("loses", REBELS, 3, whom=ARMY)))
    assert holders(lost_to) == {"sy.armed-forces": 1.0}
    some = orla(held, published(3, control("loses", REBELS, 3, share=0.3)))
    assert holders(some) == {"sy.rebels": None}


def test_a_siege_ends_by_a_capture_a_retreat_or_word_of_its_end() -> None:
    siege = published(1, control("besieges", ARMY, 1, whom=REBELS))
    assert orla(siege).besiegers[0].party.id == "sy.armed-forces"
    over = control("besieges", ARMY, 4, modality="denied", **said_by("the Observatory", resolved=MONITOR))
    own = control("besieges", ARMY, 4, modality="denied", **said_by("the army", "military", ARMY))
    left = {**control("x", ARMY, 4), "kind": "event", "type": "RETREAT", "mode": "withdraw"}
    for end, stands in (
        (control("captures", ARMY, 4), False), (control("captures", GOVERNMENT, 4), False), (left, False),
        (over, False), (own, True), (control("captures", REBELS, 4), True), (control("holds", REBELS, 4), True),
    ):  # fmt: skip
        ground = orla(siege, published(4, end))
        assert bool(ground.besiegers) == stands, end
        assert bool(ground.lifted) != stands


def test_what_is_long_untold_is_told_of_no_more() -> None:
    old, new = published(0, control("holds", REBELS, 0)), published(150, control("holds", ARMY, 150))
    assert holders(orla(old, new, as_of=150)) == {"sy.armed-forces": None}
    assert holders(orla(old, as_of=150)) == {"sy.rebels": None}


def test_words_that_end_it_end_it() -> None:
    until = control("holds", REBELS, when=when(None, 2))
    assert holders(orla(published(1, control("holds", ARMY, 1)), published(6, until))) == {"sy.armed-forces": None}


def test_what_is_told_later_to_have_lasted_was_so_then() -> None:
    since = published(30, control("holds", REBELS, when=when(2, None)))
    ground = orla(since, as_of=9)
    assert (ground.holders[0].since, ground.latest) == (DAY + timedelta(days=2), DAY + timedelta(days=9))
    assert not situation(told(since), DAY + timedelta(days=1)).ground
    assert not situation(told(since), DAY + timedelta(days=9), DAY + timedelta(days=9)).ground


def toll(who: str, low: int | None, high: int | None, source: str | None = None, **more: Any) -> dict[str, Any]:
    said = said_by(source) if source else {}
    return {"kind": "toll", "type": "killed", "anchor": "dead", "quote": f"{who} dead {next(_numbers)}",
            "harm": [{"effect": "killed", "who": who, "low": low, "high": high}], **said, **more}  # fmt: skip


def test_the_ledger_adds_nothing_up() -> None:
    found = situation(told(
        published(1, toll("900 people", 900, None, "a monitor"), toll("1,200 people", 1200, 1200, "the ministry")),
        published(3, toll("950 people", 950, None, "a monitor"), toll("40 children", 40, 40, "a monitor")),
        published(4, {**attack("x"), "quote": "shelled it, killing 7 people", "when": when(4, 4),
                      "places": [mention("Orla", ORLA)],
                      "harm": [{"effect": "killed", "who": "7 people", "low": 7, "high": 7}]}),
    ), DAY + timedelta(days=9))  # fmt: skip
    assert [(c.running, c.who, c.low, c.high, len(c.by_source)) for c in found.casualties] == [
        (True, "children", 40, 40, 1), (True, "people", 950, None, 2), (False, "people", 7, 7, 1),
    ]  # fmt: skip


def test_a_view_counts_from_when_it_was_given() -> None:
    will = {"kind": "position", "type": "prediction", "anchor": "fall", "quote": "the pass will fall in spring",
            "modality": "future", "when": when(90, 120), "actors": ["an analyst"]}  # fmt: skip
    accounts = told(published(5, will))
    assert [i.type for i in situation(accounts, DAY + timedelta(days=9)).positions] == ["prediction"]
    assert not situation(accounts, DAY + timedelta(days=4)).positions
    assert not situation(accounts, DAY + timedelta(days=100)).positions


def test_two_clocks() -> None:
    reports = [published(n, control("captures", who, n)) for n, who in ((1, ARMY), (3, REBELS), (5, ARMY))]
    accounts = told(*reports)

    def held(as_of: int, known_by: int | None) -> list[str | None]:
        known = None if known_by is None else DAY + timedelta(days=known_by)
        return [h.party.id for g in situation(accounts, DAY + timedelta(days=as_of), known).ground for h in g.holders]

    assert held(4, None) == ["sy.rebels"]
    assert held(9, 4) == ["sy.rebels"]  # known by an earlier day than it is asked of
    assert held(4, 2) == ["sy.armed-forces"]
    assert held(9, 0) == []
    assert situation(accounts, known_by=DAY + timedelta(days=4)).as_of == DAY + timedelta(days=4)
    assert situation(accounts).as_of == DAY + timedelta(days=5)
    assert situation([]).as_of is None


# ---- properties ------------------------------------------------------------------------------------------------------

parties = st.sampled_from([ARMY, REBELS, GOVERNMENT, {"name": "the Lions"}])
days = st.integers(0, 40)
statements = st.one_of(
    st.builds(
        control, st.sampled_from(["captures", "holds", "loses", "besieges"]), parties, st.one_of(st.none(), days),
        whom=st.one_of(st.none(), parties), place=st.sampled_from([ORLA, MILL, {**EAST, "name": "eastern Orla"}]),
        share=st.sampled_from([None, None, 0.3, 0.7, 1.0]),
        modality=st.sampled_from(["asserted", "asserted", "denied", "possible", "future"]),
    ),
    st.builds(toll, st.sampled_from(["9 people", "3 children"]), st.integers(1, 9), st.none(), st.just("a monitor")),
    st.builds(lambda n, m: {"kind": "condition", "type": "shortage", "anchor": "short", "quote": f"bread is short {n}",
                            "places": [mention("Orla", ORLA)], "when": when(n, m)}, days, st.none()),
    st.builds(lambda n: {"kind": "position", "type": "prediction", "anchor": "will", "quote": f"it will fall {n}",
                         "modality": "future"}, days),
)  # fmt: skip
reports = st.lists(
    st.builds(published, days, statements, statements, outlet=st.sampled_from(["Hill Post", "Dale Echo"])), max_size=8
)


def json(found: Situation) -> dict[str, Any]:
    return found.to_json()


@given(reports, days, st.one_of(st.none(), days), st.randoms())
def test_the_order_of_accounts_is_no_matter(made: list[Report], as_of: int, known_by: int | None, random: Any) -> None:
    accounts = told(*made)
    mixed = accounts[:]
    random.shuffle(mixed)
    clocks = (DAY + timedelta(days=as_of), None if known_by is None else DAY + timedelta(days=known_by))
    assert json(situation(mixed, *clocks)) == json(situation(accounts, *clocks))


@given(reports, days, days)
def test_what_is_published_later_changes_nothing_that_was_known(made: list[Report], as_of: int, known_by: int) -> None:
    clocks = (DAY + timedelta(days=as_of), DAY + timedelta(days=known_by))
    earlier = [one for one in made if (one.published or "") <= on(known_by)]
    assert json(situation(told(*made), *clocks)) == json(situation(told(*earlier), *clocks))


@given(reports, days)
def test_holders_are_cited_and_shares_are_fractions(made: list[Report], as_of: int) -> None:
    keys = {account.key: account for account in told(*made)}
    for ground in situation(keys.values(), DAY + timedelta(days=as_of)).ground:
        for holder in ground.holders:
            assert holder.accounts
            assert all(keys[one.account].modality == "asserted" for one in holder.accounts)
            assert holder.share is None or 0 < holder.share <= 1


# ---- over a record ---------------------------------------------------------------------------------------------------

SIX = [
    published(1, control("holds", REBELS, 1), toll("900 people", 900, None, "a monitor")),
    published(2, control("besieges", ARMY, 2), control("holds", ARMY, 2, place=MILL)),
    published(4, control("captures", ARMY, 4), control("holds", REBELS, place={**EAST, "name": "eastern Orla"})),
    published(5, {"kind": "condition", "type": "shortage", "anchor": "short", "quote": "bread is short",
                  "places": [mention("Orla", ORLA)]}),
    published(6, {"kind": "event", "type": "CONSULT", "anchor": "met", "quote": "the two met", "when": when(6, 6),
                  "actors": [mention("the army", ARMY)]}),
    published(30, control("holds", REBELS, when=when(2, None), place=MILL)),
]  # fmt: skip


@pytest.mark.parametrize(("as_of", "known_by"), [(9, None), (3, None), (9, 3), (40, None), (None, None), (None, 5)])
def test_the_record_answers_as_all_accounts_do(where: str, as_of: int | None, known_by: int | None) -> None:
    day = None if as_of is None else DAY + timedelta(days=as_of)
    known = None if known_by is None else DAY + timedelta(days=known_by)
    with open_record(where, create=True) as record:
        list(record.add(reversed(SIX), reader="by hand"))
        found = record.situation(day, known)
    voiced = situation(told(*SIX), day, known)
    assert json(found) == json(voiced)
    assert not found.cut


def test_the_record_answers_for_a_place_and_a_party_and_says_what_it_cut(where: str) -> None:
    with open_record(where, create=True) as record:
        list(record.add(SIX, reader="by hand"))
        as_of = DAY + timedelta(days=9)
        assert {g.key for g in record.situation(as_of, place="Mill Quarter").ground} == {"file:mill"}
        rebels = record.situation(as_of, party="sy.rebels")
        assert {g.key: holders(g) for g in rebels.ground} == {
            "file:orla": {"sy.armed-forces": 1.0}, "file:orla/E": {"sy.rebels": None},
            "file:mill": {"sy.armed-forces": None, "sy.rebels": None},
        }  # fmt: skip
        cut = record.situation(as_of, limit=1)
        assert "ground" in cut.cut
        assert "talks" not in cut.cut
