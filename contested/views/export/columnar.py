"""`parquet`: statements, incidents or accounts with nested slots and Arrow's types, for DuckDB, pandas and R."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from contested.record.account import Account
from contested.views.export import flat
from contested.views.export.losses import Losses
from contested.views.export.material import Material

#: So many rows make a row group.
GROUP = 5000

WORDS, NUMBER, DAY, WHOLE = pa.string(), pa.float64(), pa.date32(), pa.int64()
#: What a mention was resolved to, as far as it is one of these; the rest of it stays in the jsonl format.
MENTION = {"text": WORDS, "start": pa.int32(), "end": pa.int32()}
PARTY = {"party": WORDS, "name": WORDS, "kind": WORDS, "country": WORDS, "class": WORDS, "side": WORDS, "part": WORDS}
PLACE = {
    "place": WORDS, "name": WORDS, "lat": NUMBER, "lon": NUMBER, "radius_km": NUMBER, "kind": WORDS, "country": WORDS,
    "precision": WORDS,
}  # fmt: skip


def _struct(*parts: Mapping[str, pa.DataType]) -> pa.DataType:
    return pa.struct([pa.field(name, type_) for part in parts for name, type_ in part.items()])


WHO, WHERE = _struct(MENTION, PARTY), _struct(MENTION, PLACE, {"within": pa.list_(WORDS)})
HARM = _struct({"effect": WORDS, "who": WORDS, "low": WHOLE, "high": WHOLE})
STATEMENT = {
    "key": WORDS, "report": WORDS, "outlet": WORDS, "published": DAY, "title": WORDS, "url": WORDS, "id": WORDS,
    "kind": WORDS, "type": WORDS, "mode": WORDS, "modality": WORDS, "anchor": WORDS, "anchor_start": pa.int32(),
    "quote": WORDS, "quote_start": pa.int32(), "start": DAY, "end": DAY,
    "when": _struct({"text": WORDS, "start": WORDS, "end": WORDS, "basis": WORDS, "type": WORDS, "value": WORDS}),
    "actors": pa.list_(WHO), "targets": pa.list_(WHO), "places": pa.list_(WHERE),
    "source": _struct({"text": WORDS, "class": WORDS, "named": pa.bool_(), "via": pa.list_(WORDS), "party": WORDS,
                       "name": WORDS, "country": WORDS}),
    "said": _struct({"text": WORDS, "date": WORDS}), "harm": pa.list_(HARM),
    "share": _struct({"text": WORDS, "value": NUMBER}), "by": pa.map_(WORDS, WORDS), "sure": pa.map_(WORDS, NUMBER),
}  # fmt: skip
DISPUTE = _struct({
    "id": WORDS, "type": WORDS, "update": pa.bool_(), "sentence": WORDS,
    "accounts": pa.list_(_struct({"account": WORDS, "report": WORDS, "source": WORDS, "says": WORDS, "quote": WORDS})),
})  # fmt: skip
INCIDENT = {
    "incident": WORDS, "what": WORDS, "date": DAY, "end": DAY, "place": WORDS, "type": WORDS, "mode": WORDS,
    "voices": WHOLE, "accounts": pa.list_(WORDS),
    "reports": pa.list_(_struct({"id": WORDS, "quote": WORDS, "anchor": WORDS})),
    "links": pa.list_(_struct({"accounts": pa.list_(WORDS), "score": NUMBER, "why": pa.list_(WORDS)})),
    "disputes": pa.list_(DISPUTE),
    "acled": _struct({"event_type": WORDS, "sub_event_type": WORDS, "disorder_type": WORDS, "rule": WORDS,
                      "reason": WORDS}),
    "ucdp": _struct({"type_of_violence": WHOLE, "rule": WORDS, "reason": WORDS}),
    "airwars": _struct({"grade": WORDS, "rule": WORDS, "reason": WORDS}),
}  # fmt: skip


def write(material: Material, path: Path, losses: Losses) -> None:
    """Write one file, in groups of rows."""
    fields = INCIDENT if material.rows == "incidents" else STATEMENT
    if material.rows == "accounts":
        fields = {"incident": WORDS, "what": WORDS, **STATEMENT}
    schema = pa.schema([pa.field(name, type_) for name, type_ in fields.items()])
    rows = flat.each(material, losses, statement, _incident)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))


def _incident(body: Mapping[str, Any]) -> dict[str, Any]:
    return {**body, "date": _day(body["date"]), "end": _day(body["end"])}


def statement(account: Account, about: Mapping[str, Any], losses: Losses) -> dict[str, Any]:
    """One row; what a mention was resolved to lies beside its words, as far as the schema has it."""
    said = account.to_json()
    for slot, kept in (("actors", PARTY), ("targets", PARTY), ("places", {**PLACE, "within": WORDS})):
        said[slot] = [_resolved(one, kept, account.key, losses) for one in said[slot]]
    if said["source"]:
        said["source"] = _resolved(said["source"], {**PARTY, "class": WORDS}, account.key, losses)
    return {
        **said, "published": account.published, "start": account.start, "end": account.end, "title": about["title"],
        "url": about["url"], "by": list(said["by"].items()), "sure": list(said["sure"].items()),
    }  # fmt: skip


def _resolved(mention: Mapping[str, Any], kept: Mapping[str, Any], key: str, losses: Losses) -> dict[str, Any]:
    known = mention.get("resolved") or {}
    for name in known.keys() - kept.keys():
        losses.drop(f"`resolved.{name}`", "the schema has no column for it: jsonl has all", key)
    return {**known, **mention}


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
