"""The register's data outside the Middle East and North Africa: who a name means on a day, who stands with whom."""

from __future__ import annotations

from collections import Counter

import pytest

from contested.register import Register, load_register


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize(
    ("name", "on", "id"),
    [
        ("the Tatmadaw", None, "mm.armed-forces"),
        ("JNIM", "2022", "ml.jnim"),
        ("FARDC", None, "cd.armed-forces"),
        ("Pakistani Taliban", "2014", "pk.ttp"),
        ("SHINING PATH", "1990", "pe.shining-path"),
        ("Salvadoran guerrillas", "1989", "sv.fmln"),
        ("the SPLA", "2005", "sd.spla"),
        ("the SPLA", "2014", "ss.armed-forces"),
        ("State Department", None, "us.foreign-ministry"),
        ("Hemedti", "2023-05", "person.mohamed-hamdan-dagalo"),
        ("Russian Foreign Minister Sergei Lavrov", "2016", "person.sergei-lavrov"),
        ("Bush", "1990", "person.george-h-w-bush"),
        ("Bush", "2003", "person.george-w-bush"),
        ("Владимир Путин", None, "person.vladimir-putin"),
        ("Xi", "2020", "person.xi-jinping"),
        ("SANDINIST PEOPLE'S ARMY", "1989", "ni.eps"),
    ],
)
def test_name_means_party(register: Register, name: str, on: str | None, id: str) -> None:
    assert register.find(name, on)[0].party.id == id


@pytest.mark.parametrize(
    "name", ["Ministry of Defence", "Congress", "National Guard", "National Security Council", "Joint Task Force"]
)
def test_name_that_many_states_have_is_no_single_bodys(register: Register, name: str) -> None:
    assert register.find(name) == []


@pytest.mark.parametrize(
    ("one", "other", "on", "relation"),
    [
        ("ml.jnim", "int.al-qaeda", None, "related"),
        ("ml.jnim", "ml.isgs", None, "different"),
        ("cd.m23", "rw.armed-forces", None, "related"),
        ("cd.m23", "cd.fdlr", None, "different"),
        ("sd.rsf", "sd.armed-forces", "2019", "related"),
        ("sd.rsf", "sd.armed-forces", "2024", "different"),
        ("af.taliban", "af.iskp", None, "different"),
        ("ua.dpr", "ru.foreign-ministry", None, "related"),
        ("cf.seleka", "cf.anti-balaka", None, "different"),
        ("et.tplf", "et.fano", None, "different"),
        ("person.john-kerry", "us.state", "2016", "related"),
    ],
)
def test_relation(register: Register, one: str, other: str, on: str | None, relation: str) -> None:
    assert register.relation(one, other, on) == relation


def test_actor_of_ucdp_is_one_party(register: Register) -> None:
    numbers = Counter(party.ucdp for party in register if party.ucdp is not None)
    assert [number for number, times in numbers.items() if times > 1] == []


def test_person_has_a_reason_to_be_known(register: Register) -> None:
    """An office, or the voice of an opposition or a public body: no private persons."""
    assert [
        party.id for party in register if party.kind == "person" and not party.offices and party.cls == "government"
    ] == []
