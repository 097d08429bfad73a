"""HTML pages: the article and what the page says about it, or a clear word that there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.errors import InputError, PartlyRead
from contested.intake import from_path
from contested.intake.html import words_of
from contested.statement import Report

FIRST = (
    "Rebel fighters left two villages north of Karsa on Friday, the district governor said, after a week of shelling."
)
SECOND = "“We are not surrendering,” a rebel commander told the Herald by phone, and named no new position."
ITEMS = ("At least nine people were killed in the shelling, a monitor said.", "Some 400 families have fled.")
QUOTED = "The army has no one left to fight there, and so it fights the houses."
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>META<title>Rebels quit two villages | Valley Herald</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Rebels quit two villages</h1><p>{FIRST}</p>
<p>“We are not<br>surrendering,” a rebel <b>commander</b> told
   the Herald by phone, and named no new position.</p>
<blockquote><p>{QUOTED}</p></blockquote>
<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>
<p>Residents said the road to the town had been closed since Tuesday, and that bread was short.</p></article>
<section id="comments"><h2>Leave a Reply</h2><p>Your email address will not be published.</p></section>
<footer>© 2024 Valley Herald. All rights reserved.</footer></body></html>"""
META = """<meta charset="utf-8"><meta property="og:site_name" content="Valley Herald">
<meta property="article:published_time" content="2016-12-02T23:30:00+02:00">
<meta property="article:modified_time" content="2017-01-09T10:00:00+02:00">
<link rel="canonical" href="https://valleyherald.example/world/rebels-quit">"""


def page(folder: Path, html: str, encoding: str = "utf-8") -> Path:
    file = folder / "page.html"
    file.write_bytes(html.encode(encoding))
    return file


def only(file: Path, **given: str) -> Report:
    (report,) = from_path(file, **given)  # type: ignore[arg-type]
    assert isinstance(report, Report), report
    return report


def test_an_article_is_read_with_its_metadata(tmp_path: Path) -> None:
    report = only(page(tmp_path, PAGE.replace("META", META)))
    assert report.title == "Rebels quit two villages"
    assert report.outlet == "Valley Herald"
    assert report.published == "2016-12-02"
    assert report.url == "https://valleyherald.example/world/rebels-quit"
    assert report.extra["published_basis"] == "metadata"


def test_paragraphs_stay_apart_and_what_is_around_them_is_left_out(tmp_path: Path) -> None:
    paragraphs = only(page(tmp_path, PAGE.replace("META", META))).text.split("\n\n")
    assert [p for p in paragraphs if p in (FIRST, SECOND, QUOTED, *ITEMS)] == [FIRST, SECOND, QUOTED, *ITEMS]
    text = "\n".join(paragraphs)
    assert "Leave a Reply" not in text
    assert "All rights reserved" not in text
    assert text.count(QUOTED) == 1


def test_the_caller_goes_before_the_page(tmp_path: Path) -> None:
    report = only(page(tmp_path, PAGE.replace("META", META)), published="2016-12-01", outlet="Hill Post")
    assert (report.published, report.outlet, report.title) == ("2016-12-01", "Hill Post", "Rebels quit two villages")


def test_a_date_may_stand_in_the_url_only(tmp_path: Path) -> None:
    meta = '<link rel="canonical" href="https://valleyherald.example/2016/dec/02/rebels-quit">'
    report = only(page(tmp_path, PAGE.replace("META", meta)))
    assert report.published == "2016-12-02"


def test_no_date_is_made_up_from_the_words(tmp_path: Path) -> None:
    html = PAGE.replace("META", "").replace("since Tuesday", "since 3 March 2013 or 4 May 2014")
    assert only(page(tmp_path, html)).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp1251", "utf-16"])
def test_the_page_says_how_it_is_encoded(tmp_path: Path, encoding: str) -> None:
    meta = f'<meta charset="{encoding}">' if encoding != "utf-16" else ""
    words = "Орон" if encoding == "cp1251" else "Orôn"
    html = PAGE.replace("META", meta).replace("Karsa", words).replace("©", "")
    report = only(page(tmp_path, html, encoding))
    assert FIRST.replace("Karsa", words) in report.text


@pytest.mark.parametrize("named", ["undefined", "no-such-charset"])
def test_an_encoding_that_is_none_tells_nothing(tmp_path: Path, named: str) -> None:
    html = PAGE.replace("META", f'<meta charset="{named}">').replace("Karsa", "Orôn")
    assert FIRST.replace("Karsa", "Orôn") in only(page(tmp_path, html, "cp1252")).text


@pytest.mark.parametrize(
    "body",
    [
        "",
        '<nav><a href="/">Home</a> <a href="/about">About us</a></nav>',
        "<p>Please enable JavaScript to view this page, then reload it in your browser window.</p>",
        "<h1>Oron</h1><p>The page you are looking for does not exist, or has moved to another place.</p>",
        "<form><label>Name</label><input name=a><button>Sign in</button></form><p>Sign in</p>",
        "<div>" * 5000 + "x" + "</div>" * 5000,
    ],
)
def test_a_page_without_an_article_is_told(tmp_path: Path, body: str) -> None:
    file = page(tmp_path, f"<html><head><title>Valley Herald</title></head><body>{body}</body></html>")
    (issue,) = from_path(file)
    assert type(issue) is InputError
    assert str(issue) == f"{file}: no article in this page: save the page of one report, or its text"


def test_a_date_the_page_gives_wrongly_is_left_out(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="soon">'
    taken = list(from_path(page(tmp_path, PAGE.replace("META", meta))))
    assert not any(type(one) is InputError for one in taken)
    report = taken[-1]
    assert isinstance(report, Report)
    assert report.published is None
    assert all(isinstance(one, PartlyRead) for one in taken[:-1])


def test_a_page_too_large_is_told(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"<html><body>" + b"<p>The army is in Oron.</p>" * 2_000_000)
    assert file.stat().st_size > 50_000_000
    (issue,) = from_path(file)
    assert "larger than 16 MB: no single page is that large" in str(issue)


def test_what_is_no_html_at_all_is_no_article(tmp_path: Path) -> None:
    (issue,) = from_path(page(tmp_path, "{}"))
    assert type(issue) is InputError


def test_control_characters_in_a_piece_of_markup_part_words() -> None:
    assert words_of("<p>Oron fell&#11;on Friday.</p>a<br>&#1;<div>&#2;x</div>&#3;") == "Oron fell on Friday.\n\na\n\nx"
