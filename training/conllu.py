"""CoNLL-U files → documents: tokens with their places in the text, dependencies, and the entities of GUM."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

#: A bracket of an entity in GUM's MISC column: `(12-person-…` opens, `12)` closes, `(12-person-…)` does both.
_BRACKET = re.compile(r"\((\d+)-(\w+)[^()]*(\))?|(\d+)\)")


class Entity(NamedTuple):
    """A mention of an entity: the id that its mentions share, its first and last token (inclusive), its type."""

    id: str
    first: int
    last: int
    type: str


@dataclass(slots=True)
class Token:
    """A syntactic word. `start` and `end` are its characters in the document; words of one contraction divide it."""

    form: str
    lemma: str  # in lower case
    upos: str
    head: int  # index in the sentence; -1 at the root
    relation: str
    enhanced: list[tuple[int, str]]  # heads and relations of the enhanced graph, without those to empty nodes
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Sentence:
    """A sentence: its tokens, its characters in the document, and its entities in the order in which they close."""

    tokens: list[Token]
    entities: list[Entity]
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Document:
    text: str
    sentences: list[Sentence]


def read(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file (`# newdoc` divides them), their sentences joined with one space.

    A contraction's words ("do", "n't") follow each other without a space; empty nodes are left out.
    """
    sentences: list[Sentence] = []
    with path.open(encoding="utf8") as lines:
        for block in _blocks(lines):
            if sentences and any(line.startswith("# newdoc") for line in block):
                yield _document(sentences)
                sentences = []
            rows = [line.split("\t") for line in block if not line.startswith("#")]
            if rows:
                sentences.append(_sentence(rows))
    if sentences:
        yield _document(sentences)


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Runs of lines between empty ones: the comments and rows of one sentence."""
    block: list[str] = []
    for line in lines:
        if line := line.rstrip("\n"):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _sentence(rows: Sequence[Sequence[str]]) -> Sentence:
    """A sentence whose offsets still count from its own start."""
    tokens: list[Token] = []
    misc: list[str] = []
    at = 0
    contracted_to, contraction_spaced = 0, False  # the last word of a contraction, and whether a space follows it
    for number, form, lemma, upos, _, _, head, relation, enhanced, other in rows:
        if "." in number:  # an empty node
            continue
        spaced = "SpaceAfter=No" not in other
        if "-" in number:
            contracted_to, contraction_spaced = int(number.split("-")[1]), spaced
            continue
        if int(number) <= contracted_to:
            spaced = contraction_spaced and int(number) == contracted_to
        end = at + len(form)
        tokens.append(Token(form, lemma.lower(), upos, int(head) - 1, relation, _enhanced(enhanced), at, end))
        misc.append(other)
        at = end + spaced
    return Sentence(tokens, _entities(misc))


def _enhanced(column: str) -> list[tuple[int, str]]:
    """`4:nsubj|7:obl:in` → [(3, "nsubj"), (6, "obl:in")]."""
    pairs = (part.partition(":") for part in column.split("|"))
    return [(int(head) - 1, relation) for head, _, relation in pairs if head.isdigit()]


def _entities(misc: Sequence[str]) -> list[Entity]:
    """The entities told by brackets in the MISC columns of a sentence; those that never close are left out."""
    closed: list[Entity] = []
    opened: list[Entity] = []
    for n, column in enumerate(misc):
        brackets = re.search(r"Entity=([^|]*)", column)
        for opening, kind, whole, closing in _BRACKET.findall(brackets[1]) if brackets else ():
            if whole:
                closed.append(Entity(opening, n, n, kind))
            elif opening:
                opened.append(Entity(opening, n, n, kind))
            else:
                last = next((e for e in reversed(opened) if e.id == closing), None)
                if last:
                    opened.remove(last)
                    closed.append(last._replace(last=n))
    return closed


def _document(sentences: list[Sentence]) -> Document:
    """Join sentences, moving their offsets to where they then stand."""
    parts = []
    at = 0
    for sentence in sentences:
        parts.append(_surface(sentence.tokens))
        sentence.start, sentence.end = at, at + len(parts[-1])
        for token in sentence.tokens:
            token.start += at
            token.end += at
        at = sentence.end + 1
    return Document(" ".join(parts), sentences)


def _surface(tokens: Iterable[Token]) -> str:
    """The words as they stand, of tokens whose offsets count from the sentence's start."""
    text = ""
    for token in tokens:
        text += " " * (token.start - len(text)) + token.form
    return text
