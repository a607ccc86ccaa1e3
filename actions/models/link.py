"""What two commitments have to do with each other: said by a person, between any two once."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from actions.models.board import Board, BoardQuerySet
from actions.models.people import Seat
from actions.models.source import Commitment


class LinkKind(models.TextChoices):
    """Read from `commitment` to `other`."""

    RELATED = "related", "Related to"
    COVERED_BY = "covered_by", "Already covered by"
    REPEATS = "repeats", "Repeats"
    NOT_THE_SAME = "not_the_same", "Not the same as"


REVERSED = {  # the same, read from `other`
    LinkKind.RELATED: "Related to",
    LinkKind.COVERED_BY: "Covers",
    LinkKind.REPEATS: "Repeated by",
    LinkKind.NOT_THE_SAME: "Not the same as",
}


class CommitmentLinkQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Those of which this seat may read both ends."""
        read = Commitment.objects.visible_to(seat).filter(taken_back=False).order_by().values("pk")
        return super().visible_to(seat).filter(commitment__in=read, other__in=read)


class CommitmentLink(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="commitment_links")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=14, choices=LinkKind.choices)
    words = models.CharField(max_length=300, blank=True, help_text="Why")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField()

    objects = CommitmentLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(commitment=F("other")), name="linked_to_another"),
            models.UniqueConstraint(
                Least("commitment", "other"), Greatest("commitment", "other"), name="two_are_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind} {self.other_id}"
