"""Join the lines of a text into headings, list items and paragraphs; judges no meaning."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from actions.intake.lines import Line, cut
from actions.intake.tables import Cell, Column, tables
from actions.intake.types import Apart

ENDED = (".", "!", "?", ":", ";", ".’", ".”", ".'", '."', ".)", "’.", "|")
# An unfinished line of a name: the next line belongs to it.
HANGING = (
    " and",
    " of",
    " the",
    " for",
    " &",
    " to",
    " with",
    " in",
    ",",
    " a",
    " on",
    "/",
    " including",
    " or",
    " at",
    " by",
    " from",
)
NARROWEST, LONG, WIDEST = 45, 60, 140
# How much of the width a line fills before its break counts as one made by the page.
FULL = 0.84
# Words set apart by single spaces.
CHUNK = re.compile(r"\S+(?: \S+)*")
SET_APART = ("rule", "page", "contents")


@dataclass(frozen=True)
class Block:
    """A heading, bullet, numbered item or paragraph; `words` has its soft line breaks joined by one space."""

    kind: str
    words: str
    mark: str
    indent: int
    depth: int
    line: int
    after_blank: bool
    pieces: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    column: str = ""
    row: int = 0

    def place(self, index: int) -> int:
        """Where a character of `words` stands in the document."""
        piece = bisect_right(self.starts, index) - 1
        return min(self.pieces[piece][0] + index - self.starts[piece], self.pieces[piece][1])

    def cut(self, at: int) -> tuple["Block", "Block"]:
        """Two blocks, the second with the words from there on; white space before it belongs to neither."""
        piece = bisect_right(self.starts, at) - 1
        place, end = self.place(at), len(self.words[:at].rstrip())
        last = bisect_right(self.starts, end - 1)
        before = (*self.pieces[: last - 1], (self.pieces[last - 1][0], self.place(end - 1) + 1))
        after = ((place, self.pieces[piece][1]), *self.pieces[piece + 1 :])
        begins = (0, *(start - at for start in self.starts[piece + 1 :]))
        first = replace(self, words=self.words[:end], pieces=before, starts=self.starts[:last])
        second = replace(self, words=self.words[at:], mark="", pieces=after, starts=begins, after_blank=False,
                         kind="paragraph", depth=0)  # fmt: skip
        return first, second

    def as_item(self) -> "Block":
        return replace(self, kind="bullet")

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


@dataclass(frozen=True)
class Layout:
    blocks: tuple[Block, ...]
    apart: tuple[Apart, ...]
    line_starts: tuple[int, ...]

    def line_of(self, place: int) -> int:
        return bisect_right(self.line_starts, place)


Known = Callable[[str], bool]


def lay_out(text: str, starts: Known, complete: Known, column: Column) -> Layout:
    """`starts`: this line's words begin a block, whatever stands before; `complete`: they are a whole heading."""
    lines = cut(text)
    known = vocabulary(text)
    found = list(tables(lines, text, column))
    blocks = [cell_block(cell, known) for table in found for cell in table.cells]
    titles = [line for table in found for line in table.title]
    tabled = [part for table in found for cell in table.cells for part in cell.lines]
    bars = list(between(lines, tabled, text))
    inside = {line.number for line in (*titles, *tabled)}
    lines = [blank(line) if line.number in inside else line for line in lines]
    width = wrapped_width(lines)
    joiner = Joiner(width, starts, complete)
    lines = [plain(line, text) if joiner.mistaken(before, line) else line for before, line in paired(lines)]
    apart = [apart_of(line, text) for line in lines if line.kind in SET_APART]
    apart += [Apart("mark", line.mark, line.number, line.begin, line.start) for line in lines if line.mark]
    apart += [closing_mark(line, text) for line in lines if line.kind == "hash" and ends_marked(line)]
    underlined = {line.number - 1 for line in lines if line.kind == "rule" and line.length >= 3}
    blocks += [built(run, gap, run[-1].number in underlined, known) for run, gap in gathered(lines, joiner)]
    blocks.sort(key=lambda block: block.start)
    apart += [
        Apart("heading", text[line.begin : line.end], line.number, line.begin, line.end) for line in titles
    ]
    apart += bars
    line_starts = [0]
    for raw in text.split("\n"):
        line_starts.append(line_starts[-1] + len(raw) + 1)
    return Layout(tuple(blocks), tuple(apart), tuple(line_starts[:-1]))


def blank(line: Line) -> Line:
    """A line whose words are in a table, which no paragraph goes across."""
    return replace(line, kind="blank", words="", mark="", start=line.begin)


def between(lines: list[Line], parts: list[Line], text: str) -> Iterator[Apart]:
    """What stands round the words of a table's cells: bars and the marks of lists."""
    place = number = 0
    for part in parts:
        if part.number != number:
            if number:
                yield from mark(text, number, place, lines[number - 1].end)
            number, place = part.number, lines[part.number - 1].begin
        yield from mark(text, number, place, part.start)
        place = part.end
    if number:
        yield from mark(text, number, place, lines[number - 1].end)


def mark(text: str, number: int, begin: int, end: int) -> Iterator[Apart]:
    words = text[begin:end]
    if words.strip():
        yield Apart("mark", words, number, begin, end)


def cell_block(cell: Cell, known: frozenset[str]) -> Block:
    block = built(list(cell.lines), False, False, known)
    return replace(block, column=cell.column, row=cell.row)


def paired(lines: list[Line]) -> Iterator[tuple[Line | None, Line]]:
    before: Line | None = None
    for line in lines:
        yield before, line
        before = line


def plain(line: Line, text: str) -> Line:
    """The same line with its mark taken as words."""
    return replace(line, start=line.begin, words=text[line.begin : line.end], kind="plain", mark="")


def apart_of(line: Line, text: str) -> Apart:
    what = "heading" if line.kind == "rule" else "page"
    return Apart(what, text[line.begin : line.end], line.number, line.begin, line.end)


def ends_marked(line: Line) -> bool:
    return line.start + len(line.words) < line.end


def closing_mark(line: Line, text: str) -> Apart:
    """The "**" or "##" after a heading's words."""
    start = line.start + len(line.words)
    return Apart("mark", text[start : line.end], line.number, start, line.end)


def wrapped_width(lines: list[Line]) -> int:
    """The width at which the page broke the lines; 0 when lines are whole paragraphs."""
    lengths = sorted(line.length for line in lines if line.words)
    if not lengths or lengths[-1 - len(lengths) // 10] > WIDEST:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    if width < NARROWEST:
        return 0
    broken = [(a, b) for a, b in pairwise(lines) if runs_on(a, b)]
    full = [pair for pair in broken if fills(*pair, width)]
    return width if len(full) >= 2 and len(full) >= 0.5 * len(broken) else 0


# The end of a body's name, alone on its line.
NAME_END = re.compile(
    r"(?:(?:NHS|Foundation|University|Fire|Rescue|and|&|Health|Care|Integrated|Safeguarding|Adults?) )*"
    r"(?:Trust|Board|Service|Council|Authority|Partnership)(?: \([\w &-]+\))?",
    re.IGNORECASE,
)


def name_goes_on(words: str, following: str) -> bool:
    """A body's name too long for its line: "Dene Mental Health NHS" above "Foundation Trust (DMH)"."""
    whole = words[0].isupper() and len(words.split()) > 2 and not words.endswith(ENDED)
    return whole and bool(NAME_END.fullmatch(following)) and not NAME_END.fullmatch(words.split(" ")[-1])


def runs_on(line: Line, following: Line) -> bool:
    """The sentence visibly goes on in the next line."""
    return bool(
        line.words
        and following.kind == "plain"
        and not line.words.endswith(ENDED)
        and (
            following.words[0].islower()
            or line.words.endswith(HANGING)
            or (following.words[0].isdigit() and line.length >= LONG)
        )
    )


def fills(line: Line, following: Line, width: int) -> bool:
    """The next line's first word would not have fitted."""
    return line.length + 1 + len(following.words.split(" ", 1)[0]) >= width * FULL


@dataclass(frozen=True)
class Joiner:
    """Says whether a line goes on with the block before it. `width` is 0 where lines are whole paragraphs."""

    width: int
    starts: Known
    complete: Known

    def joins(self, block: list[Line], line: Line, following: Line | None, gap: str) -> bool:
        """`gap`: what stands between the two, "blank", "page" or nothing."""
        last = block[-1]
        if line.kind != "plain" or block[0].kind == "hash":
            return False
        if not gap and last is block[0] and name_goes_on(last.words, line.words):
            return True
        if self.starts(line.words) and not line.words[0].islower():
            return False
        broken = runs_on(last, line)
        if gap == "page":
            return broken
        if gap or (last is block[0] and self.complete(last.words)):
            return bool(broken and self.width and fills(last, line, self.width))
        if block[0].mark and line.indent > block[0].indent and not self.alone(line, following):
            return True
        if not self.width:
            return broken and NARROWEST <= last.length <= WIDEST
        if not fills(last, line, self.width):
            return broken and last.length >= self.width / 2
        return broken or (not last.words.endswith(":") and not self.alone(line, following))

    def alone(self, line: Line, following: Line | None) -> bool:
        """A short line that nothing runs into or out of, such as a heading."""
        goes_on = following is not None and runs_on(line, following)
        short = line.length < (self.width or WIDEST) * 0.75
        return short and not goes_on and line.words[0].isupper() and not line.words.endswith((".", ";", ","))

    def mistaken(self, before: Line | None, line: Line) -> bool:
        """A wrapped line that only happens to begin like a list item: "4.2 million", "- which"."""
        return bool(
            self.width
            and before
            and before.kind == "plain"
            and line.mark[:1] in tuple("-–—0123456789")
            and line.words[0].islower()
            and before.words
            and not before.words.endswith(ENDED)
            and fills(before, line, self.width)
        )


def gathered(lines: list[Line], joiner: Joiner) -> Iterator[tuple[list[Line], bool]]:
    """Runs of lines that make one block, each with whether a blank line stands before it."""
    run: list[Line] = []
    after_blank, gap = True, ""
    for index, line in enumerate(lines):
        if not line.words or line.kind in SET_APART:
            gap = "page" if line.kind == "page" or gap == "page" else "blank"
            continue
        following = lines[index + 1] if index + 1 < len(lines) and lines[index + 1].words else None
        if run and joiner.joins(run, line, following, gap):
            run.append(line)
        else:
            if run:
                yield run, after_blank
            run, after_blank = [line], bool(gap) or not index
        gap = ""
    if run:
        yield run, after_blank


def built(run: list[Line], after_blank: bool, underlined: bool, known: frozenset[str]) -> Block:
    first = run[0]
    words, pieces, starts = joined(run, known)
    kind = {"hash": "heading", "bullet": "bullet", "numbered": "numbered"}.get(first.kind, "paragraph")
    if underlined and kind == "paragraph" and len(words) < WIDEST and not words.endswith("."):
        kind = "heading"
    depth = len(first.mark) if first.mark.startswith("#") else 0
    return Block(kind, words, first.mark, first.indent, depth, first.number, after_blank, pieces, starts)


def joined(
    run: list[Line], known: frozenset[str]
) -> tuple[str, tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The words of a run of lines, the places they came from, and where each of those begins in the words."""
    chunks: list[str] = []
    pieces: list[tuple[int, int]] = []
    starts: list[int] = []
    length = 0
    for line in run:
        for chunk in CHUNK.finditer(line.words):
            if not chunks:
                pass
            elif chunk.start() or not split_word(chunks[-1], chunk.group()):
                chunks.append(" ")
                length += 1
            elif not hyphenated(chunks[-1], chunk.group(), known):
                chunks[-1], pieces[-1] = chunks[-1][:-1], (pieces[-1][0], pieces[-1][1] - 1)
                length -= 1
            starts.append(length)
            pieces.append((line.start + chunk.start(), line.start + chunk.end()))
            chunks.append(chunk.group())
            length += len(chunk.group())
    return "".join(chunks), tuple(pieces), tuple(starts)


WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
BROKEN = re.compile(r"\b\w+-[ \t]*\n[ \t]*\w+")
# Before these a hyphen is the word's own, wherever the line breaks.
PREFIX = re.compile(
    r"anti|co|cross|ex|face|high|inter|long|low|mid|multi|near|non|on|one|post|pre|re|self|semi|short|single|six|so"
    r"|sub|three|two|under|up|well|whole"
)


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text that no line breaks."""
    return frozenset(WORDS.findall(BROKEN.sub(" ", text).lower()))


def hyphenated(words: str, following: str, known: frozenset[str]) -> bool:
    """Whether the hyphen at which a line ends is the word's own ("multi-agency") or the page's ("infor-mation")."""
    left = re.split(r"[^a-z]", words[:-1].lower())[-1]
    right = re.split(r"[^a-z]", following.lower())[0]
    if left + right in known:
        return False
    return f"{left}-{right}" in known or bool(PREFIX.fullmatch(left)) or (left in known and right in known)


def split_word(words: str, following: str) -> bool:
    """A word broken at its hyphen: "multi-" and "agency"."""
    return len(words) > 1 and words[-1] == "-" and words[-2].isalpha() and following[0].islower()
