"""Verb 4: any set of actions and a day become counts. One statement per set of figures, whatever its size.

What each figure means stands in `WORDS`, and is shown wherever the figure is; `Figures.said` gives it with the whole
that it is a part of. Counted = all but drafts, withdrawn and continuing actions.
"""

from actions.rollup.board import (
    commitments_by_of_board,
    commitments_of_board,
    count_board,
    of_board,
    reader,
    remembered,
)
from actions.rollup.commitments import BY as COMMITMENT_GROUPS
from actions.rollup.commitments import CommitmentFigures, CommitmentGroup, commitments, commitments_by
from actions.rollup.counting import Figures, is_in
from actions.rollup.grid import CELL, Grid, grid, grid_of_board
from actions.rollup.grouping import GROUPS, figures
from actions.rollup.months import (
    Month,
    figures_then,
    first_shown,
    keep_months,
    kept_months,
    known,
    trend_of,
)
from actions.rollup.period import (
    HAPPENED,
    HAPPENED_WORDS,
    PERIOD_GROUPS,
    Happenings,
    Since,
    happened,
    in_period,
    in_period_of_board,
    since_of_board,
    without_meetings,
)
from actions.rollup.words import COMMITMENT_WORDS, IMPACT, NAMES, WORDS, days, late, meanings

__all__ = [
    "CELL",
    "COMMITMENT_GROUPS",
    "COMMITMENT_WORDS",
    "GROUPS",
    "HAPPENED",
    "HAPPENED_WORDS",
    "IMPACT",
    "NAMES",
    "PERIOD_GROUPS",
    "WORDS",
    "CommitmentFigures",
    "CommitmentGroup",
    "Figures",
    "Grid",
    "Happenings",
    "Month",
    "Since",
    "commitments",
    "commitments_by",
    "commitments_by_of_board",
    "commitments_of_board",
    "count_board",
    "days",
    "figures",
    "figures_then",
    "first_shown",
    "grid",
    "grid_of_board",
    "happened",
    "in_period",
    "in_period_of_board",
    "is_in",
    "keep_months",
    "kept_months",
    "known",
    "late",
    "meanings",
    "of_board",
    "reader",
    "remembered",
    "since_of_board",
    "trend_of",
    "without_meetings",
]
