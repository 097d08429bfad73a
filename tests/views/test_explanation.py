from contested.lexicon import load
from contested.statement import EFFECTS, MODALITIES, MODES, SOURCE_CLASSES, TYPES
from contested.views import explanation


def codes(group):
    return {(entry.id, entry.words) for entry in load("codes") if entry.more["group"] == group}


def test_every_code_has_a_meaning_and_no_other_has():
    assert codes("kind") == {(kind, (kind,)) for kind in TYPES}
    assert codes("type") == {(f"{kind}.{name}", (name,)) for kind, names in TYPES.items() for name in names}
    assert codes("mode") == {(f"{name}.{mode}", (mode,)) for name, modes in MODES.items() for mode in modes}
    assert codes("source") == {(f"source.{name}", (name,)) for name in SOURCE_CLASSES}
    assert codes("effect") == {(f"effect.{name}", (name,)) for name in EFFECTS}
    assert codes("modality") == {(f"modality.{name}", (name,)) for name in MODALITIES}
    groups = {entry.more["group"] for entry in load("codes")}
    assert groups == {"kind", "type", "mode", "source", "effect", "modality", "by"}


def test_meanings_and_examples_are_sentences():
    for entry in load("codes"):
        assert entry.value[0].isupper()
        assert entry.value.endswith(".")
        assert entry.example.endswith(".") or entry.more["group"] == "by"
    examples = [entry.example for entry in load("codes")]
    assert len(examples) == len(set(examples))


def test_a_code_is_found_by_name_id_or_any_case():
    assert [found.entry.id for found in explanation.find("ASSAULT")] == ["event.ASSAULT"]
    assert [found.entry.id for found in explanation.find("assault")] == ["event.ASSAULT"]
    assert [found.entry.id for found in explanation.find("withdraw")] == ["RETREAT.withdraw", "SANCTION.withdraw"]
    assert [found.entry.id for found in explanation.find("SANCTION.withdraw")] == ["SANCTION.withdraw"]
    assert explanation.find("nothing-of-the-kind") == []


def test_what_stands_in_by_can_be_asked_for_as_it_stands():
    assert [found.entry.id for found in explanation.find("model:2026-11")] == ["by.model"]
    assert [found.entry.id for found in explanation.find("model:1, rule:antecedent")] == ["by.model", "by.antecedent"]
    assert "reportedly" in [found.entry.id for found in explanation.find("rule:reportedly")]
    assert "weekday" in [found.entry.id for found in explanation.find("time:weekday")]
    assert "percent" in [found.entry.id for found in explanation.find("rule:holds.percent")]


def test_near_names():
    assert explanation.nearest("aeriel")[0] == "aerial"
    assert explanation.nearest("ASSUALT")[0] == "ASSAULT"
    assert explanation.nearest("zzzzzz") == []


def test_paragraphs():
    (found,) = explanation.find("ASSAULT")
    shown = explanation.paragraph(found)
    assert shown.startswith("ASSAULT: type of event\n")
    assert "heavy-weapons" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_every_rule_can_be_explained():
    rules = [found for found in explanation.entries() if found.file != explanation.CODES]
    assert rules
    for found in rules:
        assert found in explanation.find(found.entry.id)
        assert f"lexicon/{found.language}/{found.file}.yaml" in explanation.paragraph(found)


def test_the_listing_has_every_code():
    listed = "\n".join(explanation.listing())
    assert all(entry.id in listed for entry in load("codes"))
