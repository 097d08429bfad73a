"""What class a source is of, and whether it is named. The words are `lexicon/en/source_classes.yaml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contested.lexicon import load
from contested.reading.antecedents import kind_of
from contested.reading.phrases import Token, tokens

_SPACE = re.compile(r"\s+")


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(id, class, pattern) of every entry, in the lexicon's order. All-capital words match capitals only."""
    out = []
    for entry in load("source_classes"):
        parts = []
        for word in sorted(entry.words, key=len, reverse=True):
            body = r"\s+".join(re.escape(part) for part in word.split())
            acronym = len(word) <= 6 and word.isupper()
            parts.append(body if acronym else f"(?i:{body})")
        out.append((entry.id, str(entry.value), re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?:['’]?s)?(?!\w)")))
    return tuple(out)


@lru_cache(maxsize=4096)
def class_of(words: str) -> tuple[str, str] | None:
    """(class, entry id) that the words themselves tell; None where no entry matches."""
    flat = _SPACE.sub(" ", words)
    for name, cls, pattern in _patterns():
        if pattern.search(flat):
            return cls, name
    return None


def classify_source(words: str, *, context: str = "") -> tuple[str, bool]:
    """The class of a source (one of `SOURCE_CLASSES`) and whether it is a named person or organisation.

    `context` is what stands around other mentions of the same source ("Orlan army spokesman Tadic"); it is asked only
    where the mention itself does not tell. Where nothing tells, the class is `other`.
    """
    told = class_of(words) or (class_of(context) if context else None)
    return (told[0] if told else "other"), is_named(words)


_ENDS = frozenset({"prep", "rel", "reduced"})


def is_named(words: str) -> bool:
    """Whether a mention names a person or an organisation: "Col. Tadic", "the army", but not "activists"."""
    found = [t for t in tokens(words) if t.word]
    body = found[1:] if len(found) > 1 and found[0].tags & {"det"} else found
    if not body:
        return False
    if any(t.low == "named" for t in body):
        return True
    definite = found[0].low in ("the", "this", "that") or (body[0].cap and body[0].text.endswith("s"))  # "Orlas army"
    indefinite = found[0] is not body[0] and found[0].low != "the"
    name = body[: next((i for i, t in enumerate(body) if i and not t.cap and t.tags & _ENDS), len(body))]
    head = name[-1]
    kind = kind_of([head])
    if head.tags & {"document"}:
        return any(_name(t, body) and not t.tags & {"demonym"} for t in name[:-1])
    if head.tags & {"office"} and not indefinite and not _plain_name(head, body):
        return definite or "office" in head.tags
    if len(body) == 1 and head.text.isupper() and len(head.text) > 1 and not head.tags & {"document", "head"}:
        return True
    if head.cap and len(name) > 1 and kind != "person" and not head.tags & {"title"} and any(t.cap for t in name[:-1]):
        return not indefinite or kind is None  # "the Orlan Democratic Forces"
    if kind in ("person", "people") or (head.tags & {"head", "title"} and kind is None):
        return False
    if kind == "body" and (indefinite or not (definite or "state" in {t.low for t in name})):
        return not indefinite and any(_name(t, body) and not t.tags & {"demonym"} for t in name)
    if kind == "body":
        return True
    return any(_name(t, body) for t in name)


def _plain_name(token: Token, body: list[Token]) -> bool:
    return not token.tags and _name(token, body)


def _name(token: Token, body: list[Token]) -> bool:
    """Whether a word looks like part of a name, in mentions of any case."""
    if token.cap:
        return True
    if token.text.isupper() or not any(t.text[0].isupper() for t in body):
        return not token.tags - {"title", "det"} and kind_of([token]) is None
    return False
