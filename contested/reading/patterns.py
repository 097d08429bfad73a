"""The pattern engine for times: lexicon patterns with `{slots}` become regular expressions, matches become slots.

`times.yaml` writes patterns over slots, `time_words.yaml` fills the slots; this module knows neither words nor
calendar. Matching runs on a copy of the text in lower case with plain quotes and hyphens, of the same length, so that
offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from contested.errors import LexiconError
from contested.lexicon import Entry, load

_PLAIN = {code: code + 32 for code in range(65, 91)}
_PLAIN |= dict.fromkeys((0x2018, 0x2019), 39) | dict.fromkeys(range(0x2010, 0x2015), 45)
_PLAIN |= dict.fromkeys((9, 10, 11, 12, 13, 0x85, 0xA0, 0x2028, 0x2029, 0x202F), 32)

#: Slots that are numbers. `count` is put together from digits and the number words.
_NUMBERS = {
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    "dd": r"(?:0[1-9]|[12]\d|3[01]|[1-9])",
    "mm": r"(?:0[1-9]|1[0-2]|[1-9])",
    "year": r"(?:1[5-9]|20)\d\d",
    "yy": r"'?\d\d",
    "hour": r"(?:2[0-3]|[01]?\d)",
    "minute": r"[0-5]\d",
}
_SLOT = re.compile(r"\{([a-z]\w*)(?::([\w|]+))?\}")
_NAMED = re.compile(r"\(\?P<\w+>")
_TOKEN = re.compile(r"[a-z]+|\d+")
_NONE: set[int] = set()
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^)]*\)| [?*+])| ")


def plain(text: str) -> str:
    """`text` in lower case with straight apostrophes, plain hyphens and blanks; every character keeps its place."""
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the lexicon, compiled: `id` names its entry, `value` is the entry's own.

    `slots` maps the pattern's named groups to the slots that may fill them.
    """

    id: str
    regex: re.Pattern[str]
    value: Mapping[str, Any]
    slots: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: offsets of the time expression itself and the slots, `{name: (meaning, start, end)}`."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, tuple[Any, int, int]]

    def get(self, name: str) -> Any:
        """The meaning of a slot; None where the slot is empty (or its meaning is)."""
        return self.slots[name][0] if name in self.slots else None

    def has(self, name: str) -> bool:
        return name in self.slots


class Grammar:
    """All patterns of a language in one regular expression.

    Raises `LexiconError` for a pattern that names an unknown slot or does not compile.
    """

    def __init__(self, words: tuple[Entry, ...], patterns: tuple[Entry, ...]) -> None:
        self._slots: dict[str, dict[str, Any]] = {}
        for entry in words:
            slot = self._slots.setdefault(entry.value["slot"], {})
            slot.update({plain(word): entry.value.get("is") for word in entry.words})
        #: Months that are other words too: those that no entry lets stand alone.
        self.shy = frozenset(self._slots.get("month", {})) - frozenset(self._slots.get("lone", {}))
        self._sources = dict(_NUMBERS)
        for name, slot in self._slots.items():
            self._sources[name] = "(?:" + "|".join(map(_literal, sorted(slot, key=len, reverse=True))) + ")"
        self._sources["count"] = rf"(?:\d{{1,3}}(?:\.\d+)?|{self._get('tens')}[- ]{self._get('ones')}|{self._get('n')})"
        self.rules = tuple(self._compile(entry) for entry in patterns)
        self._triggers: dict[str, set[int]] = {}
        groups: dict[tuple[str, ...], list[int]] = {}
        for n, entry in enumerate(patterns):
            needs = entry.more.get("needs") or ()
            groups.setdefault((needs,) if isinstance(needs, str) else tuple(needs), []).append(n)
        self._groups = []
        for number, (needs, members) in enumerate(groups.items()):
            self._groups.append((_either(self.rules[n] for n in members), members))
            for need in needs:
                for word in self._slots.get(need, {need: None}):
                    token = word if word.startswith("#") else _TOKEN.findall(word)[-1]
                    self._triggers.setdefault(token, set()).add(number)

    def _get(self, name: str) -> str:
        return self._sources.get(name, "(?!)")

    def _compile(self, entry: Entry) -> Rule:
        kinds: dict[str, tuple[str, ...]] = {}

        def expand(found: re.Match[str]) -> str:
            name = found[1]
            kinds[name] = slots = tuple((found[2] or name).split("|"))
            if missing := [slot for slot in slots if slot not in self._sources]:
                raise LexiconError(f"lexicon/en/times.yaml: entry {entry.id!r}: no slot {missing[0]!r}")
            return f"(?P<{name}>{'|'.join(self._sources[slot] for slot in slots)})"

        source = _BLANK.sub(lambda found: found[1] or " {1,3}", entry.pattern or "")
        source = rf"(?:(?<!\w)(?<!\d[.,:])|(?=[(,;]))(?:{_SLOT.sub(expand, source)})(?!\w)(?![.,:]\d)"
        try:
            return Rule(entry.id, re.compile(source), entry.value, kinds)
        except re.error as error:
            raise LexiconError(f"lexicon/en/times.yaml: entry {entry.id!r}: {error}") from error

    def meaning(self, slots: tuple[str, ...], words: str) -> Any:
        """What `words` mean in the first of `slots` that has them; a number where they are one; else the words."""
        words = re.sub(" +", " ", words)
        for slot in (*slots, "n") if "count" in slots else slots:
            if words in self._slots.get(slot, {}):
                return self._slots[slot][words]
        if digits := re.match(r"'?(\d+(?:\.\d+)?)", words):
            return float(digits[1]) if "." in digits[1] else int(digits[1])
        tens, _, ones = words.replace("-", " ").partition(" ")
        if tens in self._slots.get("tens", {}) and ones in self._slots.get("ones", {}):
            return self._slots["tens"][tens] + self._slots["ones"][ones]
        return words

    def read(self, lowered: str, start: int, end: int) -> Iterator[Match]:
        """Matches in `lowered[start:end]` (text from `plain`), left to right, none overlapping.

        The leftmost match wins, and at one place the rule that stands first. Only groups of rules whose trigger words
        stand in the stretch are tried, which is what makes this fast.
        """
        stretch, at = lowered[start:end], 0
        active: set[int] = set()
        for token in set(_TOKEN.findall(stretch)):
            if token.isdigit():
                active |= self._triggers["#"] | (self._triggers["####"] if len(token) == 4 else _NONE)
            else:
                active |= self._triggers.get(token, _NONE) | self._triggers.get(token.rstrip("s"), _NONE)
        waiting: dict[int, tuple[int, int]] = {}
        while active:
            for group in sorted(active):
                if group in waiting and waiting[group][0] >= at:
                    continue
                regex, members = self._groups[group]
                if found := regex.search(stretch, at):
                    waiting[group] = found.start(), members[(found.lastindex or 1) - 1]
                else:
                    waiting.pop(group, None)
                    active.discard(group)
            if not waiting:
                return
            begin, rule = min(waiting.values())
            match = self._match(self.rules[rule], stretch, begin, start)
            yield match
            at = max(match.end - start, begin + 1)

    def _match(self, rule: Rule, stretch: str, begin: int, shift: int) -> Match:
        """The match of `rule` at `begin` of a stretch that itself begins at `shift`."""
        found = rule.regex.match(stretch, begin)
        assert found is not None
        extent = found.span()
        slots: dict[str, tuple[Any, int, int]] = {}
        for name, words in found.groupdict().items():
            if words is None:
                continue
            low, high = found.span(name)
            if name in ("x", "x2"):
                extent = low, high
            else:
                slots[name] = (self.meaning(rule.slots.get(name, ()), words), low + shift, high + shift)
        return Match(rule, extent[0] + shift, extent[1] + shift, slots)


def _either(rules: Iterable[Rule]) -> re.Pattern[str]:
    """One expression for several rules; the number of its last group tells which of them matched."""
    return re.compile("|".join("(" + _NAMED.sub("(?:", rule.regex.pattern) + ")" for rule in rules))


def _literal(word: str) -> str:
    return re.escape(word).replace(r"\ ", " {1,3}").replace(r"\-", "-")


@cache
def grammar(language: str = "en") -> Grammar:
    """The grammar of a language, compiled once."""
    return Grammar(load("time_words", language), load("times", language))
