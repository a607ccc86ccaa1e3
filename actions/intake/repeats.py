"""Find recommendations printed twice in one document; keeps the first and never drops the second's words."""

import re
from dataclasses import replace

from actions.intake.drafts import joined
from actions.intake.types import CONTEXT, FINDING, RECOMMENDATION, Proposal

WORD = re.compile(r"\w+")
SAME = 0.8
COMPARED = 5


def without_repeats(proposals: list[Proposal]) -> list[Proposal]:
    """The same proposals; a second printing becomes context that says where the first one stands."""
    by_words: dict[tuple[str, str], Proposal] = {}
    by_number: dict[tuple[str, str], list[Proposal]] = {}
    kept: list[Proposal] = []
    for proposal in proposals:
        first = (
            first_printing(proposal, by_words, by_number)
            if proposal.kind in (RECOMMENDATION, FINDING)
            else None
        )
        if first:
            note = joined(proposal.note, f"printed before, on line {first.line}")
            kept.append(replace(proposal, kind=CONTEXT, note=note))
            continue
        by_words.setdefault((proposal.kind, key(proposal.text)), proposal)
        by_number.setdefault((proposal.kind, proposal.number), []).append(proposal)
        kept.append(proposal)
    return kept


def first_printing(
    proposal: Proposal,
    by_words: dict[tuple[str, str], Proposal],
    by_number: dict[tuple[str, str], list[Proposal]],
) -> Proposal | None:
    same = by_words.get((proposal.kind, key(proposal.text)))
    if same:
        return same
    if not proposal.number:
        return None
    near = by_number.get((proposal.kind, proposal.number), [])[:COMPARED]
    return next((other for other in near if alike(other.text, proposal.text)), None)


def key(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def alike(one: str, other: str) -> bool:
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return bool(a and b) and len(a & b) >= SAME * min(len(a), len(b))
