"""A board begins: its name, its kinds of source, and the first manager. It makes no agency and no plan."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from actions import boards, trail
from actions.models import Board, BoardHead, Seat, User
from actions.refusals import Invalid
from actions.trail import Entry


def is_first() -> bool:
    """Whether no board but the example stands here yet."""
    return not Board.objects.filter(example=False).exists()


def found(
    *, name: str, slug: str, division: str, manager: str, email: str, today: date, user: User | None = None
) -> Seat:
    """Returns the manager's seat; without a user it is an invitation."""
    try:
        with transaction.atomic():
            board = Board.objects.create(name=name.strip(), slug=slug, division=division)
            BoardHead.objects.create(board=board)
            boards.default_kinds(board)
            seat = Seat.objects.create(
                board=board,
                user=user,
                name=manager.strip(),
                email=email.strip().lower(),
                is_manager=True,
                invited_at=None if user else timezone.now(),
            )
            entries = [Entry("found", seat if user else None, today, seat=seat)]
            trail.append(board, entries if user else [*entries, Entry("invite", None, today, seat=seat)])
    except IntegrityError:
        raise Invalid(
            f"There is a board at “{slug}” already. Choose another short name.", field="slug"
        ) from None
    return seat
