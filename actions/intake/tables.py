"""Find tables that lost their lines when copied: a row to a line with tabs or bars, or a cell to a line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from actions.intake.lines import Line, seen

# What a reader makes of a column's title: its name in the reader's own words, "" for a title it does not know.
Column = Callable[[str], str]
NUMBER, ASKED, AGENCY, LEAD, DATE, OTHER = "number", "asked", "agency", "lead", "date", "other"
CUT = re.compile(r"[\t|]")
NUMBERED = re.compile(r"(?:rec(?:ommendation)?\.? ?|r)?\d{1,3}(?:\.\d{1,2}){0,2}[.):]?", re.IGNORECASE)
SAYS_WHEN = re.compile(
    r"\d|ongoing|complete|immediate|month|quarter|annual|year|spring|summer|autumn|winter|tbc", re.IGNORECASE
)
FEWEST_COLUMNS, LONGEST_TITLE, LONGEST_TABLE = 3, 60, 1000


@dataclass(frozen=True)
class Cell:
    """The lines of one cell, each with its place in the document."""

    column: str
    row: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """`title` holds the lines of the column titles; the table ends before line `end`, counted from 0."""

    end: int
    title: tuple[Line, ...]
    cells: tuple[Cell, ...]


def tables(lines: list[Line], text: str, column: Column) -> Iterator[Table]:
    """Every table whose column titles the reader knows."""
    place = 0
    while place < len(lines):
        table = by_marks(lines, place, text, column) or by_lines(lines, place, column)
        if table:
            yield table
        place = table.end if table else place + 1


def by_marks(lines: list[Line], place: int, text: str, column: Column) -> Table | None:
    """Each row on one line, its cells set apart by tabs or bars; a cell may hold several lines."""
    titles = parts(lines[place], text)
    columns = [column(title.words) for title in titles]
    if len(columns) < 2 or not titled(columns) or max(line.length for line in titles) > LONGEST_TITLE:
        return None
    cells: list[Cell] = []
    last = len(columns) - 1
    row, at, end = 0, last, place + 1
    for line in lines[place + 1 : place + LONGEST_TABLE]:
        if line.kind in ("blank", "rule", "page"):
            continue
        found = parts(line, text)
        goes_on = line.number == end + 1 and (line.mark or line.words[:1].islower())
        if at == last and len(found) == 1 and not goes_on:
            break
        if len(found) > 1 and at + len(found) - 1 > last:
            row, at = row + 1, 0
        cells += [
            Cell(columns[min(at + shift, last)] or OTHER, row, (part,))
            for shift, part in enumerate(found)
            if part.words
        ]
        at, end = min(at + len(found) - 1, last), line.number
    return Table(end, (lines[place],), tuple(merged(cells))) if cells else None


def parts(line: Line, text: str) -> list[Line]:
    """The cells of a line; its leading and closing bars are none."""
    raw = text[line.begin : line.end]
    if "\t" not in raw and "|" not in raw:
        return [line]
    begin = 1 if raw.startswith("|") else 0
    end = len(raw) - 1 if raw.endswith("|") and len(raw) > 1 else len(raw)
    edges = [begin]
    for found in CUT.finditer(raw, begin, end):
        edges += [found.start(), found.end()]
    edges.append(end)
    return [seen(raw[a:b], line.number, line.begin + a) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def merged(cells: list[Cell]) -> Iterator[Cell]:
    """The lines of one cell together, but for its list items."""
    held: Cell | None = None
    for cell in cells:
        joins = held and (held.row, held.column) == (cell.row, cell.column) and not cell.lines[0].mark
        if held and joins:
            held = replace(held, lines=(*held.lines, *cell.lines))
            continue
        if held:
            yield held
        held = cell
    if held:
        yield held


def by_lines(lines: list[Line], place: int, column: Column) -> Table | None:
    """Each cell on a line of its own, or on several; numbers in the first column, or the dates in the last,
    tell the rows apart."""
    titles = []
    index = place
    while index < len(lines) and lines[index].length <= LONGEST_TITLE and column(lines[index].words):
        titles.append(lines[index])
        index += 1
    columns = [column(line.words) for line in titles]
    if len(columns) < FEWEST_COLUMNS or not titled(columns):
        return None
    words = [line for line in lines[index : place + LONGEST_TABLE] if line.kind not in ("blank", "rule")]
    numbered = by_numbers(words, columns) if columns[0] in (NUMBER, ASKED) else []
    rows = [row for row in numbered if len(row) > 1] or by_dates(words, columns)
    cells = [
        Cell(name, number, tuple(cell))
        for number, row in enumerate(rows, start=1)
        for name, cell in zip(columns, row, strict=False)
    ]
    return Table(cells[-1].lines[-1].number, tuple(titles), tuple(cells)) if cells else None


def by_numbers(lines: list[Line], columns: list[str]) -> list[list[list[Line]]]:
    """Rows that begin "1", "2" or "Recommendation 1 …", "Recommendation 2 …"."""
    rows: list[list[Line]] = []
    for line in lines:
        found = NUMBERED.match(line.words)
        whole = columns[0] == ASKED or bool(found and found.end() == len(line.words))
        if found and whole and int(re.findall(r"\d+", found.group())[-1]) == len(rows) + 1:
            rows.append([line])
        elif rows and (len(rows[-1]) > 1 or line.kind != "page"):
            rows[-1].append(line)
        elif not rows:
            break
    return [in_cells(row)[: len(columns)] for row in rows]


def by_dates(lines: list[Line], columns: list[str]) -> list[list[list[Line]]]:
    """Rows of as many cells as there are columns, as long as each says by when where the others do."""
    if columns[-1] != DATE:
        return []
    cells = in_cells(lines)
    rows = [cells[place : place + len(columns)] for place in range(0, len(cells), len(columns))]
    return list(takewhile(lambda row: len(row) == len(columns) and dated(row[-1]), rows))


def dated(cell: list[Line]) -> bool:
    return len(cell) == 1 and bool(SAYS_WHEN.search(cell[0].words)) and cell[0].length <= LONGEST_TITLE


def in_cells(lines: list[Line]) -> list[list[Line]]:
    """Lines that visibly go on are one cell."""
    cells: list[list[Line]] = []
    for line in lines:
        if cells and (
            line.words[:1].islower() or cells[-1][-1].words.endswith((",", " and", " of", " the", "-"))
        ):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def titled(columns: list[str]) -> bool:
    """A column of what is asked, and one that says more of it; or one of agencies, and what they did or plan."""
    known = {column for column in columns if column}
    return len(known) > 1 and bool(known & {ASKED, AGENCY})
