"""Cut a proposal's words in two, or join two, each part keeping its place in the document. Writes nothing."""

from __future__ import annotations

import copy

import actions.intake.sentences as sentences
from actions.models import Precision, Proposal

LONGEST = 10_000


def seams(text: str) -> list[int]:
    """Where these words can be cut between sentences and lines: each the first character of what follows."""
    found, begin = [], 0
    for line in text.split("\n"):
        found += [begin + start for start, _ in sentences.spans(line)]
        begin += len(line) + 1
    return [place for place in found if text[:place].strip()]


def cut(proposal: Proposal, at: int, printed: str) -> tuple[Proposal, Proposal]:
    """The two parts, the first being `proposal`. A date goes with the part that prints it, else with both."""
    second = copy.copy(proposal)
    second._state = copy.copy(proposal._state)
    second.pk, second.commitment, second.number, second.version = None, None, "", 1
    place = _place_of(proposal, at, printed)
    second.text, proposal.text = proposal.text[at:].strip(), proposal.text[:at].strip()
    if place is not None:
        proposal.end = proposal.start + len(printed[proposal.start : place].rstrip())
        second.start = place
        second.line = printed.count("\n", 0, place) + 1
    for part, other in ((proposal, second), (second, proposal)):
        part.state = Proposal.State.WAITING
        if proposal.due_words and part.due_words not in part.text and part.due_words in other.text:
            part.due_words, part.due_on, part.due_precision = "", None, Precision.NONE
    return proposal, second


def _place_of(proposal: Proposal, at: int, printed: str) -> int | None:
    """Where in the document the second part begins; None where the words were edited and fit it no more.

    They differ from the printed ones by white space and the marks of lists, so their letters are followed.
    """
    wanted = "".join(proposal.text[:at].split())
    place = proposal.start
    for letter in wanted:
        place = printed.find(letter, place, proposal.end) + 1
        if place == 0:
            return None
    rest = "".join(proposal.text[at:].split())
    while place < proposal.end and printed[place] != rest[0]:
        place += 1
    return place if place < proposal.end else None


def join(first: Proposal, second: Proposal) -> None:
    """`first` takes the words of `second` in; what is printed only in the second comes along."""
    first.text = f"{first.text} {second.text}"
    first.end = max(first.end, second.end)
    first.state = Proposal.State.WAITING
    first.number = first.number or second.number
    first.owner_words = first.owner_words or second.owner_words
    first.note = first.note or second.note
    first.commitment = first.commitment or second.commitment
    if not first.due_words:
        first.due_words, first.due_on, first.due_precision = (
            second.due_words,
            second.due_on,
            second.due_precision,
        )
