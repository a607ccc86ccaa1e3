"""Impact reviews: read, and made by the verb. A page makes them by the same."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from actions import access, impact
from actions.api import bodies, rows, shapes
from actions.api.schema import WITH_INPUT, Refusal
from actions.api.views import Listed
from actions.models import Action, Commitment, Evidence, ImpactReview, Seat, Verdict


class Seen(bodies.Saw):
    action = bodies.ByNumber(Action.objects.all(), help_text="Its number")


class ReviewImpact(bodies.Body):
    """Of one action, or of several that answer the same commitment."""

    actions = serializers.ListField(child=Seen(), min_length=1, max_length=bodies.MOST, help_text="Each once")
    commitment = bodies.ByNumber(
        Commitment.objects.filter(taken_back=False), required=False, allow_null=True, help_text="Its number"
    )
    verdict = serializers.ChoiceField(Verdict.choices)
    words = bodies.text(
        required=False,
        default="",
        help_text="What was looked at, and what it showed; blank only where evidence shows that practice has changed",
    )
    sentence = serializers.CharField(max_length=300, help_text="What made a difference, fit to publish")
    link = serializers.URLField(required=False, allow_blank=True, max_length=500, default="")
    again_on = bodies.Day(required=False, allow_null=True, help_text="Check once more")
    reopen_until = bodies.Day(
        required=False, allow_null=True, help_text="Not effective: opened again, with this new due date"
    )
    instead = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="Not effective: put forward instead"
    )
    owner = bodies.Here(
        Seat.objects.all(),
        required=False,
        allow_null=True,
        help_text="Opened again: who goes on, where the owner before has left the board",
    )
    relied_on = bodies.Here(
        Evidence.objects.impact_first(),
        many=True,
        required=False,
        help_text="Evidence of these actions, by id",
    )

    def validate_actions(self, seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({one["action"] for one in seen}) < len(seen):
            raise serializers.ValidationError("Name each action once.")
        return seen


class ReliedOnShape(rows.EvidenceShape):
    action = serializers.IntegerField(help_text="By its number")

    def to_representation(self, instance: Evidence) -> dict[str, Any]:
        action, seat = instance.action, self.context["request"].seat
        opens = bool(instance.file) and access.opens_files(seat, action)
        return rows.evidence_row(instance, action, seat, opens) | {"action": action.number}


class ImpactReviewShape(serializers.ModelSerializer):
    by = shapes.Named()
    actions: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    commitment: Any = serializers.SlugRelatedField(slug_field="number", read_only=True)
    relied_on = ReliedOnShape(many=True, help_text="Evidence that was ticked, of impact first")

    class Meta:
        model = ImpactReview
        fields = [
            "id", "reviewed_on", "verdict", "words", "sentence", "link", "by", "actions", "commitment",
            "relied_on",
        ]  # fmt: skip


class ImpactReviews(Listed):
    """The latest first."""

    queryset = ImpactReview.objects.select_related("by", "commitment").prefetch_related("actions")
    serializer_class = ImpactReviewShape

    def get_queryset(self) -> Any:
        return super().get_queryset().with_evidence()

    @extend_schema(
        request=ReviewImpact,
        responses={201: ImpactReviewShape, 409: Refusal} | WITH_INPUT,
    )
    def create(self, request: Request, board: str) -> Response:
        """Check whether practice has changed."""
        given = self.read(ReviewImpact)
        versions = {one["action"]: one["version"] for one in given.pop("actions")}
        commitment = given.pop("commitment", None)
        found = impact.Found(**given)
        done = impact.review(versions, found, **self.hand, commitment=commitment)
        done = self.get_queryset().get(pk=done.pk)
        return Response(self.get_serializer(done).data, status=status.HTTP_201_CREATED)
