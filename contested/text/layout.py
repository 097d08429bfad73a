"""The shape of a text: what `prepare` finds in a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contested.statement import Report


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the report, or a part of one that has a role of its own.

    `speaks` is False for what is not the report's own telling.

    `role` is one of `headline`, `paragraph`, `heading`, `caption`, `byline`, `comments`, `share`, `advert`,
    `newsletter`, `links`, `about`; `why` names the rule that said so.
    """

    start: int
    end: int
    role: str
    speaks: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block; `block` is that block's index. Only blocks that speak have sentences."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, marks excluded. `closed` is False where the closing mark is lost.

    A quotation that runs over several paragraphs is one `Quotation` per paragraph with the same `group`; all are
    closed if the last one is.
    """

    start: int
    end: int
    closed: bool
    group: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """The report's own dateline ("ALEPPO, Dec 2 –") or date header: its span, and place and date where they are told.

    A dateline without a year, or without a date, has that of the header above it, if there is one.
    """

    start: int
    end: int
    place: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Text:
    """A report with its layout. `today` is the date that weekdays are reckoned from; `today_basis` says whence."""

    report: Report
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    dateline: Dateline | None
    today: date | None
    today_basis: str | None

    @property
    def raw(self) -> str:
        return self.report.text

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that holds character `offset`, or None."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return low
        return None
