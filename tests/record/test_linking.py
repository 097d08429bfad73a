"""Pairs of accounts: what links them, what keeps them apart, and that the reasons say so."""

from itertools import combinations, islice, product

from contested.record.account import accounts_of
from contested.record.blocking import candidates
from contested.record.blocking import hopeful as hopeful_pairs
from contested.record.clustering import surest
from contested.record.incidents import linked
from contested.record.linking import again, comparable, link, settings, told_apart
from contested.record.sieve import Sieve
from contested.record.sketch import sketches
from contested.register import load_register
from evaluation.synthetic import War
from tests.record.coded import MILL, ORLA, attack, mention, report

VELD = {"place": "file:far", "name": "Farham", "lat": 14.0, "lon": 25.0, "kind": "town", "country": "SY",
        "radius_km": 3.0, "precision": "exact", "within": ["iso:SY"]}  # fmt: skip
FRIDAY = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02", "basis": "published"}


def sketched(text, id, published="2016-12-02", **slots):
    (one,) = sketches(accounts_of(report(text, attack(text, **slots), id=id, published=published)))
    return one


def shelled(id, place=ORLA, killed=14, **more):
    name = place["name"]
    text = f"The army shelled the wool market of {name} on Friday, killing {killed} people."
    harm = [{"effect": "killed", "who": f"{killed} people", "low": killed, "high": killed}]
    slots = {"places": [mention(name, place)], "when": FRIDAY, "harm": harm} | more
    return sketched(text, id, **slots)


def hopeful(one, other):
    """Whether the sieve lets a pair through."""
    return Sieve([one, other]).hopeful(0, [1]) == [1]


def test_two_reports_of_one_attack_are_linked_and_the_reasons_say_why():
    found = link(shelled("a"), shelled("b"))
    assert found.score > 0.5
    assert "same place (Orla)" in found.why
    assert "same day" in found.why
    assert "same number killed (14)" in found.why
    assert "same act (ASSAULT heavy-weapons)" in found.why
    assert "same thing (a market)" in found.why
    assert any(reason.startswith("same words (") and "wool" in reason for reason in found.why)


def test_a_quarter_lies_in_its_town():
    assert "same place (Mill Quarter, inside Orla)" in link(shelled("a"), shelled("b", MILL)).why


def test_another_place_day_and_number_speak_against_it():
    same = link(shelled("a"), shelled("b")).score
    elsewhere = link(shelled("a"), shelled("b", VELD))
    assert elsewhere.score < same
    assert any("km apart (Orla, Farham)" in reason for reason in elsewhere.why)
    assert link(shelled("a"), shelled("b", killed=3)).score < same
    later = {"text": "on Sunday", "start": "2016-12-04", "end": "2016-12-04", "basis": "published"}
    assert link(shelled("a"), shelled("b", when=later)).score < same


def test_a_link_is_the_same_from_either_side():
    assert link(shelled("a"), shelled("b")) == link(shelled("b"), shelled("a"))


def test_only_accounts_of_two_reports_days_close_by_and_acts_of_one_sort_are_compared():
    one = shelled("a")
    assert comparable(one, shelled("b"))
    assert not comparable(one, shelled("a", killed=15))
    month_later = {"text": "on 2 January", "start": "2017-01-02", "end": "2017-01-02", "basis": "stated"}
    assert not comparable(one, shelled("b", when=month_later))
    talks = sketched("Envoys met in Orla on Friday.", "b", type="CONSULT", mode="visit", anchor="met", when=FRIDAY)
    assert not comparable(one, talks)


def test_what_agrees_never_speaks_against_a_link():
    weights = settings()["weights"]
    agrees = ("same ", "place same", "place alike", "place near", "place inside", "words", "report words")
    differs = ("other ", "place far", "days apart", "actors different")
    assert all(weight >= 0 for name, weight in weights.items() if name.startswith(agrees))
    assert all(weight <= 0 for name, weight in weights.items() if name.startswith(differs))
    assert any(name.startswith(agrees) for name in weights)


def test_a_pair_that_would_be_linked_is_looked_at():
    pairs = [(shelled("a"), shelled("b")), (shelled("a"), shelled("b", MILL)), (shelled("a"), shelled("b", killed=9))]
    for one, other in pairs:
        assert link(one, other).score >= settings()["threshold"]
        assert hopeful(one, other)
        assert list(candidates([one, other])) == [(one, other)]


def test_accounts_that_share_no_ground_are_not_looked_at():
    text = "Soldiers attacked people."
    plain = {"anchor": "attacked", "when": FRIDAY}
    assert not list(candidates([sketched(text, "a", **plain), sketched(text, "b", **plain)]))


def test_a_report_tells_two_strikes_apart_by_thing_place_mode_or_day():
    market = shelled("a")
    text = "Guns shelled the clinic of Orla on Friday."
    clinic = sketched(text, "a", places=[mention("Orla", ORLA)], when=FRIDAY)
    assert told_apart(market, clinic)
    assert again(market, clinic) is None
    assert told_apart(market, shelled("a", VELD))
    assert told_apart(market, shelled("a", mode="firearms"))
    later = {"text": "on Sunday", "start": "2016-12-04", "end": "2016-12-04", "basis": "published"}
    assert told_apart(market, shelled("a", when=later))
    assert not told_apart(market, shelled("a", MILL, killed=9))
    assert again(market, shelled("a", MILL)) is not None


def test_a_quarter_that_no_gazetteer_has_is_known_by_its_name():
    one = shelled("a", {"name": "the Dyers neighbourhood of Orla"})
    assert any("of like spelling" in why for why in link(one, shelled("b", {"name": "the western Dyers district"})).why)
    assert any(why.startswith("same place") for why in link(one, shelled("b")).why)
    other = link(one, shelled("b", {"name": "the Tanners district"}))
    assert not any("place" in why for why in other.why)


def test_two_towns_close_by_are_two_places():
    harbour = ORLA | {"place": "file:port", "name": "Sund", "lat": 10.15, "within": ["file:veld", "iso:SY"]}
    assert any(why.startswith("two places (Orla, Sund") for why in link(shelled("a"), shelled("b", harbour)).why)


def test_no_pair_that_scores_enough_is_left_out():
    days = [FRIDAY, {"text": "on Saturday", "start": "2016-12-03", "end": "2016-12-03", "basis": "published"}]
    told = [
        shelled(f"r{n}", place, killed, when=day, mode=mode)
        for n, (place, killed, day, mode) in enumerate(
            product([ORLA, MILL, VELD], [3, 14], days, ["aerial", "firearms"])
        )
    ]
    for one, other in combinations(told, 2):
        assert hopeful(one, other) or link(one, other).score < settings()["threshold"]
    text = "Gunmen raided a farm in Orla on Thursday."
    thursday = {"text": "on Thursday", "start": "2016-12-08", "end": "2016-12-08", "basis": "published"}
    raid = sketched(text, "b", "2016-12-09", mode="firearms", places=[mention("Orla", ORLA)], when=thursday)
    assert comparable(shelled("a"), raid)
    assert not hopeful(shelled("a"), raid)


def test_the_sieve_leaves_out_no_pair_that_would_be_linked():
    reports = islice(War(6, siege=0.3).reports(), 40)
    known = list(sketches(account for report in reports for account in accounts_of(report)))
    register, floor = load_register(), settings()["threshold"]
    wanted = [found for one, other in candidates(known) if (found := link(one, other, register, floor))]
    through = list(hopeful_pairs(known))
    assert len(wanted) > 500
    assert len(through) < len(list(candidates(known))) / 2
    assert linked(known, register) == sorted(wanted, key=surest)
