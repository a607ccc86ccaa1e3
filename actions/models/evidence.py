"""What shows that an action was done, or that it helped. The owner's word alone is none."""

from __future__ import annotations

from typing import Self

from django.db import models

from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet
from actions.models.people import Seat


class OfActionQuerySet(BoardQuerySet):
    """What hangs on an action, and is seen by those who see it."""

    def visible_to(self, seat: Seat) -> Self:
        return super().visible_to(seat).filter(action__in=Action.objects.visible_to(seat))


class Evidence(models.Model):
    class Shows(models.TextChoices):
        COMPLETION = "completion", "That it was done"
        IMPACT = "impact", "That it made a difference"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="evidence")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    shows = models.CharField(max_length=10, choices=Shows.choices, default=Shows.COMPLETION)
    words = models.TextField(
        help_text="What it is: a policy changed, training and its reach, an audit and its result"
    )
    link = models.URLField(blank=True, max_length=500)
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    relied_on = models.BooleanField(default=False, help_text="Ticked at sign-off")

    objects = OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def is_owners_word(self) -> bool:
        """A statement by the owner with nothing to look at."""
        return not self.link and self.by_id == self.action.owner_id
