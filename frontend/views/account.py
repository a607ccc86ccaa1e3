"""One's own account: name, password, factors, and where one is signed in. Never anybody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import User
from frontend.account import policy, session
from frontend.forms.account import NameForm
from frontend.sent import whole


class SignedIn(HttpRequest):
    user: User  # type: ignore[assignment]


@require_safe
def show(request: SignedIn) -> HttpResponse:
    return render(request, "account/show.html", {"form": NameForm(instance=request.user)} | standing(request))


def standing(request: SignedIn) -> dict[str, Any]:
    own = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((one for one in own if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "apps": [one for one in own if one.type == Authenticator.Type.TOTP],
        "passkeys": [one for one in own if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "organisations": organisations(request.user),
        "needs_strong": policy.needs_strong(request.user),
        "sessions": alive(request.user),
        "this_session": request.session.session_key,
    }


def organisations(user: User) -> list[str]:
    """Those whose own sign-in opens this account."""
    names = {one["id"]: one["name"] for one in settings.SSO_PROVIDERS}
    linked = SocialAccount.objects.filter(user=user).values_list("provider", flat=True)
    return [names.get(provider, provider) for provider in linked]


def alive(user: User) -> list[UserSession]:
    """Where somebody could go on now without signing in, the latest used first."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    open_ones = UserSession.objects.purge_and_list(user)
    used = [one for one in open_ones if one.last_seen_at > since]
    return sorted(used, key=lambda one: one.last_seen_at, reverse=True)


@require_POST
def rename(request: SignedIn) -> HttpResponse:
    form = NameForm(request.POST, instance=request.user)
    if not form.is_valid():
        request.user.refresh_from_db()
        return render(request, "account/show.html", {"form": form} | standing(request), status=422)
    form.save()
    messages.success(request, "Your name is saved.")
    return redirect("account")


@require_POST
def end_sessions(request: SignedIn) -> HttpResponse:
    """One of one's own, or all but this one."""
    own = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    if request.POST.get("which") != "others":
        own = own.filter(pk=whole(request.POST.get("which", "")))
    ended = [one.end() for one in own]
    messages.success(
        request, "That session is ended." if len(ended) == 1 else f"{len(ended)} sessions are ended."
    )
    return redirect("account")


@require_safe
def second_factor(request: SignedIn) -> HttpResponse:
    """For those who signed in without the factor that their seats ask for: how to set one up. Nothing else opens."""
    if not session.is_short(request.session):
        return redirect("account")
    providers = [{"id": one["id"], "name": one["name"]} for one in settings.SSO_PROVIDERS]
    return render(request, "account/second_factor.html", {"providers": providers})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_left(request: HttpRequest) -> JsonResponse:
    """GET: how long this session lasts still. POST: and it is in use."""
    if request.method == "POST" and session.is_signed_in(request.session):
        session.touch(request, at_once=True)
    return JsonResponse(session.left(request.session))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: SignedIn, pk: int) -> HttpResponse:
    passkey = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.WEBAUTHN, pk=pk)
    raise_if_reauthentication_required(request, app="allauth.mfa")
    refused = "" if get_factor_adapter().can_delete_authenticator(passkey) else words_of_refusal()
    if request.method == "POST" and not refused:
        remove_authenticator(request, passkey)
        return redirect("account")
    return render(
        request, "mfa/webauthn/authenticator_confirm_delete.html", {"passkey": passkey, "refused": refused}
    )


def words_of_refusal() -> str:
    return str(get_factor_adapter().error_messages["cannot_delete_authenticator"])
