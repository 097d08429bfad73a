"""Who asks and who judges in a soak: pages and their twins over HTTP, the record itself, and reviewers that decide."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import httpx

from contested.errors import RecordError
from contested.record.asking import Filter
from contested.record.record import Record, open_record

#: Pages that are asked, each with its twin; a name in braces is put in from what the record was last seen to have.
PAGES = (
    "/situation", "/situation?as_of={day}", "/situation?as_of={day}&known_by={day}", "/timeline", "/incidents",
    "/incidents?page=2", "/incident?id={incident}", "/disputes", "/dispute?id={dispute}", "/reports",
    "/report?id={report}", "/parties", "/party?id={party}", "/places", "/place?id={place}", "/sources",
    "/source?name={party}", "/search?words={word}", "/review", "/about", "/add", "/explain", "/report?id=none",
)  # fmt: skip
WORDS = ("hospital", "killed", "army said", "air strike", "convoy", "monitor", "mines", "children", "talks")
#: Answers of at least this status are the server's own fault.
FAULT = 500
_KINDS = ("confirm", "reject", "correct", "join", "split", "same", "different", "undo")
_CORRECTIONS: tuple[dict[str, Any], ...] = (
    {"modality": "possible"},
    {"modality": "denied"},
    {"harm": []},
    {"places": []},
)


@dataclass
class Told:
    """What came of asking and judging. `made` has the numbers of judgements that were told as made, `undone` of those
    told as undone; `unsure` counts judgements whose answer never came."""

    asked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    away: int = 0
    made: dict[int, str] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    refused: int = 0
    unsure: int = 0
    slowest: tuple[float, str] = (0.0, "")


class Load:
    """Asks and judges in threads of its own, until it is stopped.

    `server()` is the process that listens at `base`, None while there is none: a connection that fails is a fault where
    that process has answered before, and lives. `pause` is in seconds, and may be changed while it goes on.
    """

    def __init__(self, where: str, base: str, token: str, seed: int, server: Callable[[], int | None]) -> None:
        self.where, self.base, self.token, self.server = where, base, token, server
        self._answered: int | None = None
        self.told, self.pause = Told(), 1.0
        self._chance = random.Random(seed)
        self._known: dict[str, list[str]] = {"word": list(WORDS)}
        self._statements: list[str] = []
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=(do,), daemon=True) for do in (self._ask, self._judge)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def _loop(self, do: Callable[[httpx.Client, Record | None], None]) -> None:
        with httpx.Client(timeout=120) as client:
            record: Record | None = None
            while not self._ended.wait(self.pause * random.uniform(0.5, 1.5)):
                server = self.server()
                try:
                    record = record or open_record(self.where)
                    do(client, record)
                except httpx.TransportError as error:
                    if server is not None and server == self._answered == self.server():
                        self.told.faults.append(f"{type(error).__name__}: {error}")
                    self.told.away += 1
                except RecordError as error:
                    if error.where != "judgement" and "lost" not in error.reason and "no record" not in error.reason:
                        self.told.faults.append(str(error))
                    self.told.refused += 1
                except Exception as error:
                    self.told.faults.append(f"{do.__name__}: {type(error).__name__}: {error}")
            if record:
                record.close()

    def _ask(self, client: httpx.Client, record: Record | None) -> None:
        if record is not None and self._chance.random() < 0.15:
            self._look(record)
            return
        page = self._chance.choice(PAGES)
        path, sign, query = page.partition("?")
        for name, values in (*self._known.items(), *((n, ["none"]) for n in _NAMES if n not in self._known)):
            if f"{{{name}}}" in query:
                query = query.replace(f"{{{name}}}", urlencode({"": self._chance.choice(values)})[1:])
        twin = ".json" if self._chance.random() < 0.5 else ""
        server, begun = self.server(), time.monotonic()
        answer = client.get(f"{self.base}{path}{twin}{sign}{query}")
        took, self._answered = time.monotonic() - begun, server
        self.told.slowest = max(self.told.slowest, (took, f"{path}{twin}{sign}{query}"))
        self.told.asked[str(answer.status_code)] += 1
        if answer.status_code >= FAULT:
            self.told.faults.append(f"{path}{twin}{sign}{query}: {answer.status_code}: {answer.text[:200]}")
        elif twin and answer.status_code == 200:
            answer.json()

    def _look(self, record: Record) -> None:
        """Ask the record itself, and learn what can be asked for."""
        which = self._chance.randrange(5)
        if which == 0:
            rows = record.statements(Filter(start=self._day()), limit=300)
            self._statements = [one.key for one in rows]
            self._known["report"] = sorted({one.key.rpartition("@")[0] for one in rows})
            self._known["day"] = sorted({str(one.published) for one in rows if one.published}) or ["2016-12-02"]
            self._known["party"] = sorted({p.id for one in rows for p in one.actors if p.id}) or ["none"]
            self._known["place"] = sorted({p.id for one in rows for p in one.places if p.id}) or ["none"]
        elif which == 1:
            found = record.incidents(limit=50).to_json()
            self._known["incident"] = [one["incident"] for one in found] or ["none"]
        elif which == 2:
            self._known["dispute"] = [one["id"] for one in record.disputes(limit=50).to_json()] or ["none"]
        elif which == 3:
            record.situation()
        else:
            record.search(self._chance.choice(WORDS), "quotes")
        self.told.asked["record"] += 1

    def _day(self) -> date:
        """Statements from some day on: not always the same ones are judged."""
        days = self._known.get("day") or ["2012-01-01"]
        return date.fromisoformat(self._chance.choice((days[0], "2012-01-01", self._chance.choice(days))))

    def _judge(self, client: httpx.Client, record: Record | None) -> None:
        if len(self._statements) < 2 or record is None:
            return
        what, who = self._chance.choice(_KINDS), self._chance.choice(("Ada", "Ben", "Cyd"))
        if what == "undo":
            standing = sorted(self.told.made.keys() - self.told.undone)
            if not standing:
                return
            body: dict[str, Any] = {"number": self._chance.choice(standing), "who": who}
        else:
            target, other = self._chance.sample(self._statements, 2)
            if what in ("same", "different"):
                if len(parties := self._known.get("party", [])) < 2:
                    return
                target, other = self._chance.sample(parties, 2)
            value: dict[str, Any] = {}
            if what == "correct":
                value = dict(self._chance.choice(_CORRECTIONS))
            elif what in ("join", "split", "same", "different"):
                value = {"with": other}
            body = {"what": what, "target": target, "value": value, "who": who, "note": "soak"}
        if self._chance.random() < 0.5:
            self._by_http(client, what, body)
        else:
            self._by_record(record, what, body)

    def _by_http(self, client: httpx.Client, what: str, body: dict[str, Any]) -> None:
        headers = {"authorization": f"Bearer {self.token}", "accept": "application/json"}
        path = "/review/undo" if what == "undo" else "/review/judge"
        self.told.unsure += 1
        answer = client.post(f"{self.base}{path}", json=body, headers=headers)
        self.told.unsure -= 1
        self.told.asked[f"POST {answer.status_code}"] += 1
        if answer.status_code == 200:
            self._done(what, int(answer.json()["number"]))
        elif answer.status_code >= FAULT:
            self.told.faults.append(f"{path} {body}: {answer.status_code}: {answer.text[:200]}")
        else:
            self.told.refused += 1

    def _by_record(self, record: Record, what: str, body: dict[str, Any]) -> None:
        if what == "undo":
            made = record.undo(body["number"], who=body["who"])
        else:
            made = record.judge(body["what"], body["target"], body["value"], who=body["who"], note="soak")
        self._done(what, made.number)

    def _done(self, what: str, number: int) -> None:
        if what == "undo":
            self.told.undone.add(number)
        else:
            self.told.made[number] = what


_NAMES = ("day", "incident", "dispute", "report", "party", "place")
