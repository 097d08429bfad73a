"""Each rule of each crosswalk decides its own example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from contested.record.account import Account, accounts_of
from contested.record.crosswalk import NAMES, Rule, crosswalks, load, of_account
from tests.record.coded import ARMY, attack, mention, report

#: What a mention of an example is resolved to; what is not here is not in the register.
KINDS = {"state": "organ", "group": "armed-group", "civilians": "people"}
RULES = [(name, rule) for name in NAMES for rule in load(name).rules]


class Apart:
    """A register for which nobody has to do with anybody else."""

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> str:
        return "different"


def party(words: str, what: str) -> dict[str, Any]:
    if what not in KINDS:
        return {"text": words}
    country = {"state": "sy", "group": "xx", "civilians": "yy"}[what]
    last = words.lower().removeprefix("the ").replace(" ", "-")
    return mention(
        words, {"party": f"{country}.{last}", "name": words, "kind": KINDS[what], "country": country.upper()}
    )


def account(n: int, told: Mapping[str, Any]) -> Account:
    kind, type_, *mode = str(told["says"]).split(".")
    source = told.get("source")
    said = {
        "kind": kind, "type": type_, "mode": mode[0] if mode else None, "anchor": "x", "quote": "x",
        "modality": told.get("modality", "asserted"),
        "actors": [party(*who) for who in told.get("actors", ())],
        "targets": [party(*who) for who in told.get("targets", ())],
        "harm": [{"effect": e, "who": who, "low": k, "high": k} for e, who, k in told.get("harm", ())],
        "source": {**party(*source), "class": "other", "named": True} if source else None,
    }  # fmt: skip
    (one,) = accounts_of(report(f"x {n}", said, id=f"report-{n}"))
    return one


def columns(rule: Rule) -> dict[str, dict[str, Any]]:
    accounts = [account(n, told) for n, told in enumerate(rule.example)]
    first = accounts[0]
    return crosswalks(accounts, first.type, first.mode, len(accounts), register=Apart())


@pytest.mark.parametrize(("name", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_a_rule_decides_its_example(name: str, rule: Rule) -> None:
    found = columns(rule)[name]
    assert found["rule"] == rule.id
    assert found["reason"] == rule.reason
    assert [found[column] for column in load(name).columns] == list(rule.gives or [None] * len(load(name).columns))


def test_ids_are_of_their_crosswalk_and_stand_once() -> None:
    assert not [id_ for id_, n in Counter(rule.id for _, rule in RULES).items() if n > 1]
    assert all(rule.id.startswith(f"{name}.") for name, rule in RULES)
    assert {rule.gives[0] for name, rule in RULES if name == "ucdp" and rule.gives} == {1, 2, 3}
    assert {rule.gives[0] for name, rule in RULES if name == "airwars" and rule.gives} == {
        "confirmed", "fair", "weak", "contested", "discounted",
    }  # fmt: skip


def test_allies_who_attack_together_are_no_battle() -> None:
    text = "The army and its air force bombed Orla, killing nine men"
    air = {**ARMY, "party": "sy.air-force", "name": "air force of Syria"}
    said = attack(text, "bombed", mode="aerial", actors=[mention("The army", ARMY), mention("its air force", air)],
                  harm=[{"effect": "killed", "who": "nine men", "low": 9, "high": 9}])  # fmt: skip
    (one,) = accounts_of(report(text, said))
    found = of_account(one)
    assert found["acled"]["sub_event_type"] == "Air/drone strike"
    assert found["ucdp"] == {
        "type_of_violence": None, "rule": "ucdp.undecided", "reason": "it is not told at whom it was aimed",
    }  # fmt: skip
    assert found["airwars"]["reason"] == "it is not told whether civilians were harmed"
