"""What a paper says of decisions: those that agencies propose and nobody took yet, and those taken last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actions.models import Decision, Report, Response, Source
from actions.models.source import RESTRICTED, commitment_reference
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


def sealed_since(report: Report) -> set[str]:
    """What the paper may still say of reviews that were restricted after its figures were counted: how their
    recommendations were called, what agencies answered, what was decided on them."""
    sealed = Source.objects.filter(
        board=report.board_id, restricted=True, events__verb="restrict", events__at__gte=report.frozen_at
    )
    answers = Response.objects.filter(commitment__source__in=sealed).with_names()
    on_them = Q(commitments__source__in=sealed) | Q(actions__answers__source__in=sealed)
    said = {words for one in answers for words in (one.words, _called(one))}
    for words in Decision.objects.filter(on_them).values_list("words", "referred_to"):
        said.update(words)
    return said - {""}


def _called(one: Response) -> str:
    """As its recommendation was called while it was open."""
    its = one.commitment
    agency = its.agency.short_name if its.agency else None
    return commitment_reference(its.source.short_title, its.printed_number, its.number, agency)
