"""Somebody arrives with a link that was sent to them alone: that counts as the code by mail does, and no more."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from actions.models import User


def sign_in(request: HttpRequest, user: User, *, to: str) -> HttpResponse:
    """By the steps of every sign-in: those who need a factor of their own are led to setting one up first."""
    if request.user.is_authenticated:
        logout(request)  # whoever was here before
    record_authentication(request, user, method="code", email=user.email)
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=to))
    return answer
