"""According to whom: the source of a statement, where the rules and the model meet.

The rules (`attribution.py`) say which words speak and how far they reach; the model marks source words of its own.
`choose_source` is the one place that weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from contested.reading.antecedents import kind_of, pronoun
from contested.reading.attribution import Attribution, find_attributions, speakers_at
from contested.reading.draft import Draft, Words
from contested.reading.phrases import classes, phrase_from, phrase_until, tokens
from contested.reading.source_class import class_of, classify_source
from contested.reading.spans import tidy
from contested.statement import SOURCE_CLASSES, Source
from contested.text import Text

#: Events in which a party does the saying: the speaker is the actor, and no source unless somebody else reports it.
SPEECH = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
#: How sure the model must be of a source that the rules do not see: below, 8 in 10 are the report's own voice.
MODEL_FLOOR = 0.85
#: How many mentions of a name are looked at to learn who it is.
LOOKS = 8

_WORD = re.compile(r"\w+")
_NAME_RUN = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)*")
_NAMED_REPORTER = re.compile(r"([A-Z][\w-]*)(?:['’]s)?(?: TV)? (?:reporter|correspondent)")
_FUNCTION = frozenset({"det", "prep", "conj"})


def read_according_to(text: Text, drafts: list[Draft]) -> None:
    """Give each draft its `source`, and the words of its `said` where the rules know them.

    Needs `kind`, `type`, `anchor`, `actors` and, where a model ran, the roles `source`, `via`, `said` and the odds
    `source.class`, `source.named`. Fills `source`, the role `said`, `by` and `sure`.
    """
    if not drafts:
        return
    attributions = find_attributions(text)
    for draft in drafts:
        rule = rule_for(text, attributions, draft)
        model = _model_words(text, attributions, draft)
        chosen = choose_source(text, rule, model)
        if chosen is None:
            continue
        words = text.raw[chosen.start : chosen.end]
        if _own_voice(text, words, chosen.start):
            continue
        cls, named = _classify(text, attributions, draft, chosen, words)
        via = [text.raw[w.start : w.end] for w in draft.roles.get("via", ())]
        if rule and same(words, text.raw[rule.source[0] : rule.source[1]]):
            via = via or [text.raw[start:end] for start, end in rule.via]
            if rule.said and not draft.roles.get("said"):
                draft.roles["said"] = [Words(*rule.said, by=chosen.by, sure=chosen.sure)]
        via = [v for v in dict.fromkeys(via) if not same(v, words) and not _own_voice(text, v, chosen.start)]
        draft.source = Source(words, cls, named, tuple(via), chosen.start)
        draft.by["source"], draft.sure["source"] = chosen.by, chosen.sure


def choose_source(text: Text, rule: Attribution | None, model: Words | None) -> Words | None:
    """The source's words, where the rules' attribution and the model's marked words meet; None is the report's voice.

    Where both name the same one, both add to how sure; the extent is the rule's if the model marked a part of it, else
    the model's (it learned how coders cut a mention). Where they differ, the surer, but an outlet is taken for the
    carrier of another speaker; a model alone must reach `MODEL_FLOOR`.
    """
    ours = Words(*rule.source, by=f"rule:{rule.rule}", sure=rule.sure) if rule else None
    if ours is None or model is None:
        return ours or (model if model and model.sure >= MODEL_FLOOR else None)
    said, marked = text.raw[ours.start : ours.end], text.raw[model.start : model.end]
    if same(said, marked):
        inside = ours.start <= model.start and model.end <= ours.end
        return replace(ours if inside else model, sure=1 - (1 - model.sure) * (1 - ours.sure))
    carried = _is_media(said) and not _is_media(marked)
    return model if carried or model.sure > ours.sure else ours


def _is_media(words: str) -> bool:
    return (class_of(words) or ("", ""))[0] == "media"


def rule_for(text: Text, attributions: Sequence[Attribution], draft: Draft) -> Attribution | None:
    """The attribution that the rules give to a draft: the first speaker who is not himself the doer of the saying."""
    actors = [text.raw[w.start : w.end] for w in draft.actors]
    for one in speakers_at(attributions, draft.anchor.start):
        if not _is_doer(text.raw[one.source[0] : one.source[1]], draft, actors):
            return one
    return None


def _is_doer(words: str, draft: Draft, actors: Sequence[str]) -> bool:
    """Whether a speaker is the actor of a statement in which the actor does the saying."""
    if draft.kind != "position" and draft.type not in SPEECH:
        return False
    return not actors or any(same(words, actor) for actor in actors)


def _model_words(text: Text, attributions: Sequence[Attribution], draft: Draft) -> Words | None:
    """The words that the model marked as the source; a pronoun is the speaker that the rules resolve it to."""
    marked = tidy(text, draft.roles.get("source", ()))
    if not marked:
        return None
    best = max(marked, key=lambda w: w.sure)
    if pronoun(text.raw[best.start : best.end]):
        there = next((a for a in attributions if a.subject[0] <= best.start < a.subject[1]), None)
        if there is None or there.source == there.subject:
            return None
        best = replace(best, start=there.source[0], end=there.source[1])
    actors = [text.raw[w.start : w.end] for w in draft.actors]
    return None if _is_doer(text.raw[best.start : best.end], draft, actors) else best


def _classify(
    text: Text, attributions: Sequence[Attribution], draft: Draft, chosen: Words, words: str
) -> tuple[str, bool]:
    """Class and named of the chosen source: the lexicon where it tells, else the model's opinion."""
    context = source_context(text, attributions, words, chosen.start)
    cls, named = classify_source(words, context=context)
    odds = draft.odds.get("source.class")
    if cls == "other" and odds:
        cls = max(odds, key=lambda label: odds[label])
    return (cls if cls in SOURCE_CLASSES else "other"), named


def _own_voice(text: Text, words: str, at: int) -> bool:
    """Whether the source is the outlet itself or its own reporter ("the reporter" is the one named before)."""
    outlet = "".join(_WORD.findall((text.report.outlet or "").lower()))
    if len(outlet) < 2:
        return False
    if not _is_media(words):
        return "".join(w for w in _WORD.findall(words.lower()) if w != "the") == outlet
    if all("reporter" in classes().get(word, ()) for word in content(words)):
        named = _NAMED_REPORTER.findall(text.raw[max(0, at - 3000) : at])
        return not named or _is_outlet(named[-1], outlet)
    return any(_is_outlet(run, outlet) for run in _NAME_RUN.findall(words))


def _is_outlet(name: str, outlet: str) -> bool:
    """Whether a name is the outlet's; `outlet` is its name in lower case without spaces."""
    flat = "".join(_WORD.findall(name.lower()))
    if min(len(flat), len(outlet)) < 4:
        return flat in (outlet, f"{outlet}s")
    return flat in outlet or outlet in flat


def source_context(text: Text, attributions: Sequence[Attribution], words: str, at: int) -> str:
    """What the report tells elsewhere of the source named by `words` at offset `at`, for `classify_source`.

    A name is looked up in its other mentions ("army spokesman Milan Tadic", "Tadic, a surgeon"); a bare description
    ("the source", "the group") in the speakers before it.
    """
    found = [t for t in tokens(words) if t.word]
    if not found:
        return ""
    kind = kind_of(found)
    if kind is None or found[-1].cap:
        return _described(text, found[-1].text, at)
    head = found[-1].low.rstrip("s")
    earlier = [a for a in attributions if a.source[0] < at]
    told = [text.raw[a.source[0] : a.source[1]] for a in reversed(earlier[-12:])]
    alike = [t for t in told if any(w.low.rstrip("s") == head for w in tokens(t)) and class_of(t)]
    bodies = [t for t in told if kind == "body" and kind_of(t) in ("body", None) and class_of(t)]
    return next(iter(alike + bodies), "")


def _described(text: Text, name: str, at: int) -> str:
    """The first noun phrase or apposition around a mention of `name` that tells a class, or nothing."""
    out: list[str] = []
    for match in islice(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text.raw), LOOKS):
        n = text.sentence_at(match.start())
        if n is None:
            continue
        sentence = text.sentences[n]
        begin, stop = max(sentence.start, match.start() - 160), min(sentence.end, match.end() + 120)
        words = tokens(text.raw, begin, stop)
        i = next((k for k, t in enumerate(words) if t.end >= match.end()), None)
        if i is None:
            continue
        first = phrase_until(words, i + 1)
        if first <= i:
            out.append(text.raw[words[first].start : match.end()])
        j = i + 1
        if j < len(words) and words[j].text == ",":
            first_after = j + 1
            end = phrase_from(words, first_after)
            if end > first_after and (words[first_after].tags & {"det", "title", "head", "demonym"}):
                out.append(text.raw[words[first_after].start : words[end - 1].end])
            before = words[first - 1] if first else None
            if before is not None and before.text == ",":
                start = phrase_until(words, first - 1)
                out.append(text.raw[words[start].start : before.start])
        elif j < len(words) and words[j].tags & {"head", "title"}:
            end = phrase_from(words, j)
            out.append(text.raw[words[j].start : words[max(end - 1, j)].end])
    return next((words for words in out if class_of(words)), "")


def content(words: str) -> set[str]:
    """The words that carry a mention: no articles, prepositions or conjunctions, no possessive s."""
    found = [w.lower() for w in _WORD.findall(words)]
    return {w for w in found if w != "s" and not classes().get(w, frozenset()) & _FUNCTION} or set(found)


def same(a: str, b: str) -> bool:
    """Whether two mentions share half of their content words or more, or one is the other's tail ("Tadic")."""
    one, two = content(a), content(b)
    return bool(one and two) and 4 * len(one & two) >= len(one) + len(two)
