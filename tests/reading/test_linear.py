"""The work on a text without full stops or blanks grows with its length, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest

from contested.reading.draft import Draft, Words
from contested.reading.party_context import around
from contested.reading.places import resolve_places
from contested.reading.when import read_when
from contested.register import load_register
from contested.statement import Report
from contested.text.layout import Block, Sentence, Text
from tests.reading.atlas import Atlas


def one_sentence(raw: str) -> Text:
    """A text that is one sentence."""
    whole = Block(0, len(raw), "paragraph", True)
    return Text(Report(raw), (whole,), (Sentence(0, len(raw), 0),), (), None, date(2016, 12, 2), "published")


def spans(raw: str, word: str) -> list[tuple[int, int]]:
    return [(at, at + len(word)) for at in range(len(raw)) if raw.startswith(word, at)]


def dated(times: int) -> Callable[[], object]:
    """Statements with marked times, and as many without, in one sentence."""
    text = one_sentence("the army shelled Orla on 2 May 2016 and the rebels shelled Borov on 3 May 2016 " * times)
    starts = [at for at, _ in spans(text.raw, "shelled")]
    marked = [Words(*span, "test") for span in spans(text.raw, "on 2 May 2016")]
    drafts = [
        Draft("event", "ASSAULT", Words(at, at + 7, "test"), Words(at, at + 30, "test"),
              roles={} if n % 2 else {"when": [marked[n // 2]]})
        for n, at in enumerate(starts)
    ]  # fmt: skip
    return lambda: read_when(text, drafts)


def slashed(times: int) -> Callable[[], object]:
    """Places between slashes, with no blank anywhere."""
    text = one_sentence("a/Karak/b/" * times)
    return lambda: resolve_places(text, spans(text.raw, "Karak"), Atlas())


def acronyms(times: int) -> Callable[[], object]:
    """Names with their letters in brackets behind them."""
    text = one_sentence("the Red Cedar Council (RCC) and " * times)
    register = load_register()
    return lambda: around(text, register)


def calls(do: Callable[[], object]) -> int:
    """How many functions are called, in Python and in C."""
    count = 0

    def seen(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("made", [dated, slashed, acronyms])
def test_work_grows_with_the_length(made: Callable[[int], Callable[[], object]]) -> None:
    made(3)()  # what is read from files is read once
    assert calls(made(1_200)) < 3.2 * calls(made(400))  # three times the words; nine times the work for each with all
