"""What a board or a subgroup decided at a meeting: recorded once, shown on all that it concerns, and taken back in
the same open way. Whether a recommendation is met at all is `decisions`; this changes nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from actions import access, trail
from actions.models import Action, Commitment, Decision, Meeting, Seat
from actions.refusals import Changed, Invalid

LONGEST = 4000  # characters


@transaction.atomic
def record(
    meeting: Meeting,
    *,
    words: str,
    by: Seat,
    today: date,
    actions: Sequence[Action] = (),
    commitments: Sequence[Commitment] = (),
) -> Decision:
    """On actions and commitments, or on nothing that is listed. Sent twice, it is recorded once."""
    access.check(by, "record_decision", meeting)
    wanted = Decision(
        board=by.board,
        meeting=meeting,
        kind=Decision.Kind.OTHER,
        words=words.strip(),
        by=by,
        recorded_on=today,
    )
    _refuse_unfit(wanted, actions, commitments, today)
    trail.lock_head(by.board)
    if twin := _recorded(wanted, actions, commitments):
        return twin
    wanted.save()
    wanted.actions.set(actions)
    wanted.commitments.set(commitments)
    _note("record_decision", wanted, by, today, wanted.words)
    return wanted


@transaction.atomic
def take_back(decision: Decision, *, reason: str, by: Seat, today: date) -> Decision:
    """It was recorded in error: never decided, or otherwise than it says. It stays, marked, with the reason."""
    access.check(by, "record_decision", decision.meeting)
    if decision.kind != Decision.Kind.OTHER:
        raise Invalid("This decision is taken back on the page of its recommendation.")
    if not reason.strip():
        raise Invalid("Say what was wrong.", field="reason")
    trail.lock_head(by.board)
    undone = {"undone_on": today, "undone_by": by, "undone_words": reason.strip()}
    if not Decision.objects.filter(pk=decision.pk, undone_on__isnull=True).update(**undone):
        raise Changed("Somebody took this decision back already. Nothing more is to be done.")
    decision.refresh_from_db()
    _note("undo_decision", decision, by, today, reason.strip())
    return decision


def _refuse_unfit(
    wanted: Decision, actions: Sequence[Action], commitments: Sequence[Commitment], today: date
) -> None:
    meeting = wanted.meeting
    if meeting.state == Meeting.State.CANCELLED or meeting.meets_on > today:
        raise Invalid("Nothing is decided at a meeting that is cancelled or still to come.", field="words")
    if not wanted.words:
        raise Invalid("Say what was decided, in words fit to publish.", field="words")
    if len(wanted.words) > LONGEST:
        raise Invalid(f"Keep it within {LONGEST} characters.", field="words")
    boards = {one.board_id for one in actions} | {one.board_id for one in commitments}
    if boards - {wanted.board_id}:
        raise Invalid("Choose from this board alone.", field="about")


def _recorded(
    wanted: Decision, actions: Sequence[Action], commitments: Sequence[Commitment]
) -> Decision | None:
    """The same, already recorded: a second click."""
    same = Decision.objects.filter(
        meeting=wanted.meeting, kind=wanted.kind, words=wanted.words, undone_on__isnull=True
    ).prefetch_related("actions", "commitments")
    on = ({one.pk for one in actions}, {one.pk for one in commitments})
    return next(
        (
            one
            for one in same
            if ({a.pk for a in one.actions.all()}, {c.pk for c in one.commitments.all()}) == on
        ),
        None,
    )


def _note(verb: str, decision: Decision, by: Seat, today: date, words: str) -> None:
    """A line for each thing that it concerns, so that its page tells it; one where it concerns none."""
    detail = {"decision": decision.pk, "kind": decision.kind, "meeting": decision.meeting_id}
    lines = [
        trail.Entry(verb, by, today, action=one, words=words, detail=detail)
        for one in decision.actions.order_by("pk")
    ]
    lines += [
        trail.Entry(verb, by, today, commitment=one, source=one.source, words=words, detail=detail)
        for one in decision.commitments.select_related("source").order_by("pk")
    ]
    trail.append(by.board, lines or [trail.Entry(verb, by, today, words=words, detail=detail)])
