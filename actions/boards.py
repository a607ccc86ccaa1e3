"""A board’s own name, and what stands still under it, kept by its manager: agencies, subgroups, kinds of source.

It touches no action, and removes nothing that is in use.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from actions import access, kept
from actions.models import Agency, Board, Meeting, Seat, SourceKind, Subgroup
from actions.refusals import Invalid

KINDS = {
    "sar": "Safeguarding Adults Review",
    "statutory-review": "Other statutory review",
    "coroner": "Coroner's report",
    "inspection": "Inspection",
    "peer-review": "Peer review",
    "audit": "Audit",
    "self-assessment": "Self-assessment",
    "partner-return": "Partner return",
    "business-plan": "Business plan",
    "meeting": "Meeting",
    "other": "Other",
}


def default_kinds(board: Board) -> list[SourceKind]:
    """The kinds of source that a new board begins with. Part of making the board, so it writes no line itself."""
    return SourceKind.objects.bulk_create(
        SourceKind(board=board, slug=slug, name=name) for slug, name in KINDS.items()
    )


@transaction.atomic
def keep_board(board: Board, *, name: str, division: str, by: Seat, today: date, saw: str) -> Board:
    """What the board itself is called, and whose bank holidays count. Its short name stands in addresses, and stays."""
    kept.begin(board, by, saw)
    board.name = kept.line(name, 200, "name")
    if division not in Board.Division.values:
        raise Invalid("Say whose bank holidays count.", field="division")
    board.division = division
    return kept.keep(board, "keep_board", by, today)


@transaction.atomic
def keep_agency(
    agency: Agency, *, name: str, short_name: str, attendance: str, by: Seat, today: date, saw: str = ""
) -> Agency:
    """A new one (not saved yet) or one that is there, as it was seen: `saw` is its `mark`."""
    kept.begin(agency, by, saw)
    agency.name, agency.short_name = kept.line(name, 200, "name"), kept.line(short_name, 40, "short_name")
    if attendance not in Agency.Attendance.values:
        raise Invalid("Say whether it attends.", field="attendance")
    agency.attendance = attendance
    kept.refuse_twice(agency, "name", "short_name")
    return kept.keep(agency, "keep_agency", by, today)


@transaction.atomic
def keep_subgroup(subgroup: Subgroup, *, name: str, by: Seat, today: date, saw: str = "") -> Subgroup:
    kept.begin(subgroup, by, saw)
    subgroup.name = kept.line(name, 200, "name")
    kept.refuse_twice(subgroup, "name")
    return kept.keep(subgroup, "keep_subgroup", by, today)


@transaction.atomic
def keep_source_kind(kind: SourceKind, *, name: str, by: Seat, today: date, saw: str = "") -> SourceKind:
    """Its slug says how a document is read, so it is made once and then stays."""
    kept.begin(kind, by, saw)
    kind.name = kept.line(name, 80, "name")
    kept.refuse_twice(kind, "name")
    if kind.pk is None:
        kind.slug = _free_slug(by.board, kind.name)
    return kept.keep(kind, "keep_source_kind", by, today)


@transaction.atomic
def remove(row: Any, *, by: Seat, today: date, saw: str) -> None:
    """For what nothing names. One line says what it was."""
    access.check(by, "keep_meetings" if isinstance(row, Meeting) else "keep_board", row)
    kept.lock(row, by, saw)
    found = kept.with_uses(type(row).objects.filter(pk=row.pk)).get()
    if used := kept.uses(found):
        raise Invalid(f"“{row}” is in use: {used}. It cannot be removed.")
    kept.write(row, f"remove_{kept.CALLED[type(row)]}", by, today)
    try:
        row.delete()
    except ProtectedError as error:
        raise Invalid(f"“{row}” is in use, so it cannot be removed.") from error


def _free_slug(board: Board, name: str) -> str:
    base = slugify(name)[:32] or "kind"
    taken = set(SourceKind.objects.filter(board=board).values_list("slug", flat=True))
    numbered = (base if turn == 1 else f"{base}-{turn}" for turn in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
