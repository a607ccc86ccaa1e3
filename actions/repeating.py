"""A new source asks again for what was signed off: the work is open again, and answers the new commitment too."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from actions import access, trail
from actions.models import Action, Answer, Commitment, Seat
from actions.progress import Cause, reopen
from actions.refusals import Invalid


@transaction.atomic
def reopen_for(
    commitment: Commitment,
    action: Action,
    *,
    words: str,
    due_on: date,
    by: Seat,
    version: int,
    today: date,
    owner: Seat | None = None,
) -> Action:
    """As `reopen` with the cause "repeated"; from then on the action answers `commitment` beside what it did."""
    access.check(by, "reopen", action)
    if commitment.board_id != by.board_id or commitment.taken_back:
        raise Invalid("Choose a commitment that stands on this board.", field="commitment")
    about = {"words": words, "due_on": due_on, "version": version, "owner": owner}
    reopen(action, cause=Cause.REPEATED, by=by, today=today, **about)  # type: ignore[arg-type]
    _, new = Answer.objects.get_or_create(
        action=action, commitment=commitment, defaults={"source_id": commitment.source_id}
    )
    if new:
        trail.append(by.board, [trail.Entry("answer", by, today, action=action, commitment=commitment)])
    return action
