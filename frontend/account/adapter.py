"""Our rules inside allauth's sign-in. Accounts come by invitation: nobody signs up, nobody changes their address."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage, TrustStage
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str

from actions.models import Seat
from frontend.account import policy, session

WAIT = "Too many attempts. Wait five minutes, then try again, or sign in another way."
UNKNOWN = "The address or the password is not right. Check both and try again."


class CodeStage(LoginByCodeStage):
    """A code to the address on file, never to one that was typed."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user:
            self.login.email = self.login.user.email
        return super().handle()

    def _is_trusted(self) -> bool:
        return self.login.user is not None and policy.may_trust(self.request, self.login.user)


class FactorStage(AuthenticateStage):
    """Their own passkey or app; not after single sign-on, which counts as one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is None or "socialaccount" in policy.methods(request, user):
            return False
        trusted = policy.may_trust(request, user)
        return policy.has_own_factor(user) and not did_use_passwordless_login(request, user) and not trusted


class OfferTrustStage(TrustStage):
    """Those who need a strong factor show it each time."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is None or policy.needs_strong(self.login.user):
            return None, True
        return super().handle()


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask your board manager.",
        "email_password_mismatch": UNKNOWN,
        "invalid_login": UNKNOWN,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "incorrect_code": "That code is not right, or it is too old. Check it and try again.",
        "incorrect_password": "That password is not right.",
        "enter_current_password": "That is not your password now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [f"{__name__}.{stage.__name__}" for stage in (CodeStage, FactorStage, OfferTrustStage)]

    def is_login_by_code_required(self, login: Login) -> bool:
        if login.user is None or not policy.needs_code(self.request, login.user):
            return False
        # Who has the password could else make the tracker send one mail after another, and guess at each code.
        if not ratelimit.consume(self.request, action="request_login_code", key=login.user.email):
            raise ImmediateHttpResponse(ratelimit.respond_429(self.request))
        return True

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        shown = policy.shown(request, user)
        if shown is None:
            self.logout(request)
            messages.error(request, "You were not signed in: a second step is missing. Please start again.")
            return redirect("account_login")
        session.begin(request.session, user, shown)
        return super().post_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not session.is_fresh(self.request.session)

    def format_email_subject(self, subject: Any) -> str:
        return f"Action tracker: {' '.join(str(subject).split())}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Who was invited and has no account yet is told so, at that address alone."""
        if template_prefix == "account/email/unknown_account":
            seats = Seat.objects.active().filter(email__iexact=email, user=None)
            context = context | {"invited_to": list(seats.values_list("board__name", flat=True))}
        super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, context, email=user.email)  # type: ignore[attr-defined]


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Your seat needs this: add another passkey or app first, then remove it.",
    }

    def get_totp_issuer(self) -> str:
        return "Action tracker"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Safeguarding action tracker"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=policy.OWN_FACTORS)
        return not policy.needs_strong(user) or others.exclude(pk=authenticator.pk).exists()

    # The secrets of apps and recovery codes are not readable in a stolen copy of the database.
    def encrypt(self, text: str) -> str:
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys().decrypt(encrypted_text.encode()).decode()


def keys() -> MultiFernet:
    return MultiFernet(
        [Fernet(fernet_key(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def fernet_key(secret: str | bytes) -> bytes:
    digest = salted_hmac(
        "frontend.account.factors", b"", secret=force_str(secret), algorithm="sha256"
    ).digest()
    return urlsafe_b64encode(digest)
