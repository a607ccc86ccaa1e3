"""The file of some evidence: asked for anew each time, and never shown in the browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actions import evidence
from frontend.context import BoardRequest
from frontend.views import errors

GONE = errors.Words(
    "The file is missing", evidence.GONE, "What was said of it still stands on the action’s page."
)


@require_safe
def file(request: BoardRequest, board: str, number: int, pk: int) -> HttpResponse:
    one = evidence.open_to(request.seat, number, pk)
    data = evidence.whole(one)
    return errors.answer(request, GONE, 410) if data is None else evidence.attachment(one, data)
