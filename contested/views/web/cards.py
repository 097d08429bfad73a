"""A report as its page shows it: the text in marked pieces, and a card for each statement with its slots in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from contested.statement import MODALITIES, MODES, SOURCE_CLASSES, TYPES, Statement
from contested.views import words
from contested.views.marking import paragraphs
from contested.views.web.rendering import link

#: The slots of a card: field, what it is called.
SLOTS = (
    ("actors", "who"), ("targets", "whom"), ("places", "where"), ("when", "when"), ("source", "according to"),
    ("said", "said"), ("harm", "harm"), ("share", "share"),
)  # fmt: skip
#: What is chosen from in a form.
CHOICES = {
    "types": {kind: list(names) for kind, names in TYPES.items()},
    "modes": {name: list(modes) for name, modes in MODES.items()},
    "modalities": list(MODALITIES), "classes": list(SOURCE_CLASSES), "effects": list(TYPES["toll"]),
}  # fmt: skip


def marked(text: str, statements: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """The text by lines and pieces: `text`, `start`, and where statements cover it `kind`, `over` (their ids, the
    shortest quote first), `anchor`, and `ends` (ids of those whose anchors end there)."""
    made = [Statement.from_json(one, text) for one in statements]
    ids = [str(one["id"]) for one in statements]
    out = []
    for pieces in paragraphs(text, made):
        line = []
        for piece in pieces:
            told: dict[str, Any] = {"text": piece.text, "start": piece.start}
            if piece.kind:
                inner = sorted(piece.over, key=lambda n: (n not in piece.anchors, len(made[n].quote), n))
                told |= {"kind": piece.kind, "over": [ids[n] for n in inner], "anchor": bool(piece.anchors)}
                told["ends"] = [ids[n] for n in piece.ends]
            line.append(told)
        out.append(line)
    return out


def card(statement: Mapping[str, Any]) -> dict[str, Any]:
    """What a card shows: `name`, and the slots that are filled, each with its values and what coded it."""
    said = Statement.from_json(statement, "")
    slots = [
        {"field": field, "label": label, "values": values, **how(statement, field)}
        for field, label in SLOTS if (values := list(_values(said, field)))
    ]  # fmt: skip
    name = " ".join(part for part in (said.type, said.mode) if part)
    about = [{"field": field, **how(statement, field)} for field in ("statement", "type", "mode", "modality")]
    return {"name": name, "slots": slots, "about": [one for one in about if one["by"] or one["sure"] is not None]}


def how(statement: Mapping[str, Any], field: str) -> dict[str, Any]:
    """What coded a field, and how sure that was; None where it is not known."""
    return {
        "by": (statement.get("by") or {}).get(field),
        "sure": (statement.get("sure") or {}).get(field),
    }


def _values(said: Statement, field: str) -> Iterator[dict[str, Any]]:
    """Each value in words, with a link to the page of what it means, its name, or why it is not known."""
    if field in ("actors", "targets", "places"):
        for mention in getattr(said, field):
            yield _mention(mention.text, mention.resolved or {})
    elif field == "source":
        if said.source is None:
            yield _mention(words.OWN_VOICE, {})
        else:
            known = said.source.resolved or {}
            yield {**_mention(said.source.text, known), "text": words.source(said.source)}
    else:
        texts: Iterable[str] = {
            "when": lambda: [words.when(said.when)],
            "said": lambda: [words.said(said)],
            "harm": lambda: [words.harm(one) for one in said.harm],
            "share": lambda: [words.share(said.share)] if said.share else [],
        }[field]()
        yield from (_mention(text, {}) for text in texts if text)


def _mention(text: str, known: Mapping[str, Any]) -> dict[str, Any]:
    href = None
    if known.get("party"):
        href = link("/party", id=known["party"])
    elif known.get("place"):
        href = link("/place", id=known["place"])
    name = known.get("name")
    return {"text": text, "href": href, "means": name if name != text else None, "why": known.get("why")}
