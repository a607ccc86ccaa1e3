"""Who is on the board, as the list of people filters it: by agency, role, and how they stand today."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Case, CharField, Prefetch, Q, QuerySet, Value, When

from actions.filters import BoardFilter, RowFilter, agencies
from actions.models import Seat, SubgroupSeat
from actions.models.people import CHAIRING

STANDS = {
    "active": "On the board",
    "invited": "Invited",
    "away": "Away",
    "leaving": "Leaving",
    "left": "Left",
}
ROLES = {
    "manager": "Board manager",
    "independent_chair": "Independent chair",
    "lead": "Agency lead",
    "chair": "Subgroup chair or vice-chair",
    "member": "Sits on a subgroup",
}
HOLDS = {
    "manager": Q(is_manager=True),
    "independent_chair": Q(is_independent_chair=True),
    "lead": Q(is_lead=True),
    "chair": Q(pk__in=SubgroupSeat.objects.filter(role__in=CHAIRING).values("seat")),
    "member": Q(pk__in=SubgroupSeat.objects.filter(role=SubgroupSeat.Role.MEMBER).values("seat")),
}


def people(seat: Seat) -> QuerySet[Seat]:
    """Everybody who has or had a seat, with what a line says of them: two queries however many."""
    rows = SubgroupSeat.objects.select_related("subgroup").order_by("subgroup__name")
    return (
        Seat.objects.visible_to(seat)
        .select_related("agency", "board")
        .prefetch_related(Prefetch("subgroup_seats", rows))
        .annotate(stands=stands(seat))
    )


def stands(seat: Seat) -> Case:
    """One word for how somebody stands today: the first that fits."""
    today = seat.board.today
    return Case(
        When(left_on__isnull=False, then=Value("left")),
        When(user=None, then=Value("invited")),
        When(leaves_on__isnull=False, then=Value("leaving")),
        When(away_from__lte=today, away_until__gte=today, then=Value("away")),
        default=Value("active"),
        output_field=CharField(),
    )


class PersonFilter(BoardFilter):
    name = django_filters.CharFilter(label="Name or job", method="called")
    agency = RowFilter(label="Agency", queryset=agencies, empty_label="Any")
    role = django_filters.ChoiceFilter(
        label="Role", choices=list(ROLES.items()), empty_label="Any", method="holding"
    )
    state = django_filters.ChoiceFilter(
        label="How they stand",
        choices=list(STANDS.items()),
        empty_label="All but those who left",
        method="standing",
    )

    class Meta:
        model = Seat
        fields: list[str] = []

    def called(self, seats: QuerySet[Seat], name: str, words: str) -> QuerySet[Seat]:
        return seats.filter(Q(name__icontains=words.strip()) | Q(job__icontains=words.strip()))

    def holding(self, seats: QuerySet[Seat], name: str, role: str) -> QuerySet[Seat]:
        return seats.filter(HOLDS[role])

    def standing(self, seats: QuerySet[Seat], name: str, state: str) -> QuerySet[Seat]:
        return seats.filter(stands=state)  # type: ignore[misc]

    def filter_queryset(self, queryset: Any) -> Any:
        """Who has left is found only when asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(stands="left")


def said_roles(seat: Seat) -> list[str]:
    """Every role of theirs in full words. The subgroups come prefetched."""
    held = [
        words
        for words, has in (
            ("Board manager", seat.is_manager),
            ("Independent chair", seat.is_independent_chair),
            ("Agency lead", seat.is_lead),
        )
        if has
    ]
    prefix = {"chair": "Chair of", "vice_chair": "Vice-chair of", "member": "Sits on"}
    return held + [f"{prefix[row.role]} {row.subgroup.name}" for row in seat.subgroup_seats.all()]
