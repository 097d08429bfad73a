"""`webannotation`, `prov` and `labelstudio`: statements as marks on their reports, and where they are from.

A mark is the quote by its words and what stands before and after, and by its offsets (Unicode code points).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from contested.statement import Mention, Report, Statement
from contested.views import jsonl
from contested.views.export.losses import Losses
from contested.views.export.material import Material

#: So much of the text on both sides tells a quote from the same words elsewhere (characters).
AROUND = 32
#: A namespace that nobody has to own (RFC 4151).
TAG = "tag:contested,2026:"


def address(report: Report) -> str | None:
    """The address of a report as an IRI, where it is one of the web."""
    url = report.url or ""
    return escaped(url, "%/:?#[]@!$&'()*+,;=") if url.lower().startswith(("http://", "https://")) else None


def report_id(report: Report) -> str:
    """The IRI of a report: its own address, else a tag."""
    return address(report) or TAG + "report/" + escaped(report.id)


def statement_id(report: Report, statement: Statement) -> str:
    return f"{TAG}statement/{escaped(report.id)}/{statement.id}"


def escaped(words: str, safe: str = "") -> str:
    """Words as a part of an IRI, whatever is in them; half a character is a question mark."""
    return quote(words, safe=safe, errors="replace")


# ---- W3C Web Annotation ----------------------------------------------------------------------------------------------


def webannotation(material: Material, losses: Losses) -> Iterator[bytes]:
    """W3C Web Annotation Data Model (2017): one AnnotationPage; a TextQuote- and a TextPositionSelector each."""
    yield b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": ['
    before = b"\n"
    for report in material.reports():
        for said in report.statements:
            losses.wrote("statements")
            yield before + jsonl.encoded(jsonl.line(annotation(report, said))).rstrip(b"\n")
            before = b",\n"
    yield b"\n]}\n"


def annotation(report: Report, said: Statement) -> dict[str, Any]:
    """One statement as an annotation; its body is the codebook's object, its target the quote in the report."""
    start, end = said.quote_start, said.quote_start + len(said.quote)
    before, after = report.text[max(0, start - AROUND) : start], report.text[end : end + AROUND]
    code = f"{said.kind}/{said.type}" + (f"/{said.mode}" if said.mode else "")
    return {
        "id": statement_id(report, said), "type": "Annotation", "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": code},
            {"type": "Dataset", "purpose": "describing", "format": "application/json", "value": said.to_json()},
        ],
        "target": {
            "source": report_id(report),
            "selector": [
                {"type": "TextQuoteSelector", "exact": said.quote, "prefix": before, "suffix": after},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }  # fmt: skip


# ---- PROV-JSON -------------------------------------------------------------------------------------------------------


def prov(material: Material, losses: Losses) -> Iterator[bytes]:
    """W3C PROV-JSON: reports and statements as entities, who says and who published as agents, the reading as activity.

    One document a line (one a report), so that a record of any size is written: PROV's documents are merged by taking
    them together.
    """
    for report in material.reports():
        losses.wrote("reports")
        losses.wrote("statements", len(report.statements))
        for slot in ("actors", "targets", "places", "harm"):
            n = sum(len(getattr(said, slot)) for said in report.statements)
            losses.drop(
                f"`{slot}`", "PROV tells where a statement is from, not what it says: its quote is kept", report.id, n
            )
        yield jsonl.encoded(jsonl.line(provenance(report, material.version)))


def provenance(report: Report, version: str) -> dict[str, Any]:
    """The provenance of one report's statements."""
    source = f"c:report/{escaped(report.id)}"
    reading, program = f"{source}/reading", "c:contested"
    out: dict[str, dict[str, Any]] = {
        "prefix": {"c": TAG, "prov": "http://www.w3.org/ns/prov#"},
        "entity": {source: _given({"prov:label": report.title or report.id, "prov:location": address(report)})},
        "activity": {reading: {"prov:label": "reading"}},
        "agent": {program: {"prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
                            "prov:label": f"contested {version}".strip()}},
        "used": {f"_:u{escaped(report.id)}": {"prov:activity": reading, "prov:entity": source}},
        "wasAssociatedWith": {f"_:a{escaped(report.id)}": {"prov:activity": reading, "prov:agent": program}},
        "wasGeneratedBy": {}, "wasDerivedFrom": {}, "wasAttributedTo": {},
    }  # fmt: skip
    if report.outlet:
        outlet = "c:outlet/" + escaped(report.outlet)
        out["agent"][outlet] = {"prov:label": report.outlet}
        out["wasAttributedTo"][f"_:o{escaped(report.id)}"] = {"prov:entity": source, "prov:agent": outlet}
    for said in report.statements:
        one = f"c:statement/{escaped(report.id)}/{said.id}"
        out["entity"][one] = {"prov:value": said.quote, "prov:label": f"{said.kind} {said.type}"}
        out["wasGeneratedBy"][f"_:g{said.id}"] = {"prov:entity": one, "prov:activity": reading}
        out["wasDerivedFrom"][f"_:d{said.id}"] = {
            "prov:generatedEntity": one, "prov:usedEntity": source,
            "prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"},
        }  # fmt: skip
        if said.source:
            known = said.source.resolved or {}
            who = "c:source/" + escaped(str(known.get("party") or said.source.text))
            out["agent"][who] = {"prov:label": str(known.get("name") or said.source.text)}
            out["wasAttributedTo"][f"_:s{said.id}"] = {"prov:entity": one, "prov:agent": who}
    return {name: part for name, part in out.items() if part}


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


# ---- Label Studio ----------------------------------------------------------------------------------------------------


def labelstudio(material: Material, losses: Losses) -> Iterator[bytes]:
    """Label Studio's JSON: a task a report, its statements as predictions of labels and relations on the text."""
    yield b"["
    before = b"\n"
    for report in material.reports():
        losses.wrote("reports")
        losses.wrote("statements", len(report.statements))
        for said in report.statements:
            _unmarked(said, losses)
        yield before + jsonl.encoded(jsonl.line(task(report, material.version))).rstrip(b"\n")
        before = b",\n"
    yield b"\n]\n"


def _unmarked(said: Statement, losses: Losses) -> None:
    for slot in ("harm", "when", "share", "said"):
        if getattr(said, slot):
            losses.drop(f"values of `{slot}`", "labels stand on words: numbers and days are not kept", said.id)
    for one in (*said.actors, *said.targets, *said.places):
        if one.start < 0:
            losses.drop("mentions", "they do not stand in the text", said.id)


def task(report: Report, version: str) -> dict[str, Any]:
    """One report: regions on anchors, labelled by type, and on mentions, labelled by role, with relations between."""
    found: list[dict[str, Any]] = []
    for said in report.statements:
        start = said.anchor_start
        if start < 0:
            continue
        found.append(_region(said.id, said.anchor, start, f"{said.kind}.{said.type}"))
        source = (
            [Mention(said.source.text, said.source.start, -1)] if said.source and said.source.start is not None else []
        )
        for role, mentions in (
            ("actor", said.actors), ("target", said.targets), ("place", said.places), ("source", source),
        ):  # fmt: skip
            for n, one in enumerate(mentions):
                if one.start is None or one.start < 0:
                    continue
                region = f"{said.id}-{role}-{n}"
                found.append(_region(region, one.text, one.start, role))
                found.append(
                    {"type": "relation", "from_id": said.id, "to_id": region, "direction": "right", "labels": [role]}
                )
    data = {"text": report.text, "id": report.id, "outlet": report.outlet, "published": report.published}
    return {"data": data, "predictions": [{"model_version": f"contested {version}".strip(), "result": found}]}


def _region(id_: str, words: str, start: int, label: str) -> dict[str, Any]:
    return {
        "id": id_, "from_name": "label", "to_name": "text", "type": "labels",
        "value": {"start": start, "end": start + len(words), "text": words, "labels": [label]},
    }  # fmt: skip
