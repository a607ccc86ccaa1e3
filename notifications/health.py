"""Does the engine still run? Asked by a monitor, so it needs no sign-in and tells no secrets."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from notifications.models import Heartbeat

SILENT = timedelta(minutes=10)


def is_silent(last: datetime | None, now: datetime) -> bool:
    """`last`: when it last finished a round."""
    return last is None or now - last >= SILENT


@login_not_required
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """200 "ok" while the engine finishes its rounds, else 503 and since when it has not."""
    last = Heartbeat.last()
    if not is_silent(last, timezone.now()):
        return HttpResponse("ok", content_type="text/plain")
    since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "yet"
    return HttpResponse(
        f"The reminder engine has not finished a round {since}.", content_type="text/plain", status=503
    )
