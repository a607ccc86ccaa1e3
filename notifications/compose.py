"""A message and its reminders become the text of a mail: reference, date and link. It renders, never sends.

The words of an action, a commitment or a question stay out of it unless the board allows titles; those of a restricted
source always do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from actions import invitation
from actions.models import Board, Seat
from notifications.kinds import Kind
from notifications.models import Message, Policy, Reminder

MOST_URGENT_FIRST = (Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON, Kind.ASKED, Kind.ASSIGNED, Kind.RECORDED)
NEW = (Kind.ASSIGNED, Kind.ASKED)
AWAY = "whose owner is away"
LONGEST = 200  # characters of what somebody wrote, where a board allows it in a mail


@dataclass(frozen=True)
class Line:
    """One action, response or question in a mail, once, whatever the number of reasons."""

    reference: str
    due_on: date | None
    look_again_on: date | None
    for_owner: Seat | None  # whose it is, where that one is away and the reader only stands in
    asked: str  # of whom the answer is asked, where that is not the reader alone
    title: str  # empty where it is not to be named
    kind: Kind
    is_new: bool
    is_action: bool
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
        new = "new to you" if self.is_new and self.kind not in NEW else ""
        return ", ".join(filter(None, [new, self.asked]))

    @property
    def said(self) -> str:
        """The kind in words, within a sentence."""
        return "new to them" if self.for_owner and self.kind == Kind.ASSIGNED else self.kind.label.lower()


def mail(message: Message, reminders: Sequence[Reminder], *, policy: Policy) -> EmailMessage:
    """What goes out now. `reminders` are those still called for, `with_restricted`; at least one."""
    board = policy.board
    lines = _lines(policy, message.seat, reminders)
    body = render_to_string(
        "notifications/reminder.txt",
        {
            "name": one_line(message.seat.name),
            "board": one_line(board.name),
            "sections": _sections(lines),
            "these": _these(lines),
            "actions": any(line.is_action for line in lines),
            "answers": any(not line.is_action for line in lines),
            "because": _because(lines),
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


def _lines(policy: Policy, reader: Seat, reminders: Sequence[Reminder]) -> list[Line]:
    found: dict[Any, list[Reminder]] = {}
    for one in reminders:
        if one.reference:
            found.setdefault((one.action_id, one.response_id, one.asked_id, one.for_owner_id), []).append(one)
    order = sorted(found, key=lambda key: (found[key][0].due or date.max, *(pk or 0 for pk in key)))
    return [_line(policy, reader, found[key]) for key in order]


def _line(policy: Policy, reader: Seat, reasons: Sequence[Reminder]) -> Line:
    """Of reasons that are all about one thing."""
    one = reasons[0]
    kinds = {reminder.kind for reminder in reasons}
    named = policy.titles_in_mail and not any(reminder.restricted for reminder in reasons)
    return Line(
        reference=one_line(one.reference[:1].upper() + one.reference[1:]),
        due_on=one.due,
        look_again_on=one.action.look_again_on if one.action else None,
        for_owner=one.for_owner,
        asked=_asked(one, reader),
        title=shorten(one_line(one.words), LONGEST, placeholder="…") if named else "",
        kind=next(kind for kind in MOST_URGENT_FIRST if kind in kinds),
        is_new=not kinds.isdisjoint(NEW),
        is_action=one.action is not None,
        url=f"{settings.SITE_URL}/{policy.board.slug}/{one.path}",
    )


def _asked(one: Reminder, reader: Seat) -> str:
    """Of whom it is asked; where the reader does not lead that agency, nobody does."""
    agency = one.response.agency if one.response else one.asked and one.asked.agency
    if agency:
        led = reader.is_lead and reader.agency_id == agency.pk
        return f"asked of {one_line(agency.name)}{'' if led else ', which has no lead'}"
    if one.asked and one.asked.office:
        return "asked of the board office"
    return f"asked of {one_line(one.asked.name)}" if one.asked and one.asked.subgroup else ""


def _these(lines: Sequence[Line]) -> str:
    kinds = {line.is_action for line in lines}
    if len(kinds) == 2:
        return "these actions and answers"
    thing = "action" if True in kinds else "answer"
    return f"this {thing}" if len(lines) == 1 else f"these {thing}s"


def _because(lines: Sequence[Line]) -> str:
    """Why this reader gets it, within a sentence."""
    actions = [line for line in lines if line.is_action]
    found = []
    if any(not line.for_owner for line in actions):
        found += [f"you own {_these(actions)}", "something was written down in your name"]
    if len(actions) < len(lines):
        found.append("an answer is asked of you or of those for whom you answer")
    if any(line.for_owner for line in lines):
        found.append("you stand in for an owner who is away")
    if len(found) > 1:
        return f"{', '.join(found[:-1])}, or {found[-1]}"
    return found[0] if found else "the board's manager gave this address"


def invitation_url(seat: Seat) -> str:
    """Made now and kept nowhere; empty for who has taken up their seat."""
    return "" if seat.user_id else f"{settings.SITE_URL}/invitation/{invitation.token(seat)}/"


def subject(board: Board, lines: Sequence[Line], *, invited: bool = False) -> str:
    """The board, and one thing by its reference or several by their number. At most 200 characters."""
    if invited:
        said = "you are invited to its action tracker"
    elif len(lines) == 1:
        away = ", its owner is away" if lines[0].for_owner else ""
        said = f"{lines[0].reference}: {lines[0].said}{away}"
    else:
        counted = Counter(AWAY if line.for_owner else line.said for line in lines)
        order = [*(kind.label.lower() for kind in MOST_URGENT_FIRST), AWAY]
        said = f"{_counted(lines)}: " + ", ".join(f"{counted[one]} {one}" for one in order if counted[one])
    return f"{one_line(board.name)[:100]}: {said}"


def _counted(lines: Sequence[Line]) -> str:
    actions = sum(line.is_action for line in lines)
    counts = {"action": actions, "answer": len(lines) - actions}
    return " and ".join(f"{count} {one}{'s' if count > 1 else ''}" for one, count in counts.items() if count)


def one_line(text: str) -> str:
    """A person's words made safe for a header: one line, nothing that a mail reader would decode."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).replace("=?", "= ?").strip()
