"""Numbers that show impact, for machines: set, read and corrected by the same verbs as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import measures
from actions.api import bodies, shapes
from actions.api.schema import WITH_INPUT, Refusal
from actions.api.views import Listed
from actions.models import Measure
from actions.refusals import Invalid


def verb(body: Any, address: str, answers: int = status.HTTP_200_OK) -> Callable[[Any], Any]:
    """An endpoint named after its verb: it takes `body`, gives the measure as it then stands."""

    def decorate(method: Any) -> Any:
        posted = endpoint(detail=True, methods=["post"], url_path=address, serializer_class=body)(method)
        told: dict[int, Any] = {answers: shapes.MeasureShape} | WITH_INPUT
        return extend_schema(request=body, responses=told if answers == 201 else told | {409: Refusal})(
            posted
        )

    return decorate


class Measures(mixins.RetrieveModelMixin, Listed):
    """Each with all that was read of it."""

    queryset = Measure.objects.select_related("action", "commitment", "priority", "by").prefetch_related(
        "readings__by"
    )
    serializer_class = shapes.MeasureShape
    lookup_value_converter = "int"

    @extend_schema(request=bodies.Measured, responses={201: shapes.MeasureShape} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """From now on a number shows whether something makes a difference. Sent twice, it is set once."""
        given = self.read(bodies.Measured)
        made = measures.measure(given.pop("thing"), **given, **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @verb(bodies.Read, "readings", status.HTTP_201_CREATED)
    def readings(self, request: Request, board: str, pk: int) -> Response:
        """What the number was on a day."""
        of = self.get_object()
        measures.read(of, **self.read(bodies.Read), **self.hand)
        return self.as_it_stands_now(of, status.HTTP_201_CREATED)

    @verb(bodies.CorrectMeasure, "correct")
    def correct(self, request: Request, board: str, pk: int) -> Response:
        """It was entered wrongly. Both values are kept on the trail."""
        of = self.get_object()
        measures.correct(of, **self.read(bodies.CorrectMeasure), **self.hand)
        return self.as_it_stands_now(of)

    @verb(bodies.CorrectReading, "correct-reading")
    def correct_reading(self, request: Request, board: str, pk: int) -> Response:
        """One of its readings was entered wrongly. Both values are kept on the trail."""
        of = self.get_object()
        given = self.read(bodies.CorrectReading)
        reading = given.pop("reading")
        if reading.measure_id != of.pk:
            raise Invalid("This is a reading of another measure.", field="reading")
        stands = {name: getattr(reading, name) for name in ("value", "on", "source")}
        measures.correct_reading(reading, **stands | given, **self.hand)
        return self.as_it_stands_now(of)

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": self.seat, "today": self.seat.board.today}

    def as_it_stands_now(self, measure: Measure, code: int = status.HTTP_200_OK) -> Response:
        row = self.get_queryset().get(pk=measure.pk)
        return Response(shapes.MeasureShape(row, context=self.get_serializer_context()).data, status=code)
