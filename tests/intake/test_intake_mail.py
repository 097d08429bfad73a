"""Messages: their text, what was forwarded in them, what is attached to them, and boxes of them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.intake.taken import BODY, FIRST, MARKUP, SECOND, came


def message(text: str | None = BODY, **fields: str) -> EmailMessage:
    out = EmailMessage()
    told = {
        "From": "Dale Echo <news@daleecho.example>", "Subject": "Army says it is in Oron",
        "Date": "Fri, 08 Mar 2019 01:30:00 +0300", "Message-ID": "<7@daleecho.example>",
    }  # fmt: skip
    for name, value in {**told, **{name.replace("_", "-"): value for name, value in fields.items()}}.items():
        if value:
            out[name] = value
    if text is not None:
        out.set_content(text)
    return out


@pytest.mark.parametrize("name", ["story.eml", "story"])
def test_a_message_is_a_report(tmp_path: Path, name: str) -> None:
    report = came(tmp_path, name, message().as_bytes()).report
    assert (report.id, report.outlet, report.title) == ("7@daleecho.example", "Dale Echo", "Army says it is in Oron")
    assert (report.published, report.text.strip()) == ("2019-03-08", BODY)


def test_html_is_read_where_there_is_little_else(tmp_path: Path) -> None:
    both = message("This message is HTML.")
    both.add_alternative(f"<html><body>{MARKUP}</body></html>", subtype="html")
    assert came(tmp_path, "both.eml", both.as_bytes()).report.text == BODY
    page = message(None)
    page.set_content(f"<html><body>{MARKUP}</body></html>", subtype="html")
    assert came(tmp_path, "page.eml", page.as_bytes()).report.text == BODY
    plain = message()
    plain.add_alternative("<p>Other words</p>", subtype="html")
    assert came(tmp_path, "plain.eml", plain.as_bytes()).report.text.strip() == BODY


INNER = (
    "From: Hill Wire <desk@hill.example>\nDate: Thu, 7 Mar 2019 at 10:00\nSubject: Into Oron\nTo: all@hill.example\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        f"See below.\n\n---------- Forwarded message ---------\n{INNER}{BODY}",
        f"-----Original Message-----\n{INNER}{BODY}",
        "Begin forwarded message:\n\n" + "".join(f"> {line}\n" for line in f"{INNER}{BODY}".split("\n")),
        f"Hi\n\n________________________________\n{INNER.replace('Date', 'Sent')}{BODY}",
        f"Two\n---------- Forwarded message ---------\nFrom: A B <a@b.example>\nSubject: Fwd: Into Oron\n\n"
        f"---------- Forwarded message ---------\n{INNER}{BODY}",
    ],
    ids=["gmail", "outlook", "apple", "line", "twice"],
)
def test_a_story_that_was_forwarded_is_its_first_sender_s(tmp_path: Path, text: str) -> None:
    report = came(tmp_path, "fwd.eml", message(text, Subject="Fwd: FW: Into Oron").as_bytes()).report
    assert (report.outlet, report.title, report.published) == ("Hill Wire", "Into Oron", "2019-03-07")
    assert "\n\n".join(part.strip() for part in report.text.split("\n\n")) == BODY
    assert report.extra["forwarded_by"] == "Dale Echo"


def test_the_signature_and_the_re_are_left_out(tmp_path: Path) -> None:
    report = came(
        tmp_path, "sig.eml", message(f"{BODY}\n-- \nThe Echo, Dale", Subject="Re: Fwd: In Oron").as_bytes()
    ).report
    assert (report.text.strip(), report.title) == (BODY, "In Oron")


def test_a_sender_without_a_name_is_the_domain(tmp_path: Path) -> None:
    assert came(tmp_path, "x.eml", message(From="news@daleecho.example").as_bytes()).report.outlet == "daleecho.example"


def test_what_is_attached_is_read_as_what_it_is(tmp_path: Path) -> None:
    whole = message()
    whole.add_attachment(
        f"Army in Oron at last\n\n{FIRST}".encode(), maintype="text", subtype="plain", filename="one.txt"
    )
    page = f"<html><head><title>Two</title></head><body><article>{MARKUP}</article></body></html>"
    whole.add_attachment(page.encode(), maintype="application", subtype="octet-stream", filename="two.html")
    whole.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    whole.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map2.png")
    whole.add_attachment(message(SECOND, Message_ID="<8@daleecho.example>"))
    taken = came(tmp_path, "all.eml", whole.as_bytes())
    assert [report.extra["taken_from"].rpartition(" > ")[2] for report in taken.reports] == [
        str(tmp_path / "all.eml"), "one.txt", "two.html", "message.eml",
    ]  # fmt: skip
    assert taken.reports[1].title == "Army in Oron at last"
    assert taken.reports[3].id == "8@daleecho.example"
    assert taken.passed == ["2 attachments passed over, of no kind read here: .png 2"]


def test_messages_in_messages_end_somewhere(tmp_path: Path) -> None:
    inner: Any = message()
    for _ in range(8):
        outer = message(FIRST)
        outer.add_attachment(inner)
        inner = outer
    taken = came(tmp_path, "deep.eml", inner.as_bytes())
    assert len(taken.reports) == 5
    assert "stands in more than 4 others" in taken.failed[0]


@pytest.mark.parametrize("name", ["box.mbox", "box"])
def test_a_box_is_read_message_by_message(tmp_path: Path, name: str) -> None:
    other = message(f"From Oron came no word.\n\n{SECOND}", Message_ID="<8@daleecho.example>")
    box = b""
    for one in (message(), other, message("", Message_ID="<9@daleecho.example>")):
        lines = one.as_bytes().replace(b"\nFrom Oron", b"\n>From Oron")
        box += b"From news@daleecho.example Fri Mar  8 10:00:00 2019\n" + lines + b"\n"
    taken = came(tmp_path, name, box)
    assert [report.id for report in taken.reports] == ["7@daleecho.example", "8@daleecho.example"]
    assert taken.reports[1].text.startswith("From Oron came no word.")
    assert [words.removeprefix(f"{tmp_path / name} > ") for words in taken.failed] == [
        "message 3: a message without text"
    ]


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "utf-16", "no-such-charset"])
def test_messages_say_how_they_are_encoded(tmp_path: Path, charset: str) -> None:
    name = "Орон" if charset == "windows-1251" else "Orôn" if charset != "no-such-charset" else "Oron"
    encoding = charset if charset != "no-such-charset" else "ascii"
    words = FIRST.replace("Oron", name)
    head = f"From: Echo <a@b.example>\nSubject: =?utf-8?q?In_Or=C3=B4n?=\nContent-Type: text/plain; charset={charset}\n"
    import base64

    data = f"{head}Content-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(words.encode(encoding))
    report = came(tmp_path, "x.eml", data).report
    assert (report.text, report.title) == (words, "In Orôn")


@pytest.mark.parametrize("data", [f"{FIRST}\n", "Subject 7\n\nOron", "X-Other: 1\n\nwords"])
def test_what_is_no_message_is_told(tmp_path: Path, data: str) -> None:
    assert "no e-mail: it has no sender, subject or date" in came(tmp_path, "x.eml", data).error


def test_a_report_that_begins_with_a_sender_is_a_report(tmp_path: Path) -> None:
    text = f"From: our correspondent\nDate: Friday\n\n{BODY}"
    assert came(tmp_path, "oron", text).report.text == text


def test_a_box_without_messages_is_told(tmp_path: Path) -> None:
    assert "no message follows" in came(tmp_path, "x.mbox", "From nobody at all\n\nwords").error
