"""The figures of a paper, as the roll-up counts them, in the words that they had then. It counts nothing itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from actions import rollup
from actions.commitments import WORDS as STATES
from actions.models import Commitment, Withdrawal
from actions.rag import Scheme
from actions.reporting import paper, printed
from actions.reporting.paper import Cell
from actions.rollup import CommitmentFigures, Figures

if TYPE_CHECKING:
    from actions.reporting.counting import Board

COLOURS = (
    "complete",
    "awaiting",
    "green",
    "amber",
    "red",
    "silent",
    "waiting",
)  # a bar's parts, in their order
IMPACT = {
    "embedded": "embedded",
    "partly": "partly embedded",
    "not_effective": "not effective",
    "check_not_due": "check not yet due",
    "check_overdue": "check overdue",
    "step_only": "a step only",
}
MADE = "recommendations, findings and planned work that the board has taken in; each is in one of the lines below"


@dataclass(frozen=True)
class Counted:
    whole: Figures
    groups: list[Figures]
    commitments: CommitmentFigures | None
    scheme: Scheme

    def plain(self) -> dict[str, Any]:
        """Every figure that the roll-up gives, by its name, with what each counts: for machines."""
        return {
            "whole": asdict(self.whole),
            "priorities": [asdict(one) for one in self.groups],
            "commitments": asdict(self.commitments) if self.commitments else None,
            "words": rollup.meanings(self.scheme.rules),
        }


def count(about: Board) -> Counted:
    """Not those remembered for pages: what is frozen is counted on the spot."""
    (whole,) = rollup.figures(about.all_actions, about.calendar)
    scheme = about.seat.board.scheme
    if not about.whole:
        return Counted(whole, [], None, scheme)
    groups = rollup.figures(about.all_actions, about.calendar, by="priority", seat=about.seat)
    made = rollup.commitments(Commitment.objects.on_board_of(about.seat), about.calendar.today)
    return Counted(whole, groups, made, scheme)


def priorities(counted: Counted) -> list[dict[str, Any]]:
    """Commitments above any action's figure; completion and impact side by side, never added up."""
    rows = [
        [
            _name(one, counted.scheme),
            _of(one.complete_of_due, one.due_by_now),
            _number(one.awaiting),
            _overdue(one),
            _impact(one),
        ]
        for one in counted.groups
    ]
    head = [
        "Priority",
        "Complete, of those due by now",
        "Awaiting check",
        "Overdue",
        "Impact of what is signed off",
    ]
    made = counted.commitments
    return [
        *([paper.heading("Commitments"), paper.figures(_commitments(made))] if made else []),
        paper.heading("Actions"),
        paper.text({"s": "Done is not the same as made a difference, so the two stand side by side."}),
        paper.table(
            "Progress and impact by strategic priority", head, rows, empty="This board has no priorities yet."
        ),
    ]


def _name(one: Figures, scheme: Scheme) -> Cell:
    missing = [
        words
        for words, there in (("Nothing under way.", one.nothing_under_way), ("No measure.", one.no_measure))
        if there
    ]
    cell: Cell = [{"b": one.name}]
    if one.counted:
        cell.append({"bar": bar(one, scheme), "s": f"{one.counted} counted"})
    return cell + [{"m": words} for words in missing]


def bar(one: Figures, scheme: Scheme) -> list[tuple[str, str, int]]:
    """Each part's colour, words and count: the board's own, as they are on this day."""
    return [(scheme[key].colour, scheme[key].words, one.colours.get(key, 0)) for key in COLOURS]


def _of(part: int, all_of_it: int, none: str = "None due yet") -> Cell:
    return paper.plain(f"{part} of {all_of_it}") if all_of_it else [{"m": none}]


def _number(count: int) -> Cell:
    return [{"b": str(count)}] if count else [{"m": "0"}]


def _overdue(one: Figures) -> Cell:
    longest = one.overdue_longest_days
    return [*_number(one.overdue), *([{"m": f"longest {longest} days"}] if longest else [])]


def _impact(one: Figures) -> Cell:
    found: Cell = [
        {"m": f"{getattr(one, name)} {words}"} for name, words in IMPACT.items() if getattr(one, name)
    ]
    return found or [{"m": "Nothing signed off yet"}]


def figures(counted: Counted) -> list[dict[str, Any]]:
    """Every figure that has a name, in the order of the names: what the roll-up learns to count comes along."""
    blocks: list[dict[str, Any]] = []
    if counted.whole.counted:
        blocks.append(
            {"kind": "bar", "title": "Where the actions stand", "parts": bar(counted.whole, counted.scheme)}
        )
    return [*blocks, paper.figures(_lines(counted.whole, rollup.meanings(counted.scheme.rules)))]


def _commitments(made: CommitmentFigures) -> list[tuple[str, str | int, str]]:
    """Each beside the whole that it is a part of."""
    lines: list[tuple[str, str | int, str]] = [("Commitments made", made.made, MADE)]
    for name, words in rollup.COMMITMENT_WORDS.items():
        count = getattr(made, name)
        lines.append((STATES[name][1], count, f"{count} of {made.made} made: {words}"))
    return lines


def _lines(one: Figures, meanings: dict[str, str]) -> list[tuple[str, str | int, str]]:
    """Each beside the whole that it is a part of, in the board's own words of how long back a word counts."""
    values = asdict(one)
    values |= {f"withdrawn_{key}": count for key, count in one.withdrawn.items() if count}
    found: list[tuple[str, str | int, str]] = []
    for name, words in rollup.NAMES.items():
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            counts = f"{one.said[name]}: {meanings[name]}" if name in one.said else _withdrawn(name)
            found.append((words, value, counts))
    return found


def _withdrawn(name: str) -> str:
    kind = name.removeprefix("withdrawn_")
    return f"taken out of the count: {Withdrawal(kind).label.lower()}" if kind in Withdrawal.values else ""


def trend(about: Board) -> list[dict[str, Any]]:
    """How the figures stood at the end of each month, and on each day for which a paper like this was issued."""
    rows = [
        [
            _day(point),
            _of(point.figures.complete, point.figures.counted, "None counted yet"),
            _number(point.figures.overdue),
            _number(point.figures.silent),
            _number(point.figures.embedded + point.figures.partly),
        ]
        for point in printed.trend(about.seat, about.calendar.today)
        if point.figures
    ]
    head = ["On", "Complete, of those counted", "Overdue", "No recent update", "Embedded, also in part"]
    return [paper.table("At each month's end", head, rows, empty="No month's end is kept yet.")]


def _day(point: printed.Point) -> Cell:
    """Which paper's figures they are. Why a later version corrects it stands on that version."""
    words: Cell = [{"s": f"{point.on:%-d %B %Y}"}]
    if point.printed:
        words.append({"m": f"as issued on {point.printed.issued_on:%-d %B %Y}"})
    if any(one.report for one in point.corrections):
        words.append({"m": "a later version corrects it"})
    return words
