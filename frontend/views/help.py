"""Help and the accessibility statement: words that stand still, to be read without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.models import Status
from actions.rag import BEGUN
from actions.rollup import NAMES, WORDS
from frontend.colours import states

STATUSES = {
    Status.DRAFT: "Proposed, with no owner or date agreed. It is in no figure.",
    Status.PLANNED: "It has an owner and a date, and has not begun.",
    Status.STARTED: "The owner is working on it.",
    Status.ON_HOLD: "It waits for something, with a day to look again.",
    Status.DONE: "The owner says it is done and on which day. It waits for the chair.",
    Status.SIGNED_OFF: "The chair has seen evidence and decided that it is complete. "
    "Nobody signs off what they own.",
    Status.WITHDRAWN: "The board decided not to go on with it, for a reason that is kept.",
}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "statuses": [(status.label, meaning) for status, meaning in STATUSES.items()],
        "colours": states(BEGUN),
        "figures": [(NAMES[name], meaning) for name, meaning in WORDS.items() if name in NAMES],
    }
    return render(request, "frontend/help/index.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/help/accessibility.html")
