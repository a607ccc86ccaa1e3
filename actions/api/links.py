"""What resembles a commitment, what was said of the two, and work opened again for it: endpoints of commitments."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action as endpoint
from rest_framework.request import Request
from rest_framework.response import Response

from actions import links, repeating
from actions.api import bodies, shapes
from actions.api.schema import REFUSALS, WITH_INPUT, Refusal
from actions.models import Action, Commitment, LinkKind, Seat


class OtherShape(serializers.ModelSerializer):
    reference = serializers.CharField(help_text="Source, printed number and agency")
    agency = shapes.Named(allow_null=True)
    work = serializers.IntegerField(help_text="How many actions answer it, without drafts and withdrawn ones")
    signed_off = serializers.IntegerField(help_text="How many of them are signed off")

    class Meta:
        model = Commitment
        fields = ["number", "reference", "kind", "printed_number", "words", "agency", "work", "signed_off"]


class ResemblingShape(serializers.Serializer):
    """Told by the tracker: nobody has said anything of the two yet."""

    commitment = OtherShape()
    score = serializers.IntegerField(help_text="Of 100; how much of the shorter one's words the other has")
    name = serializers.CharField(allow_blank=True, help_text="Of the scheme which both name, such as CAS3")


class LinkShape(serializers.Serializer):
    """Said by a person."""

    id = serializers.IntegerField(source="link.pk")
    kind = serializers.ChoiceField(LinkKind.choices, source="link.kind")
    said = serializers.CharField(help_text="As it reads from this end: Repeats, or Repeated by")
    commitment = OtherShape(help_text="At the other end")
    words = serializers.CharField(source="link.words", allow_blank=True, help_text="Why")
    by = shapes.Named(source="link.by")
    linked_on = serializers.DateField(source="link.linked_on")


class OfTwo(bodies.Body):
    other = bodies.ByNumber(Commitment.objects.filter(taken_back=False), help_text="Its number")
    saw = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=bodies.BIGGEST,
        help_text="The id of the link of the two as you saw it, if there was one; another one since is 409",
    )


class LinkBody(OfTwo):
    kind = serializers.ChoiceField(LinkKind.choices)
    words = serializers.CharField(required=False, allow_blank=True, max_length=links.LONGEST, help_text="Why")


class ReopenForBody(bodies.Saw):
    action = bodies.ByNumber(Action.objects.all(), help_text="Its number")
    words = bodies.text(help_text="What is asked for again")
    due_on = bodies.Day()
    owner = bodies.Here(
        Seat.objects.all(), required=False, help_text="Where the one before has left the board"
    )


CHANGED: dict[int, Any] = {200: LinkShape(many=True), 409: Refusal} | WITH_INPUT


class Linking:
    """For the rows of commitments, which give `get_object`, `read` and `seat`."""

    @extend_schema(responses={200: ResemblingShape(many=True)} | REFUSALS)
    @endpoint(detail=True, pagination_class=None, filter_backends=[], serializer_class=ResemblingShape)
    def resembling(self: Any, request: Request, board: str, number: int) -> Response:
        """Others of this board that read like it, the most alike first."""
        return Response(ResemblingShape(links.like(self.seat, self.get_object()), many=True).data)

    @extend_schema(responses={200: LinkShape(many=True)} | REFUSALS)
    @endpoint(detail=True, pagination_class=None, filter_backends=[], serializer_class=LinkShape)
    def links(self: Any, request: Request, board: str, number: int) -> Response:
        """What was said of it and another, from this end."""
        return Response(LinkShape(links.of(self.seat, self.get_object()), many=True).data)

    @extend_schema(request=LinkBody, responses=CHANGED)
    @endpoint(detail=True, methods=["post"], serializer_class=LinkBody, pagination_class=None)
    def link(self: Any, request: Request, board: str, number: int) -> Response:
        """Say what it and another have to do with each other, instead of what was said before."""
        one = self.get_object()
        links.link(one, **self.read(LinkBody), **self.hand)
        return Response(LinkShape(links.of(self.seat, one), many=True).data)

    @extend_schema(request=OfTwo, responses=CHANGED)
    @endpoint(detail=True, methods=["post"], serializer_class=OfTwo, pagination_class=None)
    def unlink(self: Any, request: Request, board: str, number: int) -> Response:
        """Take back what was said of it and another."""
        one = self.get_object()
        links.unlink(one, **self.read(OfTwo), **self.hand)
        return Response(LinkShape(links.of(self.seat, one), many=True).data)

    @extend_schema(request=ReopenForBody, responses={200: shapes.AnsweringAction, 409: Refusal} | WITH_INPUT)
    @endpoint(detail=True, methods=["post"], serializer_class=ReopenForBody)
    def reopen(self: Any, request: Request, board: str, number: int) -> Response:
        """It asks again for what was signed off: that action is open again, and answers this too."""
        given = self.read(ReopenForBody)
        again = given.pop("action")
        repeating.reopen_for(self.get_object(), again, **given, **self.hand)
        return Response(shapes.AnsweringAction(again).data)
