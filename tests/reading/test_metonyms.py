"""Names that stand for a government or a people."""

import pytest

from contested.lexicon import load
from contested.reading.metonyms import is_metonym
from contested.statement import Report
from contested.text import prepare

ENTRIES = load("metonyms")


def told(sentence):
    start = sentence.index("[")
    plain = sentence.replace("[", "").replace("]", "")
    return is_metonym(prepare(Report(plain + "\n")), (start, sentence.index("]") - 1))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_example(entry):
    assert told(entry.example) is entry.gives
    for sentence in entry.leaves:
        assert told(sentence) is not entry.gives, sentence


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("[Moscow] has said it will stay.", True),
        ("The report said [Damascus] denied the strike.", True),
        ("[Washington]'s new special envoy flew to Orla.", True),
        ("[Syrian] troops left the ridge.", True),
        ("[Syrians] fled the shelling.", True),
        ("The convoy entered [Syria] on Monday.", False),
        ("[Moscow] is cold in winter.", False),
        ("[Orla] denied the strike.", False),
        ("Snipers in [Damascus] accused nobody.", False),
    ],
)
def test_sentences(sentence, stands):
    assert told(sentence) is stands
