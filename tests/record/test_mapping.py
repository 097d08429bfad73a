"""What a map is made from, on both engines: happenings, disputes, tellers, names, hues."""

from __future__ import annotations

from datetime import date

from contested.record import mapping, telling
from contested.record.asking import Filter
from contested.record.record import open_record
from tests.record.coded import ARMY, MILL, REBELS, attack, mention, report
from tests.record.test_situation import control, said_by

DAY = date(2016, 12, 10)
NURSE = {"text": "a nurse", "class": "medic", "named": False, "resolved": None}


def test_a_map_is_asked_of_both_engines(where):
    one, other = (f"Guns shelled the market of the Mill Quarter on Sunday and {n} were killed" for n in (14, "nine"))
    told = {"when": {"text": "on Sunday", "start": "2016-12-04", "end": "2016-12-04"},
            "places": [mention("Mill Quarter", MILL)], "actors": [], "targets": []}  # fmt: skip
    harm = {
        n: [{"effect": "killed", "who": "people", "low": n, "high": None if n == 14 else n, "text": str(n)}]
        for n in (14, 9)
    }
    holds = [
        control("holds", who, 1, **said_by(words)) for who, words in ((ARMY, "state radio"), (REBELS, "a monitor"))
    ]
    with open_record(where, create=True) as record:
        reports = [
            report(one, {**attack(one), **told, "harm": harm[14]}, published="2016-12-05", outlet="Dale Echo"),
            report(other, {**attack(other), **told, "harm": harm[9], "source": NURSE}, published="2016-12-06"),
            *(report(h["quote"], h, published="2016-12-02", outlet="Hill Post") for h in holds),
        ]
        list(record.add(reports, reader="by hand"))
        record.derive()
        (mark,), more = record.ask(mapping.happenings, Filter(), DAY)
        assert (mark.killed, mark.harm, mark.reports, mark.alone, more) == ((9, None), 14, 2, False, False)
        (nurse,), _ = record.ask(mapping.happenings, Filter(), DAY, "a nurse")
        assert (nurse.killed, nurse.alone) == ((9, 9), True)
        assert {d["type"] for d in record.ask(mapping.disputes, Filter(known_by=DAY), DAY)} >= {"count"}
        assert record.ask(mapping.disputes, Filter(known_by=date(2016, 12, 5)), DAY, "a nurse") == []
        assert len(record.ask(mapping.accounts_told, mark.id, None)) == 2
        assert {one["name"] for one in record.ask(mapping.names)} == {"Orla"}
        assert set(record.ask(mapping.hues)) == {"sy.armed-forces", "sy.rebels"}
        assert record.ask(mapping.published) == (date(2016, 12, 2), date(2016, 12, 6))
        groups = {one.asked: one.group for one in record.ask(telling.tellers, DAY)}
        assert groups["a nurse"] == "sources"
        assert groups["outlet:Dale Echo"] == "outlets"
        ground = record.ask(telling.as_told, Filter(party="sy.rebels"), DAY, "a monitor", 50, "ground").ground
        assert [[holder.party.id for holder in one.holders] for one in ground] == [["sy.rebels"]]
