"""Who does it and to whom: the words marked as actors and targets become mentions.

What is cut off is completed, coordinations of several names are split, what is said twice is dropped, and a pronoun
becomes the mention it stands for; one that stands for nothing that can be found is dropped. The subject of a passive
("the depot was shelled") is no actor but the target.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contested.reading.antecedents import kind_of, nearest_fitting, pronoun
from contested.reading.attribution import Attribution, find_attributions, speakers_at
from contested.reading.draft import Draft, Words
from contested.reading.phrases import Token, passive, phrase_until, phrases, tokens
from contested.reading.spans import distinct, tidy
from contested.reading.whole import Whole
from contested.text import Text

Span = tuple[int, int]
#: A pronoun is as sure as its words times this.
RESOLVED = 0.8
#: How many sentences back a pronoun looks.
BACK = 2
#: The subject of a passive is the target of such an event (counted on the gold: 70 times a target, 7 times an actor).
SUFFERED = frozenset({"ASSAULT", "COERCE", "ACCUSE", "AID", "SANCTION", "REQUEST", "THREATEN"})
PASSIVE = 0.6


def read_who(text: Text, drafts: list[Draft]) -> None:
    """Give each draft its `actors` and `targets`. Needs those roles; fills `actors`, `targets`, `by` and `sure`."""
    attributions: list[Attribution] | None = None
    whole = Whole(text, drafts)
    for draft in drafts:
        for role in ("actors", "targets"):
            marked = tidy(text, draft.roles.get(role, ()))
            if attributions is None and any(pronoun(text.raw[w.start : w.end]) for w in marked):
                attributions = find_attributions(text)
            mentions = [m for w in marked for m in _mentions(text, attributions or [], whole, w, draft.anchor)]
            kept = distinct(tidy(text, mentions))
            setattr(draft, role, kept)
        if draft.kind == "event" and draft.type in SUFFERED:
            _turn(text, whole.sentence(draft.anchor.start), draft)
        _one_side(text, draft)
        for role in ("actors", "targets"):
            if kept := getattr(draft, role):
                draft.by[role] = kept[0].by
                draft.sure[role] = min(m.sure for m in kept)


def _turn(text: Text, sentence: list[Token], draft: Draft) -> None:
    """Make the subject of a passive anchor the target: moved from `actors`, or read where there is no target."""
    anchor = [k for k, t in enumerate(sentence) if t.start < draft.anchor.end and draft.anchor.start < t.end]
    end = passive(sentence, anchor[0], anchor[-1] + 1) if anchor else None
    if end is None or (begin := phrase_until(sentence, end)) == end:
        return
    subject = Words(sentence[begin].start, sentence[end - 1].end, "rule:passive", PASSIVE)
    moved = [w for w in draft.actors if w.start < subject.end and subject.start < w.end]
    draft.actors = [w for w in draft.actors if w not in moved]
    if any(w.start < subject.end and subject.start < w.end for w in draft.targets):
        return
    if moved:
        draft.targets = moved + draft.targets
    elif not draft.targets and pronoun(text.raw[subject.start : subject.end]) is None:
        draft.targets = [subject]


def _one_side(text: Text, draft: Draft) -> None:
    """Nobody stands on both sides: who does, stays where the model is surer."""

    def said(words: Words) -> str:
        return text.raw[words.start : words.end].casefold()

    actors, targets = ({said(w): w.sure for w in side} for side in (draft.actors, draft.targets))
    draft.actors = [w for w in draft.actors if said(w) not in targets or w.sure >= targets[said(w)]]
    draft.targets = [w for w in draft.targets if said(w) not in actors or w.sure > actors[said(w)]]


def _mentions(text: Text, attributions: list[Attribution], whole: Whole, words: Words, anchor: Words) -> list[Words]:
    """The mentions that one marked stretch makes: none, one, or the parts of a coordination."""
    found = pronoun(text.raw[words.start : words.end])
    if found and found[0] != "vague":
        span = antecedent(text, attributions, words.start)
        if span is None:
            return []
        return [Words(*span, by="rule:antecedent", sure=words.sure * RESOLVED)]
    full = whole.complete(words, anchor)
    if full is None:
        return []
    return [replace(full, start=start, end=end) for start, end in split(text.raw, full.start, full.end)]


def antecedent(text: Text, attributions: list[Attribution], at: int) -> Span | None:
    """The mention that the pronoun at character `at` stands for, or None where none is plain."""
    n = text.sentence_at(at)
    if n is None:
        return None
    sentence = text.sentences[n]
    before = tokens(text.raw, sentence.start, sentence.end)
    i = next((k for k, t in enumerate(before) if t.end > at), None)
    if i is None:
        return None
    sort, meaning = pronoun(before[i].text) or ("", "")
    if not sort:
        i = next((k for k in range(i, len(before)) if pronoun(before[k].text)), i)
        sort, meaning = pronoun(before[i].text) or ("speaker", "any")
    speakers = [(a.source, text.raw[a.source[0] : a.source[1]]) for a in speakers_at(attributions, at)]
    if sort == "speaker":
        return speakers[0][0] if speakers else None
    if sort == "relative":
        end = i - 1 if i and before[i - 1].text == "," else i
        begin = phrase_until(before, end)
        return (before[begin].start, before[end - 1].end) if begin < end else None
    if sort != "pronoun":
        return None
    here = _candidates(text, before[:i])
    earlier = [
        candidate
        for k in range(n - 1, max(-1, n - 1 - BACK), -1)
        for candidate in _candidates(text, tokens(text.raw, text.sentences[k].start, text.sentences[k].end))
    ]
    return nearest_fitting([*speakers, *here, *earlier], meaning)


def _candidates(text: Text, words: list[Token]) -> Iterable[tuple[Span, str]]:
    """The noun phrases of a stretch that could be meant, subjects (the first of the sentence) first."""
    for start, end in phrases(words):
        if any("time" in t.tags for t in words[start:end]) or words[start].number:
            continue
        if start and words[start - 1].low in ("in", "at", "near", "on", "from", "during"):
            continue
        if kind_of(words[start:end]) == "thing":
            continue
        span = (words[start].start, words[end - 1].end)
        yield span, text.raw[span[0] : span[1]]


def split(raw: str, start: int, end: int) -> list[Span]:
    """The parts of "the army and the militia", "France and Britain"; what shares a head noun stays whole."""
    words = tokens(raw, start, end)
    parts: list[tuple[int, int]] = []
    first = 0
    for i, token in enumerate(words):
        if token.low not in ("and", "&") or not first < i < len(words) - 1:
            continue
        left, right = words[first:i], words[i + 1 :]
        if _whole(left) and _whole(right) and _alike(left, right):
            parts.append((left[0].start, left[-1].end))
            first = i + 1
    parts.append((words[first].start if words else start, end))
    return parts


def _whole(words: list[Token]) -> bool:
    """Whether these words name someone alone: a name, a counted or articled noun, a noun for people or bodies."""
    if words[-1].tags & {"demonym", "det", "prep"} or words[-1].number:
        return False
    if words[0].tags & {"det"} or words[0].number:
        return len(words) > 1
    return all(t.cap for t in words) or kind_of(words[-1:]) is not None


def _alike(left: list[Token], right: list[Token]) -> bool:
    """Whether both sides stand alone: not "women and children", not "the Faculty of Arts and Humanities"."""
    if len(left) == len(right) == 1 and not (left[0].cap and right[0].cap):
        return False
    apart = bool(right[0].tags & {"det"}) or right[0].number
    articled = bool(left[0].tags & {"det"}) or left[0].number
    if articled and not apart and len(right) == 1 and not right[0].cap:
        return False  # "the women and children"
    inside = any(t.low in ("of", "for", "from") for t in left)
    return apart or not inside
