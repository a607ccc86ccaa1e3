"""Find recommendations printed twice in one document; keeps the fuller printing and drops no words of the other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from actions.intake.drafts import joined
from actions.intake.types import CONTEXT, FINDING, RECOMMENDATION, Proposal

WORD = re.compile(r"\w+")
# Of the words of one, the share that the other must hold: by itself, or on average over a whole list.
SAME, SAME_LIST, LEAST = 0.8, 0.6, 0.3
COMPARED = 5


def without_repeats(proposals: list[Proposal]) -> list[Proposal]:
    """The same proposals; a second or a shorter printing becomes context that says where the other stands."""
    kept = list(proposals)
    for first, second in pairs(proposals):
        if CONTEXT in (kept[first].kind, kept[second].kind):
            continue
        fuller = len(kept[second].text) > len(kept[first].text)
        drop, other = (first, second) if fuller else (second, first)
        where = "printed in full" if fuller else "printed before"
        note = joined(kept[drop].note, f"{where}, on line {kept[other].line}")
        kept[drop] = replace(kept[drop], kind=CONTEXT, note=note)
    return kept


def pairs(proposals: list[Proposal]) -> Iterator[tuple[int, int]]:
    """Places of two printings of one recommendation."""
    seen: dict[tuple[str, str], int] = {}
    lists: list[list[int]] = []
    for run in runs(proposals):
        for place in run:
            first = seen.setdefault((proposals[place].kind, key(proposals[place].text)), place)
            if first != place:
                yield first, place
        for other in lists[:COMPARED]:
            yield from same_list(proposals, other, run)
        lists.append(run)


def runs(proposals: list[Proposal]) -> Iterator[list[int]]:
    """Lists of recommendations: a new one begins where a number comes again."""
    run: list[int] = []
    numbers: set[tuple[str, str]] = set()
    for place, proposal in enumerate(proposals):
        if proposal.kind not in (RECOMMENDATION, FINDING):
            continue
        number = (proposal.kind, proposal.number)
        again = number in numbers if proposal.number else bool(run) and bool(proposals[run[-1]].number)
        if again:
            yield run
            run, numbers = [], set()
        run.append(place)
        numbers.add(number)
    yield run


def same_list(proposals: list[Proposal], one: list[int], other: list[int]) -> list[tuple[int, int]]:
    """Items with one number, or in one place, of two lists that say the same on the whole."""
    by_number = {(proposals[place].kind, proposals[place].number): place for place in one}
    both = [
        (by_number[key], place)
        for place in other
        if (key := (proposals[place].kind, proposals[place].number)) in by_number and key[1]
    ]
    if not both and len(one) == len(other) > 2:
        both = list(zip(one, other, strict=True))
    shares = [shared(proposals[first].text, proposals[second].text) for first, second in both]
    whole = len(both) > 1 and sum(shares) >= SAME_LIST * len(shares)
    least = LEAST if whole else SAME
    return [pair for pair, share in zip(both, shares, strict=True) if share >= least]


def key(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def shared(one: str, other: str) -> float:
    """The share of the shorter's words of weight, whatever their endings, that the other has as well."""
    a, b = ({word[:5] for word in WORD.findall(text.lower()) if len(word) > 3} for text in (one, other))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
