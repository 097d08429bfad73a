"""Incidents of a handful of accounts."""

import random
from itertools import combinations

from contested.record.account import accounts_of
from contested.record.clustering import clusters, components, surest
from contested.record.incidents import incidents, told_again
from contested.record.linking import Link
from contested.record.sketch import sketches
from tests.record.coded import ORLA, attack, mention, report
from tests.record.test_linking import FRIDAY, VELD


def told(id, words, killed, place=ORLA, source=None, voice=None, day="2016-12-02"):
    text = f"{words} {place['name']} on Friday, killing {killed} people."
    harm = [{"effect": "killed", "who": f"{killed} people", "low": killed, "high": killed}]
    when = FRIDAY | {"start": day, "end": day}
    slots = {"places": [mention(place["name"], place)], "when": when, "harm": harm, "source": source}
    coded = attack(text, **slots)
    return list(accounts_of(report(text, coded, id=id, published=day), voice=voice))


def two_happenings():
    """Three reports of one attack, two of another far off."""
    return [
        *told("a", "The army shelled the wool market of", 14),
        *told("b", "Mortars shelled the crowded wool market of", 14),
        *told("c", "Army guns shelled a wool market in", 14),
        *told("d", "Gunmen shelled the bus station of", 31, VELD),
        *told("e", "Rebels shelled a bus station in", 31, VELD),
    ]


def reports(found):
    return sorted(one.reports for one in found)


def test_reports_of_one_happening_come_together_and_others_stay_apart():
    assert reports(incidents(two_happenings())) == [("a", "b", "c"), ("d", "e")]


def test_the_order_of_the_accounts_is_no_matter():
    accounts = two_happenings()
    first = [one.to_json() for one in incidents(accounts)]
    for seed in range(5):
        random.Random(seed).shuffle(accounts)
        assert [one.to_json() for one in incidents(accounts)] == first


def test_an_incident_keeps_its_id_when_a_later_report_joins():
    accounts = two_happenings()
    first = {one.id: one for one in incidents(accounts)}
    late = told("f", "The dead of Friday: the wool market was shelled in", 14)
    assert {one.id for one in incidents([*accounts, *late])} == set(first)


def test_an_incident_has_the_form_of_the_hand_made_ones():
    (one,) = (found.to_json() for found in incidents(two_happenings()) if len(found.reports) == 3)
    assert {"incident", "what", "date", "place", "reports", "disputes"} <= set(one)
    assert one["date"] == "2016-12-02"
    assert one["place"] == "Orla"
    assert one["what"] == "shelling of a market in Orla"
    assert set(one["reports"][0]) == {"id", "quote", "anchor"}
    assert one["links"][0]["why"]


def test_near_copies_and_one_named_source_are_one_voice():
    mayor = {"text": "Mayor Tor Hale", "class": "government", "named": True}
    official = {"text": "an official", "class": "government", "named": False}
    (copies,) = incidents([
        *told("a", "The army shelled the wool market of", 14, voice="wire"),
        *told("b", "The army shelled the wool market of", 14, voice="wire"),
    ])  # fmt: skip
    assert copies.voices == 1
    (quoted,) = incidents([
        *told("a", "The army shelled the wool market of", 14, source=mayor),
        *told("b", "Guns shelled the wool market of", 14, source=mayor),
    ])  # fmt: skip
    assert quoted.voices == 1
    (unnamed,) = incidents([
        *told("a", "The army shelled the wool market of", 14, source=official),
        *told("b", "Guns shelled the wool market of", 14, source=official),
    ])  # fmt: skip
    assert unnamed.voices == 2


def test_a_component_holds_what_is_linked_however_indirectly():
    links = [Link("a#1", "b#1", 0.9), Link("b#1", "c#1", 0.8), Link("d#1", "e#1", 0.7)]
    assert components(links) == [links[:2], links[2:]]
    assert components(links[::-1]) == components(links)


def test_a_text_that_names_a_source_is_no_voice_beside_it():
    mayor = {"text": "Mayor Tor Hale", "class": "government", "named": True}
    (one,) = incidents([
        *told("a", "The army shelled the wool market of", 14, source=mayor),
        *told("a", "On Friday guns shelled the wool market of", 14),
        *told("b", "Guns shelled the wool market of", 14),
    ])  # fmt: skip
    assert one.voices == 2


def test_an_account_that_joins_leaves_other_incidents_as_they_are():
    accounts = two_happenings()
    before = {one.id: one.to_json() for one in incidents(accounts)}
    late = told("f", "Four guns shelled the wool market in", 14, day="2016-12-02")
    after = {one.id: one.to_json() for one in incidents([*accounts, *late])}
    assert after.keys() == before.keys()
    assert [id for id in before if before[id] != after[id]] == [
        id for id, one in before.items() if one["place"] == "Orla"
    ]


def test_an_account_given_twice_counts_once():
    accounts = two_happenings()
    assert [one.to_json() for one in incidents([*accounts, *accounts])] == [
        one.to_json() for one in incidents(accounts)
    ]


def test_what_a_report_tells_again_joins_its_account():
    text = "The army shelled the wool market of Orla on Friday. Fourteen people were killed in the shelling of Orla."
    first, second = text.split(". ", 1)
    harm = [{"effect": "killed", "who": "Fourteen people", "low": 14, "high": 14}]
    place = {"places": [mention("Orla", ORLA)], "when": FRIDAY}
    twice = report(text, {**attack(text), **place, "quote": first},
                   {**attack(text, "shelling"), **place, "quote": second, "harm": harm}, id="a")  # fmt: skip
    (one,) = incidents([*accounts_of(twice), *told("b", "Guns shelled the wool market of", 14)])
    assert [a.report for a in one.accounts] == ["a", "a", "b"]


def test_what_a_person_split_is_not_drawn_back_by_another_account_of_its_report():
    text = "The army shelled the wool market of Orla on Friday. Fourteen people were killed in the shelling of Orla."
    first, second = text.split(". ", 1)
    place = {"places": [mention("Orla", ORLA)], "when": FRIDAY}
    twice = report(text, {**attack(text), **place, "quote": first},
                   {**attack(text, "shelling"), **place, "quote": second}, id="a")  # fmt: skip
    one, again = sketches(accounts_of(twice))
    (other,) = sketches(told("b", "Guns shelled the wool market of", 14))
    at = {one.key: 0, other.key: 0}
    assert [s.key for s, _ in told_again([one, again, other], at)[0]] == [again.key]
    for pair in ((again.key, other.key), (other.key, again.key)):
        assert told_again([one, again, other], at, split={pair}) == {}


def test_demands_by_themselves_are_no_incident():
    text = "The envoy demanded a truce in Orla on Friday."
    coded = {"kind": "event", "type": "REQUEST", "mode": "change", "anchor": "demanded",
             "places": [mention("Orla", ORLA)], "when": FRIDAY}  # fmt: skip
    assert incidents([a for id in "ab" for a in accounts_of(report(text, coded, id=id))]) == []


def test_a_vague_account_does_not_draw_together_what_one_report_tells_apart():
    links = [Link("a#1", "b#1", 0.9), Link("a#1", "b#2", 0.8), Link("b#2", "c#1", 0.7)]
    assert clusters(links) == [{"a#1", "b#1", "b#2", "c#1"}]

    def apart(one, other):
        return {one, other} == {"b#1", "b#2"}

    assert clusters(links, (), apart) == [{"a#1", "b#1"}, {"b#2", "c#1"}]
    assert clusters(links, [("a#1", "b#2")]) == [{"a#1", "b#1"}, {"b#2", "c#1"}]


def test_one_report_of_many_does_not_tell_apart_what_the_others_tell_as_one():
    links = [Link(f"{a}#{n}", f"{b}#{n}", 0.9) for a, b in combinations("abc", 2) for n in (1, 2)]
    links += [Link(f"{a}#{n}", f"{b}#{3 - n}", 0.7) for a, b in combinations("abc", 2) for n in (1, 2)]
    links = sorted(links, key=surest)

    def apart(*reports):
        return lambda one, other: one[0] == other[0] and one[0] in reports and one[1:] != other[1:]

    assert clusters(links, (), apart("a")) == [{f"{one}#{n}" for one in "abc" for n in (1, 2)}]
    assert clusters(links, (), apart("a", "b")) == [{f"{one}#{n}" for one in "abc"} for n in (1, 2)]
