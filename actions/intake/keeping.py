"""The commitments that a review makes, and takes back; it never takes back what actions answer already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from actions import links, trail
from actions.intake import steps
from actions.intake.steps import State
from actions.models import Answer, Commitment, CommitmentKind, Document, Proposal, ReviewStep, Seat
from actions.refusals import Changed, Invalid

COLUMNS = ["kind", "printed_number", "words", "agency", "priority", "due_words", "due_on", "due_precision"]


def commitments_for(rows: Sequence[Proposal], document: Document, *, by: Seat) -> list[Commitment]:
    """One commitment for each of `rows`; one that was taken back before comes back under its number."""
    _refuse_other_kinds(rows)
    again = [_fill(row.commitment, row) for row in rows if row.commitment]
    new = [row for row in rows if not row.commitment]
    if new:
        first = trail.number(by.board, "commitments", len(new))
        made = [
            _fill(Commitment(board=by.board, source=document.source, number=first + place), row)
            for place, row in enumerate(new)
        ]
        Commitment.objects.bulk_create(made)
        for row, commitment in zip(new, made, strict=True):
            row.commitment = commitment
    if again:
        links.forget([one.pk for one in again])
        Commitment.objects.bulk_update(again, [*COLUMNS, "taken_back"])
    return [row.commitment for row in rows if row.commitment]


def _refuse_other_kinds(rows: Sequence[Proposal]) -> None:
    for row in rows:
        if row.kind not in CommitmentKind.values:
            raise Invalid(
                f"The words of line {row.line} are filed as “{row.get_kind_display()}”. To keep them, choose "
                "planned work, recommendation or finding first.",
                field="kind",
            )


def _fill(commitment: Commitment, row: Proposal) -> Commitment:
    commitment.kind, commitment.printed_number, commitment.words = row.kind, row.number, row.text
    commitment.agency, commitment.priority = row.agency, row.priority
    commitment.due_words, commitment.due_on, commitment.due_precision = (
        row.due_words,
        row.due_on,
        row.due_precision,
    )
    commitment.taken_back = False
    return commitment


def take_back(rows: Sequence[Proposal]) -> None:
    """Their commitments count no more. Invalid, and nothing written, where an action answers one."""
    ids = [row.commitment_id for row in rows if row.commitment_id]
    answered = (
        Answer.objects.filter(commitment__in=ids).select_related("action", "commitment__source").first()
    )
    if answered:
        raise Invalid(
            f"{answered.action.reference} answers {answered.commitment.reference} already, so it stays kept. "
            "Withdraw the action first if it was planned by mistake."
        )
    Commitment.objects.filter(pk__in=ids).update(taken_back=True)


def entries(
    verb: str, rows: Sequence[Proposal], document: Document, *, by: Seat, today: date
) -> list[trail.Entry]:
    """One line per commitment; its words are in `words`, where they can be redacted."""
    return [
        steps.entry(
            document, verb, [row], by=by, today=today, commitment=row.commitment,
            words=row.text if verb == "keep" else "",
        )
        for row in rows
    ]  # fmt: skip


def undo(document: Document, *, step: int, by: Seat, today: date) -> ReviewStep:
    """The proposals of the last step as they stood before it. The caller holds the board's head."""
    last = document.steps.select_related("by").last()
    if last is None:
        raise Invalid("There is no step to undo: nothing was decided yet.")
    if last.pk != step:
        raise Changed(
            f"{steps.was_first(last.by, 'made another step', by)} Look at it first, then undo if you mean it."
        )
    now = document.proposals.select_related("commitment").in_bulk(
        [*(one["id"] for one in last.before), *last.made]
    )
    rows = [_as_it_stood(document, stood, now.get(stood["id"])) for stood in last.before]
    lines = _commitments_follow(document, rows, now, by=by, today=today)
    standing = [row for row in rows if row.pk in now]
    steps.save(standing, steps.differing(standing, now))
    Proposal.objects.bulk_create([row for row in rows if row.pk not in now])
    document.proposals.filter(pk__in=last.made).delete()
    ReviewStep.objects.filter(pk=last.pk).delete()
    trail.append(
        by.board, [*lines, steps.entry(document, "undo", rows, by=by, today=today, undone=last.verb)]
    )
    return last


def _as_it_stood(document: Document, stood: dict[str, Any], now: Proposal | None) -> Proposal:
    row = Proposal(pk=stood["id"], board_id=document.board_id, document=document)
    for field in steps.FIELDS:
        setattr(row, field.attname, field.to_python(stood[field.attname]))
    row.version = now.version if now else 1
    if now is not None and now.state == State.KEPT:
        row.commitment_id = now.commitment_id  # to be found again when it is kept again
    return row


def _commitments_follow(
    document: Document, rows: Sequence[Proposal], now: dict[int, Proposal], *, by: Seat, today: date
) -> list[trail.Entry]:
    kept_now = {pk for pk, row in now.items() if row.state == State.KEPT}
    back = [row for row in rows if row.pk in kept_now and row.state != State.KEPT]
    again = [row for row in rows if row.pk not in kept_now and row.state == State.KEPT]
    take_back(back)
    Commitment.objects.filter(pk__in=[row.commitment_id for row in again if row.commitment_id]).update(
        taken_back=False
    )
    return [
        *entries("undo_keep", back, document, by=by, today=today),
        *entries("keep", again, document, by=by, today=today),
    ]
