"""What every step of a review shares: it acts on what the person saw, and leaves what stood before.

Each step holds the board's head first, so that two steps on a board never cross; a proposal that changed
since the person saw it refuses the step, and then nothing was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from actions import trail
from actions.models import Commitment, Document, Event, Proposal, ReviewStep, Seat
from actions.refusals import Changed

State = Proposal.State

# A proposal's id and the version of it that the person saw.
Seen = tuple[int, int]

UNCHANGING = {"id", "board", "document", "version"}
FIELDS = [field for field in Proposal._meta.concrete_fields if field.name not in UNCHANGING]
NAMES = [field.name for field in FIELDS]


def hold(document: Document, seen: Sequence[Seen], *, by: Seat) -> list[Proposal]:
    """Those proposals as they stand; none can move until the transaction ends. Changed if one did before."""
    trail.lock_head(document.board)
    rows = document.proposals.select_related("agency", "commitment").in_bulk([pk for pk, _ in seen])
    for pk, version in seen:
        if pk not in rows:
            raise Changed(
                "Those words were merged, split or put back by somebody since you opened the page. "
                "Look at them as they stand now, then choose again."
            )
        if rows[pk].version != version:
            raise Changed(_moved_on(document, rows[pk], by))
    return sorted(rows.values(), key=lambda proposal: (proposal.start, proposal.pk))


def _moved_on(document: Document, proposal: Proposal, by: Seat) -> str:
    first = was_first(_who_decided(document, proposal), f"changed the words of line {proposal.line}", by)
    return (
        f"{first} They now stand as “{proposal.get_state_display()}”. Nothing of yours is lost: look at both, "
        "then choose again."
    )


def was_first(who: Seat | None, did: str, by: Seat) -> str:
    """The sentence that tells `by` who was first; it may have been they themselves, a click before."""
    if who == by:
        return f"You {did} since you opened this page, perhaps by your own first click."
    return f"{who.name if who else 'Somebody'} {did} since you opened the page."


def _who_decided(document: Document, proposal: Proposal) -> Seat | None:
    """The trail knows, also of a step that was undone."""
    lines = Event.objects.filter(board=document.board_id, source=document.source_id).exclude(verb="take_in")
    mine = (one for one in lines.select_related("by") if proposal.pk in one.detail.get("proposals", ()))
    return next((one.by for one in mine), None)


def snapshot(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """The proposals as plain values that JSON can hold."""
    return [
        {"id": one.pk} | {field.attname: _plain(getattr(one, field.attname)) for field in FIELDS}
        for one in proposals
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def save(proposals: Sequence[Proposal], names: Sequence[str] = NAMES) -> None:
    """Writes those columns of them in one statement, each a version on."""
    for proposal in proposals:
        proposal.version += 1
    Proposal.objects.bulk_update(proposals, [*names, "version"], batch_size=200)


def differing(rows: Iterable[Proposal], others: dict[int, Proposal]) -> list[str]:
    """The columns in which any of `rows` is not as in `others`: a run of hundreds writes no more than these."""
    return [
        field.name
        for field in FIELDS
        if any(getattr(row, field.attname) != getattr(others[row.pk], field.attname) for row in rows)
    ]


def record(
    document: Document, verb: str, *, by: Seat, before: list[dict[str, Any]], made: Iterable[Proposal] = ()
) -> ReviewStep:
    return ReviewStep.objects.create(
        document=document, by=by, verb=verb, before=before, made=[one.pk for one in made]
    )


def entry(
    document: Document,
    verb: str,
    proposals: Sequence[Proposal],
    *,
    by: Seat,
    today: date,
    commitment: Commitment | None = None,
    words: str = "",
    **detail: Any,
) -> trail.Entry:
    """A line for the trail: where in the document, never what it says."""
    detail |= {
        "document": document.pk,
        "proposals": [p.pk for p in proposals],
        "lines": [p.line for p in proposals],
    }
    return trail.Entry(
        verb, by, today, source=document.source, commitment=commitment, words=words, detail=detail
    )
