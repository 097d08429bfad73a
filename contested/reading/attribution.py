"""Who says what in a text: the attributions of its sentences, put together.

An attribution reaches as far as its grammar does: the clause that "said" governs, before it or after it; the whole of
a quotation that it touches; the sentences inside quotation marks that go on with no cue of their own. Pronouns at a
cue ("he added") are the last speaker. Offsets are character offsets into the raw text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from contested.reading.antecedents import nearest_fitting, pronoun
from contested.reading.phrases import Token, phrase_from, tokens
from contested.reading.reporting import Found, in_sentence
from contested.text.layout import Text

Span = tuple[int, int]
#: Quotations shorter than this many characters are names and scare quotes, not speech that goes on.
SHORTEST = 25


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the cue that names it, and the stretches it is the source of.

    `source` is the mention that a reader would name: for "he added" the last speaker's words; `subject` the words at
    the cue itself. `kind` is `assert`, `deny`, `accuse` or `claim`; `rule` the lexicon's entry, `sure` how
    often such a cue named the right source on the development gold.
    """

    source: Span
    subject: Span
    cue: Span
    scopes: tuple[Span, ...]
    via: tuple[Span, ...] = ()
    said: Span | None = None
    kind: str = "assert"
    rule: str = ""
    sentence: int = -1
    sure: float = 0.85

    def covers(self, offset: int) -> bool:
        """Whether what stands at `offset` is attributed; the source's own words never are."""
        if self.subject[0] <= offset < self.subject[1] or self.source[0] <= offset < self.source[1]:
            return False
        return any(start <= offset < end for start, end in self.scopes)

    @property
    def reach(self) -> int:
        """Characters in scope: of two attributions of one thing the narrower is the first speaker."""
        return sum(end - start for start, end in self.scopes)


def find_attributions(text: Text) -> list[Attribution]:
    """All attributions of `text`, in the order of their cues."""
    out: list[Attribution] = []
    colons: list[int] = []
    for n, sentence in enumerate(text.sentences):
        for words in _parts(tokens(text.raw, sentence.start, sentence.end)):
            for found in in_sentence(words):
                made = _make(text, n, words, found, out)
                if made is None:
                    continue
                if found.colon:
                    colons.append(len(out))
                out.append(made)
    for index in colons:
        out[index] = _after_colon(text, out, index)
    return _continue_quotations(text, out)


def _parts(words: list[Token]) -> Iterator[list[Token]]:
    """`words` cut after full stops that the layout took for no end of sentence ("… he said.The army")."""
    begin = 0
    for i, token in enumerate(words):
        if token.text == "." and 0 < i < len(words) - 2 and len(words[i - 1].text) > 1 and i - begin > 2:
            yield words[begin : i + 1]
            begin = i + 1
    yield words[begin:]


def attribution_at(attributions: Iterable[Attribution], offset: int) -> Attribution | None:
    """The first speaker of what stands at character `offset`: the narrowest attribution that covers it."""
    covering = speakers_at(attributions, offset)
    return covering[0] if covering else None


def speakers_at(attributions: Iterable[Attribution], offset: int) -> list[Attribution]:
    """All who say what stands at `offset`, the first speaker first, those who carry it after."""
    return sorted((a for a in attributions if a.covers(offset)), key=lambda a: (a.reach, not a.via))


def _make(text: Text, n: int, words: list[Token], found: Found, earlier: list[Attribution]) -> Attribution | None:
    subject = found.subject
    if subject is None:
        return None
    source = (words[subject[0]].start, words[subject[1] - 1].end)
    resolved = source
    if subject[1] - subject[0] == 1 and "pron" in words[subject[0]].tags:
        mention = _resolve(text, n, words[subject[0]].low, earlier)
        if mention is None:
            return None
        resolved = mention
    scopes = tuple(
        (words[a].start, words[min(b, len(words)) - 1].end) for a, b in found.scopes if a < min(b, len(words))
    )
    return Attribution(
        source=resolved,
        subject=source,
        cue=(words[found.cue.at].start, words[found.cue.end - 1].end),
        scopes=scopes,
        via=tuple((words[a].start, words[b - 1].end) for a, b in found.via if a < b),
        said=(words[found.said[0]].start, words[found.said[1] - 1].end) if found.said else None,
        kind=found.cue.manner.kind,
        rule=found.cue.rule,
        sentence=n,
        sure=found.cue.manner.sure,
    )


def _resolve(text: Text, n: int, word: str, earlier: list[Attribution]) -> Span | None:
    """The mention that a pronoun at a cue stands for: the last speaker, else the subject of the sentence before."""
    sort, meaning = pronoun(word) or ("", "any")
    if sort != "pronoun":
        return None
    spoken = [
        (a.source, text.raw[a.source[0] : a.source[1]]) for a in reversed(earlier[-6:]) if n - a.sentence <= 8
    ]  # fmt: skip
    if meaning == "people" and spoken:
        return nearest_fitting(spoken, meaning) or spoken[0][0]
    found = nearest_fitting(spoken, meaning)
    if found or n == 0:
        return found
    sentence = text.sentences[n - 1]
    words = tokens(text.raw, sentence.start, sentence.end)
    end = phrase_from(words, 0) if words else 0
    if not end:
        return None
    span = (words[0].start, words[end - 1].end)
    return nearest_fitting([(span, text.raw[span[0] : span[1]])], meaning)


def _after_colon(text: Text, attributions: list[Attribution], index: int) -> Attribution:
    """ "The minister said:" governs the sentences that follow, up to the next speaker's."""
    one = attributions[index]
    taken = {a.sentence for a in attributions if a.source != one.source and a.rule in ("say", "tell", "according-to")}
    last = one.sentence
    while last + 1 < len(text.sentences) and last + 1 not in taken:
        last += 1
    if last == one.sentence:
        return one
    return replace(one, scopes=(*one.scopes, (text.sentences[one.sentence + 1].start, text.sentences[last].end)))


def _continue_quotations(text: Text, attributions: list[Attribution]) -> list[Attribution]:
    """Stretch scopes over the quotations they touch, and hand lone quotations to the speaker before or after."""
    if not attributions or not text.quotations:
        return attributions
    starts = [q.start for q in text.quotations]
    groups: dict[int, list[int]] = {}
    for i, q in enumerate(text.quotations):
        groups.setdefault(q.group, []).append(i)
    claimed: set[int] = set()
    out: list[Attribution] = []
    for one in attributions:
        touched = {
            text.quotations[i].group
            for start, end in one.scopes
            for i in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))
            if text.quotations[i].start < end and start < text.quotations[i].end
        }
        more = [i for group in sorted(touched) for i in groups[group]]
        claimed.update(more)
        stretched = [(text.quotations[i].start, text.quotations[i].end) for i in more if text.quotations[i].closed]
        out.append(replace(one, scopes=_merge([*one.scopes, *stretched])))
    by_sentence = [a.sentence for a in out]
    for i, q in enumerate(text.quotations):
        n = text.sentence_at(q.start) if i not in claimed else None
        if n is None or q.end - q.start < SHORTEST or q.start - text.sentences[n].start > 2:
            continue
        k = bisect_right(by_sentence, n) - 1
        if k >= 0 and n - by_sentence[k] <= 2:
            out[k] = replace(out[k], scopes=_merge([*out[k].scopes, (q.start, q.end)]))
    return out


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    """`spans` in order, those that overlap joined."""
    out: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
