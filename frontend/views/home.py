"""Where a person arrives: their board, or the choice of one; and on it what waits for them, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions import access, progress, rag
from actions.models import Action, Board, Challenge, Event, Proposal, Seat, Status
from actions.models.action import OPEN, ActionQuerySet
from frontend.answers import Figure
from frontend.answers import waiting as answers_of
from frontend.context import BoardRequest, address
from frontend.questions import questions_for
from frontend.views.founding import steps

SHORT = 5  # lines of a list here; the rest is behind "see all"
SOON = timedelta(days=28)
URGENCY = [
    "mine_late",
    "mine_to_confirm",
    "to_check",
    "to_decide",
    "asks_here",
    "not_theirs",
    "not_theirs_ours",
    "late_here",
    "late_ours",
    "mine_soon",
    "to_review",
    "look_again",
    "waits_here",
    "silent_here",
    "to_plan",
    "mine_later",
]
FOLDED = {"waits_here", "silent_here", "to_plan", "mine_later"}  # of a chair, below more urgent lists
RUNNING = Q(status__in=[Status.PLANNED, Status.STARTED])
WANTS_TIME = Q(wanted_on__isnull=False)
ASKS_BOARD = Q(status__in=OPEN, asks_board=True)
WAITS = Q(status__in=OPEN, waits=True)
NOT_THEIRS = Q(disowned_on__isnull=False)


@dataclass(frozen=True)
class Waiting:
    """A short list of what waits for a person, and the address of the whole."""

    title: str
    actions: list[Action]
    total: int
    url: str
    more: str
    folded: bool
    to_ask: bool


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One seat: its board. Several, or asked to switch: which? None: what to do. Strangers sign in."""
    if not request.user.is_authenticated:
        if Board.objects.exists():
            return redirect_to_login("/")
        return redirect("no_board")
    mine = Seat.objects.active().filter(user=request.user.pk)
    seats = list(mine.select_related("board", "agency").order_by("board__name"))
    if len(seats) == 1 and "switch" not in request.GET:
        return redirect("board", seats[0].board.slug)
    return render(request, "frontend/home/choose.html", {"seats": seats})


@require_safe
def board(request: BoardRequest, board: str) -> HttpResponse:
    seat = request.seat
    today = seat.board.today
    calendar = seat.calendar(today)
    wanted = parts(seat, today, calendar)
    counts = counted(seat, wanted, calendar)
    shown = figures(seat, counts) if seat.is_manager else []
    is_new = seat.is_manager and not counts["every"]
    visible = Action.objects.standing(seat).most_urgent_first()
    chairs = bool(seat.is_independent_chair or seat.chaired)
    fold = chairs and any(counts[part.key] for part in wanted if part.key not in FOLDED)
    asked, answers = answers_of(seat)
    questions = questions_for(seat)
    shown = [*shown, *answers]
    context = {
        "asked": asked,
        "questions": questions[:SHORT],
        "more_questions": len(questions) > SHORT,
        "today": today,
        "waiting": [waiting(seat, visible, part, counts, fold) for part in wanted],
        "figures": [] if is_new and not any(figure.count for figure in shown) else shown,
        "ask_url": address("challenge_ask", seat.board.slug) if access.may(seat, "challenge") else "",
        "nothing_waits": not asked and not questions and not any(counts[part.key] for part in wanted),
        "steps": steps(seat) if is_new else [],
    }
    return render(request, "frontend/home/board.html", context)


@dataclass(frozen=True)
class Part:
    """A list that a role asks for: which actions, and the same said as filters of the list."""

    key: str
    title: str
    which: Q
    filters: dict[str, Any]
    more: str = ""  # what the link to the rest says, where it leads to more than the rest
    says: str = ""  # the verb whose words each line tells
    part: str = ""  # how the part of them begins that it tells; nothing tells them all


def parts(seat: Seat, today: date, calendar: rag.Calendar) -> list[Part]:
    """Most urgent first, whichever role it comes from."""
    asked = [*as_owner(seat, today), *as_chair(seat, today, calendar), *as_lead(seat, today)]
    return sorted(asked, key=lambda part: URGENCY.index(part.key))


def as_owner(seat: Seat, today: date) -> list[Part]:
    mine, late, soon = Q(owner=seat), rag.is_overdue(today), today + SOON
    near = RUNNING & Q(due_on__gte=today, due_on__lte=soon)
    later = RUNNING & (Q(due_on__gt=soon) | Q(due_on__isnull=True))
    running = ["planned", "started"]
    return [
        Part("mine_late", "Yours, and late", mine & late, {"mine": "true", "overdue": "true"}),
        Part(
            "mine_to_confirm",
            "Yours: say whether it still happens",
            mine & RUNNING & rag.is_to_look_at(today),
            {"mine": "true", "look_again": "true", "status": running},
        ),
        Part(
            "mine_soon",
            "Yours, due in the next four weeks",
            mine & near,
            {"mine": "true", "status": running, "due_after": today, "due_before": soon},
        ),
        Part(
            "mine_later",
            "Yours, later",
            mine & later,
            {"mine": "true", "status": running},
            "See everything of yours",
        ),
    ]


TOLD = {  # what a chair reads of each before opening it
    "to_check": ("finish",),
    "to_decide": ("ask_for_time",),
    "not_theirs": ("not_mine",),
    "asks_here": ("update", progress.NEEDED),
    "waits_here": ("update", progress.WAITING),
    "look_again": ("hold",),
}
TO_ASK = {"late_here", "silent_here", "waits_here"}


def as_chair(seat: Seat, today: date, calendar: rag.Calendar) -> list[Part]:
    """The independent chair acts on every action; a subgroup chair on those of one subgroup or several."""
    if not (seat.is_independent_chair or seat.chaired):
        return []
    under, where, needed = Q(), "on this board", "Needed from the board"
    only: dict[str, Any] = {}
    more = ""
    if not seat.is_independent_chair:
        under, where = Q(subgroup__in=seat.chaired), "in your subgroups"
        needed = f"{needed} {where}"
        if len(seat.chaired) == 1:
            only = {"subgroup": min(seat.chaired)}
        else:
            more = "See those of every subgroup"  # the list filters by one
    others = ~Q(owner=seat)
    held = Q(status=Status.ON_HOLD) & rag.is_to_look_at(today)
    unchecked = Q(status=Status.SIGNED_OFF, review_on__lte=today)
    asked = [
        ("to_check", "Waiting for your sign-off", Q(status=Status.DONE) & others, {"status": "done"}),
        ("to_decide", "More time asked for", WANTS_TIME & others, {"wants_time": "true"}),
        ("not_theirs", "Said not to be theirs", NOT_THEIRS & others, {"not_mine": "true"}),
        ("to_plan", "Put forward, to be planned", Q(status=Status.DRAFT), {"status": "draft"}),
        ("to_review", "Impact to be checked", unchecked & others, {"check_due": "true"}),
        ("asks_here", needed, ASKS_BOARD, {"asks_board": "true"}),
        ("waits_here", f"Waiting on somebody {where}", WAITS, {"waits": "true"}),
        ("look_again", "On hold, and time to look again", held, {"status": "on_hold", "look_again": "true"}),
        ("late_here", f"Late {where}", rag.is_overdue(today), {"overdue": "true"}),
        ("silent_here", f"No recent update {where}", rag.is_silent(calendar), {"silent": "true"}),
    ]
    return [
        Part(key, title, under & which, on | only, more, *TOLD.get(key, ()))
        for key, title, which, on in asked
    ]


def as_lead(seat: Seat, today: date) -> list[Part]:
    if not seat.is_lead:
        return []
    ours = Q(agency=seat.agency_id)
    own = {"agency": seat.agency_id}
    return [
        Part(
            "not_theirs_ours",
            "Said not to be theirs, in your agency",
            ours & NOT_THEIRS,
            own | {"not_mine": "true"},
        ),
        Part(
            "late_ours",
            "Late in your agency",
            ours & rag.is_overdue(today) & ~Q(owner=seat),  # one's own stands above
            own | {"overdue": "true", "mine": "false"},
        ),
    ]


def counted(seat: Seat, wanted: list[Part], calendar: rag.Calendar) -> dict[str, int]:
    """Every figure of the page in one statement."""
    asked = {part.key: Count("pk", filter=part.which) for part in wanted}
    if seat.is_manager:
        asked |= {
            "late": Count("pk", filter=rag.is_overdue(calendar.today)),
            "silent": Count("pk", filter=rag.is_silent(calendar)),
            "asks_board": Count("pk", filter=ASKS_BOARD),
            "done": Count("pk", filter=Q(status=Status.DONE)),
            "disowned": Count("pk", filter=NOT_THEIRS),
            "wants_time": Count("pk", filter=WANTS_TIME),
            "drafts": Count("pk", filter=Q(status=Status.DRAFT)),
            "every": Count("pk"),
        }
    return Action.objects.visible_to(seat).aggregate(**asked)


def waiting(seat: Seat, visible: ActionQuerySet, part: Part, counts: dict[str, int], fold: bool) -> Waiting:
    total = counts[part.key]
    lines = told(visible.filter(part.which), part) if total else []
    more = part.more or f"See all {total}"
    url = filtered(seat, part.filters)
    return Waiting(part.title, lines, total, url, more, fold and part.key in FOLDED, part.key in TO_ASK)


def told(actions: ActionQuerySet, part: Part) -> list[Action]:
    """The first few, each with the words that a chair wants to read before opening it, as `told`."""
    if part.key in TO_ASK:
        asked = Challenge.objects.open().filter(action=OuterRef("pk")).order_by("due_on")
        actions = actions.annotate(asked_for=Subquery(asked.values("due_on")[:1]))
    if not part.says:
        return list(actions[:SHORT])
    lines = Event.objects.filter(action=OuterRef("pk"), verb=part.says)
    if part.part:  # an earlier word, written down later, may say nothing of it
        lines = lines.filter(Q(words__contains=part.part) | Q(words=None))
    found = list(actions.annotate(told=lines.last_words())[:SHORT])
    for one in found:
        one.told = of_words(one.told or "", part.part)
    return found


def of_words(words: str, beginning: str) -> str:
    """The paragraph that begins so; nothing where none does."""
    if not beginning:
        return words
    _, found, rest = words.rpartition(beginning)
    return rest.partition("\n\n")[0] if found else ""


def figures(seat: Seat, counts: dict[str, int]) -> list[Figure]:
    """What keeps the board true: each figure leads to what it counts."""
    unread = Proposal.objects.visible_to(seat).filter(state=Proposal.State.WAITING).count()
    always = [
        Figure(unread, "proposals to review", address("sources", seat.board.slug)),
        Figure(counts["late"], "overdue", filtered(seat, {"overdue": "true"})),
        Figure(counts["silent"], "no recent update", filtered(seat, {"silent": "true"})),
        Figure(counts["asks_board"], "needed from the board", filtered(seat, {"asks_board": "true"})),
        Figure(counts["done"], "awaiting check", filtered(seat, {"status": "done"})),
    ]
    at_times = [
        Figure(counts["disowned"], "said not to be theirs", filtered(seat, {"not_mine": "true"})),
        Figure(counts["wants_time"], "more time asked for", filtered(seat, {"wants_time": "true"})),
        Figure(counts["drafts"], "drafts to plan", filtered(seat, {"status": "draft"})),
    ]
    return always + [figure for figure in at_times if figure.count]


def filtered(seat: Seat, filters: dict[str, Any]) -> str:
    query = QueryDict(mutable=True)
    for name, value in filters.items():
        query.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return f"{reverse('actions', args=[seat.board.slug])}?{query.urlencode()}"
