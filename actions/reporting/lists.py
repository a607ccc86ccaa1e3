"""The lists of a paper: what waits, what is late, what moved, what slipped and why, what made a difference."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from actions import progress, rollup
from actions.models import Action, Event, ImpactReview, Status, Verdict
from actions.models.action import ActionQuerySet
from actions.models.event import REMOVED
from actions.models.source import RESTRICTED
from actions.reporting import minuted, paper
from actions.reporting.paper import Cell

if TYPE_CHECKING:
    from actions.reporting.counting import Board

Block = dict[str, Any]

SHOWN = 10  # of each list of a board summary; a subgroup's pack has all of them
HAPPENED = {
    "raise": ("Put forward", "drafts, to be planned"),
    "plan": ("Planned", "given an owner and a date"),
    "start": ("Started", "begun by the owner"),
    "finish": ("Said to be done", "the owner's word; then it waits for the check"),
    "sign_off": ("Signed off", "checked: complete and evidenced"),
    "review_impact": ("Impact checked", "months after sign-off"),
    "reopen": ("Opened again", "signed off once, and open again"),
    "withdraw": ("Withdrawn", "taken out of the count, with a reason"),
}
MOVES = ("reschedule", "send_back", "grant", "reopen")  # lines that may say from when to when


def day(value: date | None) -> Cell:
    return [{"s": f"{value:%-d %b %Y}"}] if value else [{"m": "–"}]


def tag(about: Board, action: Any) -> Cell:
    shown = about.seat.board.scheme[action.rag]
    moved = {0: "", 1: "Moved once"}.get(action.times_moved, f"Moved {action.times_moved} times")
    return [{"tag": [shown.colour, shown.words]}, *([{"m": moved}] if moved else [])]


def shortened(about: Board, rows: ActionQuerySet) -> tuple[list[Any], Block | None]:
    """What a board summary shows of it, and how many more there are."""
    every = list(rows)
    if not about.whole or len(every) <= SHOWN:
        return every, None
    return every[:SHOWN], paper.text({"s": f"The first {SHOWN} of {len(every)}."})


def listed(
    about: Board, caption: str, head: list[str], rows: ActionQuerySet, cells: Any, empty: str
) -> list[Block]:
    """A table of actions, the first cell of each its name; and what is left out."""
    shown, more = shortened(about, rows)
    lines = [[about.paper.action(one), *cells(one)] for one in shown]
    made = paper.table(caption, ["Action and owner", *head], lines, empty=empty)
    return [made, *([more] if more else [])]


def exceptions(about: Board) -> list[Block]:
    today = about.calendar.today
    said = about.paper.words
    counted = about.actions.filter(continuing=False)
    late = about.actions.filter(rollup.is_in("overdue", about.calendar)).order_by("due_on", "pk")
    off = counted.open().filter(confidence="off_track").exclude(rollup.is_in("overdue", about.calendar))
    silent = about.actions.filter(rollup.is_in("silent", about.calendar)).order_by("due_on", "pk")
    return paper.filled_first(
        [
            paper.heading("Overdue"),
            *listed(
                about,
                "Overdue, the longest first",
                ["Late", "Stands", "Last said"],
                late,
                lambda one: [
                    [{"b": rollup.days((today - one.due_on).days)}, {"m": f"due {one.due_on:%-d %b %Y}"}],
                    tag(about, one),
                    _dated(said(one.said, one), one),
                ],
                "Nothing is overdue.",
            ),
        ],
        [
            paper.heading("Not late yet, and said to be off track"),
            *listed(
                about,
                "Said to be off track",
                ["Due", "Last said"],
                off.order_by("due_on", "pk"),
                lambda one: [day(one.due_on), _dated(said(one.said, one), one)],
                "Nothing else is said to be off track.",
            ),
        ],
        [
            paper.heading("No recent update"),
            *listed(
                about,
                "No recent update",
                ["Due", "Last heard of"],
                silent,
                lambda one: [day(one.due_on), day(one.said_on)],
                "Every owner has said something lately.",
            ),
        ],
    )


def _dated(words: Cell, action: Any) -> Cell:
    return (
        [*words, {"m": f"said {action.said_on:%-d %b %Y}"}] if action.said_on and not action.sealed else words
    )


def decisions(about: Board) -> list[Block]:
    """What waits for somebody above the owner: help, time, and a day that was set to look again."""
    asking = about.actions.filter(rollup.is_in("asks_board", about.calendar)).order_by(_by_date(), "pk")
    needed = asking.annotate(needed=about.needed())
    asked = (
        about.actions.open().filter(wanted_on__isnull=False).annotate(why=about.last_words("ask_for_time"))
    )
    held = about.actions.filter(status=Status.ON_HOLD, look_again_on__lt=about.calendar.today)
    held = held.annotate(why=about.last_words("hold"))
    said = about.paper.words
    return paper.filled_first(
        minuted.proposed(about),
        [
            paper.heading("Needed from the board"),
            *listed(
                about,
                "Needed from the board",
                ["What is needed"],
                needed,
                lambda one: [said(_needed(one.needed), one)],
                "No owner has asked the board for anything.",
            ),
        ],
        [
            paper.heading("More time asked for, not decided"),
            *listed(
                about,
                "More time asked for, not decided",
                ["Due", "Asked for", "Why"],
                asked.order_by("wanted_since", "pk"),
                lambda one: [
                    day(one.due_on),
                    [*day(one.wanted_on), {"m": f"since {one.wanted_since:%-d %b %Y}"}],
                    said(one.why, one),
                ],
                "Nobody waits to hear about more time.",
            ),
        ],
        [
            paper.heading("On hold past the day to look again"),
            *listed(
                about,
                "On hold past the day to look again",
                ["To look again", "Waits for"],
                held.order_by("look_again_on", "pk"),
                lambda one: [day(one.look_again_on), said(one.why, one)],
                "No hold is past its day.",
            ),
        ],
    )


def _by_date() -> Any:
    return F("due_on").asc(nulls_last=True)


def _needed(said: str | None) -> str:
    return (said or "").rpartition(progress.NEEDED)[2]


def waiting(about: Board) -> list[Block]:
    """What the subgroup's chair has to check."""
    done = about.actions.filter(status=Status.DONE).annotate(why=about.last_words("finish"))
    return listed(
        about,
        "Said to be done, waiting for the check",
        ["Done", "What was done"],
        done.order_by("done_on", "pk"),
        lambda one: [day(one.done_on), about.paper.words(one.why, one)],
        "Nothing waits to be signed off.",
    )


def every_open(about: Board) -> list[Block]:
    rows = about.actions.open().order_by(_by_date(), "pk")
    return listed(
        about,
        "Every open action, the first due first",
        ["Due", "Stands", "Last said"],
        rows,
        lambda one: [
            day(one.due_on or one.look_again_on),
            tag(about, one),
            _dated(about.paper.words(one.said, one), one),
        ],
        "No action is open.",
    )


def moved(about: Board) -> list[Block]:
    """What happened to how many actions since this body met last, and what was signed off."""
    counts = dict(
        about.events.filter(verb__in=HAPPENED)
        .order_by()
        .values_list("verb")
        .annotate(n=Count("action", distinct=True))
    )
    lines = [(words, counts.get(verb, 0), what) for verb, (words, what) in HAPPENED.items()]
    over = about.actions.filter(status=Status.SIGNED_OFF, signed_off_on__gte=about.since)
    return [
        paper.text({"s": _since(about)}),
        paper.figures(lines),
        paper.heading("Signed off"),
        *listed(
            about,
            "Signed off since the last meeting",
            ["Done", "Signed off"],
            over.order_by("signed_off_on", "pk"),
            lambda one: [day(one.done_on), day(one.signed_off_on)],
            "Nothing was signed off.",
        ),
    ]


def _since(about: Board) -> str:
    day = f"{about.since:%-d %B %Y}"
    return (
        f"Since the last meeting, on {day}."
        if about.last
        else f"No earlier meeting is on record: since {day}."
    )


def slipped(about: Board) -> list[Block]:
    """Each date that moved, the latest first, with the owner's words where the owner asked for it."""
    asked = Event.objects.filter(action=OuterRef("action"), verb="ask_for_time", seq__lt=OuterRef("seq"))
    lines = about.events.filter(verb__in=MOVES).annotate(
        asked=Subquery(asked.order_by("-seq").values("words")[:1])
    )
    moves = [one for one in lines.order_by("-seq") if _has_moved(one)]
    shown = moves[:SHOWN] if about.whole else moves
    there = about.actions.in_bulk({one.action_id for one in shown})
    rows = [_move(about, one, there[one.action_id]) for one in shown]
    head = ["Action and owner", "From", "To", "Why"]
    made = paper.table("Dates that moved, the latest first", head, rows, empty="No date has moved.")
    more = [paper.text({"s": f"The latest {SHOWN} of {len(moves)}."})] if len(shown) < len(moves) else []
    return [paper.text({"s": _since(about)}), made, *more]


def _has_moved(event: Event) -> bool:
    """A send-back may have kept its date; an action that had none before did not slip."""
    before = event.detail.get("from")
    return bool(event.due_on and before and before not in ("None", str(event.due_on)))


def _move(about: Board, event: Any, action: Action) -> list[Cell]:
    why = event.asked if event.verb == "grant" and event.asked else event.words
    why = REMOVED if why is None else why
    said = about.paper.words(why, action, "–")
    return [
        about.paper.action(action),
        day(date.fromisoformat(event.detail["from"])),
        day(event.due_on),
        [*said, {"m": f"said {event.on:%-d %b %Y}"}],
    ]


def differences(about: Board) -> list[Block]:
    """One publishable sentence per impact review: what still holds, the latest first."""
    found = ImpactReview.objects.on_board_of(about.seat).exclude(verdict=Verdict.NOT_EFFECTIVE)
    holds = found.filter(actions__verdict=F("verdict"), actions__reviewed_on=F("reviewed_on"))
    if not about.whole:
        holds = holds.filter(actions__subgroup=about.report.subgroup_id)
    reviews = list(holds.distinct().prefetch_related("actions")[:SHOWN])
    numbers = {one.pk for review in reviews for one in review.actions.all()}
    sealed = _sealed(about, numbers)
    rows = [_difference(about, review, sealed) for review in reviews]
    return [
        paper.table(
            "What made a difference, the latest first",
            ["What made a difference", "Found", "Checked"],
            rows,
            empty="No impact review has found a change in practice yet.",
        )
    ]


def _sealed(about: Board, pks: Iterable[int]) -> set[int]:
    closed = Q(pk__in=list(pks)) & Q(answers__source__restricted=True)
    return set(Action.objects.on_board_of(about.seat).filter(closed).values_list("pk", flat=True))


def _difference(about: Board, review: ImpactReview, sealed: set[int]) -> list[Cell]:
    actions = sorted(review.actions.all(), key=lambda one: one.number)
    if sealed.intersection(one.pk for one in actions):
        sentence: Cell = [{"s": RESTRICTED}]
    else:
        sentence = [about.paper.said(review.sentence, actions[0]), *({"a": one.number} for one in actions)]
    colour = "green" if review.verdict == Verdict.EMBEDDED else "yellow"
    return [sentence, [{"tag": [colour, review.get_verdict_display()]}], day(review.reviewed_on)]
