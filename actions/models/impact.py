"""Months after sign-off: has practice changed? One check, of one action or of several that answer the same."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Prefetch

from actions import access
from actions.models.action import Action, Verdict
from actions.models.board import Board, BoardQuerySet
from actions.models.evidence import Evidence
from actions.models.people import Seat
from actions.models.source import Commitment

TO_PUBLISH = "To publish: "


class ImpactReviewQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Those of actions that this seat may see, every one."""
        hidden = Action.objects.on_board_of(seat).exclude(pk__in=Action.objects.visible_to(seat).values("pk"))
        return (
            super()
            .visible_to(seat)
            .exclude(pk__in=ImpactReview.objects.filter(actions__in=hidden).values("pk"))
        )

    def with_evidence(self) -> Self:
        """With what it relied on, of impact first, and all that says to whom its files are open. At most two queries,
        however many."""
        ticked = Evidence.objects.impact_first().prefetch_related("action__contributors")
        return self.prefetch_related(Prefetch("relied_on", ticked))


class ImpactReview(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="impact_reviews")
    actions = models.ManyToManyField(Action, related_name="impact_reviews")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="impact_reviews"
    )
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    words = models.TextField(blank=True, help_text="What was looked at, and what it showed")
    relied_on = models.ManyToManyField(
        Evidence, blank=True, related_name="impact_reviews", help_text="Evidence of its actions, ticked"
    )
    link = models.URLField(blank=True, max_length=500)
    sentence = models.CharField(max_length=300, help_text="What made a difference, fit to publish")

    objects = ImpactReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return self.sentence

    @property
    def same_agency(self) -> bool:
        """Whether its reviewer is of an owner's agency. Asks nothing where reviewer and actions are at hand."""
        return access.same_agency(self.by, *self.actions.all())

    @property
    def said(self) -> str:
        """As the trail keeps it: one text, so that it is redacted as one."""
        return "\n\n".join(filter(None, [self.words, f"{TO_PUBLISH}{self.sentence}"]))
