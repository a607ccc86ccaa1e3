"""How far a set of commitments has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from actions.models import Commitment


@dataclass(frozen=True)
class CommitmentFigures:
    """Counts over one set of commitments: each is in exactly one of the five states below `made`."""

    made: int = 0
    unanswered: int = 0
    no_action: int = 0
    under_way: int = 0
    complete: int = 0
    decided: int = 0


def commitments(made: QuerySet[Commitment], today: date) -> CommitmentFigures:
    """Where each stands on that day, as `actions.commitments` says. One statement."""
    there: QuerySet[Commitment] = made.filter(taken_back=False).order_by()
    states = there.with_state(today).values("state").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    counts = {row["state"]: row["n"] for row in states}
    return CommitmentFigures(made=sum(counts.values()), **counts)
