"""`python -m evaluation.web [--statements N] [--where FILE]`: how soon each page of `contested serve` answers.

Asks every page and its twin of a record of synthetic reports (evaluation/synthetic.py), in process, with other ids and
words each time, and writes docs/web-speed.md. Incidents and disputes are put together by day and place, in the form of
real ones: linking them would take longer than all else. A record that is there already is asked as it stands.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from sqlalchemy import Connection, select

from contested.record import tables as t
from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.dispute import Claim, Dispute
from contested.record.engine import writes
from contested.record.incidents import incident_of
from contested.record.record import Record, open_record
from contested.record.sketch import sketches
from contested.statement import digest
from contested.views.web.app import application, settle
from evaluation.gold import ROOT
from evaluation.record import fill, p95, say, size
from evaluation.speed import machine
from evaluation.synthetic import War

PAGE = ROOT / "docs" / "web-speed.md"
GOAL = 300  # ms, p95
#: How often each address is asked; the first times, which load what is loaded once, are not counted.
ASKED, WARM = 20, 3
#: Reports that tell of one happening, at most.
MOST = 12
#: Ids to choose from.
MANY = 200


def put_together(record: Record) -> None:
    """Fill the tables of incidents and disputes of a record that has none, by day and place alone."""
    with writes(record.engine).begin() as connection:
        for n, told in enumerate(_groups(connection), 1):
            accounts = [one for _, one in told]
            made = incident_of(list(sketches(accounts)), ())
            places = [one.places[0] for one in accounts if one.places]
            about = {"start": made.start, "place": places[0].id if places else None,
                     "known": min(one.published for one in accounts if one.published)}  # fmt: skip
            connection.execute(t.incident.insert().values(
                number=n, id=digest(n), type=made.type, mode=made.mode, end=made.end, reports=len(made.reports),
                voices=made.voices, body={**made.to_json(), "incident": digest(n)}, **about,
            ))  # fmt: skip
            rows = [{"statement": number, "incident": n, "again": False} for number, _ in told]
            connection.execute(t.told.insert(), rows)
            if n % 3 == 0:  # a third, as in the real record
                _dispute(connection, n, told[:2], about)
        connection.execute(t.waiting.delete())


def _groups(connection: Connection) -> Iterator[list[tuple[int, Account]]]:
    """Attacks of one day and place that two reports or more tell of, with the numbers of the statements."""
    found = [(row.number, account(row)) for row in connection.execute(chosen(connection, Filter(type="ASSAULT")))]
    spots = [(n, one) for n, one in found if one.day and one.places and one.places[0].id and one.modality == "asserted"]

    def when_and_where(told: tuple[int, Account]) -> tuple[str, str]:
        return str(told[1].day), str(told[1].places[0].id)

    for _, together in groupby(sorted(spots, key=lambda told: (*when_and_where(told), told[0])), key=when_and_where):
        told = list({one.report: (number, one) for number, one in together}.values())
        if len(told) > 1:
            yield told[:MOST]


def _dispute(connection: Connection, n: int, told: list[tuple[int, Account]], about: dict[str, Any]) -> None:
    positions = tuple(
        Claim(one, f"{k + 5} killed", "so many were killed", k + 5).position for k, (_, one) in enumerate(told)
    )
    sentence = " ".join(f"{one.source} says {one.says}." for one in positions)
    made = Dispute(digest(n), "count", False, positions, sentence, about=digest(n))
    connection.execute(t.dispute.insert().values(
        number=n, id=made.id, type=made.type, update=False, incident=n, body=made.to_json(), **about
    ))  # fmt: skip
    connection.execute(t.disputed.insert(), [{"dispute": n, "statement": number} for number, _ in told])


class Addresses:
    """What is asked: names, and a function that gives an address with other ids and words each time."""

    def __init__(self, record: Record) -> None:
        self.chance = random.Random(11)
        self.war = War()
        self.reports = record.ask(_some, t.report.c.id)
        self.incidents = record.ask(_some, t.incident.c.id)
        self.disputes = record.ask(_some, t.dispute.c.id)
        self.parties = record.ask(_some, t.party.c.party)
        self.sources = record.ask(_some, t.party.c.text, t.party.c.role == "source", t.party.c.party.is_(None))
        self.places = record.ask(_some, t.spot.c.place)
        self.holders = [one for one in record.ask(_some, t.inside.c.holder, 20 * MANY) if "province" in one]
        self.days = [str(day) for day in record.ask(_some, t.report.c.published)]

    def all(self) -> dict[str, Callable[[], str]]:
        """Each without `.json`: its twin is asked besides."""
        one = self.chance.choice
        return {
            "/situation": lambda: "/situation",
            "/situation, of a day": lambda: _to("/situation", as_of=one(self.days)),
            "/situation, known by a day": lambda: _to("/situation", as_of=one(self.days), known_by=one(self.days)),
            "/situation, in a province": lambda: _to("/situation", as_of=one(self.days), place=one(self.holders)),
            "/situation, of a party": lambda: _to("/situation", as_of=one(self.days), party=one(self.parties)),
            "/situation, by one source": lambda: _to("/situation", as_of=one(self.days), source=one(self.parties)),
            "/timeline": lambda: "/timeline",
            "/timeline, in a province": lambda: _to("/timeline", place=one(self.holders)),
            "/timeline, of a party": lambda: _to("/timeline", party=one(self.parties)),
            "/incidents": lambda: "/incidents",
            "/incidents, in a province": lambda: _to("/incidents", place=one(self.holders)),
            "/incidents, of a party": lambda: _to("/incidents", party=one(self.parties)),
            "/incident": lambda: _to("/incident", id=one(self.incidents)),
            "/disputes": lambda: "/disputes",
            "/disputes, in a province": lambda: _to("/disputes", place=one(self.holders)),
            "/disputes, of a party": lambda: _to("/disputes", party=one(self.parties)),
            "/dispute": lambda: _to("/dispute", id=one(self.disputes)),
            "/reports": lambda: "/reports",
            "/report": lambda: _to("/report", id=one(self.reports)),
            "/parties": lambda: "/parties",
            "/party": lambda: _to("/party", id=one(self.parties)),
            "/places": lambda: "/places",
            "/place": lambda: _to("/place", id=one(self.places)),
            "/sources": lambda: "/sources",
            "/sources, in a province": lambda: _to("/sources", place=one(self.holders)),
            "/source": lambda: _to("/source", name=one(self.parties)),
            "/source, by words": lambda: _to("/source", name=one(self.sources)),
            "/search": lambda: "/search",
            "/search, a frequent word": lambda: _to("/search", words=self.war.words[self.chance.randrange(200)]),
            "/search, two words": lambda: _to("/search", words=" ".join(self.chance.choices(self.war.words, k=2))),
            "/review": lambda: "/review",
            "/add": lambda: "/add",
            "/about": lambda: "/about",
        }


def _some(connection: Connection, column: Any, *given: Any) -> list[Any]:
    """Values of a column."""
    many = next((one for one in given if isinstance(one, int)), MANY)
    where = [one for one in given if not isinstance(one, int)]
    return list(connection.scalars(select(column).where(column.is_not(None), *where).distinct().limit(many)))


def _to(path: str, **asked: str) -> str:
    return f"{path}?{urlencode(asked)}"


@dataclass
class Times:
    """Milliseconds of each asking, by the clock and of the processor, and the longest answer in bytes."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    longest: int = 0

    def __str__(self) -> str:
        of = (
            f"p50 {median(self.clock):.0f} ms, p95 {p95(self.clock):.0f} ms, of the processor {p95(self.processor):.0f}"
        )
        return f"{of} ms, {self.longest / 1000:,.0f} kB"


def ask(client: TestClient, address: Callable[[], str]) -> Times:
    found = Times()
    for n in range(WARM + ASKED):
        to = address()
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(to)
        if n >= WARM:
            found.clock.append(1000 * (time.perf_counter() - began))
            found.processor.append(1000 * (time.process_time() - used))
        found.longest = max(found.longest, len(answer.content))
        if answer.status_code != 200:
            raise SystemExit(f"{to}: {answer.status_code}: {answer.text[:300]}")
        if sum(found.clock) > 30_000:  # hopeless: half a minute is enough to say so
            break
    return found


def twin(address: str) -> str:
    path, sign, query = address.partition("?")
    return f"{path}.json{sign}{query}"


def page(held: dict[str, int], disk: float | None, asked: dict[str, Times]) -> str:
    about = (
        f"{held['statements']:,} statements of {held['reports']:,} synthetic reports, {held['incidents']:,} incidents "
        f"and {held['disputes']:,} disputes put together by day and place"
    )
    load = os.getloadavg()[1]
    lines = [
        "# How soon the pages answer", "", "Written by `python -m evaluation.web`; do not edit.", "",
        f"> {machine()}", "",
        f"{about}, on SQLite{f', {disk:,.0f} MB on disk' if disk else ''}.", "",
        f"The goal is {GOAL} ms for 95 of 100 askings. Each address is asked {ASKED} times, in process, with other ids "
        f"and words each time. The load of the machine was {load:.1f} then; these questions alone make it 1.",
        "Where it was busy, the time of the processor tells more.",
        "", "| address | p50 ms | p95 ms | p50 processor | p95 processor | kB at most | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {name} | {median(one.clock):,.0f} | {p95(one.clock):,.0f} | {median(one.processor):,.0f} | "
            f"{p95(one.processor):,.0f} | {one.longest / 1000:,.0f} | {'' if p95(one.clock) <= GOAL else 'missed'} |"
            for name, one in asked.items()
        ), "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.web", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--statements", type=int, default=100_000, metavar="N", help="how many the record holds")
    parser.add_argument("--where", metavar="FILE", help="keep the record there; one that is there is asked as it is")
    parser.add_argument("--only", default="", metavar="WORDS", help="only addresses with these words")
    parser.add_argument("--no-page", action="store_true", help="print the page, do not write it")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = args.where or str(Path(folder) / "war.db")
        with open_record(where, create=True) as record:
            if record.size()["statements"] < args.statements:
                fill(record, War().reports(), args.statements, marks=())
            if not record.size()["incidents"]:
                say("incidents and disputes: put together by day and place")
                put_together(record)
            held = record.size()
            asked: dict[str, Times] = {}
            settle()
            client = TestClient(application(record, version="measured"), base_url="http://127.0.0.1")
            for name, address in Addresses(record).all().items():
                for called, make in ((name, address), (f"{name}: twin", lambda address=address: twin(address()))):
                    if args.only in called:
                        asked[called] = ask(client, make)
                        say(f"{called}: {asked[called]}")
            text = page(held, size(where), asked)
    if not args.no_page:
        PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
