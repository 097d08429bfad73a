"""Toponyms: the clues that the lexicon tells of, and which words are taken for places."""

import json
import re
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.gazetteer import Place
from contested.lexicon import load
from contested.reading.encoder import WordOdds
from contested.reading.toponym_clues import Span, Standing, clues, standing, surnames
from contested.reading.toponym_words import lines
from contested.reading.toponyms import Model, Weights, find_toponyms, packaged
from contested.statement import Report
from contested.text import prepare

ENTRIES = load("toponym_cues")


class Atlas:
    """A gazetteer of a few places."""

    def __init__(self, **kinds):
        self.kinds = {name.replace("_", " "): kind for name, kind in kinds.items()}

    def exact(self, name):
        kind = self.kinds.get(name)
        return [(Place(f"file:x:{name}", name, 1.0, 2.0, kind, "SY", population=90_000), "name")] if kind else []


ATLAS = Atlas(
    Aleppo="city", Homs="city", Syria="country", Iraq="country", Kentucky="province", Jackson="city", Hope="town",
    Police="town", Washington="city", New_York="city", York="city", Houston="city", Georgia="province", Paris="city",
)  # fmt: skip


def odds(raw, **said):
    """What a network might make of the words of `raw`: nothing but of those named, as in `Aleppo="place"`."""
    out = []
    for match in re.finditer(r"\w+", raw):
        label = said.get(match.group())
        person, body, place = (0.96 if label == one else 0.01 for one in ("person", "body", "place"))
        out.append(WordOdds(match.start(), match.end(), person, body, place, place))
    return out


def found(raw, atlas=ATLAS, **said):
    return [raw[t.start : t.end] for t in find_toponyms(prepare(Report(raw)), odds(raw, **said), atlas)]


def told(marked):
    """The clues of the words in [brackets]."""
    at, end = marked.index("["), marked.index("]") - 1
    raw = marked.replace("[", "").replace("]", "")
    for n, line in enumerate(lines(prepare(Report(raw)), ())):
        inside = [i for i, w in enumerate(line.words) if at <= w.start and w.end <= end]
        if inside:
            span = Span(n, inside[0], inside[-1] + 1, Standing())
            return {name for name, strength in clues(line, span, {}, ()).items() if strength}
    raise AssertionError(f"no words in brackets: {marked}")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_example_has_its_clues(entry):
    assert set(entry.gives) <= told(entry.example)


@pytest.mark.parametrize(
    ("entry", "other"), [(e, other) for e in ENTRIES for other in e.leaves], ids=lambda x: str(x)[:24]
)
def test_and_no_other_sentence_has_them(entry, other):
    assert told(other).isdisjoint(entry.gives)


def test_a_place_that_network_and_gazetteer_agree_on():
    assert found("Shells fell in Aleppo on Monday.", Aleppo="place") == ["Aleppo"]


def test_a_place_of_no_list_that_the_network_sees():
    assert found("Shells fell in Vrastok on Monday.", Vrastok="place") == ["Vrastok"]


def test_a_place_beside_what_holds_it():
    raw = "They fled from Aleppo, Syria, and from Homs."
    assert found(raw, Aleppo="place", Syria="place", Homs="place") == ["Aleppo", "Syria", "Homs"]


def test_a_person_called_like_a_place():
    assert found("Mr Jackson left. He said Jackson was tired.", Jackson="person") == []


def test_a_common_word_at_the_head_of_a_sentence():
    assert found("Police came at noon. Hope is scarce.") == []


def test_the_longer_name_of_two():
    assert found("They flew to New York at dawn.", New="place", York="place") == ["New York"]


def test_a_place_in_the_name_of_a_body():
    raw = "The Houston Police Department sent two cars to Houston."
    assert found(raw, Houston="body", Police="body", Department="body")[0] == "Houston"


def test_no_place_in_a_report_without_capitals_or_odds():
    assert found("they left at noon and came back late.") == []


def test_a_compound_is_taken_apart():
    assert found("A Homs-based doctor saw it in Homs.", Homs="place") == ["Homs", "Homs"]


def test_the_dateline_names_a_place():
    raw = "ALEPPO, Dec. 2, 2016 (AP) - Shells fell on Monday."
    assert "ALEPPO" in found(raw, Atlas(ALEPPO="city"))


def test_surnames_are_those_of_full_names():
    raw = "Ali Jackson came. Paris was late."
    assert surnames(lines(prepare(Report(raw)), odds(raw, Ali="person", Jackson="person"))) == {"jackson"}


def test_a_name_that_only_sounds_the_same_has_no_standing():
    place = Place("file:x:1", "Aleppo", 1.0, 2.0, "city", "SY", population=5)
    assert standing([(place, "spelling"), (place, "script")]) == Standing()
    assert standing([(place, "alias"), (place, "spelling")]) == Standing("alias", "settled", 5)


def test_how_names_the_clue_that_spoke_most():
    model = Model(Weights(), Weights({"bias": 3.0, "after in": 2.0, "has": 1.0}), 0.9, {})
    raw = "They met in Homs at noon."
    (one,) = find_toponyms(prepare(Report(raw)), (), ATLAS, model)
    assert (one.how, one.sure) == ("after in", 0.993)


def test_another_mention_speaks_for_a_name():
    """The second look knows of the first's opinion of the other mention."""
    model = Model(Weights({"after in": 4.0}), Weights({"bias": -1.0, "elsewhere best": 1.0}), 0.5, {})
    raw = "They met in Homs at noon. Homs was calm."
    assert len(find_toponyms(prepare(Report(raw)), (), ATLAS, model)) == 1, "the second, for the first's sake"


def test_the_packaged_weights_know_only_clues_that_there_are():
    data = json.loads((resources.files("contested.models") / "toponyms.json").read_text("utf-8"))
    assert data["about"]
    model = packaged()
    assert model.first.keys() <= model.second.keys() | {"bias"}
    assert all(-10 < weight < 10 for weight in model.second.values())
    assert model.words["police"].lower > model.words["police"].place


@given(st.text(alphabet="AabB .,'’-\n19é[", max_size=80))
def test_whatever_the_text_toponyms_are_words_of_it_in_order(raw):
    spans = find_toponyms(prepare(Report(raw)), odds(raw), Atlas(A="city", Ab="town", B="country"))
    assert all(raw[t.start : t.end].strip() == raw[t.start : t.end] != "" for t in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= t.sure <= 1 for t in spans)
