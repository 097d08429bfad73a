"""Days reckoned from others."""

from __future__ import annotations

from datetime import date


def moved(day: date, days: int) -> date:
    """So many days later, as far as the calendar goes (years 1 to 9999): reports come with any date."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
