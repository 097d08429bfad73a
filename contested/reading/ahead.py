"""Work on several items at a time, results in the order of the items, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


def ahead(work: Callable[[In], Out], items: Iterable[In], threads: int) -> Iterator[tuple[In, Callable[[], Out]]]:
    """Each item, in order, with a function that gives `work(item)` or raises what it raised.

    `threads` items are worked on at a time, and no more than twice as many are taken in ahead of what was asked for.
    With one thread nothing is done ahead: the work is done when its result is asked for.
    """
    if threads == 1:
        for item in items:
            yield item, partial(work, item)
        return
    waiting: deque[tuple[In, Future[Out]]] = deque()
    with ThreadPoolExecutor(threads, "ahead") as pool:
        try:
            for item in items:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) > 2 * threads:
                    done, result = waiting.popleft()
                    yield done, result.result
            while waiting:
                done, result = waiting.popleft()
                yield done, result.result
        finally:
            for _, rest in waiting:
                rest.cancel()
