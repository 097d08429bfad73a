"""Small inputs of every kind that is read, whole and in order: what the fuzzing starts from. All words are invented."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

TITLE, OUTLET, DAY, URL = "Army in Oron", "Dale Echo", "2019-03-08", "https://daleecho.example/2019/oron"
BODY = (
    "ORON, March 8 (DE) – The army said on Friday that it had entered Oron after three days of shelling, and had met "
    "no one in the streets.",
    "“No soldier was seen,” said residents of the town, and bread was short since the road was closed.",
    "At least nine people were killed in the lower town, a nurse at the clinic told the Dale Echo by telephone.",
)
TEXT = "\n\n".join(BODY)
MARKUP = "".join(f"<p>{words}</p>" for words in BODY)
FIELDS: dict[str, Any] = {"id": "oron-1", "outlet": OUTLET, "title": TITLE, "published": DAY, "url": URL, "text": TEXT}


@dataclass(frozen=True, slots=True)
class Seed:
    """An input: the kind it is of, and the name of its file."""

    kind: str
    name: str
    data: bytes


def _page() -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | {OUTLET}</title>
<meta property="og:site_name" content="{OUTLET}"><meta property="article:published_time" content="{DAY}T10:00:00Z">
<link rel="canonical" href="{URL}"><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
"datePublished": "{DAY}"}}</script></head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>
<p class="byline">By A. Dale</p>{MARKUP}<table><tr><td>9</td><td>killed</td></tr></table>
<ul><li>bread</li></ul></article>
<footer>Follow us</footer></body></html>"""


def _coded() -> dict[str, Any]:
    """A report with statements, as the program writes it."""
    statement = {
        "kind": "toll", "type": "killed", "anchor": "killed", "quote": BODY[2], "actors": ["nine people"],
        "places": [{"text": "the lower town", "start": TEXT.find("the lower town")}],
        "when": {"text": "on Friday", "start": DAY, "end": DAY}, "modality": "asserted",
        "source": {"text": "a nurse at the clinic", "class": "medic", "named": False, "via": []},
        "harm": [{"effect": "killed", "who": "nine people", "low": 9, "high": None}], "sure": {"actors": 0.5}, "by": {},
    }  # fmt: skip
    control = {"kind": "control", "type": "holds", "anchor": "entered", "quote": "it had entered Oron",
               "share": {"text": "Oron", "value": 0.5}, "said": {"text": "on Friday", "date": DAY}}  # fmt: skip
    return {**FIELDS, "statements": [statement, control], "language": "en"}


def _rss() -> str:
    content = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    items = "".join(
        f"<item><title>{TITLE} {n}</title><link>{URL}/{n}</link><guid>oron-{n}</guid>"
        f"<pubDate>Fri, 08 Mar 2019 10:00:00 GMT</pubDate><description>{BODY[0]}</description>"
        f"<content:encoded>{content}</content:encoded></item>"
        for n in range(2)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{OUTLET}</title><link>{URL}</link>{items}</channel></rss>"
    )


def _atom() -> str:
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><entry><title>{TITLE}</title>'
        f'<id>oron-1</id><link href="{URL}"/><updated>{DAY}T10:00:00Z</updated>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{MARKUP}</div></content></entry></feed>'
    )


def _newsml() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:oron:1" version="2"><itemMeta>
<itemClass qcode="ninat:text"/><provider literal="{OUTLET}"/><versionCreated>{DAY}T10:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>{TITLE}</headline><located><name>Oron</name></located>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
{MARKUP}</body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""


def _ninjs() -> dict[str, Any]:
    return {
        "uri": "urn:newsml:hillwire.example:20190308:7", "type": "text", "version": "2", "pubstatus": "usable",
        "versioncreated": f"{DAY}T10:00:00+01:00", "headline": TITLE, "body_text": TEXT, "body_xhtml": MARKUP,
        "infosource": [{"name": "Hill Wire"}], "bodies": [{"contenttype": "text/html", "value": MARKUP}],
    }  # fmt: skip


def _reliefweb() -> dict[str, Any]:
    fields = {
        "id": 7, "title": TITLE, "body": TEXT, "body-html": MARKUP, "date": {"original": f"{DAY}T00:00:00+00:00"},
        "source": [{"shortname": "DE", "name": OUTLET}], "country": [{"name": "Dale"}], "url_alias": URL,
    }  # fmt: skip
    return {"data": [{"id": "7", "fields": fields, "href": URL}], "totalCount": 1}


def _mail() -> str:
    return (
        f"From: {OUTLET} <desk@daleecho.example>\r\nTo: all@daleecho.example\r\nSubject: Fwd: {TITLE}\r\n"
        "Date: Fri, 08 Mar 2019 10:00:00 +0100\r\nMessage-ID: <oron-1@daleecho.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: multipart/alternative; boundary="c"\r\n\r\n'
        f"--c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{TEXT}\r\n"
        f"--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{MARKUP}</body></html>\r\n--c--\r\n"
        "--b\r\nContent-Type: text/plain; name=second.txt\r\nContent-Disposition: attachment; filename=second.txt\r\n"
        "\r\n---------- Forwarded message ---------\r\nFrom: Hill Wire\r\nDate: 7 Mar 2019\r\nSubject: x\r\n\r\n"
        f"{TEXT}\r\n--b--\r\n"
    )


def _mbox() -> str:
    one = f"From a@b.example Fri Mar  8 10:00:00 2019\nFrom: {OUTLET}\nSubject: {TITLE}\nDate: 8 Mar 2019\n\n{TEXT}\n\n"
    return one + one.replace("From: ", "X-Mailer: x\nFrom: ").replace(TITLE, "=?utf-8?B?QXJteQ==?=")


def _csv(delimiter: str) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=delimiter)
    rows.writerow([*FIELDS, "mood"])
    for n in range(3):
        rows.writerow([f"oron-{n}", *list(FIELDS.values())[1:], "calm"])
    return out.getvalue().encode()


def _mentions() -> bytes:
    line = "410000001\t20190308100000\t20190308120000\t1\tdaleecho.example\t{}\t1\t-1\t0\t10\t1\t100\t2000\t-3.2\t\t\n"
    return "".join(line.format(f"{URL}/{n}") for n in range(5)).encode()


def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    out = Canvas(stream, pageCompression=0)
    for n, words in enumerate(BODY):
        lines = out.beginText(70, 750)
        for line in (OUTLET, words[:60], words[60:], f"Page {n + 1}"):
            lines.textLine(line)
        out.drawText(lines)
        out.showPage()
    out.save()
    return stream.getvalue()


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    document.add_heading(TITLE)
    for words in BODY:
        document.add_paragraph(words)
    document.add_table(1, 2).cell(0, 0).text = "nine"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _warc(packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for n, (media, content) in enumerate((("text/html; charset=utf-8", _page()), ("text/plain", TEXT))):
        data = content.encode() if n else gzip.compress(content.encode(), mtime=0)
        fields = [("Content-Type", media), *([] if n else [("Content-Encoding", "gzip")])]
        http = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        told = {"WARC-Date": f"{DAY}T12:00:00Z", "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-00000000000{n}>"}
        writer.write_record(
            writer.create_warc_record(
                f"{URL}/{n}", "response", io.BytesIO(data), len(data), http_headers=http, warc_headers_dict=told
            )
        )
    return stream.getvalue()


def _zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as out:
        for name, data in files.items():
            out.writestr(zipfile.ZipInfo(name, (2019, 3, 8, 0, 0, 0)), data, how)
    return stream.getvalue()


def _wacz() -> bytes:
    return _zipped({"archive/a.warc.gz": _warc(True), "datapackage.json": b"{}", "pages/pages.jsonl": b"{}"})


def _parquet() -> bytes | None:
    """A table of reports; None where its reader or the library that writes it is not here."""
    from contested.intake import KINDS

    if not any(kind.name == "parquet" for kind in KINDS):
        return None
    from pyarrow import BufferOutputStream, Table, parquet

    stream = BufferOutputStream()
    rows = [{**FIELDS, "id": f"oron-{n}", "mood": n} for n in range(3)]
    parquet.write_table(Table.from_pylist(rows), stream, compression="none")
    return bytes(stream.getvalue())


def _unpacked(data: bytes) -> Callable[[], dict[str, bytes]]:
    """The files of a ZIP archive, to change one of them and to pack it again."""

    @cache
    def files() -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return files


@cache
def seeds() -> tuple[Seed, ...]:
    """One or more inputs of every kind."""
    found = [
        Seed("text", "x.txt", TEXT.encode()),
        Seed("html", "x.html", _page().encode()),
        Seed("json", "x.jsonl", f"{json.dumps(_coded())}\n{json.dumps(FIELDS)}\n".encode()),
        Seed("json", "x.json", json.dumps([_coded(), FIELDS], ensure_ascii=False, indent=1).encode()),
        Seed("csv", "x.csv", _csv(",")),
        Seed("csv", "x.tsv", _csv("\t")),
        Seed("feed", "x.rss", _rss().encode()),
        Seed("feed", "x.atom", _atom().encode()),
        Seed("newsml", "x.newsml", _newsml().encode()),
        Seed("ninjs", "x.json", json.dumps(_ninjs()).encode()),
        Seed("reliefweb", "x.json", json.dumps(_reliefweb()).encode()),
        Seed("mail", "x.eml", _mail().encode()),
        Seed("mail", "x.mbox", _mbox().encode()),
        Seed("mentions", "x.mentions.csv", _mentions()),
        Seed("pdf", "x.pdf", _pdf()),
        Seed("docx", "x.docx", _docx()),
        Seed("warc", "x.warc", _warc(False)),
        Seed("warc", "x.warc.gz", _warc(True)),
        Seed("wacz", "x.wacz", _wacz()),
        Seed("gzip", "x.jsonl.gz", gzip.compress(f"{json.dumps(_coded())}\n".encode(), mtime=0)),
        Seed("gzip", "x.csv.gz", gzip.compress(_csv(","), mtime=0)),
    ]
    if (table := _parquet()) is not None:
        found.append(Seed("parquet", "x.parquet", table))
    return tuple(found)


@cache
def _files(seed: Seed) -> Callable[[], dict[str, bytes]]:
    return _unpacked(seed.data)


def inside(seed: Seed, change: Callable[[bytes], bytes], pick: Callable[[list[str]], str]) -> bytes:
    """A packed input with one of its files changed, and packed again: what is in it is reached."""
    if seed.data.startswith(b"\x1f\x8b"):
        return gzip.compress(change(gzip.decompress(seed.data)), mtime=0)
    files = _files(seed)()
    name = pick(sorted(files))
    return _zipped({**files, name: change(files[name])})


def is_packed(seed: Seed) -> bool:
    return seed.data[:2] in (b"PK", b"\x1f\x8b")
