"""How much of the ground: fills `share` of control statements.

The model marks the words of a share; where it marks none, they are looked for in the quote, nearest to the place or the
anchor. "About 70 percent" is 0.70, "most" 0.5, "nearly all" 1.0; "much" has no value. Words: `lexicon/en/shares.yaml`.

Needs: kind, type, anchor, quote, role `share`, places. Fills: share, `by["share"]`, `sure["share"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from contested.lexicon import Entry, load
from contested.reading.alternatives import any_of
from contested.reading.draft import Draft
from contested.statement import Share
from contested.text.layout import Text

RULE = "rule:holds."
_OF_GROUND = r"(?=(?i:\s+of\s+(?!which|whom|them\b|it\b)|\s+the\s)|\s+[A-Z]|\s*$)"
_OF_WHOLE = r"(?=(?i:\s+of\s+|\s+the\s)|\s*$)"
_OF_CONTROL = r"(?=\s+(?:\w+\s+)?(?i:control|hold|grip|command|rule)\b|\s*$)"
_ENDS = {"part": _OF_GROUND, "adverb": r"\b", "adjective": _OF_CONTROL}
_NEAR = 20  # characters between "full" and the anchor: "full control", "full and undisputed control"
_LEFT = 80  # characters before a place within which its share may stand: "most of the oil-rich province of Qasr"


@dataclass(frozen=True, slots=True)
class _Found:
    """A share of value `n` at `start:end`, found by lexicon entry `rule` of role `role`, for control of `types`."""

    start: int
    end: int
    n: float | None
    rule: str
    role: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    patterns: tuple[tuple[Entry, re.Pattern[str]], ...]
    numbers: dict[str, dict[str, float]]


@cache
def _rules() -> _Rules:
    entries = load("shares")
    numbers = {
        role: {w: n for e in entries if e.value["is"] == role for w, n in zip(e.words, e.value["n"], strict=True)}
        for role in ("tens", "fraction", "count")
    }

    def near(*roles: str) -> str:
        return "(?:" + any_of(w for e in entries if e.value["is"] in roles for w in e.words) + r"\s+){0,3}"

    bodies = {
        "tens": rf"(?P<tens>{any_of(numbers['tens'])})\s*(?:percent|per\s+cent)\b",
        "fraction": rf"(?P<count>{any_of(numbers['count'])})[\s-]+(?P<part>{any_of(numbers['fraction'])})",
    }
    patterns = []
    for entry in entries:
        role = entry.value["is"]
        if role in ("near", "near-number", "count"):
            continue
        body = bodies.get(role) or entry.pattern or any_of(entry.words)
        before = near("near") if role in _ENDS else near("near", "near-number")
        end = _OF_WHOLE if role == "fraction" else _ENDS.get(role, "")
        patterns.append((entry, re.compile(rf"(?<![\w-])(?i:{before}(?:{body})){end}")))
    return _Rules(tuple(patterns), numbers)


def _find(text: str, start: int, end: int) -> Iterator[_Found]:
    """The shares in `text[start:end]`."""
    rules = _rules()
    for entry, pattern in rules.patterns:
        for match in pattern.finditer(text, start, end):
            n = entry.value["n"] if entry.value["is"] in _ENDS else _reckon(match, rules.numbers)
            if n is None or n <= 1:
                yield _Found(
                    match.start(), match.end(), n, entry.id, entry.value["is"], tuple(entry.value.get("types") or ())
                )


def _reckon(match: re.Match[str], numbers: dict[str, dict[str, float]]) -> float:
    groups = {name: words.lower() for name, words in match.groupdict().items() if words}
    if "part" in groups:
        return round(numbers["count"][groups["count"]] / numbers["fraction"][groups["part"]], 2)
    if "tens" in groups:
        return numbers["tens"][groups["tens"]] / 100
    if "low" in groups:
        return round((float(groups["low"]) + float(groups["high"])) / 200, 4)
    return round(float(groups["one"]) / 100, 4)


def read_share(words: str) -> float | None:
    """The fraction (0 to 1) that `words` mean: "about 70 percent" is 0.7; None where they mean none ("much")."""
    found = sorted(_find(words, 0, len(words)), key=lambda f: (f.start, -f.end))
    return found[0].n if found else None


def read_holds(text: Text, drafts: list[Draft]) -> None:
    """Fill the share of the drafts of kind control."""
    for draft in drafts:
        if draft.kind != "control" or draft.type == "besieges":
            continue
        marked = draft.roles.get("share")
        if marked:
            span = marked[0]
            words = text.raw[span.start : span.end]
            draft.share = Share(words, read_share(words))
            draft.by["share"], draft.sure["share"] = span.by, span.sure
            continue
        found = _by_rule(text.raw, draft, [d for d in drafts if d.kind == "control"])
        if found is not None:
            draft.share = Share(text.raw[found.start : found.end], found.n)
            draft.by["share"] = RULE + found.rule


def _by_rule(raw: str, draft: Draft, drafts: list[Draft]) -> _Found | None:
    """The share of the quote that is nearest before a place of the statement, else nearest to its anchor.

    A share that stands nearer to the anchor of another statement on control is left to that.
    """

    def ours(found: _Found) -> bool:
        far = abs(found.start - draft.anchor.start)
        return all(
            far <= abs(found.start - other.anchor.start)
            for other in drafts
            if other.quote.start <= found.start < other.quote.end
        )

    options = [f for f in _find(raw, draft.quote.start, draft.quote.end) if _fits(raw, draft, f) and ours(f)]
    if not options:
        return None
    places = [place.start for place in draft.places or draft.roles.get("places", [])]

    def distance(found: _Found) -> tuple[int, int, int]:
        to_place = min((p - found.end for p in places if 0 <= p - found.end <= _LEFT), default=10_000)
        return to_place, abs(found.start - draft.anchor.start), -(found.end - found.start)

    return min(options, key=distance)


def _fits(raw: str, draft: Draft, found: _Found) -> bool:
    if found.types and draft.type not in found.types:
        return False
    if found.role == "adverb":
        between = raw[found.end : draft.anchor.start]
        return found.end <= draft.anchor.start and not between.strip()
    return found.role != "adjective" or -_NEAR < found.start - draft.anchor.end < _NEAR
