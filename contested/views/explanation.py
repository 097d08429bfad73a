"""What a code or a rule means, from the lexicon: its meaning, what it matches, and its examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

from contested.lexicon import Entry, load
from contested.statement import MODES, TYPES

#: The lexicon file that holds the meanings of codes; all others hold rules.
CODES = "codes"
_GROUPS = {
    "kind": "kind of statement", "type": "type of {}", "mode": "mode of {}", "source": "class of source",
    "effect": "effect of harm", "modality": "modality", "by": "what coded a field",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and where it stands: language and file name without ending."""

    language: str
    file: str
    entry: Entry

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be asked for by."""
        return (self.entry.id, *self.entry.words) if self.file == CODES else (self.entry.id,)


def files() -> list[tuple[str, str]]:
    """Language and name of every lexicon file, in order. Other folders hold names of parties and places."""
    found = []
    for folder in resources.files("contested.lexicon").iterdir():
        if folder.is_dir() and len(folder.name) == 2:
            names = (file.name for file in folder.iterdir())
            found += [(folder.name, name.removesuffix(".yaml")) for name in names if name.endswith(".yaml")]
    return sorted(found)


@cache
def entries() -> tuple[Found, ...]:
    """Every entry of every lexicon. Raises `LexiconError` where a file is wrong."""
    return tuple(Found(language, name, entry) for language, name in files() for entry in load(name, language))


def find(asked: str) -> list[Found]:
    """The entries called `asked`: by the exact name if any has it, else whatever the case.

    What a statement's `by` holds can be asked for as it stands: `rule:reportedly`, `rule:holds.percent`, `model:1`;
    so can the `rule` of a time, `time:weekday`.
    """
    if ", " in asked:
        return [found for part in asked.split(", ") for found in find(part)]
    for name in _readings(asked):
        exact = [found for found in entries() if name in found.names]
        if found := exact or [found for found in entries() if name.casefold() in map(str.casefold, found.names)]:
            return found
    return []


def _readings(asked: str) -> Iterator[str]:
    """`asked`, and what it may mean as the value of `by`, or of a time's `rule`: the rule's own id, without the step
    that applied it."""
    yield asked
    prefix, colon, rest = asked.partition(":")
    if colon and prefix == "model":
        yield prefix
    elif colon and prefix in ("rule", "time"):
        yield rest
        yield rest.partition(".")[2]


def nearest(asked: str) -> list[str]:
    """Up to five names most like `asked`, best first; where a code and a rule share a name, the code."""
    ranked = sorted(entries(), key=lambda found: found.file == CODES)
    names = {name.casefold(): name for found in ranked for name in found.names}
    return [names[close] for close in get_close_matches(asked.casefold(), names, n=5, cutoff=0.6)]


def paragraph(found: Found) -> str:
    """What `found` means, in a few lines of plain text."""
    head, *rows = lines(found)
    return "\n".join([head[0], *(_row(label, text) for label, text in rows)])


def lines(found: Found) -> list[tuple[str, str]]:
    """What `found` means: its name and what it is, then a label and a text for each thing there is to say."""
    entry = found.entry
    if found.file == CODES:
        rows = [(f"{entry.words[0]}: {_group(entry)}", ""), ("", str(entry.value)), ("for example", entry.example)]
        rows += [(name, ", ".join(codes)) for name, codes in _parts(entry)]
    else:
        rows = [(f"{entry.id}: rule in lexicon/{found.language}/{found.file}.yaml", "")]
        rows += [("words", ", ".join(entry.words)), ("pattern", entry.pattern or ""), ("value", _plain(entry.value))]
        rows += [(name, _plain(value)) for name, value in entry.more.items()]
        rows += [("for example", _plain(entry.example)), ("which gives", _plain(entry.gives))]
        rows += [("but not", _plain(sentence)) for sentence in entry.leaves]
        rows += [("note", entry.note)]
    return [row for n, row in enumerate(rows) if row[1] or n == 0]


def listing() -> Iterator[str]:
    """All codes by group, a line each."""
    group = ""
    for found in entries():
        if found.file == CODES:
            if found.entry.more["group"] != group:
                group = found.entry.more["group"]
                yield f"\n{group}" if group != "kind" else group
            yield f"  {found.entry.id:24} {found.entry.value}"


def _group(entry: Entry) -> str:
    return _GROUPS[entry.more["group"]].format(entry.id.partition(".")[0])


def _parts(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    code = entry.words[0]
    if entry.more["group"] == "kind":
        yield "types", TYPES[code]
    elif code in MODES:
        yield "modes", MODES[code]


def _plain(value: Any) -> str:
    import json

    return (
        value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    )


def _row(label: str, text: str) -> str:
    import textwrap

    if not text:
        return label
    first = f"  {label:12} " if label else "  "
    return textwrap.fill(
        text,
        100,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
