"""The review of a document: its words beside the proposals, and a person's decisions on them, one address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from actions import access, links
from actions.intake import review as verbs
from actions.models import CommitmentKind, Document, Proposal, ProposalKind
from actions.refusals import Changed, Invalid
from frontend import beside
from frontend.context import BoardRequest
from frontend.forms.review import Choices, alike, seen
from frontend.pages import page_or_part
from frontend.reviewing import (
    DONE,
    FILTERS,
    PER_PAGE,
    by_name,
    filtered,
    kinds,
    last_step,
    progress,
    wanted_page,
    words_of,
)
from frontend.sent import whole

State = Proposal.State


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: BoardRequest, board: str, number: int, document: int) -> HttpResponse:
    found = find(request, number, document)
    return page(request, found) if request.method != "POST" else step(request, found)


def find(request: BoardRequest, number: int, pk: int) -> Document:
    documents = Document.objects.visible_to(request.seat).select_related("source")
    document = get_object_or_404(documents, pk=pk, source__number=number)
    document.board = document.source.board = request.seat.board
    return document


# -- the page -----------------------------------------------------------------------------------------------


def page(
    request: BoardRequest,
    document: Document,
    *,
    row: beside.Row | None = None,
    error: str = "",
    touched: int = 0,
    status: int = 200,
) -> HttpResponse:
    """`row` is one that was typed into; `error` what could not be done, where it belongs to no row; `touched`
    the proposal to which a reader is taken."""
    shown = filtered(document.proposals.select_related("agency", "priority", "commitment__agency"), request)
    current = Paginator(shown, PER_PAGE).get_page(wanted_page(request, shown))
    proposals = list(current.object_list)
    near = resembling(request, proposals)
    every = not any(request.GET.get(name) for name in FILTERS)
    context = common(request, document) | {
        "page": current,
        "lines": words_of(
            document, proposals, first=current.number == 1, last=not current.has_next(), every=every
        ),
        "rows": [
            row
            if row and row.proposal.pk == one.pk
            else a_row(one, document, touched=one.pk == touched, near=near.get(one.pk, ()))
            for one in proposals
        ],
        "wrong_row": row,
        "picked": {pk for pk, _ in map(seen, request.POST.getlist("picked"))} if error else set(),
        "error": error,
        "filters": request.GET,
        "states": State.choices,
    }
    response = page_or_part(request, "frontend/review/review.html", "whole", context, status=status)
    if request.method == "POST":
        response["HX-Retarget"], response["HX-Reswap"] = "#review", "outerHTML"
    return response


def common(request: BoardRequest, document: Document) -> dict[str, Any]:
    """What the page and every answer in place need."""
    may_review = access.may(request.seat, "review", document)
    groups: list[Any] = list(
        document.proposals.order_by()
        .values("state", "kind", "agency_id", "agency__short_name")
        .annotate(n=Count("pk"))
    )
    return {
        "document": document,
        "source": document.source,
        "may_review": may_review,
        "may_plan": access.may(request.seat, "plan", document.source),
        "choices": Choices.of(request.seat),
        "keep_as": CommitmentKind.choices,
        "kinds": ProposalKind.choices,
        "kinds_read": kinds(groups),
        "last": last_step(document) if may_review else None,
        "progress": progress(groups),
        "agencies_read": sorted(
            {(g["agency_id"] or 0, g["agency__short_name"] or "") for g in groups}, key=by_name
        ),
        "address": request.get_full_path(),
    }


def resembling(request: BoardRequest, proposals: list[Proposal]) -> dict[int, list[links.Resembling]]:
    """What is tracked or closed already and reads like what still waits for who decides here."""
    if not access.may(request.seat, "review"):
        return {}
    waiting = (one for one in proposals if one.state == State.WAITING and one.kind != ProposalKind.CONTEXT)
    return links.resembling(request.seat, {one.pk: one.text for one in waiting})


def a_row(proposal: Proposal, document: Document, **about: Any) -> beside.Row:
    proposal.document = document
    if proposal.commitment:
        proposal.commitment.source = document.source
    return beside.row(proposal, **about)


# -- the steps ----------------------------------------------------------------------------------------------


def step(request: BoardRequest, document: Document) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb in ON_MANY:
        return on_many(request, document, verb)
    access.check(request.seat, "review", document)
    proposal = document.proposals.filter(pk=whole(request.POST.get("proposal", ""))).first()
    if proposal is None or verb not in ON_ONE:
        gone = "Those words were merged, split or put back since you opened the page. Here is how they stand now."
        return page(request, document, error=gone, status=409)
    proposal.document = document
    try:
        ON_ONE[verb](request, proposal, Choices.of(request.seat))
    except (Changed, Invalid) as refusal:
        return refused(request, document, proposal, refusal)
    return done(request, document, proposal, whole_page=verb in ("split", "merge"))


def keep(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    verbs.keep(
        proposal,
        priority=choices.priority(request.POST),
        filing=choices.filing(request.POST, "kind"),
        alike=alike(request.POST, request.seat),
        **given(request),
    )


def context(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    about = given(request)
    verbs.mark_context(proposal.document, [(proposal.pk, about.pop("version"))], **about)


def put_back(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    verbs.put_back(proposal, **given(request))


def refile(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    verbs.refile(proposal, choices.filing(request.POST, "filed_as"), **given(request))


def edit(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    verbs.edit(proposal, text=request.POST.get("text", ""), **given(request))


def split(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    at = request.POST.get("at", "")
    verbs.split(proposal, at=whole(at) if at else blank_line(request, proposal), **given(request))


def blank_line(request: BoardRequest, proposal: Proposal) -> int:
    place = beside.blank_line(request.POST.get("text", ""), proposal.text)
    if place is None:
        raise Invalid(
            "Choose where to cut, or put one blank line into the words and change nothing else. "
            "Other changes are saved first, with “Save the words”.",
            field="at",
        )
    return place


def merge(request: BoardRequest, proposal: Proposal, choices: Choices) -> None:
    verbs.merge(proposal, **given(request))


def given(request: BoardRequest) -> dict[str, Any]:
    seat = request.seat
    return {"by": seat, "version": whole(request.POST.get("version", "")), "today": seat.board.today}


ON_ONE = {
    "keep": keep, "context": context, "put_back": put_back, "refile": refile, "edit": edit, "split": split,
    "merge": merge,
}  # fmt: skip
ON_MANY = ("keep_run", "context_run", "undo")


def on_many(request: BoardRequest, document: Document, verb: str) -> HttpResponse:
    picked = [seen(one) for one in request.POST.getlist("picked")]
    about: dict[str, Any] = {"by": request.seat, "today": request.seat.board.today}
    try:
        if verb == "undo":
            step = verbs.undo(document, step=whole(request.POST.get("step", "")), **about)
            said, rows = f"Undone: {DONE[step.verb]}.", [one["id"] for one in step.before]
        elif verb == "keep_run":
            priority = Choices.of(request.seat).priority(request.POST)
            verbs.keep_many(document, picked, priority=priority, **about)
            said, rows = f"{len(picked)} kept.", [pk for pk, _ in picked]
        else:
            verbs.mark_context(document, picked, **about)
            said, rows = f"{len(picked)} marked as context.", [pk for pk, _ in picked]
    except (Changed, Invalid) as refusal:
        return page(
            request, document, error=refusal.message, status=409 if isinstance(refusal, Changed) else 422
        )
    # In place the reader stays at the words; a page that was loaded anew begins with what was done.
    messages.add_message(request, messages.INFO if request.htmx else messages.SUCCESS, said)
    if request.htmx:
        return page(request, document, touched=rows[0])
    return redirect(f"{request.get_full_path()}#p-{rows[0]}")


def done(request: BoardRequest, document: Document, proposal: Proposal, *, whole_page: bool) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{request.get_full_path()}#p-{proposal.pk}")
    if whole_page:
        return page(request, document, touched=proposal.pk)
    return in_place(request, document, stands(request, document, proposal), status=200)


def refused(
    request: BoardRequest, document: Document, proposal: Proposal, refusal: Changed | Invalid
) -> HttpResponse:
    """The proposal as it stands now, and beside it what was typed."""
    status = 409 if isinstance(refusal, Changed) else 422
    now = stands(request, document, proposal, typed=request.POST.dict(), error=refusal.message)
    return (
        in_place(request, document, now, status)
        if request.htmx
        else page(request, document, row=now, status=status)
    )


def stands(request: BoardRequest, document: Document, proposal: Proposal, **typed: Any) -> beside.Row:
    rows = document.proposals.select_related("agency", "priority", "commitment__agency")
    now = get_object_or_404(rows, pk=proposal.pk)
    near = resembling(request, [now]).get(now.pk, ())
    return a_row(now, document, touched=True, near=near, **typed)


def in_place(request: BoardRequest, document: Document, row: beside.Row, status: int) -> HttpResponse:
    context = common(request, document) | {
        "row": row,
        "oob": True,
        "pieces": beside.pieces_of(document.text, row.proposal),
    }
    return render(request, "frontend/review/review.html#answer", context, status=status)
