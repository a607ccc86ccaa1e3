"""What a meeting talks about: what waits for a decision, what is late, what moved, what made a difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast

from actions import progress, rollup
from actions.models import Action, Event, ImpactReview, Response, Seat, Status, Verdict
from actions.models.action import ActionQuerySet
from actions.rag import Calendar
from actions.rollup import Figures
from frontend.figures import Lists

SHOWN = 10
# All that a line tells of an action: whole rows took most of the time.
LINE = (
    "board",
    "number",
    "title",
    "due_on",
    "wanted_on",
    "look_again_on",
    "owner__name",
    "agency__short_name",
)
PROPOSAL = (
    "says",
    "words",
    "agency__name",
    "commitment__number",
    "commitment__kind",
    "commitment__words",
    "commitment__printed_number",
    "commitment__agency__short_name",
    "commitment__source__number",
    "commitment__source__short_title",
    "commitment__source__restricted",
)
STANDS = ("status", "withdrawal", "said_on", "times_moved")


@dataclass(frozen=True)
class Late:
    action: Action
    days: int
    meetings: int
    said: str


@dataclass(frozen=True)
class Asking:
    action: Action
    needed: str


@dataclass(frozen=True)
class Decisions:
    """Actions that wait for somebody above their owner, for one reason; `url` lists all that do."""

    of: str
    heading: str
    asking: list[Asking]
    url: str


@dataclass(frozen=True)
class Difference:
    """What a check found, and of which actions that holds, by number."""

    review: ImpactReview
    numbers: list[int]


@dataclass(frozen=True)
class Move:
    """A date that moved: on which day it was said, from when to when, and why."""

    action: Action
    on: date
    before: date | None
    after: date | None
    why: str


def talked_about(
    seat: Seat, calendar: Calendar, figures: Figures, since: date, lists: Lists
) -> dict[str, Any]:
    """Every list in `summary/exceptions.html`. Remembered for each reader as figures are: until the board changes."""
    what = f"talked-about-{since}-{rollup.reader(seat)}"
    return rollup.remembered(seat, calendar, what, lambda: _lists(seat, calendar, figures, since, lists))


def _lists(seat: Seat, calendar: Calendar, figures: Figures, since: date, lists: Lists) -> dict[str, Any]:
    return {
        "shown": SHOWN,
        "shown_of": f":{SHOWN}",
        "overdue": _overdue(seat, calendar) if figures.overdue else [],
        "differences": _differences(seat) if figures.embedded + figures.partly else [],
        "decisions": _decisions(seat, figures, lists),
        "proposals": _proposals(seat),
        "moves": _moves(seat, since) if figures.moved else [],
    }


def _last_words() -> Subquery:
    """What was last said of an action; nothing where it was redacted."""
    return Subquery(_lines("update").order_by("-seq").values("words")[:1])


def _overdue(seat: Seat, calendar: Calendar) -> list[Late]:
    """The longest overdue first."""
    late = Action.objects.standing(seat).filter(rollup.is_in("overdue", calendar)).order_by("due_on", "pk")
    late = late.select_related(None).select_related("owner", "agency").only(*LINE, *STANDS)
    return [
        Late(
            action,
            (calendar.today - action.due_on).days,
            calendar.held_since(action.due_on),
            action.said or "",
        )
        for action in late.annotate(said=_last_words())[:SHOWN]
    ]


def _decisions(seat: Seat, figures: Figures, lists: Lists) -> list[Decisions]:
    """What owners need, time that they ask for, and holds past their day. The soonest due first."""
    actions = Action.objects.visible_to(seat).select_related("owner", "agency").only(*LINE)
    needed = actions.open().filter(asks_board=True)
    waiting = actions.open().filter(wanted_on__isnull=False)
    held = actions.filter(status=Status.ON_HOLD, look_again_on__lt=seat.board.today)
    found = [
        ("asks_board", "Needed from the board", needed, progress.asking(), {"figure": "asks_board"}),
        (
            "more_time",
            "More time asked for, not decided",
            waiting,
            _lines("ask_for_time"),
            {"wants_time": "true"},
        ),
        (
            "on_hold",
            "On hold past the day to look again",
            held,
            _lines("hold"),
            {"status": "on_hold", "look_again": "true"},
        ),
    ]
    there = {"asks_board": figures.asks_board, "more_time": figures.open, "on_hold": figures.on_hold}
    return [
        Decisions(of, heading, asking, lists.of(len(asking), **listed))
        for of, heading, which, lines, listed in found
        if there[of] and (asking := _asking(which, lines))
    ]


def _lines(verb: str) -> QuerySet[Event]:
    """What an action outside was told by this verb."""
    return Event.objects.filter(action=OuterRef("pk"), verb=verb)


def _asking(actions: ActionQuerySet, lines: QuerySet[Event]) -> list[Asking]:
    needed = Subquery(lines.order_by("-seq").values("words")[:1])
    soonest = actions.order_by(F("due_on").asc(nulls_last=True), "pk").annotate(needed=needed)
    return [
        Asking(action, (action.needed or "").rpartition(progress.NEEDED)[2])
        for action in soonest[: SHOWN + 1]
    ]


def _proposals(seat: Seat) -> list[Response]:
    """What agencies propose not to implement, or to refer elsewhere."""
    return list(
        Response.objects.visible_to(seat)
        .to_decide(seat.board.today)
        .select_related("agency", "commitment__source", "commitment__agency")
        .only(*PROPOSAL)
        .order_by("answered_on", "pk")[: SHOWN + 1]
    )


def _differences(seat: Seat) -> list[Difference]:
    """What made a difference, the latest first: what still holds, not what a later check took back. One query."""
    found = ImpactReview.objects.visible_to(seat).exclude(verdict=Verdict.NOT_EFFECTIVE)
    holds = found.filter(actions__verdict=F("verdict"), actions__reviewed_on=F("reviewed_on"))
    numbers = StringAgg(Cast("actions__number", TextField()), Value(" "))
    return [
        Difference(review, sorted(int(number) for number in review.numbers.split()))
        for review in holds.annotate(numbers=numbers)[:SHOWN]
    ]


def _moves(seat: Seat, since: date) -> list[Move]:
    """The latest first."""
    events = (
        Event.objects.visible_to(seat)
        .filter(verb__in=["reschedule", "send_back", "grant", "reopen"], on__gte=since)
        .select_related("action__agency", "action__owner")
        .only("on", "due_on", "detail", "words", *(f"action__{name}" for name in LINE))
        .order_by("-seq")[: 2 * SHOWN]  # a send-back may have kept its date, or have none
    )
    moves = [
        Move(event.action, event.on, _day(event.detail.get("from")), event.due_on, event.words or "")
        for event in events
        if event.action is not None
    ]
    return [move for move in moves if move.after and move.before != move.after][:SHOWN]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
