"""Names are found: exactly, as organs of states, with words round them, in other spellings, and on a day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.register import HOWS, load_register


@pytest.fixture(scope="module")
def register():
    return load_register()


def first(register, name, on=None):
    found = register.find(name, on)
    return (found[0].party.id, found[0].how) if found else None


@pytest.mark.parametrize(
    ("name", "party", "how"),
    [
        ("Hezbollah", "lb.hezbollah", "name"),
        ("the Nusra Front", "sy.nusra", "alias"),
        ("NUSRA FRONT", "sy.nusra", "alias"),
        ("Jabhat Fateh al-Sham", "sy.nusra", "later-name"),
        ("Al Qaeda in Iraq", "int.isis", "former-name"),
        ("داعش", "int.isis", "script"),
        ("U.N.", "int.un", "acronym"),
        ("the WHO", "int.who", "acronym"),
        ("Democratic Union Party (PYD)", "sy.pyd", "name"),
        ("Syrian Observatory for Human Rights", "sy.sohr", "name"),
        ("Лавров", "person.sergei-lavrov", "script"),
        ("Lavrov", "person.sergei-lavrov", "surname"),
        ("Norway", "no.state", "name"),
        ("سوريا", "sy.state", "script"),
    ],
)
def test_names_as_the_files_have_them(register, name, party, how):
    assert first(register, name) == (party, how)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("the Chadian army", "td.armed-forces"),
        ("Chad's army", "td.armed-forces"),
        ("Chads army", "td.armed-forces"),
        ("the army of Chad", "td.armed-forces"),
        ("Peruvian warplanes", "pe.air-force"),
        ("South Sudanese troops", "ss.armed-forces"),
        ("U.S. officials", "us.government"),
        ("the Belgian Foreign Ministry", "be.foreign-ministry"),
        ("Kenyan police", "ke.police"),
        ("Bolivian rebels", "bo.rebels"),
        ("Bolivian opposition leaders", "bo.opposition"),
        ("Iraqi civilians", "iq.people"),
        ("Norwegian state television", "no.state-media"),
    ],
)
def test_organs_of_any_state(register, name, party):
    assert first(register, name) == (party, "organ")


def test_a_capital_is_a_metonym_and_an_adjective_less_than_a_name(register):
    assert first(register, "Lima") == ("pe.government", "metonym")
    assert first(register, "Peruvian") == ("pe.state", "demonym")
    sure = [register.find(name)[0].sure for name in ("Peru", "the Peruvian government", "Lima")]
    assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize(
    ("name", "party", "how"),
    [
        ("Hezbollah fighters", "lb.hezbollah", "forces-of"),
        ("the self-styled Islamic State group", "int.isis", "alias"),
        ("Iran-backed Houthi militiamen", "ye.houthis", "forces-of"),
        ("Turkish Foreign Minister Mevlut Cavusoglu", "person.mevlut-cavusoglu", "name"),
        ("Foreign Minister Cavusoglu", "person.mevlut-cavusoglu", "alias"),
        ("Observatory chief Rami Abdel Rahman", "person.rami-abdel-rahman", "name"),
        ("state-run news agency SANA", "outlet.sana", "name"),
        ("units of the Chadian army", "td.armed-forces", "organ"),
        ("Netanyahu's air force", "il.air-force", "organ"),
        ("soldiers loyal to Hosni Mubarak", "eg.armed-forces", "organ"),
    ],
)
def test_words_round_a_name(register, name, party, how):
    assert first(register, name) == (party, how)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "the",
        "us",
        "who",
        "plan",
        "a monitor",
        "the armed forces",
        "rebels",
        "45 people",
        "Zzyzx Front",
        "a muslim",
        "(",
    ],
)
def test_what_names_nobody(register, name):
    assert register.find(name) == []


def test_a_name_of_another_time_counts_less(register):
    then, later = (register.find("Nusra Front", day)[0] for day in ("2015-06-01", "2019-06-01"))
    assert (then.how, later.how) == ("alias", "name-of-other-time")
    assert then.sure > later.sure > 0
    assert register.find("Nusra Front", "2016")[0].how == "alias"  # some day of 2016


def test_the_day_tells_two_bearers_of_a_surname_apart(register):
    assert register.find("President Aoun", "2018-05-01")[0].party.id == "person.michel-aoun"
    assert register.find("President Aoun", "2025-05-01")[0].party.id == "person.joseph-aoun"


def test_what_several_share_is_less_sure_and_the_usual_bearer_comes_first(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "- {id: no.a, name: A, kind: ngo, country: NO, aliases: [Fjord Watch, QZX]}\n"
        "- {id: se.b, name: B, kind: ngo, country: SE, aliases: [Fjord Watch, QZX], usual: [QZX]}",
        "utf-8",
    )
    register = load_register(tmp_path)
    equal, unequal = register.find("Fjord Watch"), register.find("QZX")
    assert [match.party.id for match in equal] == ["no.a", "se.b"]
    assert equal[0].sure == equal[1].sure < 0.5
    assert [match.party.id for match in unequal] == ["se.b", "no.a"]
    assert unequal[0].sure > equal[0].sure > unequal[1].sure


def test_descriptions_wait_for_their_country(register):
    assert register.described("government troops") == ["armed-forces"]
    assert register.described("29 rebels") == register.described("several suspected insurgents") == ["rebels"]
    assert register.described("a tractor") == []
    assert register.organ("YE", "rebels").id == "ye.rebels"
    assert register.countries("the Yemeni") == ["YE"]


def test_who_held_an_office(register):
    assert [p.id for p in register.holders("sy.foreign-ministry", "2012")] == [
        "person.walid-al-muallem",
        "person.faisal-mekdad",
    ]
    assert register.holders("sy.navy") == []


def test_organs_keep_what_templates_say_and_gain_what_entries_say(register):
    army = register.organ("SY", "armed-forces")
    assert (army.kind, army.cls, army.country) == ("organ", "military", "SY")
    assert any(name.name == "Syrian Arab Army" for name in army.names)
    assert register.state("SY").kind == "state"
    with pytest.raises(KeyError):
        register.organ("SY", "circus")
    with pytest.raises(KeyError):
        register.state("ZZ")


def test_a_person_speaks_as_the_body_of_the_last_office(register):
    assert register.party("person.walid-al-muallem").cls == "government"
    assert register.party("person.anas-al-abdah").cls == "opposition"
    assert register.party("person.qassem-soleimani").cls == "military"


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("the Syrian army of Assad (SDF) rebels' U.S. سوريا".split())).map(" ".join)
)
@settings(max_examples=150, deadline=None)
def test_any_words_may_be_asked_for(register, name):
    for match in register.find(name, "2016-05"):
        assert match.how in HOWS
        assert 0 < match.sure <= 1
    assert all(register.organ("SY", organ) for organ in register.described(name))


def test_every_party_is_found_by_every_name_of_its_own(register):
    missed = []
    for party in register:
        for name in party.names:
            for text in (name.name, *name.aliases, *name.scripts):
                found = register.find(text)
                assert all(match.how in HOWS and 0 < match.sure <= 1 for match in found), text
                if party.id not in [match.party.id for match in found]:
                    missed.append((party.id, text))
    assert not missed
