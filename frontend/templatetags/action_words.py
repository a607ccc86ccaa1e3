"""An action's state in words: its colour's name, how late it is, what its trail says. It asks the database nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actions import access, commitments
from actions.because import explain
from actions.models import (
    Action,
    Challenge,
    Commitment,
    Confidence,
    Decision,
    Event,
    Evidence,
    LinkKind,
    Response,
    Seat,
    Status,
    Verdict,
    Withdrawal,
)
from actions.models.board import UK
from actions.models.evidence import EvidenceKind
from actions.rag import COLOURS
from frontend.context import address
from frontend.templatetags.look import tag
from notifications.post import Became

register = template.Library()

SOON = 28  # days: from here on a date is told as days to go
RUNNING = (Status.PLANNED, Status.STARTED)

SAID = {
    "plan": "Planned",
    "start": "Started",
    "update": "Update",
    "finish": "Said to be done",
    "take_back": "Taken back: not done yet",
    "sign_off": "Signed off",
    "send_back": "Sent back",
    "reassign": "Passed on",
    "reschedule": "Date moved",
    "raise": "Put forward",
    "confirm": "Confirmed: it still happens",
    "not_mine": "Said not to be theirs",
    "share": "Who takes part",
    "hold": "Put on hold",
    "resume": "Goes on",
    "ask_for_time": "More time asked for",
    "grant": "More time granted",
    "refuse": "More time refused",
    "withdraw": "Withdrawn",
    "restore": "Restored",
    "reopen": "Opened again",
    "review_impact": "Impact checked",
    "measure": "Measure set",
    "read_measure": "Measure read",
    "correct_measure": "Measure corrected",
    "correct_reading": "Reading corrected",
    "challenge": "Asked",
    "answer_challenge": "Answered",
    "close_challenge": "Question closed",
    "correct": "Entry corrected",
    "attach": "Evidence added",
    "share_out": "Agency asked for its response",
    "unask": "Request withdrawn",
    "respond": "Agency answered",
    "judge_in_place": "Already in place: judged",
    "decide": "Decided by the board",
    "undo_decision": "Decision taken back: recorded in error",
    "found": "Board set up",
    "invite": "Invited",
    "invite_again": "Invited again",
    "take_up": "Invitation taken up",
    "change_person": "Person’s seat changed",
    "away": "Absence set",
    "leave_ahead": "Last day set",
    "leave": "Left the board",
    "redact": "Words removed",
    "take_in": "Document taken in",
    "keep": "Kept as a commitment",
    "link": "Linked",
    "unlink": "Link taken back",
    "answer": "Answers another commitment too",
    "undo_keep": "Put back: no commitment any more",
    "context": "Marked as context",
    "put_back": "Put back: waits for a decision",
    "refile": "Filed elsewhere",
    "edit": "Proposal’s words changed",
    "split": "Proposal split",
    "merge": "Proposals merged",
    "undo": "Step of a review undone",
    "set_post": "Post",
    "set_policy": "Policy of the post changed",
    "settle_doubt": "Mail in doubt settled",
    "publish": "Source published",
    "restrict": "Source restricted",
    "record_decision": "Decided at a meeting",
    "draft_report": "Paper drafted",
    "write_report": "Paper written",
    "refresh_report": "Paper’s figures counted again",
    "issue_report": "Paper issued",
    "reissue_report": "Paper to be issued again",
    "discard_report": "Draft of a paper thrown away",
    "keep_board": "Board’s name and bank holidays kept up to date",
    "keep_agency": "Agency kept up to date",
    "keep_subgroup": "Subgroup kept up to date",
    "keep_source_kind": "Kind of source kept up to date",
    "set_colours": "Words and colours changed",
    "start_plan": "Plan started",
    "keep_plan": "Plan kept up to date",
    "keep_priority": "Priority kept up to date",
    "carry_over": "Carried over to the next plan",
    "add_meeting": "Meeting added",
    "move_meeting": "Meeting moved",
    "hold_meeting": "Meeting held",
    "cancel_meeting": "Meeting cancelled",
    "correct_meeting": "Meeting corrected",
    "remove_agency": "Agency removed",
    "remove_subgroup": "Subgroup removed",
    "remove_source_kind": "Kind of source removed",
    "remove_plan": "Plan removed",
    "remove_priority": "Priority removed",
    "remove_meeting": "Meeting removed",
}

POLICY = {"titles_in_mail": "titles in mails", "resend_in_doubt": "sending again when in doubt"}


def day(value: date | None) -> str:
    return format_date(value, "j F Y") if value else ""


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


@register.simple_tag(takes_context=True)
def rag_tag(context: template.Context, action: Action) -> SafeString:
    """The board's colour with its word; a state without a colour shows its status."""
    shown = context["board"].scheme[action.rag]  # type: ignore[attr-defined]
    return tag(shown.colour, shown.words or action.get_status_display())


@register.inclusion_tag("frontend/actions/because.html", takes_context=True)
def rag_because(context: template.Context, action: Action) -> dict[str, Any]:
    """Why it has its colour: the first rule that holds, and every rule in its order. It asks the database nothing
    where the seat came with the request."""
    seat: Seat = context["seat"]
    scheme, calendar = seat.board.scheme, seat.calendar(seat.board.today)
    why = explain(action, calendar)
    named = COLOURS[scheme[why.key].colour] if why.key != "none" else "No colour"
    agenda = [(rule, scheme[rule.key]) for rule in why.agenda]
    return {"why": why, "named": named, "agenda": agenda, "action": action, "board": seat.board}


@register.filter
def opens_file_of(seat: Seat, evidence: Evidence) -> bool:
    """Whether there is a file, and its name and bytes are open to this seat."""
    return bool(evidence.file) and access.opens_files(seat, evidence.action)


@register.inclusion_tag("frontend/components/tag.html")
def state_tag(commitment: Commitment) -> dict[str, str]:
    """Where a commitment stands: its colour with its word. Needs its `state`."""
    colour, words = commitments.WORDS[commitment.state]  # type: ignore[attr-defined]
    return {"colour": colour, "words": words}


@register.simple_tag(takes_context=True)
def action_line(context: template.Context, action: Action) -> SafeString:
    """Its reference and title, with its owner. A tag: the summary has fifty of them."""
    url = address("action", context["board"].slug, action.number)  # type: ignore[attr-defined]
    who = [
        action.owner.name if action.owner else "Nobody yet",
        *([action.agency.short_name] if action.agency else []),
    ]
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> {} <span class="app-beneath">{}</span>',
        url,
        action.reference,
        action.title,
        ", ".join(who),
    )


@register.filter
def lateness(action: Action, today: date) -> str:
    """ "12 days late", "Due in 3 days", "Due 1 July 2026", "Done 2 June 2026"."""
    if action.status in (Status.SIGNED_OFF, Status.DONE):
        return f"Done {day(action.done_on)}"
    if action.status == Status.WITHDRAWN:
        return action.get_withdrawal_display() or "Withdrawn"  # why: that it is stands beside it
    if action.due_on is None or (action.status == Status.ON_HOLD and action.look_again_on):
        return f"Look again {day(action.look_again_on)}" if action.look_again_on else "No date yet"
    if action.status not in RUNNING:
        return f"Due {day(action.due_on)}"
    left = (action.due_on - today).days
    if left < 0:
        return f"{days(-left)} late"
    if left > SOON:
        return f"Due {day(action.due_on)}"
    return {0: "Due today", 1: "Due tomorrow"}.get(left, f"Due in {days(left)}")


@register.filter
def response_due(response: Response | Challenge, today: date) -> str:
    """ "5 days late", "Due today", "Due 1 July 2026": of a response or question that is not answered yet."""
    left = (response.due_on - today).days
    if left < 0:
        return f"{days(-left)} late"
    if left > SOON:
        return f"Due {day(response.due_on)}"
    return {0: "Due today", 1: "Due tomorrow"}.get(left, f"Due in {days(left)}")


@register.filter
def is_late(action: Action, today: date) -> bool:
    return action.status in RUNNING and action.due_on is not None and action.due_on < today


@register.filter
def moved(action: Action) -> str:
    """How often its date moved: stands beside every colour."""
    times = action.times_moved
    return {0: "", 1: "Moved once", 2: "Moved twice"}.get(times, f"Moved {times} times")


@register.filter
def longer(action: Action) -> str:
    """How much more time is asked for: "42 days"."""
    assert action.wanted_on is not None
    return days((action.wanted_on - action.due_on).days) if action.due_on else ""


@register.filter
def line(event: Event) -> dict[str, Any]:
    """One line of the trail, as the timeline component wants it."""
    by = event.by.name if event.by else "The tracker"
    if event.on_behalf_of:
        by += f", on behalf of {event.on_behalf_of.name}"
    words = (event.removed or "These words were removed.") if event.words is None else event.words
    if event.detail.get("same_agency"):
        by += ", of the owner’s agency"
    return {"title": _title(event), "by": by, "at": event.at, "words": words, "day": _day_before(event)}


def _day_before(event: Event) -> str:
    """The day that it speaks of, where it was written down on another."""
    written = timezone.localtime(event.at, UK).date()
    return "" if written == event.on or event.verb == "finish" else day(event.on)


def _title(event: Event) -> str:
    if event.verb == "judge_in_place" and event.detail.get("judged") in Response.Judged.values:
        return Response.Judged(event.detail["judged"]).label
    said = SAID.get(event.verb, event.verb.replace("_", " ").capitalize())
    return f"{said}{MORE.get(event.verb, _chosen)(event)}"


def _chosen(event: Event) -> str:
    """ ": partly embedded": what was chosen from a list, where the line keeps it."""
    name, words = CHOSEN.get(event.verb, ("", None))
    chosen = event.detail.get(name)
    return f": {words(chosen).label.lower()}" if words and chosen in words.values else ""


def _confidence(event: Event) -> str:
    said = event.detail.get("confidence", event.confidence)
    return f": {Confidence(said).label.lower()}" if event.confidence else ""


def _kind_of_evidence(event: Event) -> str:
    return "" if event.detail.get("kind") == EvidenceKind.OTHER else _chosen(event)


def _linked(event: Event) -> str:
    return f"{_chosen(event)} C-{event.detail['other']}" if "other" in event.detail else ""


def _switches(event: Event) -> str:
    return ": " + ", ".join(f"{POLICY[name]} {'on' if on else 'off'}" for name, on in event.detail.items())


def _moved(event: Event) -> str:
    if event.detail.get("from") == event.detail.get("to"):
        return ""
    before = _date(event.detail.get("from"))
    return f": from {day(before)} to {day(event.due_on)}" if before else f": now due {day(event.due_on)}"


# What a line chose from a list: the name under which its detail keeps that, and the list with its words.
CHOSEN: dict[str, tuple[str, Any]] = {
    "attach": ("kind", EvidenceKind),
    "withdraw": ("kind", Withdrawal),
    "review_impact": ("verdict", Verdict),
    "link": ("kind", LinkKind),
    "unlink": ("kind", LinkKind),
    "respond": ("says", Response.Says),
    "decide": ("kind", Decision.Kind),
    "settle_doubt": ("became", Became),
}
# What follows the words of a verb, where it is more than what was chosen.
MORE: dict[str, Callable[[Event], str]] = {
    "update": _confidence,
    "attach": _kind_of_evidence,
    "link": _linked,
    "unlink": _linked,
    "finish": lambda event: f" on {day(event.on)}",
    "plan": lambda event: f" for {day(event.due_on)}" if event.due_on else "",
    "reassign": lambda event: f" to {event.owner.name}" if event.owner else "",
    "ask_for_time": lambda event: f": until {day(_date(event.detail.get('to')))}",
    "redact": lambda event: f" from line {event.detail['seq']}" if event.detail.get("seq") else "",
    "set_post": lambda event: f" turned {'on' if event.detail.get('post_on') else 'off'}",
    "set_policy": _switches,
    **dict.fromkeys(("reschedule", "send_back", "grant", "reopen"), _moved),  # they may say from when to when
}


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
