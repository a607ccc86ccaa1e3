"""One filter of actions for pages and API alike. It offers and finds this board's rows only, and refuses what
it does not understand: with an error nothing is found, rather than everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, IntegerField, OrderBy, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest

from actions import commitments, rollup
from actions.models import (
    Action,
    Agency,
    Answer,
    Commitment,
    CommitmentKind,
    Decision,
    Evidence,
    Meeting,
    Priority,
    Response,
    Seat,
    Source,
    Status,
    Subgroup,
)
from actions.models.action import OPEN, ActionQuerySet
from actions.models.response import ResponseQuerySet
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


class Tick(forms.CheckboxInput):
    """A box in a page, true or false in an address; left out, it asks nothing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return {"on": "true"}.get(data.get(name), data.get(name))

    def format_value(self, value: Any) -> str:
        return "true"  # so that a page's address reads like the API's


class TickField(forms.NullBooleanField):
    widget = Tick(check_test=lambda value: value in (True, "true"))

    def to_python(self, value: Any) -> bool | None:  # type: ignore[override]
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise ValidationError("Say true or false.")
        return value == "true"


class TickFilter(django_filters.BooleanFilter):
    field_class = TickField


class Names(django_filters.fields.ModelChoiceIterator):
    """What is offered, by id and name alone: to make 500 people of it took longer than the page."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        if self.field.null_label is not None:
            yield (self.field.null_value, self.field.null_label)
        for pk, *names in self.queryset.values_list("pk", *self.field.names):
            yield (pk, ". ".join(str(name) for name in names))


class IdField(django_filters.fields.ModelChoiceField):
    """Offers rows, takes an id without asking for its row: only actions of this board are searched, so the id
    of another board's row finds exactly what an id that nobody has finds, nothing."""

    iterator = Names

    def __init__(self, *args: Any, names: Sequence[str] = ("name",), **kwargs: Any) -> None:
        self.names = names
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if self.null_label is not None and value == self.null_value:
            return value
        if not re.fullmatch(r"[0-9]{1,18}", str(value)):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return int(value)

    def validate(self, value: Any) -> None:
        """Nothing more to ask: see above."""


class RowFilter(django_filters.ModelChoiceFilter):
    field_class = IdField


def agencies(request: HttpRequest) -> QuerySet[Agency]:
    return Agency.objects.visible_to(request.seat)  # type: ignore[attr-defined]


def owners(request: HttpRequest) -> QuerySet[Seat]:
    return Seat.objects.visible_to(request.seat)  # type: ignore[attr-defined]


def priorities(request: HttpRequest) -> QuerySet[Priority]:
    return Priority.objects.visible_to(request.seat)  # type: ignore[attr-defined]


def meetings(request: HttpRequest) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(request.seat)  # type: ignore[attr-defined]


def sources(request: HttpRequest) -> QuerySet[Source]:
    return Source.objects.visible_to(request.seat)  # type: ignore[attr-defined]


def subgroups(request: HttpRequest) -> QuerySet[Subgroup]:
    return Subgroup.objects.visible_to(request.seat)  # type: ignore[attr-defined]


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


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CommitmentFilter(django_filters.FilterSet):
    """Which of a board's recommendations, findings and planned work. Needs a request with a seat."""

    kind = django_filters.ChoiceFilter(choices=CommitmentKind.choices, empty_label="Any", label="Kind")
    source = RowFilter(queryset=sources, names=["title"], empty_label="Any", label="Source")
    agency = RowFilter(queryset=agencies, empty_label="Any", label="Agency")
    priority = RowFilter(queryset=priorities, names=["number", "name"], empty_label="Any", label="Priority")
    state = django_filters.ChoiceFilter(
        choices=[(key, words) for key, (_, words) in commitments.WORDS.items()],
        method="in_state",
        empty_label="Any",
        label="Where it stands",
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.with_state(self.request.seat.board.today).filter(state=value)


ANSWERS = {
    "waiting": "Not answered yet",
    "late": "Not answered, and past its day",
    "to_judge": "Already in place, to be judged",
    "not_shown": "Not shown to be in place",
    "to_decide": "For the board to decide",
    "answered": "Answered",
}


class ResponseFilter(django_filters.FilterSet):
    """Of responses that stand. Needs a request with a seat."""

    state = django_filters.ChoiceFilter(
        choices=list(ANSWERS.items()), method="in_state", empty_label="Any", label="Where it stands"
    )
    says = django_filters.ChoiceFilter(choices=Response.Says.choices, empty_label="Any", label="Answer")
    agency = RowFilter(queryset=agencies, empty_label="Any", label="Agency")
    source = RowFilter(
        "commitment__source", queryset=sources, names=["title"], empty_label="Any", label="Source"
    )

    class Meta:
        model = Response
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        """What it does not understand finds nothing, rather than everything."""
        return queryset.none() if self.errors else super().filter_queryset(queryset)

    def in_state(self, queryset: ResponseQuerySet, name: str, value: str) -> ResponseQuerySet:
        today = self.request.seat.board.today
        if value == "late":
            return queryset.late(today)
        if value == "to_decide":
            return queryset.to_decide(today)
        if value == "answered":
            return queryset.exclude(says="")
        found: ResponseQuerySet = getattr(queryset, {"waiting": "unanswered"}.get(value, value))()
        return found


class DecisionFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Decision.Kind.choices)
    meeting = RowFilter(queryset=meetings, names=["meets_on"])

    class Meta:
        model = Decision
        fields: list[str] = []


class ActionFilter(django_filters.FilterSet):
    """Of actions that carry their `rag`, as `standing` gives them. Needs a request with a seat."""

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

    def __init__(self, data: Any = None, *args: Any, only_asked: bool = False, **kwargs: Any) -> None:
        """`only_asked` leaves out what the address does not ask for: where no form is shown, none is built."""
        if only_asked:
            asked = {"ordering", *(data or ())}  # there is always an order
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

    def filter_queryset(self, queryset: ActionQuerySet) -> ActionQuerySet:
        if self.errors:
            return queryset.none()
        return super().filter_queryset(queryset)

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
