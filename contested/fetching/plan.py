"""`Plan`: the feeds to watch, out of a TOML file whose every key is checked."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from contested.errors import FetchError, WatchError
from contested.fetching.client import checked

_EVERY = re.compile(r"(\d{1,4})\s*(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
#: Where nothing is said.
EVERY = timedelta(minutes=30)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, sitemap, list or page. `every` is how often it is polled, `outlet` who publishes what is in it;
    of a sitemap only what was changed on or after `since`.
    """

    url: str
    every: timedelta = EVERY
    name: str = ""
    outlet: str | None = None
    since: date | None = None

    @property
    def called(self) -> str:
        return self.name or self.outlet or self.url


@dataclass(frozen=True, slots=True)
class Plan:
    """What to watch and whom to tell. `secret_env` names the variable of the environment with the webhook's secret."""

    feeds: tuple[Feed, ...]
    keep: bool = False
    user_agent: str | None = None
    delay: float | None = None
    webhook: str | None = None
    secret_env: str | None = None
    atom: Path | None = None


def load(path: Path) -> Plan:
    """The plan in a TOML file. Raises `WatchError` that names the key and what may stand there."""
    where = str(path)
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise WatchError(where, f"cannot be read: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WatchError(where, f"is no TOML: {error}") from None
    given = _Table(where, told, "")
    every = given.take("every", _duration, EVERY)
    none: list[Mapping[str, Any]] = []
    feeds = given.take("feed", _tables, none)
    plan = Plan(
        feeds=tuple(_feed(_Table(where, one, f"feed {n}: "), every) for n, one in enumerate(feeds, 1)),
        keep=given.take("keep", _yes, False), user_agent=given.take("user_agent", _words, None),
        delay=given.take("delay", _seconds, None), webhook=given.take("webhook", _address, None),
        secret_env=given.take("secret_env", _words, None),
        atom=given.take("atom", lambda value: path.parent / _words(value), None),
    )  # fmt: skip
    given.done()
    if not plan.feeds:
        raise WatchError(where, 'has no feed: write [[feed]] and under it url = "https://..."')
    urls = [feed.url for feed in plan.feeds]
    twice = next((url for n, url in enumerate(urls) if url in urls[:n]), None)
    if twice:
        raise WatchError(where, f"feed {urls.index(twice, urls.index(twice) + 1) + 1}: url: {twice} stands there twice")
    if plan.secret_env and not plan.webhook:
        raise WatchError(where, "secret_env: signs what goes to a webhook, and there is none")
    return plan


def _feed(given: _Table, every: timedelta) -> Feed:
    url = given.take("url", _address, None)
    if url is None:
        raise given.wrong("url", "is not there: each [[feed]] has one")
    feed = Feed(
        url, given.take("every", _duration, every), given.take("name", _words, ""), given.take("outlet", _words, None),
        given.take("since", _day, None),
    )  # fmt: skip
    given.done()
    return feed


class _Table:
    """A table of the file, from which known keys are taken; what is left over is a slip."""

    def __init__(self, where: str, told: Mapping[str, Any], at: str) -> None:
        self.where, self.told, self.at = where, told, at
        self.known: list[str] = []

    def take(self, key: str, read: Callable[[Any], T], default: T) -> T:
        self.known.append(key)
        if key not in self.told:
            return default
        try:
            return read(self.told[key])
        except ValueError as error:
            raise self.wrong(key, str(error)) from None

    def done(self) -> None:
        for key in self.told:
            if key not in self.known:
                like = difflib.get_close_matches(key, self.known, 1)
                raise self.wrong(key, f"is not known here{f': {like[0]}?' if like else f'; {self._all()}'}")

    def wrong(self, key: str, reason: str) -> WatchError:
        return WatchError(self.where, f"{self.at}{key}: {reason}")

    def _all(self) -> str:
        return f"there are {', '.join(self.known)}"


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or any(ord(c) < 32 for c in value):
        raise ValueError(f'{value!r}: write words, like "Hill Monitor"')
    return value.strip()


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r}: write true or false")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise ValueError(f"{value!r}: write seconds, 0 to 3600")
    return float(value)


def _duration(value: Any) -> timedelta:
    found = _EVERY.fullmatch(value) if isinstance(value, str) else None
    length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not timedelta(minutes=1) <= length <= timedelta(days=366):
        raise ValueError(f'{value!r}: write minutes, hours or days, like "15m", "2h" or "1d"')
    return length


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r}: write a day, like 2019-03-01") from None


def _address(value: Any) -> str:
    try:
        return str(checked(_words(value), _words(value)))
    except FetchError as error:
        raise ValueError(str(error)) from None


def _tables(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError("write [[feed]], in two brackets, above each")
    return value
