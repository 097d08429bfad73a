"""The weights of the search for toponyms (`contested/models/toponyms.json`): `python -m training.toponyms`.

Logistic regressions over the clues of `contested/reading/toponym_clues.py`. Sets: the two thirds of the Groningen
Meaning Bank that the encoder never saw (silver), and the entities of UD English-GUM, train, that are places and proper
names (gold, counted twice; whole documents). LGL and GeoVirus are for measuring and are never read here. The tallies
of words come from the other third of GMB, from UniversalNER English-EWT dev, and from the treebanks' small letters:
they are counted on texts that the regressions do not see.

The second look knows what the first makes of a name's other mentions. While it is fitted, each half of the documents
has the first look of weights fitted on the other half.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contested.gazetteer import Gazetteer, open_gazetteer
from contested.reading import engine
from contested.reading.encoder import Encoder
from contested.reading.toponym_clues import Span, Tally
from contested.reading.toponym_words import Line, lines
from contested.reading.toponyms import Weights, first_look, look_again
from contested.statement import Report
from contested.text import prepare
from training import conllu
from training.named import GMB_BLOCKS, Tagged, gmb_blocks, uner_sentences

DATA = Path(__file__).resolve().parents[2] / "shared/data"
OUT = Path(__file__).resolve().parents[1] / "contested/models/toponyms.json"
SEED = 0  # of the encoder's warm-up: which blocks of GMB it has seen (training/steps.py)
TOGETHER, REPORTS = 8, 1400  # neighbouring sentences of GMB read as one report; how many such reports
GUM_TIMES = 2  # gold, of whole documents, and a quarter of the size
ACCEPT = 0.3  # best mean of F1 on held-out GMB and on GUM dev and test, in steps of .05 from .25 to .4
L2 = 1.0  # of the penalty on squared weights; not tuned
LEAST = 3  # occurrences outside places' names from which a word is worth a tally
_CLOSING = frozenset([".", ",", ";", ":", "?", "!", ")", "%", "n't"])
_WORD = re.compile(r"[^\W\d_]+(?:[’'](?![sS]\b)[^\W\d_]+)*")
#: Clues on which GMB goes by another rule: it has no places inside other names, and compounds are one word.
_APART = frozenset(["before hyphen", "after hyphen", "after party", "names a body", "called after"])

Mark = tuple[int, int, str]  # first character, one after the last, label
Looked = list[tuple[Span, dict[str, float]]]


def written(sentences: Sequence[Tagged]) -> tuple[str, list[Mark]]:
    """Tokenised sentences as they would be printed, with the names in them."""
    raw, marks = "", []
    for sentence in sentences:
        current: list[int] | None = None
        glue, quoted = True, False
        for word, tag in sentence:
            quote = word in ('"', "``", "''")
            text = '"' if quote else word
            tight = text in _CLOSING or (text[0] == "'" and len(text) < 4) or (quote and quoted)
            raw += "" if glue or tight else " "
            at = len(raw)
            raw += text
            glue = text in ("(", "$", "£") or (quote and not quoted)
            quoted ^= quote
            begin, _, label = tag.partition("-")
            if begin == "O":
                current = None
            elif begin == "B" or current is None:
                current = [at]
                marks.append((at, len(raw), label))
            else:
                marks[-1] = (marks[-1][0], len(raw), marks[-1][2])
        raw += " "
    return raw, marks


def of_gum(part: str) -> Iterator[tuple[str, list[Mark]]]:
    """The documents of GUM with the places that have a proper name; `UNTOLD` where name and description mix."""
    for document in conllu.read(DATA / f"treebanks/en_gum-nonNC-{part}.conllu"):
        marks = []
        for sentence in document.sentences:
            tokens = sentence.tokens
            for entity in sentence.entities:
                if entity.type != "place":
                    continue
                first, last = entity.first, entity.last
                while last > first and (tokens[last].upos == "PUNCT" or tokens[last].form in ("'s", "’s", "'")):
                    last -= 1
                while first < last and tokens[first].upos in ("DET", "ADJ", "NOUN", "ADV", "NUM"):
                    first += 1
                if tokens[first].upos == "PROPN":
                    end, label = _name_end(tokens, first, last)
                    marks.append((tokens[first].start, tokens[end].end, label))
        yield document.text, marks


def _name_end(tokens: Sequence[conllu.Token], first: int, last: int) -> tuple[int, str]:
    """The last token of the name that begins at `first` in an entity that ends at `last`, and its label."""
    end = first
    while end < last and (
        tokens[end + 1].upos == "PROPN"
        or (tokens[end + 1].form == "-" and end + 2 <= last and tokens[end + 2].upos == "PROPN")
    ):
        end += 1
    after = tokens[end + 1] if end < last else None
    if after is None or after.upos in ("PUNCT", "SCONJ", "VERB", "CCONJ", "ADV", "NUM"):
        return end, "LOCATION"
    if after.form.lower() == "of" and all(t.upos in ("PROPN", "ADP", "DET") for t in tokens[first : last + 1]):
        return last, "LOCATION"
    return (end, "LOCATION") if after.upos == "ADP" else (last, "UNTOLD")


def tallies(seen: Sequence[tuple[str, list[Mark]]]) -> dict[str, Tally]:
    """How each word is written and used in texts with marked names, and in the treebanks."""
    counts: dict[str, list[int]] = {}
    for raw, marks in seen:
        label = {m.start(): kind for a, b, kind in marks for m in _WORD.finditer(raw, a, b)}
        for match in _WORD.finditer(raw):
            word, kind = match.group(), label.get(match.start(), "")
            row = counts.setdefault(word.lower().replace("’", "'"), [0, 0, 0, 0])
            if word.islower():
                row[0] += 1
            elif kind in ("PERSON", "ORGANISATION", "LOCATION"):
                row[("PERSON", "ORGANISATION", "LOCATION").index(kind) + 1] += 1
    for name in ("en_ewt-ud-train", "en_gum-nonNC-train"):
        for document in conllu.read(DATA / f"treebanks/{name}.conllu"):
            for match in _WORD.finditer(document.text):
                if match.group().islower():
                    counts.setdefault(match.group(), [0, 0, 0, 0])[0] += 1
    return {word: Tally(*row) for word, row in sorted(counts.items()) if sum(row[:3]) >= LEAST}


def looked_at(
    texts: Sequence[tuple[str, list[Mark]]],
    encoder: Encoder,
    gazetteer: Gazetteer,
    words: dict[str, Tally],
    silver: bool,
) -> list[tuple[list[Line], Looked, list[bool | None]]]:
    """For each text its lines, its candidates with their clues, and which of them are places (None: not told)."""
    out = []
    for raw, marks in texts:
        text = prepare(Report(raw + "\n"))
        found = lines(text, encoder.name_odds(text))
        looked = first_look(found, gazetteer, words)
        told = []
        for span, clues in looked:
            row = found[span.line].words
            told.append(_told((row[span.first].start, row[span.last - 1].end), marks, span, clues, silver))
        out.append((found, looked, told))
    return out


def _told(
    span: tuple[int, int], marks: Sequence[Mark], known: Span, clues: dict[str, float], silver: bool
) -> bool | None:
    """Whether a candidate is a place. None where the set does not tell: GMB marks no place inside another name, and
    calls countries now `geo`, now `gpe`."""
    start, end = span
    beside = [(a, b, kind) for a, b, kind in marks if start < b and a < end]
    if (start, end, "LOCATION") in beside:
        return not (silver and _APART & clues.keys()) or None
    if any(kind == "UNTOLD" for *_, kind in beside):
        return None
    if silver:
        holds = [kind for a, b, kind in beside if a <= start and end <= b and (a, b) != span]
        if _APART & clues.keys() or "ORGANISATION" in holds or ("PERSON" in holds and "before title" in clues):
            return None
        country = known.standing.kind in ("country", "continent", "province") or known.standing.how == "name"
        if country and any(kind == "GPE" for *_, kind in beside):
            return None
    return False


def fitted(rows: Sequence[tuple[dict[str, float], bool, float]]) -> Weights:
    """Weights of a penalised logistic regression on (clues, place or not, weight of the case): Newton's method."""
    names = sorted({name for clues, *_ in rows for name in clues})
    column = {name: n for n, name in enumerate(names)}
    x: NDArray[np.float64] = np.zeros((len(rows), len(names)))
    for n, (clues, *_) in enumerate(rows):
        for name, value in clues.items():
            x[n, column[name]] = value
    y = np.array([place for _, place, _ in rows], dtype=float)
    cases = np.array([weight for *_, weight in rows])
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (cases * (y - p)) - L2 * w
        curve = (x * (cases * p * (1 - p))[:, None]).T @ x + L2 * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        w += step * min(1.0, 4.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-4:
            break
    return Weights({name: round(float(v), 3) for name, v in zip(names, w, strict=True) if abs(v) >= 0.005})


def main() -> None:
    """Make the weights and write them."""
    encoder, gazetteer = engine.load(), open_gazetteer(log=print)
    blocks = gmb_blocks(DATA, random.Random(SEED))
    seen = [written(block) for block in blocks[:GMB_BLOCKS]]
    words = tallies([*seen, written(uner_sentences(DATA / "ner/uner_en_ewt-ud-dev.iob2"))])
    runs = [written(b[i : i + TOGETHER]) for b in blocks[GMB_BLOCKS:] for i in range(0, len(b), TOGETHER)]
    random.Random(1).shuffle(runs)
    parts = [
        (looked_at(runs[:REPORTS], encoder, gazetteer, words, silver=True), 1.0),
        (looked_at(list(of_gum("train")), encoder, gazetteer, words, silver=False), float(GUM_TIMES)),
    ]

    def rows(every: int | None) -> list[tuple[dict[str, float], bool, float]]:
        return [
            (clues, place, weight)
            for documents, weight in parts
            for _, looked, told in (documents if every is None else documents[every::2])
            for (_, clues), place in zip(looked, told, strict=True)
            if place is not None
        ]

    first, halves = fitted(rows(None)), [fitted(rows(0)), fitted(rows(1))]
    for documents, _ in parts:
        for half in (0, 1):
            for found, looked, _ in documents[half::2]:
                look_again(found, looked, halves[1 - half])
    second = fitted(rows(None))
    about = (
        "Made by `python -m training.toponyms`, whose head tells from what. Log odds by clue; tallies of words: small "
    )
    about += "letters, then in names of persons, organisations, places."
    data = {"about": about, "accept": ACCEPT, "first": first, "second": second}
    counted = {word: [t.lower, t.person, t.organisation, t.place] for word, t in words.items()}
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)[:-2]
    OUT.write_text(
        f'{text},\n "words": {json.dumps(counted, separators=(",", ":"), ensure_ascii=False)}\n}}\n', "utf-8"
    )
    print(f"{OUT.name}: {len(rows(None))} candidates, {len(second)} clues, {len(words)} words")


if __name__ == "__main__":
    main()
