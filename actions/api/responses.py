"""What agencies answer, for machines: by the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import models, responses
from actions.api import bodies, shapes
from actions.api.hand import Hand, verb
from actions.api.schema import WITH_INPUT, Refusal
from actions.filters import ResponseFilter
from actions.models import Agency, Commitment


class ShareOut(bodies.Body):
    commitment = bodies.ByNumber(Commitment.objects.filter(taken_back=False), help_text="Its number")
    agencies = bodies.Here(Agency.objects.all(), many=True, allow_empty=False)
    due_on = bodies.Day(required=False, allow_null=True, help_text="Left out: in twenty working days")


class Respond(bodies.Said):
    says = serializers.ChoiceField(models.Response.Says.choices)
    words = bodies.text(required=False, default="", help_text="Needed for every answer but accepted")
    link = serializers.URLField(
        required=False,
        allow_blank=True,
        max_length=500,
        default="",
        help_text="What shows that it is in place already",
    )


class Judge(bodies.Words):
    accepted = serializers.BooleanField(help_text="Whether what is said to be in place is shown to be")


class Responses(Hand):
    """What each agency was asked, and answers; those not answered first, by their day."""

    shape = serializer_class = shapes.ResponseShape
    every = models.Response.objects.select_related(
        "agency", "commitment__source", "answered_by", "judged_by", "board"
    )
    queryset = every.standing().most_urgent_first()
    filter_backends = [DjangoFilterBackend]
    filterset_class = ResponseFilter

    @extend_schema(
        request=ShareOut, responses={201: shapes.ResponseShape(many=True), 409: Refusal} | WITH_INPUT
    )
    @endpoint(
        detail=False,
        methods=["post"],
        url_path="share-out",
        serializer_class=ShareOut,
        pagination_class=None,
        filterset_class=None,
    )
    def share_out(self, request: Request, board: str) -> Response:
        """Ask agencies what they make of a commitment. Sent twice, each is asked once."""
        given = self.read(ShareOut)
        asked = responses.share_out(given.pop("commitment"), **given, **self.hand)
        rows = self.get_queryset().filter(pk__in=[one.pk for one in asked])
        context = self.get_serializer_context()
        return Response(shapes.ResponseShape(rows, many=True, context=context).data, status=201)

    def as_it_stands_now(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """Also one that is no longer asked for."""
        now = self.every.get(pk=row.pk)
        return Response(self.shape(now, context=self.get_serializer_context()).data, status=code)

    @verb(shapes.ResponseShape, Respond)
    def respond(self, request: Request, board: str, pk: int) -> Response:
        """The agency's answer."""
        one = self.get_object()
        responses.respond(one, **self.read(Respond), **self.hand)
        return self.as_it_stands_now(one)

    @verb(shapes.ResponseShape, Judge)
    def judge(self, request: Request, board: str, pk: int) -> Response:
        """Whether what an agency calls already in place is shown to be."""
        one = self.get_object()
        responses.judge(one, **self.read(Judge), **self.hand)
        return self.as_it_stands_now(one)

    @verb(shapes.ResponseShape, bodies.Reason)
    def unask(self, request: Request, board: str, pk: int) -> Response:
        """It was asked in error."""
        one = self.get_object()
        responses.unask(one, **self.read(bodies.Reason), **self.hand)
        return self.as_it_stands_now(one)
