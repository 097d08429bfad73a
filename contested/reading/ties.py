"""The two ends of a tie: parties that the form of the words names, in relations and in control.

"X-backed Y", "Y backed by X", "the X stronghold" and "X director Y" say by their form alone who stands at which end;
the words and their ends are in `lexicon/en/ties.yaml`. A hyphen's ends replace what the model marked, the others fill
what it left empty. A relation has no place of its own. One of which an end stays unknown is kept: most are right.
"""

from __future__ import annotations

from functools import cache

from contested.lexicon import load
from contested.reading.antecedents import kind_of
from contested.reading.draft import Draft, Words
from contested.reading.phrases import Token, finite, phrase_from, phrase_until
from contested.reading.whole import Whole
from contested.text import Text

BY = "rule:ties"
SURE = 0.8
Ends = dict[str, tuple[int, int]]


def read_ties(text: Text, drafts: list[Draft]) -> None:
    """Complete, in place, the `actors` and `targets` of relations and the `actors` and `places` of control."""
    whole = Whole(text, drafts)
    for draft in drafts:
        if draft.kind not in ("relation", "control"):
            continue
        form, found = ends(whole.sentence(draft.anchor.start), draft.anchor.start, draft.anchor.end)
        for slot, (start, end) in found.items():
            if slot == ("places" if draft.kind == "relation" else "targets"):
                continue
            if getattr(draft, slot) and (form != "hyphen" or slot == "places"):
                continue
            setattr(draft, slot, [Words(start, end, BY, SURE)])
            draft.by[slot], draft.sure[slot] = BY, SURE
        if draft.kind == "relation":
            draft.places = []


@cache
def _forms() -> dict[str, dict[str, tuple[str, str]]]:
    """Form → word → (slot of the first end, slot of the second)."""
    forms: dict[str, dict[str, tuple[str, str]]] = {}
    for entry in load("ties"):
        slots = (entry.value["first"], entry.value["second"])
        forms.setdefault(entry.value["form"], {}).update(dict.fromkeys(entry.words, slots))
    return forms


def ends(words: list[Token], start: int, end: int) -> tuple[str, Ends]:
    """The form of the tie whose anchor is at characters `start:end`, and its slots' spans; ("", {}) for none."""
    for k, token in enumerate(words):
        if token.start >= end or token.end <= start:
            continue
        head, hyphen, tail = token.text.replace("–", "-").rpartition("-")
        if hyphen and head and tail.lower() in _forms()["hyphen"]:
            return "hyphen", _hyphen(words, k, len(head), _forms()["hyphen"][tail.lower()])
        if token.low in _forms()["passive"] and k + 1 < len(words) and words[k + 1].low == "by":
            return "passive", _passive(words, k, _forms()["passive"][token.low])
        if token.low in _forms()["ground"]:
            return "ground", _ground(words, k, _forms()["ground"][token.low])
        if token.low in _forms()["office"]:
            return "office", _office(words, k, _forms()["office"][token.low])
    return "", {}


def _span(words: list[Token], i: int, j: int) -> tuple[int, int]:
    return words[i].start, words[j - 1].end


def _hyphen(words: list[Token], k: int, length: int, slots: tuple[str, str]) -> Ends:
    token, i = words[k], k
    while i > 0 and words[i - 1].cap and not words[i - 1].tags & {"det", "demonym"} and i - 1 > 0:
        i -= 1
    out = {slots[0]: (words[i].start, token.start + length)}
    j = phrase_from(words, k + 1)
    j = next((m for m in range(k + 2, j) if "conj" in words[m].tags), j)
    if j > k + 1:
        out[slots[1]] = _span(words, k + 1, j)
    return out


def _ground(words: list[Token], k: int, slots: tuple[str, str]) -> Ends:
    i = k
    while i > 0 and _named(words[i - 1]):
        i -= 1
    if i == k > 0 and "conj" not in words[i - 1].tags:
        noun = kind_of([words[i - 1]]) in ("people", "body", "person") or "opens" in words[i - 1].tags
        i -= noun
    return {slots[0]: _span(words, i, k)} if i < k else {}


def _passive(words: list[Token], k: int, slots: tuple[str, str]) -> Ends:
    out: Ends = {}
    j = phrase_from(words, k + 2)
    if j > k + 2:
        out[slots[0]] = _span(words, k + 2, j)
    i = k
    while i > 0 and (words[i - 1].tags & {"aux", "adv", "rel"} or words[i - 1].text == ","):
        i -= 1
    begin = phrase_until(words, i)
    if begin < i:
        out[slots[1]] = _span(words, begin, i)
    return out


def _office(words: list[Token], k: int, slots: tuple[str, str]) -> Ends:
    body, person = slots
    out: Ends = {}
    after, i = k + 1, k
    if after < len(words) and words[after].low in ("of", "for", "at", "in"):  # "a spokesman for X"
        stop = phrase_from(words, after + 1)
        if stop > after + 1:
            out[body] = _span(words, after + 1, stop)
        after = stop
    else:
        begin = phrase_until(words, k)
        if begin < k and words[k - 1].cap and words[k - 1].tags.isdisjoint(("demonym", "det")):
            out[body] = _span(words, begin, k)
            i = begin
    if after < len(words) and words[after].text == ",":
        after += 1
    stop = after
    while stop < len(words) and _named(words[stop]):
        stop += 1
    if stop > after:
        out[person] = _span(words, after, stop)
        return out
    while i > 0 and words[i - 1].word and not words[i - 1].cap and not finite(words, i - 1):
        i -= 1
    if i > 0 and words[i - 1].text == ",":
        i -= 1
    begin = i
    while begin > 0 and _named(words[begin - 1]):
        begin -= 1
    if begin < i and body in out:
        out[person] = _span(words, begin, i)
    return out


def _named(token: Token) -> bool:
    """Whether a token can be part of a person's name: a capital that is no article, day or other small word."""
    return token.word and token.cap and not token.tags & {"det", "prep", "adv", "time", "demonym", "conj", "aux"}
