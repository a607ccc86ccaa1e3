"""What every filter is made of: boxes that may be left alone, rows of the own board, days. It finds nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from actions import rollup
from actions.models import Agency, Meeting, Priority, Seat, Source, Subgroup


class BoardFilter(django_filters.FilterSet):
    """Of one board's rows: it needs a request with a seat. With an error nothing is found, rather than everything."""

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.none() if self.errors else super().filter_queryset(queryset)


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
    """What is offered, by id and name alone: to make 500 people of it took longer than the page. Remembered as
    figures are: every change of a board, a new name too, leaves a line in its trail."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        if self.field.null_label is not None:
            yield (self.field.null_value, self.field.null_label)
        seat: Seat = self.field.seat
        what = f"names-{self.queryset.model.__name__}-{rollup.reader(seat)}"
        yield from rollup.remembered(seat, None, what, self._offered)

    def _offered(self) -> list[tuple[int, str]]:
        rows = self.queryset.values_list("pk", *self.field.names)
        return [(pk, ". ".join(str(name) for name in names)) for pk, *names in rows]


class RowSelect(forms.Select):
    """Its options with what a page shows of them and no more: Django makes ten things of each of 500 people."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        options = [
            {"value": one, "label": words, "attrs": {"selected": True} if str(one) in value else {}}
            for one, words in self.choices
        ]
        return [(None, options, 0)]


class IdField(django_filters.fields.ModelChoiceField):
    """Offers rows, takes an id without asking for its row: only actions of this board are searched, so the id
    of another board's row finds exactly what an id that nobody has finds, nothing."""

    iterator = Names
    widget = RowSelect

    def __init__(self, *args: Any, names: Sequence[str] = ("name",), seat: Any = None, **kwargs: Any) -> None:
        self.names = names
        self.seat = seat
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

    def get_queryset(self, request: Any) -> Any:
        self.extra["seat"] = request.seat
        return super().get_queryset(request)


class DayInput(forms.DateInput):
    """The browser's own date field: one thing to fill in, a calendar on phones, read out well; ISO on the wire.

    GOV.UK's three boxes suit dates one knows by heart (a birthday); ours are chosen from a calendar.
    """

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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
