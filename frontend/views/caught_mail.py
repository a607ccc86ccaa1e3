"""Mail that was caught instead of sent, to be read on this machine. Not there at all on a real installation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PAGE_SIZE = 25
BETWEEN = re.compile(rb"^-{79}\r?\n", re.MULTILINE)  # how Django's file backend parts the mails of a file
LINK = re.compile(r"(https?://[^\s<>\"']+)")
TRAILING = ".,;:!?)"

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Caught:
    """One mail: in which file it is, at which place from 0, and its bytes, which are read when they are needed."""

    file: str
    place: int
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)  # type: ignore[arg-type, return-value]

    @property
    def headers(self) -> dict[str, Any]:
        mail = self.mail
        return {
            "subject": str(mail["Subject"] or "(no subject)"),
            "to": str(mail["To"] or ""),
            "sender": str(mail["From"] or ""),
            "at": _instant(mail["Date"]),
        }

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The text as pieces (words, address): an address only where it leads into this installation."""
        body = self.mail.get_body(preferencelist=("plain",))
        return [piece for words in LINK.split(_text(body)) for piece in _piece(words)]


def only_where_mail_is_caught(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        if not settings.DEBUG or settings.EMAIL_URL:
            raise Http404("Mail is sent here, not caught")
        return view(request, **named)

    return guarded


# Without signing in, since the code to sign in with is itself a mail: nobody could ever read the first one. That is
# safe only because these pages are not there unless DEBUG is on and no mail service is set.
@login_not_required
@require_safe
@only_where_mail_is_caught
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(caught(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "frontend/caught_mail/index.html", {"page": page})


@login_not_required  # see above
@require_safe
@only_where_mail_is_caught
def show(request: HttpRequest, file: str, place: int) -> HttpResponse:
    found = next((mail for mail in caught() if (mail.file, mail.place) == (file, place)), None)
    if found is None:  # a name is only ever compared with those that are there, so none leads elsewhere
        raise Http404("No such mail")
    return render(request, "frontend/caught_mail/show.html", {"caught": found})


def caught() -> list[Caught]:
    """The newest first. A file holds the mails of one connection, the last written last."""
    found = []
    for path in sorted(Path(settings.CAUGHT_MAIL).glob("*.log"), key=_age, reverse=True):
        raws = [raw for raw in BETWEEN.split(path.read_bytes()) if raw.strip()]
        found += [Caught(path.name, place, raw) for place, raw in reversed(list(enumerate(raws)))]
    return found


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _instant(header: Any) -> Any:
    try:
        return parsedate_to_datetime(str(header))
    except ValueError:
        return None


def _text(body: Any) -> str:
    if body is None:
        return "(This mail has no plain text.)"
    return str(body.get_content())


def _piece(words: str) -> list[tuple[str, str]]:
    if not LINK.fullmatch(words):
        return [(words, "")]
    link = words.rstrip(TRAILING)
    rest = words[len(link) :]
    ours = link == settings.SITE_URL or link.startswith(f"{settings.SITE_URL}/")
    return [(link, link if ours else ""), (rest, "")]
