"""Figures of a board as lines that people read: name, value, what it counts, and the list of exactly those actions.

Counts nothing itself: `actions.rollup` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from actions.models import Withdrawal
from actions.rag import Scheme
from actions.rollup import NAMES, CommitmentFigures, Figures, words
from frontend.colours import tones

WORDS = words()
IMPACT = ("embedded", "partly", "not_effective", "check_not_due", "check_overdue", "step_only")


@dataclass(frozen=True)
class Line:
    name: str
    value: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    heading: str
    intro: str
    lines: list[Line]


@dataclass(frozen=True)
class Cell:
    words: str
    count: int
    tone: str
    url: str


@dataclass(frozen=True)
class Row:
    """One group's line in the table: its figures, its bar's parts in words, and where its actions are listed."""

    figures: Figures
    url: str
    cells: list[Cell]
    overdue_url: str

    @property
    def segments(self) -> list[tuple[str, int, str]]:
        return [(cell.words, cell.count, cell.tone) for cell in self.cells]


class Lists:
    """Addresses of filtered lists; nothing where there is no such list, or it would be empty."""

    def __init__(self, url: str, **always: object) -> None:
        self.url = url
        self.always = always

    def of(self, count: int, **asked: object) -> str:
        return f"{self.url}?{urlencode(self.always | asked)}" if self.url and count else ""


def sections(f: Figures, made: CommitmentFigures, lists: Lists, scheme: Scheme) -> list[Section]:
    """Commitments stand above any action's figure."""
    return [
        Section(
            "Commitments",
            "Recommendations, findings and planned work that the board has taken in.",
            list(_commitments(made)),
        ),
        Section("Complete", "", list(_complete(f, lists))),
        Section("Needs attention", "", list(_attention(f, lists, words(scheme.rules)["silent"]))),
        Section("Kept to its date", "", list(_dates(f, lists))),
        Section("Impact", _impact_intro(f), list(_impact(f, lists))),
    ]


def _commitments(made: CommitmentFigures) -> Iterator[Line]:
    yield Line("Commitments made", str(made.made), "the three lines below add up to it")
    yield Line("No action yet", str(made.no_action), "nobody has promised anything for it, by a date")
    yield Line("Under way", str(made.under_way), "with at least one action that is not signed off")
    yield Line("Complete", str(made.complete), "every action for it is signed off")


def _complete(f: Figures, lists: Lists) -> Iterator[Line]:
    yield Line(
        "Complete, of what was due by now",
        _of(f.complete_of_due, f.due_by_now),
        WORDS["complete_of_due"],
        lists.of(f.complete_of_due, figure="complete_of_due"),
    )
    yield Line(
        "Complete, of the whole",
        _of(f.complete, f.counted),
        f"{WORDS['complete']}; the whole is {WORDS['counted']}",
        lists.of(f.complete, figure="complete"),
    )
    yield _line("awaiting", f.awaiting, lists)
    yield Line(
        "Continuing",
        str(f.continuing),
        f"{WORDS['continuing']}; counted apart",
        lists.of(f.continuing, figure="continuing"),
    )
    for key, why in Withdrawal.choices:
        if f.withdrawn.get(key):
            name = f"withdrawn_{key}"
            yield Line(
                NAMES[name],
                str(f.withdrawn[key]),
                f"taken out of the count: {why.lower()}",
                lists.of(f.withdrawn[key], figure=name),
            )
    if not any(f.withdrawn.values()):
        yield Line("Withdrawn", "0", "no action has been taken out of the count")


def _attention(f: Figures, lists: Lists, silent: str) -> Iterator[Line]:
    yield _line("overdue", f.overdue, lists, _longest_overdue(f))
    if f.overdue:
        yield _line("overdue_two_meetings", f.overdue_two_meetings, lists)
    yield _line("asks_board", f.asks_board, lists)
    yield _line("silent", f.silent, lists, silent)
    yield _line("on_hold", f.on_hold, lists)
    yield _line("due_soon", f.due_soon, lists)


def _longest_overdue(f: Figures) -> str:
    if f.overdue_longest_days is None:
        return WORDS["overdue"]
    return f"{WORDS['overdue']}; the longest by {days(f.overdue_longest_days)}"


def _dates(f: Figures, lists: Lists) -> Iterator[Line]:
    for name in ("on_time", "on_time_last"):
        count = getattr(f, name)
        yield Line(NAMES[name], _of(count, f.complete), WORDS[name], lists.of(count, figure=name))
    said = WORDS["moved"]
    if f.moved_typical_days is not None and f.moved_longest_days is not None:
        said += f": typically by {days(f.moved_typical_days)}, at the longest {days(f.moved_longest_days)}"
    yield Line("Date has moved", _of(f.moved, f.counted), said, lists.of(f.moved, figure="moved"))


def _impact_intro(f: Figures) -> str:
    if not f.ever_signed_off:
        return "No action has been signed off yet, so there is no impact to check."
    return f"Of {f.ever_signed_off} ever signed off. The lines below add up to it."


def _impact(f: Figures, lists: Lists) -> Iterator[Line]:
    for name in IMPACT:
        yield _line(name, getattr(f, name), lists)


def _line(name: str, count: int, lists: Lists, said: str = "") -> Line:
    return Line(NAMES[name], str(count), said or WORDS[name], lists.of(count, figure=name))


def rows(found: list[Figures], by: str, lists: Lists, scheme: Scheme) -> list[Row]:
    return [_row(f, by, lists, scheme) for f in found]


def _row(f: Figures, by: str, lists: Lists, scheme: Scheme) -> Row:
    """The filter has no "none" but for subgroups: such a row has figures and no links."""
    group = f.key if f.key is not None else "none" if by == "subgroup" else None
    own = Lists(lists.url if group is not None else "", **{by: group})
    cells = []
    for key, called, tone in tones(scheme):
        count = f.colours[key]
        cells.append(Cell(called, count, tone, own.of(count, figure="counted", rag=key)))
    return Row(f, own.of(f.counted, figure="counted"), cells, own.of(f.overdue, figure="overdue"))


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
