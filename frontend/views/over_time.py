"""What happened in a quarter, a year, or between any two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from actions import rollup
from actions.filters import DayInput
from actions.rollup import Happenings
from frontend.context import BoardRequest, address
from frontend.figures import Lists

BY = {"priority": "Strategic priority", "agency": "Agency", "subgroup": "Subgroup", "owner": "Owner"}
DAY = timedelta(days=1)


class Days(forms.Form):
    """From one day to another, both included."""

    first = forms.DateField(widget=DayInput(), label="From")
    last = forms.DateField(widget=DayInput(), label="To")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("first") and found.get("last") and found["last"] < found["first"]:
            self.add_error("last", "The period ends before it begins. Choose a later day.")
        return found


@dataclass(frozen=True)
class Ready:
    """A period that is asked for often."""

    words: str
    first: date
    last: date

    @property
    def query(self) -> str:
        return f"first={self.first}&last={self.last}"


@dataclass(frozen=True)
class Count:
    name: str
    words: str
    count: int
    url: str


@require_safe
def period(request: BoardRequest, board: str) -> HttpResponse:
    seat = request.seat
    today = seat.board.today
    by = request.GET.get("by", "priority")
    if by not in BY:
        raise Http404("No such grouping")
    ready = _ready(today)
    chosen = ready[0]
    given = {"first": chosen.first, "last": chosen.last}
    asked = any(name in request.GET for name in given)
    form = Days(request.GET if asked else given)
    page: dict[str, Any] = {"today": today, "here": "summary_period", "ready": ready, "form": form, "by": by}
    page |= {"tabs": BY, "by_words": BY[by].lower(), "names": list(rollup.HAPPENED.values())}
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        page |= _counted(request, first, last, by)
    part = "#period" if request.htmx and form.is_valid() else ""
    response = render(request, "frontend/summary/period.html" + part, page)
    patch_vary_headers(response, ["HX-Request"])  # one address, a page or its part
    return response


def _counted(request: BoardRequest, first: date, last: date, by: str) -> dict[str, Any]:
    seat = request.seat
    calendar = seat.calendar(seat.board.today)
    lists = Lists(address("actions", seat.board.slug), happened_after=first, happened_before=last)
    (whole,) = rollup.in_period_of_board(seat, calendar, first, last)
    groups = rollup.in_period_of_board(seat, calendar, first, last, by=by)
    return {
        "first": first,
        "last": last,
        "query": f"first={first}&last={last}",
        "whole": counts(whole, lists),
        "rows": [(one.name, counts(one, _own(lists, by, one.key))) for one in groups if one.any],
    }


def counts(found: Happenings, lists: Lists) -> list[Count]:
    return [
        Count(words, rollup.HAPPENED_WORDS[name], count, lists.of(count, happened=name))
        for name, words in rollup.HAPPENED.items()
        for count in [getattr(found, name)]
    ]


def _own(lists: Lists, by: str, key: int | None) -> Lists:
    """The filter has no “nobody”: such a row has figures and no links."""
    if key is None and by == "owner":
        return Lists("")
    return Lists(lists.url, **lists.always, **{by: "none" if key is None else key})


def _ready(today: date) -> list[Ready]:
    """Quarters of the calendar, and financial years, which a board's annual report is about."""
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    before = (quarter - DAY).replace(month=((quarter - DAY).month - 1) // 3 * 3 + 1, day=1)
    year = date(today.year - (today.month < 4), 4, 1)
    return [
        Ready("This quarter", quarter, today),
        Ready("Last quarter", before, quarter - DAY),
        Ready("This year, from April", year, today),
        Ready("Last year, to March", year.replace(year=year.year - 1), year - DAY),
    ]
