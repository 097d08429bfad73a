"""`Redactor`: reports, accounts and what is derived of them, with names masked and precise places coarsened.

What is masked of a report is settled from its whole text and all its statements, so that every export of it masks the
same. What is derived (incidents, disputes, the situation) has no offsets: every word masked in a report that it rests
on is masked in it. Ids that are hashes of content, or were given with a report, could tell what was masked: reports are
numbered as the record numbers them (`r17`), statements by what is left of them, incidents and disputes anew each time.
"""

from __future__ import annotations

import os
import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from contested.record.account import Account, account_of
from contested.record.account import day as account_day
from contested.statement import Harm, Mention, Report, Source, Statement, digest
from contested.views.export.covering import Covered, Coverer, Odds
from contested.views.export.losses import Losses
from contested.views.export.masking import Words, cover, walked
from contested.views.export.profile import Profile, load

if TYPE_CHECKING:
    from contested.reading.encoder import WordOdds
    from contested.record.record import Record

#: Masks of so many reports are held at a time.
HELD = 1000
_KEY = re.compile(r"(?s)(.+)@(\d+)#([0-9a-f]{16})")
_OURS = re.compile(r"r(\d+)(?:@\d+#[0-9a-f]{16})?")
_HASH = re.compile(r"[0-9a-f]{16}")
#: Keys of what is derived whose values are codes and days, not words of a report.
_CODES = frozenset((
    "type", "mode", "kind", "modality", "effect", "event_type", "sub_event_type", "disorder_type", "grade", "rule",
    "date", "end", "day", "since", "until", "latest", "published", "as_of", "known_by", "cut",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masked:
    """One version of a report: its number, what is covered, for each key of a statement the one it gets, and for each
    quote that is masked what is left of it."""

    number: int
    id: str
    covered: Covered
    keys: Mapping[str, str]
    quotes: Mapping[str, str]


class Redactor:
    """Redacts what one export takes out of a record, and tells `losses` of it. Not safe between threads."""

    def __init__(self, record: Record, coverer: Coverer, losses: Losses) -> None:
        self.record, self.coverer, self.losses = record, coverer, losses
        self.name = coverer.profile.name
        self._salt = secrets.token_hex(16)
        self._counted: set[int] = set()
        self._masked = lru_cache(maxsize=HELD)(self._mask)
        self._number = lru_cache(maxsize=100 * HELD)(self._asked_number)

    @classmethod
    def of(cls, record: Record, which: str | os.PathLike[str], losses: Losses) -> Self:
        """By a profile's name or file. Loads the names network. Raises `LexiconError` for a faulty profile."""
        from contested.gazetteer import open_gazetteer
        from contested.register import load_register

        profile: Profile = load(which)
        return cls(record, Coverer(profile, network(), load_register(), open_gazetteer()), losses)

    def close(self) -> None:
        """Close the gazetteer."""
        self.coverer.gazetteer.close()

    # ---- what has offsets --------------------------------------------------------------------------------------------

    def report(self, number: int, report: Report) -> Report:
        """A report, text and statements."""
        masked = self._masked(number)
        extra = {key: value for key, value in report.extra.items() if key == "withdrawn" and account_day(str(value))}
        if report.extra.keys() - extra.keys():
            self.losses.drop("keys that reports came with", "nobody knows whom they name", f"r{number}")
        covered = masked.covered
        return Report(
            cover(report.text, covered.text), id=f"r{number}", outlet=self._hidden(report.outlet, covered.words),
            title=self._title(report.title, covered), url=self._address(report.url, covered.words),
            published=report.published, extra=extra,
            statements=tuple(self._statements(report, covered)),
        )  # fmt: skip

    def account(self, account: Account, about: Mapping[str, Any]) -> tuple[Account, Mapping[str, Any]]:
        """A statement with its report's `title`, `url` and `text`."""
        masked = self._of_key(account.key)
        if masked is None:
            raise LookupError(account.key)
        covered = masked.covered
        left = cover(about["text"], covered.text)
        told = account_of(
            self._statement(account.statement, about["text"], left, covered), masked.keys[account.key],
            f"r{masked.number}", account.voice, self._hidden(account.outlet, covered.words), account.published,
        )  # fmt: skip
        return told, {
            **about, "title": self._title(about["title"], covered), "url": self._address(about["url"], covered.words),
            "text": left,
        }  # fmt: skip

    def _statements(self, report: Report, covered: Covered) -> Iterator[Statement]:
        whole = cover(report.text, covered.text)
        return (self._statement(said, report.text, whole, covered) for said in report.statements)

    def _statement(self, said: Statement, text: str, whole: str, covered: Covered) -> Statement:
        """A statement of a text of which `whole` is left."""
        hidden = partial(self._hidden, words=covered.words)

        def words(given: str, start: int | None) -> str:
            """Words that stand at an offset are cut out of the masked text; others lose what is masked anywhere."""
            if start is not None and start >= 0 and text[start : start + len(given)] == given:
                return whole[start : start + len(given)]
            return hidden(given) or ""

        def mention(one: Mention) -> Mention:
            left = words(one.text, one.start)
            return replace(one, text=left, resolved=self._resolved(one, left, covered))

        def source(one: Source) -> Source:
            left = words(one.text, one.start)
            return replace(
                one, text=left, via=tuple(hidden(carrier) or "" for carrier in one.via),
                resolved=self._resolved(one, left, covered),
            )  # fmt: skip

        when, of = said.when, said.share
        return replace(
            said, quote=words(said.quote, said.quote_start), anchor=words(said.anchor, said.anchor_start),
            actors=tuple(map(mention, said.actors)), targets=tuple(map(mention, said.targets)),
            places=tuple(self._place(one, words(one.text, one.start), covered) for one in said.places),
            when=replace(when, text=words(when.text, when.text_start)) if when else None,
            source=source(said.source) if said.source else None,
            said=replace(said.said, text=hidden(said.said.text) or "") if said.said else None,
            harm=tuple(Harm(one.effect, hidden(one.who), one.low, one.high) for one in said.harm),
            share=replace(of, text=hidden(of.text) or "") if of else None,
        )  # fmt: skip

    def _resolved(self, one: Mention | Source, left: str, covered: Covered) -> Mapping[str, Any] | None:
        if left != one.text or one.resolved is None:
            return None
        told: Mapping[str, Any] = walked(dict(one.resolved), lambda value, _: self._plain(value, covered.words))
        return told

    def _place(self, one: Mention, left: str, covered: Covered) -> Mention:
        known = one.resolved or {}
        id_ = str(known.get("place") or "")
        if (
            left == one.text
            and id_ not in covered.coarse
            and not covered.coarse.keys() & set(known.get("within") or ())
        ):
            return replace(one, text=left)
        if not self.coverer.precise(known) and id_ not in covered.coarse:
            return replace(one, text=left)
        place = covered.coarse.get(id_) or self.coverer.division(known)
        if place is None:
            return replace(one, text=left, resolved=None)
        return replace(one, text=left, resolved={
            "place": place.id, "geonameid": place.geonameid, "name": place.name, "lat": round(place.lat, 5),
            "lon": round(place.lon, 5), "country": place.country, "kind": place.kind, "precision": place.kind,
            "radius_km": round(place.radius_km, 2), "basis": "redacted", "within": list(place.within),
        })  # fmt: skip

    # ---- what has none -----------------------------------------------------------------------------------------------

    def happening(self, body: dict[str, Any]) -> dict[str, Any]:
        """What is derived: an incident, a dispute, a situation, as its JSON object."""
        found = [masked for key in set(_keys(body)) if (masked := self._of_key(key))]
        by_number = {one.number: one for one in found}
        words = Words(())
        coarse: dict[str, Any] = {}
        ids: dict[str, str] = {}
        known: dict[str, str] = {}
        for one in by_number.values():
            words |= one.covered.words
            coarse.update(one.covered.coarse)
            ids[one.id] = f"r{one.number}"
            known |= {**one.quotes, **one.keys}

        def change(value: Any, key: str) -> Any:
            if isinstance(value, dict):
                return self._spot(value, coarse, words)
            if key in _CODES:
                return value
            if key in ("report", "reports", "id") and value in ids:
                return ids[value]
            if value in known:
                return known[value]
            if _KEY.fullmatch(value):
                return self._anew(value)
            if key in ("incident", "id", "about") and _HASH.fullmatch(value):
                return self._anew(value)
            if key in ("place", "ground", "about", "within") and value in coarse:
                return value  # until its object is changed
            return words.hidden(value)

        told: dict[str, Any] = walked(body, change)
        return told

    def about(self, one: dict[str, Any]) -> dict[str, Any]:
        """Outlet, day, title and address of a report, by its `id`."""
        number = self._number(one["id"], None)
        if number is None:
            raise LookupError(one["id"])
        covered = self._masked(number).covered
        return {
            **one, "id": f"r{number}", "outlet": self._hidden(one["outlet"], covered.words),
            "title": self._title(one["title"], covered), "url": self._address(one["url"], covered.words),
        }  # fmt: skip

    def keys(self, given: Iterable[str]) -> dict[str, str]:
        """Keys that were given out, with those of the record."""
        out = {}
        for key in given:
            if found := _OURS.fullmatch(key):
                masked = self._masked(int(found[1]))
                out.update({mine: theirs for theirs, mine in masked.keys.items() if mine == key})
        return out

    def ids(self, given: Collection[str]) -> list[str]:
        """The ids in the record of reports that were given out."""
        return [self._masked(int(found[1])).id for one in given if (found := _OURS.fullmatch(one))]

    def _spot(self, value: dict[str, Any], coarse: Mapping[str, Any], words: Words) -> dict[str, Any]:
        """An object with a place: that of the division where the place is masked."""
        hit = next((one for one in (value.get("place"), value.get("ground"), value.get("about"))
                    if isinstance(one, str) and one in coarse), None)  # fmt: skip
        inside = [one for one in value.get("within") or () if one in coarse]
        if hit is None and not inside and not (value.get("lat") is not None and "█" in str(value.get("name"))):
            return value
        place = coarse.get(hit or (inside[0] if inside else ""))
        told = {name: (place.id if place else None) if one == hit and hit else one for name, one in value.items()}
        if "lat" in value:
            told |= {"lat": place.lat if place else None, "lon": place.lon if place else None,
                     "kind": place.kind if place else None, "within": list(place.within) if place else []}  # fmt: skip
            told["name"] = place.name if place else value["name"]
        elif inside:
            told["within"] = [one for one in value["within"] if one not in coarse]
        return told

    # ---- words -------------------------------------------------------------------------------------------------------

    @staticmethod
    def _hidden(given: str | None, words: Words) -> str | None:
        return None if given is None else words.hidden(given)

    def _plain(self, value: Any, words: Words) -> Any:
        return words.hidden(value) if isinstance(value, str) else value

    def _title(self, title: str | None, covered: Covered) -> str | None:
        return None if title is None else covered.words.hidden(cover(title, covered.title))

    def _address(self, url: str | None, words: Words) -> str | None:
        """An address; where a masked word stands in it, no more than its host."""
        if not url or not words.in_address(unquote(url)):
            return url
        self.losses.drop("addresses of reports", "a masked word stood in them: no more than the host is told")
        try:
            split = urlsplit(url)
        except ValueError:
            return None
        host = f"{split.scheme}://{split.hostname}/"
        return host if split.hostname and not words.in_address(host) else None

    # ---- masks -------------------------------------------------------------------------------------------------------

    def _of_key(self, key: str) -> Masked | None:
        found = _KEY.fullmatch(key)
        number = self._number(found[1], int(found[2])) if found else None
        return None if number is None else self._masked(number)

    def _asked_number(self, id_: str, version: int | None) -> int | None:
        from contested.record import streaming

        return self.record.ask(streaming.number_of, id_, version)

    def _mask(self, number: int) -> Masked:
        from contested.record import streaming

        keys, report = self.record.ask(streaming.entire, number)
        covered = self.coverer.covered(report)
        if number not in self._counted:
            self._counted.add(number)
            self._count(report, covered)
        told, quotes = {}, {}
        for key, said, left in zip(keys, report.statements, self._statements(report, covered), strict=True):
            version = key.rpartition("#")[0].rpartition("@")[2]
            told[key] = f"r{number}@{version}#{left.id}"
            if left.quote != said.quote:
                quotes[said.quote] = left.quote
        return Masked(number, report.id, covered, told, quotes)

    def _count(self, report: Report, covered: Covered) -> None:
        why = f"masked by the profile {self.name}"
        for what, n in covered.counted.items():
            self.losses.drop(what, why, n=n)
        coarsened = Counter(
            (left.resolved or {}).get("kind")
            for said, whole in zip(report.statements, self._statements(report, covered), strict=True)
            for one, left in zip(said.places, whole.places, strict=True)
            if left.resolved != one.resolved
        )
        for kind, n in coarsened.items():
            told = f"told as their {kind}" if kind else "masked, and no division of them is known"
            self.losses.drop("precise places", f"{told}, by the profile {self.name}", n=n)

    def _anew(self, value: str) -> str:
        return digest([self._salt, value])


def _keys(value: Any) -> Iterator[str]:
    """The keys of accounts anywhere in a JSON value."""
    if isinstance(value, str):
        if _KEY.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _keys(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _keys(one)


@cache
def network() -> Odds:
    """The names network over every line of a text, captions and bylines included. Raises `ModelError`."""
    from contested.reading import engine
    from contested.text import Sentence, Text
    from contested.text.sentences import letter_case, split

    encoder = engine.load(None, engine.cores())

    def odds(whole: str) -> Sequence[WordOdds]:
        case, at, lines = letter_case(whole), 0, []
        for line in whole.splitlines(keepends=True):
            lines += [Sentence(start, end, 0) for start, end in split(whole, at, at + len(line), case)]
            at += len(line)
        return encoder.name_odds(Text(Report(whole), (), tuple(lines), (), None, None, None))

    return odds
