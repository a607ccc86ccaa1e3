"""What a paper says of decisions: those that agencies propose and nobody took yet, and those taken last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.models import Decision, Response
from actions.models.source import RESTRICTED
from actions.reporting import paper
from actions.reporting.paper import Cell

if TYPE_CHECKING:
    from actions.reporting.counting import Board


def proposed(about: Board) -> list[dict[str, Any]]:
    """What agencies propose not to implement, or to refer elsewhere: the board decides, so no pack lists it."""
    if not about.whole:
        return []
    waiting = Response.objects.on_board_of(about.seat).to_decide(about.calendar.today).with_names()
    rows = [_proposal(about, one) for one in waiting.order_by("answered_on", "pk")]
    head = ["Recommendation", "Agency", "Proposes", "In its words"]
    caption = "Proposed not to implement, or to refer elsewhere"
    empty = "No agency proposes not to implement anything, or to refer it elsewhere."
    return [paper.heading(caption), paper.table(caption, head, rows, empty=empty)]


def _proposal(about: Board, one: Response) -> list[Cell]:
    if one.commitment.source.restricted:
        return [
            [{"s": RESTRICTED}],
            [{"m": "Not shown"}],
            [{"s": one.get_says_display()}],
            [{"m": "Not shown"}],
        ]
    words: Cell = [about.paper.said(one.words)] if one.words else [{"m": "Nothing yet"}]
    return [
        [about.paper.said(one.commitment.reference)],
        [{"s": one.agency.name}],
        [{"s": one.get_says_display()}],
        words,
    ]


def decided(about: Board) -> list[dict[str, Any]]:
    """At this body's meetings since it met last, that one among them."""
    subgroup = about.report.subgroup_id
    found = Decision.objects.on_board_of(about.seat).standing().filter(meeting__subgroup=subgroup)
    lately = found.filter(meeting__meets_on__range=(about.since, about.calendar.today)).select_related(
        "meeting"
    )
    rows = [
        _decision(about, one)
        for one in lately.prefetch_related("actions__answers__source", "commitments__source")
    ]
    head = ["Decision", "Concerns", "Meeting"]
    return [
        paper.table(
            "What was decided last", head, rows, empty="No decision is recorded since the last meeting."
        )
    ]


def _decision(about: Board, one: Decision) -> list[Cell]:
    actions = sorted(one.actions.all(), key=lambda action: action.number)
    commitments = sorted(one.commitments.all(), key=lambda commitment: commitment.number)
    sources = [answer.source for action in actions for answer in action.answers.all()]
    when: Cell = [{"s": f"{one.meeting.meets_on:%-d %b %Y}"}]
    if any(source.restricted for source in [*sources, *(commitment.source for commitment in commitments)]):
        return [[{"s": RESTRICTED}], [{"m": "Not shown"}], when]
    kind: Cell = [] if one.kind == Decision.Kind.OTHER else [{"b": f"{one.get_kind_display()}."}]
    referred: Cell = [{"m": "To:"}, about.paper.said(one.referred_to)] if one.referred_to else []
    concerns: Cell = [{"a": action.number} for action in actions]
    concerns += [{"s": f"C-{commitment.number}"} for commitment in commitments]
    return [[*kind, about.paper.said(one.words), *referred], concerns or [{"m": "–"}], when]
