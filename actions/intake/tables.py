"""Find tables that lost their lines when copied: a row to a line with tabs or bars, or a cell to a line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from actions.intake.lines import Line, seen

# What a reader makes of a column's title: its name in the reader's own words, "" for a title it does not know.
Column = Callable[[str], str]
NUMBER, ASKED, AGENCY, LEAD, DATE, OTHER = "number", "asked", "agency", "lead", "date", "other"
CUT = re.compile(r"[ ]*[\t|][ ]*")
NUMBERED = re.compile(r"(?:rec(?:ommendation)?\.? ?|r)?\d{1,3}(?:\.\d{1,2}){0,2}[.):]?", re.IGNORECASE)
FEWEST_COLUMNS, LONGEST_TITLE = 3, 60


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
    for line in lines[place + 1 :]:
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
    """Each cell on a line of its own, or on several; the numbers in the first column tell the rows apart."""
    titles = []
    index = place
    while index < len(lines) and lines[index].length <= LONGEST_TITLE and column(lines[index].words):
        titles.append(lines[index])
        index += 1
    columns = [column(line.words) for line in titles]
    if len(columns) < FEWEST_COLUMNS or columns[0] != NUMBER or not titled(columns):
        return None
    rows: list[list[Line]] = []
    for line in lines[index:]:
        if NUMBERED.fullmatch(line.words) and int(re.findall(r"\d+", line.words)[-1]) == len(rows) + 1:
            rows.append([line])
        elif rows and line.kind not in ("blank", "rule") and (rows[-1][1:] or line.kind != "page"):
            rows[-1].append(line)
        elif not rows:
            break
    if not rows:
        return None
    cells = [cell for number, row in enumerate(rows, start=1) for cell in in_columns(row, columns, number)]
    return Table(cells[-1].lines[-1].number, tuple(titles), tuple(cells))


def in_columns(row: list[Line], columns: list[str], number: int) -> Iterator[Cell]:
    """The first cell of words takes what is more than one line; what follows the last cell is no part of it."""
    yield Cell(columns[0], number, (row[0],))
    cells: list[list[Line]] = []
    for line in row[1:]:
        if cells and (line.words[:1].islower() or cells[-1][-1].words.endswith((",", " and", " of", " the", "-"))):
            cells[-1].append(line)
        elif len(cells) == len(columns) - 1:
            break
        else:
            cells.append([line])
    for column, found in zip(columns[1:], cells, strict=False):
        yield Cell(column, number, tuple(found))


def titled(columns: list[str]) -> bool:
    """A column of what is asked, and one that says more of it; or one of agencies, and what they did or plan."""
    known = {column for column in columns if column}
    return len(known) > 1 and bool(known & {ASKED, AGENCY})
