"""Cut text into lines and say what each begins with; joins nothing and knows no heading's words."""

import re
from dataclasses import dataclass

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
# "Recommendations ........ 14": a line of a table of contents.
LEADERS = re.compile(r"(?:\.{4}|…{2}|(?:\. ){4}|_{4})[ .…_]{0,300}\d{0,4}\Z")


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
    """Every line, blank ones too, in order."""
    found: list[Line] = []
    place = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        found.append(seen(raw, number, place))
        place += len(raw) + 1
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
    if len(words) < 20 and PAGE.fullmatch(words):
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
