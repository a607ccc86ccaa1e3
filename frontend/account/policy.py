"""Who needs which second factor. No board can lower it; only the example board on one machine does without."""

from __future__ import annotations

from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from allauth.mfa.internal.flows.trust import is_trusted_browser
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from actions.models import Seat, User
from actions.models.people import CHAIRING

OWN_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Shown(StrEnum):
    """What a person has shown at sign-in, beyond knowing a password."""

    STRONG = "strong"  # a passkey, an authenticator app, a recovery code, or their organisation's own sign-in
    CODE = "code"  # a code sent to their work address, now or on this browser within 90 days
    EXAMPLE = "example"  # nothing: an invented person on one machine


def needs_strong(user: User) -> bool:
    """Managers and chairs of every kind, on any board; one query."""
    high = Q(is_manager=True) | Q(is_independent_chair=True) | Q(subgroup_seats__role__in=CHAIRING)
    return not is_example_person(user) and Seat.objects.active().filter(high, user=user).exists()


def is_example_person(user: User) -> bool:
    """Only where DEBUG is on and no mail leaves, and only for those who sit on invented boards and nowhere else."""
    if not settings.DEBUG or settings.EMAIL_URL:
        return False
    invented = set(Seat.objects.filter(user=user).values_list("board__example", flat=True))
    return invented == {True}


def has_own_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=OWN_FACTORS).exists()


def needs_code(request: HttpRequest, user: User) -> bool:
    """A code by mail follows a password where nothing better can: before a first passkey is set up, too."""
    if methods(request, user) & {"socialaccount", "mfa", "code"}:
        return False
    return not has_own_factor(user) and not is_example_person(user)


def may_trust(request: HttpRequest, user: User) -> bool:
    return is_trusted_browser(request, user) and not needs_strong(user)


def shown(request: HttpRequest, user: User) -> Shown | None:
    """What this sign-in has shown, from allauth's own record of its steps. None: not enough for anybody."""
    used = methods(request, user)
    if used & {"socialaccount", "mfa"}:
        return Shown.STRONG
    if "code" in used or may_trust(request, user):
        return Shown.CODE
    return Shown.EXAMPLE if is_example_person(user) else None


def methods(request: HttpRequest, user: User) -> set[str]:
    return {record["method"] for record in get_authentication_records(request, user)}
