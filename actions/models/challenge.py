"""A question or request of the board, put to several at once: each answers apart, by one day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q

from actions import access
from actions.models.action import Action
from actions.models.board import Agency, Board, BoardQuerySet, Subgroup
from actions.models.people import Seat, chairing
from actions.models.plan import Priority
from actions.models.source import Commitment, closed_to


class ChallengeQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """As far as what it is about is seen; one about nothing in particular is everybody's."""
        return (
            super()
            .visible_to(seat)
            .filter(
                Q(action__isnull=True)
                | Q(action__in=Action.objects.visible_to(seat).order_by().values("pk")),
                Q(commitment__isnull=True)
                | Q(commitment__in=Commitment.objects.visible_to(seat).order_by().values("pk")),
            )
        )

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def late(self, today: date) -> Self:
        """Open, past its day, and somebody has not answered."""
        waiting = Asked.objects.filter(challenge=OuterRef("pk"), answered_on__isnull=True)
        return self.open().filter(Exists(waiting), due_on__lt=today)

    def waiting_for(self, seat: Seat) -> Self:
        """Open, and this seat is to answer (`to_answer`): it was asked, or chairs, leads or keeps what was asked; or
        it asked, everybody has answered, and it closes it."""
        waiting = Asked.objects.filter(challenge=OuterRef("pk"), answered_on__isnull=True)
        mine = self.open().annotate(to_answer=Exists(waiting.filter(Asked.for_(seat))))
        return mine.filter(Q(to_answer=True) | Q(by=seat) & ~Exists(waiting))

    def with_names(self) -> Self:
        return self.select_related(
            "by", "action", "commitment__source", "commitment__agency", "priority__plan"
        )

    def counted(self) -> Self:
        """Each with how many were asked (`of`) and have answered (`answered`)."""
        return self.annotate(of=Count("asked"), answered=Count("asked__answered_on"))

    def most_urgent_first(self) -> Self:
        """What is open, by the day of its answer; then what is closed, the last one first."""
        return self.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")


class Challenge(models.Model):
    """Of one action, commitment or priority, or of nothing in particular."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="challenges")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    words = models.TextField(help_text="What is asked")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(help_text="When the answer is due")
    closed_on = models.DateField(null=True, blank=True)
    closed_words = models.TextField(blank=True, help_text="What became of it")

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["board", "closed_on", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=True, commitment__isnull=True)
                | Q(action__isnull=True, priority__isnull=True)
                | Q(commitment__isnull=True, priority__isnull=True),
                name="a_challenge_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def about(self) -> Action | Commitment | Priority | None:
        return self.action or self.commitment or self.priority

    @property
    def asker_id(self) -> int:
        """For `access`: who asked may close it."""
        return self.by_id


class AskedQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """As the question; about a commitment of a restricted review the own answer, and no other's."""
        asked = super().visible_to(seat)
        asked = asked.filter(challenge__in=Challenge.objects.visible_to(seat).order_by().values("pk"))
        if access.reads_everything(seat):
            return asked
        closed = Q(challenge__commitment__isnull=False, challenge__commitment__source__in=closed_to(seat))
        return asked.filter(~closed | Asked.for_(seat) | Q(challenge__by=seat))

    def with_names(self) -> Self:
        """Everything that a line names, and says of who answers, in the same query."""
        named = self.select_related("seat", "subgroup", "agency", "answered_by")
        return named.annotate(unchaired=ExpressionWrapper(_unchaired(), BooleanField()))


def _unchaired() -> Q:
    return Q(~Exists(chairing(OuterRef("subgroup"))), subgroup__isnull=False)


class Asked(models.Model):
    """One of those asked, and their answer: a seat, a subgroup, an agency or the board office."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="asked")
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="asked")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="asked")
    subgroup = models.ForeignKey(
        Subgroup, on_delete=models.PROTECT, null=True, blank=True, related_name="asked"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="asked")
    office = models.BooleanField(default=False)
    words = models.TextField(blank=True, help_text="The answer")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose answer it is",
    )

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, subgroup__isnull=True, agency__isnull=True, office=False)
                | Q(seat__isnull=True, subgroup__isnull=False, agency__isnull=True, office=False)
                | Q(seat__isnull=True, subgroup__isnull=True, agency__isnull=False, office=False)
                | Q(seat__isnull=True, subgroup__isnull=True, agency__isnull=True, office=True),
                name="asked_is_one",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True)
                | Q(answered_on__isnull=False, answered_by__isnull=False),
                name="an_answer_has_its_day_and_its_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked_id(self) -> int | None:
        """For `access`: the seat asked."""
        return self.seat_id

    @cached_property
    def unchaired(self) -> bool:
        """A subgroup is asked that has neither chair nor vice-chair. `with_names` asks it of every row."""
        return self.subgroup_id is not None and not chairing(self.subgroup_id).exists()

    @property
    def name(self) -> str:
        one = self.seat or self.subgroup or self.agency
        return one.name if one else "The board office"

    @staticmethod
    def for_(seat: Seat) -> Q:
        """Which of those asked this seat answers for."""
        mine = Q(seat=seat) | Q(subgroup__in=seat.chaired)
        if seat.is_lead:
            mine |= Q(agency=seat.agency_id)
        if seat.is_manager:
            mine |= Q(office=True)
        if seat.is_independent_chair:
            mine |= _unchaired()
        return mine
