"""Everything is behind sign-in, with the factor that one's seats ask for, in a session that is still alive.

Also tells the browser to forget what it has when somebody signs out.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from frontend.account import policy, session
from frontend.views import errors

# What somebody who still lacks a factor may open: setting one up, and leaving.
OPEN_TO_SHORT = {
    "second_factor",
    "session",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "healthz",
    "accessibility",
    "help",
}
ENDED = "Your session ended, to keep what is here safe. Sign in, and you are back where you were."

SHOW_IT = (
    "Your seat asks for your passkey or authenticator app. Sign in with it, and you are back where you were."
)


class SignInRequired(LoginRequiredMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        """A session that has ended, that no sign-in vouches for, or whose password is no longer, is no session."""
        if not session.is_signed_in(request.session):
            return
        was_ours, over = session.KEY in request.session, not session.left(request.session)["left"]
        if over or not request.user.is_authenticated:
            logout(request)
            if was_ours:
                messages.info(request, ENDED)

    def process_view(
        self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:  # type: ignore[override]
        if not session.is_signed_in(request.session):
            return super().process_view(request, view_func, args, kwargs)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name != "session":
            session.touch(request)
        if session.is_short(request.session):
            if policy.has_own_factor(request.user):  # type: ignore[arg-type]
                # Set up elsewhere, or before they became a chair: it is shown, never stepped round with another one.
                logout(request)
                messages.info(request, SHOW_IT)
            elif name not in OPEN_TO_SHORT:
                return self.handle_short(request)
        return super().process_view(request, view_func, args, kwargs)

    def handle_short(self, request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("HX-Request") or errors.wants_json(request):
            return errors.answer(request, errors.FACTOR_MISSING, 403)
        if request.method == "GET":
            request.session["wanted"] = request.get_full_path()  # where setting one up leads on to
        return redirect("second_factor")

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """A part of a page that htmx asks for gets words, not a page in the page; words that were sent come back."""
        if request.headers.get("HX-Request"):
            return errors.signed_out(request)
        if request.method == "POST" and not errors.wants_json(request):
            return render(request, "account/ended.html", {"typed": typed(request)}, status=401)
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        if match and match.url_name == "account_logout" and request.method == "POST":
            # Not the cookies: a browser that a person trusts for 90 days stays trusted.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def typed(request: HttpRequest) -> list[str]:
    """What a person wrote in a form that came too late; never a password, a token or a choice."""
    secret = ("csrfmiddlewaretoken", "password", "code", "credential")
    return [
        value
        for name, values in request.POST.lists()
        if not any(word in name for word in secret)
        for value in values
        if " " in value.strip()
    ]
