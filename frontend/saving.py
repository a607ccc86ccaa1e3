"""What becomes of a form that was sent: its verb saves it, or says no, and then it says so at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.refusals import Changed, Invalid, NotAllowed, Refused

STATUS: dict[type[Refused], int] = {Invalid: 422, Changed: 409, NotAllowed: 403}


def saved(form: Any, save: Callable[[], object] | None = None) -> int:
    """200 where it is; else the answer's status, with what to do told at its place in the form."""
    if not form.is_valid():
        return 422
    try:
        (save or form.save)()
    except Refused as refusal:
        return refused(form, refusal)
    return 200


def refused(form: Any, refusal: Refused) -> int:
    """The verb's own words at the field that they are about, where the form has it; and the answer's status."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return STATUS[type(refusal)]


def seen_now(form: Any, name: str, value: object) -> None:
    """What was typed stays, and can be saved over what stands now: the field `name` says what was seen."""
    form.data = form.data.copy()
    form.data[name] = str(value)
