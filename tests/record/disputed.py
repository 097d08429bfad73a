"""Small reports of one happening, for the tests of disputes."""

from __future__ import annotations

from typing import Any

from contested.record.account import Account, accounts_of
from contested.record.disputes import Dispute, disputes_of, disputes_of_ground
from contested.statement import Report
from tests.record.coded import MILL, attack, mention

MONITOR = {"text": "the Orla Monitor", "class": "monitor", "named": True}
GOVERNOR = {"text": "the governor", "class": "government", "named": False}
JETS = {"party": "us.air-force", "name": "air force of the US", "kind": "organ", "country": "US"}
MILITIA = {"party": "sy.militants", "name": "militants in Syria", "kind": "armed-group", "country": "SY"}
GUARD = {"party": "sy.nusra", "name": "Nusra Front", "kind": "armed-group", "country": "SY"}
#: A market 70 km from Orla, with a name of its own.
VELD = {"place": "file:veld-market", "name": "Veld", "lat": 10.6, "lon": 20.3, "kind": "village", "country": "SY",
        "radius_km": 1.0, "precision": "exact", "within": ["iso:SY"]}  # fmt: skip


def told(text: str, *coded: dict[str, Any], day: str = "2016-12-02", **more: Any) -> list[Account]:
    """The accounts of one report; each statement's quote is the whole text where none is given."""
    statements = [{"quote": text, "anchor": text.split()[0], **one} for one in coded or [attack(text, "struck")]]
    return list(accounts_of(Report.from_json({"text": text, "published": day, "statements": statements, **more})))


def killed(who: str, low: int | None, high: int | None = -1, effect: str = "killed") -> dict[str, Any]:
    return {"effect": effect, "who": who, "low": low, "high": low if high == -1 else high}


def count(*harm: dict[str, Any], **more: Any) -> list[Account]:
    """A report in which an attack harms people."""
    words = " and ".join(f"{h['who']} {h['effect']}" for h in harm)
    day = more.pop("day", "2016-12-02")
    return told(f"Shells struck the mill, {words}.", attack("", "struck", harm=list(harm), **more), day=day,
                outlet=f"outlet {day} {words}")  # fmt: skip


def types(*accounts: list[Account]) -> list[str]:
    found = disputes_of([a for one in accounts for a in one])
    return [f"{d.type}{' update' if d.update else ''}" for d in found]


def only(*accounts: list[Account]) -> Dispute:
    [dispute] = disputes_of([a for one in accounts for a in one])
    return dispute


def did(party: dict[str, Any], source: dict[str, Any], **more: Any) -> list[Account]:
    """A source says of the gunners of `party` that they struck the mill, or that they did not."""
    text = f"{source['text']} said {'not' if 'modality' in more else ''} the gunners struck the mill."
    place = [mention("the mill", more.pop("place", MILL))]
    return told(
        text, attack(text, "struck", actors=[mention("the gunners", party)], places=place, source=source, **more)
    )


def by(mode: str | None, source: dict[str, Any], **more: Any) -> list[Account]:
    """A source says that the mill was struck, or that it was not."""
    text = f"{source['text']} said the mill was {'not' if 'modality' in more else ''} struck."
    return told(
        text, attack(text, "struck", places=[mention("the mill", MILL)], source=source, **more) | {"mode": mode}
    )


def on(day: str, words: str, outlet: str) -> list[Account]:
    when = {"text": words, "start": day, "end": day, "basis": "published"}
    place = [mention("the mill", MILL)]
    return told(f"Shells struck the mill {words}.", attack("", "struck", when=when, places=place), outlet=outlet)


def at(place: dict[str, Any], outlet: str) -> list[Account]:
    text = f"Shells struck {place['name']}."
    return told(text, attack(text, "struck", places=[mention(place["name"], place)]), outlet=outlet)


def control(kind: str, holder: dict[str, Any], source: dict[str, Any], words: str, **more: Any) -> list[Account]:
    """`words` tell that a party took or holds Orla; the anchor is their third word."""
    day = more.pop("day", "2016-12-02")
    coded = {"kind": "control", "type": kind, "anchor": words.split()[2], "source": source,
             "actors": [mention(" ".join(words.split()[:2]), holder)],
             "places": [mention("Orla", more.pop("place", MILL))]}  # fmt: skip
    return told(words, coded | more, day=day)


def ground(*accounts: list[Account]) -> list[str]:
    return [d.type for d in disputes_of_ground([a for one in accounts for a in one])]
