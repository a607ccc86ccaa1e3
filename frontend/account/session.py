"""What a session has shown and when it ends, kept in the session itself so that a request asks nothing more.

A session without this record opens no page, however it came about.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from actions.models import User
from frontend.account import policy
from frontend.account.policy import Shown

KEY = "signed_in"
LOOK_AGAIN = 60  # seconds between two writes of a session that is in use; roles are looked at again then, too
JUST_NOW = 600  # a sign-in so fresh is not asked for the password again


def begin(session: SessionBase, user: User, shown: Shown) -> None:
    now = int(time.time())
    session[KEY] = {
        "shown": shown,
        "short": shown != Shown.STRONG and policy.needs_strong(user),
        "at": now,
        "seen": now,
    }


def raise_to_strong(request: HttpRequest) -> None:
    """A factor was just set up and used: the session becomes strong, under a new key."""
    record = request.session.get(KEY)
    if record is None:
        return
    request.session[KEY] = record | {"shown": Shown.STRONG, "short": False}
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def is_signed_in(session: SessionBase) -> bool:
    return "_auth_user_id" in session


def is_short(session: SessionBase) -> bool:
    """Signed in, but without the factor that their seats ask for."""
    return bool(session.get(KEY, {}).get("short", True))


def is_fresh(session: SessionBase) -> bool:
    return time.time() - session.get(KEY, {}).get("at", 0) < JUST_NOW


def left(session: SessionBase) -> dict[str, Any]:
    """Seconds until it ends, and whether using it puts that off."""
    record, now = session.get(KEY), time.time()
    if record is None:
        return {"left": 0, "extends": False}
    idle = record["seen"] + settings.SESSION_IDLE_SECONDS - now
    whole = record["at"] + settings.SESSION_LONGEST_SECONDS - now
    return {"left": max(0, int(min(idle, whole))), "extends": whole > settings.SESSION_IDLE_SECONDS}


def touch(request: HttpRequest, *, at_once: bool = False) -> None:
    """Says that it is in use: at most once a minute, since it writes."""
    record, now = request.session[KEY], int(time.time())
    if not at_once and now - record["seen"] < LOOK_AGAIN:
        return
    short = record["shown"] != Shown.STRONG and policy.needs_strong(request.user)  # type: ignore[arg-type]
    request.session[KEY] = record | {"seen": now, "short": short}
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now(), ip=get_adapter().get_client_ip(request)
    )
