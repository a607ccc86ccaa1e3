"""Collect what a reader takes from the blocks, each with its place; decides no kind by itself."""

from dataclasses import dataclass, field, replace

from actions.intake.dates import Year
from actions.intake.due import due_in
from actions.intake.layout import Block, Layout
from actions.intake.types import FINDING, PLANNED, RECOMMENDATION, Apart, Proposal

FORWARD_KINDS = (PLANNED, RECOMMENDATION, FINDING)


@dataclass
class Drafts:
    """What has been taken so far, in the order of the document."""

    layout: Layout
    taken: list[Proposal] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)

    def take(self, block: Block, start: int, end: int, **what: str) -> None:
        """One proposal: the words of a block between two of its characters."""
        place = block.place(start)
        proposal = Proposal(
            position=0,
            agency=what.pop("agency", ""),
            kind=what.pop("kind"),
            text=block.words[start:end],
            line=self.layout.line_of(place),
            start=place,
            end=block.place(end - 1) + 1,
        )
        self.taken.append(replace(proposal, **what))  # type: ignore[arg-type]

    def extend_below(self, block: Block) -> None:
        """Add a whole block, with its mark, as a line of its own."""
        self.extend(block, 0, len(block.words), f"\n{block.mark} " if block.mark else "\n")

    def extend(self, block: Block, start: int, end: int, joint: str = " ") -> None:
        """Add the words that follow to the proposal taken last."""
        last = self.taken[-1]
        text = last.text + joint + block.words[start:end]
        self.taken[-1] = replace(last, text=text, end=block.place(end - 1) + 1)

    def annotate(self, note: str) -> None:
        self.taken[-1] = replace(self.taken[-1], note=joined(self.taken[-1].note, note))

    def set_apart(self, block: Block, what: str = "heading", start: int = 0, end: int | None = None) -> None:
        last = len(block.words) if end is None else end
        begin, finish = block.place(start), block.place(last - 1) + 1
        self.apart.append(Apart(what, block.words[start:last], self.layout.line_of(begin), begin, finish))


def joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def with_due(proposal: Proposal, year: Year | None, beyond: str = "") -> Proposal:
    """The proposal with the date its words print; `beyond` is where else to look (its lead-in)."""
    if proposal.due_words:
        return proposal
    forward = proposal.kind in FORWARD_KINDS
    due = due_in(proposal.text, forward=forward, year=year)
    if due is None and beyond and forward:
        due = due_in(beyond, forward=True, year=year)
    if due is None:
        return proposal
    note = joined(proposal.note, due.problem)
    return replace(proposal, due_words=due.words, due_on=due.on, due_precision=due.precision, note=note)


def numbered(proposals: list[Proposal]) -> tuple[Proposal, ...]:
    return tuple(replace(proposal, position=place) for place, proposal in enumerate(proposals, start=1))
