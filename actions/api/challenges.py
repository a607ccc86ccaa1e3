"""Questions of the board and their answers, for machines: by the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from actions import challenges, models
from actions.api import bodies, shapes
from actions.api.hand import Hand, verb
from actions.api.schema import WITH_INPUT
from actions.filters import ChallengeFilter
from actions.models import Agency, Asked, Seat, Subgroup
from actions.refusals import Invalid


class AskedShape(serializers.ModelSerializer):
    """One of those asked: a seat, a subgroup, an agency, or the board office."""

    name = serializers.CharField(help_text="Of who is asked")
    answered_by = shapes.Named(allow_null=True)

    class Meta:
        model = Asked
        fields = [
            "id", "name", "seat", "subgroup", "agency", "office", "words", "answered_on", "answered_by",
        ]  # fmt: skip


class ChallengeShape(serializers.ModelSerializer):
    """What is asked, of one action, commitment or priority, or of nothing in particular."""

    action: Any = serializers.SlugRelatedField(slug_field="number", read_only=True, help_text="By its number")
    commitment: Any = serializers.SlugRelatedField(
        slug_field="number", read_only=True, help_text="By its number"
    )
    priority = shapes.Named(allow_null=True)
    by = shapes.Named()
    asked = AskedShape(many=True, source="shown", help_text="Those whose answers you may read")

    class Meta:
        model = models.Challenge
        fields = [
            "id", "words", "action", "commitment", "priority", "by", "asked_on", "due_on", "asked",
            "closed_on", "closed_words",
        ]  # fmt: skip


class AskBody(bodies.About):
    """Of at most one thing; at least one is asked."""

    words = bodies.text(help_text="What is asked")
    due_on = bodies.Day(help_text="When the answer is due")
    agencies = bodies.Here(Agency.objects.all(), many=True, required=False, help_text="Their leads answer")
    subgroups = bodies.Here(
        Subgroup.objects.all(), many=True, required=False, help_text="Their chairs answer"
    )
    people = bodies.Here(
        Seat.objects.active(), many=True, required=False, help_text="By the id of their seat"
    )
    office = serializers.BooleanField(required=False, default=False, help_text="The board manager answers")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As the verb takes them: `whom` and `about`."""
        things = self.named(attrs)
        if len(things) > 1:
            raise serializers.ValidationError("Name one action, commitment or priority, or none.")
        whom = [one for name in ("agencies", "subgroups", "people") for one in attrs.pop(name, ())]
        whom += [None] if attrs.pop("office") else []
        return attrs | {"whom": whom, "about": things[0] if things else None}


class AnswerBody(bodies.Said):
    version = None  # type: ignore[assignment]  # an answer stands once
    asked = bodies.Here(Asked.objects.all(), help_text="Its id: which of those asked answers")
    words = bodies.text()


class CloseBody(bodies.Body):
    words = bodies.text(
        required=False, default="", help_text="What became of it; needed where somebody has not answered"
    )


class Challenges(Hand):
    """What is open first, by the day of the answer."""

    shape = serializer_class = ChallengeShape
    queryset = models.Challenge.objects.with_names().most_urgent_first()
    filter_backends = [DjangoFilterBackend]
    filterset_class = ChallengeFilter

    def get_queryset(self) -> Any:
        places = Asked.objects.visible_to(self.seat).with_names()
        return super().get_queryset().prefetch_related(Prefetch("asked", places, to_attr="shown"))

    @extend_schema(request=AskBody, responses={201: ChallengeShape} | WITH_INPUT)
    def create(self, request: Request, board: str) -> Response:
        """Ask several at once; each answers apart. Sent twice, it is asked once."""
        given = self.read(AskBody)
        made = challenges.challenge(given.pop("words"), **given, **self.hand)
        return self.as_it_stands_now(made, status.HTTP_201_CREATED)

    @verb(ChallengeShape, AnswerBody)
    def answer(self, request: Request, board: str, pk: int) -> Response:
        """The answer of one of those asked."""
        one, given = self.get_object(), self.read(AnswerBody)
        place = given.pop("asked")
        if place.challenge_id != one.pk:
            raise Invalid("This is asked by another question.", field="asked")
        challenges.answer(place, **given, **self.hand)
        return self.as_it_stands_now(one)

    @verb(ChallengeShape, CloseBody)
    def close(self, request: Request, board: str, pk: int) -> Response:
        """Who asked is content, or it has gone by."""
        one = self.get_object()
        challenges.close(one, **self.read(CloseBody), **self.hand)
        return self.as_it_stands_now(one)
