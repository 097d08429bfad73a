import re

import pytest
from rich.cells import cell_len

from contested.views import table

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("width", [40, 72, 84, 100, 140])
def test_nothing_is_cut_and_nothing_is_too_wide(report, width):
    out = table.render(report, width=width)
    assert max(cell_len(row) for row in out.splitlines()) <= width
    for statement in report.statements:
        assert statement.type in out
        quote = squeezed(statement.quote)
        assert quote in squeezed(out.replace("│", ""))
    if width < table.NARROW:
        plain = squeezed(out)
        for words in ("Rebelgunners", "theflourmill", "stateradio(media,named),viaOrontesStateWire", "killedatleast2"):
            assert words in plain


def test_columns_at_100(report):
    rows = table.render(report, width=100).splitlines()
    assert rows[0] == "Mill shelled in Qasr"
    assert rows[1] == "Qasr Mail · 2016-12-02 · qasr-1"
    head = next(row for row in rows if row.startswith("  # "))
    assert head.split("  ")[-1].strip() == "according to"
    first = next(row for row in rows if row.startswith("  1 "))
    at = {title: head.index(title) for title in ("what", "who ", "whom", "where", "when", "according to")}
    assert first[at["what"] :].startswith("ASSAULT")
    assert first[at["who "] :].startswith("Rebel gunners")
    assert first[at["whom"] :].startswith("the flour mill")
    assert first[at["where"] :].startswith("Qasr")
    assert first[at["when"] :].startswith("on Friday")
    assert first[at["according to"] :].startswith("state radio")
    assert rows[-2] == "7 statements: 2 event, 1 control, 1 toll, 1 condition, 1 relation, 1 position"


def test_qualities_stand_in_words(report):
    out = table.render(report, width=140)
    for words in (
        "DENIED",
        "POSSIBLE",
        "about 70 percent",
        "(0.7)",
        "killed at least 2",
        "from 2011-01-01",
        "own voice",
    ):
        assert words in out


def test_colours_only_where_asked_and_same_words(report):
    plain, coloured = table.render(report, color=False), table.render(report, color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mASSAULT" in coloured
    assert [row.rstrip() for row in ANSI.sub("", coloured).splitlines()] == plain.splitlines()


def test_hostile_words_stay_words(make_report):
    text = "[bold red]Rebel gunners[/] \x1b]0;owned\x07shelled :bomb: the mill \u202etxet\n"
    report = make_report(text)
    from contested.statement import Mention, Statement

    quote = text.strip()
    one = Statement(
        "event", "ASSAULT", "shelled", quote, text.index("shelled"), 0,
        actors=(Mention("[bold red]Rebel gunners[/]", 0, 26),),
    )  # fmt: skip
    out = table.render(report.with_statements([one]), width=100)
    assert "[bold red]Rebel gunners[/]" in out
    assert ":bomb:" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


def test_a_report_without_statements_title_or_date(make_report):
    out = table.render(make_report("Nothing of note happened.", id="x"))
    assert out == "x\nno publication date known\n\n0 statements\n\n"


def test_an_anchor_outside_its_quote_is_not_made_up(make_report):
    from contested.statement import Statement

    one = Statement("event", "ASSAULT", "shelled", "Quiet night", -1, 0)
    assert "│ Quiet night" in table.render(make_report("Quiet night", id="x").with_statements([one]))
