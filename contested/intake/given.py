"""What the kinds of input share: where bytes come from, what the caller gave, and how a report is put together."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, cast

from contested.config import MAX_TEXT, MAX_TITLE
from contested.errors import InputError, PartlyRead
from contested.intake.dates import day_of_url, read_day
from contested.statement import Report

#: So many first bytes of an input tell its kind.
HEAD = 4096
#: What a kind of input yields: reports, and what could not be made one.
Taken = Iterator[Report | InputError]


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about the reports; it goes before what the input says.

    `published` is an ISO date, `columns` maps a field of the report to a column of a CSV or Parquet file, and
    `date_format` is a `strptime` format that says how dates in the input are written. Of what was `already_read` only
    reports with statements are wanted.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    already_read: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input: `where` names it in messages, `stream` gives its bytes once.

    What stands inside another input says how `depth` it stands; what came over the network may know its `url` and the
    `charset` that the server told.
    """

    where: str
    stream: io.BufferedReader
    depth: int = 0
    url: str | None = None
    charset: str | None = None

    @classmethod
    def of(
        cls, where: str, stream: IO[bytes], *, depth: int = 0, url: str | None = None, charset: str | None = None
    ) -> Input:
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        return cls(where, buffered, depth, url, charset)

    def head(self, size: int = HEAD) -> bytes:
        """The first bytes, at most `size`, left in the stream."""
        return self.stream.peek(size)[:size]

    def whole(self, limit: int, mend: str) -> bytes:
        """All bytes. Raises `InputError` with `mend` where there are more than `limit`."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(self.where, f"larger than {limit // 1_000_000} MB: {mend}")
        return data

    def anywhere(self, limit: int, mend: str) -> IO[bytes]:
        """The bytes where one may go to and fro: a file as it is, else all of it. Raises `InputError` as `whole`."""
        return self.stream if self.stream.seekable() else io.BytesIO(self.whole(limit, mend))


@dataclass(slots=True)
class Making:
    """A report in the making: what the input says about it, and where it stands.

    `published` is as the input has it, with `basis` for where that was found; `extra` is kept beside the report.
    """

    where: str
    text: str
    line: int | None = None
    id: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    basis: str = "given"
    url: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def finish(self, given: Given) -> Taken:
        """Yields the report, and before it what had to be left out; only an `InputError` where there is no report."""
        if not self.text.strip():
            yield InputError(self.where, "`text` is empty: there is nothing to read", self.line)
            return
        if len(self.text) > MAX_TEXT:
            size = f"a text of {len(self.text):,} characters, and a report has at most {MAX_TEXT:,}"
            yield InputError(self.where, f"{size}: split it into its reports", self.line)
            return
        published, basis, slip = self._published(given)
        extra = {**self.extra, "taken_from": self.where if self.line is None else f"{self.where}:{self.line}"}
        if basis:
            extra["published_basis"] = basis
        if slip:
            extra["published_as_given"] = self.published
            yield PartlyRead(self.where, slip, self.line)
        title = _tidy(given.title or self.title)
        if title and len(title) > MAX_TITLE:
            extra["title_as_given"] = title
            yield PartlyRead(self.where, f"a title of {len(title):,} characters: cut to {MAX_TITLE:,}", self.line)
            title = title[:MAX_TITLE].rpartition(" ")[0] or title[:MAX_TITLE]
        text, replaced = clean(self.text)
        if replaced:
            extra["characters_replaced"] = replaced
        yield Report(
            text=text,
            id=clean(self.id or "")[0],
            outlet=_tidy(given.outlet or self.outlet),
            title=title,
            published=published,
            url=_tidy(self.url),
            extra=cleaned(extra),
        )

    def _published(self, given: Given) -> tuple[str | None, str | None, str | None]:
        """The date, what it rests on, and what is wrong with the date that the input has."""
        if given.published:
            return given.published, "option", None
        slip = None
        if self.published and self.published.strip():
            try:
                return read_day(self.published, given.date_format).isoformat(), self.basis, None
            except ValueError as error:
                slip = f"publication date left out: {error}"
        day = day_of_url(self.url or "")
        return (day.isoformat(), "url", slip) if day else (None, None, slip)


#: Half surrogates and NUL: no UTF-8 file takes the first, and no database the second.
_UNKEEPABLE = re.compile("[\ud800-\udfff\0]")


def clean(text: str) -> tuple[str, int]:
    """`text` with characters that cannot be kept replaced by U+FFFD, one for one, so that offsets do not move.

    Gives the text and how many were replaced.
    """
    return _UNKEEPABLE.subn("\ufffd", text)


def cleaned(value: Any) -> Any:
    """A JSON value with every string in it cleaned."""
    if isinstance(value, str):
        return clean(value)[0]
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key)[0]: cleaned(item) for key, item in value.items()}
    return value


def _tidy(value: str | None) -> str | None:
    return clean(" ".join(value.split()))[0] or None if value else None
