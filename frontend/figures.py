"""Figures of a board as lines that people read: name, value, what it counts, and the list of exactly those actions.

Counts nothing itself: `actions.rollup` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from actions.commitments import WORDS as COMMITMENT
from actions.models import Withdrawal
from actions.rag import Scheme
from actions.rollup import (
    COMMITMENT_WORDS,
    IMPACT,
    NAMES,
    WORDS,
    CommitmentFigures,
    CommitmentGroup,
    Figures,
    meanings,
)
from frontend.colours import tones


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
    """One group's line in the table: its figures, its bar's parts in words, what came of it, and where its actions are
    listed."""

    figures: Figures
    url: str
    cells: list[Cell]
    overdue_url: str
    impact: list[Cell]
    made: str = ""  # what became of its commitments, in words

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


def stands(made: CommitmentFigures) -> list[tuple[str, int, str]]:
    """Where commitments stand, as the parts of a bar: from complete to not answered."""
    tones = {
        "complete": "blue",
        "under_way": "green",
        "no_action": "grey",
        "unanswered": "amber",
        "decided": "pale",
    }
    return [(COMMITMENT[key][1], getattr(made, key), tone) for key, tone in tones.items()]


def sections(f: Figures, made: CommitmentFigures, lists: Lists, scheme: Scheme) -> list[Section]:
    """Commitments stand above any action's figure."""
    return [
        Section(
            "Commitments",
            "Recommendations, findings and planned work that the board has taken in.",
            list(_commitments(made)),
        ),
        Section("Complete", "", list(_complete(f, lists))),
        Section("Needs attention", "", list(_attention(f, lists, meanings(scheme.rules)))),
        Section("Kept to its date", "", list(_dates(f, lists))),
        Section("Impact", _impact_intro(f), list(_impact(f, lists))),
    ]


def _commitments(made: CommitmentFigures) -> Iterator[Line]:
    yield Line("Commitments made", str(made.made), "each is in one of the five lines below")
    for state, words in COMMITMENT_WORDS.items():
        count = getattr(made, state)
        yield Line(COMMITMENT[state][1], str(count), f"{count} of {made.made} made: {words}")


def _complete(f: Figures, lists: Lists) -> Iterator[Line]:
    yield Line(
        "Complete, of what was due by now",
        _of(f.complete_of_due, f.due_by_now),
        f"{f.said['complete_of_due']}: {WORDS['complete_of_due']}",
        lists.of(f.complete_of_due, figure="complete_of_due"),
    )
    yield Line(
        "Complete, of the whole",
        _of(f.complete, f.counted),
        f"{f.said['complete']}: {WORDS['complete']}; the whole is {WORDS['counted']}",
        lists.of(f.complete, figure="complete"),
    )
    yield _line("awaiting", f, lists)
    yield Line(
        "Continuing",
        str(f.continuing),
        f"{f.said['continuing']}: {WORDS['continuing']}; counted apart",
        lists.of(f.continuing, figure="continuing"),
    )
    if f.continuing:
        yield _line("confirmed", f, lists)
    for key, words in Withdrawal.choices:
        if f.withdrawn.get(key):
            name = f"withdrawn_{key}"
            yield Line(
                NAMES[name],
                str(f.withdrawn[key]),
                f"taken out of the count: {words.lower()}",
                lists.of(f.withdrawn[key], figure=name),
            )
    if not any(f.withdrawn.values()):
        yield Line("Withdrawn", "0", "no action has been taken out of the count")


def _attention(f: Figures, lists: Lists, words: dict[str, str]) -> Iterator[Line]:
    yield _line("overdue", f, lists)
    if f.overdue:
        yield _line("overdue_two_meetings", f, lists)
    for name in ("asks_board", "silent", "on_hold", "due_soon"):
        yield _line(name, f, lists, words)


def _dates(f: Figures, lists: Lists) -> Iterator[Line]:
    for name in ("on_time", "on_time_last"):
        count = getattr(f, name)
        yield Line(NAMES[name], _of(count, f.complete), _meaning(name, f), lists.of(count, figure=name))
    yield Line(
        "Date has moved", _of(f.moved, f.counted), _meaning("moved", f), lists.of(f.moved, figure="moved")
    )


def _impact_intro(f: Figures) -> str:
    if not f.ever_signed_off:
        return "No action has been signed off yet, so there is no impact to check."
    return (
        f"Of {f.ever_signed_off} that are signed off, or were opened again after an impact check. "
        "The lines below add up to it."
    )


def _impact(f: Figures, lists: Lists) -> Iterator[Line]:
    for name in IMPACT:
        yield _line(name, f, lists)


def _line(name: str, f: Figures, lists: Lists, words: dict[str, str] = WORDS) -> Line:
    count = getattr(f, name)
    return Line(NAMES[name], str(count), _meaning(name, f, words), lists.of(count, figure=name))


def _meaning(name: str, f: Figures, words: dict[str, str] = WORDS) -> str:
    """The figure beside the whole that it is a part of, and what it counts."""
    return f"{f.said[name]}: {words[name]}"


def rows(
    found: list[Figures], by: str, lists: Lists, scheme: Scheme, made: Iterable[CommitmentGroup] = ()
) -> list[Row]:
    """`made`: how far the commitments of the same groups have got."""
    told = {one.key: _made(one.figures) for one in made}
    return [_row(f, by, lists, scheme, told.get(f.key, "")) for f in found]


def _made(f: CommitmentFigures) -> str:
    """ "5 commitments: 1 not answered by all, 4 complete"."""
    parts = [f"{n} {COMMITMENT[state][1].lower()}" for state in COMMITMENT if (n := getattr(f, state))]
    return f"{f.made} commitment{'' if f.made == 1 else 's'}: {', '.join(parts)}" if f.made else ""


def _row(f: Figures, by: str, lists: Lists, scheme: Scheme, made: str) -> Row:
    """No filter finds what has no owner or no source: such a row has figures and no links."""
    group = f.key if f.key is not None else "none" if by in ("subgroup", "priority", "agency") else None
    own = Lists(lists.url if group is not None else "", **{by: group})
    cells = []
    for key, words, tone in tones(scheme):
        count = f.colours[key]
        cells.append(Cell(words, count, tone, own.of(count, figure="counted", rag=key)))
    return Row(
        f,
        own.of(f.counted, figure="counted"),
        cells,
        own.of(f.overdue, figure="overdue"),
        list(_checks(f, own)),
        made,
    )


def _checks(f: Figures, own: Lists) -> Iterator[Cell]:
    """What the impact checks found or have yet to find, of what is signed off: no line for none."""
    for name in IMPACT:
        count = getattr(f, name)
        if count:
            words = NAMES[name].lower().removeprefix("impact ")
            yield Cell(words, count, "", own.of(count, figure=name))


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}"
