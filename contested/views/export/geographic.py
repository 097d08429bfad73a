"""`geojson` and `gpkg`: points of statements, incidents or accounts, for QGIS and its like (WGS 84, EPSG:4326).

What has no point is left out, and told of: a place that no gazetteer has is not put anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from contested.views import jsonl
from contested.views.export import flat
from contested.views.export.losses import Losses
from contested.views.export.material import Material

#: So many rows are written at a time.
GROUP = 5000
NO_POINT = "no point is known: the place has no name, or no gazetteer has it"


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """RFC 7946: one FeatureCollection, a feature a line."""
    yield b'{"type": "FeatureCollection", "features": ['
    before = b"\n"
    for row in _placed(material, losses):
        point = {"type": "Point", "coordinates": [round(row["lon"], 6), round(row["lat"], 6)]}
        told = {name: value for name, value in row.items() if name not in ("lat", "lon")}
        feature = {"type": "Feature", "geometry": point, "properties": told}
        yield before + jsonl.encoded(jsonl.line(feature)).rstrip(b"\n")
        before = b",\n"
    yield b"\n]}\n"


def write(material: Material, path: Path, losses: Losses) -> None:
    """A GeoPackage with one layer, called as its rows are."""
    import pyarrow as pa
    import pyogrio
    import shapely

    rows = _placed(material, losses)
    first = next(rows, None)
    if first is None:
        from contested.errors import ExportError

        raise ExportError("gpkg", "nothing that is asked for has a point: there is no layer to write")
    types: dict[str, Any] = {}
    rows = chain([first], rows)
    while group := list(islice(rows, GROUP)):
        points = shapely.points([row["lon"] for row in group], [row["lat"] for row in group])
        columns = {name: [row[name] for row in group] for name in group[0] if name not in ("lat", "lon")}
        for name in columns:
            types.setdefault(name, _type(pa, name))
        table = pa.table(
            {**{n: pa.array(v, types[n]) for n, v in columns.items()}, "geometry": shapely.to_wkb(points).tolist()}
        )
        pyogrio.write_arrow(
            table, path, driver="GPKG", layer=material.rows, geometry_type="Point", crs="EPSG:4326",
            geometry_name="geometry", append=path.exists(),
        )  # fmt: skip


def _type(pa: Any, name: str) -> Any:
    """The type of a flat column, by its name: a column without any value has a type as well."""
    if name.endswith(("_low", "_high")) or name in ("voices", "reports", "accounts", "quote_start"):
        return pa.int64()
    if name in ("radius_km", "share", "sure"):
        return pa.float64()
    if name == "ucdp_type_of_violence":
        return pa.int64()
    return pa.bool_() if name == "source_named" else pa.string()


def _placed(material: Material, losses: Losses) -> Iterator[flat.Row]:
    """The flat rows that have a point."""
    for row in flat.rows(material, losses):
        if row["lat"] is None or row["lon"] is None:
            losses.drop(material.rows, NO_POINT, str(row.get("key") or row["incident"]))
            losses.written[material.rows] -= 1
            continue
        yield row
