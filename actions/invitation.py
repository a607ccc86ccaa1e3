"""The signed word that opens an invitation. It is made at sending, kept nowhere, and ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from actions.models import Seat

SALT = "invitation"
LASTS = timedelta(days=14)


def token(seat: Seat) -> str:
    """Bound to the seat and its last invitation: a newer one ends it, and so does taking it up."""
    return signing.dumps([seat.pk, _stamp(seat)], salt=SALT)


def _stamp(seat: Seat) -> str:
    return seat.invited_at.isoformat() if seat.invited_at else ""


@dataclass(frozen=True)
class Found:
    """What a token leads to. `open` false: it is too old, was taken up or withdrawn, or a newer one was sent."""

    seat: Seat
    open: bool

    @property
    def taken_up(self) -> bool:
        return self.seat.user_id is not None and self.seat.left_on is None


def read(given: str) -> Found | None:
    """None where the word is not ours."""
    try:
        pk, stamp = signing.loads(given, salt=SALT)
    except signing.BadSignature:
        return None
    seat = Seat.objects.select_related("board", "agency", "user").filter(pk=pk).first()
    if seat is None:
        return None
    current = seat.user_id is None and seat.left_on is None and _stamp(seat) == stamp
    return Found(seat, current and _is_fresh(given))


def _is_fresh(given: str) -> bool:
    try:
        signing.loads(given, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        return False
    return True
