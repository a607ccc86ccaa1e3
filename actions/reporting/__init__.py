"""Verb 6: figures and words for a meeting, frozen. What was issued is issued again, never changed.

`counting` reads the board once and lays the paper out, `paper` is what it is laid out in, `reading` gives it back as
it stands and proves that it is what was issued, `printed` puts what was printed into the trend. Nothing here is counted
anew when an issued report is opened.
"""

from actions.reporting.paper import SCHEMA, SECTIONS
from actions.reporting.printed import Correction, Point, Version, trend
from actions.reporting.reading import Shown, faults, shown, words_of
from actions.reporting.verbs import (
    LONGEST,
    discard,
    draft,
    issue,
    meetings_without,
    refresh,
    reissue,
    restricted_since,
    write,
)

__all__ = [
    "LONGEST",
    "SCHEMA",
    "SECTIONS",
    "Correction",
    "Point",
    "Shown",
    "Version",
    "discard",
    "draft",
    "faults",
    "issue",
    "meetings_without",
    "refresh",
    "reissue",
    "restricted_since",
    "shown",
    "trend",
    "words_of",
    "write",
]
