"""A report that its agency takes back: it comes once more, as a version that says nothing and when it was withdrawn."""

from __future__ import annotations

from contested.intake.dates import read_day
from contested.intake.given import Making

#: The text of a withdrawal that comes without one.
NO_TEXT = "This report was withdrawn by its outlet."


def is_withdrawing(status: str) -> bool:
    """Whether an item's status of publication (IPTC's `canceled`, `stat:canceled`) takes it back."""
    return status.rpartition(":")[2].strip().lower() in ("canceled", "cancelled")


def withdrawing(making: Making, note: str = "") -> Making:
    """`making` as the version that withdraws it: `extra.withdrawn` is the day, or `undated` where none is told.

    Its text is what the item has left of it, else the `note` of the editors: nothing in it is read.
    """
    try:
        day = read_day(making.published or "").isoformat()
    except ValueError:
        day = "undated"
    making.text = making.text if making.text.strip() else note.strip() or NO_TEXT
    making.extra["withdrawn"] = day
    return making
