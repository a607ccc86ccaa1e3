"""A document's words line by line, with the proposals marked in them, and each proposal with what can be chosen.

Pure: it places and words what a page shows, asks the database nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.intake import words
from actions.links import Resembling
from actions.models import CommitmentKind, LinkKind, Proposal


@dataclass(frozen=True)
class Piece:
    """Some words of one line: of a proposal, or between two. `id` is unique on the page."""

    text: str
    proposal: Proposal | None = None
    id: str = ""


@dataclass(frozen=True)
class Line:
    """`skipped`: lines that are not shown stand before it."""

    number: int
    pieces: list[Piece]
    skipped: bool = False


def lines(text: str, proposals: Sequence[Proposal], *, begin: int, end: int, every: bool) -> list[Line]:
    """The lines between two places of the text; with `every` false only those that hold a proposal's words."""
    found: list[Line] = []
    skipped = False
    shown: dict[int, int] = {}  # how many pieces each proposal has so far
    number = text.count("\n", 0, begin) + 1
    at = begin
    for line in text[begin:end].split("\n"):
        here = [p for p in proposals if p.start < at + len(line) and p.end > at]
        if line.strip() and (every or here):
            found.append(Line(number, _pieces(line, at, here, shown), skipped))
            skipped = False
        elif line.strip():
            skipped = True
        number += 1
        at += len(line) + 1
    return found


def _pieces(line: str, at: int, here: Sequence[Proposal], shown: dict[int, int]) -> list[Piece]:
    pieces, place = [], 0
    for proposal in here:
        start, end = max(proposal.start - at, place), min(proposal.end - at, len(line))
        if start >= end:
            continue
        if line[place:start]:
            pieces.append(Piece(line[place:start]))
        shown[proposal.pk] = shown.get(proposal.pk, 0) + 1
        more = f"-{shown[proposal.pk]}" if shown[proposal.pk] > 1 else ""
        pieces.append(Piece(line[start:end], proposal, f"words-{proposal.pk}{more}"))
        place = end
    if line[place:]:
        pieces.append(Piece(line[place:]))
    return pieces


def pieces_of(text: str, proposal: Proposal) -> list[Piece]:
    """The marked words of one proposal, as `lines` would mark them."""
    begin = text.rfind("\n", 0, proposal.start) + 1
    found = lines(text, [proposal], begin=begin, end=proposal.end, every=False)
    return [piece for line in found for piece in line.pieces if piece.proposal]


@dataclass(frozen=True)
class Seam:
    """A place where a proposal can be cut: before the words `then`."""

    at: int
    then: str


@dataclass
class Row:
    """One proposal with what stands in its form: as it was read, or as it was typed."""

    proposal: Proposal
    kind: str = ""
    agency: str = ""
    priority: str = ""
    filed_as: str = ""
    text: str = ""
    at: str = ""
    alike: str = ""
    error: str = ""
    touched: bool = False
    seams: list[Seam] = field(default_factory=list)
    near: Sequence[Resembling] = ()

    @property
    def said(self) -> list[tuple[str, str]]:
        """What can be said of it and what it resembles, by what the form sends."""
        return [
            (f"{kind.value}:{one.commitment.number}", f"{kind.label} {one.commitment.reference}")
            for one in self.near
            for kind in (LinkKind.COVERED_BY, LinkKind.REPEATS, LinkKind.RELATED, LinkKind.NOT_THE_SAME)
        ]

    @property
    def open(self) -> bool:
        """Whether the part that changes the words is shown: something in it was typed."""
        return bool(self.error) and (self.text != self.proposal.text or bool(self.at))


def row(
    proposal: Proposal,
    typed: Mapping[str, str] | None = None,
    *,
    error: str = "",
    touched: bool = False,
    near: Sequence[Resembling] = (),
) -> Row:
    """What is no commitment by its heading is offered as planned work: one click keeps it."""
    keepable = proposal.kind in CommitmentKind.values
    stands = {
        "kind": proposal.kind if keepable else CommitmentKind.PLANNED_WORK.value,
        "agency": str(proposal.agency_id or ""),
        "priority": str(proposal.priority_id or ""),
        "filed_as": proposal.kind,
        "text": proposal.text,
        "at": "",
        "alike": "",
    }
    given = {name: typed.get(name, value) for name, value in stands.items()} if typed else stands
    waiting = proposal.state == Proposal.State.WAITING
    seams = (
        [Seam(at, proposal.text[at : at + 60].rstrip(" .,;")) for at in words.seams(proposal.text)]
        if waiting
        else []
    )
    return Row(proposal, **given, error=error, touched=touched, seams=seams, near=near)


def blank_line(typed: str, standing: str) -> int | None:
    """Where in the standing words the person put a blank line; None where other words were changed as well."""
    head, _, rest = typed.replace("\r\n", "\n").strip().partition("\n\n")
    if "".join((head + rest).split()) != "".join(standing.split()) or not rest.strip():
        return None
    solid = [place for place, letter in enumerate(standing) if not letter.isspace()]
    return solid[len("".join(head.split()))]
