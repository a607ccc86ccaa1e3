"""One thing that one seat promised to do by a date. Its status moves only through the trail."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from actions import access, rag
from actions.models.board import Agency, Board, BoardQuerySet, Meeting, Subgroup
from actions.models.people import CHAIRING, Seat
from actions.models.plan import Priority
from actions.models.source import Commitment, Precision, Source, closed_to

if TYPE_CHECKING:
    from actions.rag import Calendar


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    ON_HOLD = "on_hold", "On hold"
    DONE = "done", "Done, awaiting check"
    SIGNED_OFF = "signed_off", "Signed off"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN = (Status.PLANNED, Status.STARTED, Status.ON_HOLD)


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Verdict(models.TextChoices):
    """What an impact review found."""

    EMBEDDED = "embedded", "Embedded"
    PARTLY = "partly", "Partly embedded"
    NOT_EFFECTIVE = "not_effective", "Not effective"


class Withdrawal(models.TextChoices):
    NOT_IMPLEMENTED = "not_implemented", "Not to be implemented"
    REFERRED = "referred", "Referred elsewhere"
    DUPLICATE = "duplicate", "Duplicate"
    OVERTAKEN = "overtaken", "Overtaken by events"
    ERROR = "error", "Entered in error"


class ActionQuerySet(BoardQuerySet):
    def visible_to(self, seat: Seat) -> Self:
        """All but those that answer a source closed to this seat, unless it has to do with them itself."""
        everything = super().visible_to(seat)
        if access.reads_everything(seat):
            return everything
        closed = Answer.objects.filter(source__in=closed_to(seat)).values("action")
        own = Q(owner=seat) | Q(pk__in=seat.contributes_to.order_by().values("pk"))
        own |= Q(subgroup__in=seat.subgroup_seats.filter(role__in=CHAIRING).values("subgroup"))
        if seat.is_lead:
            own |= Q(agency=seat.agency_id)
        return everything.filter(~Q(pk__in=closed) | own)

    def counted(self) -> Self:
        """What figures count: all but drafts, withdrawn and continuing."""
        return self.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN]).filter(continuing=False)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> Self:
        return self.filter(rag.is_overdue(today))

    def silent(self, calendar: Calendar) -> Self:
        return self.filter(rag.is_silent(calendar))

    def with_rag(self, calendar: Calendar) -> Self:
        return self.annotate(rag=rag.rag(calendar))

    def most_urgent_first(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def with_names(self) -> Self:
        """Everything that a line of a list names, in the same query."""
        return self.select_related("owner", "agency", "subgroup", "priority")


class ActionManager(models.Manager.from_queryset(ActionQuerySet)):  # type: ignore[misc]
    def standing(self, seat: Seat) -> ActionQuerySet:
        """What a seat may see, each with its names and its `rag` on this day."""
        return _standing(seat.calendar(seat.board.today)).visible_to(seat)


@lru_cache(maxsize=32)
def _standing(calendar: Calendar) -> ActionQuerySet:
    """Built once a day for a board, never run itself: building it took half as long as asking."""
    return Action.objects.with_names().with_rag(calendar)


class Action(models.Model):
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="owned")
    contributors = models.ManyToManyField(Seat, blank=True, related_name="contributes_to")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    subgroup = models.ForeignKey(
        Subgroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        help_text="None: the board's",
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="raised",
        help_text="Raised there",
    )
    commitments = models.ManyToManyField(Commitment, through="Answer", related_name="actions")

    start_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=120, blank=True)
    due_precision = models.CharField(max_length=12, choices=Precision.choices, blank=True)
    continuing = models.BooleanField(default=False)
    look_again_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    signed_off_on = models.DateField(null=True, blank=True)
    times_moved = models.PositiveSmallIntegerField(default=0)

    said_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    asks_board = models.BooleanField(
        default=False, help_text="Its last update needs something from the board"
    )
    waits = models.BooleanField(
        default=False, help_text="Its last update waits on somebody or something outside"
    )
    review_on = models.DateField(null=True, blank=True, help_text="When its impact is to be checked")
    verdict = models.CharField(
        max_length=16, choices=Verdict.choices, blank=True, help_text="Of its last impact review"
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text="When its impact was last checked")
    step_only = models.BooleanField(default=False, help_text="A step only: no impact of its own to check")
    withdrawal = models.CharField(max_length=16, choices=Withdrawal.choices, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    disowned_on = models.DateField(null=True, blank=True, help_text="Its owner said that it is not theirs")
    wanted_on = models.DateField(null=True, blank=True, help_text="Asked for by the owner, not decided yet")
    wanted_since = models.DateField(null=True, blank=True, help_text="Since when that waits")
    confirmed_on = models.DateField(null=True, blank=True, help_text="Continuing work: last said to go on")
    confirmed_in_time = models.BooleanField(default=False, help_text="By its look-again day")

    version = models.PositiveIntegerField(default=1)
    due_version = models.PositiveIntegerField(default=1, help_text="Rises when date or owner changes")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActionManager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["board", "due_on", "id"]),
            models.Index(fields=["board", "status", "due_on"]),
            models.Index(fields=["owner", "status"]),
            models.Index(  # a few among thousands, asked for on every summary
                fields=["board", "due_on"], condition=Q(wanted_on__isnull=False), name="action_wants_time"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="action_number_once_per_board"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(owner__isnull=False),
                name="only_a_draft_has_no_owner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(due_on__isnull=False, first_due_on__isnull=False)
                | Q(continuing=True, look_again_on__isnull=False),
                name="only_a_draft_has_no_date",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "signed_off"]) | Q(done_on__isnull=False),
                name="done_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        return f"A-{self.number}"


class Answer(models.Model):
    """That an action answers a commitment. `source` is the commitment's, so that sets per source need no join."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="answers")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="answers")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "commitment"], name="answered_once")]
        indexes = [models.Index(fields=["source", "action"])]

    def __str__(self) -> str:
        return f"{self.action_id} answers {self.commitment_id}"
