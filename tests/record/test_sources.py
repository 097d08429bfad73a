"""Who says what in a record, and how much of it stands alone or disputed."""

from __future__ import annotations

from datetime import date

from contested.record.asking import Filter
from contested.record.record import open_record
from tests.record.coded import ORLA, attack, mention, report

FRIDAY = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"}
MONITOR = {"party": "int.sohr", "name": "the Observatory", "kind": "monitor"}


def told(text: str, source: dict[str, object] | None, killed: int, **more: str):
    harm = [{"effect": "killed", "who": f"{killed} men", "low": killed, "high": killed}]
    said = attack(text, places=[mention("Orla", ORLA)], when=FRIDAY, harm=harm, source=source,
                  targets=["the market"])  # fmt: skip
    return report(text, said, published="2016-12-03", **more)


OBSERVATORY = {"text": "A monitoring group", "class": "monitor", "named": True, "resolved": MONITOR}
REPORTS = [
    told("Guns shelled the market of Orla on Friday and killed 9 men, the Observatory said.",
         {**OBSERVATORY, "text": "the Observatory"}, 9, id="one", outlet="Hill Post"),
    told("The market of Orla was shelled on Friday, killing 14 men, a nurse in the town told us by telephone.",
         {"text": "A nurse", "class": "medic", "named": False}, 14, id="two", outlet="Dale Echo"),
    report("A pump in Veld was mined, a monitoring group said.",
           attack("x", "mined", quote="A pump in Veld was mined", mode="explosives", source=OBSERVATORY),
           id="three", outlet="Dale Echo", published="2016-12-09"),
]  # fmt: skip


def test_sources_are_counted_by_party_or_words(where: str) -> None:
    with open_record(where, create=True) as record:
        list(record.add(REPORTS, reader="by hand"))
        record.derive()
        first, second = record.sources()
        assert (first.party, first.cls, first.named, first.source) == ("int.sohr", "monitor", True, "the Observatory")
        assert (first.statements, first.reports, first.outlets) == (2, 2, 2)
        assert (first.first, first.last) == (date(2016, 12, 2), date(2016, 12, 9))
        assert (second.source, second.party, second.named, second.cls) == ("A nurse", None, False, "medic")
        together = len(record.incidents())
        assert (first.happenings, first.corroborated, first.alone) == (2, together, 2 - together)
        counts = [one for one in record.disputes() if not one.to_json()["update"]]
        assert first.disputed == second.disputed == len(counts)
        assert "too few" in first.caveat
        assert [one.source for one in record.sources(limit=1)] == ["the Observatory"]
        assert [one.source for one in record.sources(Filter(source_class="medic"))] == ["A nurse"]
        assert record.sources().to_json()[0]["class"] == "monitor"


def test_an_empty_record_has_no_sources(where: str) -> None:
    with open_record(where, create=True) as record:
        assert record.sources() == []
