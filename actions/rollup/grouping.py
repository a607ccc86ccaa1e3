"""Figures of a whole set or per group, in one statement; a group without any action is there too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, LPad

from actions.models import Action, Agency, Answer, Measure, Plan, Priority, Seat, Source, Status, Subgroup
from actions.models.source import RESTRICTED, closed_to
from actions.rag import Calendar
from actions.rollup.counting import Figures, columns, read


@dataclass(frozen=True)
class Group:
    """By what figures are grouped: the column, the model whose rows are the groups, how a row is called and sorted."""

    column: str
    model: type[Any]
    none: str
    name: Any = field(default_factory=lambda: F("name"))
    first: Any = field(default_factory=lambda: Value(""))


GROUPS = {
    "priority": Group(
        "priority_id",
        Priority,
        "No priority",
        name=Concat(Cast("number", TextField()), Value(". "), "name", output_field=TextField()),
        first=LPad(Cast("number", TextField()), 5, Value("0")),
    ),
    "agency": Group("agency_id", Agency, "No agency"),
    "subgroup": Group("subgroup_id", Subgroup, "The board itself"),
    "owner": Group("owner_id", Seat, "No owner"),
    "source": Group("answers__source_id", Source, "No source", name=F("title")),
}


def figures(
    actions: QuerySet[Action], calendar: Calendar, *, by: str | None = None, seat: Seat | None = None
) -> list[Figures]:
    """One Figures for the whole set, or one per group.

    `by` is a key of GROUPS; then `seat` says of which board, and by whom the names are read: a restricted source
    counts and does not show. A group without any action is there too, all noughts: a priority with nothing under
    way must show. Only those of a plan that is over are left out where they have none, and else named with it.
    Ordered by the groups' own order, "none" last.
    An action that answers several commitments of one source counts once in it.
    """
    return of_rows(statement(actions, calendar, by=by, seat=seat), calendar, by)


def statement(
    actions: QuerySet[Action], calendar: Calendar, *, by: str | None = None, seat: Seat | None = None
) -> QuerySet[Any]:
    """What `figures` asks, ready to be asked."""
    counts = columns(calendar)
    if by is None:
        return actions.order_by().values(whole=Value(1)).annotate(**counts)
    if seat is None:
        raise ValueError("figures by group need the seat that reads them")
    counted = _once_per_source(actions) if by == "source" else actions
    return with_empty(counted, GROUPS[by], seat, calendar.today, counts)


def of_rows(rows: QuerySet[Any], calendar: Calendar, by: str | None) -> list[Figures]:
    if by is None:
        whole: dict[str, Any] = next(iter(rows), {})  # a set that cannot have any rows is not even asked for
        return [read({name: count for name, count in whole.items() if name != "whole"}, calendar)]
    found = merge(rows, GROUPS[by])
    return [read(one.counts, calendar, one.key, one.name, one.bare) for one in found]


@dataclass(frozen=True)
class Grouped:
    """One group's counts, by the names of their columns; `bare` where no measure shows its impact."""

    key: int | None
    name: str
    bare: bool
    counts: dict[str, Any]


def with_empty(
    counted: QuerySet[Any], group: Group, seat: Seat, today: date, counts: dict[str, Any], path: str = ""
) -> QuerySet[Any]:
    """The counts of each group, and a row of noughts with its name. `path` leads from the rows to their action."""
    return (
        counted.order_by()
        .values(
            group=F(path + group.column),
            group_name=as_text(Value("")),
            group_first=as_text(Value("")),
            group_measured=yes_or_no(Value(True)),
        )
        .annotate(**counts)
        .union(empty(group, seat, today, counts), all=True)
        .order_by()
    )


def empty(
    group: Group, seat: Seat, today: date, columns: dict[str, Any], *, kept: Exists | None = None
) -> QuerySet[Any]:
    """A row of noughts for each group there is, with its name: it rides along in the same statement. `kept`: which
    priorities of a plan that is over are there; else those for which something is done."""
    names: dict[str, Any] = {
        "group_name": group.name,
        "group_first": group.first,
        "group_measured": Value(True),
    }
    rows = group.model.objects.filter(board=seat.board_id).order_by()
    if group.model is Source:
        names["group_name"] = Case(When(pk__in=closed_to(seat), then=Value(RESTRICTED)), default=group.name)
    if group.model is Priority:
        aside = Q(plan__in=Plan.objects.filter(board=seat.board_id).aside(today).order_by().values("pk"))
        done_for = Exists(_counting(Action.objects.filter(priority=OuterRef("pk"))))
        rows = rows.filter(~aside | (kept or done_for))
        names |= _names_of_priorities(group, aside)
    return rows.values(
        group=F("pk"),
        group_name=as_text(names["group_name"]),
        group_first=as_text(names["group_first"]),
        group_measured=yes_or_no(names["group_measured"]),
    ).annotate(**{name: _nothing(aggregate) for name, aggregate in columns.items()})


def _counting(actions: QuerySet[Action]) -> QuerySet[Action]:
    """What some figure counts, continuing work too."""
    return actions.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN]).order_by()


def _names_of_priorities(group: Group, aside: Q) -> dict[str, Any]:
    """Those of another plan than the one that runs stand last, with the plan's name."""
    of_plan = as_text(Concat(Value(" ("), "plan__name", Value(")")))
    with_plan = Concat(group.name, of_plan, output_field=TextField())
    last = Concat(as_text(Value("~")), of_plan, group.first, output_field=TextField())
    return {
        "group_name": Case(When(aside, then=with_plan), default=group.name),
        "group_first": Case(When(aside, then=last), default=group.first, output_field=TextField()),
        "group_measured": Exists(
            Measure.objects.filter(
                Q(priority=OuterRef("pk"))
                | Q(commitment__priority=OuterRef("pk"), commitment__taken_back=False)
                | Q(~Q(action__status=Status.WITHDRAWN), action__priority=OuterRef("pk"))
            )
        ),
    }


def _nothing(aggregate: Any) -> Any:
    if isinstance(aggregate, Count):
        return Value(0)
    return Cast(Value(None), aggregate.output_field)


def as_text(expression: Any) -> Any:
    return Cast(expression, TextField())


def yes_or_no(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=BooleanField())


def merge(rows: Iterable[Any], group: Group) -> list[Grouped]:
    """Counts and names of one group meet again; in the groups' order, "none" last and only if it has actions."""
    names: dict[Any, tuple[str, str]] = {}
    bare: set[Any] = set()
    counts: dict[Any, dict[str, Any]] = {}
    for row in rows:
        key, name, first = row.pop("group"), row.pop("group_name"), row.pop("group_first")
        if not row.pop("group_measured"):
            bare.add(key)
        if name:
            names[key] = (first, name)
        if name == "" or key not in counts:
            counts[key] = row
    ordered = sorted(names, key=names.__getitem__)
    found = [Grouped(key, names[key][1], key in bare, counts[key]) for key in ordered]
    return found + ([Grouped(None, group.none, False, counts[None])] if None in counts else [])


def _once_per_source(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The first answer of each action to each source stands for all of them."""
    earlier = Answer.objects.filter(
        action=OuterRef("pk"), source=OuterRef("answers__source"), pk__lt=OuterRef("answers__pk")
    )
    return actions.filter(~Exists(earlier))
