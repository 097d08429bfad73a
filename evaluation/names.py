"""Names: UniversalNER English-EWT test, exact spans with their label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from contested.reading.pipeline import Reader
from contested.statement import Report
from evaluation.gold import SHARED
from evaluation.result import Measured, NotMeasured, Result, corpus_hash, score
from evaluation.statements import packaged

PATH = SHARED / "data" / "ner" / "uner_en_ewt-ud-test.iob2"
LABELS = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}

Name = tuple[int, int, str]  # first character, one after the last, label


def sentences(path: Path) -> Iterator[tuple[str, set[Name]]]:
    """The sentences of an IOB2 file, words joined with one space, with their names as (start, end, label)."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            yield " ".join(row[1] for row in rows), names_of([(row[1], row[2]) for row in rows])


def names_of(words: Sequence[tuple[str, str]]) -> set[Name]:
    """Names from words and IOB2 tags (`B-PER`, `I-PER`, `O`); those with another label are left out."""
    found: list[Name] = []
    at = 0
    inside = False
    for word, tag in words:
        begin, _, kind = tag.partition("-")
        if begin == "B" and kind in LABELS:
            found.append((at, at + len(word), LABELS[kind]))
            inside = True
        elif begin == "I" and inside:
            found[-1] = found[-1][0], at + len(word), found[-1][2]
        else:
            inside = False
        at += len(word) + 1
    return set(found)


def names(log: Callable[[str], None]) -> Result:
    """F1 of exact spans with their label (PERSON, ORGANISATION, LOCATION)."""
    if not PATH.is_file():
        return NotMeasured("the set is not present (../shared/data/ner)")
    if not packaged():
        return NotMeasured("there are no packaged weights")
    reader = Reader.load()
    corpus = list(sentences(PATH))
    right = wanted = found = 0
    for text, gold in corpus:
        marks = reader.annotate(Report(text + "\n"), "names")
        guess = {(m["start"], m["end"], m["type"]) for m in marks}
        right, wanted, found = right + len(gold & guess), wanted + len(gold), found + len(guess)
    log(f"names: {len(corpus)} sentences")
    hashed = corpus_hash((str(n), text) for n, (text, _) in enumerate(corpus))
    return Measured({"names": score(right, wanted, found)}, len(corpus), "sentences", hashed)
