"""One kept connection to the mail service, and what its answers mean. It knows mails, no rows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, mailers


class Fate(Enum):
    SENT = "accepted by the mail service"
    REFUSED = "surely not accepted; worth another try"
    BOUNCED = "the address was refused for good"
    IN_DOUBT = "the connection ended before the answer came"
    HOPELESS = "cannot be sent as it is"


@dataclass(frozen=True)
class Outcome:
    fate: Fate
    reason: str = ""


class Connection:
    """Opened before anything is claimed. After a failure it is not used again: its next answer could belong to
    the mail before."""

    def __init__(self) -> None:
        """Raises OSError or SMTPException when the service cannot be reached."""
        self.backend: Any = mailers["default"]
        self.backend.open()
        self.usable = True

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        with suppress(OSError, SMTPException):
            self.backend.close()

    def hand_over(self, mail: EmailMessage) -> Outcome:
        """Sends one mail. Raises nothing: what cannot be understood is in doubt, and so is shown to a person."""
        try:
            accepted = self.backend.send_messages([mail])
        except Exception as error:
            self.usable = False
            return _meaning(error)
        if accepted:
            return Outcome(Fate.SENT)
        return Outcome(Fate.REFUSED, "The mail service took no mail and gave no reason.")


def _meaning(error: Exception) -> Outcome:
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return Outcome(Fate.BOUNCED if code >= 500 else Fate.REFUSED, said(f"{code} {_text(words)}"))
    if isinstance(error, SMTPServerDisconnected):
        return Outcome(Fate.IN_DOUBT, said(f"The connection broke while it was handed over: {error}"))
    if isinstance(error, SMTPResponseException):
        return Outcome(Fate.REFUSED, said(f"{error.smtp_code} {_text(error.smtp_error)}"))
    if isinstance(error, SMTPException):
        return Outcome(Fate.REFUSED, said(str(error)))
    return Outcome(Fate.IN_DOUBT, said(f"{type(error).__name__}: {error}"))


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def said(words: str) -> str:
    """What a service said, kept short and on one line."""
    return " ".join(words.split())[:300]
