"""One filter of the ledger: by state, kind, thing, seat and day. It offers and finds this board's rows only."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from actions.filters import DayInput, RowFilter
from actions.models import Board, Seat
from notifications.kinds import Kind
from notifications.models import Message, MessageQuerySet, Reminder


def seats(request: HttpRequest) -> QuerySet[Seat]:
    return Seat.objects.visible_to(request.seat)  # type: ignore[attr-defined]


ABOUT = [("action", "An action"), ("response", "A response"), ("asked", "A question")]


class MessageFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="What became of it", choices=Message.State.choices, empty_label="Any"
    )
    kind = django_filters.ChoiceFilter(label="Why", choices=Kind.choices, empty_label="Any", method="of_kind")
    about = django_filters.ChoiceFilter(
        label="About", choices=ABOUT, empty_label="Anything", method="about_one"
    )
    seat = RowFilter(label="To", queryset=seats, empty_label="Everyone")
    since = django_filters.DateFilter(label="On or after", method="made_since", widget=DayInput())
    until = django_filters.DateFilter(label="On or before", method="made_until", widget=DayInput())

    class Meta:
        model = Message
        fields: list[str] = []

    def of_kind(self, messages: MessageQuerySet, name: str, kind: str) -> MessageQuerySet:
        return messages.filter(pk__in=Reminder.objects.filter(kind=kind).values("message"))

    def about_one(self, messages: MessageQuerySet, name: str, about: str) -> MessageQuerySet:
        return messages.filter(
            pk__in=Reminder.objects.filter(**{f"{about}__isnull": False}).values("message")
        )

    def made_since(self, messages: MessageQuerySet, name: str, on: date) -> MessageQuerySet:
        return messages.filter(created_at__gte=datetime.combine(on, time.min, tzinfo=Board.tz))

    def made_until(self, messages: MessageQuerySet, name: str, on: date) -> MessageQuerySet:
        return messages.filter(created_at__lte=datetime.combine(on, time.max, tzinfo=Board.tz))

    def filter_queryset(self, queryset: Any) -> Any:
        """What it does not understand finds nothing, rather than everything."""
        return queryset.none() if self.errors else super().filter_queryset(queryset)
