"""Meetings of a board and its subgroups: added, moved, held, cancelled, corrected. Each has a last day for papers.

Lateness and silence are measured by them, so nothing here is changed without a line of the trail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from actions import access, days, kept, trail
from actions.models import Board, Meeting, Seat, Subgroup
from actions.refusals import Changed, Invalid

PAPERS = 10  # working days before the meeting
FARTHEST = timedelta(days=5 * 366)
State = Meeting.State

# From which states each verb may leave, and what to say where it may not.
FROM = {
    "move_meeting": (State.PLANNED,),
    "hold_meeting": (State.PLANNED,),
    "cancel_meeting": (State.PLANNED,),
    "correct_meeting": (State.HELD, State.CANCELLED),
}


@dataclass(frozen=True)
class Wanted:
    """One meeting to be added. Without a cut-off its papers close ten working days before."""

    meets_on: date
    cut_off_on: date | None = None


def cut_off(meets_on: date, board: Board) -> date:
    return days.working_days_before(meets_on, PAPERS, board.division)


@transaction.atomic
def add(wanted: Sequence[Wanted], *, subgroup: Subgroup | None, by: Seat, today: date) -> list[Meeting]:
    """Several at once: all or none. `subgroup` None: the board's own."""
    board = by.board
    for asked in wanted:
        _refuse_far(asked.meets_on, today)
    made = [
        Meeting(
            board=board,
            subgroup=subgroup,
            meets_on=one.meets_on,
            cut_off_on=one.cut_off_on or cut_off(one.meets_on, board),
        )
        for one in wanted
    ]
    if subgroup is not None and subgroup.board_id != board.pk:
        raise Invalid("Choose one of this board's subgroups.", field="subgroup")
    for one in made:
        access.check(by, "keep_meetings", one)
        _refuse_unfit(one, today)
    if len({one.meets_on for one in made}) < len(made):
        raise Invalid("Two of these meetings are on the same day.", field="meets_on")
    trail.lock_head(board)
    for one in made:
        _refuse_same_day(one)
        one.save()
    trail.append(board, [_entry("add_meeting", one, by, today) for one in made])
    return made


def move(
    meeting: Meeting, *, meets_on: date, cut_off_on: date | None, by: Seat, today: date, saw: str
) -> Meeting:
    """To another day, before it was held. Without a cut-off its papers close ten working days before."""
    _refuse_far(meets_on, today)
    cut_off_on = cut_off_on or cut_off(meets_on, meeting.board)
    if (meets_on, cut_off_on) == (meeting.meets_on, meeting.cut_off_on):
        raise Invalid("That is the day it has now. Choose another.", field="meets_on")
    changes = {"meets_on": meets_on, "cut_off_on": cut_off_on}
    return _change("move_meeting", meeting, by=by, today=today, saw=saw, changes=changes)


def hold(meeting: Meeting, *, held_on: date, by: Seat, today: date, saw: str) -> Meeting:
    """It was held, on which day."""
    if held_on > today:
        raise Invalid("The day it was held cannot be in the future.", field="held_on")
    cut_off_on = min(meeting.cut_off_on, held_on)
    changes = {"meets_on": held_on, "cut_off_on": cut_off_on, "state": State.HELD}
    return _change("hold_meeting", meeting, by=by, today=today, saw=saw, changes=changes)


def cancel(meeting: Meeting, *, reason: str, by: Seat, today: date, saw: str) -> Meeting:
    if not reason.strip():
        raise Invalid("Say why it is cancelled.", field="reason")
    return _change(
        "cancel_meeting",
        meeting,
        by=by,
        today=today,
        saw=saw,
        words=reason,
        changes={"state": State.CANCELLED},
    )


def correct(
    meeting: Meeting,
    *,
    meets_on: date,
    cut_off_on: date,
    state: str,
    reason: str,
    by: Seat,
    today: date,
    saw: str,
) -> Meeting:
    """What was marked wrongly as held or cancelled, or with a wrong day. Both values are kept in the trail."""
    if not reason.strip():
        raise Invalid("Say what was wrong.", field="reason")
    if state not in State.values:
        raise Invalid("Say whether it was held.", field="state")
    if state == State.HELD and meets_on > today:
        raise Invalid("The day it was held cannot be in the future.", field="meets_on")
    changes = {"meets_on": meets_on, "cut_off_on": cut_off_on, "state": State(state)}
    return _change("correct_meeting", meeting, by=by, today=today, saw=saw, words=reason, changes=changes)


@transaction.atomic
def _change(
    verb: str,
    meeting: Meeting,
    *,
    by: Seat,
    today: date,
    saw: str,
    changes: Mapping[str, object],
    words: str = "",
) -> Meeting:
    access.check(by, "keep_meetings", meeting)
    kept.lock(meeting, by, saw)
    if meeting.state not in FROM[verb]:
        raise Changed(f"This meeting is “{meeting.get_state_display().lower()}”, so this no longer fits.")
    before = kept.values(meeting)
    _refuse_decided(meeting, changes)
    for name, value in changes.items():
        setattr(meeting, name, value)
    _refuse_unfit(meeting, today)
    _refuse_same_day(meeting)
    meeting.save()
    entry = _entry(verb, meeting, by, today, words=words.strip(), was=before)
    trail.append(meeting.board, [entry])
    return meeting


def _refuse_decided(meeting: Meeting, changes: Mapping[str, object]) -> None:
    """What the board decided there would count for nothing, and nobody would be told."""
    if changes.get("state") != State.CANCELLED:
        return
    if count := meeting.decisions.filter(undone_on__isnull=True).count():
        decisions = "1 decision is" if count == 1 else f"{count} decisions are"
        raise Invalid(f"{decisions} recorded for this meeting. Take them back first.")


def _entry(
    verb: str, meeting: Meeting, by: Seat, today: date, *, words: str = "", was: dict[str, str] | None = None
) -> trail.Entry:
    detail = {"meeting": meeting.pk, "subgroup": meeting.subgroup_id} | kept.values(meeting)
    return trail.Entry(verb, by, today, words=words, detail=detail | ({"was": was} if was else {}))


def _refuse_unfit(meeting: Meeting, today: date) -> None:
    if meeting.cut_off_on > meeting.meets_on:
        raise Invalid("Papers close on or before the day of the meeting.", field="cut_off_on")
    _refuse_far(meeting.meets_on, today)


def _refuse_far(day: date, today: date) -> None:
    if abs(day - today) > FARTHEST:
        raise Invalid("That day is more than five years away. Check the year.", field="meets_on")


def _refuse_same_day(meeting: Meeting) -> None:
    """A cancelled one does not stand in the way."""
    if meeting.state == State.CANCELLED:
        return
    same = Meeting.objects.filter(
        board=meeting.board_id, subgroup=meeting.subgroup_id, meets_on=meeting.meets_on
    ).exclude(state=State.CANCELLED)
    if same.exclude(pk=meeting.pk).exists():
        who = meeting.subgroup.name if meeting.subgroup else "The board"
        raise Invalid(f"{who} has a meeting on {meeting.meets_on:%-d %B %Y} already.", field="meets_on")
