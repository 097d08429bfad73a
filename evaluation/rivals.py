"""What teams write or install where they do not read by `contested`, run over the same reports.

`python evaluation/rivals.py READER REPORTS.jsonl [--times N] [--out FILE]` reads the reports and tells, as a line of
JSON, what that took. Only the standard library is needed, so that it runs in an environment that holds nothing but the
rival; `bench/reading.py` makes that environment and measures memory from outside.

- `keywords`: keyword coding, as scripts of research groups do it with regular expressions or `str.contains` in pandas.
  A sentence with a word of a type's list is a statement of that type, once a sentence. Parties are words of a list and
  names (runs of capitalised words): the nearest before the word is the actor, the nearest after it the target, the
  other way round before "by". The place is the last name after "in", "at" or "near". Who "said" it is the source; a
  weekday is the last such day at or before publication; a number before "killed" or "wounded" is harm.
- `spacy`: the same lists on spaCy's blank English pipeline: its tokenizer, its sentencizer, its matchers. The models
  that its tagger, parser and names need lie outside of PyPI; they are not used.

The lists were written once from the codebook and not fitted to any report. Codes are the codebook's own, since neither
way has codes; what a list cannot tell (shares of ground, ranges of numbers, spans of time) stays empty.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

#: (kind, type, mode, words): the first list that has a word in a sentence codes it, once a type.
RULES: Sequence[tuple[str, str, str | None, str]] = (
    ("event", "ASSAULT", "aerial", "air strike|air strikes|airstrikes|air raid|air raids|bombed|barrel bombs"),
    ("event", "ASSAULT", "heavy-weapons", "shelled|shelling|mortar|mortars|rocket|rockets|artillery|missile|missiles"),
    ("event", "ASSAULT", "suicide-attack", "suicide bomber|suicide attack|suicide bombing|blew himself up"),
    ("event", "ASSAULT", "explosives", "bomb|bombs|bombing|explosion|blast|exploded|detonated|mine blast"),
    ("event", "ASSAULT", "firearms", "shot|shooting|gunfire|opened fire|gunned down"),
    ("event", "ASSAULT", "abduct", "kidnapped|abducted|taken hostage"),
    ("event", "ASSAULT", None, "attacked|attack|attacks|killed|killing|clashes|clashed|fighting|assault|raid|fought"),
    ("event", "COERCE", "arrest", "arrested|detained|arrests|rounded up"),
    ("event", "ACCUSE", None, "accused|accuses|condemned|blamed|denounced|criticised|criticized"),
    ("event", "REQUEST", None, "called for|urged|demanded|appealed|called on|asked"),
    ("event", "REJECT", None, "refused|rejected|vetoed"),
    ("event", "THREATEN", None, "threatened|warned|vowed to"),
    ("event", "AGREE", None, "agreed|signed|accepted"),
    ("event", "CONSULT", None, "met|talks|negotiations|visited|discussed"),
    ("event", "AID", None, "aid|treated|humanitarian convoy|food parcels"),
    ("event", "SUPPORT", None, "praised|welcomed|condolences|supported"),
    ("event", "RETREAT", "withdraw", "withdrew|withdrawn|withdrawal|pulled out|retreated"),
    ("event", "PROTEST", None, "protested|demonstrated|protest|protests|demonstrators|rally"),
    ("event", "MOBILIZE", "troops", "deployed|reinforcements|mobilised|mobilized"),
    ("event", "SANCTION", None, "sanctions|expelled|convicted|sentenced"),
    ("control", "captures", None, "captured|seized|retook|recaptured|took control|liberated|overran"),
    ("control", "besieges", None, "besieged|siege|surrounded|encircled"),
    ("control", "holds", None, "controls|controlled|held by|in control of|stronghold"),
    ("toll", "displaced", None, "displaced|fled|refugees"),
    ("condition", "damage", None, "damaged|in ruins|destroyed buildings"),
    ("condition", "truce", None, "ceasefire|truce|cease-fire"),
    ("condition", "shortage", None, "shortage|shortages|starvation|hunger|lack of"),
    ("relation", "backs", None, "backed by|supported by|backs"),
    ("relation", "leads", None, "head of|leader of|commander of|chief of"),
    ("relation", "member", None, "spokesman of|member of|part of"),
    ("position", "prediction", None, "will continue|could lead|may lead|expected to"),
    ("position", "intention", None, "plans to|aims to|intends to"),
)  # fmt: skip
PARTIES = (
    "rebels|rebel fighters|insurgents|militants|militias|militia|gunmen|fighters|troops|soldiers|army|armed forces|"
    "government forces|security forces|police|the government|the military|opposition|warplanes|jets|helicopters|"
    "civilians|residents|protesters|people|children|women|activists|monitors|officials|a witness|witnesses|the UN"
)
NAME = r"[A-Z][\w’'-]*(?: (?:of (?:the )?|al-|for )?[A-Z][\w’'-]*)*"
#: Words that begin sentences and are no names.
NOT_NAMES = frozenset(
    "A An The In On At But And He She It They We I This That These Those After Before When While If As For From By "
    "There Its His Her Their Some Many Most Meanwhile However Earlier Later Also Both One Two Three With To Of Since "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Mr Mrs Ms".split()
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
HARM = {"killed": "killed", "dead": "killed", "died": "killed", "wounded": "injured", "injured": "injured"}

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?[”\"’']?")
_WORDS = [re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for *_, words in RULES]
_PARTY = re.compile(rf"\b(?:(?i:{PARTIES}))\b|\b{NAME}")
_PLACE = re.compile(rf"\b(?:in|at|near)(?: the)?(?: (?:city|town|village|district|province) of)? ({NAME})")
_SAID = re.compile(r"\b(?:said|says|told|reported)\b")
_ACCORDING = re.compile(rf"\baccording to ((?:the |a )?(?:{NAME}|[a-z]+))")
_DAY = re.compile(rf"\b({'|'.join(DAYS)})\b", re.IGNORECASE)
_COUNT = re.compile(rf"\b(\d[\d,]*|{'|'.join(NUMBERS)})\b(?:\s+\w+){{0,4}}?\s+({'|'.join(HARM)})\b", re.IGNORECASE)
_DENIED = re.compile(r"\bdenie[ds]\b|\bdenying\b")


class Found(NamedTuple):
    """What the lists find in a sentence, as spans of the text: acts with the number of their rule, parties, places."""

    start: int
    end: int
    acts: list[tuple[int, int, int]]
    parties: list[tuple[int, int]]
    places: list[tuple[int, int]]


def by_keywords() -> Callable[[str], Iterator[Found]]:
    """Regular expressions, sentence by sentence."""

    def find(text: str) -> Iterator[Found]:
        for sentence in _SENTENCE.finditer(text):
            start, end = sentence.span()
            acts = [(m.start(), m.end(), n) for n, word in enumerate(_WORDS) if (m := word.search(text, start, end))]
            if acts:
                yield Found(start, end, acts, _named(text, _PARTY.finditer(text, start, end)),
                            [m.span(1) for m in _PLACE.finditer(text, start, end)])  # fmt: skip

    return find


def by_spacy() -> Callable[[str], Iterator[Found]]:
    """The same lists as patterns of spaCy's matchers, over its tokens and sentences."""
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    acts, parties = PhraseMatcher(pipeline.vocab, attr="LOWER"), PhraseMatcher(pipeline.vocab, attr="LOWER")
    for n, (*_, words) in enumerate(RULES):
        acts.add(str(n), [pipeline.make_doc(word) for word in words.split("|")])
    parties.add("party", [pipeline.make_doc(word) for word in PARTIES.split("|")])
    names = Matcher(pipeline.vocab)
    names.add("name", [[{"IS_TITLE": True, "OP": "+"}]], greedy="LONGEST")

    def find(text: str) -> Iterator[Found]:
        doc = pipeline(text)
        for sentence in doc.sents:
            first: dict[int, tuple[int, int, int]] = {}
            for span in sorted(acts(sentence, as_spans=True), key=lambda span: (span.start, -span.end)):
                n = int(span.label_)
                first.setdefault(n, (span.start_char, span.end_char, n))
            if first:
                capitals = [span for span in names(sentence, as_spans=True) if span[-1].text not in NOT_NAMES]
                capitals = [span if span[0].text not in NOT_NAMES else span[1:] for span in capitals]
                named = {(span.start_char, span.end_char) for span in (*parties(sentence, as_spans=True), *capitals)}
                places = [(span.start_char, span.end_char) for span in capitals
                          if span.start and doc[span.start - 1].lower_ in ("in", "at", "near")]  # fmt: skip
                yield Found(sentence.start_char, sentence.end_char, list(first.values()), sorted(named), places)

    return find


def _named(text: str, matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    """Spans of parties, without the words that begin a sentence and are no names."""
    out = []
    for match in matches:
        start, end = match.span()
        first = text[start:end].partition(" ")[0]
        if first in NOT_NAMES and text[start].isupper():
            start = min(end, start + len(first) + 1)
        if start < end:
            out.append((start, end))
    return out


def coded(report: dict[str, Any], find: Callable[[str], Iterator[Found]]) -> list[dict[str, Any]]:
    """The statements of a report, in the codebook's file format."""
    text, day, out = report["text"], _date(report.get("published")), []
    for found in find(text):
        sentence = text[found.start : found.end]
        lead = len(sentence) - len(sentence.lstrip())
        start, quote = found.start + lead, sentence.strip()
        types = set()
        for a, b, n in sorted(found.acts, key=lambda act: act[2]):
            kind, type, mode, _ = RULES[n]
            if type in types:
                continue
            types.add(type)
            actors, targets = _sides(text, found, a, b)
            out.append({
                "kind": kind, "type": type, "mode": mode, "anchor": text[a:b], "anchor_start": a,
                "quote": quote, "quote_start": start, "actors": actors, "targets": targets,
                "places": [text[s:e] for s, e in found.places[-1:]], "when": _when(sentence, day),
                "source": _source(text, found), "harm": _harm(sentence) if type == "ASSAULT" else [], "share": None,
                "modality": "denied" if _DENIED.search(sentence) else "asserted",
            })  # fmt: skip
    return out


def _sides(text: str, found: Found, a: int, b: int) -> tuple[list[str], list[str]]:
    """Who did it and to whom: the nearest party before the word, and the nearest after it."""
    parties = [span for span in found.parties if span not in found.places and (span[1] <= a or span[0] >= b)]
    at = bisect_left(parties, (a, a))
    before, after = ([text[s:e] for s, e in side] for side in (parties[:at][-1:], parties[at:][:1]))
    return (after, before) if parties[at:] and text[b : parties[at][0]].split()[:1] == ["by"] else (before, after)


def _source(text: str, found: Found) -> dict[str, Any] | None:
    if match := _ACCORDING.search(text, found.start, found.end):
        return {"text": match.group(1)}
    if match := _SAID.search(text, found.start, found.end):
        before = [span for span in found.parties if span[1] <= match.start()]
        return {"text": text[slice(*before[-1])]} if before else None
    return None


def _when(sentence: str, published: date | None) -> dict[str, Any] | None:
    match = _DAY.search(sentence)
    if not match or not published:
        return None
    told = published - timedelta(days=(published.weekday() - DAYS.index(match.group().lower())) % 7)
    return {"text": match.group(), "start": told.isoformat(), "end": told.isoformat()}


def _harm(sentence: str) -> list[dict[str, Any]]:
    out = []
    for match in _COUNT.finditer(sentence):
        number = match.group(1).lower().replace(",", "")
        n = NUMBERS.get(number) or int(number)
        out.append({"effect": HARM[match.group(2).lower()], "low": n, "high": n})
    return out


def _date(words: str | None) -> date | None:
    try:
        return date.fromisoformat((words or "")[:10])
    except ValueError:
        return None


RIVALS: dict[str, Callable[[], Callable[[str], Iterator[Found]]]] = {"keywords": by_keywords, "spacy": by_spacy}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=RIVALS)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--times", type=int, default=1, help="read all of them so often")
    parser.add_argument("--out", type=Path, help="write the statements of the last time there, a report a line")
    args = parser.parse_args()
    with args.reports.open(encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines if line.strip()]
    find = RIVALS[args.reader]()
    read = [{"id": report["id"], "statements": coded(report, find)} for report in reports[:1]]  # patterns are made
    began, worked = time.perf_counter(), time.process_time()
    for _ in range(args.times):
        read = [{"id": report["id"], "statements": coded(report, find)} for report in reports]
    told = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked,
            "statements": sum(len(one["statements"]) for one in read)}  # fmt: skip
    if args.out:
        args.out.write_text("".join(json.dumps(one) + "\n" for one in read), "utf-8")
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
