"""`hxl`: rows with the hashtags of the Humanitarian Exchange Language under the header (HXL 1.1).

Places have the p-codes of OCHA where these were imported (`contested places import`), else none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from contested.views import jsonl
from contested.views.export import flat
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.export.tabular import cell

#: Column of the flat rows → hashtag. What is not here is left out, and told of.
TAGS = {
    "incident": "#event+id", "what": "#event+name", "date": "#date+start", "end": "#date+end", "key": "#meta+id",
    "report": "#meta+report+id", "outlet": "#meta+source+publisher", "published": "#date+published",
    "title": "#meta+title", "url": "#meta+url", "type": "#event+type", "mode": "#event+type+mode",
    "kind": "#event+category", "modality": "#status+modality", "start": "#date+start", "actors": "#org+actor+name",
    "targets": "#org+target+name", "places": "#loc+text", "place": "#loc+name", "place_id": "#loc+code",
    "lat": "#geo+lat", "lon": "#geo+lon", "source": "#meta+source", "source_class": "#meta+source+type",
    "killed_low": "#affected+killed+min", "killed_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min", "injured_high": "#affected+injured+max",
    "displaced_low": "#affected+displaced+min", "displaced_high": "#affected+displaced+max",
    "detained_low": "#affected+detained+min", "detained_high": "#affected+detained+max",
    "abducted_low": "#affected+abducted+min", "abducted_high": "#affected+abducted+max",
    "missing_low": "#affected+missing+min", "missing_high": "#affected+missing+max", "share": "#indicator+share+num",
    "voices": "#meta+voices+num", "reports": "#meta+reports+num", "disputed": "#status+disputed",
    "disputes": "#description+dispute", "quote": "#description+quote",
}  # fmt: skip


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """The header, the hashtags, then a row each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns: list[str] = []
    for row in flat.rows(material, losses):
        if not columns:
            columns = [name for name in row if name in TAGS]
            for name in row.keys() - TAGS.keys():
                losses.drop(f"column `{name}`", "no hashtag says it; csv has it")
            writer.writerow(columns)
            writer.writerow([TAGS[name] for name in columns])
        writer.writerow([_code(name, row[name], losses) for name in columns])
        yield jsonl.encoded(out.getvalue())
        out.seek(0)
        out.truncate()


def _code(name: str, value: object, losses: Losses) -> object:
    """A cell; of ids of places OCHA's p-codes alone are codes that others know."""
    if name == "place_id" and isinstance(value, str):
        if value.startswith("ocha:"):
            return cell(value.removeprefix("ocha:"), losses)
        losses.drop("places without a p-code", "import OCHA's lists: contested places import", value)
        return None
    return cell(value, losses)
