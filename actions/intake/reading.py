"""The one door of reading: bytes in, proposals out; files nothing, a person decides on every proposal."""

from datetime import date

from actions.intake import partner_return, recommendations, text
from actions.intake.types import Apart, Proposal, Reading, Unreadable

__all__ = ["Apart", "Proposal", "Reading", "Unreadable", "read"]

PARTNER_RETURN = "partner-return"


def read(data: bytes, *, kind: str, name: str = "", today: date | None = None) -> Reading:
    """Proposals in the order of the document. Raises Unreadable with the place and the remedy."""
    words = text.clean(data, name=name)
    if kind == PARTNER_RETURN:
        return partner_return.read(words, today=today)
    return recommendations.read(words, kind=kind, today=today)
