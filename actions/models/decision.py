"""What the board decided at one of its meetings, recorded once and shown on everything that it concerns."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from actions import access
from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet, Meeting
from actions.models.people import Seat
from actions.models.source import Commitment

REFERRED_TO = "Referred to: "


class DecisionQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Those that concern nothing closed to this seat."""
        everything = super().visible_to(seat)
        if access.reads_everything(seat):
            return everything
        commitments = Commitment.objects.on_board_of(seat)
        actions = Action.objects.on_board_of(seat)
        closed = Q(commitments__in=_hidden(commitments, seat)) | Q(actions__in=_hidden(actions, seat))
        hidden = Decision.objects.filter(closed, board=seat.board_id).order_by().values("pk")
        return everything.exclude(pk__in=hidden)

    def standing(self) -> Self:
        """Not taken back, and of a meeting that was not cancelled."""
        return self.filter(undone_on__isnull=True).exclude(meeting__state=Meeting.State.CANCELLED)

    def in_force(self, today: date) -> Self:
        """A decision counts from the day of its meeting."""
        return self.standing().filter(meeting__meets_on__lte=today)


def _hidden(rows: BoardQuerySet, seat: Seat) -> models.QuerySet:
    return rows.exclude(pk__in=rows.visible_to(seat).order_by().values("pk")).order_by().values("pk")


class Decision(models.Model):
    """At one meeting, on one commitment or action or several. `words` are fit to publish."""

    class Kind(models.TextChoices):
        NOT_IMPLEMENTED = "not_implemented", "Not to be implemented"
        REFERRED = "referred", "Referred elsewhere"
        IMPLEMENT = "implement", "To be implemented after all"
        OTHER = "other", "Decided"  # whatever else a board or a subgroup decides

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    words = models.TextField(help_text="The reason, fit to publish")
    referred_to = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", help_text="Who recorded it")
    recorded_on = models.DateField()
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="decisions")
    actions = models.ManyToManyField(Action, blank=True, related_name="decisions")
    undone_on = models.DateField(null=True, blank=True, help_text="It was recorded in error")
    undone_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_words = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__meets_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="referred") | ~Q(referred_to=""), name="referred_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True) | Q(undone_by__isnull=False), name="undone_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def said(self) -> str:
        """As the trail keeps it: one text, so that it is redacted as one."""
        return f"{self.words}\n\n{REFERRED_TO}{self.referred_to}" if self.referred_to else self.words
