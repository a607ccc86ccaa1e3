"""Claim, check again, mark, send, record: one mail at a time. It decides nothing about who hears what.

The order is the promise. No lock is held while the mail service is spoken to; a mark is committed just before the
mail is handed over; what was marked and not recorded is set apart as doubtful. So nothing is lost in silence, and
nothing is sent twice unless the board chose that over being asked.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actions.models import Board, Seat
from notifications import compose, schedule
from notifications.mailer import Connection, Fate, Outcome, said
from notifications.models import Message, MessageQuerySet, Reminder

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
State = Message.State

LEASE = timedelta(minutes=2)  # the longest that one mail may take: a dozen answers of the mail service
RESEND_AFTER = timedelta(minutes=15)
BATCH = 100  # mails over one connection
# Minutes until the next attempt: about a day of trying, then a person is shown it.
BACKOFF = (1, 5, 15, 60, 240, 240, 240, 240, 240)


def run(*, clock: Clock, enough: Callable[[], bool] = lambda: False) -> int:
    """Sends what is due until nothing is, or until `enough` says stop. Returns the number sent.

    While the mail service cannot be reached nothing is claimed, so nothing fails: it waits, and says why.
    """
    recover(clock())
    sent = 0
    while not enough() and (batch := list(due(clock()).values_list("pk", flat=True)[:BATCH])):
        try:
            connection = Connection()
        except (OSError, SMTPException) as error:
            log.warning("The mail service cannot be reached: %s", error)
            reason = said(f"The mail service cannot be reached: {error}")
            due(clock()).update(reason=reason)
            return sent
        with connection:
            for pk in batch:
                if enough() or not connection.usable:
                    break
                sent += send_one(pk, connection, clock=clock)
    return sent


def due(now: datetime) -> MessageQuerySet:
    """What may go at `now`: the board's post is on, its people may be written to, no wait is running."""
    open_now = [division for division in Board.Division.values if schedule.is_open(now, division)]
    return (
        Message.objects.queued()
        .filter(Q(try_after=None) | Q(try_after__lte=now), created_at__lte=now)
        .filter(board__post__post_on=True, board__division__in=open_now)
        .order_by("pk")
    )


def send_one(pk: int, connection: Connection, *, clock: Clock) -> bool:
    message = claim(pk, clock())
    if message is None:
        return False
    carried = check_again(message, clock())
    mail = _written(message, carried, clock()) if carried else None
    if mail is None or not mark(message, mail, carried, clock()):
        return False
    outcome = connection.hand_over(mail)
    record(message, outcome, clock())
    return outcome.fate is Fate.SENT


def claim(pk: int, now: datetime) -> Message | None:
    """Takes the row for the length of a lease; one winner. Its raised `attempts` is what the winner holds."""
    message = due(now).select_related("seat", "board__post").filter(pk=pk).first()
    if message is None:
        return None
    won = (
        Message.objects.queued()
        .filter(pk=pk, attempts=message.attempts)
        .update(state=State.SENDING, attempts=message.attempts + 1, lease_until=now + LEASE, sending_at=None)
    )
    message.attempts += 1
    return message if won else None


def check_again(message: Message, now: datetime) -> list[Reminder]:
    """The reminders of this mail that are still called for. With none left the mail is cancelled."""
    waiting = Reminder.objects.filter(message=message, state=Reminder.State.WAITING)
    waiting.supersede()
    waiting.cancel_ended(now.astimezone(Board.tz).date())
    carried = list(waiting.with_restricted())
    if not carried:
        _held(message).update(
            state=State.CANCELLED,
            lease_until=None,
            reason="By the time of sending nothing in it was called for.",
        )
    return carried


def _written(message: Message, carried: Sequence[Reminder], now: datetime) -> EmailMessage | None:
    """The mail, or None when it cannot be made; then that is recorded."""
    try:
        validate_email(message.seat.email)
        return compose.mail(message, carried, policy=message.board.post)
    except ValidationError:
        record(message, Outcome(Fate.HOPELESS, "The seat has no address that mail can reach."), now)
    except Exception as error:
        log.exception("Message %s could not be written", message.pk)
        record(message, Outcome(Fate.REFUSED, f"It could not be written: {type(error).__name__}."), now)
    return None


@transaction.atomic
def mark(message: Message, mail: EmailMessage, carried: Sequence[Reminder], now: datetime) -> bool:
    """Says, before it happens, that the mail is handed over. False where the lease is no longer ours: stop."""
    ours = _held(message).filter(state=State.SENDING, lease_until__gt=now, sending_at=None)
    if not ours.update(sending_at=now, to=mail.to[0], subject=mail.subject):
        return False
    told = Reminder.objects.filter(pk__in=[r.pk for r in carried])
    until = Subquery(Seat.objects.filter(pk=OuterRef("for_owner")).values("away_until"))
    told.update(state=Reminder.State.TOLD, away_until=Coalesce(until, "away_until"))  # as the mail says it
    return True


def _held(message: Message) -> MessageQuerySet:
    """The row, while nobody has claimed it since; a sender who was thought dead may still say what it knows."""
    return Message.objects.filter(
        pk=message.pk, attempts=message.attempts, state__in=[State.SENDING, State.IN_DOUBT]
    )


def record(message: Message, outcome: Outcome, now: datetime) -> None:
    match outcome.fate:
        case Fate.SENT:
            _held(message).update(state=State.SENT, sent_at=now, lease_until=None, try_after=None, reason="")
        case Fate.IN_DOUBT:
            _held(message).update(state=State.IN_DOUBT, lease_until=None, reason=outcome.reason)
        case Fate.BOUNCED:
            _held(message).give_up(State.BOUNCED, outcome.reason)
        case Fate.HOPELESS:
            _held(message).give_up(State.FAILED, outcome.reason)
        case Fate.REFUSED if message.attempts > len(BACKOFF):
            _held(message).give_up(State.FAILED, outcome.reason)
        case Fate.REFUSED:
            wait = timedelta(minutes=BACKOFF[message.attempts - 1]) * random.uniform(1, 1.2)
            _held(message).queue_again(outcome.reason, try_after=now + wait)


def recover(now: datetime) -> None:
    """What a sender left when it stopped: unmarked is surely unsent and waits again; marked is in doubt.

    What waits is held while the board's post is off, and waits again when it is on.
    """
    left = Message.objects.filter(state=State.SENDING, lease_until__lt=now)
    left.filter(sending_at=None).update(state=State.QUEUED, lease_until=None)
    left.filter(sending_at__isnull=False).update(
        state=State.IN_DOUBT, lease_until=None, reason="The sender stopped while handing it over."
    )
    Message.objects.queued().filter(board__post__post_on=False).update(state=State.HELD)
    Message.objects.filter(state=State.HELD, board__post__post_on=True).update(state=State.QUEUED)
    _resend_doubtful(now)


def _resend_doubtful(now: datetime) -> None:
    """Once, where the board chose so. A second doubt waits for a person: there is never a third copy."""
    doubtful = Message.objects.filter(
        state=State.IN_DOUBT,
        resent=False,
        sending_at__lt=now - RESEND_AFTER,
        board__post__resend_in_doubt=True,
    )
    doubtful.queue_again("It was in doubt, so it is sent once more.", try_after=None, resent=True)
