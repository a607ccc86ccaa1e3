"""Papers for meetings: drafted and written by the office and by chairs, issued once, read by everybody as they were."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from actions import access, reporting
from actions.models import Report
from actions.refusals import NotAllowed, Refused
from actions.reporting import words_of
from frontend.context import BoardRequest
from frontend.forms.papers import STEPS, DraftForm, WordsForm
from frontend.saving import saved
from frontend.sent import posted

PAGE_SIZE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: BoardRequest, board: str) -> HttpResponse:
    """The list, the latest meeting first; and for those who may, the draft of another one."""
    seat, today = request.seat, request.seat.board.today
    may_draft = access.may(seat, "write_report")
    form = DraftForm(posted(request), by=seat, today=today) if may_draft else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise NotAllowed(f"You cannot do this here. It is for the {access.who_may('write_report')}.")
        made, status = drafted(form)
        if made:
            messages.success(request, "The draft is made, and its figures are counted. Write for it below.")
            return redirect("paper", board, made.pk)
    papers = Report.objects.visible_to(seat).select_related("meeting", "subgroup", "superseded_by")
    page = Paginator(papers, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "none_left": form is not None and form.nothing_left,
    }
    return render(request, "frontend/papers/index.html", context, status=status)


def drafted(form: DraftForm) -> tuple[Report | None, int]:
    if not form.is_valid():
        return None, 422
    try:
        return form.save(), 200
    except Refused as refusal:
        form.add_error("meeting", refusal.message)
        return None, 422


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: BoardRequest, board: str, number: int) -> HttpResponse:
    """A draft is written here by those who may; what is issued shows itself."""
    report = found(request, number)
    may_write = report.is_draft and access.may(request.seat, "write_report", report)
    if request.method == "POST":
        access.check(request.seat, "write_report", report)
        return written(request, report)
    if may_write:
        return editor(request, report, WordsForm(report=report, words=words_of(report)))
    return render(request, "frontend/papers/show.html", shown(request, report))


def found(request: BoardRequest, number: int) -> Report:
    papers = Report.objects.visible_to(request.seat).prefetch_related("passages")
    names = ("meeting__subgroup", "subgroup", "supersedes", "superseded_by")
    report = get_object_or_404(papers.select_related(*names), pk=number)
    report.board = request.seat.board
    return report


def written(request: BoardRequest, report: Report) -> HttpResponse:
    seat = request.seat
    form = WordsForm(request.POST, report=report, words=words_of(report))
    status = saved(form, lambda: form.save(seat, seat.board.today))
    if status == 200:
        messages.success(request, "The words are saved.")
        return redirect("paper", seat.board.slug, report.pk)
    if status == 409:
        report = Report.objects.filter(pk=report.pk).first() or report
        form.now_seen(report)
    return editor(request, report, form, status=status)


def editor(request: BoardRequest, report: Report, form: WordsForm, status: int = 200) -> HttpResponse:
    """Each section with its words to be written, beside its figures; on a clash also with the words that stand."""
    context = shown(request, report)
    stands = words_of(report)
    context["form"] = form
    context["sections"] = [
        section
        | {
            "field": form[section["key"]],
            "stands": stands[section["key"]],
            "clash": clash(form, section, stands),
        }
        for section in context["paper"].sections
    ]
    context["clashed"] = status == 409
    return render(request, "frontend/papers/draft.html", context, status=status)


def clash(form: WordsForm, section: dict[str, Any], stands: dict[str, str]) -> bool:
    key = section["key"]
    return form.is_bound and form.data.get(key, "").replace("\r\n", "\n").strip() != stands[key]


def shown(request: BoardRequest, report: Report) -> dict[str, Any]:
    seat = request.seat
    may_redact = access.may(seat, "redact")
    versions = Report.objects.visible_to(seat).filter(meeting=report.meeting_id).select_related("meeting")
    return {
        "report": report,
        "paper": reporting.shown(report),
        "versions": versions.order_by("version"),
        "later": next((one for one in versions if one.supersedes_id == report.pk), None),
        "may_issue": access.may(seat, "issue_report", report),
        "may_redact": may_redact,
        "removing": may_redact and "remove" in request.GET,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: BoardRequest, board: str, number: int, step: str) -> HttpResponse:
    """Counted again, issued, issued again, thrown away: each asks once more before it is done."""
    kind = STEPS.get(step)
    if kind is None:
        raise Http404("No such step")
    report, seat = found(request, number), request.seat
    access.check(seat, kind.verb, report)
    form = kind(posted(request), report=report, by=seat, today=seat.board.today)
    status = 200
    if request.method == "POST":
        status, made = form.saved()
        if status == 200:
            messages.success(request, kind.said)
            return redirect("paper", board, made.pk) if made else redirect("papers", board)
    elif report.is_draft != kind.of_draft:
        return redirect("paper", board, number)
    context = {
        "title": f"{kind.title}: {report}",
        "intro": kind.intro,
        "form": form,
        "button": kind.button,
        "warning": kind.warning,
        "back": reverse("paper", args=[board, number]),
        "back_words": str(report),
    }
    return render(request, "frontend/boards/step.html", context, status=status)
