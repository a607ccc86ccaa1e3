"""Questions and requests with a day for the answer: put to several at once, each answers apart, who asked closes it.

It moves no action: the line stands beside it, in its trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from actions import access, on_behalf, trail
from actions.access import Behalf
from actions.models import Action, Agency, Asked, Challenge, Commitment, Priority, Seat, Subgroup
from actions.models.people import chairing
from actions.refusals import Changed, Invalid
from actions.trail import Entry

About = Action | Commitment | Priority
Whom = Seat | Subgroup | Agency | None  # None is the board office
LONGEST = 4000  # characters


@transaction.atomic
def challenge(
    words: str, *, whom: Sequence[Whom], due_on: date, by: Seat, today: date, about: About | None = None
) -> Challenge:
    """Asks each of `whom`. Invalid where nobody is asked, the day has passed, or somebody asked may not read what it
    is about. Asked for the same once more, it gives what stands: a form sent twice asks once."""
    access.check(by, "challenge")
    words = _said(words, "Say what you ask.")
    _refuse_unfit(whom, due_on, by, today, about)
    trail.lock_head(by.board)
    made = Challenge(board=by.board, words=words, by=by, asked_on=today, due_on=due_on)
    if about is not None:
        setattr(made, about._meta.model_name or "", about)
    if (same := _same(made, whom)) is not None:
        return same
    made.save()
    Asked.objects.bulk_create(Asked(board=by.board, challenge=made, **_place(one)) for one in whom)
    _refuse_closed(made, by)
    _append(made, "challenge", by, today, words, {"asked": [one.name for one in made.asked.all()]})
    return made


@transaction.atomic
def answer(asked: Asked, *, words: str, by: Seat, today: date, behalf: Behalf | None = None) -> Asked:
    """The answer of one of those asked; it stands once, and the others still answer. `behalf`: whose it is, where the
    manager writes it down."""
    on_behalf.check(by, "answer_challenge", asked, today, behalf)
    words = _said(words, "Say what the answer is.")
    trail.lock_head(by.board)
    now = Asked.objects.select_related("challenge").get(pk=asked.pk)
    if now.challenge.closed_on:
        raise Changed("It was closed meanwhile. What you wrote is still here.")
    if now.answered_on:
        if now.words == words:
            return now
        raise Changed(f"{now.name} answered meanwhile. What you wrote is still here: look at what stands.")
    now.words, now.answered_by = words, behalf.of if behalf else by
    now.answered_on = behalf.said_on if behalf else today
    now.save(update_fields=["words", "answered_on", "answered_by"])
    detail = {"asked": now.pk, "for": now.name}
    _append(now.challenge, "answer_challenge", by, today, words, detail, behalf)
    return now


@transaction.atomic
def close(one: Challenge, *, words: str, by: Seat, today: date) -> Challenge:
    """Who asked is content, or it has gone by. Who has not answered need not any more; so why is said."""
    access.check(by, "close_challenge", one)
    trail.lock_head(by.board)
    now = Challenge.objects.get(pk=one.pk)
    if now.closed_on:
        if now.closed_words == words.strip():
            return now
        raise Changed("It was closed meanwhile. What you wrote is still here.")
    if now.asked.filter(answered_on__isnull=True).exists():
        words = _said(words, "Not everybody has answered. Say why it is closed all the same.")
    now.closed_on, now.closed_words = today, words.strip()
    now.save(update_fields=["closed_on", "closed_words"])
    _append(now, "close_challenge", by, today, now.closed_words)
    return now


def _said(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise Invalid(missing, field="words")
    if len(words) > LONGEST:
        raise Invalid(f"Keep it within {LONGEST} characters.", field="words")
    return words


def _refuse_unfit(whom: Sequence[Whom], due_on: date, by: Seat, today: date, about: About | None) -> None:
    if not whom:
        raise Invalid("Say who is asked.", field="whom")
    if due_on < today:
        raise Invalid("Choose today or a later day.", field="due_on")
    for one in (*whom, about):
        if one is not None and one.board_id != by.board_id:
            raise Invalid("Choose from what this board has.", field="whom")
    if left := next((one for one in whom if isinstance(one, Seat) and one.left_on), None):
        raise Invalid(f"{left.name} has left the board. Ask whoever came after.", field="whom")


def _refuse_closed(made: Challenge, by: Seat) -> None:
    """Nobody is asked about what they may not read: the question itself would tell it."""
    if made.action is None and made.commitment is None:
        return
    for one in made.asked.with_names():
        readers = list(_answering(one))
        if readers and not any(
            Challenge.objects.visible_to(seat).filter(pk=made.pk).exists() for seat in readers
        ):
            raise Invalid(f"{one.name} may not read what this is about, so cannot be asked.", field="whom")


def _answering(one: Asked) -> QuerySet[Seat]:
    """Those who may answer, as `access` says it of one seat."""
    here = Seat.objects.active().filter(board=one.board_id)
    if one.office:
        return here.filter(is_manager=True)
    if one.agency_id:
        return here.filter(is_lead=True, agency=one.agency_id)
    if one.subgroup_id:
        return here.filter(is_independent_chair=True) if one.unchaired else chairing(one.subgroup_id)
    return here.filter(pk=one.seat_id)


def _place(one: Whom) -> dict[str, Any]:
    return {"office": True} if one is None else {one._meta.model_name or "": one}


def _same(made: Challenge, whom: Sequence[Whom]) -> Challenge | None:
    """The same words, about the same, to the same: put to others, it is another question."""
    standing = Challenge.objects.open().filter(board=made.board_id, by=made.by_id, asked_on=made.asked_on)
    about = {name: getattr(made, name) for name in ("words", "due_on", "action", "commitment", "priority")}
    asked = {_key(Asked(**_place(one))) for one in whom}
    there = standing.filter(**about).prefetch_related("asked")
    return next((one for one in there if {_key(each) for each in one.asked.all()} == asked), None)


def _key(asked: Asked) -> tuple[Any, ...]:
    return asked.seat_id, asked.subgroup_id, asked.agency_id, asked.office


def _append(
    one: Challenge,
    verb: str,
    by: Seat,
    today: date,
    words: str,
    detail: dict[str, Any] | None = None,
    behalf: Behalf | None = None,
) -> None:
    entry = Entry(
        verb,
        by,
        behalf.said_on if behalf else today,
        action=one.action,
        commitment=one.commitment,
        source=one.commitment.source if one.commitment else None,
        words=words,
        detail={"challenge": one.pk} | (detail or {}),
    )
    trail.append(by.board, [entry.for_another(behalf)])
