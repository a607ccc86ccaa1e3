"""How far a review is, which of its proposals are shown, and the lines beside them; decides nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from actions.models import Document, Proposal, ProposalKind
from frontend import beside
from frontend.sent import whole

PER_PAGE = 50
FILTERS = ("state", "agency", "kind")
State = Proposal.State
DONE = {
    "keep": "kept", "context": "marked as context", "put_back": "put back", "refile": "re-filed",
    "edit": "changed the words", "split": "split", "merge": "merged",
}  # fmt: skip


def by_name(agency: tuple[int, str]) -> str:
    return agency[1].casefold()


def progress(groups: list[Any]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group["state"]] += group["n"]
    total = sum(counts.values())
    bar = [("Kept", counts[State.KEPT], "green"), ("Context", counts[State.CONTEXT], "grey")]
    return {
        "decided": total - counts[State.WAITING],
        "total": total,
        "kept": counts[State.KEPT],
        "bar": [*bar, ("Waiting for you", counts[State.WAITING], "pale")],
    }


def kinds(groups: list[Any]) -> list[tuple[str, str, int]]:
    """Of each kind that was read: its key, its words and how many, in the order in which a review is best done."""
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group["kind"]] += group["n"]
    return [(key, words, counts[key]) for key, words in ProposalKind.choices if counts[key]]


def last_step(document: Document) -> dict[str, Any] | None:
    """The step that can be undone, in words."""
    step = document.steps.select_related("by").last()
    if step is None:
        return None
    line = min((one["line"] for one in step.before), default=0)
    count = len(step.before)
    where = f"line {line}" if count == 1 or step.verb == "merge" else f"{count} proposals from line {line}"
    who = step.by.name if step.by else "Somebody"
    return {"id": step.pk, "words": f"{DONE[step.verb]}, {where}, by {who}"}


def filtered(proposals: QuerySet[Proposal], request: HttpRequest) -> QuerySet[Proposal]:
    wanted = Q()
    if (state := request.GET.get("state", "")) in State.values:
        wanted &= Q(state=state)
    if (kind := request.GET.get("kind", "")) in ProposalKind.values:
        wanted &= Q(kind=kind)
    if agency := request.GET.get("agency", ""):
        wanted &= Q(agency__isnull=True) if agency == "none" else Q(agency=whole(agency))
    return proposals.filter(wanted)


def wanted_page(request: HttpRequest, shown: QuerySet[Proposal]) -> str | int:
    """`?page=`, or the page that holds the proposal `?at=`."""
    at = whole(request.GET.get("at", ""))
    start = shown.filter(pk=at).values_list("start", flat=True).first() if at else None
    if start is None:
        return request.GET.get("page", 1)
    return shown.filter(Q(start__lt=start) | Q(start=start, pk__lt=at)).count() // PER_PAGE + 1


def words_of(
    document: Document, proposals: list[Proposal], *, first: bool, last: bool, every: bool
) -> list[beside.Line]:
    """The lines that stand beside these proposals. Whole pages leave no line out: each is on one of them."""
    text = document.text
    if not proposals:
        return beside.lines(text, [], begin=0, end=len(text), every=every)
    begin = text.rfind("\n", 0, proposals[0].start) + 1
    if first:
        begin = 0
    elif every:
        earlier = document.proposals.filter(start__lt=proposals[0].start).order_by("-end")
        after = text.find("\n", earlier.values_list("end", flat=True)[0]) + 1
        begin = min(begin, after) if after else begin
    end = text.find("\n", max(one.end for one in proposals))
    return beside.lines(text, proposals, begin=begin, end=len(text) if last or end < 0 else end, every=every)
