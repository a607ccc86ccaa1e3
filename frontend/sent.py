"""What came with a request, read so that nothing that is sent breaks a page."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def whole(sent: str) -> int:
    """A number as a form or an address sends it; 0, which nothing has, for anything else."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing where its page is only looked at."""
    return request.POST if request.method == "POST" else None
