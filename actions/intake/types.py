"""The shapes that reading hands over: proposals and what stands apart from them; holds no rule of reading."""

from dataclasses import dataclass, field
from datetime import date

PLANNED, RECOMMENDATION, FINDING = "planned_work", "recommendation", "finding"
ACHIEVEMENT, CHALLENGE, CONTEXT, UNCLASSIFIED = "achievement", "challenge", "context", "unclassified"


class Unreadable(ValueError):
    """The file cannot be read; the message names the place and what to do."""


@dataclass(frozen=True)
class Proposal:
    """One item offered to a person. `text` is `Reading.text[start:end]` with soft line breaks joined."""

    position: int
    agency: str
    kind: str
    text: str
    line: int
    start: int
    end: int
    number: str = ""
    heading: str = ""
    due_words: str = ""
    due_on: date | None = None
    due_precision: str = ""
    owner_words: str = ""
    note: str = ""


@dataclass(frozen=True)
class Apart:
    """Characters of the document that belong to no proposal. what: heading, mark, detail, page."""

    what: str
    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """`proposals` and `apart` together hold every non-blank character of `text`."""

    text: str
    proposals: tuple[Proposal, ...]
    agencies: tuple[str, ...] = ()
    year_words: str = ""
    apart: tuple[Apart, ...] = field(default=())
