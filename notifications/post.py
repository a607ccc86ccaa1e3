"""What the board manager decides about the post: whether it is on, how it is sent, and what became of a mail in doubt.

Nothing is told while it is off.
"""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.db.models import F

from actions import access, trail
from actions.models import Board, Seat
from actions.refusals import Changed, Invalid
from notifications.models import Message, MessageQuerySet, Policy

State = Message.State


def turn_on(board: Board, *, by: Seat, today: date) -> bool:
    """From the next round on, each open action's current step is told: no older one is made up for.

    False where it was on already; then nothing is written.
    """
    return _set(board, True, by=by, today=today)


def turn_off(board: Board, *, by: Seat, today: date) -> bool:
    """What waits is held from the next round on. False where it was off already."""
    return _set(board, False, by=by, today=today)


@transaction.atomic
def _set(board: Board, on: bool, *, by: Seat, today: date) -> bool:
    access.check(by, "set_post", board)
    Policy.objects.get_or_create(board=board)
    if not Policy.objects.filter(board=board, post_on=not on).update(post_on=on):
        return False
    trail.append(board, [trail.Entry("set_post", by, today, detail={"post_on": on})])
    return True


@transaction.atomic
def set_policy(board: Board, *, titles_in_mail: bool, resend_in_doubt: bool, by: Seat, today: date) -> bool:
    """From the next mail on. False where it stood so already; then nothing is written."""
    access.check(by, "set_post", board)
    Policy.objects.get_or_create(board=board)
    policy = Policy.objects.select_for_update(no_key=True).get(board=board)
    wanted = {"titles_in_mail": titles_in_mail, "resend_in_doubt": resend_in_doubt}
    changed = {name: value for name, value in wanted.items() if getattr(policy, name) != value}
    if not changed:
        return False
    Policy.objects.filter(board=board).update(**changed)
    trail.append(board, [trail.Entry("set_policy", by, today, detail=changed)])
    return True


class Became(models.TextChoices):
    """What a person says of a mail in doubt."""

    ARRIVED = "arrived", "It arrived"
    AGAIN = "again", "Send it again"
    LOST = "lost", "It did not arrive"


def choices(message: Message) -> list[Became]:
    """What can be said of it: in doubt for the second time it is not sent again, there is never a third copy."""
    if message.state != State.IN_DOUBT:
        return []
    return [Became.ARRIVED, Became.LOST if message.resent else Became.AGAIN]


@transaction.atomic
def settle(message: Message, *, became: str, attempts: int, by: Seat, today: date) -> None:
    """A mail in doubt is in doubt no longer. `attempts` is the number that the person saw."""
    access.check(by, "settle_doubt", message)
    if became not in Became.values:
        raise Invalid("Say what became of it.")
    doubtful = Message.objects.filter(pk=message.pk, attempts=attempts, state=State.IN_DOUBT)
    if not _settled(doubtful, Became(became), by):
        raise Changed("This mail does not stand as you saw it any more. Look at where it stands now.")
    detail = {"message": message.pk, "became": became}
    trail.append(message.board, [trail.Entry("settle_doubt", by, today, detail=detail)])


def _settled(doubtful: MessageQuerySet, became: Became, by: Seat) -> int:
    match became:
        case Became.ARRIVED:
            reason = f"{by.name} says that it arrived."
            return doubtful.update(state=State.DELIVERED, sent_at=F("sending_at"), reason=reason)
        case Became.AGAIN:
            reason = f"It was in doubt. {by.name} had it sent once more."
            return doubtful.filter(resent=False).queue_again(reason, try_after=None, resent=True)
        case Became.LOST:
            return doubtful.filter(resent=True).give_up(
                State.FAILED, f"{by.name} says that it did not arrive."
            )
