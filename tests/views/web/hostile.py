"""A record of reports that attack who reads them: every field carries what would run, fetch, break out or forge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contested.record.record import open_record
from contested.statement import Report

#: What would set it is a script that ran.
FLAG = "__pwned"
SCRIPT = f"<script>window.{FLAG}=1</script>"
OUT = f"\"'><img src=x onerror=window.{FLAG}=1><svg/onload=window.{FLAG}=1>"
CLOSING = f"</title></textarea></q></bdi><iframe srcdoc='{SCRIPT}'></iframe>"
TEMPLATE = "{{7*7}}{% raw %}${7*7}#{7*7}"
FORGED = "\u202egnirts\u2066\x00\x1b[31m\u2028"
URLS = (
    f"javascript:window.{FLAG}=1", f"data:text/html,{SCRIPT}", "//evil.example/track.gif",
    f"https://evil.example/\"onmouseover=window.{FLAG}=1 x=\"", "http://[::1", " JaVaScRiPt:alert(1)",
)  # fmt: skip
ALL = SCRIPT + OUT + CLOSING + TEMPLATE
IDS = (
    f"id{ALL}", "a\r\nset-cookie: x=1\r\n\r\n<b>", "../../etc/passwd%00?id=other&token=x#top", "javascript:alert(1)",
    "تقرير", "//evil.example/x",
)  # fmt: skip
ARABIC = "قصفت القوات الحكومية حي المطحنة يوم الجمعة"
LONG = "ten thousand " * 800


def record(path: Path) -> Path:
    """Fill a record at `path`: reports that agree and disagree, so that all that is derived carries their words too."""
    with open_record(path, create=True) as made:
        reports = [_report(n, id_) for n, id_ in enumerate(IDS)]
        for _ in made.add(reports, reader=f"reader {ALL}", knowledge=f"lexicon {ALL}"):
            pass
        made.derive()
        first, *_, last = made.statements()
        made.judge("correct", first.key, {"mode": "aerial"}, who=f"who {ALL}", note=f"note {ALL}{FORGED}")
        made.judge("reject", last.key, who=ARABIC, note=LONG)
        made.derive()
    return path


def _report(n: int, id_: str) -> Report:
    side, other = (f"party {ALL}", f"rebels {OUT}") if n % 2 else (f"rebels {OUT}", f"party {ALL}")
    town, source = f"town {CLOSING}", f"source {n} {ALL}"
    dead = 5 + 7 * n
    sentences = [
        f"{side} shelled {other} in {town} on Friday, killing {dead} people, {source} said",
        f"{side} holds {town}, {source} said",
        f"{dead} people were killed in the war {TEMPLATE}, {source} said",
        f"{side} backs {other} {SCRIPT}",
        f"{town} has no water {FORGED}",
        f"{source} predicts that {side} will win {OUT}",
        ARABIC,
    ]
    filler = " ".join(f"word{n}{k}" for k in range(400))  # so that none is a near-copy of another
    text = f"{'. '.join(sentences)}. {filler}."
    voice = {"text": source, "class": "monitor", "named": True, "resolved": _party("x.source", f"name of {ALL}")}
    where = [{"text": town, "resolved": _place(town)}]
    who = [{"text": side, "resolved": _party(f"x.{n % 2}", f"name of {side}")}]
    whom = [{"text": other, "resolved": _party(f"x.{(n + 1) % 2}", f"name of {other}")}]
    when = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02", "basis": "published"}
    told: list[dict[str, Any]] = [
        {"kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "actors": who, "when": when,
         "targets": whom, "harm": [{"effect": "killed", "who": f"people {ALL}", "low": dead, "high": dead}]},
        {"kind": "control", "type": "holds", "anchor": "holds", "actors": who,
         "share": {"text": f"all {ALL}", "value": 0.9}},
        {"kind": "toll", "type": "killed", "anchor": "killed",
         "harm": [{"effect": "killed", "who": f"people {ALL}", "low": dead * 100, "high": None}]},
        {"kind": "relation", "type": "backs", "anchor": "backs", "actors": who, "targets": whom},
        {"kind": "condition", "type": "shortage", "anchor": "no water"},
        {"kind": "position", "type": "prediction", "anchor": "predicts", "actors": [source], "modality": "future"},
        {"kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "قصفت", "actors": ["القوات الحكومية"]},
    ]  # fmt: skip
    by = {"type": f"rule {ALL}", "statement": f"model {ALL}"}
    coded = [
        {"quote": sentence, "places": where, "source": voice, "said": {"text": f"said {ALL}", "date": "2016-12-02"},
         "by": by, "sure": {"statement": 0.5}, **one}
        for sentence, one in zip(sentences, told, strict=True)
    ]  # fmt: skip
    title = LONG + ALL if n == 1 else f"{ARABIC} {ALL}"
    return Report.from_json({
        "id": id_, "text": text, "outlet": f"outlet {n % 3} {ALL}{FORGED}", "title": title,
        "published": "2016-12-03", "url": URLS[n], "statements": coded, "published_as": ALL, f"key {ALL}": {ALL: [ALL]},
    })  # fmt: skip


def _party(id_: str, name: str) -> dict[str, Any]:
    return {"party": id_, "name": name, "kind": "armed-group", "country": "SY"}


def _place(name: str) -> dict[str, Any]:
    return {"place": f"file:{OUT[:40]}", "name": f"name of {name}", "lat": 36.2, "lon": 37.1, "kind": "town",
            "radius_km": 3.0, "country": "SY",
            "precision": "exact", "within": [f"file:{SCRIPT}", "iso:SY"]}  # fmt: skip
