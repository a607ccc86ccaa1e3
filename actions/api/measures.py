"""Numbers that show impact, for machines: set, read and corrected by the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import measures
from actions.api import bodies, shapes
from actions.api.hand import Hand, verb
from actions.api.schema import WITH_INPUT
from actions.models import Measure, Reading
from actions.refusals import Invalid


class Number(serializers.DecimalField):
    """As a string or a number: "62.5" or 62.5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, **kwargs)


class Numbered(bodies.Body):
    name = serializers.CharField(max_length=200, help_text="What is measured")
    unit = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Such as %, people"
    )
    source: Any = serializers.CharField(max_length=200, help_text="Where the number comes from")
    baseline = Number(help_text="Where it stood")
    baseline_on = bodies.Day()
    target = Number(help_text="Where it should go: higher or lower")
    target_on = bodies.Day(required=False, allow_null=True)


class Measured(Numbered, bodies.About):
    """Of one thing: an action, a commitment or a priority."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        things = self.named(attrs)
        if len(things) != 1:
            raise serializers.ValidationError("Name what it measures: an action, a commitment or a priority.")
        return attrs | {"thing": things[0]}


class Read(bodies.Body):
    value = Number(help_text="What it was")
    on = bodies.Day(help_text="On which day; for one that was read before, the new value stands")
    source: Any = serializers.CharField(
        required=False, allow_blank=True, max_length=200, default="", help_text="If elsewhere than usual"
    )


class Corrected(bodies.Body):
    mark = serializers.CharField(
        max_length=16, source="saw", help_text="Of the measure as you saw it; another one since is 409"
    )
    reason = bodies.text(help_text="What was wrong")


class CorrectMeasure(Corrected, Numbered):
    """Only what is to be put right needs to be sent."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in set(fields) - {"mark", "reason"}:
            fields[name].required = False
        return fields


class CorrectReading(Corrected):
    """Only what is to be put right needs to be sent, beside its id."""

    reading = bodies.Here(Reading.objects.all(), help_text="Its id")
    value = Number(required=False)
    on = bodies.Day(required=False)
    source: Any = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ReadingShape(serializers.ModelSerializer):
    by = shapes.Named()

    class Meta:
        model = Reading
        fields = ["id", "on", "value", "source", "by"]


class MeasureShape(serializers.ModelSerializer):
    """A number that shows impact, of one action, commitment or priority: the two others are null."""

    action: Any = serializers.SlugRelatedField(slug_field="number", read_only=True, help_text="By its number")
    commitment: Any = serializers.SlugRelatedField(
        slug_field="number", read_only=True, help_text="By its number"
    )
    priority = shapes.Named(allow_null=True)
    by = shapes.Named()
    readings = ReadingShape(many=True, help_text="The earliest first")
    mark = serializers.SerializerMethodField(help_text="Send it back with a correction: it says what you saw")

    class Meta:
        model = Measure
        fields = [
            "id", "action", "commitment", "priority", "name", "unit", "source", "baseline", "baseline_on",
            "target", "target_on", "by", "readings", "mark",
        ]  # fmt: skip

    def get_mark(self, measure: Measure) -> str:
        return measures.mark(measure)


class Measures(Hand):
    """Each with all that was read of it."""

    queryset = Measure.objects.select_related("action", "commitment", "priority", "by").prefetch_related(
        "readings__by"
    )
    shape = serializer_class = MeasureShape

    @extend_schema(request=Measured, responses={201: MeasureShape} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """From now on a number shows whether something makes a difference. Sent twice, it is set once."""
        given = self.read(Measured)
        made = measures.measure(given.pop("thing"), **given, **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @extend_schema(request=Read, responses={201: MeasureShape} | WITH_INPUT)
    @endpoint(detail=True, methods=["post"], serializer_class=Read)
    def readings(self, request: Request, board: str, pk: int) -> Response:
        """What the number was on a day."""
        of = self.get_object()
        measures.read(of, **self.read(Read), **self.hand)
        return self.as_it_stands_now(of, status.HTTP_201_CREATED)

    @verb(MeasureShape, CorrectMeasure)
    def correct(self, request: Request, board: str, pk: int) -> Response:
        """It was entered wrongly. Both values are kept on the trail."""
        of = self.get_object()
        measures.correct(of, **self.read(CorrectMeasure), **self.hand)
        return self.as_it_stands_now(of)

    @verb(MeasureShape, CorrectReading, "correct-reading")
    def correct_reading(self, request: Request, board: str, pk: int) -> Response:
        """One of its readings was entered wrongly. Both values are kept on the trail."""
        of = self.get_object()
        given = self.read(CorrectReading)
        reading = given.pop("reading")
        if reading.measure_id != of.pk:
            raise Invalid("This is a reading of another measure.", field="reading")
        stands = {name: getattr(reading, name) for name in ("value", "on", "source")}
        measures.correct_reading(reading, **stands | given, **self.hand)
        return self.as_it_stands_now(of)
