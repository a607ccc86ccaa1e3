"""What each agency asked answers to a commitment. Not answered yet is a state of its own, and is seen."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from actions import access
from actions.commitments import ACCEPTING, PROPOSING, SETTLING
from actions.models.board import Agency, Board, BoardQuerySet
from actions.models.decision import Decision
from actions.models.people import Seat
from actions.models.source import Commitment, closed_to

WAITING = Q(says="")
TO_JUDGE = Q(says="in_place", judged="")
NOT_SHOWN = Q(says="in_place", judged="not_accepted")


def to_decide(today: date) -> Q:
    """Proposed, and the board has decided nothing since: what is prepared for a meeting to come is not decided."""
    since = Decision.objects.in_force(today).filter(
        Q(recorded_on__gte=OuterRef("answered_on")) | Q(meeting__meets_on__gte=OuterRef("answered_on")),
        commitments=OuterRef("commitment"),
        kind__in=SETTLING,
    )
    return Q(~Exists(since), says__in=PROPOSING)


class ResponseQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """Of a restricted review an agency's lead sees what is asked of that agency, and no other agency's answer."""
        everything = super().visible_to(seat)
        if access.reads_everything(seat):
            return everything
        seen = ~Q(commitment__source__in=closed_to(seat))
        if seat.is_lead:
            seen |= Q(agency=seat.agency_id)
        return everything.filter(seen)

    def standing(self) -> Self:
        """Without those asked in error, and those of a commitment that was put back in its review."""
        return self.filter(unasked_on__isnull=True, commitment__taken_back=False)

    def unanswered(self) -> Self:
        return self.standing().filter(WAITING)

    def late(self, today: date) -> Self:
        return self.unanswered().filter(due_on__lt=today)

    def to_judge(self) -> Self:
        """Said to be in place already, and nobody has looked."""
        return self.standing().filter(TO_JUDGE)

    def not_shown(self) -> Self:
        return self.standing().filter(NOT_SHOWN)

    def to_decide(self, today: date) -> Self:
        """Proposed not to implement or to refer, and the board has not decided since."""
        return self.standing().filter(to_decide(today))

    def most_urgent_first(self) -> Self:
        """What is not answered, by its day; then the latest answers."""
        latest = F("answered_on").desc(nulls_first=True)
        return self.order_by(latest, "due_on", "commitment__number", "agency__name", "pk")

    def with_names(self) -> Self:
        """Everything that a line of a list names, in the same query."""
        return self.select_related("agency", "commitment__source", "commitment__agency", "answered_by")


class Response(models.Model):
    """One agency's, to one commitment."""

    class Says(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        IN_PART = "in_part", "Accepted in part"
        IN_PLACE = "in_place", "Already in place"
        NOT_IMPLEMENT = "not_implement", "Proposes not to implement"
        REFER = "refer", "Proposes to refer elsewhere"

    class Judged(models.TextChoices):
        """Of what is said to be in place."""

        ACCEPTED = "accepted", "Shown to be in place"
        NOT_ACCEPTED = "not_accepted", "Not shown to be in place"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="responses")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="responses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="responses")
    asked_on = models.DateField()
    due_on = models.DateField()
    says = models.CharField(max_length=16, choices=Says.choices, blank=True, help_text="Empty: not yet")
    words = models.TextField(blank=True)
    link = models.URLField(blank=True, max_length=500, help_text="What shows that it is in place")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Seat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose words they are",
    )
    judged = models.CharField(max_length=16, choices=Judged.choices, blank=True)
    judged_on = models.DateField(null=True, blank=True)
    judged_by = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    judged_words = models.TextField(blank=True)
    unasked_on = models.DateField(null=True, blank=True, help_text="It was asked in error")
    version = models.PositiveIntegerField(default=1)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "pk"]
        indexes = [
            models.Index(fields=["board", "says", "due_on"]),
            models.Index(fields=["agency", "says", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "agency"], name="an_agency_is_asked_once"),
            models.CheckConstraint(
                condition=Q(says="", answered_on__isnull=True, answered_by__isnull=True)
                | ~Q(says="") & Q(answered_on__isnull=False, answered_by__isnull=False),
                name="an_answer_has_its_day_and_person",
            ),
            models.CheckConstraint(
                condition=Q(judged="") | Q(says="in_place"), name="only_in_place_is_judged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} on {self.commitment}"

    @property
    def subgroup_id(self) -> int | None:
        """Whose chair may act on it: of the subgroup that watches over the review."""
        return self.commitment.source.subgroup_id

    @property
    def answered(self) -> bool:
        return self.says != ""

    @property
    def accepts(self) -> bool:
        """Whether something is to be seen of it before the commitment is complete."""
        return self.says in ACCEPTING

    @property
    def in_place(self) -> bool:
        """Said to be in place, and accepted as that."""
        return self.judged == Response.Judged.ACCEPTED

    @property
    def to_judge(self) -> bool:
        return self.says == Response.Says.IN_PLACE and not self.judged

    @property
    def proposes(self) -> bool:
        """Something that only the board decides."""
        return self.says in PROPOSING

    def is_late(self, today: date) -> bool:
        return not self.answered and self.due_on < today
