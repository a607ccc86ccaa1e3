"""What somebody else said, written down: at which meetings it may have been said, and what is refused. It moves
nothing; pages and API offer what it gives, and every verb asks it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from actions import access
from actions.access import Behalf
from actions.models import Action, Asked, Meeting, Response, Seat
from actions.refusals import Invalid

SINCE = timedelta(days=180)  # what was said before is too old to be written down now


def meetings(by: Seat, action: Action | Asked | Response, today: date) -> QuerySet[Meeting]:
    """Those at which something about this action may have been said: its subgroup's and the board's own."""
    recent = Meeting.objects.visible_to(by).filter(meets_on__range=(today - SINCE, today))
    there = recent.exclude(state=Meeting.State.CANCELLED)
    return there.filter(Q(subgroup=action.subgroup_id) | Q(subgroup__isnull=True))


def check(by: Seat, verb: str, action: Action | Asked | Response, today: date, behalf: Behalf | None) -> None:
    """As `access.check`; and what is written down has its day, its way, and its meeting where it needs one."""
    access.check(by, verb, action, behalf)
    if behalf is None:
        return
    if behalf.said_on > today:
        raise Invalid("The day it was said cannot be in the future.", field="said_on")
    if behalf.how not in access.HOW:
        raise Invalid("Say how it reached you.", field="how")
    if behalf.meeting is None and verb == "sign_off":
        raise Invalid("Name the meeting at which the chair signed it off.", field="meeting")
    if behalf.meeting is None and behalf.how == "meeting":
        raise Invalid("Name the meeting.", field="meeting")
    if behalf.meeting and not meetings(by, action, today).filter(pk=behalf.meeting.pk).exists():
        raise Invalid(
            "Choose a meeting of the board or of the action's subgroup, within the last six months.",
            field="meeting",
        )
