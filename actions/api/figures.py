"""What the API gives of a board's figures: their shapes, made of the dataclasses that the roll-up answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from actions.reporting import Point
from actions.rollup import CELL, CommitmentFigures, Figures, Happenings

FIGURE: dict[Any, Callable[[], serializers.Field]] = {
    "int": serializers.IntegerField,
    "int | None": lambda: serializers.IntegerField(allow_null=True),
    "bool": serializers.BooleanField,
    "str": lambda: serializers.CharField(allow_blank=True),
    "dict[str, int]": lambda: serializers.DictField(child=serializers.IntegerField()),
}
CELL_FIELDS = ("key", "name", *CELL, "colours")


def shape(name: str, kind: type[Any], *names: str, **more: serializers.Field) -> Any:
    """A serializer of a dataclass's fields, or of those named."""
    every = [one for one in dataclass_fields(kind) if not names or one.name in names]
    mine = {one.name: FIGURE[one.type]() for one in every}
    return type(name, (serializers.Serializer,), mine | more | {"__doc__": kind.__doc__})


def in_words() -> serializers.Field:
    return serializers.DictField(
        child=serializers.CharField(), help_text="Each with the whole that it is a part of, in words"
    )


FiguresShape = shape("FiguresShape", Figures, nothing_under_way=serializers.BooleanField(), said=in_words())
CellShape = shape(
    "CellShape",
    Figures,
    *CELL_FIELDS,
    worst=serializers.CharField(
        allow_blank=True, help_text="The colour of the action that wants attention most"
    ),
    said=serializers.CharField(help_text="Such as “3 of 9 counted”"),
)
HappeningsShape = shape("HappeningsShape", Happenings)
CommitmentFiguresShape = shape("CommitmentFiguresShape", CommitmentFigures)


def figures_row(f: Figures) -> dict[str, Any]:
    return asdict(f) | {"nothing_under_way": f.nothing_under_way, "said": f.said}


def commitments_row(f: CommitmentFigures, key: int | None = None, name: str = "") -> dict[str, Any]:
    return {"key": key, "name": name, "figures": asdict(f), "said": f.said}


def cell_row(f: Figures) -> dict[str, Any]:
    found = {name: getattr(f, name) for name in CELL_FIELDS}
    return found | {"worst": f.worst, "said": f"{f.complete} of {f.counted} counted"}


@extend_schema_serializer(many=False)
class RollupShape(serializers.Serializer):
    on = serializers.DateField()
    by = serializers.CharField(allow_null=True)
    words = serializers.DictField(child=serializers.CharField(), help_text="What each figure means")
    figures = FiguresShape(many=True)


class CommitmentGroupShape(serializers.Serializer):
    """`key` is null for what has no such group, and for the whole board."""

    key = serializers.IntegerField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    figures = CommitmentFiguresShape()
    said = in_words()


class CommitmentsShape(serializers.Serializer):
    on = serializers.DateField()
    by = serializers.CharField(allow_null=True)
    words = serializers.DictField(child=serializers.CharField(), help_text="What each figure means")
    figures = CommitmentGroupShape(many=True)


class LineShape(serializers.Serializer):
    agency = CellShape(help_text="All its cells together")
    cells = CellShape(many=True, help_text="In the order of the priorities")


class GridShape(serializers.Serializer):
    """`key` is null for what has no agency, or no priority."""

    on = serializers.DateField()
    priorities = CellShape(many=True)
    lines = LineShape(many=True)
    whole = CellShape()


class PeriodShape(serializers.Serializer):
    first = serializers.DateField()
    last = serializers.DateField()
    by = serializers.CharField(allow_null=True)
    words = serializers.DictField(child=serializers.CharField(), help_text="What each figure means")
    figures = HappeningsShape(many=True)


class SinceShape(HappeningsShape):  # type: ignore[misc, valid-type]
    since = serializers.DateField()
    newly_overdue = serializers.IntegerField(help_text="Overdue today, and not before that day")


class PrintedShape(serializers.Serializer):
    """The first version of a board summary, whose figures stand for that day."""

    report = serializers.IntegerField(help_text="Its id under `reports/`")
    meeting = serializers.IntegerField()
    version = serializers.IntegerField()
    counted_on = serializers.DateField()
    issued_on = serializers.DateField()


class CorrectionShape(serializers.Serializer):
    report = serializers.IntegerField(
        allow_null=True, help_text="The later version that corrects; null: the count kept differs"
    )
    words = serializers.CharField()


class PointShape(serializers.Serializer):
    on = serializers.DateField()
    month_end = serializers.BooleanField(help_text="Else the cut-off day of a board summary")
    kept = serializers.BooleanField(help_text="Whether that month's figures were kept")
    figures = FiguresShape(allow_null=True)
    commitments = CommitmentFiguresShape(allow_null=True, help_text="Null too with a priority")
    printed = PrintedShape(allow_null=True, help_text="The paper whose figures these are; null: those kept")
    corrections = CorrectionShape(many=True)


class TrendShape(serializers.Serializer):
    priority = serializers.IntegerField(allow_null=True, help_text="Null: the whole board")
    words = serializers.DictField(child=serializers.CharField(), help_text="What each figure means")
    months = PointShape(many=True, help_text="Each month's end, the latest last")
    between = PointShape(many=True, help_text="Other days for which a board summary was issued")


def point_row(point: Point) -> dict[str, Any]:
    return {
        "on": point.on.isoformat(),
        "month_end": point.month_end,
        "kept": point.kept,
        "figures": figures_row(point.figures) if point.figures else None,
        "commitments": asdict(point.made) if point.made else None,
        "printed": PrintedShape(point.printed).data if point.printed else None,
        "corrections": [asdict(one) for one in point.corrections],
    }
