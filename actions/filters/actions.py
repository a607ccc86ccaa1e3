"""Which actions: for pages and API alike. It offers and finds this board's rows only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, Exists, F, IntegerField, OrderBy, OuterRef, Q, Value, When

from actions import rollup
from actions.filters.fields import (
    BoardFilter,
    DayInput,
    RowFilter,
    TickFilter,
    agencies,
    owners,
    priorities,
    sources,
    subgroups,
)
from actions.models import Action, Answer, Evidence, Status
from actions.models.action import OPEN, ActionQuerySet
from actions.rag import BEGUN, Calendar, Scheme, is_to_look_at

REFERENCE = re.compile(r"\s*(?:a-?)?(\d{1,9})\s*", re.IGNORECASE)
ORDERINGS = {
    "due_on": "Due date, earliest first",
    "-due_on": "Due date, latest first",
    "number": "Number, lowest first",
    "-number": "Number, highest first",
    "title": "Title, A to Z",
    "-title": "Title, Z to A",
    "status": "Status, from draft to signed off",
    "-status": "Status, from signed off to draft",
    "said_on": "Last update, oldest first",
    "-said_on": "Last update, newest first",
}
EVIDENCE = [
    ("none", "None"),
    ("any", "Any"),
    *((value, label) for value, label in Evidence.Shows.choices),
    *((value, label) for value, label in Evidence.Kind.choices),
]
STATUS_PLACE = Case(
    *(When(status=status, then=Value(place)) for place, status in enumerate(Status.values)),
    output_field=IntegerField(),
)


class Order(django_filters.OrderingFilter):
    """The orders declared and no other; what has no date comes last both ways, and equals keep one order."""

    def filter(self, qs: ActionQuerySet, value: list[str] | None) -> ActionQuerySet:
        if not value:
            return qs.most_urgent_first()
        return qs.order_by(*(self._term(one) for one in value), "pk")

    def _term(self, name: str) -> OrderBy:
        column: Any = STATUS_PLACE if name.endswith("status") else F(name.removeprefix("-"))
        nulls_last = True if name.endswith("_on") else None
        return OrderBy(column, descending=name.startswith("-"), nulls_last=nulls_last)


def states(scheme: Scheme) -> list[tuple[str, str]]:
    """What `rag` may be, in a board's own words."""
    return [(key, one.words) for key, one in scheme.shown.items()]


class ActionFilter(BoardFilter):
    """Of actions that carry their `rag`, as `standing` gives them."""

    q = django_filters.CharFilter(method="search", max_length=200, label="Words or reference")
    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, distinct=False, widget=forms.CheckboxSelectMultiple, label="Status"
    )
    overdue = TickFilter(method="only_overdue", label="Overdue")
    silent = TickFilter(method="only_silent", label="No recent update")
    asks_board = TickFilter(method="only_asking", label="Needed from the board")
    wants_time = TickFilter("wanted_on", "isnull", exclude=True, label="More time asked for")
    not_mine = TickFilter("disowned_on", "isnull", exclude=True, label="Said not to be theirs")
    check_due = TickFilter(method="only_to_review", label="Impact to be checked")
    look_again = TickFilter(method="only_to_look_at", label="Time to look again")
    waits = TickFilter(method="only_waiting", label="Waiting on somebody")
    evidence = django_filters.ChoiceFilter(
        choices=EVIDENCE, method="with_evidence", empty_label="Any or none", label="Evidence"
    )
    mine = TickFilter(method="only_mine", label="Mine")
    rag = django_filters.ChoiceFilter(choices=states(BEGUN), empty_label="Any", label="Where it stands")
    figure = django_filters.ChoiceFilter(
        choices=list(rollup.NAMES.items()), method="in_figure", empty_label="Any", label="Counted as"
    )
    happened = django_filters.ChoiceFilter(
        choices=list(rollup.HAPPENED.items()),
        method="in_period",
        empty_label="Anything",
        label="What happened",
    )
    happened_after = django_filters.DateFilter(
        method="with_happened", widget=DayInput(), label="It happened on or after"
    )
    happened_before = django_filters.DateFilter(
        method="with_happened", widget=DayInput(), label="It happened on or before"
    )
    priority = RowFilter(
        queryset=priorities,
        names=["number", "name"],
        empty_label="Any",
        null_label="No priority",
        null_value="none",
        label="Priority",
    )
    agency = RowFilter(
        queryset=agencies, empty_label="Any", null_label="No agency", null_value="none", label="Agency"
    )
    owner = RowFilter(queryset=owners, empty_label="Anyone", label="Owner")
    subgroup = RowFilter(
        queryset=subgroups,
        empty_label="Any",
        null_label="The board's own",
        null_value="none",
        label="Subgroup",
    )
    source = RowFilter(
        queryset=sources, names=["title"], method="from_source", empty_label="Any", label="Source"
    )
    due_after = django_filters.DateFilter("due_on", "gte", widget=DayInput(), label="Due on or after")
    due_before = django_filters.DateFilter("due_on", "lte", widget=DayInput(), label="Due on or before")
    ordering = Order(choices=list(ORDERINGS.items()), empty_label=None, label="Order")

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(
        self, data: Any = None, *args: Any, beside: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        """`beside` what the address asks for, only these are built: of a form not shown, none. None builds all."""
        if beside is not None:
            asked = {"ordering", *(data or ()), *beside}  # there is always an order
            every: dict[str, django_filters.Filter] = self.base_filters  # type: ignore[has-type]
            self.base_filters = {name: one for name, one in every.items() if name in asked}
        super().__init__(data, *args, **kwargs)
        if "rag" in self.filters:
            self.filters["rag"].field.choices = states(self.request.seat.board.scheme)

    @cached_property
    def today(self) -> date:
        return self.request.seat.board.today

    @cached_property
    def calendar(self) -> Calendar:
        return self.request.seat.calendar(self.today)

    def search(self, queryset: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        wanted = Q(title__icontains=value) | Q(detail__icontains=value)
        reference = REFERENCE.fullmatch(value)
        if reference:
            wanted |= Q(number=int(reference[1]))
        return queryset.filter(wanted)

    def only_overdue(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        late = queryset.overdue(self.today)
        return late if value else queryset.exclude(pk__in=late.order_by().values("pk"))

    def only_silent(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        silent = queryset.silent(self.calendar)
        return silent if value else queryset.exclude(pk__in=silent.order_by().values("pk"))

    def only_asking(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        asking = Q(status__in=OPEN, asks_board=True)
        return queryset.filter(asking) if value else queryset.exclude(asking)

    def only_waiting(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        waiting = Q(status__in=OPEN, waits=True)
        return queryset.filter(waiting) if value else queryset.exclude(waiting)

    def with_evidence(self, queryset: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        shown = Evidence.objects.filter(action=OuterRef("pk"))
        if value in Evidence.Shows.values:
            return queryset.filter(Exists(shown.filter(shows=value)))
        if value in Evidence.Kind.values:
            return queryset.filter(Exists(shown.filter(kind=value)))
        return queryset.filter(Exists(shown) if value == "any" else ~Exists(shown))

    def only_to_look_at(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        due = queryset.filter(is_to_look_at(self.today))
        return due if value else queryset.exclude(pk__in=due.order_by().values("pk"))

    def only_to_review(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        due = Q(status=Status.SIGNED_OFF, review_on__isnull=False, review_on__lte=self.today)
        return queryset.filter(due) if value else queryset.exclude(due)

    def in_figure(self, queryset: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        """Exactly those that a figure of the roll-up counts."""
        return queryset.filter(rollup.is_in(value, self.calendar))

    def in_period(self, queryset: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        """Exactly those that a count of a period counts."""
        days = (self.form.cleaned_data.get(f"happened_{end}") for end in ("after", "before"))
        return queryset.filter(rollup.happened(value, *days))

    def with_happened(self, queryset: ActionQuerySet, name: str, value: date) -> ActionQuerySet:
        """The days between which something happened; without saying what, they ask nothing."""
        return queryset

    def only_mine(self, queryset: ActionQuerySet, name: str, value: bool) -> ActionQuerySet:
        mine = Q(owner=self.request.seat)
        return queryset.filter(mine) if value else queryset.exclude(mine)

    def from_source(self, queryset: ActionQuerySet, name: str, value: int) -> ActionQuerySet:
        """An action that answers several commitments of the source still counts once."""
        return queryset.filter(Exists(Answer.objects.filter(action=OuterRef("pk"), source=value)))
