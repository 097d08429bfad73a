"""The nouns: `Report`, `Statement`, `Mention` and the values a statement holds.

All are frozen, compare by value and go to and from JSON in the codebook's file format
(`docs/statement.md`). Offsets are character offsets (Python string indices) into `Report.text` as it was given.
A statement's `id` is a hash of its content: the same words of the same report read the same way have the same id,
whichever version read them; `by` and `sure`, which say how it was read, are not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

Kind = Literal["event", "control", "toll", "condition", "relation", "position"]

#: Kind → its types. Events are PLOVER's sixteen.
TYPES: Mapping[str, tuple[str, ...]] = {
    "event": (
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    ),
    "control": ("captures", "loses", "holds", "besieges"),
    "toll": ("killed", "injured", "displaced", "detained", "abducted", "missing"),
    "condition": ("shortage", "access", "damage", "hazard", "services", "truce"),
    "relation": ("allied", "backs", "opposes", "member", "leads", "alias"),
    "position": ("assessment", "prediction", "intention"),
}  # fmt: skip
#: Event type → its modes. PLOVER's lists, with what the codebook adds; a type that is not here has none.
MODES: Mapping[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "allege", "investigate"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "execute", "sexual", "targeted", "cleansing", "primitive", "firearms",
        "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "unconventional", "crowd-control",
        "destroy",
    ),
}  # fmt: skip
EFFECTS: tuple[str, ...] = TYPES["toll"]
MODALITIES: tuple[str, ...] = ("asserted", "denied", "possible", "future")
SOURCE_CLASSES: tuple[str, ...] = (
    "government", "military", "opposition", "armed-group", "monitor", "igo", "ngo", "media", "expert", "medic",
    "witness", "other",
)  # fmt: skip


def digest(value: Any) -> str:
    """First 16 hex digits of the SHA-256 of the canonical JSON of `value`."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the report that name someone, something or some place: `report.text[start:end] == text`.

    `resolved` holds what the words were resolved to (party, place, coordinates), if anything.
    """

    text: str
    start: int
    end: int
    resolved: Mapping[str, Any] | None = field(default=None, hash=False)

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"text": self.text, "start": self.start, "end": self.end}
        if self.resolved:
            out["resolved"] = dict(self.resolved)
        return out

    @classmethod
    def from_json(cls, data: Any, text: str = "", near: int = 0, quote: tuple[int, int] | None = None) -> Self:
        """From `{text, start, end}`, or from bare words: then the occurrence nearest to `quote`, a span of `text`.

        Inside the quote, and where no quote is given, nearest means nearest to offset `near`.
        """
        if isinstance(data, str):
            data = {"text": data}
        words, start, end = data["text"], data.get("start"), data.get("end")
        if start is None:
            start, end = nearest(text, words, near, quote), None
        if end is None:
            end = start + len(words) if start >= 0 else -1
        return cls(words, start, end, data.get("resolved"))


def nearest(text: str, words: str, near: int, quote: tuple[int, int] | None = None) -> int:
    """Offset of the occurrence of `words` in `text` nearest to offset `near`; -1 where there is none.

    With a `quote` (start, end), an occurrence inside it comes first, and outside it the one nearest to its borders.
    """
    if not words:
        return -1
    if quote is not None:
        start, end = quote
        inside = _either_side(text[start:end], words, max(near - start, 0))
        if inside:
            return start + min(inside, key=lambda at: abs(start + at - near))
        outside = _either_side(text, words, start)
        return min(outside, key=lambda at: max(start - at - len(words), at - end), default=-1)
    return min(_either_side(text, words, near), key=lambda at: abs(at - near), default=-1)


def _either_side(text: str, words: str, near: int) -> list[int]:
    """The last occurrence that starts at or before `near` and the first that starts at or after it, where there are."""
    return [at for at in (text.rfind(words, 0, near + len(words)), text.find(words, near)) if at >= 0]


@dataclass(frozen=True, slots=True)
class When:
    """A statement's time: the words, the ISO dates they mean (inclusive, either end may be unknown) and why.

    `basis` is one of `stated` (fully dated in the words), `dateline`, `published` (reckoned from that date),
    `context` (reckoned from another date in the text) or `unresolved` with both dates null. `type` and `value` are
    those of TIMEX3 ("DATE", "2016-W48"), null where several times make one. `offset` is the distance from the unknown
    day of publication ("P-2D"), where neither date is known and the words tell it.
    """

    text: str
    start: str | None
    end: str | None
    basis: str | None = None
    text_start: int | None = None
    type: str | None = None
    value: str | None = None
    offset: str | None = None

    def to_json(self) -> dict[str, Any]:
        return _drop({"text": self.text, "start": self.start, "end": self.end},
                     basis=self.basis, text_start=self.text_start, type=self.type, value=self.value,
                     offset=self.offset)  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data.get("text") or "", data.get("start"), data.get("end"), data.get("basis"),
                   data.get("text_start"), data.get("type"), data.get("value"), data.get("offset"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """To whom the report attributes a statement. `via` lists the carriers of a chain ("Sana quoted the army").

    `resolved` holds the party that the words mean, as in `Mention`.
    """

    text: str
    cls: str
    named: bool
    via: tuple[str, ...] = ()
    start: int | None = None
    resolved: Mapping[str, Any] | None = field(default=None, hash=False)

    def to_json(self) -> dict[str, Any]:
        return _drop({"text": self.text, "class": self.cls, "named": self.named, "via": list(self.via)},
                     start=self.start, resolved=dict(self.resolved) if self.resolved else None)  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data.get("text") or "", data.get("class") or "other", bool(data.get("named")),
                   tuple(data.get("via") or ()), data.get("start"), data.get("resolved"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """When the source said it, if the report tells: the words, and the ISO date they mean."""

    text: str
    date: str | None

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "date": self.date}


@dataclass(frozen=True, slots=True)
class Harm:
    """People harmed: `low` and `high` bound the number (persons, inclusive; null is unbounded)."""

    effect: str
    who: str | None
    low: int | None
    high: int | None

    def to_json(self) -> dict[str, Any]:
        return {"effect": self.effect, "who": self.who, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the ground: the words and a fraction from 0 to 1 (null where the words give none)."""

    text: str
    value: float | None

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "value": self.value}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a report says about a conflict, in the voice of one source (codebook: docs/statement.md).

    `by` maps a field to what coded it (a model with its version, or a rule id); `sure` maps a field to a probability
    from 0 to 1, calibrated on held-out reports only where the model's card says so.
    """

    kind: str
    type: str
    anchor: str
    quote: str
    anchor_start: int
    quote_start: int
    mode: str | None = None
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    when: When | None = None
    source: Source | None = None
    said: Said | None = None
    modality: str = "asserted"
    harm: tuple[Harm, ...] = ()
    share: Share | None = None
    by: Mapping[str, str] = field(default_factory=dict, compare=False)
    sure: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> str:
        """Hash of the content (16 hex digits); the reader's version is no part of it."""
        content = self._content()
        for name in ("actors", "targets", "places"):
            content[name] = [[m["text"], m["start"]] for m in content[name]]
        for derived in ("basis", "type", "value", "offset"):
            (content["when"] or {}).pop(derived, None)
        (content["source"] or {}).pop("resolved", None)
        return digest(content)

    def _content(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "type": self.type,
            "mode": self.mode,
            "anchor": self.anchor,
            "quote": self.quote,
            "quote_start": self.quote_start,
            "anchor_start": self.anchor_start,
            "actors": [m.to_json() for m in self.actors],
            "targets": [m.to_json() for m in self.targets],
            "places": [m.to_json() for m in self.places],
            "when": self.when.to_json() if self.when else None,
            "source": self.source.to_json() if self.source else None,
            "said": self.said.to_json() if self.said else None,
            "modality": self.modality,
            "harm": [h.to_json() for h in self.harm],
            "share": self.share.to_json() if self.share else None,
        }

    def to_json(self) -> dict[str, Any]:
        """The codebook's object, with `id`, offsets, `by` and `sure`."""
        return {"id": self.id, **self._content(), "by": dict(self.by), "sure": dict(self.sure)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], text: str) -> Self:
        """From the codebook's object; offsets that are not given are derived from the words, as the codebook says."""
        quote, anchor = data.get("quote") or "", data.get("anchor") or ""
        quote_start = data.get("quote_start")
        if quote_start is None:
            quote_start = nth(text, quote, data.get("quote_n") or 1)
        anchor_start = data.get("anchor_start")
        if anchor_start is None:
            inside = quote.find(anchor)
            anchor_start = quote_start + inside if quote_start >= 0 and inside >= 0 else -1
        near = max(anchor_start, quote_start, 0)
        span = (quote_start, quote_start + len(quote)) if quote_start >= 0 else None

        def mentions(name: str) -> tuple[Mention, ...]:
            return tuple(Mention.from_json(m, text, near, span) for m in data.get(name) or ())

        said, share = data.get("said"), data.get("share")
        return cls(
            kind=data["kind"], type=data["type"], anchor=anchor, quote=quote, anchor_start=anchor_start,
            quote_start=quote_start, mode=data.get("mode"), actors=mentions("actors"), targets=mentions("targets"),
            places=mentions("places"), when=When.from_json(data["when"]) if data.get("when") else None,
            source=Source.from_json(data["source"]) if data.get("source") else None,
            said=Said(said.get("text") or "", said.get("date")) if said else None,
            modality=data.get("modality") or "asserted",
            harm=tuple(Harm(h["effect"], h.get("who"), h.get("low"), h.get("high")) for h in data.get("harm") or ()),
            share=Share(share.get("text") or "", share.get("value")) if share else None,
            by=dict(data.get("by") or {}), sure=dict(data.get("sure") or {}),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One item as one outlet published it. `published` is an ISO date (YYYY-MM-DD) or None where it is not known."""

    text: str
    id: str = ""
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    statements: tuple[Statement, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", digest([self.outlet, self.published, self.text]))

    def with_statements(self, statements: Iterable[Statement]) -> Report:
        return replace(self, statements=tuple(statements))

    def to_json(self) -> dict[str, Any]:
        """The codebook's object for a report; unknown keys it came with are kept."""
        return {
            **self.extra,
            "id": self.id,
            "outlet": self.outlet,
            "title": self.title,
            "published": self.published,
            "url": self.url,
            "text": self.text,
            "statements": [s.to_json() for s in self.statements],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """From the codebook's object; everything but `text` is optional."""
        known = ("id", "outlet", "title", "published", "url", "text", "statements")
        text, given = data["text"], data.get("id")
        return cls(
            text=text, id="" if given is None else str(given), outlet=data.get("outlet"), title=data.get("title"),
            published=data.get("published"), url=data.get("url"),
            statements=tuple(Statement.from_json(s, text) for s in data.get("statements") or ()),
            extra={k: v for k, v in data.items() if k not in known},
        )  # fmt: skip


def nth(text: str, words: str, n: int) -> int:
    """Offset of the `n`th occurrence (from 1; occurrences may overlap) of `words` in `text`; -1 where there is none."""
    at = -1
    for _ in range(n if words else 0):
        at = text.find(words, at + 1)
        if at < 0:
            break
    return at


def _drop(out: dict[str, Any], **optional: Any) -> dict[str, Any]:
    out.update({k: v for k, v in optional.items() if v is not None})
    return out
