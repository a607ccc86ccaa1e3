"""What covers a commitment that has nothing of its own, as far as a seat may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actions import access
from actions.commitments import Covered, missing
from actions.models import Action, Commitment, Response, Seat


@dataclass(frozen=True)
class Covering:
    """The commitment whose state counts here. `open`: this seat may read it; who may not is told its reference."""

    commitment: Commitment
    open: bool


def of(seat: Seat, commitment: Commitment) -> Covering | None:
    """Of one that `with_covering` asked about. Two queries, or none where nothing covers it."""
    pk: int | None = commitment.covering  # type: ignore[attr-defined]
    if pk is None:
        return None
    found = Commitment.objects.select_related("source", "agency").get(pk=pk)
    return Covering(found, Commitment.objects.visible_to(seat).filter(pk=pk).exists())


def still_missing(
    seat: Seat, commitment: Commitment, asked: Iterable[Response], actions: Iterable[Action]
) -> list[str]:
    """Before it is complete, of what this seat may know; nothing of what the board decided. Needs its `state`, and
    what `with_covering` gives."""
    if commitment.state in ("complete", "decided"):  # type: ignore[attr-defined]
        return []
    return missing(asked, actions, _lacks(seat, of(seat, commitment)))


def _lacks(seat: Seat, covering: Covering | None) -> Covered | None:
    """What it is missing, for `commitments.missing`. Of a restricted review only to those who may read all of it.
    Two queries, or none."""
    if covering is None:
        return None
    one = covering.commitment
    if not access.reads(seat, one.source):
        return Covered(one.reference, known=False)
    asked = Response.objects.visible_to(seat).standing().filter(commitment=one).select_related("agency")
    actions = Action.objects.visible_to(seat).filter(commitments=one).order_by("number")
    said = missing(asked, actions)
    return Covered(one.reference, said, known=bool(said))
