"""The board summary: what an independent chair reads before a meeting. It changes nothing, and shows every figure
with what it counts and a way to exactly those actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from actions import access, rollup
from actions.filters import DayInput
from actions.models import Seat
from actions.rag import Calendar, Scheme
from actions.rollup import Figures
from frontend.colours import tones
from frontend.context import BoardRequest, address
from frontend.exceptions import talked_about
from frontend.figures import Line, Lists, Row, rows, sections, stands
from frontend.pages import page_or_part

BY = {
    "priority": "Strategic priority",
    "agency": "Agency",
    "subgroup": "Subgroup",
    "source": "Source",
    "owner": "Owner",
}
DAY = timedelta(days=1)
SINCE = {"signed_off": "Completed", "moved": "Dates moved", "reopened": "Opened again"}


class SinceForm(forms.Form):
    """From which day on the page tells what has moved; nothing asks for the board's last meeting."""

    since = forms.DateField(required=False, widget=DayInput(), label="What has moved since another day")

    @property
    def day(self) -> date | None:
        return self.cleaned_data.get("since") if self.is_valid() else None


@require_safe
def summary(request: BoardRequest, board: str) -> HttpResponse:
    seat = request.seat
    by = request.GET.get("by", "priority")
    if by not in BY:
        raise Http404("No such grouping")
    calendar = seat.calendar(seat.board.today)
    lists = Lists(address("actions", seat.board.slug))
    groups = rollup.of_board(seat, calendar, by=by)
    if by == "owner":
        groups = [one for one in groups if one.counted or one.continuing]  # most people own nothing
    made = rollup.commitments_by_of_board(seat, calendar, by) if by in rollup.COMMITMENT_GROUPS else []
    page = _groups(rows(groups, by, lists, seat.board.scheme, made), calendar, by, seat.board.scheme)
    page["may_ask"] = access.may(seat, "challenge")
    if not request.htmx:
        (figures,) = rollup.of_board(seat, calendar)
        page |= _whole(seat, calendar, figures, lists, SinceForm(request.GET))
    return page_or_part(request, "frontend/summary/index.html", "groups", page)


def _groups(found: list[Row], calendar: Calendar, by: str, scheme: Scheme) -> dict[str, Any]:
    return {
        "today": calendar.today,
        "here": "summary",
        "by": by,
        "by_words": BY[by].lower(),
        "tabs": BY,
        "rows": found,
        "colours": tones(scheme),
    }


def _whole(
    seat: Seat, calendar: Calendar, figures: Figures, lists: Lists, asked: SinceForm
) -> dict[str, Any]:
    scheme = seat.board.scheme
    made = rollup.commitments_of_board(seat, calendar)
    since = asked.day or calendar.last or rollup.without_meetings(calendar.today)
    return {
        "figures": figures,
        "empty": not (figures.counted or figures.continuing or made.made),
        "sections": sections(figures, made, lists, scheme),
        "made": made,
        "stands": stands(made),
        "segments": [(words, figures.colours.get(key, 0), tone) for key, words, tone in tones(scheme)],
        "all_overdue_url": lists.of(figures.overdue, figure="overdue"),
        "since": since,
        "since_form": asked,
        "different": _different(seat, calendar, since, lists),
        "last_meeting": calendar.last,
        "sources_url": address("sources", seat.board.slug),
    } | talked_about(seat, calendar, figures, since, lists)


def _different(seat: Seat, calendar: Calendar, since: date, lists: Lists) -> list[Line]:
    """What has moved since that day, each with its list."""
    found = rollup.since_of_board(seat, calendar, since)
    happened = Lists(lists.url, happened_after=since)
    late = lists.of(found.newly_overdue, overdue="true", due_after=since - DAY)
    lines = [Line("Newly overdue", str(found.newly_overdue), "overdue today, and not before that day", late)]
    for name in ("signed_off", "moved", "reopened"):
        count = getattr(found.happened, name)
        url = happened.of(count, happened=name)
        lines.append(Line(SINCE[name], str(count), rollup.HAPPENED_WORDS[name], url))
    return lines
