"""Verb 2: a commitment becomes actions, each with an owner, a subgroup and a date. It moves nothing further."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import (
    Action,
    Agency,
    Answer,
    Commitment,
    Event,
    Meeting,
    Precision,
    Priority,
    Seat,
    Status,
    Subgroup,
)
from actions.refusals import Changed, Invalid


@dataclass(frozen=True)
class Wanted:
    """One action to be planned. It answers `commitments`, or comes from a meeting or a priority."""

    title: str
    owner: Seat
    due_on: date | None = None
    look_again_on: date | None = None
    subgroup: Subgroup | None = None
    priority: Priority | None = None
    commitments: tuple[Commitment, ...] = ()
    meeting: Meeting | None = None
    detail: str = ""
    start_on: date | None = None
    due_words: str = ""
    due_precision: str = Precision.DAY

    @property
    def continuing(self) -> bool:
        """No end state: a day to look again stands in for a due date."""
        return self.due_on is None and self.look_again_on is not None


@transaction.atomic
def plan_many(
    wanted: Sequence[Wanted], *, by: Seat, today: date, answered: Mapping[int, int] | None = None
) -> list[Action]:
    """Plans several actions at once: all or none. Invalid names the first thing that does not fit.

    `answered`: per commitment (id), how many actions the person saw answering it. Changed where there are more
    by now, so that a form sent twice does not plan twice.
    """
    for one in wanted:
        access.check(by, "plan", Place(one.owner.board_id, one.subgroup, one.owner.agency))
    wanted = _with_owners_held(wanted)
    for one in wanted:
        _refuse_unfit(one, by)
    first = trail.number(by.board, "actions", len(wanted))
    _refuse_changed({commitment.pk for one in wanted for commitment in one.commitments}, answered or {})
    actions = Action.objects.bulk_create(
        [_planned(one, by, first + place, today) for place, one in enumerate(wanted)]
    )
    Answer.objects.bulk_create(
        Answer(action=action, commitment=commitment, source_id=commitment.source_id)
        for action, one in zip(actions, wanted, strict=True)
        for commitment in one.commitments
    )
    trail.append(by.board, _entries(actions, wanted, by, today))
    return actions


def _planned(one: Wanted, by: Seat, number: int, today: date) -> Action:
    return Action(
        board=by.board,
        number=number,
        title=one.title.strip(),
        detail=one.detail,
        status=Status.PLANNED,
        owner=one.owner,
        agency_id=one.owner.agency_id,
        subgroup=one.subgroup,
        priority=one.priority or _shared_priority(one.commitments),
        meeting=one.meeting,
        start_on=one.start_on,
        planned_on=today,
        due_on=one.due_on,
        first_due_on=one.due_on,
        due_words=one.due_words,
        due_precision=Precision.CONTINUING if one.continuing else one.due_precision,
        continuing=one.continuing,
        look_again_on=one.look_again_on,
    )


def _entries(actions: Iterable[Action], wanted: Iterable[Wanted], by: Seat, today: date) -> list[trail.Entry]:
    return [
        trail.Entry(
            "plan",
            by,
            today,
            action=action,
            commitment=one.commitments[0] if one.commitments else None,
            words=action.title,
            detail={"answers": [c.pk for c in one.commitments]},
        )
        for action, one in zip(actions, wanted, strict=True)
    ]


def _shared_priority(commitments: Iterable[Commitment]) -> Priority | None:
    return next((c.priority for c in commitments if c.priority_id), None)


def _with_owners_held(wanted: Sequence[Wanted]) -> list[Wanted]:
    """With the owners as they now stand: none of them leaves before this is written."""
    held = {seat.pk: seat for seat in trail.lock_seats(Q(pk__in={one.owner.pk for one in wanted}))}
    return [replace(one, owner=held[one.owner.pk]) for one in wanted]


class Place:
    """Where an action that is not there yet would stand, for `access`."""

    def __init__(self, board_id: int, subgroup: Subgroup | None, agency: Agency | None) -> None:
        self.board_id = board_id
        self.subgroup_id = subgroup.pk if subgroup else None
        self.agency_id = agency.pk if agency else None


def _refuse_unfit(one: Wanted, by: Seat) -> None:
    _refuse_title(one.title)
    _refuse_owner(one.owner, by)
    if one.due_on is None and one.look_again_on is None:
        raise Invalid("Give a due date, or a day to look again if the work is continuing.", field="due_on")
    if one.due_on and one.start_on and one.start_on > one.due_on:
        raise Invalid("The start date is after the due date.", field="start_on")
    foreign = [
        thing
        for thing in (one.subgroup, one.priority, one.meeting, *one.commitments)
        if thing is not None and thing.board_id != by.board_id
    ]
    if foreign:
        raise Invalid("Choose from this board's own subgroups, priorities, meetings and commitments.")
    if not (one.commitments or one.meeting or one.priority):
        raise Invalid(
            "Say what the action answers: a commitment, or the meeting or priority it comes from.",
            field="priority",
        )


def _refuse_title(title: str) -> None:
    if not title.strip():
        raise Invalid("Give the action a title: what will be done, in a line.", field="title")
    if len(title.strip()) > 300:
        raise Invalid("Keep the title within 300 characters; the rest fits in the detail.", field="title")


def _refuse_owner(owner: Seat, by: Seat) -> None:
    if owner.board_id != by.board_id:
        raise Invalid("Choose an owner who has a seat on this board.", field="owner")
    if owner.left_on is not None:
        raise Invalid(f"{owner.name} has left the board. Choose another owner.", field="owner")


def _refuse_changed(ids: set[int], answered: Mapping[int, int]) -> None:
    """Under the board's head, so that neither a second form nor a review that is undone comes in between."""
    if not ids:
        return
    now = Commitment.objects.filter(pk__in=ids).select_related("source", "agency")
    for commitment in now.annotate(count=Count("answers")):
        if commitment.taken_back:
            raise Changed(
                f"{commitment.reference} was put back in its review, so it cannot be planned. Leave it out."
            )
        if commitment.count != answered.get(commitment.pk, commitment.count):
            raise Changed(
                f"{commitment.reference} has got an action since you opened the page, perhaps from your own first "
                "click. Look at it; if you mean another one beside it, send this again."
            )


@transaction.atomic
def raise_draft(
    title: str,
    *,
    by: Seat,
    today: date,
    detail: str = "",
    commitments: Sequence[Commitment] = (),
    priority: Priority | None = None,
    meeting: Meeting | None = None,
    subgroup: Subgroup | None = None,
    agency: Agency | None = None,
    owner: Seat | None = None,
    since: int | None = None,
) -> Action:
    """Something that should be done, put forward: a draft, until it is planned with an owner and a date.

    A lead puts forward for the own agency. `owner` is who might do it. `since`: the last line of the board's trail
    that the person saw. What they put forward after it, word for word the same, is given back and not made again.
    """
    agency = owner.agency if owner else agency
    if agency is None and not access.may(by, "raise", Place(by.board_id, subgroup, None)):
        agency = by.agency
    named = (owner, agency, subgroup, priority, meeting, *commitments)
    access.check(by, "raise", Place(by.board_id, subgroup, agency))
    _refuse_unraisable(title, by, named)
    if owner is not None:
        [owner] = trail.lock_seats(Q(pk=owner.pk))
        _refuse_owner(owner, by)
    trail.lock_head(by.board)
    _refuse_changed({commitment.pk for commitment in commitments}, {})
    said: dict[str, Any] = {
        "title": title.strip(),
        "detail": detail.strip(),
        "owner": owner,
        "agency": agency,
        "subgroup": subgroup,
        "priority": priority or _shared_priority(commitments),
        "meeting": meeting,
    }
    if since is not None and (twin := _put_forward(by, since, said, commitments)):
        return twin
    action = Action.objects.create(board=by.board, number=trail.number(by.board, "actions"), **said)
    Answer.objects.bulk_create(
        Answer(action=action, commitment=one, source_id=one.source_id) for one in commitments
    )
    answers = {"answers": [one.pk for one in commitments]}
    first = commitments[0] if commitments else None
    entry = trail.Entry(
        "raise", by, today, action=action, commitment=first, words=action.title, detail=answers
    )
    trail.append(by.board, [entry])
    return action


def _put_forward(
    by: Seat, since: int, said: dict[str, Any], commitments: Sequence[Commitment]
) -> Action | None:
    """The same, put forward by the same seat after that line: a double click. Asked under the board's head."""
    lines = Event.objects.filter(board=by.board, by=by, verb="raise", seq__gt=since)
    drafts = Action.objects.filter(pk__in=lines.values("action"), status=Status.DRAFT, **said)
    wanted = {commitment.pk for commitment in commitments}
    return next((one for one in drafts if set(one.commitments.values_list("pk", flat=True)) == wanted), None)


def _refuse_unraisable(title: str, by: Seat, named: Sequence[Any]) -> None:
    _refuse_title(title)
    if any(thing is not None and thing.board_id != by.board_id for thing in named):
        raise Invalid("Choose from this board's own people, subgroups, priorities, meetings and commitments.")
    _owner, _agency, _subgroup, priority, meeting, *commitments = named
    if not (commitments or meeting or priority):
        raise Invalid(
            "Say what the action answers: a commitment, or the meeting or priority it comes from.",
            field="priority",
        )


@transaction.atomic
def plan(
    action: Action,
    *,
    owner: Seat,
    by: Seat,
    version: int,
    today: date,
    due_on: date | None = None,
    look_again_on: date | None = None,
    start_on: date | None = None,
    subgroup: Subgroup | None = None,
) -> Action:
    """A draft is agreed: who does it, by when, and which subgroup watches over it (none: the board itself)."""
    wanted = Wanted(
        title=action.title,
        owner=owner,
        due_on=due_on,
        look_again_on=look_again_on,
        start_on=start_on,
        subgroup=subgroup,
        priority=action.priority,
        meeting=action.meeting,
        commitments=tuple(action.commitments.all()),
    )
    access.check(by, "plan", Place(by.board_id, subgroup, owner.agency))
    access.check(by, "plan", action)
    [wanted] = _with_owners_held([wanted])
    _refuse_unfit(wanted, by)
    planned = _planned(wanted, by, action.number, today)
    columns = (
        *("owner", "agency_id", "subgroup", "start_on", "planned_on", "due_on", "first_due_on"),
        *("due_precision", "continuing", "look_again_on"),
    )
    return trail.move(
        action,
        Status.PLANNED,
        verb="plan",
        by=by,
        version=version,
        today=today,
        words=action.title,
        **{name: getattr(planned, name) for name in columns},
    )


@transaction.atomic
def reassign(
    action: Action,
    *,
    to: Seat,
    by: Seat,
    reason: str,
    version: int,
    today: date,
    behalf: Behalf | None = None,
) -> Action:
    """The action gets another owner; lateness stays. A lead may move it inside the agency only."""
    on_behalf.check(by, "reassign", action, today, behalf)
    [to] = trail.lock_seats(Q(pk=to.pk))  # nobody is given an action and leaves before it is written
    _refuse_owner(to, by)
    if to.pk == action.owner_id:
        raise Invalid(f"{to.name} owns this action already.", field="owner")
    asking = behalf.of if behalf else by
    only_as_lead = access.standing(asking, action) <= {
        access.ANYONE,
        access.LEAD,
        access.OWNER,
        access.CONTRIBUTOR,
    }
    if only_as_lead and to.agency_id != action.agency_id:
        raise Invalid("As agency lead you can pass an action on within your agency.", field="owner")
    return trail.move(
        action,
        None,
        verb="reassign",
        by=by,
        version=version,
        today=today,
        behalf=behalf,
        words=reason,
        detail={"from": action.owner_id, "to": to.pk},
        owner=to,
        agency_id=to.agency_id,
        disowned_on=None,
        due_version=F("due_version") + 1,
    )
