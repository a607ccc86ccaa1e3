"""Reading a board: its plans, sources, people and figures. Every row comes through `visible_to`."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins, viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from actions.api import shapes
from actions.api.links import Linking
from actions.api.schema import Schema
from actions.filters import CommitmentFilter
from actions.models import (
    Action,
    Agency,
    Commitment,
    Decision,
    Meeting,
    Plan,
    Priority,
    Seat,
    Source,
    Subgroup,
)
from actions.models import Response as Answered
from actions.models.board import BoardQuerySet


def is_multipart(request: Request) -> bool:
    return str(request.content_type).startswith("multipart/")


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
        if not is_multipart(request):  # whose files go to the upload handlers, which limit them
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

    @property
    def hand(self) -> dict[str, Any]:
        """What every verb takes: who, and on which day."""
        return {"by": self.seat, "today": self.seat.board.today}

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


class Commitments(Linking, mixins.RetrieveModelMixin, Listed):
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
        return {"retrieve": shapes.CommitmentDetail, "list": shapes.CommitmentShape}.get(
            self.action, self.serializer_class
        )

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):  # describing itself, without a seat
            return rows
        seat, rows = self.seat, rows.with_state(self.seat.board.today)
        if self.action != "retrieve":
            return rows
        rows = rows.with_covering(self.seat.board.today)
        asked = (
            Answered.objects.visible_to(seat)
            .standing()
            .select_related("agency", "commitment", "answered_by", "judged_by")
        )
        decided = Decision.objects.visible_to(seat).select_related("meeting__subgroup", "by", "undone_by")
        return rows.prefetch_related(
            Prefetch("actions", Action.objects.visible_to(seat).order_by("number")),
            Prefetch("responses", asked, to_attr="asked"),
            Prefetch("decisions", decided.prefetch_related("commitments", "actions"), to_attr="decided"),
        )
