"""Sign-in rules that are ours. Accounts come by invitation from a board: nobody signs up, nobody changes their address.

Also the addresses of sign-in: those of allauth that we want.
"""

from typing import Any

from allauth.account import urls
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontend.views import errors

NOT_OURS = {
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_set_password",
}

urlpatterns = [pattern for pattern in urls.urlpatterns if pattern.name not in NOT_OURS]


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: Any) -> str:
        return f"Action tracker: {' '.join(str(subject).split())}"


class SignInRequired(LoginRequiredMiddleware):
    """Everything is behind sign-in. A part of a page that htmx asks for gets words, not a page in the page."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            return errors.signed_out(request)
        return super().handle_no_permission(request, view_func)
