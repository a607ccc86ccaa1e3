"""What every row that a board's manager keeps has in common: what was seen, what uses it, one line of the trail.

It asks for the right to keep, locks the board's head, and refuses what somebody else changed first.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actions import access, trail
from actions.models import (
    Action,
    Agency,
    Asked,
    Board,
    Challenge,
    Commitment,
    Decision,
    Measure,
    Meeting,
    Plan,
    Priority,
    Proposal,
    Report,
    Response,
    Seat,
    Source,
    SourceKind,
    Subgroup,
    SubgroupSeat,
)
from actions.refusals import Changed, Invalid

# What a page edits of each, how it is called, and what else may name it: (words, model, column).
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Board: ("name", "division"),
    Agency: ("name", "short_name", "attendance"),
    Subgroup: ("name",),
    SourceKind: ("name",),
    Plan: ("name", "starts_on", "ends_on"),
    Priority: ("number", "name"),
    Meeting: ("meets_on", "cut_off_on", "state"),
}
CALLED: dict[type[Model], str] = {
    Board: "board",
    Agency: "agency",
    Subgroup: "subgroup",
    SourceKind: "source_kind",
    Plan: "plan",
    Priority: "priority",
    Meeting: "meeting",
}
USES: dict[type[Model], tuple[tuple[str, type[Any], str], ...]] = {
    Agency: (
        ("person|people", Seat, "agency"),
        ("action|actions", Action, "agency"),
        ("commitment|commitments", Commitment, "agency"),
        ("proposal|proposals", Proposal, "agency"),
        ("response|responses", Response, "agency"),
        ("question|questions", Asked, "agency"),
    ),
    Subgroup: (
        ("seat|seats", SubgroupSeat, "subgroup"),
        ("action|actions", Action, "subgroup"),
        ("meeting|meetings", Meeting, "subgroup"),
        ("source|sources", Source, "subgroup"),
        ("paper|papers", Report, "subgroup"),
        ("question|questions", Asked, "subgroup"),
    ),
    SourceKind: (("source|sources", Source, "kind"),),
    Plan: (("priority|priorities", Priority, "plan"),),
    Priority: (
        ("action|actions", Action, "priority"),
        ("commitment|commitments", Commitment, "priority"),
        ("proposal|proposals", Proposal, "priority"),
        ("measure|measures", Measure, "priority"),
        ("question|questions", Challenge, "priority"),
    ),
    Meeting: (
        ("action|actions", Action, "meeting"),
        ("paper|papers", Report, "meeting"),
        ("decision|decisions", Decision, "meeting"),
    ),
}


def mark(row: Model) -> str:
    """A short mark of a row's values, so that a save made on older ones is seen. "" for one that is not there."""
    if row.pk is None:
        return ""
    text = json.dumps(values(row), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def values(row: Model) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in COLUMNS[type(row)]}


def with_uses[Row: Model](rows: QuerySet[Row]) -> QuerySet[Row]:
    """Each row with how many others name it, in the same query: for `uses`."""
    counts = {}
    for _, model, column in USES[rows.model]:
        named = model.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
        count = Subquery(named.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        counts[_counted(model)] = Coalesce(count, 0)
    return rows.annotate(**counts)


def uses(row: Model) -> str:
    """In words, of a row from `with_uses`: "3 people and 12 actions"; nothing where it may be removed."""
    counts = [(words.split("|"), getattr(row, _counted(model))) for words, model, _ in USES[type(row)]]
    parts = [f"{n} {one if n == 1 else many}" for (one, many), n in counts if n]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _counted(model: type[Any]) -> str:
    return f"used_by_{model.__name__.lower()}"


def begin(row: Any, by: Seat, saw: str) -> None:
    access.check(by, "keep_board", row)
    lock(row, by, saw)


def lock(row: Any, by: Seat, saw: str) -> None:
    """Under the board's head, so that nobody changes the row between the look and the save."""
    trail.lock_head(by.board)
    if row.pk is None:
        return
    now = type(row).objects.filter(pk=row.pk).first()
    if now is None:
        raise Changed(
            "Somebody removed this meanwhile. What you typed is still here: add it anew if it is needed."
        )
    if mark(now) != saw:
        said = "; ".join(values(now).values())
        raise Changed(
            f"Somebody changed this since you opened the page. It now says: {said}. Save again to replace it."
        )
    row.refresh_from_db()


def keep[Row: Model](row: Row, verb: str, by: Seat, today: date, more: dict[str, Any] | None = None) -> Row:
    before = {} if row.pk is None else values(type(row)._default_manager.get(pk=row.pk))
    row.save()
    now = values(row)
    if now != before:
        changed = {
            name: [before.get(name), value] for name, value in now.items() if before.get(name) != value
        }
        write(row, verb, by, today, {"changed": changed} | (more or {}))
    return row


def write(row: Any, verb: str, by: Seat, today: date, more: dict[str, Any] | None = None) -> None:
    detail = {CALLED[type(row)]: row.pk} | values(row) | (more or {})
    trail.append(by.board, [trail.Entry(verb, by, today, words=str(row), detail=detail)])


def line(words: str, longest: int, field: str) -> str:
    line = " ".join(words.split())
    if not line:
        raise Invalid("Give it a name.", field=field)
    if len(line) > longest:
        raise Invalid(f"Keep it within {longest} characters.", field=field)
    return line


def refuse_twice(row: Any, *names: str) -> None:
    others = type(row).objects.filter(board=row.board_id).exclude(pk=row.pk)
    for name in names:
        if same := others.filter(**{f"{name}__iexact": getattr(row, name)}).first():
            raise Invalid(f"This board has “{same}” already. Choose another name.", field=name)
