"""Working days and repeated days. Pure: it knows bank holidays, and no clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

DAY = timedelta(days=1)
YEARS = range(2000, 2100)  # whatever a board plans, did or meets on; anything else is a slip of the hand


def is_working(day: date, division: str) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(division, day.year)


def on_or_before(day: date, division: str) -> date:
    """This day, or the last working day before it."""
    while not is_working(day, division):
        day -= DAY
    return day


def on_or_after(day: date, division: str) -> date:
    """This day, or the next working day after it."""
    while not is_working(day, division):
        day += DAY
    return day


def working_days_before(day: date, count: int, division: str) -> date:
    """The day `count` working days before this one."""
    while count:
        day -= DAY
        count -= is_working(day, division)
    return day


def working_days_after(day: date, count: int, division: str) -> date:
    """The day `count` working days after this one."""
    while count:
        day += DAY
        count -= is_working(day, division)
    return day


def repeated(first: date, *, months: int, times: int) -> Iterator[date]:
    """The same weekday of the month every so many months: the second Thursday stays the second Thursday.

    A fifth one, which not every month has, becomes the last.
    """
    for turn in range(times):
        years, month = divmod(first.month - 1 + turn * months, 12)
        yield _same_weekday(first, first.year + years, month + 1)


def _same_weekday(first: date, year: int, month: int) -> date:
    weekday, length = monthrange(year, month)
    day = 1 + (first.weekday() - weekday) % 7 + (first.day - 1) // 7 * 7
    return date(year, month, day if day <= length else day - 7)


@cache
def _bank_holidays(division: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=division, years=year))
