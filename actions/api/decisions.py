"""What boards and subgroups decide at their meetings, for machines: by the same verbs as on the pages."""

from __future__ import annotations

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import decisions, minutes
from actions.api import bodies, shapes
from actions.api.hand import Hand, verb
from actions.api.schema import WITH_INPUT, Refusal
from actions.commitments import SETTLING
from actions.filters import DecisionFilter
from actions.models import Action, Commitment, Decision, Meeting


class Decide(bodies.Body):
    """A decision of the board, at one of its own meetings."""

    commitments = bodies.ByNumber(
        Commitment.objects.filter(taken_back=False), many=True, allow_empty=False, help_text="By number"
    )
    kind = serializers.ChoiceField([(k.value, str(k.label)) for k in Decision.Kind if k in SETTLING])
    meeting = bodies.Here(Meeting.objects.all())
    words = bodies.text(help_text="The reason, fit to publish")
    referred_to = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class Undo(bodies.Body):
    reason = bodies.text(help_text="What was wrong")


class RecordBody(bodies.Body):
    """Whatever else is decided, at a meeting that was held; it may concern actions, commitments, or none."""

    meeting = bodies.Here(Meeting.objects.all())
    words = bodies.text(help_text="What was decided, fit to publish")
    actions = bodies.ByNumber(Action.objects.all(), many=True, required=False, help_text="By number")
    commitments = bodies.ByNumber(
        Commitment.objects.filter(taken_back=False).select_related("source"),
        many=True,
        required=False,
        help_text="By number",
    )


class Decisions(Hand):
    """What was decided at meetings of the board and of its subgroups, the latest meeting first."""

    shape = serializer_class = shapes.DecisionShape
    queryset = Decision.objects.select_related("meeting__subgroup", "by", "undone_by").prefetch_related(
        "commitments", "actions"
    )
    filter_backends = [DjangoFilterBackend]
    filterset_class = DecisionFilter

    @extend_schema(request=Decide, responses={201: shapes.DecisionShape, 409: Refusal} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """Record whether the board decided that commitments are to be met. Sent twice, it is recorded once."""
        made = decisions.decide(**self.read(Decide), **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @extend_schema(request=RecordBody, responses={201: shapes.DecisionShape} | WITH_INPUT)
    @endpoint(detail=False, methods=["post"], serializer_class=RecordBody, filterset_class=None)
    def record(self, request: Request, board: str) -> Response:
        """Record whatever else a board or a subgroup decided. Sent twice, it is recorded once."""
        given = self.read(RecordBody)
        made = minutes.record(given.pop("meeting"), **given, **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @verb(shapes.DecisionShape, Undo)
    def undo(self, request: Request, board: str, pk: int) -> Response:
        """Whether commitments are to be met was recorded in error."""
        one = self.get_object()
        decisions.undo(one, **self.read(Undo), **self.hand)
        return self.as_it_stands_now(one)

    @verb(shapes.DecisionShape, Undo, "take-back")
    def take_back(self, request: Request, board: str, pk: int) -> Response:
        """What was recorded with `record` was recorded in error."""
        one = self.get_object()
        minutes.take_back(one, **self.read(Undo), **self.hand)
        return self.as_it_stands_now(one)
