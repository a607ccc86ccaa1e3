"""Actions: the list, one action's page, and one address per verb. Pages ask the domain and decide nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actions import access, progress, redaction
from actions.attachment import attached
from actions.filters import ActionFilter
from actions.models import Action, Answer, Commitment, Decision, Event, ImpactReview, Seat
from actions.models.action import OPEN
from actions.models.source import closed_to
from actions.refusals import Changed, Invalid, NotAllowed
from actions.trail import BESIDE
from frontend.chosen import chosen
from frontend.context import OPEN_ACTIONS, BoardRequest, address
from frontend.forms.steps import Step
from frontend.forms.verbs import STEPS
from frontend.pages import page_or_part
from frontend.questions import ask_about
from frontend.saving import refused
from frontend.spreadsheet import MIME, workbook
from frontend.standing import rest
from frontend.views.errors import forbidden
from frontend.views.measures import add_to
from frontend.views.minutes import with_names

PAGE_SIZES = (25, 50, 100)
EVENTS = 20  # lines of the trail on one page
MOMENTS = timedelta(minutes=2)  # the same thing sent again within this is a double click
READY_MADE = (
    ("Open", OPEN_ACTIONS),
    ("Overdue", "?overdue=true"),
    ("No recent update", "?silent=true"),
    ("Awaiting check", "?status=done"),
    ("Needed from the board", "?asks_board=true"),
    ("Waiting on somebody", "?waits=true"),
    ("More time asked for", "?wants_time=true"),
    ("Drafts", "?status=draft"),
    ("All", ""),
)
ALWAYS_OPEN = ("update", "sign_off", "plan", "grant")  # the step that is most likely stands open on the page
MORE = "more"  # what asks for the filters that are not
OFTEN = (  # filters that always stand there; the others come when one of them is on, or when they are asked for
    "q",
    "status",
    "overdue",
    "silent",
    "mine",
    "priority",
    "agency",
    "owner",
    "subgroup",
    "source",
    "rag",
    "ordering",
)
SELDOM = [name for name in ActionFilter.get_filters() if name not in OFTEN]
RARE = ("not_mine", "share", "hold", "withdraw", "correct")
TELLING = (  # lines whose words whoever acts next should have read
    "update",
    "finish",
    "confirm",
    "not_mine",
    "hold",
    "resume",
    "send_back",
    "grant",
    "refuse",
    "take_back",
    "reopen",
)


# -- the list -----------------------------------------------------------------------------------------------


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    return more_filters(request) if request.htmx.target == MORE else listed(request, board)


def more_filters(request: BoardRequest) -> HttpResponse:
    """Those that are seldom wanted, to stand under the others."""
    shown = ActionFilter(request.GET, queryset=Action.objects.none(), request=request)
    form = {"form": shown.form, "often": OFTEN, "more": True}
    return page_or_part(request, "frontend/components/filter.html", "more", form)


def listed(request: BoardRequest, board: str) -> HttpResponse:
    actions = Action.objects.standing(request.seat)
    more = any(request.GET.get(name) for name in (MORE, *SELDOM))
    drawn = () if request.htmx else None if more else OFTEN
    shown = ActionFilter(request.GET, queryset=actions, request=request, beside=drawn)
    context = {
        "filter": shown,
        "page": Paginator(shown.qs, page_size(request)).get_page(request.GET.get("page")),
        "chosen": chosen(request, shown),
        "often": OFTEN,
        "more": more,
        "views": READY_MADE,
        "here": asked_for(request),
        "page_sizes": PAGE_SIZES,
        "page_size": page_size(request),
        "today": request.seat.board.today,
        "sources_url": address("sources", board),
        "may_raise": not request.htmx and access.may(request.seat, "raise"),
        "hidden": 0 if request.htmx else hidden(request.seat),
    }
    response = page_or_part(request, "frontend/actions/index.html", "table", context)
    if request.htmx:
        response["HX-Push-Url"] = request.path + asked_for(request)
    return response


@require_safe
def spreadsheet(request: BoardRequest, board: str) -> HttpResponse:
    """The whole list as it is filtered and ordered, to be kept as a file."""
    shown = ActionFilter(request.GET, queryset=Action.objects.standing(request.seat), request=request)
    if shown.form.errors:
        return redirect(address("actions", board) + asked_for(request))  # where the fault is told
    data = workbook(shown.qs, seat=request.seat, about=about_the_list(request, shown))
    today = request.seat.board.today
    return attached(data, type=MIME, name=f"{board} actions {today}.xlsx")


def about_the_list(request: BoardRequest, shown: ActionFilter) -> list[tuple[str, str]]:
    seat, unseen = request.seat, hidden(request.seat)
    told = [("Board", seat.board.name), ("As of", f"{timezone.localtime():%-d %B %Y, %H:%M}")]
    told += [("Taken out by", seat.name)]
    told += [(one.label, one.words) for one in chosen(request, shown)] or [("Filters", "None: every action")]
    if unseen:
        told += [("Not in it", f"{unseen} restricted: they answer a review that is not published")]
    return told


def hidden(seat: Seat) -> int:
    """How many actions of the board answer a restricted review and are not shown to this seat."""
    if access.reads_everything(seat):
        return 0
    shown = Action.objects.visible_to(seat).order_by().values("pk")
    answers = Answer.objects.filter(source__in=closed_to(seat)).exclude(action__in=shown)
    return answers.values("action").distinct().count()


def asked_for(request: BoardRequest) -> str:
    """The query without what a form sends empty: an address that one can read and send to somebody."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return f"?{urlencode(asked)}" if asked else ""


def page_size(request: BoardRequest) -> int:
    wanted = request.GET.get("page_size", "")
    return next((size for size in PAGE_SIZES if str(size) == wanted), PAGE_SIZES[0])


# -- one action ---------------------------------------------------------------------------------------------


@require_safe
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    action = find(request, number)
    context = about(request, action) | {"came_from": came_from(request, action)}
    return render(request, "frontend/actions/show.html", context)


def came_from(request: BoardRequest, action: Action) -> tuple[str, str]:
    """The way back, with its words: to the list as it was filtered, where the browser says that one comes from it."""
    home = reverse("board", args=[request.seat.board.slug])
    actions = reverse("actions", args=[request.seat.board.slug])
    before = urlsplit(request.headers.get("Referer", ""))
    if before.path == actions:
        return "Actions", f"{actions}?{before.query}"
    if before.path == home or action.owner_id == request.seat.pk:
        return "My actions", home
    return "Actions", actions + OPEN_ACTIONS


def find(request: BoardRequest, number: int) -> Action:
    actions = Action.objects.standing(request.seat).select_related("meeting", "duplicate_of")
    return get_object_or_404(actions.prefetch_related("contributors"), number=number)


def about(request: BoardRequest, action: Action) -> dict[str, Any]:
    """Everything that the action's page shows."""
    seat, today = request.seat, request.seat.board.today
    offered = access.offered(seat, action, progress.VERBS)
    steps = [STEPS[verb] for verb in offered if STEPS[verb].fits_on(action)]
    likely = next((step for step in steps if step.verb in ALWAYS_OPEN), None)
    rare = [step for step in steps if step.verb in RARE]
    for_others = access.offered_for_others(seat, action, progress.VERBS)
    before = request.GET.get("before", "")
    events = trail_of(action, before)
    latest = trail_of(action) if before else events
    evidence = action.evidence.select_related("by").order_by("shows", "pk")
    ask_url = ask_about(seat, "action", action.number)
    return {
        "action": action,
        "today": today,
        "thread": thread(seat, action),
        "evidence": list(evidence),
        "who_opens_files": access.WHO_OPENS_FILES,
        "opens_files": any(one.file for one in evidence) and access.opens_files(seat, action),
        "reviews": reviews(seat, action),
        "measures": action.measures.prefetch_related("readings"),
        "measure_url": add_to(seat, action, "action"),
        "decisions": with_names(seat, Decision.objects.visible_to(seat).filter(actions=action)),
        "challenges": action.challenges.counted().most_urgent_first(),
        "ask_url": ask_url,
        "asks": bool(ask_url) and action.status in OPEN and action.owner_id not in (None, seat.pk),
        "said": next((event for event in latest if event.verb in TELLING and event.words != ""), None),
        "events": events[:EVENTS],
        "earlier_than": events[EVENTS - 1].seq if len(events) > EVENTS else None,
        "form": likely(action=action, by=seat, today=today) if likely else None,
        "steps": [step for step in steps if step is not likely and step not in rare],
        "rare": rare,
        "for_others": [STEPS[verb] for verb in for_others if STEPS[verb].fits_on(action)],
        "rest": rest(seat, action, offered),
        "in_place": True,
        "may_redact": access.may(seat, "redact"),
    }


def reviews(seat: Seat, action: Action) -> list[ImpactReview]:
    """None is asked for where none was made."""
    if not action.reviewed_on:
        return []
    made = ImpactReview.objects.visible_to(seat).filter(actions=action).select_related("by")
    return list(made.prefetch_related("actions").with_evidence())


def thread(seat: Seat, action: Action) -> list[Answer]:
    """What it answers, each with what of it this seat may read: of a restricted review perhaps nothing."""
    answers = action.answers.select_related(
        "commitment__source__kind", "commitment__agency", "commitment__priority", "commitment__proposal"
    )
    found = list(answers.order_by("commitment__number"))
    closed = [answer for answer in found if not access.reads(seat, answer.commitment.source)]
    asked = Commitment.objects.visible_to(seat).filter(pk__in=[answer.commitment_id for answer in closed])
    readable = set(asked.values_list("pk", flat=True)) if closed else set()
    for answer in found:
        answer.reads_source = answer not in closed  # type: ignore[attr-defined]
        answer.readable = answer not in closed or answer.commitment_id in readable  # type: ignore[attr-defined]
    return found


def trail_of(action: Action, before: str = "", *, moves: bool = False) -> list[Event]:
    """A page of what happened, newest first, and one line more where there is more. `moves`: what changed it."""
    events = action.events.select_related("by", "on_behalf_of", "owner")
    if moves:
        events = events.exclude(verb__in=BESIDE)
    if before.isdecimal() and len(before) < 18:
        events = events.filter(seq__lt=int(before))
    return list(redaction.explained(list(events[: EVENTS + 1])))


# -- the verbs ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: BoardRequest, board: str, number: int, verb: str) -> HttpResponse:
    """One verb: its form, and what becomes of it. Whatever is refused, what was typed comes back."""
    kind = STEPS.get(verb.replace("-", "_"))
    if kind is None or "_" in verb:
        raise Http404("No such step")
    action = find(request, number)
    if request.method != "POST":
        return asked(request, kind, action)
    form = kind(request.POST, request.FILES, action=action, by=request.seat, today=request.seat.board.today)
    if not form.is_valid():
        return answer(request, form, 422)
    try:
        form.save()
    except NotAllowed as refusal:
        return not_allowed(request, form, refusal)
    except Invalid as refusal:
        return invalid(request, form, refusal)
    except Changed as refusal:
        return changed(request, form, refusal)
    return saved(request, form, form.said)


def asked(request: BoardRequest, kind: type[Step], action: Action) -> HttpResponse:
    try:
        if not access.may_for_another(request.seat, kind.verb, action):
            access.check(request.seat, kind.verb, action)
    except NotAllowed as refusal:
        return forbidden(request, refusal)
    form = kind(action=action, by=request.seat, today=request.seat.board.today)
    if not form.fits:
        status = action.get_status_display()
        messages.info(request, f"{action.reference} is “{status}”, so this step does not fit now.")
        return back(request, action.number)
    return answer(request, form, 200, opened=bool(request.htmx))


def answer(request: BoardRequest, form: Step, status: int, **more: Any) -> HttpResponse:
    """The form, as a page of its own or for its place in the action's page."""
    part = "#form" if request.htmx else ""
    context = {
        "form": form,
        "action": form.action,
        "today": form.today,
        "in_place": bool(request.htmx),
        "choose_again": bool(request.FILES),
    } | more
    return render(request, "frontend/actions/step.html" + part, context, status=status)


def saved(request: BoardRequest, form: Step, words: str) -> HttpResponse:
    messages.success(request, words)
    return back(request, form.action.number)


def back(request: BoardRequest, number: int) -> HttpResponse:
    """To the action's page as it now stands, in place or by going there."""
    if not request.htmx:
        return redirect("action", request.seat.board.slug, number)
    response = render(request, "frontend/actions/show.html#action", about(request, find(request, number)))
    response["HX-Retarget"] = "#action"
    response["HX-Reswap"] = "outerHTML show:none"
    return response


def invalid(request: BoardRequest, form: Step, refusal: Invalid) -> HttpResponse:
    now = find(request, form.action.number)
    if now.version != form.cleaned_data["version"]:
        return changed(request, form, refusal)  # what does not fit may be somebody's newer word
    form.action = now
    refused(form, refusal)
    return answer(request, form, 422)


def not_allowed(request: BoardRequest, form: Step, refusal: NotAllowed) -> HttpResponse:
    form.add_error(None, refusal.message)
    response = answer(request, form, 403, closed=True)
    response["HX-Retarget"] = f"#step-{form.verb}"
    return response


def changed(request: BoardRequest, form: Step, refusal: Changed | Invalid) -> HttpResponse:
    """Somebody saved first. What stands now, beside what was typed, with the version that it can be saved over."""
    action = find(request, form.action.number)
    since = trail_of(action, moves=True)[: max(0, action.version - form.cleaned_data["version"])]
    if since and sent_twice(request, form, since):
        return saved(request, form, "This was saved already, once.")
    given = request.POST.copy()
    given["version"] = str(action.version)
    again = type(form)(given, action=action, by=form.by, today=form.today)
    again.add_error(None, told(since, refusal))
    return answer(request, again, 409, since=since, stands=True, closed=not again.fits)


def told(since: list[Event], refusal: Changed | Invalid) -> str:
    if not since:
        return refusal.message
    by = since[0].by
    return (
        f"{by.name if by else 'The tracker'} saved this action while you were writing. Nothing of yours is lost: "
        "look at what stands now, then save again."
    )


def sent_twice(request: BoardRequest, form: Step, since: list[Event]) -> bool:
    """One of the lines since is what the form says, and nobody else wrote another: an impact review that opens the
    action again writes two."""
    if any(line.by_id != request.seat.pk or timezone.now() - line.at >= MOMENTS for line in since):
        return False
    return any(line.verb == form.verb and form.is_saved_in(line) for line in since)
