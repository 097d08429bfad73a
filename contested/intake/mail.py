"""E-mail: a message is one report, and so is each document attached to it. A box of messages (mbox) is read one by one.

A story that was forwarded is told as its first sender's: the title, day and outlet are those of the message inside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from contested.config import MAX_DOCUMENT
from contested.errors import InputError, PassedOver
from contested.intake.decoding import decode
from contested.intake.given import Given, Input, Making, Taken
from contested.intake.html import words_of
from contested.intake.inside import read_inside

#: The line before each message of a box, in what programs write.
_FROM = re.compile(rb"From \S+.*\d{4}\s*$|From - ")
_LONGEST_FROM = 500
#: The fields that are read. One of more characters no program for mail writes, and its parser takes ever longer.
_FIELDS = ("from", "subject", "date", "message-id", "archived-at")
_READ = (*_FIELDS, "content-type", "content-disposition", "content-transfer-encoding")
_LONGEST_FIELD = 5_000
#: A story is forwarded at most so many times in one message.
_MOST_FORWARDED = 20
_SUBJECT = re.compile(r"^(?:\s*(?:fwd?|fw|re|wg|tr)\s*(?:\[\d+\])?\s*:)+\s*", re.I)
_FORWARDED = re.compile(
    r"^[ >]*(?:-{2,} ?(?:forwarded|original) message ?-{2,}|begin forwarded message:|_{10,})[ \t]*\r?\n", re.I | re.M
)
_FIELD = re.compile(r"[ \t]*\*?(from|date|sent|subject|to|cc|reply-to)\*?:\*?[ \t]*(.*)", re.I)
_SIGNATURE = re.compile(r"^-- ?\r?\n", re.M)
_NAME = re.compile(r"""^\s*["']?([^"'<>@]+?)["']?\s*(?:<|\[mailto:|$)""")
#: An alternative in plain words of so little is a notice that the message is HTML.
_FEWEST_CHARACTERS = 80


def read(source: Input, given: Given) -> Taken:
    """The reports in a message, or in a box of them."""
    if source.head(5) == b"From ":
        yield from _box(source, given)
    else:
        yield from _message(source, source.whole(MAX_DOCUMENT, "no message is that large"), given)


def _box(source: Input, given: Given) -> Taken:
    n = 0
    for n, message in enumerate(_messages(source), 1):
        if message is None:
            yield InputError(source.where, f"message {n} is larger than {MAX_DOCUMENT // 1_000_000} MB, and left out")
        else:
            yield from read_inside(source, f"message {n}", message, given, kind="mail")
    if not n:
        yield InputError(source.where, "no box of messages: it begins as one, and no message follows")


def _messages(source: Input) -> Iterator[bytes | None]:
    """The messages of a box; None for one that is too large."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := source.stream.readline(MAX_DOCUMENT):
        if blank and len(line) < _LONGEST_FROM and _FROM.match(line):
            if begun:
                yield b"".join(lines) if size <= MAX_DOCUMENT else None
            lines, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= MAX_DOCUMENT:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= MAX_DOCUMENT else None


def _message(source: Input, data: bytes, given: Given) -> Taken:
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(data, policy=policy.default)
        for part in message.walk():
            fields = [str(value) for name, value in part.raw_items() if name.lower() in _READ]
            if (longest := max(map(len, fields), default=0)) > _LONGEST_FIELD:
                raise InputError(source.where, f"no e-mail: a field of {longest:,} characters")
        text, made = _text(message, source.where)
        about = {name: str(message[name]) for name in _FIELDS if message[name] is not None}
        attached = list(_attached(message))
    except (InputError, RecursionError):
        raise
    except Exception as error:  # its parser raises anything on broken fields
        yield InputError(source.where, f"cannot be read as an e-mail: {type(error).__name__}: {error}")
        return
    if not about.keys() & {"from", "subject", "date", "message-id"}:
        yield InputError(source.where, "no e-mail: it has no sender, subject or date")
        return
    if text.strip():
        yield from _making(source, text, about, made).finish(given)
    elif not attached:
        yield InputError(source.where, "a message without text")
    passed: Counter[str] = Counter()
    for name, content in attached:
        if _known(name, content):
            yield from read_inside(source, name, content, given)
        else:
            passed[name.rpartition(".")[2].lower()[:20] if "." in name else "no suffix"] += 1
    if passed:
        kinds = ", ".join(f".{suffix} {n}" for suffix, n in passed.most_common(8))
        yield PassedOver(source.where, f"{passed.total()} attachments passed over, of no kind read here: {kinds}",
                         passed.total())  # fmt: skip


def _making(source: Input, text: str, about: dict[str, str], extra: dict[str, Any]) -> Making:
    inside = _forwarded(text)
    if inside is not None:
        extra = {**extra, "forwarded_by": _sender(about.get("from", "")) or "unknown"}
        text, about = inside[1], {**inside[0], "message-id": about.get("message-id", "")}
    if signed := _SIGNATURE.search(text):
        text = text[: signed.start()] if text[: signed.start()].strip() else text
    return Making(
        source.where,
        text,
        id=about.get("message-id", "").strip("<> \t") or None,
        outlet=_sender(about.get("from", "")),
        title=_SUBJECT.sub("", about.get("subject", "")) or None,
        published=about.get("date") or about.get("sent"),
        url=about.get("archived-at", "").strip("<> ") or source.url,
        extra=extra,
    )


def _forwarded(text: str) -> tuple[dict[str, str], str] | None:
    """The fields and the text of the message that was forwarded in `text`, the innermost; None where there is none."""
    for start in reversed([match.end() for match in _FORWARDED.finditer(text)][-_MOST_FORWARDED:]):
        lines = text[start:].splitlines(keepends=True)
        filled = [line for line in lines if line.strip()]
        if filled and all(line.startswith(">") for line in filled):
            lines = [re.sub(r"^> ?", "", line) for line in lines]
        while lines and not lines[0].strip():
            lines = lines[1:]
        fields: dict[str, str] = {}
        while lines and (match := _FIELD.match(lines[0])):
            fields[match[1].lower()] = match[2].strip()
            lines = lines[1:]
        rest = "".join(lines).lstrip("\r\n")
        if "from" in fields and fields.keys() & {"subject", "date", "sent"} and rest.strip():
            return fields, rest
    return None


def _sender(words: str) -> str | None:
    """The name of a sender, or where there is none the domain that wrote."""
    match = _NAME.match(words)
    if match and match[1].strip():
        return match[1].strip()
    domain = words.rpartition("@")[2].strip(" <>\t\r\n")
    return domain or None


def _text(message: EmailMessage, where: str) -> tuple[str, dict[str, Any]]:
    """The text of a message and what is to be told of how it was found: plain words before HTML, if they say much."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    extra: dict[str, Any] = {}
    text = ""
    if plain is not None:
        text, encoding = _decoded(plain, where)
        extra = {} if encoding == "utf-8" else {"encoding": encoding}
    if page is not None and len(text.strip()) < _FEWEST_CHARACTERS:
        markup, _ = _decoded(page, where)
        found = words_of(markup)
        text = found if len(found) > len(text) else text
    return text, extra


def _decoded(part: Any, where: str) -> tuple[str, str]:
    return decode(part.get_payload(decode=True) or b"", where, declared=part.get_content_charset())


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The names and contents of what is attached; a message that is attached whole is one of them."""
    if not message.is_multipart():
        return
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            yield "message.eml", inner[0].as_bytes() if isinstance(inner, list) and inner else b""
        elif not part.is_multipart():
            name = part.get_filename() or f"attachment.{part.get_content_subtype()}"
            content = part.get_payload(decode=True)
            yield name, content if isinstance(content, bytes) else b""


def _known(name: str, content: bytes) -> bool:
    from contested.intake import kind_named
    from contested.intake.sniffing import magic

    return magic(content[:4096]) is not None or kind_named(name) is not None
