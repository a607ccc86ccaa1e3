"""The nouns, one file each."""

from actions.models.action import OPEN, Action, Answer, Confidence, Status, Verdict, Withdrawal
from actions.models.board import Agency, Board, BoardHead, Meeting, Subgroup
from actions.models.challenge import Asked, Challenge
from actions.models.event import Event
from actions.models.evidence import Evidence
from actions.models.impact import ImpactReview
from actions.models.measure import Measure, Reading
from actions.models.people import Seat, SubgroupSeat, User
from actions.models.plan import Plan, Priority
from actions.models.source import (
    Commitment,
    CommitmentKind,
    Document,
    Precision,
    Proposal,
    ProposalKind,
    ReviewStep,
    Source,
    SourceKind,
)

__all__ = [
    "OPEN",
    "Action",
    "Agency",
    "Answer",
    "Asked",
    "Board",
    "BoardHead",
    "Challenge",
    "Commitment",
    "CommitmentKind",
    "Confidence",
    "Document",
    "Event",
    "Evidence",
    "ImpactReview",
    "Measure",
    "Meeting",
    "Plan",
    "Precision",
    "Priority",
    "Proposal",
    "ProposalKind",
    "Reading",
    "ReviewStep",
    "Seat",
    "Source",
    "SourceKind",
    "Status",
    "Subgroup",
    "SubgroupSeat",
    "User",
    "Verdict",
    "Withdrawal",
]
