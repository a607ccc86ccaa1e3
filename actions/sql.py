"""What SQL lacks for the figures: the median, and the days between two dates. The same on both databases."""

from statistics import median
from typing import Any

from django.db.models import Aggregate, FloatField, Func, IntegerField


class Median(Aggregate):
    """The middle of the values that are not NULL; NULL where there are none."""

    name = "Median"
    function = "MEDIAN"
    output_field = FloatField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
        return self.as_sql(compiler, connection, template=template, **extra)


class DaysAfter(Func):
    """How many days the first date lies after the second; negative if before, NULL if either is missing."""

    arity = 2
    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "CAST(JULIANDAY(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **extra)


class _Middle:
    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        return median(self.values) if self.values else None


def register(connection: Any, **kwargs: Any) -> None:
    """Receiver of connection_created. PostgreSQL is told not to compile: of a statement as long as the state of
    commitments that took a second or more, and asking it 80 ms."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("MEDIAN", 1, _Middle)
    elif connection.vendor == "postgresql":
        connection.connection.execute("SET jit TO off")
