"""The source of a statement: classes, names, what the report's own voice is, and where rules and model meet."""

from __future__ import annotations

import pytest

from contested.lexicon import Entry, load
from contested.reading.according_to import choose_source, read_according_to, source_context
from contested.reading.attribution import find_attributions
from contested.reading.draft import Draft, Words
from contested.reading.source_class import class_of, classify_source
from contested.statement import Report, Source
from contested.text import prepare


def read(
    marked: str, kind: str = "event", type_: str = "ASSAULT", actors: tuple[str, ...] = (), outlet: str | None = None,
    source: tuple[str, float] | None = None,
) -> Draft:  # fmt: skip
    """One draft anchored on the word in brackets, read; `source` is what the model marked."""
    raw = marked.replace("[", "").replace("]", "")
    start, end = marked.index("["), marked.index("]") - 1
    draft = Draft(kind, type_, Words(start, end, "model"), Words(0, len(raw), "model"))
    draft.actors = [Words(raw.index(a), raw.index(a) + len(a), "model") for a in actors]
    if source:
        at = raw.index(source[0])
        draft.roles["source"] = [Words(at, at + len(source[0]), "model", source[1])]
    read_according_to(prepare(Report(raw, outlet=outlet)), [draft])
    return draft


def test_the_rules_alone() -> None:
    draft = read("Two ferries were [sunk], navy spokesman Pavel Tarn told Orla News on Monday.")
    assert draft.source == Source("navy spokesman Pavel Tarn", "military", True, ("Orla News",), 23)
    assert draft.by["source"] == "rule:tell"
    said = draft.roles["said"][0]
    assert (said.start, said.end) == (64, 73)


def test_who_does_the_saying_is_no_source() -> None:
    assert read("The mayor [accused] the army.", type_="ACCUSE", actors=("The mayor",)).source is None
    position = read("Tarn said the war was nearly [over].", "position", "assessment", actors=("Tarn",))
    assert position.source is None


def test_a_doer_who_is_reported_by_another() -> None:
    text = "The mayor [accused] the army of theft, the Orla Agency reported."
    draft = read(text, type_="ACCUSE", actors=("The mayor",))
    assert draft.source is not None
    assert draft.source.text == "the Orla Agency"


def test_the_deed_denied_keeps_its_source() -> None:
    draft = read("The army denied [shelling] the mill.", actors=("The army",))
    assert draft.source is not None
    assert (draft.source.text, draft.source.cls) == ("The army", "military")


def test_an_outlet_that_names_itself_speaks_in_its_own_voice() -> None:
    text = "The Orla Agency reported that two ferries were [sunk]."
    assert read(text, outlet="Orla Agency").source is None
    assert read(text, outlet="The Hill Courier").source is not None
    own = "Two ferries were sunk. The correspondent said the pier was [burning]."
    assert read(own, outlet="Orla Agency").source is None


def test_rule_and_model_agree() -> None:
    draft = read("The army spokesman said the mill [burned].", source=("army spokesman", 0.6))
    assert draft.source is not None
    assert draft.source.text == "The army spokesman"  # the model marked a part of it
    assert draft.sure["source"] > 0.9
    assert draft.by["source"] == "rule:say"
    more = read("Army spokesman Pavel Tarn of Orla said the mill [burned].", source=("Pavel Tarn of Orla", 0.6))
    assert more.source is not None
    assert more.source.text == "Army spokesman Pavel Tarn of Orla"


def test_rule_and_model_differ() -> None:
    text = "Near the army camp, the mayor said the mill [burned]."
    assert read(text, source=("the army camp", 0.5)).source == Source("the mayor", "government", False, (), 20)
    sure = read(text, source=("the army camp", 0.99)).source
    assert sure is not None
    assert sure.text == "the army camp"


def test_an_outlet_is_taken_for_the_carrier_of_another_speaker() -> None:
    text = "Colonel Tarn had heard from scouts that the mill was [burning], Orla News reported."
    source = read(text, source=("Colonel Tarn", 0.6)).source
    assert source is not None
    assert source.text == "Colonel Tarn"


def test_an_accuser_who_was_not_found_is_still_no_source() -> None:
    assert read("The guild said they had [robbed] the mill.", type_="ACCUSE").source is None


def test_a_model_alone() -> None:
    assert read("The mill [burned] after the raid by gunmen.", source=("gunmen", 0.9)).source is not None
    assert read("The mill [burned] after the raid by gunmen.", source=("gunmen", 0.6)).source is None


def test_a_pronoun_that_the_model_marks_is_resolved() -> None:
    draft = read("Colonel Tarn spoke on Monday. He said the mill [burned].", source=("He", 0.9))
    assert draft.source is not None
    assert draft.source.text == "Colonel Tarn"


def test_choose_source_without_either() -> None:
    assert choose_source(prepare(Report("Nothing.")), None, None) is None


def test_no_drafts() -> None:
    read_according_to(prepare(Report("")), [])


def test_a_bare_name_is_classed_by_its_other_mentions() -> None:
    text = "Lena Orlova, a surgeon at the clinic, saw it. Nine men were [hurt], Orlova said."
    draft = read(text)
    assert draft.source is not None
    assert (draft.source.text, draft.source.cls, draft.source.named) == ("Orlova", "medic", True)


def test_a_bare_description_is_classed_by_the_speaker_before() -> None:
    text = "A rebel source said the ridge had fallen. The source said nine men were [hurt]."
    draft = read(text)
    assert draft.source is not None
    assert (draft.source.text, draft.source.cls, draft.source.named) == ("The source", "armed-group", False)


@pytest.mark.parametrize(
    ("words", "cls", "named"),
    [
        ("Afghan Defence Ministry spokesman Dawlat Waziri", "government", True),
        ("Taliban spokesman Qari Yusuf", "armed-group", True),
        ("the Iraqi military", "military", True),
        ("a senior Iraqi army officer", "military", False),
        ("Kyiv's mayor, Vitalii Bondar", "government", True),
        ("Ukraine's General Staff", "military", True),
        ("the Houthi-run Saba news agency", "media", True),
        ("Houthi rebels", "armed-group", False),
        ("the Sudan Doctors Network", "medic", True),
        ("the Rapid Support Forces", "armed-group", True),
        ("two residents of Nyala", "witness", False),
        ("the UN refugee agency", "igo", True),
        ("UNHCR", "igo", True),
        ("a UNICEF spokeswoman", "igo", False),
        ("Colombia's ombudsman", "government", None),
        ("the ELN", "armed-group", True),
        ("Indian police", "government", None),
        ("the Gaza health ministry", "government", True),
        ("doctors at Al-Amal hospital", "medic", False),
        ("Congolese army spokesman Guillaume Ndjike", "military", True),
        ("M23", "armed-group", True),
        ("the Arakan Army", "armed-group", True),
        ("the Tigray People's Liberation Front", "armed-group", True),
        ("Médecins Sans Frontières", "ngo", True),
        ("Doctors Without Borders", "ngo", True),
        ("Amnesty International", "monitor", True),
        ("a war monitor", "monitor", False),
        ("the exiled opposition", "opposition", None),
        ("an analyst at the Orla Institute", "expert", False),
        ("Reuters", "media", True),
        ("local media", "media", False),
        ("activists", "witness", False),
        ("the International Committee of the Red Cross", "igo", True),
        ("Archbishop Pavel Tarn", "other", True),
        ("the Kremlin", "government", True),
        ("NATO", "military", True),
        ("sources", "other", False),
        ("Tarn", "other", True),
        ("ETHIOPIAN PRIME MINISTER ABIY AHMED", "government", True),
        ("", "other", False),
    ],
)  # fmt: skip
def test_classes_and_names(words: str, cls: str, named: bool | None) -> None:
    found = classify_source(words)
    if cls == "government" and words == "Colombia's ombudsman":
        assert found[0] in ("government", "monitor")
    else:
        assert found[0] == cls
    if named is not None:
        assert found[1] is named


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("source_classes")])
def test_source_class(entry: Entry) -> None:
    assert class_of(entry.example) == (entry.gives, entry.id)
    assert entry.value == entry.gives
    for words in entry.leaves:
        assert (class_of(words) or ("",))[0] != entry.value, words


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("reporting_verbs")])
def test_reporting_verb(entry: Entry) -> None:
    found = [a for a in find_attributions(prepare(Report(entry.example))) if a.rule == entry.id]
    assert [entry.example[slice(*a.source)] for a in found] == [entry.gives]
    for sentence in entry.leaves:
        assert entry.id not in {a.rule for a in find_attributions(prepare(Report(sentence)))}, sentence


def test_a_name_that_is_a_time_too_may_end_its_sentence() -> None:
    assert source_context(prepare(Report("The mill fell, said General May")), [], "May", 0) == ""
