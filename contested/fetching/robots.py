"""robots.txt (RFC 9309): asked for once a day, kept for a bounded number of hosts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from contested.errors import FetchError
from contested.fetching.clock import Clock

#: The standard wants at least 500 KiB to be read; what follows is not.
LARGEST = 512_000
#: Seconds that rules are kept, that a robots.txt which could not be had is not asked for again, and the longest delay
#: between two requests that is waited for.
KEPT, AGAIN, LONGEST_DELAY = 86_400, 600, 60.0
#: So many hosts are remembered.
_HOSTS = 1000


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a host allows until `until`: `rules` None is everything; `missing` says why nothing is known, and `wait`
    whether it may be known later.
    """

    until: float
    rules: Protego | None = None
    missing: str | None = None
    wait: float | None = AGAIN


class Robots:
    """Asks hosts for their rules by `fetch`: URL → (status, text of at most `LARGEST` bytes), raising `FetchError`."""

    def __init__(self, agent: str, fetch: Callable[[str], tuple[int, str]], clock: Clock) -> None:
        self.agent, self._fetch, self._clock = agent, fetch, clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()

    def delay(self, url: str, origin: str, asked: str) -> float | None:
        """Seconds between requests that the host wants, None where it says nothing.

        Raises `FetchError` on `asked` where `url` may not be fetched, where its host wants more time than is waited,
        or (with `wait`) where its robots.txt cannot be had now: then nothing may be fetched until it can.
        """
        rules = self._rules(origin)
        if rules.missing is not None:
            raise FetchError(asked, f"robots.txt cannot be had, and without it nothing is fetched: {rules.missing}",
                             wait=rules.wait)  # fmt: skip
        if rules.rules is None:
            return None
        if not rules.rules.can_fetch(url, self.agent):
            raise FetchError(asked, "robots.txt does not allow it")
        delay = rules.rules.crawl_delay(self.agent)
        if delay is not None and not 0 <= delay <= LONGEST_DELAY:
            raise FetchError(asked, f"robots.txt wants {delay:g} seconds between requests: more than is waited")
        return delay

    def _rules(self, origin: str) -> _Rules:
        now = self._clock.monotonic()
        known = self._known.get(origin)
        if known is None or known.until <= now:
            known = self._known[origin] = self._asked(origin)
            while len(self._known) > _HOSTS:
                self._known.popitem(last=False)
        return known

    def _asked(self, origin: str) -> _Rules:
        try:
            status, text = self._fetch(f"{origin}/robots.txt")
        except FetchError as error:
            wait = None if error.wait is None else max(AGAIN, error.wait)
            return _Rules(self._clock.monotonic() + AGAIN, missing=error.reason, wait=wait)
        now = self._clock.monotonic()
        if status == 200:
            return _Rules(now + KEPT, Protego.parse(text))
        if status >= 500 or status == 429:
            return _Rules(now + AGAIN, missing=f"the server answers {status}")
        return _Rules(now + KEPT)  # the standard: a host without rules allows everything
