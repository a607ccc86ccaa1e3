"""Who may take this step, also where it is written down for somebody else."""

from __future__ import annotations

from datetime import date

from actions import access
from actions.access import Behalf
from actions.models import Action, Seat
from actions.refusals import Invalid


def check(by: Seat, verb: str, action: Action, today: date, behalf: Behalf | None) -> None:
    access.check(by, verb, action, behalf)
    if behalf is None:
        return
    if behalf.said_on > today:
        raise Invalid("The day it was said cannot be in the future.", field="said_on")
    if behalf.how not in access.HOW:
        raise Invalid("Say how it reached you.", field="how")
    if verb == "sign_off" and behalf.meeting is None:
        raise Invalid("Name the meeting at which the chair signed it off.", field="meeting")
