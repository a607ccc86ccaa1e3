"""What a person reads when something cannot be done: what happened, what to do, what became of their words.

The page for our own faults needs neither database nor session, since those may be the fault.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from actions.refusals import Refused


@dataclass(frozen=True)
class Words:
    title: str
    happened: str
    do: str


BAD_REQUEST = Words(
    "The tracker could not read that",
    "What your browser sent was incomplete, too large, or not addressed to this site. Nothing was saved.",
    "Go back – what you typed is usually still there – copy it, reload the page and try again.",
)
FORBIDDEN = Words(
    "You cannot do this",
    "Your seat on this board does not allow it. Nothing was changed.",
    "If you think it should, ask your board manager.",
)
NOT_FOUND = Words(
    "Page not found",
    "There is nothing at this address, or it belongs to a board on which you have no seat.",
    "Check the address, or start from your boards.",
)
FORM_EXPIRED = Words(
    "This form has expired",
    "The form was open for too long, or you signed in or out in another tab. Nothing was saved.",
    "Go back – what you typed is usually still there – copy it, reload the page and send it again.",
)
SIGNED_OUT = Words(
    "You have been signed out",
    "Nothing was saved. What you typed is still on this page.",
    "Copy it, reload the page to sign in, and send it again.",
)
FACTOR_MISSING = Words(
    "One more step before you go on",
    "Your seat needs a second step at sign-in, and you have none yet. Nothing was saved.",
    "Reload the page: it leads you through setting one up.",
)
TOO_MANY = Words(
    "Too many attempts",
    "To keep accounts safe, only a few attempts are allowed in a short time.",
    "Wait five minutes, then try again.",
)
SERVER_ERROR = Words(
    "Sorry, something went wrong here",
    "The fault is ours, and it has been recorded. What you sent was not saved.",
    "Go back – what you typed is usually still there – and try again in a few minutes.",
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, BAD_REQUEST, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = FORBIDDEN
    if isinstance(exception, Refused):
        words = Words(FORBIDDEN.title, str(exception), "Nothing was changed.")
    return answer(request, words, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NOT_FOUND, 404)


@requires_csrf_token
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, FORM_EXPIRED, 403)


def signed_out(request: HttpRequest) -> HttpResponse:
    return answer(request, SIGNED_OUT, 401)


@requires_csrf_token
def too_many(request: HttpRequest) -> HttpResponse:
    return answer(request, TOO_MANY, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"detail": SERVER_ERROR.happened}, status=500)
    try:
        page: str = render_to_string("frontend/errors/page.html", {"words": SERVER_ERROR})
    except Exception:  # the style sheet may be what is missing
        page = f"<h1>{SERVER_ERROR.title}</h1><p>{SERVER_ERROR.happened} {SERVER_ERROR.do}</p>"
    return HttpResponse(page, status=500)


def answer(request: HttpRequest, words: Words, status: int) -> HttpResponse:
    """A page; for htmx its words alone, put above what is on screen; for a machine JSON."""
    if wants_json(request):
        return JsonResponse({"detail": f"{words.happened} {words.do}"}, status=status)
    context: dict[str, Any] = {"words": words}
    if not getattr(request, "htmx", False):
        return render(request, "frontend/errors/page.html", context, status=status)
    response = render(request, "frontend/errors/page.html#banner", context, status=status)
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML"
    return response


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
