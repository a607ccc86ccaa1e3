"""One filter of the ledger: by state, kind, thing, seat and day. It offers and finds this board's rows only."""

from __future__ import annotations

from datetime import date, datetime, time

import django_filters

from actions.filters import BoardFilter, DayInput, RowFilter, owners
from actions.models import Board
from notifications.kinds import Kind
from notifications.models import Message, MessageQuerySet, Reminder

ABOUT = [("action", "An action"), ("response", "A response"), ("asked", "A question")]


class MessageFilter(BoardFilter):
    state = django_filters.ChoiceFilter(
        label="What became of it", choices=Message.State.choices, empty_label="Any"
    )
    kind = django_filters.ChoiceFilter(label="Why", choices=Kind.choices, empty_label="Any", method="of_kind")
    about = django_filters.ChoiceFilter(
        label="About", choices=ABOUT, empty_label="Anything", method="about_one"
    )
    seat = RowFilter(label="To", queryset=owners, empty_label="Everyone")
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
