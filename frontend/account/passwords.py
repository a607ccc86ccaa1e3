"""Refuses passwords known from breaches, asking Have I Been Pwned by the first five characters of a hash.

The password never leaves this machine. Where the list cannot be reached, nobody is kept out: Django's list of common
passwords has been asked already, and the log says that the other was not.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ValidationError

log = logging.getLogger(__name__)
PATIENCE = 2  # seconds
WORDS = "This password is on a list of stolen passwords. Choose another one."


class NotBreached:
    def validate(self, password: str, user: Any = None) -> None:
        if settings.PASSWORD_BREACH_URL and is_breached(password):
            raise ValidationError(WORDS, code="password_breached")

    def get_help_text(self) -> str:
        return "Not one that is known from a data breach."


def is_breached(password: str) -> bool:
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        known = hashes_like(digest[:5])
    except (URLError, OSError, ValueError) as fault:
        log.warning("The list of breached passwords could not be asked: %s", fault)
        return False
    return digest[5:] in known


def hashes_like(start: str) -> set[str]:
    """The rest of each hash in the list that begins so. Padding lines have a count of 0."""
    asked = Request(f"{settings.PASSWORD_BREACH_URL}{start}", headers={"Add-Padding": "true"})
    with urlopen(asked, timeout=PATIENCE) as answer:
        lines = answer.read(1_000_000).decode("ascii").split()
    return {rest for rest, _, count in (line.partition(":") for line in lines) if int(count) > 0}
