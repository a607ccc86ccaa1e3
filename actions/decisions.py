"""What the board decided at a named meeting: recorded once, with a reason fit to publish, and taken back in the same
open way. It changes no action: what is still open for a commitment is withdrawn by those who may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from actions import access, trail
from actions.commitments import SETTLING
from actions.models import Commitment, Decision, Meeting, Seat
from actions.refusals import Changed, Invalid

Kind = Decision.Kind
TO_WHOM = 200  # characters
SINCE = timedelta(days=366)  # how old a meeting may be whose decision is recorded now


def meetings(seat: Seat, today: date) -> QuerySet[Meeting]:
    """The board's own meetings of the last year, and those to come: it alone decides on a commitment."""
    theirs = Meeting.objects.visible_to(seat).filter(subgroup__isnull=True, meets_on__gte=today - SINCE)
    return theirs.exclude(state=Meeting.State.CANCELLED)


@transaction.atomic
def decide(
    commitments: Sequence[Commitment],
    *,
    kind: str,
    words: str,
    meeting: Meeting,
    by: Seat,
    today: date,
    referred_to: str = "",
) -> Decision:
    """On one commitment or several, at one meeting; it counts from the day of that meeting.

    Sent twice, it is recorded once. Invalid where the same was decided before, or at a later meeting.
    """
    access.check(by, "decide")
    for one in commitments:
        access.check(by, "decide", one)
    wanted = Decision(
        board=by.board,
        meeting=meeting,
        kind=kind,
        words=words.strip(),
        referred_to=referred_to.strip() if kind == Kind.REFERRED else "",
        by=by,
        recorded_on=today,
    )
    _refuse_unfit(wanted, commitments, by, today)
    trail.lock_head(by.board)
    if twin := _recorded(wanted, commitments):
        return twin
    for one in commitments:
        _refuse_unordered(wanted, one)
    wanted.save()
    wanted.commitments.set(commitments)
    trail.append(by.board, _entries("decide", wanted, commitments, by, today, wanted.said))
    return wanted


@transaction.atomic
def undo(decision: Decision, *, reason: str, by: Seat, today: date) -> Decision:
    """It was recorded in error: never decided, or otherwise than it says. What the board now thinks otherwise is a
    decision of its own."""
    access.check(by, "decide", decision)
    if decision.kind not in SETTLING:
        raise Invalid("This decision is taken back on the page of its meeting.")
    if not reason.strip():
        raise Invalid("Say what was wrong.", field="reason")
    trail.lock_head(by.board)
    undone = {"undone_on": today, "undone_by": by, "undone_words": reason.strip()}
    if not Decision.objects.filter(pk=decision.pk, undone_on__isnull=True).update(**undone):
        raise Changed("Somebody took this decision back already. Nothing more is to be done.")
    decision.refresh_from_db()
    commitments = list(decision.commitments.order_by("pk"))
    trail.append(by.board, _entries("undo_decision", decision, commitments, by, today, reason.strip()))
    return decision


def last(commitment: Commitment) -> Decision | None:
    """What stands decided on whether it is to be met, of meetings held or to come."""
    return commitment.decisions.filter(kind__in=SETTLING).standing().select_related("meeting").first()


def _entries(
    verb: str, decision: Decision, commitments: Sequence[Commitment], by: Seat, today: date, words: str
) -> list[trail.Entry]:
    detail = {"decision": decision.pk, "kind": decision.kind, "meeting": decision.meeting_id}
    return [
        trail.Entry(verb, by, today, commitment=one, source=one.source, words=words, detail=detail)
        for one in commitments
    ]


def _refuse_unfit(wanted: Decision, commitments: Sequence[Commitment], by: Seat, today: date) -> None:
    if wanted.kind not in SETTLING:
        raise Invalid("Say what the board decided.", field="kind")
    if not wanted.words:
        raise Invalid("Give the reason, in words fit to publish.", field="words")
    if wanted.kind == Kind.REFERRED and not wanted.referred_to:
        raise Invalid("Say to whom it is referred.", field="referred_to")
    if len(wanted.referred_to) > TO_WHOM:
        raise Invalid(f"Keep it within {TO_WHOM} characters.", field="referred_to")
    if not commitments:
        raise Invalid("Say what was decided on.", field="commitments")
    if any(one.taken_back for one in commitments):
        raise Changed("It was put back in its review, so there is nothing to decide any more.")
    if not meetings(by, today).filter(pk=wanted.meeting.pk).exists():
        raise Invalid(
            "Choose a meeting of the board itself, of the last year or to come: the board alone decides this.",
            field="meeting",
        )


def _recorded(wanted: Decision, commitments: Sequence[Commitment]) -> Decision | None:
    """The same, already recorded: a second click."""
    same = Decision.objects.filter(
        board=wanted.board,
        meeting=wanted.meeting,
        kind=wanted.kind,
        words=wanted.words,
        referred_to=wanted.referred_to,
        undone_on__isnull=True,
    )
    on = {one.pk for one in commitments}
    return next((one for one in same if set(one.commitments.values_list("pk", flat=True)) == on), None)


def _refuse_unordered(wanted: Decision, commitment: Commitment) -> None:
    """What is decided already is not decided again, and nothing is decided before what came before it."""
    before = last(commitment)
    if wanted.kind == Kind.IMPLEMENT and (before is None or before.kind == Kind.IMPLEMENT):
        raise Invalid(f"{commitment.reference} is to be implemented: nothing else was decided.", field="kind")
    if before is None:
        return
    day = f"{before.meeting.meets_on:%-d %B %Y}"
    if before.kind == wanted.kind:
        raise Invalid(
            f"{commitment.reference} was decided like that at the meeting of {day}. Take that decision back first "
            "if it was recorded wrongly.",
            field="kind",
        )
    if wanted.meeting.meets_on < before.meeting.meets_on:
        raise Invalid(
            f"On {commitment.reference} something else was decided later, at the meeting of {day}.",
            field="meeting",
        )
