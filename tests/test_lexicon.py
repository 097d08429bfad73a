"""Lexicons are checked as they are loaded."""

from importlib import resources
from typing import Any

import pytest

from contested.errors import LexiconError
from contested.lexicon import _check, load

NAMES = sorted(f.name.removesuffix(".yaml") for f in (resources.files("contested.lexicon") / "en").iterdir())


def entry(**more: Any) -> dict[str, Any]:
    return {"id": "speech", "words": ["said"], "value": 1, "example": "A mayor said so."} | more


@pytest.mark.parametrize("name", NAMES)
def test_every_lexicon_loads(name: str) -> None:
    assert load(name)


def test_an_entry() -> None:
    assert _check("x.yaml", 1, entry()).words == ("said",)
    assert _check("x.yaml", 1, entry(words="said", **{"not": "He sang."})).leaves == ("He sang.",)


@pytest.mark.parametrize("word", [True, False, None, 7, 2016.5])
def test_words_that_yaml_takes_for_something_else(word: object) -> None:
    with pytest.raises(LexiconError, match=rf"x.yaml: entry 'speech': {word!r} in `words` is no string"):
        _check("x.yaml", 1, entry(words=["said", word]))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("said", "a mapping with an `id`"),
        ({"words": ["said"]}, "a mapping with an `id`"),
        (entry(words=[]), "neither `words` nor `pattern`"),
        (entry(example=""), "no `example`"),
    ],
)
def test_what_is_no_entry(wrong: object, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        _check("x.yaml", 1, wrong)


def test_no_such_lexicon() -> None:
    with pytest.raises(LexiconError, match=r"lexicon/en/nothing\.yaml: no such lexicon"):
        load("nothing")
