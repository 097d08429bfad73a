"""Answers that go through a whole record, kept until it changes: counting 100,000 statements takes a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.record.record import Record

P = ParamSpec("P")
T = TypeVar("T")
#: Some changes leave no trace that is cheap to see (another program reads old reports anew): no answer is kept longer.
SECONDS = 600.0
#: So many answers of one question are kept.
ANSWERS = 64


class Remembered(Generic[T]):
    """A question as `Record.ask` takes it, whose answer is kept for a record as long as the record stays as it is."""

    def __init__(self, question: Callable[..., T]) -> None:
        self.question = question
        self._kept: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, record: Record, *asked: Hashable) -> T:
        """`record.ask(question, *asked)`; `asked` compare by value."""
        key = (str(record.engine.url), record.ask(state), asked)
        with self._lock:
            found = self._kept.get(key)
        if found is not None and time.monotonic() - found[0] < SECONDS:
            return found[1]
        made = record.ask(self.question, *asked)
        with self._lock:
            self._kept[key] = time.monotonic(), made
            while len(self._kept) > ANSWERS:
                self._kept.popitem(last=False)
        return made


def state(connection: Connection) -> tuple[Any, ...]:
    """What changes when reports are added, judgements made or undone, or incidents derived."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    last = [
        select(func.max(one.c.number)).scalar_subquery() for one in (t.report, t.statement, t.judgement, t.incident)
    ]
    undone = select(func.count()).where(t.judgement.c.undone_at.is_not(None)).scalar_subquery()
    waiting = select(func.count()).select_from(t.waiting).scalar_subquery()
    return tuple(connection.execute(select(*last, undone, waiting)).one())


__all__ = ["Remembered", "state"]
