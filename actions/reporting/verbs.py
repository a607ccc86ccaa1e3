"""Drafted, written, counted again, issued, issued again, thrown away: each verb writes one line of the trail.

What is issued is changed by none of them: only words put in by mistake can be destroyed, by `actions.redaction`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from actions import access, trail
from actions.models import Answer, Meeting, Passage, Report, Seat
from actions.refusals import Changed, Invalid
from actions.reporting import counting, minuted
from actions.reporting.paper import SECTIONS, Paper, passage
from actions.reporting.reading import REASON, WORDS, hash_of_report, words_of

LONGEST = 6000  # characters of a section's words
REASON_LONGEST = 500
BACK, AHEAD = timedelta(days=366), timedelta(days=366)  # for which meetings a paper can be drafted


def meetings_without(seat: Seat, today: date) -> QuerySet[Meeting]:
    """Those within a year for which this seat may draft a paper, and there is none: the next one first, and those that
    are over at the end, the latest of them first."""
    there = Report.objects.filter(meeting=OuterRef("pk"))
    near = Meeting.objects.visible_to(seat).filter(meets_on__range=(today - BACK, today + AHEAD))
    free = near.exclude(state=Meeting.State.CANCELLED).filter(~Exists(there)).select_related("subgroup")
    if not access.may(seat, "write_report", Report(board=seat.board)):
        free = free.filter(subgroup__in=seat.chaired)
    ahead = Case(When(meets_on__gte=today, then=F("meets_on")))
    return free.order_by(ahead.asc(nulls_last=True), "-meets_on", "pk")


@transaction.atomic
def draft(meeting: Meeting, *, by: Seat, today: date) -> Report:
    """A paper for a meeting: the board's own gets a board summary, a subgroup's a pack. Its figures are counted now."""
    report = Report(
        board=by.board,
        kind=Report.Kind.SUBGROUP_PACK if meeting.subgroup_id else Report.Kind.BOARD_SUMMARY,
        meeting=meeting,
        subgroup=meeting.subgroup,
        drafted_by=by,
    )
    if meeting.board_id != by.board_id:
        raise Invalid("Choose one of this board's meetings.", field="meeting")
    access.check(by, "write_report", report)
    _refuse_unfit(meeting, today)
    trail.lock_head(by.board)
    if there := Report.objects.filter(meeting=meeting).first():
        state = "a draft" if there.is_draft else "a paper: issue that one again"
        raise Invalid(f"For this meeting there is {state} already.", field="meeting")
    _count(report, by, today)
    _note("draft_report", report, by, today)
    return report


def _refuse_unfit(meeting: Meeting, today: date) -> None:
    if meeting.state == Meeting.State.CANCELLED:
        raise Invalid("This meeting is cancelled. Choose another.", field="meeting")
    if not today - BACK <= meeting.meets_on <= today + AHEAD:
        raise Invalid("This meeting is more than a year away. Choose another.", field="meeting")


@transaction.atomic
def write(report: Report, words: Mapping[str, str], *, by: Seat, saves: int, today: date) -> Report:
    """The words of each section that is named, as they are from now on; `saves` is the one that the person saw."""
    access.check(by, "write_report", report)
    unknown = words.keys() - SECTIONS[report.kind].keys()
    if unknown:
        raise Invalid(f"This paper has no section “{min(unknown)}”.", field="words")
    for key, text in words.items():
        if len(text) > LONGEST:
            raise Invalid(f"Keep it within {LONGEST} characters.", field=key)
    _claim(report, saves)
    stood = words_of(report)
    changed = {key: text.strip() for key, text in words.items() if text.strip() != stood[key]}
    report.passages.filter(place__in=[WORDS + key for key in changed]).delete()
    _add(report, [passage(WORDS + key, text) for key, text in changed.items() if text])
    _note("write_report", report, by, today, detail={"sections": sorted(changed)})
    return report


@transaction.atomic
def refresh(report: Report, *, by: Seat, saves: int, today: date) -> Report:
    """Its figures are counted again, as of now. What was written stays."""
    access.check(by, "write_report", report)
    _claim(report, saves)
    _count(report, by, today)
    _note("refresh_report", report, by, today)
    return report


@transaction.atomic
def issue(report: Report, *, by: Seat, saves: int, today: date) -> Report:
    """From now on everybody on the board reads it, and nobody changes it. Its hash goes into the trail."""
    access.check(by, "issue_report", report)
    _claim(report, saves)
    if restricted_since(report):
        raise Invalid(
            "A review in this paper was restricted after its figures were counted. Count them again."
        )
    report.passages.update(issued=True)
    report.figures = report.figures | {"issued_by": by.name}
    report.issued_at, report.issued_by = _now(report, today), by
    report.hash = hash_of_report(report)
    report.state = Report.State.ISSUED
    report.save()
    _note("issue_report", report, by, today, detail={"hash": report.hash})
    return report


@transaction.atomic
def reissue(report: Report, *, reason: str, by: Seat, today: date) -> Report:
    """A new draft from what was issued, as the next version: the same figures and words, until they are changed."""
    access.check(by, "issue_report", report)
    if report.is_draft:
        raise Invalid("This is a draft: change it, then issue it.")
    if not reason.strip():
        raise Invalid("Say why it is issued again.", field="reason")
    if len(reason.strip()) > REASON_LONGEST:
        raise Invalid(f"Keep the reason within {REASON_LONGEST} characters.", field="reason")
    trail.lock_head(by.board)
    if later := Report.objects.filter(supersedes=report).first():
        state = "is being drafted" if later.is_draft else "has replaced this one"
        raise Changed(f"Version {later.version} {state} already. Open that one.")
    again = Report.objects.create(
        board=by.board,
        kind=report.kind,
        meeting=report.meeting,
        subgroup=report.subgroup,
        cut_off_on=report.cut_off_on,
        version=report.version + 1,
        figures={key: one for key, one in report.figures.items() if key != "issued_by"},
        frozen_at=report.frozen_at,
        drafted_by=by,
        supersedes=report,
    )
    same = ("place", "action_id", "text", "salt", "text_hash", "removed")
    kept = report.passages.exclude(place=REASON)
    copies = [Passage(**{name: getattr(one, name) for name in same}) for one in kept]
    _add(again, [*copies, passage(REASON, reason.strip())])
    _note("reissue_report", again, by, today, words=reason.strip())
    return again


@transaction.atomic
def discard(report: Report, *, by: Seat, saves: int, today: date) -> None:
    """A draft is thrown away, with what was written in it. The trail keeps that it was there."""
    access.check(by, "write_report", report)
    _claim(report, saves)
    _note("discard_report", report, by, today)
    report.delete()


def restricted_since(report: Report) -> bool:
    """Whether the draft shows words of a review that was restricted after they were taken."""
    closed = Answer.objects.filter(action=OuterRef("action"), source__restricted=True)
    of_no_action = Q(action=None, text__in=minuted.sealed_since(report))
    return report.passages.filter(Q(Exists(closed)) | of_no_action).exists()


def _claim(report: Report, saves: int) -> None:
    """The compare-and-set. Changed where somebody saved first, or it is no draft any more."""
    there = Report.objects.filter(pk=report.pk, saves=saves, state=Report.State.DRAFT)
    claimed = there.update(saves=F("saves") + 1)
    now = Report.objects.filter(pk=report.pk).first()
    if now is None:
        raise Changed("This draft was thrown away meanwhile. What you typed is still here: copy it.")
    report.state, report.saves = now.state, now.saves
    if claimed:
        return
    if not report.is_draft:
        raise Changed("It was issued meanwhile, so it cannot be changed. Issue it again, with a reason.")
    raise Changed(
        "Somebody saved this draft since you opened the page. Nothing of yours is lost: look at both, then save again."
    )


def _count(report: Report, by: Seat, today: date) -> None:
    paper = Paper()
    report.cut_off_on = report.meeting.cut_off_on
    report.frozen_at = _now(report, today)
    report.figures = counting.lay_out(report, paper, by, today)
    report.save()
    report.passages.filter(place__startswith="f").delete()
    _add(report, paper.passages)


def _now(report: Report, today: date) -> datetime:
    """The clock's instant; on another day than the clock's, which the example plays, five in the afternoon of it."""
    now = timezone.now()
    if today == report.board.today:
        return now
    return datetime.combine(today, time(17), tzinfo=report.board.tz)


def _add(report: Report, passages: list[Passage]) -> None:
    for one in passages:
        one.report, one.board = report, report.board
    Passage.objects.bulk_create(passages)


def _note(
    verb: str, report: Report, by: Seat, today: date, *, words: str = "", detail: dict[str, Any] | None = None
) -> None:
    about = {
        "report": report.pk,
        "kind": report.kind,
        "meeting": report.meeting_id,
        "version": report.version,
    }
    trail.append(by.board, [trail.Entry(verb, by, today, words=words, detail=about | (detail or {}))])
