"""How the trail is looked through: by action, person, day and verb. It offers and finds this board's lines only."""

from __future__ import annotations

from datetime import date, datetime, time

import django_filters
from django.db.models import Q, QuerySet

from actions.filters import REFERENCE, BoardFilter, DayInput, RowFilter, owners
from actions.models import Board, Event
from frontend.templatetags.action_words import SAID

VERBS = sorted(SAID.items(), key=lambda pair: pair[1])


class EventFilter(BoardFilter):
    action = django_filters.CharFilter(
        method="of_action", max_length=20, label="Action", help_text="Its reference, such as A-12"
    )
    person = RowFilter(queryset=owners, method="of_person", empty_label="Anyone", label="Person")
    verb = django_filters.ChoiceFilter(choices=VERBS, empty_label="Anything", label="What was done")
    since = django_filters.DateFilter(method="written_since", widget=DayInput(), label="Written on or after")
    until = django_filters.DateFilter(method="written_until", widget=DayInput(), label="Written on or before")

    class Meta:
        model = Event
        fields: list[str] = []

    def of_action(self, lines: QuerySet[Event], name: str, reference: str) -> QuerySet[Event]:
        found = REFERENCE.fullmatch(reference)
        return lines.filter(action__number=int(found[1])) if found else lines.none()

    def of_person(self, lines: QuerySet[Event], name: str, seat: int) -> QuerySet[Event]:
        """Who did it, or for whom it was done."""
        return lines.filter(Q(by=seat) | Q(on_behalf_of=seat))

    def written_since(self, lines: QuerySet[Event], name: str, on: date) -> QuerySet[Event]:
        return lines.filter(at__gte=datetime.combine(on, time.min, tzinfo=Board.tz))

    def written_until(self, lines: QuerySet[Event], name: str, on: date) -> QuerySet[Event]:
        return lines.filter(at__lte=datetime.combine(on, time.max, tzinfo=Board.tz))
