"""Single sign-on: an identity belongs to the user who has its address and a seat. It never makes an account.

An address counts only if the organisation that vouches for it is the one whose domain it is (`domains` of the provider
in SSO_PROVIDERS): Microsoft Entra sends no `email_verified`, and its addresses may be typed in by any tenant's owner.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from actions.models import Seat, User


class SsoAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != "login":
            refuse(request, sociallogin, "link")  # linking is done by signing in, and only so
        user = sociallogin.user if sociallogin.is_existing else user_of(request, sociallogin)
        if not user.is_active or not Seat.objects.active().filter(user=user).exists():
            refuse(request, sociallogin, "seat")
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def user_of(request: HttpRequest, sociallogin: SocialLogin) -> User:
    address = vouched_address(sociallogin)
    if not address:
        refuse(request, sociallogin, "address")
    user = User.objects.filter(email=address).first()
    if user is None:
        refuse(request, sociallogin, "seat")
    return user  # type: ignore[return-value]


def vouched_address(sociallogin: SocialLogin) -> str:
    """The address that the provider may speak for, or nothing."""
    claims = claims_of(sociallogin)
    address = str(claims.get("email") or claims.get("preferred_username") or "").strip().lower()
    domains = sociallogin.provider.app.settings["domains"]
    if claims.get("email_verified") in (False, "false") or address.rpartition("@")[2] not in domains:
        return ""
    return address


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """Of the token, and what the provider says beside it about the same person."""
    said: dict[str, Any] = sociallogin.account.extra_data
    token, beside = said.get("id_token") or {}, said.get("userinfo") or {}
    if token and beside and token.get("sub") != beside.get("sub"):
        return {}
    return {**beside, **token}


def refuse(request: HttpRequest, sociallogin: SocialLogin, why: str) -> None:
    context = {"why": why, "provider": sociallogin.provider.name, "address": address_shown(sociallogin)}
    raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", context, status=403))


def address_shown(sociallogin: SocialLogin) -> str:
    claims = claims_of(sociallogin)
    return str(claims.get("email") or claims.get("preferred_username") or "")
