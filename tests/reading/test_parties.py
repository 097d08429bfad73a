"""From mentions to parties: the examples of the lexicon, rules, context, and whether two mentions mean one party."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.parties import Identified, compare, resolve_parties
from contested.reading.party_context import around
from contested.reading.party_words import hyphened, senses
from contested.register import Register, load_register
from contested.statement import Report
from contested.text import prepare
from tests.reading.marked import unmarked

#: Every report of these tests is about Jordan, where the register has no war, unless its words say otherwise.
ABOUT = " The talks in Jordan went on, Jordan said, and all Jordan waited."


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def resolved(register: Register, marked: str, *, on: str = "2016-12-02", about: str = ABOUT) -> list[Identified]:
    """What the words in [brackets] of a report that goes on with `about` mean."""
    raw, spans = unmarked(marked)
    return resolve_parties(prepare(Report(raw + about, id="r", published=on)), spans, register)


ENTRIES = [pytest.param(entry, id=entry.id) for entry in load("party_words")]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_example_of_the_lexicon(entry: Entry, register: Register) -> None:
    (found,) = resolved(register, entry.example)
    if entry.gives is None:
        assert found.party is None
        assert found.why
    else:
        assert {"party": found.party, "part": found.part, "basis": found.basis} == {"part": None} | entry.gives
        assert 0 < found.sure <= 1


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.values[0].leaves])
def test_what_the_lexicon_leaves(entry: Any, register: Register) -> None:
    assert isinstance(entry, Entry)
    for sentence in entry.leaves:
        (found,) = resolved(register, sentence)
        assert found.party != entry.gives["party"]


@pytest.mark.parametrize(
    ("marked", "party", "part", "basis"),
    [
        ("[Jordan] spoke.", "jo.state", None, "name"),
        ("[Amman] spoke.", "jo.government", None, "metonym"),
        ("[Iraqi jets] bombed the mill.", "iq.air-force", "aircraft", "organ"),
        ("[Iraqi and Syrian jets] bombed the mill.", "iq.air-force", "aircraft", "organ"),
        ("[Dozens of Islamic State (IS) militants] fled.", "int.isis", "fighters", "name"),
        ("[One of the Islamic State's commanders] fled.", "int.isis", "leaders", "name"),
        ("[A number of positions of ISIL terrorists] burned.", "int.isis", "works", "alias"),
        ("[Residents of Mafraq] fled.", "jo.people", "civilians", "description"),
        ("[Villagers in Iraq] fled.", "iq.people", "civilians", "organ"),
        ("[Government warplanes] bombed the mill.", "jo.air-force", "aircraft", "description"),
        ("[The Iraqi defence ministry] spoke. [The ministry] said no more.", "iq.defence-ministry", None, "organ"),
    ],
)  # fmt: skip
def test_who_is_meant(register: Register, marked: str, party: str, part: str | None, basis: str) -> None:
    found = resolved(register, marked)[0]
    assert (found.party, found.part, found.basis) == (party, part, basis)


@pytest.mark.parametrize(
    ("marked", "party"),
    [
        ("Islamic State held the ridge. [The group] left it.", "int.isis"),
        ("The Iraqi defence ministry spoke. [The ministry] said no more.", "iq.defence-ministry"),
        ("Iraqi special troops came near. [The troops] left.", "iq.armed-forces"),
        ("A monitor spoke. [The monitor], Human Rights Watch, said no more.", "int.hrw"),
    ],
)
def test_looking_back(register: Register, marked: str, party: str) -> None:
    (found,) = resolved(register, marked)
    assert (found.party, found.basis) == (party, "antecedent")


def test_several_parties_in_one_mention(register: Register) -> None:
    (found,) = resolved(register, "[Iraqi and Syrian jets] flew.")
    assert (found.party, found.also) == ("iq.air-force", ("sy.air-force",))
    assert found.to_json()["also"] == ["sy.air-force"]


def test_who_stands_beside_is_not_who_is_meant(register: Register) -> None:
    (found,) = resolved(register, "[Hezbollah-backed fighters] left.")
    assert (found.party, found.beside) == (None, ("lb.hezbollah",))


@pytest.mark.parametrize(
    ("marked", "party"),
    [
        ("[Sergei Lavrov] spoke.", "person.sergei-lavrov"),
        ("[Foreign Minister Sergei Lavrov] spoke.", "person.sergei-lavrov"),
        ("Sergei Lavrov came. [Lavrov] spoke.", "person.sergei-lavrov"),
        ("[Moussa Lavrov] spoke.", None),
        ("Moussa Lavrov came. [Lavrov] spoke.", None),
    ],
)
def test_persons(register: Register, marked: str, party: str | None) -> None:
    (found,) = resolved(register, marked)
    assert found.party == party
    if party:
        assert found.office is not None
        assert found.office["of"] == "ru.foreign-ministry"


def test_one_who_speaks_for_a_body(register: Register) -> None:
    marked = "Faris Nuwayri, a spokesman for the Iraqi army, spoke. [Nuwayri] said no more."
    (found,) = resolved(register, marked)
    assert (found.party, found.part, found.basis) == ("iq.armed-forces", "spokesman", "apposition")


@pytest.mark.parametrize(
    "marked", ["[The mill] burned.", "[Faris Nuwayri] spoke.", "[They] left.", "[Three others] left."]
)
def test_what_the_words_do_not_tell_stays_unknown(register: Register, marked: str) -> None:
    (found,) = resolved(register, marked)
    assert found.party is None
    assert found.why
    assert found.to_json().keys() <= {"why", "country", "part"}


def test_without_a_country_a_description_is_nobody(register: Register) -> None:
    (found,) = resolved(register, "[The rebels] left.", about="")
    assert (found.party, found.why) == (None, "the report does not tell of which country")


def test_the_country_can_be_given(register: Register) -> None:
    text = prepare(Report("The rebels left."))
    assert resolve_parties(text, [(0, 10)], register, country="SY")[0].party == "sy.rebels"


def test_json_has_no_nulls(register: Register) -> None:
    (found,) = resolved(register, "[Jordanian jets] left.")
    assert found.to_json() == {
        "party": "jo.air-force", "name": "air force of Jordan", "kind": "organ", "country": "JO", "class": "military",
        "part": "aircraft", "sure": 0.95, "basis": "organ",
    }  # fmt: skip


def test_context(register: Register) -> None:
    text = prepare(
        Report("Iraqi jets flew over Iraq. Jordan watched. The Islamic State (ISX) fled.", published="2016-12-02")
    )
    ctx = around(text, register)
    assert (ctx.country, ctx.on) == ("IQ", "2016-12-02")
    assert [one.party.id for one in ctx.named] == ["iq.air-force", "iq.state", "jo.state", "int.isis"]
    assert [m.party.id for m in ctx.find("ISX")] == ["int.isis"]


PAIRS = [
    ("[Iraqi troops] met [the Iraqi army].", "same"),
    ("[Iraq] met [the Iraqi government].", "same"),
    ("[ISIS] met [Islamic State militants].", "same"),
    ("[The Iraqi army] met [Iraqi jets].", "related"),
    ("[Islamic State] met [an Islamic State commander].", "related"),
    ("[Iraqi villagers] met [Islamic State].", "different"),
    ("[The Jordanian army] met [the Iraqi army].", "different"),
    ("[Sergei Lavrov] met [the Russian government].", "related"),
    ("[Sergei Lavrov] met [Vladimir Putin].", "different"),
    ("[A Taliban fighter] met [a Taliban commander].", "different"),
    ("A fierce mob came. [A fierce mob] met [the mob].", "same"),
    ("[The Red Pine Brigade] met [the Red Pine brigade].", "same"),
    ("[Colonel Faris Nuwayri] met [Nuwayri].", "same"),
    ("[The Red Cedar Council] met [the White Falcon Union].", "different"),
    ("[the Council of Red Cedar Growers] met [CRCG].", "same"),
    ("[An Iraqi and NATO-led patrol] halted. [The patrol] left.", "same"),
    ("[A combined Iraqi and Jordanian patrol] halted. [The security force] left.", "same"),
    ("[The Jordanian army] met [an Iraqi patrol].", "different"),
    ("[Governor Amal Lahham] left. [The governor] came back.", "same"),
    ("[Governor Amal Lahham] met [the foreign minister].", "different"),
    ("[The Jordanian prime minister] met [the villagers].", "different"),
    ("[Two bombers] came. [The second bomber] fled.", "related"),
    ("[A suspect] was seen. [The man] fled.", "same"),
    ("[Red Pine University] met [White Falcon University].", "different"),
    ("[A source at Baghdad police] met [a source at Baghdad hospital].", "different"),
    ("[ISIS] met [those fighting ISIS].", "different"),
    ("Iraqi troops fought [Islamic State] at dawn, killing [40 terrorists].", "same"),
    ("[France] met [NATO].", "related"),
    ("[Sergei Lavrov] spoke. [The Russian foreign minister] left.", "same"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), PAIRS)
def test_two_mentions(register: Register, marked: str, expected: str) -> None:
    one, other = resolved(register, marked)
    assert compare(one, other, register).value == compare(other, one, register).value == expected


@given(st.text(alphabet="The Jordan army's of, (IS)-led rebels “and” in 12 Ω\n", max_size=80), st.data())
def test_no_words_make_it_raise(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    (found,) = resolve_parties(prepare(Report(raw)), [(start, end)], load_register())
    assert (found.party is None) == (found.why is not None)


def test_words_are_known_by_role() -> None:
    assert senses()["troops",]["head"].organ == "armed-forces"
    assert hyphened("Jordan-backed") is not None
    assert hyphened("north-east") is None


def test_names_that_lead_to_one_another_lead_to_an_end(register: Register) -> None:
    (found,) = resolved(register, "[General Ad Yusuf General Ad] m Yusuf", about="")
    assert found.why


def test_a_surname_many_times_over_takes_no_time(register: Register) -> None:
    raw = "Colonel Karim Yusuf met " * 100 + "a" * 50_000
    begun = time.process_time()
    resolve_parties(prepare(Report(raw)), [(at * 24, at * 24 + 19) for at in range(100)], register)
    assert time.process_time() - begun < 20  # half a second; minutes where it was looked for from each letter
