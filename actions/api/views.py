"""Reading a board: its plans, sources, people and figures. Every row comes through `visible_to`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from actions import rollup
from actions.api import shapes
from actions.api.schema import WITH_INPUT, Schema
from actions.filters import CommitmentFilter
from actions.models import Action, Agency, Commitment, Meeting, Plan, Priority, Seat, Source, Subgroup
from actions.models.board import BoardQuerySet


class Pages(PageNumberPagination):
    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100


class OfBoard(viewsets.GenericViewSet):
    """Rows of the board in the address. SeatMiddleware has found the seat; a stranger never comes this far."""

    schema = Schema()
    pagination_class: type[Pages] | None = Pages

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        request._request.body  # noqa: B018  read by Django, which limits its size; DRF's parser does not

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        assert isinstance(rows, BoardQuerySet)
        if getattr(self, "swagger_fake_view", False):  # describing itself, without a seat
            return rows.none()
        return rows.visible_to(self.seat)

    @property
    def seat(self) -> Seat:
        seat: Seat = self.request.seat  # type: ignore[attr-defined]
        return seat

    def read(self, body: Any) -> dict[str, Any]:
        """What was sent, as `body` understands it."""
        given = body(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class Listed(mixins.ListModelMixin, OfBoard):
    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        """A filter is for the list; one row is found by its number alone."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset


class Plans(Listed):
    """Strategic plans, the latest first, with their priorities."""

    queryset = Plan.objects.prefetch_related("priorities")
    serializer_class = shapes.PlanShape


class Priorities(Listed):
    queryset = Priority.objects.all()
    serializer_class = shapes.PriorityShape


class Agencies(Listed):
    queryset = Agency.objects.all()
    serializer_class = shapes.AgencyShape


class Subgroups(Listed):
    queryset = Subgroup.objects.all()
    serializer_class = shapes.Named


class Meetings(Listed):
    """The board's meetings and those of its subgroups, the latest first."""

    queryset = Meeting.objects.select_related("subgroup").order_by("-meets_on", "pk")
    serializer_class = shapes.MeetingShape


class Seats(Listed):
    """Who can own an action, or be spoken for: people with a seat on this board."""

    queryset = Seat.objects.active().select_related("agency")
    serializer_class = shapes.SeatShape


class Sources(mixins.RetrieveModelMixin, Listed):
    queryset = Source.objects.select_related("kind")
    serializer_class = shapes.SourceShape
    lookup_field = "number"
    lookup_value_converter = "int"


class Commitments(mixins.RetrieveModelMixin, Listed):
    """Recommendations, findings and planned work, with the words as they were printed."""

    queryset = Commitment.objects.filter(taken_back=False).select_related(
        "source__kind", "agency", "priority"
    )
    serializer_class = shapes.CommitmentShape
    filter_backends = [DjangoFilterBackend]
    filterset_class = CommitmentFilter
    lookup_field = "number"
    lookup_value_converter = "int"

    def get_serializer_class(self) -> Any:
        return shapes.CommitmentDetail if self.action == "retrieve" else shapes.CommitmentShape

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if self.action != "retrieve":
            return rows
        return rows.prefetch_related(
            Prefetch("actions", Action.objects.visible_to(self.seat).order_by("number"))
        )


class Rollup(OfBoard):
    """Counts over every action of the board on this day. What each figure means stands in `words`."""

    queryset = Action.objects.all()
    serializer_class = shapes.RollupShape
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "by",
                str,
                enum=sorted(rollup.GROUPS),
                description="Left out: one set of figures, the whole board",
            )
        ],
        responses={200: shapes.RollupShape} | WITH_INPUT,
        operation_id="rollup_retrieve",
    )
    def list(self, request: Request, board: str) -> Response:
        by = request.query_params.get("by")
        if by is not None and by not in rollup.GROUPS:
            raise ValidationError({"by": [f"Choose one of: {', '.join(sorted(rollup.GROUPS))}."]})
        today = self.seat.board.today
        found = rollup.of_board(self.seat, self.seat.calendar(today), by=by)
        figures = [asdict(one) | {"nothing_under_way": one.nothing_under_way} for one in found]
        return Response(
            {
                "on": today.isoformat(),
                "by": by,
                "words": rollup.words(self.seat.board.scheme.rules),
                "figures": figures,
            }
        )
