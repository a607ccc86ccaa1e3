"""The median, which neither Django nor SQLite has. PostgreSQL counts it itself; SQLite calls a function here."""

from statistics import median
from typing import Any

from django.db.models import Aggregate


class Median(Aggregate):
    """The middle of the values that are not NULL; NULL where there are none."""

    name = "Median"
    function = "MEDIAN"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
        return self.as_sql(compiler, connection, template=template, **extra)


class _Middle:
    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        return median(self.values) if self.values else None


def register(connection: Any, **kwargs: Any) -> None:
    """Receiver of connection_created."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("MEDIAN", 1, _Middle)
