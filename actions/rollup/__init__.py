"""Verb 4: any set of actions and a day become counts. One statement per set of figures, whatever its size.

What each figure means stands in `WORDS`, and is shown wherever the figure is; `Figures.said` gives it with the whole
that it is a part of. Counted = all but drafts, withdrawn and continuing actions.
"""

from actions.rollup.board import commitments_of_board, of_board
from actions.rollup.commitments import CommitmentFigures, commitments
from actions.rollup.counting import Figures, is_in
from actions.rollup.grouping import GROUPS, figures
from actions.rollup.words import IMPACT, NAMES, WORDS, days, late

__all__ = [
    "GROUPS",
    "IMPACT",
    "NAMES",
    "WORDS",
    "CommitmentFigures",
    "Figures",
    "commitments",
    "commitments_of_board",
    "days",
    "figures",
    "is_in",
    "late",
    "of_board",
]
