"""Cues of reporting ("said", "according to", "denied") and where they stand: `lexicon/en/reporting_verbs.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from contested.lexicon import load
from contested.reading.phrases import Token

MARKS = frozenset('"“”„«»')
OPENING = frozenset('"“„«')


@dataclass(frozen=True, slots=True)
class Manner:
    """How a cue attributes; the fields are those of the lexicon's header comment."""

    kind: str
    source: str
    takes: str
    strict: bool = False
    inverts: bool = False
    listener: bool = False
    carrier: bool = False
    weak: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    sure: float = 0.85


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `at` to `end`; `form` is its first word, `rule` the lexicon entry."""

    at: int
    end: int
    form: str
    rule: str
    manner: Manner

    @property
    def participle(self) -> bool:
        return self.form.endswith("ing")


@dataclass(slots=True)
class Line:
    """The tokens of one sentence, with a running count of its verbs."""

    words: list[Token]
    counts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, i: int) -> Token:
        return self.words[i]

    def verbs(self, start: int, end: int) -> int:
        """How many tokens of the range make a clause."""
        return self.counts[end] - self.counts[start] if start < end else 0

    def mark(self, i: int) -> bool:
        """Whether a quotation mark stands at `i`."""
        return 0 <= i < len(self.words) and self.words[i].text in MARKS

    def text(self, i: int) -> str:
        """The token's text, or nothing outside the sentence."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], str, Manner], ...]]:
    """First word of a cue → (its words, the entry, its manner), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, Manner]]] = {}
    for entry in load("reporting_verbs"):
        value: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.value.items()}
        manner = Manner(**value)
        for words in entry.words:
            parts = tuple(words.lower().split())
            found.setdefault(parts[0], []).append((parts, entry.id, manner))
    return {first: tuple(sorted(options, key=lambda o: -len(o[0]))) for first, options in found.items()}


def cue_at(line: Line, i: int) -> Cue | None:
    """The cue that starts at token `i`, if one does and it has a speaker."""
    for parts, rule, manner in _cues().get(line[i].low, ()):
        end = i + len(parts)
        if tuple(t.low for t in line.words[i:end]) == parts:
            cue = Cue(i, end, parts[0], rule, manner)
            return cue if _attributes(line, cue) else None
    return None


def _attributes(line: Line, cue: Cue) -> bool:
    """Whether the form is a verb with a speaker, not a noun, a name, a passive, an infinitive or a negation."""
    if cue.manner.source != "subject":
        return True
    if line[cue.at].cap and cue.at > 0 and line[cue.at - 1].word:
        return False  # a name: "Edward Said"
    k = cue.at
    while k > 0 and "adv" in line[k - 1].tags and "nobody" not in line[k - 1].tags:
        k -= 1
    before = line[k - 1] if k else None
    passive = line.low(cue.end) == "by" and not ("occasion" in line[cue.end + 1].tags if cue.end + 1 < len(line) else 0)
    if passive or any(t.low in cue.manner.not_before for t in line.words[cue.end : cue.end + 6]):
        return False
    if before is not None:
        if before.tags & {"nobody"} or before.low in ("to", "a", "an", "the"):
            return False
        if "being" in before.tags:
            return cue.participle
        if "aux" in before.tags and k > 1 and "nobody" in line[k - 2].tags:
            return False
    phrase = " ".join(t.low for t in line.words[cue.at : cue.end])
    return phrase not in cue.manner.weak or _verb_for_certain(line, cue, before)


def _verb_for_certain(line: Line, cue: Cue, before: Token | None) -> bool:
    """Whether a form that is a noun as often ("reports", "claims") is a verb here."""
    if before is None or before.tags & {"det", "prep"}:
        return False
    named = before.cap or "pron" in before.tags
    if line.text(cue.end) in ("", "."):
        return named
    after = line[cue.end]
    telling = after.low == "that" or after.text in MARKS or "det" in after.tags or after.number
    return (telling or "pron" in before.tags) and (named or "head" in before.tags or after.low == "that")
