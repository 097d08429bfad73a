"""From the fields of a form to the slots of a statement: words that must stand in the report, codes, days, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from contested.errors import RecordError
from contested.statement import MODES, TYPES, nearest
from contested.views.web.sent import Sent

#: Type → its kind. No two kinds share a type.
KIND_OF = {name: kind for kind, names in TYPES.items() for name in names}
ROLES = ("actors", "targets", "places")
#: Numbers of people are below this.
MOST = 10**10
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def corrected(held: Mapping[str, Any], text: str, sent: Sent, known: Mapping[str, Any]) -> dict[str, Any]:
    """The slots that a form changes of a statement (`held`, its JSON object; empty for a new one).

    Only slots whose fields were sent are looked at. `known` maps words to what they were resolved to elsewhere in the
    report. Raises `RecordError` in words that tell what to mend.
    """
    near = int(held.get("anchor_start") or held.get("quote_start") or 0)
    found = _codes(sent)
    for role in ROLES:
        if role in sent:
            found[role] = _mentions(held.get(role) or (), text, near, sent.raw(role).split("\n"), role, known)
    for name, make in (("when", _when), ("said", _said), ("share", _share)):
        if f"{name}_text" in sent:
            found[name] = make(held.get(name), text, near, sent)
    if "source_text" in sent:
        found["source"] = _source(held.get("source"), text, near, sent, known)
    if "harm_effect" in sent:
        found["harm"] = list(_harm(held.get("harm") or (), text, sent))
    return {slot: value for slot, value in found.items() if value != _plain(held.get(slot), slot)}


def added(text: str, sent: Sent, known: Mapping[str, Any]) -> dict[str, Any]:
    """A new statement from a form: its quote and anchor as they stand in the text, and its slots. Raises
    `RecordError`."""
    if not sent.one("quote") or not sent.one("anchor"):
        raise _wrong("a statement needs a quote, and in it the word or words that carry it (the anchor)")
    if sent.one("type") not in KIND_OF:
        raise _wrong("a statement needs a type")
    quote, at = stretch(text, sent.one("quote"), _offset(sent.one("quote_at")), "the quote")
    inside = _offset(sent.one("anchor_at")) - at if sent.one("anchor_at") else 0
    anchor, within = stretch(quote, sent.one("anchor"), max(inside, 0), "the anchor", "the quote")
    placed = {"quote": quote, "quote_start": at, "anchor": anchor, "anchor_start": at + within}
    return {**placed, **corrected(placed, text, sent, known)}


def stretch(text: str, words: str, near: int, what: str, where: str = "the report") -> tuple[str, int]:
    """Words as they stand in the text, nearest to offset `near`, whatever the white space between them; their offset.

    Raises `RecordError` where they do not stand there.
    """
    at = nearest(text, words, near)
    if at >= 0:
        return words, at
    spaced = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = min(spaced.finditer(text), key=lambda match: abs(match.start() - near), default=None) if words else None
    if found is None:
        raise _wrong(f"{what}: “{_short(words)}” does not stand in {where}; give words as they stand there")
    return found.group(), found.start()


def resolutions(statements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Words of mentions and sources in a report → what they were resolved to, the first time they were."""
    out: dict[str, Any] = {}
    for one in statements:
        source = [one["source"]] if one.get("source") else []
        for mention in (*(m for role in ROLES for m in one.get(role) or ()), *source):
            if mention.get("resolved"):
                out.setdefault(mention["text"], mention["resolved"])
    return out


def _codes(sent: Sent) -> dict[str, Any]:
    found: dict[str, Any] = {}
    type_, mode = sent.one("type"), sent.one("mode")
    if "type" in sent:
        if type_ not in KIND_OF:
            raise _wrong(f"type: {_short(type_)!r} is none of the types")
        found |= {"kind": KIND_OF[type_], "type": type_}
    if "mode" in sent:
        if mode and type_ and mode not in MODES.get(type_, ()):
            modes = ", ".join(MODES.get(type_, ())) or "it has none"
            raise _wrong(f"mode: {_short(mode)!r} is no mode of {type_} ({modes})")
        found["mode"] = mode or None
    if "modality" in sent:
        found["modality"] = sent.one("modality")
    return found


def _mentions(
    held: Iterable[Any], text: str, near: int, lines: Iterable[str], role: str, known: Mapping[str, Any]
) -> list[Any]:
    """A mention a line. Those that were there stay as they are."""
    before: dict[str, list[Any]] = {}
    for mention in held:
        before.setdefault(_line(mention["text"]), []).append(mention)
    out = []
    for line in filter(None, map(_line, lines)):
        if before.get(line):
            out.append(before[line].pop(0))
            continue
        words, at = stretch(text, line, near, role)
        out.append({"text": words, "start": at, "end": at + len(words), **_resolved(known, words)})
    return out


def _resolved(known: Mapping[str, Any], words: str) -> dict[str, Any]:
    return {"resolved": known[words]} if words in known else {}


def _when(held: Mapping[str, Any] | None, text: str, near: int, sent: Sent) -> dict[str, Any] | None:
    words, start, end = sent.one("when_text"), _day(sent, "when_start"), _day(sent, "when_end")
    if not words and not start and not end:
        return None
    if held and (_line(held["text"]), held.get("start"), held.get("end")) == (words, start, end):
        return dict(held)
    if start and end and start > end:
        raise _wrong(f"when: it begins on {start} and ends on {end}, before")
    if not words:
        raise _wrong("when: give the words of the report that tell the days")
    stands, at = stretch(text, words, near, "when")
    return {"text": stands, "start": start, "end": end, "text_start": at}


def _source(
    held: Mapping[str, Any] | None, text: str, near: int, sent: Sent, known: Mapping[str, Any]
) -> dict[str, Any] | None:
    words = sent.one("source_text")
    if not words:
        return None
    about = {"class": sent.one("source_class") or "other", "named": sent.one("source_named") == "yes"}
    if held and _line(held["text"]) == words:
        return {**held, **about}
    stands, at = stretch(text, words, near, "according to")
    via = list(held.get("via") or ()) if held else []
    return {"text": stands, **about, "via": via, "start": at, **_resolved(known, stands)}


def _said(held: Mapping[str, Any] | None, text: str, near: int, sent: Sent) -> dict[str, Any] | None:
    words, day = sent.one("said_text"), _day(sent, "said_date")
    if held and (_line(held["text"]), held.get("date")) == (words, day):
        return dict(held)
    if not words:
        if day:
            raise _wrong("said: give the words of the report that tell the day")
        return None
    return {"text": stretch(text, words, near, "said")[0], "date": day}


def _share(held: Mapping[str, Any] | None, text: str, near: int, sent: Sent) -> dict[str, Any] | None:
    words, number = sent.one("share_text"), sent.one("share_value")
    if not words:
        if number:
            raise _wrong("share: give the words of the report that tell how much")
        return None
    try:
        value = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1) if number else None
    except ValueError:
        raise _wrong(f"share: {_short(number)!r} is no fraction; write 0.7 or 70%") from None
    if value is not None and not 0 <= value <= 1:
        raise _wrong(f"share: {_short(number)!r} is not from 0 to 1")
    if held and (_line(held["text"]), held.get("value")) == (words, value):
        return dict(held)
    return {"text": stretch(text, words, near, "share")[0], "value": value}


def _harm(held: Iterable[Mapping[str, Any]], text: str, sent: Sent) -> Iterable[dict[str, Any]]:
    rows = [sent.all(f"harm_{name}") for name in ("effect", "low", "high", "who")]
    if len({len(row) for row in rows}) != 1:
        raise _wrong("harm: each row has an effect, from, to and who")
    before = {_line(one["who"]): one["who"] for one in held if one.get("who")}
    for effect, low, high, who in zip(*rows, strict=True):
        if effect:
            words = (before.get(who) or stretch(text, who, 0, "harm")[0]) if who else None
            yield {"effect": effect, "who": words, "low": _number(low), "high": _number(high)}
        elif low or high or who:
            raise _wrong("harm: say which effect the numbers are of")


def _number(words: str) -> int | None:
    digits = words.replace(",", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and int(digits[:20]) < MOST):
        raise _wrong(f"harm: {_short(words)!r} is no number of people")
    return int(digits)


def _day(sent: Sent, name: str) -> str | None:
    words = sent.one(name)
    if words and not _DAY.fullmatch(words):
        raise _wrong(f"{name.replace('_', ' ')}: {_short(words)!r} is no day; write 2016-12-02, 2016-12 or 2016")
    return words or None


def _offset(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else 0


def _plain(value: Any, slot: str) -> Any:
    """A slot's value as a form would give it back unchanged."""
    if slot in (*ROLES, "harm"):
        return list(value or ())
    return value


def _line(words: str) -> str:
    """Words as they stand in a field of one line."""
    return " ".join(words.split())


def _short(words: str) -> str:
    return words if len(words) < 80 else f"{words[:77]}…"


def _wrong(reason: str) -> RecordError:
    return RecordError("judgement", reason)
