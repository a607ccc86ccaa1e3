"""Which questions of the board: for page and API alike."""

from __future__ import annotations

import django_filters

from actions.filters.fields import BoardFilter
from actions.models import Challenge
from actions.models.challenge import ChallengeQuerySet

STATES = {
    "open": "Open",
    "late": "Late: somebody has not answered in time",
    "mine": "Waiting for me",
    "asked": "Asked by me",
    "closed": "Closed",
}


class ChallengeFilter(BoardFilter):
    state = django_filters.ChoiceFilter(
        choices=list(STATES.items()), method="in_state", empty_label="Any", label="Where it stands"
    )

    class Meta:
        model = Challenge
        fields: list[str] = []

    def in_state(self, queryset: ChallengeQuerySet, name: str, value: str) -> ChallengeQuerySet:
        seat = self.request.seat
        return {
            "open": queryset.open,
            "late": lambda: queryset.late(seat.board.today),
            "mine": lambda: queryset.waiting_for(seat),
            "asked": lambda: queryset.filter(by=seat),
            "closed": lambda: queryset.filter(closed_on__isnull=False),
        }[value]()
