"""The moments that the tests speak of. All of them lie in British summer, an hour ahead of UTC."""

from datetime import datetime, timedelta

from actions.models.board import UK


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UK)


NOW = local(2026, 6, 3)  # a Wednesday; the factories' TODAY
PLANNED_AT = NOW - timedelta(days=30)
MINUTE = timedelta(minutes=1)
