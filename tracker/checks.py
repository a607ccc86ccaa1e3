"""What must not be forgotten before a board's work is put here; each says what to set."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

GUARD = "frontend.account.middleware.SignInRequired"
ANY_TENANT = {"common", "organizations", "consumers"}


@register(Tags.security)
def keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG:
        return []
    found: list[CheckMessage] = []
    if settings.EXAMPLE_KEY in (settings.SECRET_KEY, settings.AUDIT_KEY):
        found.append(Error("SECRET_KEY or AUDIT_KEY is the example's.", id="tracker.E001"))
    if settings.SECRET_KEY == settings.AUDIT_KEY:
        found.append(Error("SECRET_KEY and AUDIT_KEY are equal. Set two different ones.", id="tracker.E002"))
    if len(settings.AUDIT_KEY) < 32:
        found.append(Error("AUDIT_KEY is shorter than 32 characters.", id="tracker.E003"))
    return found


@register(Tags.security)
def second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    there = (
        "allauth.mfa" in settings.INSTALLED_APPS
        and GUARD in settings.MIDDLEWARE
        and settings.ACCOUNT_ADAPTER == "frontend.account.adapter.Adapter"
        and {"totp", "webauthn"} <= set(settings.MFA_SUPPORTED_TYPES)
    )
    if there:
        return []
    return [
        Error(
            "The second factor is switched off. Put back allauth.mfa, its types, the guard.",
            id="tracker.E004",
        )
    ]


@register(Tags.security)
def single_sign_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for one in settings.SSO_PROVIDERS:
        address = urlsplit(one["issuer"])
        if address.scheme != "https" and not settings.DEBUG:
            found.append(Error(f"SSO_PROVIDERS {one['id']}: the issuer must be https.", id="tracker.E005"))
        if ANY_TENANT & set(address.path.split("/")):
            words = "name your own tenant; this issuer lets in people of any organisation."
            found.append(Error(f"SSO_PROVIDERS {one['id']}: {words}", id="tracker.E006"))
        if not one["domains"]:
            words = "`domains` is empty: say whose addresses it vouches for."
            found.append(Error(f"SSO_PROVIDERS {one['id']}: {words}", id="tracker.E007"))
    return found


@register(Tags.security)
def webhooks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A mail service that may call us must prove who it is."""
    mail = getattr(settings, "ANYMAIL", {})
    if not getattr(settings, "MAIL_WEBHOOK", "") or mail.get("WEBHOOK_SECRET"):
        return []
    return [Error("A mail webhook is open: set its secret.", id="tracker.E008")]


@register(Tags.security)
def time_outs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if 300 <= settings.SESSION_IDLE_SECONDS <= settings.SESSION_LONGEST_SECONDS <= 24 * 3600:
        return []
    words = (
        "SESSION_IDLE_MINUTES must be 5 or more, SESSION_LONGEST_HOURS at most 24 and the longer of the two."
    )
    return [Error(words, id="tracker.E009")]
