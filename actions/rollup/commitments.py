"""How far a set of commitments has got."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from actions.models import Action, Commitment, Status


@dataclass(frozen=True)
class CommitmentFigures:
    """Counts over one set of commitments: every one is in exactly one of the three states below `made`."""

    made: int
    no_action: int
    under_way: int
    complete: int


def commitments(made: QuerySet[Commitment]) -> CommitmentFigures:
    """How far a set of commitments has got. Complete: it has counted actions, and each is signed off."""
    counted = Action.objects.counted().filter(answers__commitment=OuterRef("pk"))
    row = (
        made.filter(taken_back=False)
        .annotate(has_any=Exists(counted), has_open=Exists(counted.exclude(status=Status.SIGNED_OFF)))
        .aggregate(
            made=Count("pk"),
            no_action=Count("pk", filter=Q(has_any=False)),
            under_way=Count("pk", filter=Q(has_open=True)),
            complete=Count("pk", filter=Q(has_any=True, has_open=False)),
        )
    )
    return CommitmentFigures(**row)
