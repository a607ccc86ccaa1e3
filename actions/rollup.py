"""Verb 4: any set of actions and a day become counts. One statement per set of figures, whatever its size.

What each figure means stands in `words`, and is shown wherever the figure is. Counted = all but drafts, withdrawn
and continuing actions. Nothing here is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, LPad
from django.db.models.lookups import Exact

from actions import rag
from actions.models import (
    OPEN,
    Action,
    Agency,
    Answer,
    Commitment,
    Measure,
    Plan,
    Priority,
    Seat,
    Source,
    Status,
    Subgroup,
    Verdict,
    Withdrawal,
)
from actions.models.source import RESTRICTED, closed_to
from actions.rag import Calendar
from actions.sql import DaysAfter, Median

AHEAD = timedelta(weeks=12)

NAMES = {
    "counted": "Counted",
    "due_by_now": "Due by now",
    "complete_of_due": "Complete, of those due by now",
    "complete": "Complete",
    "awaiting": "Awaiting check",
    "overdue": "Overdue",
    "overdue_two_meetings": "Overdue by two meetings",
    "silent": "No recent update",
    "on_hold": "On hold",
    "asks_board": "Needed from the board",
    "due_soon": "Due in the next 12 weeks",
    "on_time": "On time, by the first date",
    "on_time_last": "On time, by the last date",
    "moved": "Date has moved",
    "continuing": "Continuing",
    "embedded": "Embedded",
    "partly": "Partly embedded",
    "not_effective": "Not effective",
    "check_not_due": "Impact check not yet due",
    "check_overdue": "Impact check overdue",
    "step_only": "A step only",
} | {f"withdrawn_{key}": f"Withdrawn: {words.lower()}" for key, words in Withdrawal.choices}

_WORDS = {
    "counted": "every action but drafts, withdrawn and continuing ones",
    "due_by_now": "counted, with a due date up to today",
    "complete_of_due": "signed off, of those due by now",
    "complete": "signed off: complete and evidenced",
    "awaiting": "the owner says it is done; the chair has not checked yet",
    "overdue": "planned or started, and past the due date",
    "overdue_two_meetings": "overdue since before the last two board meetings held (28 days where there were none)",
    "silent": "nothing said since the cut-off for papers before last ({silent_after_days} days where there are no "
    "meetings)",
    "on_hold": "waiting for something, with a day to look again",
    "asks_board": "open, and the last update needs something from the board",
    "due_soon": "open, and due in the next 12 weeks",
    "on_time": "signed off, and done by the first date promised",
    "on_time_last": "signed off, and done by the last date agreed",
    "moved": "counted, with a date that has moved",
    "moved_typical_days": "by how many days from the first date: the middle one of those moved",
    "moved_longest_days": "by how many days from the first date: the longest",
    "continuing": "continuing work, with a day to look again instead of a due date",
    "embedded": "reviewed: practice has changed, and it shows",
    "partly": "reviewed: practice has changed in part",
    "not_effective": "reviewed: it was done, and practice has not changed; open again, or something else is done",
    "check_not_due": "signed off; its impact is to be checked on a later day",
    "check_overdue": "signed off; the day to check its impact has passed",
    "step_only": "signed off as a step only, with no impact of its own to check",
    "no_measure": "of a priority: no number shows whether it, what was recommended for it, or what is done for it, "
    "makes a difference",
}


def words(rules: rag.Rules | None = None) -> dict[str, str]:
    """What each figure means where a board has these rules."""
    named = asdict(rules or rag.Rules())
    return {name: meaning.format(**named) for name, meaning in _WORDS.items()}


@dataclass(frozen=True)
class Figures:
    """Counts over one set of actions on one day. Days are whole days; None where there is nothing to measure."""

    key: int | None = None
    name: str = ""
    counted: int = 0
    due_by_now: int = 0
    complete_of_due: int = 0
    complete: int = 0
    awaiting: int = 0
    overdue: int = 0
    overdue_two_meetings: int = 0
    overdue_longest_days: int | None = None
    silent: int = 0
    on_hold: int = 0
    asks_board: int = 0
    due_soon: int = 0
    on_time: int = 0
    on_time_last: int = 0
    moved: int = 0
    moved_typical_days: int | None = None
    moved_longest_days: int | None = None
    continuing: int = 0
    embedded: int = 0
    partly: int = 0
    not_effective: int = 0
    check_not_due: int = 0
    check_overdue: int = 0
    step_only: int = 0
    withdrawn: dict[str, int] = field(default_factory=dict)
    colours: dict[str, int] = field(default_factory=dict)
    no_measure: bool = False

    @property
    def ever_signed_off(self) -> int:
        """What the six counts of impact add up to: signed off now, or reviewed and open again."""
        checked = self.embedded + self.partly + self.not_effective
        return checked + self.check_not_due + self.check_overdue + self.step_only

    @property
    def nothing_under_way(self) -> bool:
        """No open action, and not complete either."""
        open_ = sum(self.colours.get(key, 0) for key in ("red", "amber", "green", "waiting", "silent"))
        return open_ + self.awaiting + self.continuing == 0 and (
            self.counted == 0 or self.complete < self.counted
        )


@dataclass(frozen=True)
class CommitmentFigures:
    """Counts over one set of commitments: every one is in exactly one of the three states below `made`."""

    made: int
    no_action: int
    under_way: int
    complete: int


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
    if by is None:
        return [_read(actions.aggregate(**_columns(calendar)), calendar)]
    if seat is None:
        raise ValueError("figures by group need the seat that reads them")
    group = GROUPS[by]
    columns = _columns(calendar)
    counted = _once_per_source(actions) if by == "source" else actions
    rows = (
        counted.order_by()
        .values(
            group=F(group.column),
            group_name=_text(Value("")),
            group_first=_text(Value("")),
            group_measured=_yes_or_no(Value(True)),
        )
        .annotate(**columns)
        .union(_empty(group, seat, calendar.today, columns), all=True)
        .order_by()
    )
    return _merge(rows, group, calendar)


def of_board(seat: Seat, calendar: Calendar, *, by: str | None = None) -> list[Figures]:
    """The figures of the seat's whole board, by group or as one.

    Counted once for each state of the board: whatever changes it leaves a line in the trail, so the hash at the end
    of the trail names that state. Remembered in this process until then, or until the day is over.
    """
    actions = Action.objects.on_board_of(seat)
    reader = seat.pk if by == "source" else "anyone"
    return _remembered(seat, calendar, f"{by}-{reader}", lambda: figures(actions, calendar, by=by, seat=seat))


def commitments_of_board(seat: Seat, calendar: Calendar) -> CommitmentFigures:
    made = Commitment.objects.on_board_of(seat)
    return _remembered(seat, calendar, "commitments", lambda: commitments(made))


def _remembered[T](seat: Seat, calendar: Calendar, what: str, count: Callable[[], T]) -> T:
    """The key says all that the figures depend on. The hash is read before they are counted, never after."""
    head = seat.board.head.hash
    if not head:
        return count()  # a board without a single line has no name for its state
    days = hashlib.sha256(repr(calendar).encode()).hexdigest()
    found: T = caches["figures"].get_or_set(f"{seat.board_id}:{head}:{days}:{what}", count)  # type: ignore[assignment]
    return found


def _empty(group: Group, seat: Seat, today: date, columns: dict[str, Any]) -> QuerySet[Any]:
    """A row of noughts for each group there is, with its name: it rides along in the same statement."""
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
        rows = rows.filter(~aside | Exists(_counting(Action.objects.filter(priority=OuterRef("pk")))))
        names |= _names_of_priorities(group, aside)
    return rows.values(
        group=F("pk"),
        group_name=_text(names["group_name"]),
        group_first=_text(names["group_first"]),
        group_measured=_yes_or_no(names["group_measured"]),
    ).annotate(**{name: _nothing(aggregate) for name, aggregate in columns.items()})


def _counting(actions: QuerySet[Action]) -> QuerySet[Action]:
    """What some figure counts, continuing work too."""
    return actions.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN]).order_by()


def _names_of_priorities(group: Group, aside: Q) -> dict[str, Any]:
    """Those of another plan than the one that runs stand last, with the plan's name."""
    of_plan = _text(Concat(Value(" ("), "plan__name", Value(")")))
    with_plan = Concat(group.name, of_plan, output_field=TextField())
    last = Concat(_text(Value("~")), of_plan, group.first, output_field=TextField())
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


def _text(expression: Any) -> Any:
    return Cast(expression, TextField())


def _yes_or_no(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=BooleanField())


def _merge(rows: Iterable[Any], group: Group, calendar: Calendar) -> list[Figures]:
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
    found = [_read(counts[key], calendar, key, names[key][1], key in bare) for key in ordered]
    return found + ([_read(counts[None], calendar, None, group.none)] if None in counts else [])


def _once_per_source(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The first answer of each action to each source stands for all of them."""
    earlier = Answer.objects.filter(
        action=OuterRef("pk"), source=OuterRef("answers__source"), pk__lt=OuterRef("answers__pk")
    )
    return actions.filter(~Exists(earlier))


def is_in(figure: str, calendar: Calendar) -> Q:
    """Which actions a figure counts: lists show those, and pages link each figure to them."""
    return _filters(calendar)[figure]


def _columns(calendar: Calendar) -> dict[str, Any]:
    """Every count as an aggregate with a filter, named n_… so that none hides a field of Action."""
    filters = _filters(calendar) | {
        f"colour_{key}": Q(Exact(rag.while_open(calendar), key), continuing=False, status__in=OPEN)
        for key in ("red", "amber", "green", "waiting")
    }
    shift = DaysAfter("due_on", "first_due_on")
    columns: dict[str, Any] = {f"n_{name}": Count("pk", filter=where) for name, where in filters.items()}
    columns["n_oldest_due_on"] = Min("due_on", filter=filters["overdue"], output_field=DateField())
    columns["n_moved_typical"] = Median(shift, filter=filters["moved"])
    columns["n_moved_longest"] = Max(shift, filter=filters["moved"], output_field=IntegerField())
    return columns


def _filters(calendar: Calendar) -> dict[str, Q]:
    """Each says no more than it must: what has a due date is not continuing, what is signed off is no draft."""
    today = calendar.today
    settled = Q(continuing=False)
    counted = settled & ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
    signed_off = settled & Q(status=Status.SIGNED_OFF)
    unreviewed = Q(verdict="", status=Status.SIGNED_OFF)
    to_check = unreviewed & Q(step_only=False)
    overdue = rag.is_overdue(today)
    filters = {
        "counted": counted,
        "due_by_now": Q(due_on__lte=today) & counted,
        "complete_of_due": signed_off & Q(due_on__lte=today),
        "complete": signed_off,
        "awaiting": settled & Q(status=Status.DONE),
        "overdue": overdue,
        "overdue_two_meetings": overdue & Q(due_on__lt=calendar.two_meetings_ago),
        "silent": settled & rag.is_silent(calendar),
        "on_hold": settled & Q(status=Status.ON_HOLD),
        "asks_board": Q(asks_board=True, status__in=OPEN),
        "due_soon": Q(due_on__gte=today, due_on__lte=today + AHEAD, status__in=OPEN),
        "on_time": signed_off & Q(done_on__lte=F("first_due_on")),
        "on_time_last": signed_off & Q(done_on__lte=F("due_on")),
        "moved": Q(times_moved__gt=0) & counted,
        "continuing": Q(continuing=True) & ~Q(status__in=[Status.DRAFT, Status.WITHDRAWN]),
        "check_not_due": to_check & Q(review_on__gt=today),
        "check_overdue": to_check & (Q(review_on__lte=today) | Q(review_on=None)),
        "step_only": unreviewed & Q(step_only=True),
    }
    withdrawn = {f"withdrawn_{key}": Q(withdrawal=key, status=Status.WITHDRAWN) for key in Withdrawal.values}
    verdicts = {verdict: Q(verdict=verdict) for verdict in Verdict.values}
    return filters | withdrawn | verdicts


def _read(
    row: dict[str, Any], calendar: Calendar, key: int | None = None, name: str = "", no_measure: bool = False
) -> Figures:
    """A row of `_columns` as Figures; an empty one is a group with no action."""
    counts = {column.removeprefix("n_"): value for column, value in row.items()}
    oldest: date | None = counts.pop("oldest_due_on", None)
    typical: float | None = counts.pop("moved_typical", None)
    colours = {k: counts.pop(f"colour_{k}", 0) for k in ("red", "amber", "green", "waiting")}
    colours |= {k: counts.get(k, 0) for k in ("complete", "awaiting")}
    return Figures(
        key=key,
        name=name,
        overdue_longest_days=(calendar.today - oldest).days if oldest else None,
        moved_typical_days=None if typical is None else round(typical),
        moved_longest_days=counts.pop("moved_longest", None),
        no_measure=no_measure,
        withdrawn={k: counts.pop(f"withdrawn_{k}", 0) for k in Withdrawal.values},
        colours=colours | {"silent": counts.get("counted", 0) - sum(colours.values())},
        **counts,
    )


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
