"""A person decides on what was read: keep, edit, split, merge, re-file, leave as context, put back, undo.

Every verb acts on what the person saw, is all or nothing, and leaves a step that can be undone and a line in
the trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from actions import access, links, trail
from actions.intake import keeping, steps, words
from actions.intake.steps import Seen, State
from actions.models import Agency, Commitment, Document, Priority, Proposal, ProposalKind, ReviewStep, Seat
from actions.refusals import Invalid

UNDECIDED = (State.WAITING, State.CONTEXT)  # a kept one is put back before it changes


@dataclass(frozen=True)
class Alike:
    """What a proposal has to do with a commitment that is there: `kind` is one of LinkKind."""

    kind: str
    other: Commitment


@dataclass(frozen=True)
class Filing:
    """Where a proposal belongs: what it is, and whose."""

    kind: str
    agency: Agency | None


@transaction.atomic
def keep(
    proposal: Proposal,
    *,
    by: Seat,
    version: int,
    today: date,
    priority: Priority | None = None,
    filing: Filing | None = None,
    alike: Alike | None = None,
) -> Commitment:
    """The proposal becomes a commitment, re-filed first where `filing` says so, and linked where `alike` does: also
    what is covered already stays a commitment, so that its source still shows all that it asked for."""
    [kept] = keep_many(
        proposal.document, [(proposal.pk, version)], by=by, today=today, priority=priority, filing=filing
    )
    if alike:
        links.link(kept, alike.other, kind=alike.kind, by=by, today=today)
    return kept


@transaction.atomic
def keep_many(
    document: Document,
    seen: Sequence[Seen],
    *,
    by: Seat,
    today: date,
    priority: Priority | None = None,
    filing: Filing | None = None,
) -> list[Commitment]:
    """Several at once, with one priority: all or none."""
    rows = _start(document, seen, by=by, states=UNDECIDED)
    before = steps.snapshot(rows)
    _refuse_foreign(by, filing, priority)
    for row in rows:
        row.kind, row.agency = (filing.kind, filing.agency) if filing else (row.kind, row.agency)
        row.priority, row.state = priority, State.KEPT
    commitments = keeping.commitments_for(rows, document, by=by)
    steps.save(rows, ["kind", "agency", "priority", "state", "commitment"])
    steps.record(document, "keep", by=by, before=before)
    trail.append(by.board, keeping.entries("keep", rows, document, by=by, today=today))
    return commitments


@transaction.atomic
def mark_context(document: Document, seen: Sequence[Seen], *, by: Seat, today: date) -> list[Proposal]:
    """One or a run of them: read, and no commitment."""
    rows = _start(document, seen, by=by, states=(State.WAITING,))
    before = steps.snapshot(rows)
    for row in rows:
        row.state = State.CONTEXT
    return _finish(document, "context", rows, ["state"], before=before, by=by, today=today)[0]


@transaction.atomic
def put_back(proposal: Proposal, *, by: Seat, version: int, today: date) -> Proposal:
    """A decision is taken back, however long ago: the words wait again. Refused once actions answer them."""
    document = proposal.document
    rows = _start(document, [(proposal.pk, version)], by=by, states=(State.KEPT, State.CONTEXT))
    before = steps.snapshot(rows)
    kept = [row for row in rows if row.state == State.KEPT]
    keeping.take_back(kept)
    for row in rows:
        row.state = State.WAITING
    also = keeping.entries("undo_keep", kept, document, by=by, today=today)
    return _finish(document, "put_back", rows, ["state"], before=before, by=by, today=today, also=also)[0][0]


@transaction.atomic
def refile(proposal: Proposal, filing: Filing, *, by: Seat, version: int, today: date) -> Proposal:
    """The same words under another kind or agency; they wait for a decision."""
    rows = _start(proposal.document, [(proposal.pk, version)], by=by, states=UNDECIDED)
    before = steps.snapshot(rows)
    _refuse_foreign(by, filing, None)
    rows[0].kind, rows[0].agency, rows[0].state = filing.kind, filing.agency, State.WAITING
    names = ["kind", "agency", "state"]
    return _finish(proposal.document, "refile", rows, names, before=before, by=by, today=today)[0][0]


@transaction.atomic
def edit(proposal: Proposal, *, text: str, by: Seat, version: int, today: date) -> Proposal:
    """Other words for the same place; the printed ones stay in the document, and are shown beside them."""
    rows = _start(proposal.document, [(proposal.pk, version)], by=by, states=UNDECIDED)
    before = steps.snapshot(rows)
    rows[0].text = _wanted_words(text)
    rows[0].state = State.WAITING
    names = ["text", "state"]
    return _finish(proposal.document, "edit", rows, names, before=before, by=by, today=today)[0][0]


@transaction.atomic
def split(proposal: Proposal, *, at: int, by: Seat, version: int, today: date) -> tuple[Proposal, Proposal]:
    """Two proposals from one, cut before the character `at` of its words."""
    document = proposal.document
    rows = _start(document, [(proposal.pk, version)], by=by, states=UNDECIDED)
    before = steps.snapshot(rows)
    if not (rows[0].text[:at].strip() and rows[0].text[at:].strip()):
        raise Invalid("Choose a place inside the words, so that each part has some.", field="at")
    first, second = words.cut(rows[0], at, document.text)
    second.save(force_insert=True)
    names = ["text", "end", "due_words", "due_on", "due_precision", "state"]
    _finish(document, "split", [first], names, made=[second], before=before, by=by, today=today)
    return first, second


@transaction.atomic
def merge(proposal: Proposal, *, by: Seat, version: int, today: date) -> Proposal:
    """The proposal and the one that follows it in the document become one."""
    document = proposal.document
    rows = _start(document, [(proposal.pk, version)], by=by, states=UNDECIDED)
    following = _following(rows[0])
    before = steps.snapshot([rows[0], following])
    words.join(rows[0], following)
    following.delete()
    return _finish(document, "merge", rows, steps.NAMES, before=before, by=by, today=today)[0][0]


def _following(proposal: Proposal) -> Proposal:
    found = proposal.document.proposals.filter(start__gte=proposal.start).exclude(pk=proposal.pk)
    following = found.exclude(start=proposal.start, pk__lt=proposal.pk).select_related("agency").first()
    if following is None:
        raise Invalid("Nothing follows these words in the document.")
    if following.state == State.KEPT:
        raise Invalid(
            f"The words that follow, on line {following.line}, are kept. Put them back first, then merge."
        )
    if (following.agency_id, following.agency_words) != (proposal.agency_id, proposal.agency_words):
        raise Invalid(
            "The words that follow belong to another agency. Re-file one of the two first, then merge."
        )
    return following


@transaction.atomic
def undo(document: Document, *, step: int, by: Seat, today: date) -> ReviewStep:
    """Everything stands as before the last step; `step` is the one that the person saw as the last."""
    access.check(by, "review", document)
    trail.lock_head(document.board)
    return keeping.undo(document, step=step, by=by, today=today)


def _start(document: Document, seen: Sequence[Seen], *, by: Seat, states: Sequence[str]) -> list[Proposal]:
    access.check(by, "review", document)
    if not seen:
        raise Invalid("Tick the words that you mean first.", field="picked")
    rows = steps.hold(document, seen, by=by)
    for row in rows:
        if row.state not in states:
            raise Invalid(
                f"The words of line {row.line} are “{row.get_state_display()}” already. "
                "Put them back first if they should change."
            )
    return rows


def _finish(
    document: Document,
    verb: str,
    rows: list[Proposal],
    names: Sequence[str],
    *,
    before: list[dict[str, object]],
    by: Seat,
    today: date,
    made: Sequence[Proposal] = (),
    also: Sequence[trail.Entry] = (),
) -> tuple[list[Proposal], ReviewStep]:
    steps.save(rows, names)
    step = steps.record(document, verb, by=by, before=before, made=made)
    entry = steps.entry(document, verb, [*rows, *made], by=by, today=today)
    trail.append(by.board, [*also, entry])
    return rows, step


def _refuse_foreign(by: Seat, filing: Filing | None, priority: Priority | None) -> None:
    if filing and filing.kind not in ProposalKind.values:
        raise Invalid("Choose one of the kinds on the list.", field="kind")
    if filing and filing.agency and filing.agency.board_id != by.board_id:
        raise Invalid("Choose one of this board's agencies.", field="agency")
    if priority and priority.board_id != by.board_id:
        raise Invalid("Choose one of this board's priorities.", field="priority")


def _wanted_words(text: str) -> str:
    wanted = text.replace("\r\n", "\n").strip()
    if not wanted:
        raise Invalid("Leave some words, or mark these as context instead.", field="text")
    if len(wanted) > words.LONGEST:
        raise Invalid(f"Keep the words within {words.LONGEST:,} characters.", field="text")
    return wanted
