"""Whether a statement is asserted, denied, possible or future."""

from __future__ import annotations

import pytest

from contested.lexicon import Entry, load
from contested.reading.draft import Draft, Words
from contested.reading.stance import Hedge, choose_modality, hedge_at, read_stance
from contested.statement import Report
from contested.text import prepare


def read(marked: str, kind: str = "event", type_: str = "ASSAULT", odds: dict[str, float] | None = None) -> Draft:
    raw = marked.replace("[", "").replace("]", "")
    start, end = marked.index("["), marked.index("]") - 1
    draft = Draft(kind, type_, Words(start, end, "model"), Words(0, len(raw), "model"))
    if odds:
        draft.odds["modality"] = odds
    read_stance(prepare(Report(raw)), [draft])
    return draft


def of_entry(entry: Entry) -> tuple[str, str]:
    """A kind and a type that the entry is for."""
    only = [str(one) for one in entry.value.get("only", ())]
    if not only or "event" in only:
        return "event", "CONSULT" if entry.value["modality"] == "future" else "ASSAULT"
    return ("event", only[0]) if only[0].isupper() else ("position", only[0])


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("hedges")])
def test_hedge(entry: Entry) -> None:
    kind, type_ = of_entry(entry)
    draft = read(entry.example, kind, type_)
    assert draft.modality == entry.gives == entry.value["modality"]
    assert draft.by["modality"] == f"rule:{entry.id}"
    for sentence in entry.leaves:
        assert read(sentence, kind, type_).by["modality"] != f"rule:{entry.id}", sentence


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Gunmen [attacked] the mill.", "asserted"),
        ("Gunmen may have [attacked] the mill.", "possible"),
        ("Gunmen [attacked] the mill in May.", "asserted"),
        ("In May gunmen [attacked] the mill.", "asserted"),
        ("The suspected gunmen fled after they [attacked] the mill.", "asserted"),
        ("The army denied that it had [attacked] the mill.", "denied"),
        ("The patrol did not [attack] the mill.", "denied"),
        ("No [shots] were fired.", "denied"),
        ("Gunmen will [attack] the mill.", "future"),
        ("Gunmen will not [attack] the mill.", "future"),
        ("It was unclear whether gunmen had [attacked] the mill.", "possible"),
        ("The officer who will stand trial [attacked] the mill.", "asserted"),
        ("Gunmen reportedly [attacked] the mill.", "possible"),
        ("GUNMEN REPORTEDLY [ATTACKED] THE MILL.", "possible"),
    ],
)
def test_scope(marked: str, expected: str) -> None:
    assert read(marked).modality == expected


def test_a_demand_is_asserted_though_what_it_asks_is_not() -> None:
    assert read("The mayor said aid must be [allowed] in.", type_="REQUEST").modality == "asserted"


def test_a_prediction_is_possible_unless_something_tells_otherwise() -> None:
    assert read("The toll is [rising] by the hour.", "position", "prediction").modality == "possible"
    assert read("The toll will [rise].", "position", "prediction").modality == "future"


def test_choose_modality() -> None:
    hedge = Hedge("possible", "may")
    assert choose_modality(None, None)[:2] == ("asserted", "rule:none")
    assert choose_modality(hedge, None)[:2] == ("possible", "rule:may")
    assert choose_modality(hedge, {"asserted": 0.6, "possible": 0.4})[:2] == ("possible", "rule:may")
    assert choose_modality(hedge, {"asserted": 0.97, "possible": 0.03})[:2] == ("possible", "rule:may")
    assert choose_modality(None, {"asserted": 0.3, "denied": 0.7})[:2] == ("denied", "model")
    assert choose_modality(None, {"asserted": 0.4, "denied": 0.45, "possible": 0.15})[0] == "asserted"


def test_an_anchor_outside_every_sentence() -> None:
    draft = Draft("event", "ASSAULT", Words(3, 4, "model"), Words(0, 4, "model"))
    read_stance(prepare(Report("a\n\n\n\nb")), [draft])
    assert draft.modality == "asserted"
    assert hedge_at([], 0, 1, "event", "ASSAULT") is None
