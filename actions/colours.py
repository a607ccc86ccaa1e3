"""A board's own words, colours and rules: set by its manager, shown to everybody. No action is touched: what colour
it has is worked out each time it is asked."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, TextField
from django.db.models.functions import Cast

from actions import access, trail
from actions.models import Action, Board, Event, Seat
from actions.rag import COLOURS, DEFAULTS, LIMITS, STATES, Rules, Scheme, rag
from actions.refusals import Changed, Invalid

LONGEST = 40  # characters of a state's words: they stand in a tag and over a column
VERB = "set_colours"


def mark(board: Board) -> str:
    """A short mark of what stands now, so that a save made on older values is seen."""
    return mark_of(board.scheme)


def mark_of(scheme: Scheme) -> str:
    text = json.dumps(scheme.flat(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def set_colours(scheme: Scheme, *, by: Seat, today: date, saw: str) -> Board:
    """`saw` is the `mark` of what the person saw. Changed where somebody set others meanwhile, Invalid where a value
    does not fit. The same again writes nothing."""
    access.check(by, "keep_board")
    scheme = checked(scheme)
    trail.lock_head(by.board)
    board = Board.objects.get(pk=by.board_id)
    if mark(board) != saw:
        raise Changed(
            "Somebody changed the words and colours since you opened the page. What you chose is still here: "
            "look at what changes now, then save again."
        )
    changed = differences(board.scheme, scheme)
    if changed:
        board.colours = scheme.kept()
        board.save(update_fields=["colours"])
        trail.append(board, [trail.Entry(VERB, by, today, detail={"changed": changed})])
    by.board.colours = board.colours
    return board


def differences(before: Scheme, after: Scheme) -> dict[str, list[Any]]:
    """What changes, by name: [before, after]."""
    now = after.flat()
    return {name: [value, now[name]] for name, value in before.flat().items() if value != now[name]}


def checked(scheme: Scheme) -> Scheme:
    """The same, tidied. Raises Invalid on the first value that does not fit, naming its field."""
    flat = scheme.flat()
    seen: dict[str, str] = {}
    for key in STATES:
        words = flat[f"words_{key}"] = " ".join(str(flat[f"words_{key}"]).split())
        _check_words(words, key, seen)
        seen[words.casefold()] = key
        if flat[f"colour_{key}"] not in COLOURS:
            raise Invalid("Choose one of the colours offered.", field=f"colour_{key}")
    for name, (least, most) in LIMITS.items():
        if not least <= flat[name] <= most:
            raise Invalid(f"Give a number from {least} to {most}.", field=name)
    return Scheme.of(flat)


def _check_words(words: str, key: str, seen: dict[str, str]) -> None:
    field = f"words_{key}"
    if not words:
        begun = DEFAULTS[key].words
        raise Invalid(f"Give it words, such as “{begun}”: a colour is never shown alone.", field=field)
    if len(words) > LONGEST:
        raise Invalid(f"Keep it within {LONGEST} characters.", field=field)
    if words.casefold() in seen:
        raise Invalid(f"“{words}” stands for another state already. Choose other words.", field=field)


def moves(seat: Seat, rules: Rules, today: date) -> list[tuple[str, str, int]]:
    """How many of the board's actions go from which state to which, itself too, if it had these rules: one statement.
    Drafts and withdrawn ones have none."""
    before = seat.calendar(today)
    after = type(before)(today, before.held, before.cut_offs, rules)
    found = (
        Action.objects.on_board_of(seat)
        # As text: where nothing changes the two would be one to Django.
        .annotate(state=rag(before), then=Cast(rag(after), TextField()))
        .exclude(state="none")
        .order_by("state", "then")
        .values_list("state", "then")
        .annotate(count=Count("pk"))
    )
    return list(found)


def before_last_change(seat: Seat) -> Scheme | None:
    """What stood before the last change, to go back to; None where nothing was ever changed."""
    last = Event.objects.filter(board=seat.board_id, verb=VERB).only("detail").first()
    if last is None:
        return None
    old = {name: before for name, (before, _) in last.detail["changed"].items()}
    return Scheme.of(seat.board.scheme.flat() | old)
