"""Asks agencies what they make of a commitment, and keeps what each answers. It plans nothing: an agency that accepts
puts actions forward by `planning`; and it decides nothing: what is not to be implemented is the board's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from actions import access, days, decisions, on_behalf, trail
from actions.access import Behalf
from actions.commitments import CLOSING
from actions.models import Agency, Commitment, Response, Seat
from actions.refusals import Changed, Invalid, NotAllowed

WORKING_DAYS = 20  # to answer in
LATEST = timedelta(days=366)
Says = Response.Says
EMPTY: dict[str, Any] = {
    "says": "",
    "words": "",
    "link": "",
    "answered_on": None,
    "answered_by": None,
}
UNJUDGED: dict[str, Any] = {"judged": "", "judged_on": None, "judged_by": None, "judged_words": ""}
MISSING = {
    Says.IN_PART: "Say which part is accepted, and why not the rest.",
    Says.IN_PLACE: "Say what is in place, since when, and what shows it.",
    Says.NOT_IMPLEMENT: "Say why it should not be implemented.",
    Says.REFER: "Say to whom it should be referred, and why.",
}


def due_on(seat: Seat, today: date) -> date:
    """By when an answer is asked for where nobody says otherwise."""
    return days.working_days_after(today, WORKING_DAYS, seat.board.division)


@transaction.atomic
def share_out(
    commitment: Commitment,
    *,
    agencies: Sequence[Agency],
    by: Seat,
    today: date,
    due_on: date | None = None,
) -> list[Response]:
    """Asks each agency for its answer by a day; with none, in twenty working days.

    One that is asked already stays as it is, with its answer and its day: a form sent twice asks once.
    """
    access.check(by, "share_out", commitment)
    day = due_on or days.working_days_after(today, WORKING_DAYS, by.board.division)
    if not agencies:
        raise Invalid("Tick at least one agency.", field="agencies")
    if any(agency.board_id != by.board_id for agency in agencies):
        raise Invalid("Choose from this board's own agencies.", field="agencies")
    if not today <= day <= today + LATEST:
        raise Invalid("Choose today or a later day, within a year.", field="due_on")
    trail.lock_head(by.board)
    _refuse_over(commitment)
    before = {one.agency_id: one for one in commitment.responses.filter(agency__in=agencies)}
    asked = [_asked(before.get(agency.pk), commitment, agency, today, day) for agency in agencies]
    new = [one for one in asked if one is not None]
    trail.append(by.board, [_entry("share_out", one, by, today, due_on=str(day)) for one in new])
    return list(commitment.responses.filter(agency__in=agencies))


def _refuse_over(commitment: Commitment) -> None:
    commitment.refresh_from_db(fields=["taken_back"])
    if commitment.taken_back:
        raise Changed(f"{commitment.reference} was put back in its review, so nobody is asked about it.")
    decided = decisions.last(commitment)
    if decided is not None and decided.kind in CLOSING:
        raise Invalid(
            f"The board decided on {decided.meeting.meets_on:%-d %B %Y}: {decided.get_kind_display().lower()}. "
            "Nobody is asked about it any more."
        )


def _asked(
    before: Response | None, commitment: Commitment, agency: Agency, today: date, day: date
) -> Response | None:
    """The new request; none where this agency is asked already. One that was withdrawn begins anew."""
    if before is None:
        return Response.objects.create(
            board_id=commitment.board_id, commitment=commitment, agency=agency, asked_on=today, due_on=day
        )
    if before.unasked_on is None:
        return None
    again = {"asked_on": today, "due_on": day, "unasked_on": None}
    Response.objects.filter(pk=before.pk).update(version=F("version") + 1, **again, **EMPTY, **UNJUDGED)
    before.refresh_from_db()
    return before


@transaction.atomic
def respond(
    response: Response,
    *,
    says: str,
    words: str,
    by: Seat,
    version: int,
    today: date,
    link: str = "",
    behalf: Behalf | None = None,
) -> Response:
    """What the agency answers. It may answer otherwise later; what was accepted as in place is then judged anew."""
    on_behalf.check(by, "respond", response, today, behalf)
    if says not in Says.values:
        raise Invalid("Say what the agency answers.", field="says")
    if not words.strip() and says in MISSING:
        raise Invalid(MISSING[Says(says)], field="words")
    if link and says != Says.IN_PLACE:
        raise Invalid(
            "A link shows what is already in place. For any other answer leave it out.", field="link"
        )
    day = behalf.said_on if behalf else today
    answer = {"says": says, "words": words.strip(), "link": link, "answered_on": day}
    _set(response, version, **answer, answered_by=behalf.of if behalf else by, **UNJUDGED)
    entry = _entry("respond", response, by, day, words.strip(), says=says)
    trail.append(by.board, [entry.for_another(behalf)])
    return response


@transaction.atomic
def judge(
    response: Response, *, accepted: bool, by: Seat, version: int, today: date, words: str = ""
) -> Response:
    """Whether what an agency calls already in place is shown to be. Nobody judges an answer of their own."""
    access.check(by, "judge_in_place", response)
    if response.answered_by_id == by.pk:
        raise NotAllowed("Nobody judges an answer of their own. Another chair, or the board manager, can.")
    if not accepted and not words.strip():
        raise Invalid("Say what is missing: the agency reads it.", field="words")
    if response.says != Says.IN_PLACE:
        raise Changed("The agency does not say that it is in place, so there is nothing to judge.")
    judged = Response.Judged.ACCEPTED if accepted else Response.Judged.NOT_ACCEPTED
    _set(response, version, judged=judged, judged_on=today, judged_by=by, judged_words=words.strip())
    trail.append(by.board, [_entry("judge_in_place", response, by, today, words.strip(), judged=judged)])
    return response


def may_judge(seat: Seat, response: Response) -> bool:
    return access.may(seat, "judge_in_place", response) and response.answered_by_id != seat.pk


@transaction.atomic
def unask(response: Response, *, reason: str, by: Seat, version: int, today: date) -> Response:
    """This agency was asked in error. What it answered stays in the trail; asked once more, it begins anew."""
    access.check(by, "unask", response)
    if not reason.strip():
        raise Invalid("Say why the agency is not asked any more.", field="reason")
    _set(response, version, unasked_on=today)
    trail.append(by.board, [_entry("unask", response, by, today, reason.strip())])
    return response


def _set(response: Response, version: int, **changes: Any) -> None:
    """The compare-and-set, under the board's head. Changed where somebody saved first."""
    trail.lock_head(response.board)
    there = Response.objects.filter(pk=response.pk, version=version, unasked_on__isnull=True)
    saved = there.update(version=F("version") + 1, **changes)
    response.refresh_from_db()
    if saved:
        return
    if response.unasked_on is not None:
        raise Changed(f"{response.agency} is not asked any more: the board manager withdrew the request.")
    raise Changed(
        f"Somebody saved this first. It now says: {response.get_says_display() or 'not answered yet'}"
        f"{f' ({response.get_judged_display().lower()})' if response.judged else ''}. Nothing of yours is lost: "
        "look at both, then save again."
    )


def _entry(verb: str, response: Response, by: Seat, on: date, words: str = "", **detail: Any) -> trail.Entry:
    about = {"response": response.pk, "agency": response.agency_id} | detail
    commitment = response.commitment
    return trail.Entry(
        verb, by, on, commitment=commitment, source=commitment.source, words=words, detail=about
    )
