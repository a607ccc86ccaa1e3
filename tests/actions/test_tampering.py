"""Many ways to change the trail behind the tracker's back: each is named by line, and redaction is not.

`make promises` tries a thousand and prints how many of which kind.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import models, transaction

from actions import audit, progress, redaction, triggers
from actions.models import BoardHead, Event
from tests.factories import TODAY, World, action, world
from tests.sizes import tried

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.promise]

TRIES, REDACTIONS = tried(1000, each_run=250), tried(100, each_run=30)
COLUMNS = [f for f in Event._meta.concrete_fields if f.name != "id"]  # the row's own key says nothing
HEX = "0123456789abcdef"


class Undo(Exception):
    """Takes back one tampering."""


@pytest.fixture
def w() -> Iterator[World]:
    """Seventeen lines about two actions, one of them without its words. The intruder lifts the triggers first."""
    w = world()
    world("mercia")
    for title in ("Brief the sergeants", "Publish the protocol"):
        a = action(w, title=title)
        progress.start(a, by=w.alice, version=1, today=TODAY)
        for n in range(4):
            progress.update(
                a, confidence="at_risk", words=f"Week {n}", by=w.alice, version=n + 2, today=TODAY
            )
        progress.finish(a, words="All done", done_on=TODAY, by=w.alice, version=6, today=TODAY)
    progress.send_back(a, reason="No list", due_on=a.due_on, by=w.bob, version=7, today=TODAY)
    progress.attach(a, words="A list", by=w.alice, version=8, today=TODAY)
    redaction.line(Event.objects.get(seq=4), by=w.mo, reason="Named the adult", today=TODAY)
    triggers.remove()
    yield w
    triggers.install()


def lines(w: World) -> models.QuerySet[Event]:
    return Event.objects.filter(board=w.board).order_by("seq")


def other_value(column: Any, now: Any, dice: Random) -> Any:
    """Something else that the column takes."""
    if isinstance(column, models.ForeignKey):
        ids = set(column.related_model.objects.values_list("pk", flat=True)) | (
            {None} if column.null else set()
        )
        return dice.choice(sorted(ids - {now}, key=str) or [now])
    if isinstance(column, models.DateTimeField):
        return now + timedelta(microseconds=dice.randint(1, 10**9))
    if isinstance(column, models.DateField):
        return (now or TODAY) + timedelta(days=dice.randint(1, 400))
    if isinstance(column, models.PositiveBigIntegerField):
        return now + dice.randint(100, 1000)
    if isinstance(column, models.JSONField):
        return dice.choice([{**now, "seen": dice.random()}, {"from": "2020-01-01"}])
    if now and dice.random() < 0.5:  # one letter more or less is enough
        return now[:-1]
    return "".join(dice.choices(HEX, k=12)) if column.null else f"{now}x"[-column.max_length :]


def edit(w: World, dice: Random) -> int:
    """Any column of any line. The line must be named, or missed where it was."""
    column, line = dice.choice(COLUMNS), dice.choice(list(lines(w)))
    now = getattr(line, column.attname)
    value = other_value(column, now, dice)
    if value == now:  # there is nothing else that this one takes: another column
        return edit(w, dice)
    Event.objects.filter(pk=line.pk).update(**{column.attname: value})
    return line.seq


def empty(w: World, dice: Random) -> int:
    """The words of a line taken, as the trigger allows, past the verb that says who took them."""
    line = dice.choice(list(lines(w).filter(words__isnull=False)))
    Event.objects.filter(pk=line.pk).update(words=None, salt=None)
    return line.seq


def delete(w: World, dice: Random) -> int:
    line = dice.choice(list(lines(w)))
    Event.objects.filter(pk=line.pk).delete()
    return line.seq


def insert(w: World, dice: Random) -> int:
    """A copy of a line at the end, or in a place made for it; in its own place the second of the two is named."""
    copy, count = dice.choice(list(lines(w))), lines(w).count()
    place = dice.randint(1, count + 1)
    for later in lines(w).filter(seq__gte=place).reverse():
        Event.objects.filter(pk=later.pk).update(seq=later.seq + 1)
    named = place + 1 if copy.seq == place else place
    copy.pk, copy.seq = None, place
    copy.save(force_insert=True)
    if dice.random() < 0.5:
        BoardHead.objects.filter(board=w.board).update(seq=count + 1, hash=lines(w).last().hash)
    return named


def cut(w: World, dice: Random) -> int:
    """The end; half of the times the head is moved back to what is left, as far as one can without the key."""
    first = dice.randint(2, lines(w).count())
    lines(w).filter(seq__gte=first).delete()
    if dice.random() < 0.5:
        return first
    left = lines(w).last()
    BoardHead.objects.filter(board=w.board).update(
        seq=left.seq, hash=dice.choice([left.hash, left.prev_hash])
    )
    return left.seq


def swap(w: World, dice: Random) -> int:
    one, other = dice.sample(list(lines(w)), 2)
    Event.objects.filter(pk=one.pk).update(seq=10_000)
    Event.objects.filter(pk=other.pk).update(seq=one.seq)
    Event.objects.filter(pk=one.pk).update(seq=other.seq)
    return one.seq


def head(w: World, dice: Random) -> int:
    """The end of the trail moved, sealed with something else, or both."""
    end = lines(w).last()
    seq = dice.choice([end.seq, end.seq + 1, end.seq + 50, end.seq - 1, 0])
    hashes = ["", end.hash, end.prev_hash, "".join(dice.choices(HEX, k=64))]
    BoardHead.objects.filter(board=w.board).update(seq=seq, hash=dice.choice(hashes))
    return max(seq + 1, 1) if seq < end.seq else min(seq, end.seq + 1)


KINDS: list[Callable[[World, Random], int]] = [edit, edit, edit, empty, delete, insert, cut, swap, head]


def tampered(w: World, kind: Callable[[World, Random], int], dice: Random) -> tuple[int, list[audit.Fault]]:
    """Where it was done, and what is found. Afterwards all is as before."""
    try:
        with transaction.atomic():
            place = kind(w, dice)
            found = audit.verify(w.board)
            raise Undo
    except Undo:
        return place, found


@pytest.mark.slow
def test_all_tamperings_are_named(w: World) -> None:
    dice, tried, missed = Random(24), Counter[str](), []

    for n in range(TRIES):
        kind = dice.choice(KINDS)
        place, found = tampered(w, kind, dice)
        tried[kind.__name__] += 1
        if place not in {fault.seq for fault in found}:
            missed.append((n, kind.__name__, place, [str(fault) for fault in found]))

    print(f"\n{TRIES} tamperings, {TRIES - len(missed)} named: {dict(tried)}")
    assert missed == []
    assert audit.verify(w.board) == []


@pytest.mark.slow
def test_redaction_is_never_named(w: World) -> None:
    dice, named = Random(24), []

    def redact(w: World, dice: Random) -> int:
        chosen = dice.choice(list(lines(w).filter(words__isnull=False).exclude(words="")))
        redaction.line(chosen, by=w.mo, reason="Named the adult", today=TODAY)
        return chosen.seq

    for _ in range(REDACTIONS):
        place, found = tampered(w, redact, dice)
        named += [(place, str(fault)) for fault in found]

    print(f"\n{REDACTIONS} redactions, {len(named)} named")
    assert named == []
