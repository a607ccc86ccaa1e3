"""The audit trail to be read, by action, person, day and verb; and the page that removes words put in by mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actions import access, audit, redaction
from actions.models import (
    Action,
    Challenge,
    Commitment,
    Decision,
    Document,
    Event,
    Evidence,
    Measure,
    Passage,
    Response,
    Seat,
)
from actions.refusals import Invalid
from frontend.context import BoardRequest
from frontend.filters import EventFilter
from frontend.forms.trail import Removal
from frontend.pages import narrowed, page_or_part
from frontend.sent import posted

PAGE_SIZE = 50
AT_ONCE = 20_000  # lines that a page checks itself: about a second


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    access.check(request.seat, "read_trail")
    lines = Event.objects.visible_to(request.seat).select_related(
        "by", "on_behalf_of", "owner", "action", "source", "commitment__source", "commitment__agency", "seat"
    )
    shown = EventFilter(request.GET, queryset=lines, request=request)
    context = narrowed(request, shown, PAGE_SIZE) | {"may_redact": access.may(request.seat, "redact")}
    redaction.explained(list(context["page"]))
    if not request.htmx:
        context |= whole(request)
    return page_or_part(request, "frontend/trail/index.html", "list", context)


def whole(request: BoardRequest) -> dict[str, Any]:
    """Whether the trail stands as it was written: its end on every page, every line when it is asked."""
    board = request.seat.board
    length = Event.objects.visible_to(request.seat).values_list("seq", flat=True).first() or 0
    every = request.GET.get("check") == "1" and length <= AT_ONCE
    faults = audit.verify(board) if every else audit.end(board)
    return {
        "length": length,
        "every": every,
        "may_check": length <= AT_ONCE,
        "faults": faults,
        "missing": audit.missing_triggers(),
    }


# -- removing words -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Removed:
    """What words can be removed from: how it is found, what stands there, the verb, and where it is seen."""

    find: Callable[[Seat, int], Any]
    name: Callable[[Any], str]
    words: Callable[[Any], list[str]]
    verb: Callable[..., None]
    seen: Callable[[Any], tuple[Any, ...]]
    note: str


def decided_on(decision: Decision) -> tuple[str, int]:
    """The first commitment that it concerns, else its meeting."""
    first = decision.commitments.order_by("number").first()
    return ("commitment", first.number) if first else ("meeting", decision.meeting_id)


WHAT = {
    "line": Removed(
        find=lambda seat, number: get_object_or_404(
            Event.objects.visible_to(seat).select_related("action", "commitment", "source"), seq=number
        ),
        name=lambda line: f"Line {line.seq} of the trail",
        words=lambda line: [line.words],
        verb=redaction.line,
        seen=lambda line: ("trail",),
        note="The same words go from what this line wrote: the evidence, a title, a recommendation. Of a measure all "
        "words go, and its numbers stay.",
    ),
    "evidence": Removed(
        find=lambda seat, number: get_object_or_404(
            Evidence.objects.visible_to(seat).select_related("action__board"), pk=number
        ),
        name=lambda one: f"Evidence of {one.action.reference}",
        words=lambda one: [one.words, one.link, one.file_name and f"The file {one.file_name}"],
        verb=redaction.evidence,
        seen=lambda one: ("action", one.action.number),
        note="Its link goes too, the same words go from the trail, and of its file no byte stays here.",
    ),
    "action": Removed(
        find=lambda seat, number: get_object_or_404(Action.objects.visible_to(seat), number=number),
        name=lambda one: one.reference,
        words=lambda one: [one.title, one.detail],
        verb=redaction.action,
        seen=lambda one: ("action", one.number),
        note="The title and the detail go, here and in the trail. What people said in updates stays: remove it line "
        "by line in the trail.",
    ),
    "commitment": Removed(
        find=lambda seat, number: get_object_or_404(
            Commitment.objects.visible_to(seat).select_related("source", "agency"), number=number
        ),
        name=lambda one: one.reference,
        words=lambda one: [one.words],
        verb=redaction.commitment,
        seen=lambda one: ("commitment", one.number),
        note="The words go here, in the trail, and where they are printed in the document that was read.",
    ),
    "response": Removed(
        find=lambda seat, number: get_object_or_404(
            Response.objects.visible_to(seat).select_related(
                "agency", "commitment__source", "commitment__agency"
            ),
            pk=number,
        ),
        name=lambda one: f"What {one.agency} answers to {one.commitment}",
        words=lambda one: [one.words, one.link, one.judged_words],
        verb=redaction.response,
        seen=lambda one: ("commitment", one.commitment.number),
        note="Its words and its link go, here and in the trail; what the agency answered stays.",
    ),
    "decision": Removed(
        find=lambda seat, number: get_object_or_404(Decision.objects.visible_to(seat), pk=number),
        name=lambda one: f"The board’s decision “{one}”",
        words=lambda one: [one.words, one.referred_to, one.undone_words],
        verb=redaction.decision,
        seen=decided_on,
        note="The reason goes, and to whom it was referred, here and in the trail; what was decided stays.",
    ),
    "challenge": Removed(
        find=lambda seat, number: get_object_or_404(
            Challenge.objects.visible_to(seat).select_related("action", "commitment"), pk=number
        ),
        name=lambda one: "A question and its answers",
        words=lambda one: [one.words, *(asked.words for asked in one.asked.all()), one.closed_words],
        verb=redaction.challenge,
        seen=lambda one: ("challenge", one.pk),
        note="What was asked, every answer and what became of it go, here and in the trail; who was asked stays.",
    ),
    "measure": Removed(
        find=lambda seat, number: get_object_or_404(
            Measure.objects.visible_to(seat).select_related(
                "action", "commitment__source", "commitment__agency"
            ),
            pk=number,
        ),
        name=lambda one: f"A measure of {one.thing}",
        words=lambda one: [
            one.name,
            one.unit,
            one.source,
            *(reading.source for reading in one.readings.all()),
        ],
        verb=redaction.measure,
        seen=lambda one: ("measure", one.pk),
        note="Its name, unit and sources go, here and in the trail; the numbers and their days stay. Give it a new "
        "name then, as a correction.",
    ),
    "passage": Removed(
        find=lambda seat, number: get_object_or_404(
            Passage.objects.visible_to(seat).select_related("report__meeting", "action"), pk=number
        ),
        name=lambda one: f"Words in: {one.report}",
        words=lambda one: [one.text],
        verb=redaction.passage,
        seen=lambda one: ("paper", one.report_id),
        note="They go from each version of this paper. Said of an action, they go from the action and the trail too. "
        "The paper's mark in the trail still proves the rest.",
    ),
    "document": Removed(
        find=lambda seat, number: get_object_or_404(
            Document.objects.visible_to(seat).select_related("source"), pk=number
        ),
        name=lambda one: f"A document of {one.source.title}",
        words=lambda one: [one.name, one.text[:2000] + ("…" if len(one.text) > 2000 else "")],
        verb=redaction.document,
        seen=lambda one: ("source", one.source.number),
        note="Its whole text and its name go, and what was read in it. Recommendations kept from it stay: remove each "
        "on its own page.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoardRequest, board: str, what: str, number: int) -> HttpResponse:
    """Asks why, shows what will go, and destroys it once the person is sure."""
    access.check(request.seat, "redact")
    kind = WHAT.get(what)
    if kind is None or number >= 2**63:
        raise Http404("Nothing of this kind")
    thing = kind.find(request.seat, number)
    name, *place = kind.seen(thing)
    back = reverse(name, args=[board, *place])
    form = Removal(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            kind.verb(
                thing, by=request.seat, reason=form.cleaned_data["reason"], today=request.seat.board.today
            )
        except Invalid as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, f"{kind.name(thing)}: the words are destroyed.")
            return redirect(back)
    words = list(filter(None, kind.words(thing)))
    context = {"form": form, "name": kind.name(thing), "words": words, "note": kind.note, "back": back}
    return render(request, "frontend/trail/remove.html", context, status=422 if form.errors else 200)
