"""Why a reminder is no longer called for, as an SQL expression over what is true now. It changes nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from actions.models import Status
from actions.models.people import StandIn
from notifications.asked import Decided, HearsOfQuestion, HearsOfResponse
from notifications.kinds import Kind

# A copy that ended so before it was in any mail is called for again when the owner is away again, or this seat is
# again the one who stands in.
HERE_AGAIN = "The owner of the action is here again."
ANOTHER_STANDS_IN = "Somebody else stands in for the owner of the action now."


def ended(today: date) -> Case:
    """Why a reminder is no longer called for; empty while it is."""
    away = Q(for_owner__away_from__lte=today, for_owner__away_until__gte=today)
    moved = ~Q(kind=Kind.ASSIGNED) & ~Q(due_version=F("action__due_version"))
    return Case(
        When(seat__left_on__isnull=False, then=Value("They have left the board.")),
        When(kind=Kind.INVITED, seat__user__isnull=False, then=Value("They have taken up the invitation.")),
        When(kind__in=[Kind.INVITED, Kind.RECORDED], then=Value("")),
        When(response__isnull=False, then=_response_ended()),
        When(asked__isnull=False, then=_question_ended()),
        When(
            ~Q(action__owner=Coalesce("for_owner", "seat")), then=Value("The action has another owner now.")
        ),
        When(
            ~Q(action__status__in=[Status.PLANNED, Status.STARTED]),
            then=Value("The action is no longer waiting for its owner."),
        ),
        When(moved, then=Value("The action's date has moved.")),
        When(Q(for_owner__isnull=False) & ~away, then=Value(HERE_AGAIN)),
        When(
            Q(for_owner__isnull=False) & ~Q(seat=StandIn("action", today=today)),
            then=Value(ANOTHER_STANDS_IN),
        ),
        default=Value(""),
    )


def _response_ended() -> Case:
    moved = ~Q(kind=Kind.ASKED) & ~Q(due_on=F("response__due_on"))
    return Case(
        When(~Q(response__says=""), then=Value("The agency has answered.")),
        When(response__unasked_on__isnull=False, then=Value("The agency is not asked any more.")),
        When(response__commitment__taken_back=True, then=Value("It was put back in its review.")),
        When(Decided("response__commitment"), then=Value("The board has decided on it.")),
        When(~Q(due_version=F("response__version")), then=Value("The agency was asked anew.")),
        When(moved, then=Value("The day of the answer has moved.")),
        When(~Q(HearsOfResponse("seat", "response")), then=Value("Somebody else hears of it now.")),
        default=Value(""),
    )


def _question_ended() -> Case:
    moved = ~Q(kind=Kind.ASKED) & ~Q(due_on=F("asked__challenge__due_on"))
    return Case(
        When(asked__answered_on__isnull=False, then=Value("It was answered.")),
        When(asked__challenge__closed_on__isnull=False, then=Value("The question was closed.")),
        When(moved, then=Value("The day of the answer has moved.")),
        When(~Q(HearsOfQuestion("seat", "asked")), then=Value("Somebody else hears of it now.")),
        default=Value(""),
    )
