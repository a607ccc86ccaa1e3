"""The file of some evidence, handed out: to whom it is open, whole or not at all, and only ever to be kept."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from actions import access
from actions.attachment import attached
from actions.models import Action, Evidence, Seat

GONE = (
    "This file is not where it was kept, or no longer as it came. Nothing you did caused it: tell the board manager, "
    "who can ask for it again or have it brought back from a copy."
)


def open_to(seat: Seat, action: int, pk: int) -> Evidence:
    """By the number of its action. 404 where there is none, and where there is one that is not open to this seat."""
    actions = Action.objects.visible_to(seat).prefetch_related("contributors")
    found = get_object_or_404(actions, number=action)
    if not access.opens_files(seat, found):
        raise Http404("No such file")
    return get_object_or_404(found.evidence.exclude(file=""), pk=pk)


def whole(one: Evidence) -> bytes | None:
    """Its bytes as they came; None where they are gone or are not the same."""
    try:
        with one.file.open() as kept:
            data: bytes = kept.read()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == one.sha256 else None


def attachment(one: Evidence, data: bytes) -> HttpResponse:
    assert one.type
    return attached(data, type=one.type.mime, name=one.file_name)
