"""Verb 3: an action moves to its next status. Each verb: who may, what moves, one event, all or nothing."""

from actions.progress.asking import (
    MANAGERS_DAYS,
    ask_for_time,
    grant,
    may_grant_until,
    refuse,
    reschedule,
)
from actions.progress.checking import REVIEW_AFTER, Cause, reopen, send_back, sign_off
from actions.progress.correcting import FIELDS as CORRECTED
from actions.progress.correcting import correct
from actions.progress.owning import NEEDED, WAITING, asking, finish, start, take_back, update
from actions.progress.pausing import hold, restore, resume, withdraw
from actions.progress.sharing import not_mine, share
from actions.progress.showing import attach, confirm

# The order in which pages offer them.
VERBS = (
    "update",
    "confirm",
    "start",
    "finish",
    "take_back",
    "sign_off",
    "send_back",
    "plan",
    "grant",
    "refuse",
    "resume",
    "ask_for_time",
    "reschedule",
    "not_mine",
    "reassign",
    "share",
    "review_impact",
    "attach",
    "reopen",
    "restore",
    "hold",
    "withdraw",
    "correct",
)

__all__ = [
    "CORRECTED",
    "MANAGERS_DAYS",
    "NEEDED",
    "REVIEW_AFTER",
    "VERBS",
    "WAITING",
    "Cause",
    "ask_for_time",
    "asking",
    "attach",
    "confirm",
    "correct",
    "finish",
    "grant",
    "hold",
    "may_grant_until",
    "not_mine",
    "refuse",
    "reopen",
    "reschedule",
    "restore",
    "resume",
    "send_back",
    "share",
    "sign_off",
    "start",
    "take_back",
    "update",
    "withdraw",
]
