"""The address that sets up the first board: told on the console alone, for as long as there is no board."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from actions import founding

SALT = "first-board"
LASTS = timedelta(days=7)


def address() -> str:
    return settings.SITE_URL + reverse("first_board", args=[signing.dumps("first", salt=SALT)])


def opens(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return founding.is_first()
