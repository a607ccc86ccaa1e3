"""Reads a board, or one subgroup's share of it, and lays the paper out: one query for each list, whatever its length.

What comes from a restricted review counts and is not named, whoever drafts: papers travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone

from actions import progress
from actions.models import Action, Answer, Event, Meeting, Report, Seat
from actions.models.action import ActionQuerySet
from actions.models.board import UK
from actions.rag import Calendar
from actions.reporting import lists, minuted, numbers
from actions.reporting.paper import SCHEMA, SECTIONS, Paper, stored

WITHOUT_MEETINGS = timedelta(days=91)  # how far "since the last meeting" goes back where there was none


@dataclass
class Board:
    """What a paper is about on one day: `subgroup` None is the whole board."""

    seat: Seat
    report: Report
    paper: Paper
    calendar: Calendar

    @cached_property
    def last(self) -> date | None:
        """When this body met last before the meeting that the paper is for."""
        meeting = self.report.meeting
        held = Meeting.objects.filter(
            board=meeting.board_id, subgroup=meeting.subgroup_id, state=Meeting.State.HELD
        )
        found: date | None = held.filter(meets_on__lt=meeting.meets_on).aggregate(last=Max("meets_on"))[
            "last"
        ]
        return found

    @property
    def since(self) -> date:
        return self.last or min(self.calendar.today, self.report.meeting.meets_on) - WITHOUT_MEETINGS

    @property
    def whole(self) -> bool:
        return self.report.subgroup_id is None

    @property
    def all_actions(self) -> ActionQuerySet:
        """For figures, which count what is restricted too."""
        every = Action.objects.on_board_of(self.seat)
        return every if self.whole else every.filter(subgroup=self.report.subgroup_id)  # type: ignore[no-any-return]

    @property
    def actions(self) -> ActionQuerySet:
        """For lists: each with its names, its colour, what was said last, and whether a restricted review asks it."""
        updates = Event.objects.filter(action=OuterRef("pk"), verb__in=["update", "confirm"])
        closed = Answer.objects.filter(action=OuterRef("pk"), source__restricted=True)
        every: ActionQuerySet = self.all_actions.with_names().with_rag(self.calendar)
        return every.annotate(sealed=Exists(closed), said=updates.last_words())

    def needed(self) -> Subquery:
        """What was last asked of the board."""
        return progress.asking().last_words()

    def last_words(self, verb: str) -> Subquery:
        """What was said with the last line of this verb: nothing where there is none."""
        return Event.objects.filter(action=OuterRef("pk"), verb=verb).last_words()

    @property
    def events(self) -> Any:
        """Lines about its actions since it met last."""
        lines = Event.objects.filter(board=self.seat.board_id, action__isnull=False, on__gte=self.since)
        return lines if self.whole else lines.filter(action__subgroup=self.report.subgroup_id)


def lay_out(report: Report, paper: Paper, by: Seat, today: date) -> dict[str, Any]:
    """Everything that the paper says but the words that people write for it. What people said goes into `paper`."""
    about = Board(by, report, paper, by.board.calendar(today))
    counted = numbers.count(about)
    blocks = {
        "opening": lambda: [],
        "priorities": lambda: numbers.priorities(counted),
        "trend": lambda: numbers.trend(about),
        "figures": lambda: numbers.figures(counted),
        "waiting": lambda: lists.waiting(about),
        "decisions": lambda: lists.decisions(about),
        "exceptions": lambda: lists.exceptions(about),
        "moved": lambda: lists.moved(about),
        "slipped": lambda: lists.slipped(about),
        "open": lambda: lists.every_open(about),
        "difference": lambda: lists.differences(about),
        "decided": lambda: minuted.decided(about),
    }
    sections = [
        {"key": key, "heading": words, "blocks": blocks[key]()}
        for key, words in SECTIONS[report.kind].items()
    ]
    meeting = report.meeting
    return stored(  # type: ignore[no-any-return]
        {
            "schema": SCHEMA,
            "title": report.get_kind_display(),
            "board": by.board.name,
            "of": meeting.subgroup.name if meeting.subgroup else "",
            "meeting": f"{meeting.meets_on:%-d %B %Y}",
            "meets_on": meeting.meets_on,
            "last_met_on": about.last,
            "since": about.since,
            "as_of": as_of(report.frozen_at, report.cut_off_on),
            "sections": sections,
            "numbers": counted.plain(),
        }
    )


def as_of(at: datetime, cut_off_on: date) -> str:
    """ "Figures as of 12 November 2026, 17:00, for the cut-off of 10 November 2026, 2 days before." """
    there = timezone.localtime(at, UK)
    when = f"Figures as of {there:%-d %B %Y, %H:%M}, for the cut-off of {cut_off_on:%-d %B %Y}"
    late = (there.date() - cut_off_on).days
    if late == 0:
        return f"{when}, the same day."
    apart = "1 day" if abs(late) == 1 else f"{abs(late)} days"
    return (
        f"{when}, {apart} before."
        if late > 0
        else f"{when}, which is {apart} later: what happens until then is not in them."
    )
