"""One filter of challenges for page and API alike. What it does not understand finds nothing, not everything."""

from __future__ import annotations

from typing import Any

import django_filters

from actions.models import Challenge
from actions.models.challenge import ChallengeQuerySet

STATES = {
    "open": "Open",
    "late": "Late: somebody has not answered in time",
    "mine": "Waiting for me",
    "asked": "Asked by me",
    "closed": "Closed",
}


class ChallengeFilter(django_filters.FilterSet):
    """Needs a request with a seat."""

    state = django_filters.ChoiceFilter(
        choices=list(STATES.items()), method="in_state", empty_label="Any", label="Where it stands"
    )

    class Meta:
        model = Challenge
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.none() if self.errors else super().filter_queryset(queryset)

    def in_state(self, queryset: ChallengeQuerySet, name: str, value: str) -> ChallengeQuerySet:
        seat = self.request.seat
        return {
            "open": queryset.open,
            "late": lambda: queryset.late(seat.board.today),
            "mine": lambda: queryset.waiting_for(seat),
            "asked": lambda: queryset.filter(by=seat),
            "closed": lambda: queryset.filter(closed_on__isnull=False),
        }[value]()
