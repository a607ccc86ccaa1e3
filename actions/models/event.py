"""The audit trail: who, for whom, what, when; written once. Only `actions.trail` writes here."""

from __future__ import annotations

import re
from typing import Self

from django.db import models
from django.db.models import Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from actions import access
from actions.models.action import Action
from actions.models.board import Board, BoardQuerySet
from actions.models.people import Seat
from actions.models.source import Commitment, Source

# How the words of a correction keep a sentence beside the one that it gave way to.
KEPT_BOTH = "{name} was: {before}\nNow: {now}"
WAS = re.compile(r"^(?:Title|Detail) was: (.+?)\nNow: ", re.MULTILINE | re.DOTALL)


REMOVED = "These words were removed."


class EventQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Lines about what this seat may see: its actions, commitments and sources, and the board itself."""
        everything = super().visible_to(seat)
        if access.reads_everything(seat):
            return everything
        return everything.filter(
            Q(action__isnull=True) | Q(action__in=Action.objects.visible_to(seat)),
            Q(commitment__isnull=True) | Q(commitment__in=Commitment.objects.visible_to(seat)),
            Q(source__isnull=True) | Q(source__in=Source.objects.visible_to(seat)),
        )

    def last_words(self) -> Subquery:
        """What was said with the last of these lines, for the query outside: NULL where there is none, and REMOVED
        where the words were destroyed."""
        said = self.order_by("-seq").annotate(said=Coalesce("words", Value(REMOVED, TextField())))
        return Subquery(said.values("said")[:1])


class Event(models.Model):
    """One line of a board's trail, chained to the one before by `hash`.

    `at` is when it was written, `on` the day it takes effect. The state after it stands in typed columns.
    `words` are a person's; they can be redacted (set to NULL with their salt) and the chain still holds, since
    it covers their hash alone.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="events")
    on_behalf_of = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=24)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="events")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="events")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="events")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, blank=True)
    due_on = models.DateField(null=True)
    confidence = models.CharField(max_length=10, blank=True)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.JSONField(default=dict)
    words = models.TextField(null=True)  # noqa: DJ001 - NULL is redacted, "" is nothing said
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001 - goes with the words
    words_hash = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    removed = ""  # who removed the words, when and why: `redaction.explained` says it

    class Meta:
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["board", "seq"], name="one_event_per_place")]
        indexes = [models.Index(fields=["action", "seq"]), models.Index(fields=["board", "verb", "at"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"
