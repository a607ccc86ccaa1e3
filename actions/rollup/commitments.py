"""How far a set of commitments has got, as one or by what they are for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value

from actions.models import Commitment, Seat
from actions.rollup.grouping import GROUPS, Group, as_text, empty, yes_or_no

BY: dict[str, Group] = {
    "priority": GROUPS["priority"],
    "source": replace(GROUPS["source"], column="source_id"),
}
ONE = {"n": Count("pk")}


@dataclass(frozen=True)
class CommitmentFigures:
    """Counts over one set of commitments: each is in exactly one of the five states below `made`."""

    made: int = 0
    unanswered: int = 0
    no_action: int = 0
    under_way: int = 0
    complete: int = 0
    decided: int = 0

    @property
    def said(self) -> dict[str, str]:
        """Each beside the whole that it is a part of."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)[1:]}
        return {"made": f"{self.made} made"} | {name: f"{n} of {self.made} made" for name, n in parts.items()}


@dataclass(frozen=True)
class CommitmentGroup:
    """One group's. `key` None: what has no such group."""

    key: int | None
    name: str
    figures: CommitmentFigures


def commitments(made: QuerySet[Commitment], today: date) -> CommitmentFigures:
    """Where each stands on that day, as `actions.commitments` says. One statement."""
    there: QuerySet[Commitment] = made.filter(taken_back=False).order_by()
    states = there.with_state(today).values("state").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return _figures({row["state"]: row["n"] for row in states})


def commitments_by(seat: Seat, today: date, by: str) -> list[CommitmentGroup]:
    """Of the seat's board, by a key of BY. A group without any is there too; a priority of a plan that is over only
    with some. In the order of the actions' figures, in one statement: the names ride along."""
    group = BY[by]
    kept = Exists(Commitment.objects.filter(priority=OuterRef("pk"), taken_back=False).order_by())
    there = Commitment.objects.on_board_of(seat).filter(taken_back=False).order_by().with_state(today)
    counts = there.values(
        group=F(group.column),
        group_name=as_text(Value("")),
        group_first=as_text(Value("")),
        group_measured=yes_or_no(Value(True)),
    ).annotate(n=Count("pk"), stands=as_text(F("state")))
    names = empty(group, seat, today, ONE, kept=kept).annotate(stands=as_text(Value("")))
    found: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    called: dict[int | None, tuple[str, str]] = {}
    for row in counts.union(names, all=True).order_by():
        if row["group_name"]:
            called[row["group"]] = (row["group_first"], row["group_name"])
        else:
            found[row["group"]][row["stands"]] += row["n"]
    ordered = sorted(called, key=called.__getitem__)
    groups = [CommitmentGroup(key, called[key][1], _figures(found[key])) for key in ordered]
    return groups + ([CommitmentGroup(None, group.none, _figures(found[None]))] if None in found else [])


def _figures(counts: dict[str, int]) -> CommitmentFigures:
    return CommitmentFigures(made=sum(counts.values()), **counts)
