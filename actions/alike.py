"""How alike two commitments read. Pure: words in, scores out. Where the thresholds come from: docs/adr/0015."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 78  # of 100
SHARED = 3  # words in common: “Improve training” stands in all that is said of training
NEAREST = 3  # told of each
WORD = re.compile(r"\w+")
NAME = re.compile(r"\b[A-Z]{3,}\d+\b")  # what a scheme is called for short: CAS3
SMALL = """
    a an and are as at be been by can for from has have in is it its must not of on or our should that the their they
    this to we which who will with
"""
SMALL_WORDS = frozenset(WORD.findall(SMALL))


@dataclass(frozen=True)
class Found:
    """`name` is that of a scheme which both name, whatever else they say."""

    pk: int
    score: float
    name: str = ""


class Board:
    """The commitments of one board, read once, to be asked about several times."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        """`rows`: the id and the words of each."""
        self.words: dict[int, frozenset[str]] = {}
        self.holding: defaultdict[str, list[int]] = defaultdict(list)
        self.naming: defaultdict[str, list[int]] = defaultdict(list)
        for pk, text in rows:
            self.words[pk] = telling(text)
            for word in self.words[pk]:
                self.holding[word].append(pk)
            for name in set(NAME.findall(text)):
                self.naming[name].append(pk)

    def nearest(self, text: str, *, leave_out: Collection[int] = ()) -> list[Found]:
        """The most alike first, at most NEAREST; what shares too few words is not even compared."""
        wanted = telling(text)
        shared = Counter(pk for word in wanted for pk in self.holding.get(word, ()))
        found = {pk: Found(pk, score) for pk, score in self._scored(wanted, shared) if score >= ALIKE}
        for name in NAME.findall(text):
            found |= {pk: Found(pk, 100, name) for pk in self.naming.get(name, ())}
        near = (one for one in found.values() if one.pk not in leave_out)
        return sorted(near, key=lambda one: (-one.score, one.pk))[:NEAREST]

    def _scored(self, wanted: frozenset[str], shared: Counter[int]) -> Iterable[tuple[int, float]]:
        text = " ".join(wanted)
        for pk, count in shared.items():
            if count >= SHARED:
                yield pk, fuzz.token_set_ratio(text, " ".join(self.words[pk]), score_cutoff=ALIKE)


def telling(text: str) -> frozenset[str]:
    """Its words, each once, without the small ones that every sentence has."""
    return frozenset(WORD.findall(text.casefold())) - SMALL_WORDS
