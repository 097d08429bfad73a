"""What the reader knows, as data. No logic here but loading and checking.

A language is a folder (`en/`), a subject is a YAML file in it: a list of entries, each with an `id`, the words or
pattern it matches, the `value` it gives, an `example` with what it must give and a `not` that it must leave alone.
A test runs every `example` and every `not` through the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from contested.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the reader knows.

    `words` are literal words (case-insensitive); `pattern` is a regular expression (case-insensitive);
    an entry has at least one of the two. `value` is what it means, in the form its file's header comment describes.
    `example` is a sentence of our own and `gives` what reading it must give; `leaves` are sentences where the entry
    must not fire.
    """

    id: str
    words: tuple[str, ...]
    pattern: str | None
    value: Any
    example: str
    gives: Any
    leaves: tuple[str, ...]
    note: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@cache
def load(name: str, language: str = "en") -> tuple[Entry, ...]:
    """The entries of `contested/lexicon/<language>/<name>.yaml`. Raises `LexiconError` naming the file and entry."""
    import yaml

    file = resources.files("contested.lexicon") / language / f"{name}.yaml"
    where = f"lexicon/{language}/{name}.yaml"
    try:
        raw = yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise LexiconError(f"{where}: no such lexicon") from None
    except yaml.YAMLError as error:
        raise LexiconError(f"{where}: {error}") from error
    entries, seen = [], set()
    for n, item in enumerate(raw or (), 1):
        entry = _check(where, n, item)
        if entry.id in seen:
            raise LexiconError(f"{where}: entry {n}: id {entry.id!r} stands twice")
        seen.add(entry.id)
        entries.append(entry)
    return tuple(entries)


_KEYS = {"id", "words", "pattern", "value", "example", "gives", "not", "note"}


def _check(where: str, n: int, item: Any) -> Entry:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        raise LexiconError(f"{where}: entry {n}: an entry is a mapping with an `id`")
    name = f"{where}: entry {item['id']!r}"
    words = item.get("words") or ()
    if isinstance(words, str):
        words = (words,)
    for word in words:
        if not isinstance(word, str):
            raise LexiconError(f"{name}: {word!r} in `words` is no string; YAML needs quotation marks around it")
    if not words and not item.get("pattern"):
        raise LexiconError(f"{name}: has neither `words` nor `pattern`")
    if not item.get("example"):
        raise LexiconError(f"{name}: has no `example`")
    leaves = item.get("not") or ()
    if isinstance(leaves, str):
        leaves = (leaves,)
    return Entry(
        id=item["id"], words=tuple(words), pattern=item.get("pattern"), value=item.get("value"),
        example=item["example"], gives=item.get("gives"), leaves=tuple(leaves), note=item.get("note") or "",
        more={k: v for k, v in item.items() if k not in _KEYS},
    )  # fmt: skip
