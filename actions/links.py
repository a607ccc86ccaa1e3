"""Two commitments that ask for the same, or nearly: told where they read alike, linked or set apart by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from actions import access, alike, trail
from actions.commitments import WORDS
from actions.models import Commitment, CommitmentLink, LinkKind, Seat, Status
from actions.models.link import REVERSED
from actions.models.source import CommitmentQuerySet
from actions.refusals import Changed, Invalid

LONGEST = 300  # characters of why
NO_WORK = (Status.DRAFT, Status.WITHDRAWN)


@dataclass(frozen=True)
class Resembling:
    """A commitment that reads like some words, and how far it is. `name`: the scheme that both name."""

    commitment: Commitment
    score: int
    name: str

    @property
    def stands(self) -> str:
        """In words: "complete, 3 actions"."""
        return standing_words(self.commitment)


def standing_words(commitment: Commitment) -> str:
    """Of one that `with_work` counted."""
    work, signed_off = commitment.work, commitment.signed_off  # type: ignore[attr-defined]
    said = WORDS[commitment.state][1].lower()  # type: ignore[attr-defined]
    if not work:
        return said
    actions = f"{said}, {work} action{'' if work == 1 else 's'}"
    return f"{actions}, {signed_off} signed off" if 0 < signed_off < work else actions


def with_work(commitments: CommitmentQuerySet, today: date) -> CommitmentQuerySet:
    """With everything that a line about one names."""
    counted = ~Q(actions__status__in=NO_WORK)
    return (
        commitments.with_state(today)
        .select_related("source", "agency")
        .annotate(
            work=Count("actions", filter=counted),
            signed_off=Count("actions", filter=Q(actions__status=Status.SIGNED_OFF)),
        )
    )


def resembling(
    seat: Seat, texts: Mapping[int, str], *, leave_out: Mapping[int, Collection[int]] | None = None
) -> dict[int, list[Resembling]]:
    """For each text, by whatever key it has, the commitments of this board that read like it: of those that this
    seat may read, without the ids in `leave_out`. Two queries, or one where nothing is alike."""
    if not texts:
        return {}
    standing = Commitment.objects.visible_to(seat).filter(taken_back=False)
    board = alike.Board(standing.order_by().values_list("pk", "words"))
    apart = leave_out or {}
    found = {key: board.nearest(text, leave_out=apart.get(key, ())) for key, text in texts.items()}
    wanted = {one.pk for near in found.values() for one in near}
    rows = with_work(Commitment.objects.filter(pk__in=wanted), seat.board.today).in_bulk() if wanted else {}
    return {
        key: [Resembling(rows[one.pk], round(one.score), one.name) for one in near]
        for key, near in found.items()
    }


def like(seat: Seat, commitment: Commitment) -> list[Resembling]:
    """What resembles a commitment and was neither linked with it nor set apart from it."""
    said = CommitmentLink.objects.filter(Q(commitment=commitment) | Q(other=commitment))
    apart = {pk for pair in said.values_list("commitment", "other") for pk in pair} | {commitment.pk}
    return resembling(seat, {commitment.pk: commitment.words}, leave_out={commitment.pk: apart})[
        commitment.pk
    ]


@dataclass(frozen=True)
class Linked:
    """One link as it reads from one end: "Repeated by", and the commitment at the other end."""

    link: CommitmentLink
    said: str
    commitment: Commitment

    @property
    def stands(self) -> str:
        return standing_words(self.commitment)


def of(seat: Seat, commitment: Commitment) -> list[Linked]:
    """Every link of a commitment, from its end; that two are not the same, to those who may take it back. Two queries,
    or one where there is none."""
    links = CommitmentLink.objects.visible_to(seat).filter(Q(commitment=commitment) | Q(other=commitment))
    if not access.may(seat, "link", commitment):
        links = links.exclude(kind=LinkKind.NOT_THE_SAME)
    both = [(one, one.commitment_id == commitment.pk) for one in links.select_related("by")]
    ends = {one.other_id if forwards else one.commitment_id for one, forwards in both}
    rows = with_work(Commitment.objects.filter(pk__in=ends), seat.board.today).in_bulk() if ends else {}
    return [
        Linked(one, one.get_kind_display(), rows[one.other_id])
        if forwards
        else Linked(one, REVERSED[LinkKind(one.kind)], rows[one.commitment_id])
        for one, forwards in both
    ]


def between(one: Commitment, other: Commitment) -> CommitmentLink | None:
    """The link of the two, whichever way it was said."""
    there = Q(commitment=one, other=other) | Q(commitment=other, other=one)
    return CommitmentLink.objects.filter(there).select_related("by").first()


@transaction.atomic
def link(
    commitment: Commitment,
    other: Commitment,
    *,
    kind: str,
    by: Seat,
    today: date,
    words: str = "",
    saw: int | None = None,
) -> CommitmentLink:
    """Says what two commitments have to do with each other, one of LinkKind, instead of what was said before.

    `saw`: the id of the link that the person saw between the two; Changed where another stands. The same said twice
    is said once.
    """
    access.check(by, "link", commitment)
    access.check(by, "link", other)
    _refuse_unfit(commitment, other, kind, words)
    trail.lock_head(by.board)
    stands = between(commitment, other)
    said = {"commitment": commitment, "other": other, "kind": kind, "words": words.strip()}
    if stands and all(getattr(stands, name) == value for name, value in said.items()):
        return stands
    _refuse_changed(stands, saw)
    _refuse_covered(other, kind)
    if stands:
        stands.delete()
    made = CommitmentLink.objects.create(board=by.board, by=by, linked_on=today, **said)
    _write("link", commitment, other, by, today, words=words.strip(), kind=kind)
    return made


@transaction.atomic
def unlink(
    commitment: Commitment, other: Commitment, *, by: Seat, today: date, saw: int | None = None
) -> None:
    """What was said of the two is taken back; if they read alike, the tracker says so again."""
    access.check(by, "link", commitment)
    access.check(by, "link", other)
    trail.lock_head(by.board)
    stands = between(commitment, other)
    _refuse_changed(stands, saw)
    if stands is None:
        raise Changed("Nothing links the two any more. Look at how they stand now.")
    stands.delete()
    _write("unlink", commitment, other, by, today, kind=stands.kind)


def forget(commitments: Collection[int]) -> None:
    """Before a commitment that was put back is kept anew: what was said of it then was said of it then."""
    CommitmentLink.objects.filter(Q(commitment__in=commitments) | Q(other__in=commitments)).delete()


def _write(
    verb: str, one: Commitment, other: Commitment, by: Seat, today: date, *, kind: str, words: str = ""
) -> None:
    """The source of the other end goes with the line: who may not read it does not read what was said of the two."""
    detail = {"kind": kind, "other": other.number}
    entry = trail.Entry(verb, by, today, commitment=one, source=other.source, words=words, detail=detail)
    trail.append(by.board, [entry])


def _refuse_unfit(commitment: Commitment, other: Commitment, kind: str, words: str) -> None:
    if kind not in LinkKind.values:
        raise Invalid("Choose what the two have to do with each other.", field="kind")
    if commitment.pk == other.pk:
        raise Invalid("Choose another commitment: this is the same one.", field="other")
    if commitment.taken_back or other.taken_back:
        raise Invalid("One of the two was put back and is no commitment any more.", field="other")
    if len(words.strip()) > LONGEST:
        raise Invalid(f"Keep it within {LONGEST} characters.", field="words")


def _refuse_changed(stands: CommitmentLink | None, saw: int | None) -> None:
    if stands and stands.pk != saw:
        raise Changed(
            f"{stands.by.name} said of the two meanwhile: {stands.get_kind_display().lower()}. "
            "Look at both, then save again if you mean it."
        )


def _refuse_covered(other: Commitment, kind: str) -> None:
    """What covers is itself not covered: so nobody is led round in a circle."""
    if kind != LinkKind.COVERED_BY:
        return
    covering = other.links.filter(kind=kind).select_related("other__source", "other__agency").first()
    if covering:
        raise Invalid(
            f"{other.reference} is itself covered by {covering.other.reference} (C-{covering.other.number}). "
            "Choose that one.",
            field="other",
        )
