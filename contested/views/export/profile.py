"""`Profile`: what a redacted export masks and coarsens, as data (`contested/lexicon/redaction/*.yaml`)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from contested.errors import LexiconError
from contested.gazetteer import KINDS
from contested.register import KINDS as PARTIES
from contested.statement import EFFECTS, MODES, SOURCE_CLASSES, TYPES, Statement

#: The profiles that come with the package.
NAMES = ("private", "strict")
_DIVISIONS = ("district", "province", "country")
#: What a condition looks at, with the codes it may have and how a statement's are found.
_CONDITIONS: Mapping[str, tuple[Sequence[str], Callable[[Statement], set[str | None]]]] = {
    "kind": (tuple(TYPES), lambda said: {said.kind}),
    "type": (tuple(code for types in TYPES.values() for code in types), lambda said: {said.type}),
    "mode": (tuple(code for modes in MODES.values() for code in modes), lambda said: {said.mode}),
    "modality": (("asserted", "denied", "possible", "future"), lambda said: {said.modality}),
    "harm": (EFFECTS, lambda said: {harm.effect for harm in said.harm}),
    "source": (SOURCE_CLASSES, lambda said: {said.source.cls} if said.source else set()),
    "actor": (PARTIES, lambda said: {(one.resolved or {}).get("kind") for one in said.actors}),
    "target": (PARTIES, lambda said: {(one.resolved or {}).get("kind") for one in said.targets}),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile; private.yaml tells what each part means. `odds` is a probability from 0 to 1."""

    name: str
    about: str
    keeps_register: bool
    odds: float
    sources: frozenset[str]
    masks_scripts: bool
    patterns: tuple[re.Pattern[str], ...]
    kinds: frozenset[str]
    where: tuple[Mapping[str, frozenset[str]], ...]
    to: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]

    def at_risk(self, said: Statement) -> bool:
        """Whether a statement is about people whom a precise place could harm."""
        return any(
            all(_CONDITIONS[name][1](said) & codes for name, codes in conditions.items()) for conditions in self.where
        )


def load(which: str | os.PathLike[str]) -> Profile:
    """A profile by its name, or from a file (`*.yaml`). Raises `LexiconError` naming the file and what is wrong."""
    import yaml

    name = str(which)
    if name in NAMES:
        where, file = f"lexicon/redaction/{name}.yaml", resources.files("contested.lexicon") / "redaction"
        words = (file / f"{name}.yaml").read_text("utf-8")
    elif name.endswith((".yaml", ".yml")):
        where = name
        try:
            words = Path(which).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"{name}: cannot be read: {error}") from error
    else:
        raise LexiconError(f"{name}: no such profile; there are {', '.join(NAMES)}, or give a FILE.yaml")
    try:
        raw = yaml.safe_load(words)
    except yaml.YAMLError as error:
        raise LexiconError(f"{where}: {error}") from error
    return _profile(where, raw)


def _profile(where: str, raw: Any) -> Profile:
    keys = {"id", "about", "persons", "sources", "scripts", "patterns", "places", "examples"}
    _mapping(where, "the profile", raw, keys, needed={"id", "about", "persons", "places"})
    persons = _mapping(where, "`persons`", raw["persons"], {"keep", "odds"}, needed={"keep", "odds"})
    places = _mapping(where, "`places`", raw["places"], {"kinds", "where", "to"}, needed={"kinds", "where", "to"})
    _codes(where, "`persons.keep`", [persons["keep"]], ("register", "nobody"))
    odds = persons["odds"]
    if isinstance(odds, bool) or not isinstance(odds, int | float) or not 0 < odds <= 1:
        raise LexiconError(f"{where}: `persons.odds` is a probability above 0, up to 1: {odds!r}")
    _codes(where, "`scripts`", [raw.get("scripts", "keep")], ("mask", "keep"))
    conditions = []
    for one in places["where"] if isinstance(places["where"], list) else [None]:
        condition = _mapping(where, "each of `places.where`", one, set(_CONDITIONS))
        conditions.append({
            name: _codes(where, f"`{name}` of `places.where`", of, _CONDITIONS[name][0])
            for name, of in condition.items()
        })  # fmt: skip
    examples = raw.get("examples") or ()
    for one in examples:
        _mapping(where, "each of `examples`", one, {"text", "gives"}, needed={"text", "gives"})
    to = places["to"]
    _codes(where, "`places.to`", to, _DIVISIONS)
    return Profile(
        name=str(raw["id"]), about=str(raw["about"]), keeps_register=persons["keep"] == "register", odds=float(odds),
        sources=_codes(where, "`sources`", raw.get("sources") or [], SOURCE_CLASSES),
        masks_scripts=raw.get("scripts") == "mask", patterns=_patterns(where, raw.get("patterns") or []),
        kinds=_codes(where, "`places.kinds`", places["kinds"], KINDS), where=tuple(conditions), to=tuple(to),
        examples=tuple(examples),
    )  # fmt: skip


def _mapping(where: str, what: str, raw: Any, keys: set[str], needed: set[str] | None = None) -> dict[str, Any]:
    if not isinstance(raw, dict) or not raw.keys() <= keys or not (needed or set()) <= raw.keys():
        raise LexiconError(f"{where}: {what} is a mapping with {', '.join(sorted(keys))} and nothing else")
    return raw


def _codes(where: str, what: str, raw: Any, known: Sequence[str]) -> frozenset[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) and one in known for one in raw):
        raise LexiconError(f"{where}: {what} lists some of {', '.join(known)}, not {raw!r}")
    return frozenset(raw)


def _patterns(where: str, raw: Any) -> tuple[re.Pattern[str], ...]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise LexiconError(f"{where}: `patterns` is a list of regular expressions")
    try:
        return tuple(re.compile(one) for one in raw)
    except re.error as error:
        raise LexiconError(f"{where}: `patterns`: {error.pattern!r}: {error}") from error
