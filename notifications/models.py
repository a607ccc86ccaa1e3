"""Who must be told what (Reminder), in which mail (Message), and whether the board wants mail at all (Policy)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from actions.models import Action, Answer, Asked, Board, Priority, Response, Seat
from actions.models.board import BoardQuerySet
from notifications.ended import ended
from notifications.kinds import NEWS, Kind


class Policy(models.Model):
    """What a board has said about its post. A board without one has its post off."""

    board = models.OneToOneField(Board, on_delete=models.PROTECT, primary_key=True, related_name="post")
    post_on = models.BooleanField(default=False)
    titles_in_mail = models.BooleanField(
        default=False, help_text="A mail names actions by title, not only by reference"
    )
    resend_in_doubt = models.BooleanField(
        default=False, help_text="Send once more what may or may not have arrived, rather than ask a person"
    )

    def __str__(self) -> str:
        return f"{self.board}: post {'on' if self.post_on else 'off'}"


class MessageQuerySet(BoardQuerySet):
    def with_reminders(self) -> Self:
        """Everything that a line of the ledger shows: three queries, however many lines."""
        return self.select_related("seat__agency", "board").prefetch_related(
            Prefetch(
                "reminders",
                Reminder.objects.with_about().order_by(Coalesce("action__due_on", "due_on"), "pk"),
            )
        )

    def queued(self) -> Self:
        return self.filter(state=Message.State.QUEUED)

    @transaction.atomic
    def queue_again(self, reason: str, **changes: Any) -> int:
        """They wait again as they are, with the same Message-ID and Date. What was said in them was not told yet."""
        held = self._lock()
        Reminder.objects.filter(message__in=held, state=Reminder.State.TOLD).update(
            state=Reminder.State.WAITING
        )
        return Message.objects.filter(pk__in=held).update(
            state=Message.State.QUEUED, lease_until=None, sending_at=None, reason=reason, **changes
        )

    @transaction.atomic
    def give_up(self, state: str, reason: str) -> int:
        """For good. Nobody was told, and the reminders say so; the next step has its own chance."""
        held = self._lock()
        Reminder.objects.filter(message__in=held).exclude(state=Reminder.State.SUPERSEDED).update(
            state=Reminder.State.CANCELLED, reason=reason
        )
        return Message.objects.filter(pk__in=held).update(state=state, lease_until=None, reason=reason)

    def _lock(self) -> list[int]:
        """Their ids; until the transaction ends nobody else moves them."""
        return list(self.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


class Message(models.Model):
    """One mail to one seat. `message_id` and `dated_at` are fixed when the row is made, so that a second copy of
    it would be known as one; `to` and `subject` are those of the last attempt.

    `attempts` rises with each claim and so names it: who holds an older number holds nothing.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        BOUNCED = "bounced", "Refused by the address"
        COMPLAINED = "complained", "Marked as spam"
        IN_DOUBT = "in_doubt", "May or may not have arrived"
        FAILED = "failed", "Not sent: every attempt failed"
        CANCELLED = "cancelled", "Not sent: no longer needed"
        HELD = "held", "Held: the board's post is off"
        EXPIRED = "expired", "Not sent in time"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="messages")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="messages")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    dated_at = models.DateTimeField(help_text="The Date of the mail, whenever it is sent")
    created_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True, help_text="Marked just before it is handed over")
    sent_at = models.DateTimeField(null=True, blank=True)
    resent = models.BooleanField(default=False, help_text="Sent once more when in doubt; never a third time")
    reason = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["board", "-created_at", "-id"]),
            models.Index(fields=["seat", "-created_at"]),
            models.Index(
                fields=["id"],
                name="messages_not_finished",
                condition=Q(state__in=["queued", "sending", "in_doubt"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False), name="being_sent_means_a_lease"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.subject or 'reminders'} to {self.to}"


# What the engine cannot settle.
FOR_A_PERSON = (
    Message.State.IN_DOUBT,
    Message.State.FAILED,
    Message.State.BOUNCED,
    Message.State.COMPLAINED,
    Message.State.HELD,
)


class ReminderQuerySet(BoardQuerySet):
    def waiting(self) -> Self:
        """Not told yet, and not in a mail that is on its way out of the door."""
        unsent = Q(message__isnull=True) | Q(message__state__in=[Message.State.QUEUED, Message.State.HELD])
        return self.filter(unsent, state=Reminder.State.WAITING)

    def with_about(self) -> Self:
        """Each with what it is about, and all that a line of it names."""
        return self.select_related(
            "action",
            "for_owner",
            "response__agency",
            "response__commitment__source",
            "response__commitment__agency",
            "asked__seat",
            "asked__subgroup",
            "asked__agency",
            "asked__challenge__action",
            "asked__challenge__commitment__source",
            "asked__challenge__commitment__agency",
            "asked__challenge__priority",
        )

    def with_restricted(self) -> Self:
        """As `with_about`, and whether it comes from a restricted source: then no word of it is to be told."""
        answers = Answer.objects.filter(source__restricted=True)
        restricted = (
            Q(Exists(answers.filter(action=OuterRef("action"))))
            | Q(Exists(answers.filter(action=OuterRef("asked__challenge__action"))))
            | Q(response__commitment__source__restricted=True)
            | Q(asked__challenge__commitment__source__restricted=True)
        )
        return self.with_about().annotate(
            restricted=Case(When(restricted, then=Value(True)), default=Value(False))
        )

    def supersede(self) -> int:
        """Of the steps towards and after one date only the latest is told."""
        over = _with_a_later().filter(pk__in=self.values("pk"))
        return over.update(state=Reminder.State.SUPERSEDED, reason="A later reminder took its place.")

    def cancel_ended(self, today: date) -> int:
        """Those whose cause has ended, each with the reason."""
        known = _with_ended(today)
        why = known.filter(pk=OuterRef("pk")).values("ended")
        over = known.filter(pk__in=self.values("pk")).exclude(ended="")
        return over.update(state=Reminder.State.CANCELLED, reason=Subquery(why))


@lru_cache(maxsize=1)
def _with_a_later() -> ReminderQuerySet:
    """Built once, never run itself."""
    told = Reminder.objects.exclude(kind__in=NEWS)
    later = told.filter(
        seat=OuterRef("seat"), due_version=OuterRef("due_version"), for_on__gt=OuterRef("for_on")
    )
    of_one_day = later.filter(due_on=OuterRef("due_on"))
    return told.filter(
        Q(Exists(later.filter(action=OuterRef("action"))))
        | Q(Exists(of_one_day.filter(response=OuterRef("response"))))
        | Q(Exists(of_one_day.filter(asked=OuterRef("asked"))))
    )


@lru_cache(maxsize=2)
def _with_ended(today: date) -> ReminderQuerySet:
    """Built once a day, never run itself: building it took as long as all that planning asks."""
    return Reminder.objects.annotate(ended=ended(today))


class Reminder(models.Model):
    """One reason to tell one seat about one action, one response or one question asked; or about none of them: an
    invitation. `key` makes it happen once, however often it is planned.

    `step` names which of a kind: days before the date, which reminder since it, or the event that assigned it.
    `due_version` is the action's, or the response's as it was asked; `due_on` the day by which that is to be answered.
    `for_owner` is set on a copy: it tells the seat of somebody else's action, whose owner is away.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TOLD = "told", "In a mail that was handed over"
        SUPERSEDED = "superseded", "A later reminder took its place"
        CANCELLED = "cancelled", "No longer called for"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="reminders")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="reminders")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders", db_index=False
    )
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders", db_index=False
    )
    asked = models.ForeignKey(
        Asked, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders", db_index=False
    )
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    step = models.CharField(max_length=20)
    for_owner = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    away_until = models.DateField(
        null=True, blank=True, help_text="The last day away of that owner, as it was told"
    )
    due_version = models.PositiveIntegerField()
    due_on = models.DateField(
        null=True, blank=True, help_text="When an answer is due, as it was told; none for an action"
    )
    for_on = models.DateField(help_text="The day that calls for it")
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    restricted: bool  # by `with_restricted`

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["action", "seat"]),
            models.Index(
                fields=["response", "seat"],
                name="reminders_of_responses",
                condition=Q(response__isnull=False),
            ),
            models.Index(
                fields=["asked", "seat"], name="reminders_of_questions", condition=Q(asked__isnull=False)
            ),
            models.Index(fields=["board"], name="reminders_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_owner__isnull=True, away_until__isnull=True)
                | Q(for_owner__isnull=False, away_until__isnull=False),
                name="a_copy_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True, response__isnull=True)
                | Q(action__isnull=True, asked__isnull=True)
                | Q(response__isnull=True, asked__isnull=True),
                name="a_reminder_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(response__isnull=True, asked__isnull=True) | Q(due_on__isnull=False),
                name="an_answer_is_due_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.step})"

    @property
    def why(self) -> str:
        """In words, for the ledger; of a copy also whose action it is, and until when that one is away."""
        if self.for_owner is None:
            return self._cause
        whose = f"{self.for_owner.name}, who is away until {self.away_until:%-d %B %Y}"
        return f"Given to {whose}" if self.kind == Kind.ASSIGNED else f"{self._cause}, owned by {whose}"

    @property
    def _cause(self) -> str:
        if self.kind == Kind.DUE_SOON:
            return f"Due in {self.step} {'days' if self.action_id else 'working days'} or less"
        if self.kind == Kind.OVERDUE:
            return "Overdue" if self.step == "1" else f"Overdue, reminder {self.step}"
        return {
            Kind.INVITED: "Invited to the board",
            Kind.ASSIGNED: "Given to them",
            Kind.ASKED: "Asked of them",
            Kind.RECORDED: "Written down in their name",
            Kind.DUE_TODAY: "Due today",
        }[Kind(self.kind)]

    @property
    def reference(self) -> str:
        """What it is about, without a word that a person wrote; empty for an invitation."""
        if self.response:
            return f"response to {self.response.commitment.reference}"
        if self.asked:
            thing = self.asked.challenge.about
            named = f"priority {thing.number}" if isinstance(thing, Priority) else thing and thing.reference
            return f"question about {named}" if named else "question"
        return self.action.reference if self.action else ""

    @property
    def words(self) -> str:
        """What somebody wrote of it: the title of the action, the words of the commitment or of the question."""
        if self.response:
            return self.response.commitment.words
        if self.asked:
            return self.asked.challenge.words
        return self.action.title if self.action else ""

    @property
    def path(self) -> str:
        """Of its page, within the board's."""
        if self.response:
            return f"commitments/C-{self.response.commitment.number}/"
        if self.asked:
            return f"challenges/{self.asked.challenge_id}/"
        return f"actions/{self.action.reference}/" if self.action else ""

    @property
    def about(self) -> str:
        """The why with what it is about, where there is something."""
        return f"{self.why}: {self.reference}" if self.reference else self.why

    @property
    def due(self) -> date | None:
        """The day that what it is about has now, whichever was told."""
        thing = self.action or self.response or (self.asked and self.asked.challenge)
        return thing.due_on if thing else None


class Heartbeat(models.Model):
    """When the engine last finished a round. One row."""

    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.beat_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def last(cls) -> datetime | None:
        return cls.objects.filter(pk=1).values_list("beat_at", flat=True).first()

    @classmethod
    def beat(cls, now: datetime) -> None:
        cls.objects.update_or_create(pk=1, defaults={"beat_at": now})
