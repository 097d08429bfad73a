"""Reports without end: the examples with other names, numbers and days; new versions, withdrawals, near-copies."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from evaluation.gold import ROOT

#: What a report is: new, another version of one, one taken back, a near-copy by another outlet.
SHARES = {"new": 70, "version": 12, "withdrawn": 4, "copy": 14}
#: Words that stand for one another: in each report some of a row are put in the place of others.
_ROWS = (
    ("Aleppo", "Homs", "Idlib", "Hama", "Raqqa", "Palmyra", "Daraa", "Latakia"),
    ("Kramatorsk", "Kharkiv", "Kherson", "Mykolaiv", "Zaporizhzhia", "Bakhmut", "Izium"),
    ("Goma", "Bukavu", "Beni", "Butembo", "Bunia", "Uvira"),
    ("Kunduz", "Ghazni", "Herat", "Lashkar Gah", "Kandahar", "Farah"),
    ("Mosul", "Kirkuk", "Tikrit", "Ramadi", "Fallujah", "Baiji"),
    ("Saada", "Taiz", "Marib", "Hodeidah", "Ibb", "Aden"),
    ("Khartoum", "Omdurman", "Nyala", "El Fasher", "Kassala", "Wad Madani"),
    ("Gaza City", "Khan Younis", "Rafah", "Jabalia", "Deir al-Balah"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_OUTLETS = ("Hill Wire", "Dale Echo", "Harbour Post", "Levant Courier", "Lakeside Radio", "North Dispatch", "Oron Mail")
_NUMBER = re.compile(r"(?<![\w.,-])(?:[1-9]\d{0,2})(?![\w%]|[.,]\d)")


@cache
def examples() -> tuple[dict[str, Any], ...]:
    lines = (ROOT / "examples" / "reports.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


class Stories:
    """Reports one after another; with the same seed and name the same again. Ids begin with the name."""

    def __init__(self, seed: int, name: str) -> None:
        self.name = name
        self._chance = random.Random(f"{seed}:{name}")
        self._made: list[dict[str, Any]] = []
        self._count = 0

    def next(self) -> dict[str, Any]:
        """The next report, as a line of JSON has it."""
        self._count += 1
        what = self._chance.choices(list(SHARES), list(SHARES.values()))[0] if self._made else "new"
        one: dict[str, Any] = getattr(self, f"_{what}")()
        if what in ("new", "copy"):
            self._made.append(one)
        return one

    def _id(self) -> str:
        return f"{self.name}-{self._count}"

    def _new(self) -> dict[str, Any]:
        chance = self._chance
        of = chance.choice(examples())
        day = date.fromisoformat(of["published"]) + timedelta(days=chance.randint(-1_500, 1_500))
        text, title = of["text"], of["title"] or ""
        for row in _ROWS:
            to = dict(zip(row, chance.sample(row, len(row)), strict=True))
            pattern = re.compile("|".join(map(re.escape, row)))
            text, title = (pattern.sub(lambda found, to=to: to[found[0]], words) for words in (text, title))
        text = _NUMBER.sub(lambda found: str(max(1, int(int(found[0]) * chance.uniform(0.5, 2)))), text)
        return {"id": self._id(), "outlet": chance.choice(_OUTLETS), "title": title, "published": day.isoformat(),
                "url": f"https://{self.name}.example/{self._count}", "text": text}  # fmt: skip

    def _version(self) -> dict[str, Any]:
        n = self._chance.randrange(len(self._made))
        one = self._made[n]
        more = f"\n\nThis report was brought up to date. At least {self._chance.randint(2, 90)} people were wounded."
        self._made[n] = {**one, "text": one["text"] + more}
        return self._made[n]

    def _withdrawn(self) -> dict[str, Any]:
        one = self._made.pop(self._chance.randrange(len(self._made)))
        return {**one, "text": "This report was withdrawn by its outlet.", "withdrawn": one["published"]}

    def _copy(self) -> dict[str, Any]:
        one = self._chance.choice(self._made)
        day = date.fromisoformat(one["published"]) + timedelta(days=self._chance.randint(0, 1))
        text, url = f"{one['text']}\n\nOther towns were quiet.", f"https://{self.name}.example/{self._count}"
        return {**one, "id": self._id(), "outlet": self._chance.choice(_OUTLETS), "published": day.isoformat(),
                "url": url, "text": text}  # fmt: skip
