"""Cut text into lines and say what each begins with; joins nothing and knows no heading's words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# "•", "-", "*", "o" and their like, set apart from the words; a true bullet may touch them.
BULLET = re.compile(r"(?:[•◦▪‣●○■□∙➢➤✓✔❖·\uf0b7\uf0a7](?=\S|\s)|[-*+–—o>](?=\s))[ \t]*")
# "1.", "1)", "(1)", "a)", "(iv)", "4.2", "4.2.1", "4.2)". A bare "4 " is a figure, not a mark.
NUMBERED = re.compile(
    r"(?:\((?P<closed>\d{1,3}|[a-z]|[ivx]{1,5})\)"
    r"|(?P<point>\d{1,3}(?:\.\d{1,3}){1,3})[.):]?(?=\s)"
    r"|(?P<plain>\d{1,3}|[a-zA-Z]|[ivx]{2,5})[.)](?=\s))[ \t]*"
)
# "# Title": markdown.
HASHES = re.compile(r"#{1,6}[ \t]+")
# A line of nothing but dashes, stars or underlines.
RULE = re.compile(r"[-*_=~–—|:+ \t]{3,}")
# "Page 3 of 12", "- 3 -", "12" alone, "12 | Page": what a printed page adds.
PAGE = re.compile(
    r"(?:[-–|] ?)?(?:page ?)?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?: ?[-–|])?(?: ?\| ?page)?", re.IGNORECASE
)
# "Denewater SAP    Page 31", "24 | Annual report": the number of a page at either end of a line.
PAGED = re.compile(
    r"(?:^\d{1,3} ?\||(?:[|–—-]|\s) ?page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?$|(?:\s{3}|\t|\|) ?\d{1,3}$)",
    re.IGNORECASE,
)
# What a web page adds: "[Back to top](#top)", "Skip to main content".
WEB = re.compile(
    r"\[[^\]]{1,60}\]\([^)\s]{1,200}\)|(?:back to (?:the )?top|skip to (?:the )?(?:main )?content)\.?",
    re.IGNORECASE,
)
# "Recommendations ........ 14": a line of a table of contents.
LEADERS = re.compile(r"(?:\.{4}|…{2}|(?:\. ){4}|_{4})[ .…_]{0,300}\d{0,4}\Z")


# What differs from page to page in a running title.
UNCHANGING = re.compile(r"(?:\bpage\b|\bof\b|[\W\d_])+", re.IGNORECASE)
SHORTEST_TITLE, LONGEST_TITLE = 12, 150
# "**Title**" as the whole line.
BOLD = re.compile(r"(?:\*\*|__)(?P<words>[^*_]{1,199}[^*_.])(?:\*\*|__):?")


@dataclass(frozen=True)
class Line:
    """One line. `start` and `end` bound its words, after the mark and without white space round them."""

    number: int
    begin: int
    start: int
    end: int
    words: str
    kind: str
    mark: str
    indent: int

    @property
    def length(self) -> int:
        return self.end - self.begin


def cut(text: str) -> list[Line]:
    """Every line, blank ones too, in order; what a printed page adds is told from the words."""
    lines = [seen(raw, number, place) for number, raw, place in rows(text)]
    running = running_titles(lines)
    return [replace(line, kind="page") if number in running else line for number, line in enumerate(lines)]


def rows(text: str) -> Iterator[tuple[int, str, int]]:
    place = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        yield number, raw, place
        place += len(raw) + 1


def running_titles(lines: list[Line]) -> set[int]:
    """Headers and footers: they come again but for their figures, most of them beside a page number."""
    again: dict[str, list[int]] = {}
    printed: set[int] = set()
    last = Line(0, 0, 0, 0, "", "blank", "", 0)
    for number, line in enumerate(lines):
        if line.kind == "blank":
            continue
        if "page" in (line.kind, last.kind):
            printed |= {number, last.number - 1}
        if line.kind == "plain" and SHORTEST_TITLE <= len(line.words) <= LONGEST_TITLE:
            again.setdefault(UNCHANGING.sub("", line.words).casefold(), []).append(number)
        last = line
    found: set[int] = set()
    for places in again.values():
        paged = {place for place in places if PAGED.search(lines[place].words)}
        marked = paged | printed.intersection(places)
        if len(marked) > 1 and 2 * len(marked) >= len(places):
            found |= marked | set(places[1:])
        found |= {place for place in paged if "page" in lines[place].words.casefold()}
    return found


def seen(raw: str, number: int, place: int) -> Line:
    words = raw.strip()
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    begin = place + len(raw) - len(raw.lstrip())
    kind, mark = opening(words)
    rest = words[len(mark) :].rstrip("*_#: ") if kind == "hash" else words[len(mark) :]
    return Line(number, begin, begin + len(mark), begin + len(words), rest, kind, mark.strip(), indent)


def opening(words: str) -> tuple[str, str]:
    """What the line is by its first characters, and those characters."""
    if not words:
        return "blank", ""
    if RULE.fullmatch(words[:400]) and len(words) < 400:
        return "rule", ""
    if len(words) < 300 and (WEB.fullmatch(words) or (len(words) < 20 and PAGE.fullmatch(words))):
        return "page", ""
    if len(words) < 400 and LEADERS.search(words):
        return "contents", ""
    if BOLD.fullmatch(words[:300]):
        return "hash", words[:2]
    for kind, shape in (("hash", HASHES), ("bullet", BULLET), ("numbered", NUMBERED)):
        found = shape.match(words)
        if found and found.end() < len(words):
            return kind, found.group()
    return "plain", ""
