"""Reports with their statements marked in place and listed beside: one file that needs nothing else.

No script, no font, no picture, and a content policy that forbids them: whatever a report's text holds, it stays text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import pairwise
from string import Template

from contested.statement import TYPES, Mention, Report, Statement
from contested.views import words


def page(reports: Iterable[Report], *, version: str = "") -> str:
    """The page of `reports`, with an index where there are several. `version` is the reader's, for the page's foot."""
    read = list(reports)
    template = Template(resources.files("contested.views").joinpath("page.html").read_text("utf-8"))
    kinds = Counter(statement.kind for report in read for statement in report.statements)
    counts = f"{words.counted(len(read), 'report')}, {words.counted(kinds.total(), 'statement')}"
    return template.substitute(
        version=_safe(version),
        title=_safe(_title(read[0])) if len(read) == 1 else "Reports and what they say",
        facts=_safe(f"{counts}, read by contested {version}".rstrip()),
        legend="".join(_switch(kind, kinds[kind]) for kind in TYPES),
        index=_index(read) if len(read) > 1 else "",
        reports="\n".join(_article(report, n) for n, report in enumerate(read, 1)),
    )


def _safe(text: str) -> str:
    return escape(words.safe(text))


def _title(report: Report) -> str:
    return words.shown(report.title or "") or report.id


def _facts(report: Report, *more: str) -> str:
    """Outlet, date and `more` as HTML; each keeps to its own direction of writing."""
    facts = [words.shown(fact) for fact in (report.outlet, report.published, *more) if fact]
    return " · ".join(f"<bdi>{_safe(fact)}</bdi>" for fact in facts)


def _switch(kind: str, n: int) -> str:
    box = f'<input type="checkbox" id="k-{kind}" checked>'
    return f'<label class="{kind}">{box} <span class="key">{kind}</span> {n}</label>'


def _index(reports: list[Report]) -> str:
    rows = []
    for n, report in enumerate(reports, 1):
        facts = _facts(report, words.counted(len(report.statements), "statement"))
        rows.append(f'<li><a href="#r{n}" dir="auto">{_safe(_title(report))}</a><span>{facts}</span></li>')
    return f'<nav aria-label="Reports"><ol class="index">{"".join(rows)}</ol></nav>'


def _article(report: Report, n: int) -> str:
    link = ""
    if report.url and report.url.lower().startswith(("http://", "https://")):
        link = f' · <a href="{_safe(report.url)}" rel="noreferrer nofollow">as published</a>'
    facts = _facts(report) or "no outlet or date known"
    cards = "\n".join(_card(statement, n, k) for k, statement in enumerate(report.statements, 1))
    return (
        f'<article id="r{n}">\n<h2 dir="auto">{_safe(_title(report))}</h2>\n<p class="facts">{facts}{link}</p>\n'
        f'<div class="sides">\n<div class="text">\n{"".join(_paragraphs(report, n))}</div>\n'
        f'<ol class="cards" tabindex="0" aria-label="Statements">\n{cards}\n</ol>\n</div>\n</article>'
    )


# ---- the text, marked ------------------------------------------------------------------------------------------------


def _paragraphs(report: Report, n: int) -> Iterator[str]:
    """The text as paragraphs, a line each. Cut at every start and end of a quote or an anchor."""
    text = report.text
    placed = [(k, s) for k, s in enumerate(report.statements, 1) if s.quote_start >= 0]
    edges = sorted(
        {
            edge
            for _, s in placed
            for edge in (s.quote_start, s.quote_start + len(s.quote), s.anchor_start, s.anchor_start + len(s.anchor))
        }
    )
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = [start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]
        pieces = (_piece(text[low:high], low, high, placed, n) for low, high in pairwise(inside))
        marked = "".join(pieces).strip("\r\n")
        if marked.strip():
            yield f'<p dir="auto">{marked}</p>\n'
        start = end


def _piece(piece: str, low: int, high: int, placed: list[tuple[int, Statement]], n: int) -> str:
    """One stretch with no edge inside, as of the kind of the shortest quote over it; numbers where anchors end."""
    covering = [(k, s) for k, s in placed if s.quote_start <= low and high <= s.quote_start + len(s.quote)]
    if not covering or not piece.strip():
        return _safe(piece)
    anchored = [(k, s) for k, s in covering if s.anchor_start <= low and high <= s.anchor_start + len(s.anchor)]
    kind = min(anchored or covering, key=lambda pair: len(pair[1].quote))[1].kind
    out = f'<span class="quote{" anchor" if anchored else ""} {_safe(kind)}">{_safe(piece)}</span>'
    for k, s in anchored:
        if s.anchor_start + len(s.anchor) == high:
            link = f'id="r{n}a{k}" href="#r{n}s{k}" title="{_safe(_name(s))}"'
            out += f'<sup><a class="{_safe(s.kind)}" {link}>{k}</a></sup>'
    return out


# ---- the list beside -------------------------------------------------------------------------------------------------


def _name(statement: Statement) -> str:
    return " ".join(part for part in (statement.kind, statement.type, statement.mode) if part)


def _card(statement: Statement, n: int, k: int) -> str:
    kind = ", ".join(part for part in (statement.kind, statement.mode) if part)
    modality = f" <em>{_safe(statement.modality)}</em>" if statement.modality != "asserted" else ""
    slots = [
        ("who", _mentions(statement.actors)),
        ("whom", _mentions(statement.targets)),
        ("where", _mentions(statement.places)),
        ("when", _safe(words.when(statement.when))),
        ("according to", _safe(words.source(statement.source))),
        ("said", _safe(words.said(statement))),
        ("harm", "<br>".join(_safe(words.harm(harm)) for harm in statement.harm)),
        ("share", _safe(words.share(statement.share)) if statement.share else ""),
    ]
    return (
        f'<li id="r{n}s{k}" class="{_safe(statement.kind)}">'
        f'<h3><a href="#r{n}a{k}">{k} {_safe(statement.type)}</a> <span>{_safe(kind)}</span>{modality}</h3>'
        f'<blockquote dir="auto">{_safe(statement.quote)}</blockquote>{_pairs(slots)}{_how(statement)}</li>'
    )


def _mentions(mentions: tuple[Mention, ...]) -> str:
    out = []
    for mention in mentions:
        known = ", ".join(f"{name}: {value}" for name, value in (mention.resolved or {}).items())
        title = f' title="{_safe(known)}"' if known else ""
        out.append(f"<bdi{title}>{_safe(words.shown(mention.text))}</bdi>")
    return "; ".join(out)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """A description list; `pairs` are a label and HTML, left out where that is empty."""
    return "<dl>" + "".join(f'<dt>{label}</dt><dd dir="auto">{html}</dd>' for label, html in pairs if html) + "</dl>"


def _how(statement: Statement) -> str:
    """What coded each field (`by`), and how sure it was."""
    fields = dict.fromkeys([*statement.by, *statement.sure])
    if not fields:
        return ""
    rows = []
    for name in fields:
        sure = f"{statement.sure[name]:.0%} sure" if name in statement.sure else ""
        rows.append((_safe(name), _safe(", ".join(part for part in (statement.by.get(name), sure) if part))))
    return f"<details><summary>how coded</summary>{_pairs(rows)}</details>"
