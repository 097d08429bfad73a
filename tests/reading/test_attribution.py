"""Who says what: the grammar of reporting, pronouns at cues, quotations that go on, chains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.reading.attribution import Attribution, attribution_at, find_attributions
from contested.statement import Report
from contested.text import prepare

#: Sentences with their sources: the word in [brackets] is what is attributed; None is the report's own voice.
CASES: list[tuple[str, str | None]] = [
    ("Two ferries were [sunk] off the coast, the Orlan navy said on Tuesday.", "the Orlan navy"),
    ("The Orlan navy said on Tuesday that two ferries were [sunk] off the coast.", "The Orlan navy"),
    ("“Two ferries were [sunk],” said Rear Adm. Pavel Tarn, a spokesman for the navy.", "Rear Adm. Pavel Tarn"),
    ("Two ferries were [sunk], according to Pavel Tarn, the navy's spokesman.", "Pavel Tarn"),
    ("According to the Tarn Monitor, a rights group based in Lisbon, two ferries were [sunk].", "the Tarn Monitor"),
    ("Pavel Tarn, a spokesman for the navy, told Reuters that two ferries were [sunk].", "Pavel Tarn"),
    ("Pavel Tarn, who leads the navy, said two ferries were [sunk].", "Pavel Tarn"),
    ("The group, which monitors the war from abroad, reported [shelling] in three districts.", "The group"),
    ("A ferry captain, speaking on condition of anonymity, said the boats were [sunk].", "A ferry captain"),
    ("In a statement, the ministry said its troops had [retaken] the port.", "the ministry"),
    ("In a statement on Facebook, the militia claimed responsibility for the [ambush].", "the militia"),
    ("The port was [retaken] on Monday, state television reported, citing the army.", "the army"),
    ("State television quoted a military source as saying the port was [retaken].", "a military source"),
    ("The governor was quoted as saying by the Orla Agency that the port was [retaken].", "The governor"),
    ("The army denied [shelling] the market.", "The army"),
    ("The mayor accused the militia of [burning] the mill.", "The mayor"),
    ("The port was [retaken] on Monday.", None),
    ("Pavel Tarn visited the port. Two ferries were [sunk] nearby.", None),
    ("Pavel Tarn said the port was calm. He added that two ferries had been [sunk].", "Pavel Tarn"),
    (
        "“The port is calm,” Pavel Tarn told reporters. “Two ferries were [sunk] and nobody helped us.”",
        "Pavel Tarn",
    ),
    (
        "“The port is calm,” Pavel Tarn told reporters.\n\n“Two ferries were [sunk] and nobody came to help us.”",
        "Pavel Tarn",
    ),
    ("The army said the port was calm, but residents said two ferries had been [sunk].", "residents"),
    ("The army said the port was [retaken], but residents said fighting went on.", "The army"),
    ("Residents said by phone that two ferries had been [sunk].", "Residents"),
    (
        "At least 12 people were [killed] in the strike, health officials said, and dozens were hurt.",
        "health officials",
    ),
    (
        "At least 12 people were [killed] when a shell fell, said Dr. Lena Orlova, who runs the town's only clinic.",
        "Dr. Lena Orlova",
    ),
    ("Local media reported that a convoy was [ambushed] near the ridge.", "Local media"),
    ("UNICEF said on Friday that nine children had been [killed] since May.", "UNICEF"),
    ("The UN's human rights office says more than 900 civilians have been [killed].", "The UN's human rights office"),
    ("Human Rights Watch has documented [strikes] on 12 clinics.", "Human Rights Watch"),
    ("Ukraine's General Staff said Russian forces had [shelled] 20 villages.", "Ukraine's General Staff"),
    ("The Taliban spokesman, Zabihullah Mujahid, said fighters had [captured] the district.", "Zabihullah Mujahid"),
    (
        "Sudan's Rapid Support Forces said in a post on X that they had [seized] the airport.",
        "Sudan's Rapid Support Forces",
    ),
    ("“We [burned] the depot,” a rebel commander who gave his name as Tarn said.", "a rebel commander"),
    ("Officials in the region confirmed the [attack] but gave no details.", "Officials in the region"),
    ("Police said the bomb [exploded] near a bank, wounding four.", "Police"),
    ("The bomb [exploded] near a bank, police said.", "police"),
    ("ORLA, May 3 (Agency) - Gunmen [attacked] a bus on Sunday, an army officer said.", "an army officer"),
    (
        "Army spokesman Col. Pavel Tarn said Sunday that rebels had [attacked] a bus.",
        "Army spokesman Col. Pavel Tarn",
    ),
    ("The rebels, he said, had [attacked] a bus.", None),
    ("Colonel Tarn met reporters on Sunday. The rebels, he said, had [attacked] a bus.", "Colonel Tarn"),
    ("The ministry's spokeswoman, Lena Orlova, announced the [capture] of two towns.", "Lena Orlova"),
    ("Witnesses described how soldiers [fired] on the crowd.", "Witnesses"),
    ("Activists and residents said soldiers had [fired] on the crowd.", "Activists and residents"),
    ("A report by the United Nations said soldiers had [fired] on the crowd.", "the United Nations"),
    ("The Orla Agency said soldiers had [fired] on the crowd, citing two villagers.", "two villagers"),
    ("It said the soldiers had [fired] first.", None),
    ("THE ARMY SAID TWO FERRIES WERE [SUNK] OFF THE COAST.", "THE ARMY"),
    ("TWO FERRIES WERE [SUNK] OFF THE COAST, THE NAVY SAID.", "THE NAVY"),
    ("police said two ferries were [sunk] off the coast.", "police"),
    ("two ferries were [sunk] off the coast, police inspector p tarn said.", "police inspector p tarn"),
    ("Col. Tarn, 45, said the rebels had [fled].", "Col. Tarn"),
    ("The rebels have [fled], Tarn wrote on Twitter.", "Tarn"),
    ("Tarn warned that rebels could [attack] again.", "Tarn"),
    ("Asked about the raid, Tarn said the rebels had [fled].", "Tarn"),
    ("After the raid, which killed nine, Tarn said the rebels had [fled].", "Tarn"),
    ("Speaking in the capital, the president said rebels had [attacked] the port.", "the president"),
    ("The president said: “Rebels [attacked] the port.”", "The president"),
    ("Tarn said rebels had attacked the port and [burned] the mill.", "Tarn"),
    (
        "Kenya's military said its troops [killed] 10 al-Shabab fighters in Somalia, an assertion the group rejected.",
        "Kenya's military",
    ),
    (
        "A senior U.S. official, who spoke on condition of anonymity, said the strike [killed] two commanders.",
        "A senior U.S. official",
    ),
    ("The attack [killed] at least seven people, medics and the civil defence said.", "medics"),
    ("Indian police blamed the [attack] on Pakistan-based militants.", "Indian police"),
    ("The Houthi-run health ministry said the raids [killed] 30 people.", "The Houthi-run health ministry"),
    ("Houthi media said the raids [killed] 30 people.", "Houthi media"),
    (
        "The ceasefire was [broken] by both sides, the OSCE's monitoring mission reported on Monday.",
        "the OSCE's monitoring mission",
    ),
    (
        "A spokesperson for the FARC told Caracol radio that the group had [freed] two hostages.",
        "A spokesperson for the FARC",
    ),
    ("Gaza's civil defence agency said Israeli strikes [killed] 22 people.", "Gaza's civil defence agency"),
    ("The Israeli military said it [struck] a command centre.", "The Israeli military"),
    ("M23 rebels have [taken] the town of Orla, the governor and two residents said on Saturday.", "the governor"),
    (
        "A local administrator told AFP by telephone: “The rebels [entered] the town at dawn.”",
        "A local administrator",
    ),
    (
        "Myanmar's shadow National Unity Government claimed its forces had [ambushed] a convoy.",
        "Myanmar's shadow National Unity Government",
    ),
    ("No group has claimed responsibility for the [attack].", None),
    ("Nobody has said who [attacked] the port.", None),
    ("The strike came hours after the army said it would end [raids].", "the army"),
    ("The charity said its clinic was [hit], the third such attack this year.", "The charity"),
    ("Tarn, citing intelligence reports, said the rebels had [fled].", "Tarn"),
]


def at(marked: str) -> tuple[str, Attribution | None]:
    """The text without its brackets, and the attribution of the word in them."""
    raw = marked.replace("[", "").replace("]", "")
    return raw, attribution_at(find_attributions(prepare(Report(raw))), marked.index("["))


def source(marked: str) -> str | None:
    raw, found = at(marked)
    return raw[slice(*found.source)] if found else None


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_source(marked: str, expected: str | None) -> None:
    assert source(marked) == expected


def test_a_title_and_an_apposition_are_not_attributed() -> None:
    assert source("The [leader] of the Red Pine Brigade said the mill was burned.") is None
    assert source("The mill was burned, said Col. Tarn.\n\nThe bridge was [mined].") is None


def test_a_chain_takes_the_first_speaker_and_lists_the_carrier() -> None:
    raw, found = at("State television quoted a military source as saying the port was [retaken].")
    assert found is not None
    assert [raw[slice(*via)] for via in found.via] == ["State television"]
    raw, found = at("The port was [retaken], the governor told Orla News.")
    assert found is not None
    assert [raw[slice(*via)] for via in found.via] == ["Orla News"]


def test_the_time_of_saying() -> None:
    raw, found = at("The port was [retaken], the governor said late on Monday.")
    assert found is not None
    assert found.said is not None
    assert raw[slice(*found.said)] == "late on Monday"


def test_kinds() -> None:
    assert (found := at("The army denied [shelling] the mill.")[1]) is not None
    assert found.kind == "deny"
    assert (found := at("The mayor accused the army of [shelling] the mill.")[1]) is not None
    assert found.kind == "accuse"
    assert (found := at("The Red Pine Brigade claimed responsibility for the [ambush].")[1]) is not None
    assert found.kind == "claim"


def test_a_colon_governs_the_sentences_that_follow() -> None:
    text = "The minister said:\n\nWe have seen the photographs.\n\nThe army [shelled] a school."
    assert source(text) == "The minister"


@given(st.text(alphabet=st.sampled_from("aThe said, that “”\".;:()-'’\n he according to army told ÄA1"), max_size=200))
def test_any_text_gives_spans_inside_it(raw: str) -> None:
    for one in find_attributions(prepare(Report(raw))):
        for start, end in (one.source, one.subject, one.cue, *one.scopes, *one.via):
            assert 0 <= start < end <= len(raw)


WORDS = "the army said that had , “ ” . ; he it told Reuters according to citing on Monday and which - ( )".split()


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_order_of_words_can_be_read(words: list[str]) -> None:
    raw = " ".join(words)
    for one in find_attributions(prepare(Report(raw))):
        assert raw[slice(*one.cue)].strip()
        assert not one.covers(one.subject[0])


def test_ten_thousand_words_without_a_full_stop() -> None:
    raw = "the army said that rebels had fired and " * 1250
    assert find_attributions(prepare(Report(raw)))
