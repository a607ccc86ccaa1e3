"""The nouns, one file each."""

from actions.models.action import OPEN, Action, Answer, Confidence, Status, Verdict, Withdrawal
from actions.models.board import Agency, Board, BoardHead, Meeting, Subgroup
from actions.models.challenge import Asked, Challenge
from actions.models.decision import Decision
from actions.models.event import Event
from actions.models.evidence import Evidence
from actions.models.impact import ImpactReview
from actions.models.link import CommitmentLink, LinkKind
from actions.models.measure import Measure, Reading
from actions.models.month_end import MonthEnd
from actions.models.people import Seat, SubgroupSeat, User
from actions.models.plan import Plan, Priority
from actions.models.report import Passage, Report
from actions.models.response import Response
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
    "CommitmentLink",
    "Confidence",
    "Decision",
    "Document",
    "Event",
    "Evidence",
    "ImpactReview",
    "LinkKind",
    "Measure",
    "Meeting",
    "MonthEnd",
    "Passage",
    "Plan",
    "Precision",
    "Priority",
    "Proposal",
    "ProposalKind",
    "Reading",
    "Report",
    "Response",
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
