"""A message and its reminders become the text of a mail: reference, date and link. It renders, never sends.

The words of an action stay out of it unless the board allows its titles; of a restricted source always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from actions.models import Action, Answer, Board
from notifications.models import Kind, Message, Policy, Reminder

MOST_URGENT_FIRST = (Kind.OVERDUE, Kind.DUE_TODAY, Kind.DUE_SOON, Kind.ASSIGNED)


@dataclass(frozen=True)
class Line:
    """One action in a mail, once, whatever the number of reasons."""

    action: Action
    kind: Kind
    is_new: bool
    url: str
    title: str  # empty where it stays out of the mail


def mail(message: Message, reminders: Sequence[Reminder], *, policy: Policy) -> EmailMessage:
    """What goes out now. `reminders` are those still called for, with their actions; at least one."""
    board = policy.board
    lines = _lines(policy, reminders)
    sections = [
        (kind.label, found) for kind in MOST_URGENT_FIRST if (found := [x for x in lines if x.kind == kind])
    ]
    body = render_to_string(
        "notifications/reminder.txt",
        {
            "name": one_line(message.seat.name),
            "board": one_line(board.name),
            "sections": sections,
            "one": len(lines) == 1,
            "mine": f"{settings.SITE_URL}/{board.slug}/",
        },
    )
    return EmailMessage(
        subject=subject(board, lines),
        body=body,
        to=[message.seat.email],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.dated_at.astimezone(board.tz)),
            "Auto-Submitted": "auto-generated",
        },
    )


def _lines(policy: Policy, reminders: Sequence[Reminder]) -> list[Line]:
    kinds: dict[Action, set[str]] = {}
    for reminder in reminders:
        kinds.setdefault(reminder.action, set()).add(reminder.kind)
    titled = _titled(kinds) if policy.titles_in_mail else set()
    lines = [
        Line(
            action=action,
            kind=next(kind for kind in MOST_URGENT_FIRST if kind in found),
            is_new=Kind.ASSIGNED in found,
            url=f"{settings.SITE_URL}/{policy.board.slug}/actions/{action.reference}/",
            title=action.title if action in titled else "",
        )
        for action, found in kinds.items()
    ]
    return sorted(lines, key=lambda line: (line.action.due_on or date.max, line.action.pk))


def _titled(actions: Iterable[Action]) -> set[Action]:
    """Those that answer no restricted source: of an unpublished review a mail carries no word, whatever the policy."""
    found = set(actions)
    answers = Answer.objects.filter(action__in=found, source__restricted=True)
    restricted = set(answers.values_list("action_id", flat=True))
    return {action for action in found if action.pk not in restricted}


def subject(board: Board, lines: Sequence[Line]) -> str:
    """The board, and one action by its reference or several by their number. At most 200 characters."""
    if len(lines) == 1:
        said = f"{lines[0].action.reference}: {lines[0].kind.label.lower()}"
    else:
        counted = [(kind, sum(line.kind == kind for line in lines)) for kind in MOST_URGENT_FIRST]
        parts = ", ".join(f"{count} {kind.label.lower()}" for kind, count in counted if count)
        said = f"{len(lines)} actions: {parts}"
    return f"{one_line(board.name)[:100]}: {said}"


def one_line(text: str) -> str:
    """A person's words made safe for a header: one line, nothing that a mail reader would decode."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).replace("=?", "= ?").strip()
