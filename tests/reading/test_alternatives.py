"""Words as a tree of letters, and several expressions in one walk, find what each alone finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from contested.reading.alternatives import Several, any_of

WORDS = st.lists(st.text("ab -", min_size=1, max_size=5).filter(str.strip), min_size=1, max_size=8)
TEXTS = st.text("abAB -\n", max_size=60)


@given(WORDS, TEXTS)
def test_the_longest_word_that_fits_is_found(words, text):
    ordered = sorted({word.lower() for word in words}, key=len, reverse=True)
    plain = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    tree = [m.span() for m in re.finditer(any_of(words), text, re.I)]
    assert tree == [m.span() for m in re.finditer(f"(?:{plain})", text, re.I)]


@given(st.lists(WORDS, min_size=1, max_size=4), TEXTS, st.integers(0, 20), st.integers(0, 60))
def test_several_find_what_each_finds(lists, text, start, end):
    before, after = r"(?<![\w-])", r"(?!\w)"
    end = min(end, len(text))
    each = [(words, "b+ a" if n else None) for n, words in enumerate(lists)]
    found = [(n, m.span()) for n, m in Several(before, each, after).finditer(text, start, end)]
    alone = []
    for n, (words, pattern) in enumerate(each):
        source = any_of(words) + (f"|{pattern}" if pattern else "")
        alone += [(n, m.span()) for m in re.compile(f"{before}(?:{source}){after}", re.I).finditer(text, start, end)]
    assert found == alone
