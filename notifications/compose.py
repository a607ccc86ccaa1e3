"""A message and its reminders become the text of a mail: reference, date and link. It renders, never sends.

The words of an action stay out of it unless the board allows its titles; those of a restricted source always do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from actions import invitation
from actions.models import Action, Board, Seat
from notifications.kinds import Kind
from notifications.models import Message, Policy, Reminder

MOST_URGENT_FIRST = (Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON, Kind.ASSIGNED, Kind.RECORDED)
AWAY = "whose owner is away"


@dataclass(frozen=True)
class Line:
    """One action in a mail, once, whatever the number of reasons."""

    action: Action
    for_owner: Seat | None  # whose it is, where that one is away and the reader only stands in
    title: str  # empty where it is not to be named
    kind: Kind
    is_new: bool
    url: str

    @property
    def heading(self) -> str:
        if self.for_owner is None:
            return self.kind.label
        return f"Of {one_line(self.for_owner.name)}, who is away until {self.for_owner.away_until:%-d %B %Y}"

    @property
    def note(self) -> str:
        if self.for_owner:
            return self.said
        return "new to you" if self.is_new and self.kind != Kind.ASSIGNED else ""

    @property
    def said(self) -> str:
        """The kind in words, within a sentence."""
        return "new to them" if self.for_owner and self.kind == Kind.ASSIGNED else self.kind.label.lower()


def mail(message: Message, reminders: Sequence[Reminder], *, policy: Policy) -> EmailMessage:
    """What goes out now. `reminders` are those still called for, `with_actions`; at least one."""
    board = policy.board
    lines = _lines(policy, reminders)
    body = render_to_string(
        "notifications/reminder.txt",
        {
            "name": one_line(message.seat.name),
            "board": one_line(board.name),
            "sections": _sections(lines),
            "one": len(lines) == 1,
            "own": any(not line.for_owner for line in lines),
            "copies": any(line.for_owner for line in lines),
            "invitation": invitation_url(message.seat),
            "lasts": invitation.LASTS.days,
            "mine": f"{settings.SITE_URL}/{board.slug}/",
        },
    )
    return EmailMessage(
        subject=subject(board, lines, invited=any(one.kind == Kind.INVITED for one in reminders)),
        body=body,
        to=[message.seat.email],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.dated_at.astimezone(board.tz)),
            "Auto-Submitted": "auto-generated",
        },
    )


def _sections(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """What is the reader's own by kind; then what is told for owners who are away, by owner."""
    found: dict[str, list[Line]] = {kind.label: [] for kind in MOST_URGENT_FIRST}
    for line in lines:
        found.setdefault(line.heading, []).append(line)
    return [(heading, under) for heading, under in found.items() if under]


def _lines(policy: Policy, reminders: Sequence[Reminder]) -> list[Line]:
    found: dict[tuple[Action, Seat | None], list[Reminder]] = {}
    for reminder in reminders:
        if reminder.action:
            found.setdefault((reminder.action, reminder.for_owner), []).append(reminder)
    lines = [_line(policy, action, owner, reasons) for (action, owner), reasons in found.items()]
    return sorted(lines, key=lambda line: (line.action.due_on or date.max, line.action.pk))


def _line(policy: Policy, action: Action, for_owner: Seat | None, reasons: Sequence[Reminder]) -> Line:
    kinds = {reminder.kind for reminder in reasons}
    named = policy.titles_in_mail and not any(reminder.restricted for reminder in reasons)
    return Line(
        action=action,
        for_owner=for_owner,
        title=one_line(action.title) if named else "",
        kind=next(kind for kind in MOST_URGENT_FIRST if kind in kinds),
        is_new=Kind.ASSIGNED in kinds,
        url=f"{settings.SITE_URL}/{policy.board.slug}/actions/{action.reference}/",
    )


def invitation_url(seat: Seat) -> str:
    """Made now and kept nowhere; empty for who has taken up their seat."""
    return "" if seat.user_id else f"{settings.SITE_URL}/invitation/{invitation.token(seat)}/"


def subject(board: Board, lines: Sequence[Line], *, invited: bool = False) -> str:
    """The board, and one action by its reference or several by their number. At most 200 characters."""
    if invited:
        said = "you are invited to its action tracker"
    elif len(lines) == 1:
        away = ", its owner is away" if lines[0].for_owner else ""
        said = f"{lines[0].action.reference}: {lines[0].said}{away}"
    else:
        counted = Counter(AWAY if line.for_owner else line.said for line in lines)
        order = [*(kind.label.lower() for kind in MOST_URGENT_FIRST), AWAY]
        said = f"{len(lines)} actions: " + ", ".join(f"{counted[one]} {one}" for one in order if counted[one])
    return f"{one_line(board.name)[:100]}: {said}"


def one_line(text: str) -> str:
    """A person's words made safe for a header: one line, nothing that a mail reader would decode."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).replace("=?", "= ?").strip()
