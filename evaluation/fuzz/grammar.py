"""Texts that nobody would write: sentences of the lexicon's own examples, put together and broken in every way."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from importlib import resources

from contested import lexicon

#: Subjects of `contested/lexicon/en/` whose words and examples the texts are made of.
_SUBJECTS = tuple(
    sorted(
        file.name.removesuffix(".yaml")
        for file in resources.files("contested.lexicon").joinpath("en").iterdir()
        if file.name.endswith(".yaml") and file.name != "codes.yaml"
    )
)
NAMES = (
    "Aleppo", "Lomar", "Kyiv", "Sana'a", "Deir ez-Zor", "al-Shaar", "N'Djamena", "Port-au-Prince", "São Tomé", "Łódź",
    "Georgia", "Congo", "Lavrov", "Mr. Brown", "Gen. Abd al-Karim bin Yusuf", "the Lion Brigade", "Hezbollah", "the UN",
    "U.S.", "US-backed fighters", "Sheikh Saeed", "the regime", "Security Council", "Jordan", "Paris", "Washington",
    "Qasr", "Tripoli", "the Donetsk region", "Bangui", "Mosul", "Islamic State", "they", "he", "its", "the group",
)  # fmt: skip
_NUMBERS = (
    "two", "a dozen", "dozens", "scores of", "2,000", "1.5 million", "20-30", "at least 12", "up to 50", "no", "zero",
    "hundreds of thousands", "two hundred and sixty-one", "3 to 5", "-7", "1,2,3,4", "0", "00012", "1e9", "٣٥", "１２",
    "½", "12.5.3", "7th", "99999999999999999999", "9" * 400, "six or seven", "one in three", "70 percent", "a third",
    "eleven hundred", "a million million", "nine billion billion billion", "III", "12-year-old", "no fewer than",
)  # fmt: skip
_DATES = (
    "on Friday", "on 31 February 2016", "on February 30", "2016-13-45", "0000-00-00", "9999-12-31", "on 29 February",
    "in 2099", "last week", "two days ago", "99999 years ago", "for a billion years", "since 1 January 0001",
    "45/52/2015", "the 1990s", "next Monday", "on Monday and Tuesday", "by noon", "24:61", "on the 32nd of May",
    "from 3 to 1 March", "in the next 999999999999 days", "a century ago", "300 weeks later", "on 2 Dec.", "yesterday",
    "between May and", "10,000 months ago", "tomorrow", "in December", "on the night of 31 December 9999",
    "20161202T250000Z", "in the fourth quarter of 0", "the day before", "Dec 2", "in early 1", "since the year 99999",
)  # fmt: skip
ODD = (
    "\ud800", "\udfff", "\0", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "e\u0301", "\u0301" * 40,
    "😀", "🏴\U000e0067\U000e0062\U000e007f", "𝔸𝕝𝕖𝕡𝕡𝕠", "ﬁ", "ß", "İ", "ı", "ŉ", "ǅ", "Ω", "\u00ad", "\xa0", "\u2028",
    "\u2029", "\x85", "\x0b", "\x0c", "\x1f", "\x7f", "قال الجيش", "他说", "「」", "“„‟”", "‹›«»", "‘’‚‛", "—", "–",
    "―", "…",
    "\r", "\r\n", "\t", "ᾳ", "\ufffd", "\U0010ffff", "٪", "¼", "№", "Ⅻ", "'", '"', "''", "``", "´",
)  # fmt: skip
_FORMS = (
    "{a} struck {b} in {a} {d}, killing {n} people, {b} said.",
    "{a} (Reuters) – {b} seized {a} {d}.",
    "{A}, Dec 2 (AP) — {b} said {d} that {a} “had taken {b}, wounding {n}",
    "By {a}\n\n{b}, {d}: ",
    "“{a} fell,” said {b}, “and {n} were killed.” He added: ‘“{a}”’",
    "{n} people, including {n} children, {n} of them {b}, were killed and {n} injured {d} in {a}.",
    "Forty-five km south of {a}, {b} — backed by {a} — denied that {b} had fled.",
    "• {a}\n• {b}\n- {n}\n* {d}\n1. {a}\n(2) {b}\n",
    "{a} controls {n} percent of {b}",
    "according to {a}, who quoted {b} as saying that {a} told {b} that {n} died {d}",
    "{b}-backed, {a}-led, pro-{b}, anti-{a} {b} of {a} of {b} in {a}, {b}, near {a}",
    "Published: {d}\nUpdated {d}\nSource: {a}\nTitle: {b}\n\n",
    "(Reporting by {a}; Editing by {b})\nRead more: https://x.example/{d}/{a}\n",
    "{a}, the {b}, a {a}, which {b}, whom {a}, where {n}, had {d} been {b}",
    "If {a} attacks, {b} may be planning to withdraw; {a} reportedly will not have {b}.",
    "{a} and {b} and {a}, {b}, {a} as well as {b} (the {a}) or {b}/{a} clashed",
)


@cache
def examples() -> tuple[str, ...]:
    """The sentences of the lexicon: those that must fire and those that must not."""
    found = [entry for subject in _SUBJECTS for entry in lexicon.load(subject)]
    return tuple(s.replace("|", "") for entry in found for s in (entry.example, *entry.leaves))


@cache
def words() -> tuple[str, ...]:
    """The words of the lexicon."""
    return tuple(dict.fromkeys(w for subject in _SUBJECTS for entry in lexicon.load(subject) for w in entry.words))


def filled(chance: random.Random) -> str:
    """One of the forms with names, numbers and dates in it."""
    out = chance.choice(_FORMS)
    for slot, choices in (("a", NAMES), ("b", NAMES), ("n", _NUMBERS), ("d", _DATES)):
        while f"{{{slot}}}" in out:
            out = out.replace(f"{{{slot}}}", chance.choice(choices), 1)
    return out.replace("{A}", chance.choice(NAMES).upper())


def _piece(chance: random.Random) -> str:
    made = chance.random()
    if made < 0.35:
        return chance.choice(examples())
    if made < 0.7:
        return filled(chance)
    if made < 0.85:
        return " ".join(chance.choices(words(), k=chance.randint(1, 12)))
    if made < 0.9:
        return chance.choice(ODD)
    return chance.choice(chance.choice((NAMES, _NUMBERS, _DATES)))


def story(chance: random.Random, size: int) -> str:
    """A text of about `size` characters."""
    out: list[str] = []
    length = 0
    usual = chance.choice((" ", ". ", "\n\n", "\n", ", ", ""))
    while length < size:
        out.append(_piece(chance))
        out.append(
            usual if chance.random() < 0.7 else chance.choice((" ", ". ", "\n", "\n\n", "; ", " — ", '"', "”", "("))
        )
        length += len(out[-2]) + len(out[-1])
    return "".join(out)[: size + 400]


#: Texts in which one thing goes on and on, by name: `(times) -> text`. Their length is about proportional to `times`.
ENDLESS: dict[str, Callable[[int], str]] = {
    "open quotations": lambda n: "“he said " * n,
    "open and straight": lambda n: '"he said, ' * n,
    "nested quotations": lambda n: "“‘" * n + "it fell" + "’”" * n,
    "apostrophes": lambda n: "'tis the rebels' 'army' said " * n,
    "one word": lambda n: "a" * (8 * n),
    "one capital word": lambda n: "A" * (8 * n),
    "one hyphened word": lambda n: "pro-army-" * n,
    "no stop": lambda n: "and the army said it had taken the town " * n,
    "names": lambda n: "Aleppo, Lomar, Kyiv, Mosul and " * n,
    "capitals": lambda n: "General Abd Karim Yusuf " * n,
    "digits": lambda n: "1234567890" * n,
    "numbers": lambda n: "two hundred and " * n,
    "commas and digits": lambda n: "1,000,000," * n,
    "dates": lambda n: "on Friday 2 December 2016 at " * n,
    "years": lambda n: "2015-2016-" * n,
    "blanks": lambda n: " " * (10 * n) + "x",
    "lines": lambda n: "\n" * (10 * n) + "x",
    "short lines": lambda n: "x\n" * (5 * n),
    "paragraphs": lambda n: "The army said it fell.\n\n" * n,
    "bullets": lambda n: "• rebels\n" * n,
    "stops": lambda n: ". " * (5 * n),
    "dots": lambda n: "." * (10 * n),
    "initials": lambda n: "U.S. A.B. J. " * n,
    "parentheses": lambda n: "(the army " * n,
    "closing": lambda n: "the army) said] " * n,
    "headers": lambda n: "Published: Friday\n" * n,
    "datelines": lambda n: "ALEPPO, Dec 2 (AP) — " * n,
    "dashes": lambda n: "— the army — " * n,
    "colons": lambda n: "the army: " * n,
    "said": lambda n: "said he said that he said " * n,
    "of": lambda n: "of the army of the town of " * n,
    "near": lambda n: "45 km south of " * n,
    "relative": lambda n: "which was hit, who was " * n,
    "slashes": lambda n: "a/b/" * n,
    "urls": lambda n: "https://a.example/b?c=" * n,
    "combining": lambda n: "e\u0301\u0302" * (3 * n),
    "astral": lambda n: "😀" * (5 * n),
    "tabs": lambda n: "a\tb\t" * n,
    "capital lines": lambda n: "ARMY TAKES TOWN\n" * n,
    "questions": lambda n: "Why? What! " * n,
    "and": lambda n: "rebels and " * n,
    "percent": lambda n: "70 percent of 50 percent of " * n,
    "hours": lambda n: "at 10:30 a.m. " * n,
    "not": lambda n: "did not deny that it did not " * n,
    "soft hyphens": lambda n: "a\xadb\u200b" * n,
}


def endless(chance: random.Random, size: int) -> str:
    """One thing that goes on for `size` characters, or two of them."""
    picked = chance.sample(sorted(ENDLESS), chance.choice((1, 1, 2)))
    return "\n\n".join(sized(name, size // len(picked)) for name in picked)


def sized(name: str, size: int) -> str:
    """What goes on and on under this name, `size` characters of it."""
    one = len(ENDLESS[name](1_000)) / 1_000
    return ENDLESS[name](int(1.02 * size / one) + 2)[:size]
