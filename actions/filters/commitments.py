"""Which of a board's recommendations, findings and planned work; what agencies answer to them; what was decided."""

from __future__ import annotations

from typing import Any

import django_filters

from actions import commitments
from actions.filters.fields import BoardFilter, RowFilter, agencies, meetings, priorities, sources
from actions.models import Commitment, CommitmentKind, Decision, Response
from actions.models.response import ResponseQuerySet


class CommitmentFilter(BoardFilter):
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


class ResponseFilter(BoardFilter):
    """Of responses that stand."""

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


class DecisionFilter(BoardFilter):
    kind = django_filters.ChoiceFilter(choices=Decision.Kind.choices)
    meeting = RowFilter(queryset=meetings, names=["meets_on"])

    class Meta:
        model = Decision
        fields: list[str] = []
