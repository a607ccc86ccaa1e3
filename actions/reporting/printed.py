"""The trend as it was printed: where a board summary was issued for a day its figures stand, and what differs is noted.

The first version stands: a later one may have been counted long after the day. It is noted as a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateTimeField, OuterRef, Subquery, TextField, Value
from django.utils import timezone

from actions import rollup
from actions.models import Passage, Report, Seat
from actions.models.board import UK
from actions.rag import Scheme
from actions.reporting.reading import REASON
from actions.rollup import CommitmentFigures, Figures, Month, figures_then, known

COMPARED = ("counted", "due_by_now", "complete_of_due", "overdue", "moved", "embedded")  # and the colours
REASON_REMOVED = "a reason that was removed"


@dataclass(frozen=True)
class Version:
    """One issued version of a board summary; its figures are None where the priority asked for had none then."""

    report: int
    meeting: int
    version: int
    cut_off_on: date
    counted_on: date
    issued_on: date
    reason: str
    figures: Figures | None
    made: CommitmentFigures | None


@dataclass(frozen=True)
class Correction:
    """In a sentence or several; `report` is the later version that corrects, None where the count kept differs."""

    words: str
    report: int | None = None


@dataclass(frozen=True)
class Point:
    """A day of the trend. `month_end`: else only the cut-off of a paper. `kept`: whether that month's end was.

    `printed` is the paper whose figures these are, None where they are those kept. `figures` is None where there are
    none.
    """

    on: date
    month_end: bool
    kept: bool
    figures: Figures | None
    made: CommitmentFigures | None
    printed: Version | None = None
    corrections: list[Correction] = field(default_factory=list)


class Row(NamedTuple):
    """What was kept of a month's end, and no more; or what one issued version of a board summary printed for a day."""

    on: date
    figures: dict[str, Any]
    report: int | None
    meeting: int
    version: int
    frozen_at: datetime
    issued_at: datetime
    reason: str | None


def trend(seat: Seat, today: date, *, priority: int | None = None) -> list[Point]:
    """Each month's end, and each day for which a board summary was issued, the latest last. One query.

    `priority` is the id of one: its figures instead of the board's. A paper that this seat may not read is not in it.
    """
    rows = _rows(seat, today)
    kept = {row.on: row.figures for row in rows if row.report is None}
    printed = [[_version(row, priority) for row in papers] for papers in _by_meeting(rows)]
    months = {one.on: one for one in rollup.trend_of(kept, today, priority)}
    papers = {one[0].cut_off_on: one for one in printed if one[0].figures}
    scheme = seat.board.scheme
    return [_point(months.get(on), papers.get(on), scheme) for on in sorted(months.keys() | papers.keys())]


def _rows(seat: Seat, today: date) -> list[Row]:
    """Of each board summary every issued version, where the first was for a day that the trend shows."""
    reason = Passage.objects.filter(report=OuterRef("pk"), place=REASON).values("text")
    issued = Report.objects.visible_to(seat).filter(
        kind=Report.Kind.BOARD_SUMMARY,
        state=Report.State.ISSUED,
        meeting__reports__version=1,
        meeting__reports__cut_off_on__range=(rollup.first_shown(today), today),
    )
    papers = issued.values_list(
        "cut_off_on",
        "figures__numbers",
        "pk",
        "meeting",
        "version",
        "frozen_at",
        "issued_at",
        Subquery(reason),
    )
    no_number = Value(None, output_field=BigIntegerField())
    no_time = Value(None, output_field=DateTimeField())
    no_words = Value(None, output_field=TextField())
    months = rollup.kept_months(seat, today).values_list(
        "on", "figures", no_number, no_number, no_number, no_time, no_time, no_words
    )
    return [Row(*row) for row in months.order_by().union(papers.order_by(), all=True)]


def _by_meeting(rows: list[Row]) -> Iterator[list[Row]]:
    papers = sorted((row for row in rows if row.report), key=lambda row: (row.meeting, row.version))
    for _, versions in groupby(papers, key=lambda row: row.meeting):
        yield list(versions)


def _version(row: Row, priority: int | None) -> Version:
    assert row.report is not None
    return Version(
        report=row.report,
        meeting=row.meeting,
        version=row.version,
        cut_off_on=row.on,
        counted_on=timezone.localtime(row.frozen_at, UK).date(),
        issued_on=timezone.localtime(row.issued_at, UK).date(),
        reason=(row.reason or REASON_REMOVED).rstrip("."),
        figures=figures_then(row.figures["whole"], row.figures["priorities"], priority),
        made=known(CommitmentFigures, row.figures["commitments"]) if priority is None else None,
    )


def _point(month: Month | None, versions: list[Version] | None, scheme: Scheme) -> Point:
    if versions is None:
        assert month is not None
        return Point(month.on, True, month.kept, month.figures, month.made)
    first, *later = versions
    return Point(
        on=first.cut_off_on,
        month_end=month is not None,
        kept=month is not None and month.kept,
        figures=first.figures,
        made=first.made,
        printed=first,
        corrections=[
            *_kept_otherwise(first, month, scheme),
            *(_corrected(first, one, scheme) for one in later),
        ],
    )


def _kept_otherwise(first: Version, month: Month | None, scheme: Scheme) -> Iterator[Correction]:
    if month is not None and (words := _differences(first, month, "the count kept was", scheme)):
        yield Correction(" ".join(words))


def _corrected(first: Version, later: Version, scheme: Scheme) -> Correction:
    why = f"Version {later.version}, issued on {later.issued_on:%-d %B %Y}, corrects: {later.reason}."
    differences = _differences(first, later, f"version {later.version} says", scheme)
    return Correction(" ".join([why, *differences]), later.report)


def _differences(printed: Version, other: Version | Month, said: str, scheme: Scheme) -> list[str]:
    """ "Overdue: printed 12; the count kept was 13." """
    if other.figures is None or printed.figures is None:
        return []
    pairs = [*_pairs(printed.figures, other.figures, scheme)]
    if printed.made and other.made:
        pairs.append(("Commitments complete", printed.made.complete, other.made.complete))
    return [f"{words}: printed {one}; {said} {another}." for words, one, another in pairs if one != another]


def _pairs(one: Figures, another: Figures, scheme: Scheme) -> Iterable[tuple[str, int, int]]:
    for name in COMPARED:
        yield rollup.NAMES[name], getattr(one, name), getattr(another, name)
    for key in one.colours:
        yield scheme[key].words, one.colours[key], another.colours.get(key, 0)
