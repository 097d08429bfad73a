"""`Taking`: what stands at addresses becomes reports; feeds and lists lead on to what they name."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from contested.errors import FetchError, InputError
from contested.fetching import bodies, lists
from contested.fetching.client import Client, Fetched, Known
from contested.fetching.clock import Stopped
from contested.fetching.evidence import Evidence, digest
from contested.fetching.lists import Link
from contested.fetching.state import State
from contested.intake import CSV, HTML, JSON, Kind, feed, read_input, sniffing
from contested.intake.dates import read_day
from contested.intake.given import Given, Input, Making, Taken
from contested.statement import Report
from contested.statement import digest as id_of

#: What a server calls it → how it is read; all else is told by its first bytes.
_KINDS: Mapping[str, Kind] = {
    "text/html": HTML, "application/xhtml+xml": HTML, "application/json": JSON, "application/x-ndjson": JSON,
    "application/jsonl": JSON, "text/csv": CSV,
}  # fmt: skip
#: Lists lead to lists at most so often: an index of sitemaps to its sitemaps, and no further.
_DEPTH = 2
#: So many entries of a feed are looked at.
_ENTRIES = 1000
#: How a text ends of which the feed has only the beginning, though it calls that the content.
_TEASER = re.compile(
    r"(?:…|\.\.\.|\[[^\]]{0,40}\]|(?:read|see) (?:more|on|the full \w+)|continue reading|full story)\W*$", re.I
)


@dataclass(slots=True)
class _Page:
    """An address whose reports are on their way into the record: so many of them are `left`."""

    known: Known | None
    stamp: str | None
    at: datetime
    left: int = 0
    whole: bool = False


@dataclass(slots=True)
class Taking:
    """One run over some addresses, with what is `given` of all reports; of lists only what changed on or after `since`.

    Who reads what is yielded says of each report that is in the record that it is `kept`, and at the end `finish`es:
    what was not kept before a stop is fetched again. `counts` tells of addresses `fetched`, `unchanged` (the server
    says so), `known` (the list says so) and `failed`. `lost` is why the last address asked for could not be had.
    """

    client: Client
    state: State
    evidence: Evidence | None = None
    given: Given = field(default_factory=Given)
    since: date | None = None
    counts: Counter[str] = field(default_factory=Counter)
    lost: FetchError | None = None
    _pages: dict[str, _Page] = field(default_factory=dict)
    _of: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, _Page] = field(default_factory=dict)
    _missed: bool = False

    def take(self, urls: Iterable[str]) -> Taken:
        """The reports at `urls`, and what could not be had. Ends early where the clock is stopped."""
        return self._until_stopped((Link(url) for url in urls), asked=True)

    def take_list(self, body: bytes, where: str) -> Taken:
        """The reports at the addresses in a list (a file's bytes), but for what was had and is named as it was."""
        try:
            found = lists.links(body, where)
        except InputError as error:
            yield error
            return
        yield from self._until_stopped(filter(self._recent, found), asked=False)

    def kept(self, report: Report) -> None:
        """`report` is in the record, or was there."""
        url = self._of.pop(report.id, None)
        if url is not None and (page := self._pages.get(url)):
            page.left -= 1
            self._settle(url, page)

    def finish(self) -> None:
        """All that was yielded was dealt with: what is left could not be read and will not be tried again."""
        for url, page in {**self._pages, **self._lists}.items():
            self.state.had(url, page.known, page.stamp, page.at)
        self._pages.clear()
        self._lists.clear()
        self._of.clear()

    # ---- addresses -------------------------------------------------------------------------------------------------

    def _until_stopped(self, links: Iterable[Link], *, asked: bool) -> Taken:
        try:
            for link in links:
                self.lost = None
                yield from self._at(link, 1 if link.index else 0, asked=asked)
        except Stopped:
            return

    def _at(self, link: Link, depth: int, *, asked: bool) -> Taken:
        """What stands at one address. `asked` is for one that somebody asked for: it is looked at however it was."""
        before = self.state.page(link.url)
        if not (asked or link.index) and before is not None and before.done and before.stamp == link.stamp:
            self.counts["known"] += 1
            return
        try:
            fetched = self.client.get(link.url, before.known if before else None)
        except FetchError as error:
            yield self._failed(link, error)
            return
        if fetched.status == 304:
            self.counts["unchanged"] += 1
            if before is not None:
                self.state.had(link.url, before.known, link.stamp, fetched.at)
            return
        self.counts["fetched"] += 1
        evidence = self._evidence(fetched)
        if depth < _DEPTH and (asked or link.index) and (lists.kind_of(fetched.body) or _is_feed(fetched.body)):
            yield from self._list(link, fetched, evidence, depth)
        else:
            yield from self._page(link, fetched, evidence, asked=asked)

    def _failed(self, link: Link, error: FetchError) -> FetchError:
        self.counts["failed"] += 1
        self.lost = error
        if not self.state.failed(link.url, link.stamp, lasting=error.wait is None):
            self._missed = True
        return error

    def _list(self, link: Link, fetched: Fetched, evidence: Mapping[str, Any], depth: int) -> Taken:
        """What a feed or a list names. It is itself looked at whole again until all of that was had."""
        missed, self._missed = self._missed, False
        try:
            if _is_feed(fetched.body):
                yield from self._entries(link, fetched, evidence, depth)
            else:
                for one in lists.links(fetched.body, link.url):
                    if self._recent(one):
                        yield from self._at(one, depth + 1, asked=False)
        except InputError as error:
            self.counts["failed"] += 1
            yield error
        self._lists[link.url] = _Page(None if self._missed else fetched.known, link.stamp, fetched.at)
        self.lost = None
        self._missed = missed or self._missed

    def _entries(self, link: Link, fetched: Fetched, evidence: Mapping[str, Any], depth: int) -> Taken:
        """Entries with their whole text are read as they are; of others the page is fetched that they link to."""
        for entry in feed.entries(fetched.body, link.url, fetched.final)[:_ENTRIES]:
            if entry.whole and entry.text and not _TEASER.search(entry.text):
                making = Making(link.url, entry.text, id=entry.id, outlet=entry.outlet, title=entry.title,
                                published=entry.published, basis=entry.basis, url=entry.url)  # fmt: skip
                for taken in making.finish(self.given):
                    yield taken if isinstance(taken, InputError) else self._dressed(taken, evidence)
            elif entry.url:
                stamp = id_of([entry.title, entry.published, entry.text])
                named = Link(entry.url, stamp, entry.title, entry.published, entry.outlet)
                yield from self._at(named, depth + 1, asked=False)
            else:
                yield InputError(
                    link.url, f"{(entry.title or 'an entry')[:200]}: the feed has neither its text nor a link"
                )

    def _recent(self, link: Link) -> bool:
        """Whether a list says that an address was changed since then, or does not say when."""
        day = _day(link.stamp) or _day(link.published)
        return self.since is None or day is None or day >= self.since

    # ---- reports ---------------------------------------------------------------------------------------------------

    def _page(self, link: Link, fetched: Fetched, evidence: Mapping[str, Any], *, asked: bool) -> Taken:
        page = self._pages[link.url] = _Page(fetched.known, link.stamp, fetched.at)
        type_ = fetched.content_type
        source = Input.of(link.url, io.BytesIO(fetched.body), url=fetched.final, charset=bodies.charset(type_))
        for taken in read_input(source, _KINDS.get(bodies.media_type(type_)), self.given):
            if isinstance(taken, InputError):
                yield taken
                continue
            report = self._dressed(taken, evidence, link, fetched.final, asked=asked)
            page.left += 1
            self._of[report.id] = link.url
            yield report
        page.whole = True
        self._settle(link.url, page)

    def _settle(self, url: str, page: _Page) -> None:
        if page.whole and page.left <= 0:
            self.state.had(url, page.known, page.stamp, page.at)
            self._pages.pop(url, None)

    def _evidence(self, fetched: Fetched) -> dict[str, Any]:
        """What a report will say of how it was had: hash and time, and where it lies if it is kept."""
        told: dict[str, Any] = {"sha256": digest(fetched.body), "fetched": f"{fetched.at:%Y-%m-%dT%H:%M:%SZ}"}
        if self.evidence is not None:
            file, offset = self.evidence.keep(fetched)
            told = {"file": file, "offset": offset, **told}
        return told

    def _dressed(
        self, report: Report, evidence: Mapping[str, Any], link: Link | None = None, final: str = "", *,
        asked: bool = True,
    ) -> Report:  # fmt: skip
        """A report with how it was had; of a page with its address, and what its list says of it and it does not.

        What nobody asked for by itself is known by where it stood, whatever it calls itself: no page that a feed links
        to makes itself a newer version of another outlet's report.
        """
        extra = {**report.extra, "evidence": dict(evidence)}
        if link is None:
            return replace(report, extra=extra)
        made_up = not asked or report.id == id_of([report.outlet, report.published, report.text])
        published = report.published
        if published is None and (day := _day(link.published)):
            published, extra["published_basis"] = day.isoformat(), "feed"
        return replace(
            report, id="" if made_up else report.id, url=(report.url if asked else None) or final, published=published,
            title=report.title or link.title, outlet=report.outlet or link.outlet, extra=extra,
        )  # fmt: skip


def _day(words: str | None) -> date | None:
    try:
        return read_day(words) if words else None
    except ValueError:
        return None


def _is_feed(body: bytes) -> bool:
    return sniffing.kind_of(body[:4096], {}) == "feed"
