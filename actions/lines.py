"""Actions as lines of a list, whoever reads it: what each answers, its colour in the board's words, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.because import explain
from actions.models import Action, Answer, Seat
from actions.models.source import commitment_reference, neutral_reference


def told(actions: Iterable[Action], seat: Seat) -> list[Any]:
    """The same actions, each with the commitments it answers as `answered`, in one query for all of them; and how
    the board shows where it stands, and why."""
    found = list(actions)
    scheme, calendar = seat.board.scheme, seat.calendar(seat.board.today)
    of: dict[int, list[dict[str, Any]]] = {action.pk: [] for action in found}
    answers = Answer.objects.filter(action__in=of).order_by("pk")
    for row in answers.values_list(
        "action_id",
        "commitment_id",
        "commitment__number",
        "commitment__printed_number",
        "commitment__source__short_title",
        "commitment__agency__short_name",
        "commitment__source__restricted",
        "commitment__source__number",
        "commitment__kind",
    ):
        action_id, pk, number, printed, title, agency, restricted, source, kind = row
        reference = (
            neutral_reference(source, kind, printed, number)
            if restricted
            else commitment_reference(title, printed, number, agency)
        )
        of[action_id].append({"id": pk, "number": number, "reference": reference})
    for action in found:
        action.answered = of[action.pk]  # type: ignore[attr-defined]
        action.shown = scheme[action.rag]  # type: ignore[attr-defined]
        action.because = explain(action, calendar).words  # type: ignore[attr-defined]
    return found
