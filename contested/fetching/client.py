"""`Client`: asks other machines for pages, one at a time, slowly, and never for more than it can hold."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

import httpcore
import httpx

from contested.errors import FetchError
from contested.fetching import bodies
from contested.fetching.addresses import Resolve
from contested.fetching.clock import Clock
from contested.fetching.connecting import Forbidden, Guarded, Transport
from contested.fetching.robots import LARGEST as ROBOTS
from contested.fetching.robots import Robots

#: Largest body in bytes, packed or not; seconds for one answer, from asking to its last byte, and for one step of it.
LARGEST, WHOLE_S, STEP_S = 20_000_000, 60.0, 20.0
#: Redirects followed, tries of one request, and the longest wait between two tries in seconds.
REDIRECTS, TRIES, LONGEST_WAIT = 5, 4, 60.0
#: Seconds between two requests to a host that wants nothing else.
DELAY = 1.0
#: Answers after which the same request may succeed later.
PASSING = (408, 425, 429, 500, 502, 503, 504)
_STEPS = {"connect": STEP_S, "read": STEP_S, "write": STEP_S, "pool": STEP_S}
_MOVED = (301, 302, 303, 307, 308)
_SCHEMES = ("http", "https")
#: So many hosts are remembered by when they were last asked.
_HOSTS = 10_000
_LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class Known:
    """What an address answered before: asking with it costs the server nothing where nothing has changed."""

    final: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` as asked for, `final` after redirects, `body` unpacked, `at` when it was complete (UTC).

    `status` is 200, or 304 with an empty body where nothing has changed.
    """

    url: str
    final: str
    status: int
    body: bytes
    at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def content_type(self) -> str:
        return self.header("content-type")

    @property
    def known(self) -> Known:
        return Known(self.final, self.header("etag") or None, self.header("last-modified") or None)


@dataclass(slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes = b""
    reason: str = ""


@dataclass(slots=True)
class Client:
    """One client for one run; not for several threads. `agent` is who asks, as servers see it; `private` lets it ask
    machines of this network too; `delay` is between two requests to one host, in seconds, where robots.txt says none.
    """

    agent: str
    private: bool = False
    delay: float = DELAY
    clock: Clock = field(default_factory=Clock)
    resolve: Resolve | None = None
    _guard: Guarded = field(init=False)
    _transport: Transport = field(init=False)
    _robots: Robots = field(init=False)
    _turns: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._guard = Guarded(private=self.private, clock=self.clock, resolve=self.resolve)
        self._transport = Transport(self._guard)  # and no client of httpx: it keeps cookies
        self._robots = Robots(self.agent.partition("/")[0], self._robots_of, self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def get(self, url: str, known: Known | None = None) -> Fetched:
        """What stands at `url` now. Raises `FetchError`, with `wait` where it may be had later, and `Stopped`."""
        here, answer = self._followed(url, known, robots=True)
        if answer.status not in (200, 304) or (answer.status == 304 and known is None):
            raise FetchError(url, f"the server answers {answer.status}{f' {answer.reason}' if answer.reason else ''}")
        headers = tuple((key, value) for key, value in answer.headers.multi_items())
        return Fetched(url, str(here), answer.status, answer.body, self.clock.now(), headers, answer.reason)

    def _robots_of(self, url: str) -> tuple[int, str]:
        _, answer = self._followed(url, None, robots=False)
        return answer.status, answer.body.decode("utf-8", "replace")

    def _followed(self, url: str, known: Known | None, *, robots: bool) -> tuple[httpx.URL, _Answer]:
        """The answer at the end of the redirects, each checked as if it were asked for first."""
        here = checked(url, url)
        for _ in range(REDIRECTS + 1):
            delay = self._robots.delay(str(here), _origin(here), url) if robots else None
            headers = {}
            if known is not None and known.final == str(here):
                headers = {"if-none-match": known.etag, "if-modified-since": known.modified}
            sent = {name: value for name, value in headers.items() if value}
            answer = self._asked(url, here, sent, self.delay if delay is None else delay, robots)
            target = answer.headers.get("location")
            if answer.status not in _MOVED or not target:
                return here, answer
            try:
                here = checked(str(here.join(target)), url)
            except (httpx.InvalidURL, ValueError):
                raise FetchError(url, f"leads to {target[:200]!r}, which is no address") from None
        raise FetchError(url, f"leads on more than {REDIRECTS} times")

    def _asked(self, url: str, here: httpx.URL, headers: Mapping[str, str], delay: float, strict: bool) -> _Answer:
        """One request, tried again where it may succeed then."""
        reason, wait = "", 0.0
        for n in range(TRIES):
            if n:
                self.clock.sleep(wait)
            self._turn(here.host, delay)
            wait = 2.0**n + random.random()
            try:
                answer = self._once(here, headers, LARGEST if strict else ROBOTS, cut=not strict)
            except Forbidden as error:
                raise FetchError(url, f"{error}: --allow-private lets it be fetched") from None
            except bodies.Unfit as error:
                raise FetchError(url, str(error)) from None
            except httpcore.UnsupportedProtocol as error:
                raise FetchError(url, str(error)) from None
            except httpcore.TimeoutException as error:
                reason = str(error) or "the server takes too long"
                continue
            except (httpcore.NetworkError, httpcore.ProtocolError) as error:
                reason = f"the connection failed: {error}" if str(error) else "the connection failed"
                continue
            if answer.status not in PASSING:
                return answer
            reason = f"the server answers {answer.status}"
            asked = self._retry_after(answer.headers.get("retry-after", ""))
            if asked is not None:
                wait = max(wait, asked)
                if wait > LONGEST_WAIT:
                    reason += f" and wants to be asked again in {wait:,.0f} seconds"
                    break
        raise FetchError(url, reason, wait=wait)

    def _once(self, here: httpx.URL, headers: Mapping[str, str], limit: int, *, cut: bool) -> _Answer:
        self._guard.deadline = self.clock.monotonic() + WHOLE_S
        asked = {"user-agent": self.agent, "accept": "*/*", "accept-encoding": "gzip", "connection": "close", **headers}
        request = httpx.Request("GET", here, headers=asked, extensions={"timeout": _STEPS})
        with closing(self._transport.handle_request(request)) as response:
            answer = _Answer(response.status_code, response.headers, reason=response.reason_phrase)
            if answer.status == 200:  # what an error page or a redirect says is not read
                encoding = response.headers.get("content-encoding", "")
                answer.body = bodies.unpacked(response.iter_raw(), encoding, limit, cut=cut)
            return answer

    def _turn(self, host: str, delay: float) -> None:
        """Wait until the host may be asked again."""
        self.clock.sleep(self._turns.get(host, 0.0) - self.clock.monotonic())
        now = self.clock.monotonic()
        if len(self._turns) >= _HOSTS:
            self._turns = {other: turn for other, turn in self._turns.items() if turn > now}
        self._turns[host] = now + delay

    def _retry_after(self, given: str) -> float | None:
        """Seconds that a server wants to be left alone: a number, or a moment."""
        given = given.strip()
        if given.isascii() and given.isdigit() and len(given) < 10:
            return float(given)
        try:
            moment = parsedate_to_datetime(given)
        except (ValueError, IndexError, TypeError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self.clock.now()).total_seconds())


def checked(url: str, asked: str) -> httpx.URL:
    """`url` as one that can be asked for. Raises `FetchError` on `asked` where it is none, or carries a password."""
    if len(url) > _LONGEST_URL:
        raise FetchError(asked[:100], f"an address of {len(url):,} characters is none")
    try:
        here = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(asked, f"is no address: {error}") from None
    if here.scheme not in _SCHEMES or not here.host:
        raise FetchError(asked, f"is no address of a page: {url[:200]!r} does not begin with http:// or https://")
    if here.userinfo:
        raise FetchError(asked, "has a user name or a password in it, and would be kept with it: leave them out")
    return here


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def user_agent_of(version: str) -> str:
    """Who asks: the program with its version, and the address of its project where it has one."""
    from importlib import metadata

    try:
        urls = metadata.metadata("contested").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        urls = []
    address = urls[0].partition(",")[2].strip() if urls else ""
    return f"contested/{version}" + (f" (+{address})" if address else "")
