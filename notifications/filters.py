"""One filter of the ledger: by state, kind, seat and day. It offers and finds this board's rows only."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from actions.models import Board, Seat
from notifications.models import Kind, Message, MessageQuerySet, Reminder


def seats(request: HttpRequest | None) -> QuerySet[Seat]:
    return Seat.objects.visible_to(request.seat) if request else Seat.objects.none()  # type: ignore[attr-defined]


def day(label: str, method: str) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"})
    return django_filters.DateFilter(label=label, method=method, widget=widget)


class MessageFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="What became of it", choices=Message.State.choices, empty_label="All"
    )
    kind = django_filters.ChoiceFilter(label="Why", choices=Kind.choices, empty_label="All", method="of_kind")
    seat = django_filters.ModelChoiceFilter(label="To", queryset=seats, empty_label="Everyone")
    since = day("From", "made_since")
    until = day("To the end of", "made_until")

    class Meta:
        model = Message
        fields: list[str] = []

    def of_kind(self, messages: MessageQuerySet, name: str, kind: str) -> MessageQuerySet:
        return messages.filter(pk__in=Reminder.objects.filter(kind=kind).values("message"))

    def made_since(self, messages: MessageQuerySet, name: str, on: date) -> MessageQuerySet:
        return messages.filter(created_at__gte=datetime.combine(on, time.min, tzinfo=Board.tz))

    def made_until(self, messages: MessageQuerySet, name: str, on: date) -> MessageQuerySet:
        return messages.filter(created_at__lte=datetime.combine(on, time.max, tzinfo=Board.tz))

    def filter_queryset(self, queryset: Any) -> Any:
        """What it does not understand finds nothing, rather than everything."""
        return super().filter_queryset(queryset) if self.form.is_valid() else queryset.none()
