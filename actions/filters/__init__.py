"""One filter of each list, used by its page and by the API alike. It offers and finds this board's rows only, and what
it does not understand finds nothing, rather than everything."""

from actions.filters.actions import REFERENCE, ActionFilter
from actions.filters.challenges import ChallengeFilter
from actions.filters.commitments import CommitmentFilter, DecisionFilter, ResponseFilter
from actions.filters.fields import BoardFilter, DayInput, RowFilter, agencies, owners

__all__ = [
    "REFERENCE",
    "ActionFilter",
    "BoardFilter",
    "ChallengeFilter",
    "CommitmentFilter",
    "DayInput",
    "DecisionFilter",
    "ResponseFilter",
    "RowFilter",
    "agencies",
    "owners",
]
