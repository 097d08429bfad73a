"""Reports with their statements marked in place and listed beside: one file that needs nothing else.

No script, no font, no picture, and a content policy that forbids them: whatever a report's text holds, it stays text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from string import Template

from contested.statement import TYPES, Mention, Report, Statement
from contested.views import marking, words
from contested.views.marking import Piece


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
    """The text as paragraphs, a line each."""
    for pieces in marking.paragraphs(report.text, report.statements):
        marked = "".join(_piece(piece, report.statements, n) for piece in pieces).strip("\r\n")
        if marked.strip():
            yield f'<p dir="auto">{marked}</p>\n'


def _piece(piece: Piece, statements: Sequence[Statement], n: int) -> str:
    """One stretch as of its kind; numbers where anchors end."""
    if piece.kind is None:
        return _safe(piece.text)
    out = f'<span class="quote{" anchor" if piece.anchors else ""} {_safe(piece.kind)}">{_safe(piece.text)}</span>'
    for at in piece.ends:
        s, k = statements[at], at + 1
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
