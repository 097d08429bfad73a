"""A market is shelled, four reports tell of it, two of them one text: for tests of what pages ask of a record."""

from __future__ import annotations

from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

FRIDAY = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"}
SOHR = {"party": "sy.sohr", "name": "the Observatory", "kind": "monitor", "country": "SY"}
OBSERVATORY = {"text": "the Observatory", "class": "monitor", "named": True, "resolved": SOHR}
NURSE = {"text": "A nurse", "class": "medic", "named": False}
SPOKESMAN = {"text": "an army spokesman", "class": "military", "named": False, "resolved": ARMY}


def _shelled(words, killed, source, where=ORLA, **more):
    harm = [{"effect": "killed", "who": f"{killed} people", "low": killed, "high": killed}]
    place = mention("the Mill Quarter" if where is MILL else "Orla", where)
    said = {"places": [place], "when": FRIDAY, "source": source, "actors": [mention("army guns", ARMY)],
            "targets": ["the market"], "harm": harm}  # fmt: skip
    return attack(words, quote=words, **{**said, **more})


_WIRE = (
    "Army guns shelled the market of Orla on Friday and killed 9 people, the Observatory said. The stalls stood along "
    "the river road, where traders from the hill villages come each week with lentils, soap and paraffin, and where "
    "the bakery had opened again only a few days before the shells fell."
)
_HIT = "Army guns shelled the market of Orla on Friday and killed 9 people"
_NURSED = "Army guns shelled the market in the Mill Quarter on Friday and killed 14 people"
_DENIED = "the army had shelled the market of Orla on Friday"
REPORTS = [
    report(_WIRE, _shelled(_HIT, 9, OBSERVATORY), id="hill-1", outlet="Hill Post", title="Nine killed at a market",
           published="2016-12-02"),
    report(f"{_WIRE} The council asked for blood.", _shelled(_HIT, 9, OBSERVATORY), id="dale-1", outlet="Dale Echo",
           title="Market shelled", published="2016-12-03"),
    report(f"{_NURSED}, a nurse told us.", _shelled(_NURSED, 14, NURSE, MILL), id="lake-1", outlet="Lake Wire",
           title="Nurse: fourteen dead", published="2016-12-03"),
    report(f"An army spokesman denied that {_DENIED}. Rebels hold the mill, the Observatory said.",
           _shelled(_DENIED, 0, SPOKESMAN, modality="denied", harm=[]),
           {"kind": "control", "type": "holds", "anchor": "hold", "quote": "Rebels hold the mill",
            "actors": [mention("Rebels", REBELS)], "places": [mention("the mill", MILL)], "source": OBSERVATORY},
           id="vale-1", outlet="Vale Times", title="Army denies", published="2016-12-04"),
]  # fmt: skip
