"""The one hand that moves a status and appends an Event. It asks no rights: the verbs do, before they call."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.access import Behalf
from actions.models import OPEN, Action, Board, BoardHead, Commitment, Event, Seat, Source, Status
from actions.refusals import Changed

RUNNING = (Status.PLANNED, Status.STARTED)
UNASKED: dict[str, Any] = {"wanted_on": None, "wanted_since": None}  # decided, or nothing to decide any more

# From which states each verb may leave. What is not here does not move.
FROM: dict[str, tuple[Status, ...]] = {
    "plan": (Status.DRAFT,),
    "start": (Status.PLANNED,),
    "update": RUNNING,
    "confirm": RUNNING,
    "finish": RUNNING,
    "take_back": (Status.DONE,),
    "sign_off": (Status.DONE,),
    "send_back": (Status.DONE,),
    "hold": RUNNING,
    "resume": (Status.ON_HOLD,),
    "ask_for_time": OPEN,
    "not_mine": OPEN,
    "share": (Status.DRAFT, *OPEN, Status.DONE),
    "grant": OPEN,
    "refuse": OPEN,
    "reassign": (Status.DRAFT, *OPEN),
    "reschedule": OPEN,
    "attach": (*OPEN, Status.DONE, Status.SIGNED_OFF),
    "withdraw": (Status.DRAFT, *OPEN, Status.DONE),
    "restore": (Status.WITHDRAWN,),
    "review_impact": (Status.SIGNED_OFF,),
    "reopen": (Status.SIGNED_OFF,),
    "correct": tuple(Status),
}

# Where each may lead. A verb that is not here leaves the status as it is.
TO: dict[str, tuple[Status, ...]] = {
    "raise": (Status.DRAFT,),
    "plan": (Status.PLANNED,),
    "start": (Status.STARTED,),
    "update": (Status.STARTED,),
    "finish": (Status.DONE,),
    "take_back": (Status.STARTED,),
    "sign_off": (Status.SIGNED_OFF,),
    "send_back": (Status.STARTED,),
    "hold": (Status.ON_HOLD,),
    "resume": RUNNING,
    "withdraw": (Status.WITHDRAWN,),
    "restore": (Status.DRAFT, *OPEN, Status.DONE),
    "reopen": (Status.STARTED,),
}


# Lines about an action that leave it, and its version, as they are.
MEASURED = ("measure", "read_measure", "correct_measure", "correct_reading")
CHALLENGED = ("challenge", "answer_challenge", "close_challenge")
BESIDE = MEASURED + CHALLENGED


@dataclass(frozen=True)
class Entry:
    """One line to be written: the columns of an Event that a verb knows."""

    verb: str
    by: Seat | None
    on: date
    action: Action | None = None
    commitment: Commitment | None = None
    source: Source | None = None
    seat: Seat | None = None
    on_behalf_of: Seat | None = None
    words: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def for_another(self, behalf: Behalf | None) -> Entry:
        """The same, with both names, the day it was said and how."""
        if behalf is None:
            return self
        said = self.detail | {"how": behalf.how, "meeting": behalf.meeting.pk if behalf.meeting else None}
        return replace(self, on_behalf_of=behalf.of, detail=said)


def move(
    action: Action,
    to: Status | None,
    *,
    verb: str,
    by: Seat,
    version: int,
    today: date,
    words: str = "",
    detail: dict[str, Any] | None = None,
    on: date | None = None,
    behalf: Behalf | None = None,
    columns: dict[str, Any] | None = None,
    **changes: Any,
) -> Action:
    """One compare-and-set on version and status, and one Event. `to` None keeps the status.

    `version` is the one that the person saw. Changed if somebody saved first or the verb no longer fits; then
    nothing was written. Returns the action as it now stands. `columns` are changes whose names are taken here.
    """
    changes |= columns or {}
    if to is not None:
        assert to in TO[verb], f"{verb} does not lead to {to}"
        changes["status"] = to
    with transaction.atomic():
        _set(action, verb, version, changes)
        day = on or (behalf.said_on if behalf else today)
        entry = Entry(verb, by, day, action=action, words=words, detail=detail or {})
        append(by.board, [entry.for_another(behalf)])
    return action


@transaction.atomic
def mark_together(
    versions: Mapping[Action, int],
    *,
    verb: str,
    by: Seat,
    today: date,
    words: str,
    detail: dict[str, Any],
    **changes: Any,
) -> None:
    """The same said of several actions, whose statuses stay: each with the version that the person saw, all or none."""
    actions = sorted(versions, key=lambda action: action.pk)
    for action in actions:
        _set(action, verb, versions[action], changes)
    append(by.board, [Entry(verb, by, today, action=one, words=words, detail=detail) for one in actions])


def _set(action: Action, verb: str, version: int, changes: dict[str, Any]) -> None:
    """The compare-and-set. Changed where somebody saved first, or the verb does not fit."""
    there = Action.objects.filter(pk=action.pk, version=version, status__in=FROM[verb])
    if not there.update(version=F("version") + 1, **changes):
        raise _why_not(action, verb, version)
    action.refresh_from_db()


def _why_not(action: Action, verb: str, version: int) -> Changed:
    action.refresh_from_db()
    last = action.events.exclude(verb__in=BESIDE).select_related("by").first()
    if action.version != version and last is not None:
        who = last.by.name if last.by else "The tracker"
        return Changed(
            f"{who} saved {action.reference} first ({last.verb.replace('_', ' ')}). It now stands as "
            f"“{action.get_status_display()}”. Nothing of yours is lost: look at both, then save again."
        )
    possible = ", ".join(verb.replace("_", " ") for verb in FROM if _fits(action, verb))
    return Changed(
        f"{action.reference} is “{action.get_status_display()}”, so this step does not fit. "
        f"What is possible now: {possible}."
    )


def _fits(action: Action, verb: str) -> bool:
    """Whether it can be done with this action as it stands, by those who may."""
    if action.status not in FROM[verb]:
        return False
    if verb == "confirm":
        return action.continuing
    if verb in ("ask_for_time", "reschedule"):
        return not action.continuing
    return verb not in ("grant", "refuse") or action.wanted_on is not None


def lock_seats(which: Q) -> list[Seat]:
    """The seats as they now stand, held until the transaction ends: none of them changes or leaves meanwhile.

    The order of locks is seats, actions, the board's head. Their keys are not locked: every line of the trail that
    names one of them asks for its key as it is committed, with the head still in its hands.
    """
    seats = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("board")
    return list(seats.filter(which).order_by("pk"))


def lock_head(board: Board) -> BoardHead:
    """The board's head, held until the transaction ends. On SQLite the transaction itself is the lock."""
    return BoardHead.objects.select_for_update().get(board=board)


def number(board: Board, what: str, count: int = 1) -> int:
    """The first of `count` new numbers for `what` (actions, sources, commitments). Gapless within a board."""
    head = lock_head(board)
    first = getattr(head, what) + 1
    setattr(head, what, first + count - 1)
    head.save(update_fields=[what])
    return first


def append(board: Board, entries: Iterable[Entry]) -> list[Event]:
    """Writes the lines at the end of the board's trail, in one statement, chained one to the next."""
    now = timezone.now()
    head = lock_head(board)
    last = Event.objects.filter(board=board, seq=head.seq).values_list("hash", flat=True).first() or ""
    stood = head.hash == seal_end(board, head.seq, last)
    events = []
    for entry in entries:
        event = _event(board, entry, now, seq=head.seq + 1, prev_hash=last)
        head.seq, last = event.seq, event.hash
        events.append(event)
    Event.objects.bulk_create(events)
    # An end that somebody changed is never made good by a later line: it must be found.
    head.hash = seal_end(board, head.seq, last if stood else f"changed before {last}")
    head.save(update_fields=["seq", "hash"])
    return events


def seal_end(board: Board, seq: int, last_hash: str) -> str:
    """What the head keeps: a seal that no line holds, so that nobody without the key can cut the end off and
    move the head back with it."""
    if seq == 0:
        return ""
    text = f"the trail of board {board.pk} ends at {seq}: {last_hash}"
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _event(board: Board, entry: Entry, now: datetime, *, seq: int, prev_hash: str) -> Event:
    action = entry.action
    salt = secrets.token_hex(16)
    event = Event(
        board=board,
        seq=seq,
        at=now,
        on=entry.on,
        by=entry.by,
        on_behalf_of=entry.on_behalf_of,
        verb=entry.verb,
        action=action,
        commitment=entry.commitment,
        source=entry.source,
        seat=entry.seat,
        status=action.status if action else "",
        due_on=action.due_on if action else None,
        confidence=action.confidence if action else "",
        owner_id=action.owner_id if action else None,
        detail=entry.detail,
        words=entry.words,
        salt=salt,
        words_hash=hashlib.sha256((salt + entry.words).encode()).hexdigest(),
        prev_hash=prev_hash,
    )
    event.hash = seal(event)
    return event


UNSEALED = {"id", "words", "salt", "hash"}


def seal(event: Event) -> str:
    """HMAC over every column but words and salt (their hash is in it), keyed so that only the server can make it."""
    columns = {
        f.attname: _plain(getattr(event, f.attname))
        for f in Event._meta.concrete_fields
        if f.name not in UNSEALED
    }
    text = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).timestamp().hex()
    return value.isoformat() if isinstance(value, date) else value
