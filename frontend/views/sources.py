"""Sources and what came of them: the list, one source, one commitment, and the page that takes a document in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actions import access, covering
from actions.commitments import is_covered
from actions.intake import taking
from actions.models import (
    OPEN,
    Action,
    Answer,
    Commitment,
    Document,
    Evidence,
    ImpactReview,
    Measure,
    Proposal,
    Response,
    Seat,
    Source,
    Status,
)
from actions.models.source import CommitmentQuerySet, closed_to
from actions.refusals import Invalid
from frontend.context import BoardRequest
from frontend.forms.sources import TakeInForm
from frontend.questions import ask_about
from frontend.sent import whole
from frontend.side_by_side import rows
from frontend.views.links import panel
from frontend.views.measures import add_to

PER_PAGE = 50


@require_safe
def index(request: BoardRequest, board: str) -> HttpResponse:
    sources = Source.objects.visible_to(request.seat).select_related("kind")
    context = {
        "page": Paginator(with_counts(sources, request.seat.board.today), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_take_in": access.may(request.seat, "take_in"),
        "hidden": hidden(request.seat),
    }
    return render(request, "frontend/sources/index.html", context)


def hidden(seat: Seat) -> int:
    """How many restricted sources there are beside those that this seat may read."""
    return 0 if access.reads_everything(seat) else closed_to(seat).count()


def with_counts(sources: QuerySet[Source], today: date) -> QuerySet[Source]:
    """How many proposals wait, commitments stand, and of those have no action yet: as the summary counts them."""
    waiting = Proposal.objects.filter(document__source=OuterRef("pk"), state=Proposal.State.WAITING)
    standing: CommitmentQuerySet = Commitment.objects.filter(source=OuterRef("pk"), taken_back=False)
    return sources.annotate(
        waiting=counted(waiting, "document__source"),
        kept=counted(standing, "source"),
        unplanned=counted(standing.with_state(today).filter(state="no_action"), "source"),
    )


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    per = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(per, output_field=IntegerField()), 0)


def without_action(commitments: CommitmentQuerySet, today: date) -> CommitmentQuerySet:
    """What can still be planned: neither drafted nor planned, nor covered by another, nor decided against."""
    answers = Answer.objects.filter(commitment=OuterRef("pk")).exclude(action__status=Status.WITHDRAWN)
    undecided = commitments.with_state(today).exclude(state="decided")
    return undecided.exclude(Exists(answers) | is_covered())


@require_safe
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    sources = Source.objects.visible_to(request.seat).select_related("kind", "subgroup")
    source = get_object_or_404(sources, number=number)
    undecided = Q(proposals__state=Proposal.State.WAITING)
    documents = (
        source.documents.select_related("taken_in_by")
        .defer("text")
        .annotate(total=Count("proposals"), waiting=Count("proposals", filter=undecided))
    )
    commitments = standing(request, source.commitments.all()).with_state(request.seat.board.today)
    context = {
        "source": source,
        "documents": documents,
        "page": Paginator(commitments, PER_PAGE).get_page(request.GET.get("page")),
        "unplanned": without_action(
            source.commitments.filter(taken_back=False), request.seat.board.today
        ).count(),
        "may_take_in": access.may(request.seat, "take_in"),
        "may_plan": access.may(request.seat, "plan"),
        "may_redact": access.may(request.seat, "redact"),
        "may_publish": access.may(request.seat, "publish", source),
    }
    return render(request, "frontend/sources/show.html", context)


def standing(
    request: BoardRequest, commitments: CommitmentQuerySet, *also: str | Prefetch[Any]
) -> CommitmentQuerySet:
    """Commitments that stand, with what a page names and the actions that answer them, coloured. `also`: what else
    is asked of the actions."""
    actions = Action.objects.standing(request.seat).prefetch_related(*also)
    return (
        commitments.filter(taken_back=False)
        .select_related("source", "agency", "priority")
        .prefetch_related(Prefetch("actions", actions.order_by("number")))
    )


@require_safe
def commitment(request: BoardRequest, board: str, number: int) -> HttpResponse:
    seat, today = request.seat, request.seat.board.today
    relied_on = Prefetch("evidence", Evidence.objects.filter(relied_on=True), to_attr="shown_by")
    found = standing(request, Commitment.objects.visible_to(seat), "contributors", relied_on)
    found = found.with_state(today).with_covering(today).select_related("source__kind")
    shown = get_object_or_404(found, number=number)
    asked = list(responses_to(seat, shown))
    reads_source = access.reads(seat, shown.source)
    proposal = Proposal.objects.visible_to(request.seat).select_related("document").defer("document__text")
    signed_off = [one for one in shown.actions.all() if one.status == Status.SIGNED_OFF]
    context = {
        "commitment": shown,
        "proposal": proposal.filter(commitment=shown).first(),
        "rows": rows(seat, asked, shown.actions.all()),
        "covered_by": covering.of(seat, shown),
        "missing": covering.still_missing(seat, shown, asked, shown.actions.all()),
        "decisions": shown.decisions.visible_to(seat).select_related("meeting__subgroup"),
        "still_open": [one for one in shown.actions.all() if one.status in OPEN],
        "may_share_out": access.may(seat, "share_out", shown),
        "may_decide": access.may(seat, "decide", shown),
        "may_plan": access.may(request.seat, "plan"),
        "may_raise": access.may(request.seat, "raise"),
        "may_check": any(access.may(request.seat, "review_impact", one) for one in signed_off),
        "measures": measures_of(request, shown),
        "measure_url": add_to(request.seat, shown, "commitment"),
        "reviews": reviews_of(request, shown),
        "challenges": shown.challenges.counted().most_urgent_first(),
        "ask_url": ask_about(seat, "commitment", shown.number),
        "may_redact": access.may(request.seat, "redact"),
        "may_review": access.may(request.seat, "review"),
        "near": panel(request.seat, shown),
        "reads_source": reads_source,
        "today": today,
    }
    return render(request, "frontend/sources/commitment.html", context)


def responses_to(seat: Seat, commitment: Commitment) -> QuerySet[Response]:
    """Of a restricted review, those that this seat may read."""
    asked = Response.objects.visible_to(seat).standing().filter(commitment=commitment)
    return asked.with_names().select_related("judged_by")


def reviews_of(request: BoardRequest, commitment: Commitment) -> QuerySet[ImpactReview]:
    """Of what answers it: each check names its actions."""
    made = ImpactReview.objects.filter(actions__answers__commitment=commitment).values("pk")
    reviews = ImpactReview.objects.visible_to(request.seat).filter(pk__in=made)
    return reviews.select_related("by").prefetch_related("actions").with_evidence()


def measures_of(request: BoardRequest, commitment: Commitment) -> QuerySet[Measure]:
    """Its own, and those of what answers it."""
    mine = Q(commitment=commitment) | Q(action__answers__commitment=commitment)
    measures = Measure.objects.visible_to(request.seat).filter(mine)
    return measures.select_related("action").prefetch_related("readings")


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: BoardRequest, board: str) -> HttpResponse:
    """`?source=3` adds a document to a source that is there."""
    access.check(request.seat, "take_in")
    source = chosen_source(request)
    form = TakeInForm(request.POST or None, request.FILES or None, seat=request.seat, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            return taken_in(request, form, source)
        except Invalid as refusal:
            field = (
                "words"
                if refusal.field == "document" and not form.cleaned_data["document"]
                else refusal.field
            )
            form.add_error(field if field in form.fields else None, refusal.message)
    context = {"form": form, "source": source, "choose_again": bool(request.FILES)}
    return render(request, "frontend/sources/take_in.html", context, status=422 if form.errors else 200)


def chosen_source(request: BoardRequest) -> Source | None:
    number = request.GET.get("source", "")
    if not number:
        return None
    sources = Source.objects.visible_to(request.seat)
    return get_object_or_404(sources, number=whole(number))


def taken_in(request: BoardRequest, form: TakeInForm, source: Source | None) -> HttpResponse:
    data, name = form.data_and_name()
    taken = taking.take_in(
        by=request.seat,
        data=data,
        name=name,
        kind=form.cleaned_data["kind"],
        title=form.cleaned_data.get("title", ""),
        short_title=form.cleaned_data.get("short_title", ""),
        restricted=form.cleaned_data.get("restricted", False),
        subgroup=form.cleaned_data.get("subgroup"),
        source=source,
        today=request.seat.board.today,
    )
    document = taken.document
    if taken.already:
        messages.info(request, already(document))
    else:
        messages.success(request, f"{taken.proposals} proposals were read. Each waits for your decision.")
    return redirect(reverse("review", args=[document.board.slug, document.source.number, document.pk]))


def already(document: Document) -> str:
    day = document.taken_in_at.astimezone(document.board.tz)
    return (
        f"This document was taken in already, on {day:%-d %B %Y}, as {document.source.reference} "
        f"“{document.source.title}”. Nothing was changed; here is its review."
    )
