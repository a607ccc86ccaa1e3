"""Impact reviews: read, and made by the verb. A page makes them by the same."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from actions import impact
from actions.api import bodies, shapes
from actions.api.schema import WITH_INPUT, Refusal
from actions.api.views import Listed
from actions.models import ImpactReview


class ImpactReviews(Listed):
    """The latest first."""

    queryset = (
        ImpactReview.objects.select_related("by", "commitment").prefetch_related("actions").with_evidence()
    )
    serializer_class = shapes.ImpactReviewShape

    @extend_schema(
        request=bodies.ReviewImpact,
        responses={201: shapes.ImpactReviewShape, 409: Refusal} | WITH_INPUT,
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
