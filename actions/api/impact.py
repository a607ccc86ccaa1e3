"""Impact reviews: read, and made by the verb. A page makes them by the same."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from actions import access, impact
from actions.api import bodies, shapes
from actions.api.schema import WITH_INPUT, Refusal
from actions.api.views import Listed
from actions.models import Evidence, ImpactReview


class ReliedOnShape(shapes.EvidenceShape):
    action = serializers.IntegerField(help_text="By its number")

    def to_representation(self, instance: Evidence) -> dict[str, Any]:
        action, seat = instance.action, self.context["request"].seat
        opens = bool(instance.file) and access.opens_files(seat, action)
        return shapes.evidence_row(instance, action, seat, opens) | {"action": action.number}


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
        request=bodies.ReviewImpact,
        responses={201: ImpactReviewShape, 409: Refusal} | WITH_INPUT,
    )
    def create(self, request: Request, board: str) -> Response:
        """Check whether practice has changed."""
        given = self.read(bodies.ReviewImpact)
        versions = {one["action"]: one["version"] for one in given.pop("actions")}
        commitment = given.pop("commitment", None)
        found = impact.Found(**given)
        done = impact.review(
            versions, found, by=self.seat, today=self.seat.board.today, commitment=commitment
        )
        done = self.get_queryset().get(pk=done.pk)
        return Response(self.get_serializer(done).data, status=status.HTTP_201_CREATED)
