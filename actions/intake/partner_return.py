"""Read agencies' returns into achievements, challenges and planned work; files nothing without a heading."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from actions.intake import headings, inline, outline, promises, sentences
from actions.intake.dates import Year, year_named, year_pair
from actions.intake.drafts import Drafts, numbered, with_due
from actions.intake.layout import Block, lay_out
from actions.intake.outline import AGENCY, OTHER, SECTION, SUB, Part
from actions.intake.types import ACHIEVEMENT, CONTEXT, PLANNED, UNCLASSIFIED, Reading

NO_HEADING = "stands under no heading that says what it is"
PARTNER = re.compile(
    r"(?:board )?(?:partner|agency|organi[sz]ation|member|name)s?(?: (?:agency|organi[sz]ation|name))?",
    re.IGNORECASE,
)
MIXED = "its heading names more than one kind"
LOOKED_THROUGH = 5000


@dataclass
class Standing:
    """Where in the document the reader is."""

    agency: str = ""
    kind: str = ""
    heading: str = ""
    sub: str = ""
    depth: int = 0
    upper: bool = False
    bold: bool = False
    lead: str = ""
    lead_depth: int = -1

    @property
    def shown(self) -> str:
        return " › ".join(part for part in (self.heading, self.sub) if part)


@dataclass
class Reader:
    drafts: Drafts
    report_year: Year | None
    today: date | None
    at: Standing = field(default_factory=Standing)
    agencies: list[str] = field(default_factory=list)

    def turn(self, block: Block, part: Part, over: tuple[str, str] = ("", "")) -> None:
        """A heading: what follows stands somewhere else. `over`: the section that stands over an agency."""
        title = headings.bare(block.words)
        if part.role == AGENCY:
            self.at = Standing(part.value, *over)
            self.agencies += [part.value] if part.value not in self.agencies else []
        elif part.role == OTHER:
            self.at = Standing(heading=title)
        elif part.role == SECTION:
            self.at = Standing(
                self.at.agency, part.value, title, "", block.depth, title.isupper(), bold(block)
            )
        elif self.leaves_section(block, title):
            self.at = Standing(self.at.agency, "", title, "", block.depth, title.isupper(), bold(block))
        else:
            self.at.sub, self.at.lead = title, ""
        self.drafts.set_apart(block)

    def leaves_section(self, block: Block, title: str) -> bool:
        """A heading of the same rank that names no kind: the section before it is over."""
        bolds = self.at.bold and bold(block)
        ranked = bolds or 0 < block.depth <= self.at.depth
        return bool(ranked or (self.at.upper and title.isupper()) or not self.at.heading)

    def year(self) -> Year | None:
        """The financial year in which undated months of this section fall."""
        found = year_named(self.at.heading)
        if found:
            return found
        if self.report_year:
            return Year(self.report_year.begins + (1 if self.at.kind == PLANNED else 0))
        return Year(self.today.year if self.today.month >= 4 else self.today.year - 1) if self.today else None

    def read(self, block: Block, following: Block | None) -> None:
        if block.column:
            self.at = Standing(self.at.agency, headings.section_kind(block.column), block.column)
        if block.kind in ("bullet", "numbered"):
            self.read_item(block, following)
        else:
            self.read_paragraph(block, following)

    def read_item(self, block: Block, following: Block | None) -> None:
        if self.inside_last(block):
            self.drafts.extend_below(block)
            return
        if (
            leads_in(block.words, following)
            and following
            and following.indent > block.indent
            and bare_lead(block)
        ):
            self.take_lead(block, 0, len(block.words), block.indent)
            return
        if block.indent <= self.at.lead_depth:
            self.at.lead, self.at.lead_depth = "", -1
        self.take(block, 0, len(block.words), whole=True)

    def inside_last(self, block: Block) -> bool:
        """A deeper item belongs to the item above it, unless that one only leads in."""
        if not self.drafts.taken or not self.last_item or self.at.lead_depth >= 0:
            return False
        return block.indent > self.last_item.indent

    last_item: Block | None = None

    def read_paragraph(self, block: Block, following: Block | None) -> None:
        """Sentence by sentence; one that only follows on joins the one before it."""
        self.at.lead, self.at.lead_depth = "", -1
        found = sentences.spans(block.words)
        for place, (start, end) in enumerate(found):
            words = block.words[start:end]
            if place + 1 == len(found) and leads_in(words, following):
                self.take_lead(block, start, end, -1)
            elif self.follows_on(words, fresh=place == 0):
                self.drafts.extend(block, start, end)
            else:
                self.take(block, start, end)
        self.last_item = None

    def follows_on(self, words: str, *, fresh: bool) -> bool:
        """Only on what was itself taken as an item, and never on a list across the end of its paragraph."""
        if not self.drafts.taken or (fresh and (self.last_item or not self.prose)) or not self.at.kind:
            return False
        return self.drafts.taken[-1].kind not in (CONTEXT, UNCLASSIFIED) and promises.follows(words)

    prose: bool = False

    def take_lead(self, block: Block, start: int, end: int, depth: int) -> None:
        kind = CONTEXT if self.at.kind else UNCLASSIFIED
        note = "leads in to the list below" if self.at.kind else NO_HEADING
        self.drafts.take(
            block, start, end, agency=self.at.agency, kind=kind, heading=self.at.shown, note=note
        )
        self.at.lead, self.at.lead_depth = block.words[start:end], depth
        self.last_item = None

    def take(self, block: Block, start: int, end: int, *, whole: bool = False) -> None:
        unstopped = not start and end == len(block.words) and not block.words.endswith((".", "!", "?"))
        kind, note = self.judged(block.words[start:end], listed=whole or unstopped)
        if kind == PLANNED and unstopped and not whole and signs(block.words):
            kind, note = CONTEXT, "only a name"
        self.drafts.take(
            block, start, end, agency=self.at.agency, kind=kind, heading=self.at.shown, note=note
        )
        self.drafts.taken[-1] = replace(
            self.drafts.taken[-1], number=block.mark if block.kind == "numbered" else ""
        )
        self.last_item = block if whole else None
        self.prose = not whole

    def judged(self, words: str, *, listed: bool) -> tuple[str, str]:
        """Kind and note of one item under the present heading."""
        if self.at.kind == UNCLASSIFIED:
            return UNCLASSIFIED, MIXED
        if not self.at.kind:
            return UNCLASSIFIED, NO_HEADING
        if self.at.kind == PLANNED:
            return (
                (PLANNED, "")
                if promises.promises(words, listed=listed)
                else (CONTEXT, "no work is promised in it")
            )
        hidden = promises.hidden_promise(words)
        return self.at.kind, f"reads like a commitment: “{hidden}”" if hidden else ""


def signs(words: str) -> bool:
    """ "Head of Safeguarding, Dene Council": who wrote the section."""
    return headings.named(words) and headings.like_organisation(words) and not promises.TASK.match(words)


def bold(block: Block) -> bool:
    return block.kind == "heading" and not block.depth


def leads_in(words: str, following: Block | None) -> bool:
    return words.endswith(":") or (words.endswith((" to", " that", " –", " -")) and is_item(following))


def is_item(block: Block | None) -> bool:
    return block is not None and block.kind in ("bullet", "numbered")


def bare_lead(block: Block) -> bool:
    return bool(
        re.search(
            r"\b(?:are|is|include|includes|including|to|that|following|will|by|on)(?: \w+)? ?:?$", block.words
        )
    )


def read(text: str, *, today: date | None = None) -> Reading:
    """Agencies, their sections and the items in them. Shape: Reading."""
    layout = lay_out(text, known_heading, known_heading, column)
    blocks = tuple(inline.apart(layout.blocks))
    parts = outline.outline(blocks)
    titles = {
        agency: (parts[section].value, headings.bare(blocks[section].words))
        for agency, section in outline.chapters(parts).items()
    }
    year_words = year_of(text, blocks, parts)
    begins = year_pair(year_words)
    reader = Reader(Drafts(layout), Year(int(begins["year"])) if begins else None, today)
    for index, (block, part) in enumerate(zip(blocks, parts, strict=True)):
        if part.role in (AGENCY, OTHER, SECTION, SUB):
            reader.turn(block, part, titles.get(index, ("", "")))
            reader.prose, reader.last_item = False, None
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        before = len(reader.drafts.taken)
        reader.read(block, following)
        date_new(reader, max(0, before - 1))
    apart = sorted((*layout.apart, *reader.drafts.apart), key=lambda piece: piece.start)
    return Reading(text, numbered(reader.drafts.taken), tuple(reader.agencies), year_words, tuple(apart))


def date_new(reader: Reader, begin: int) -> None:
    """Give each proposal taken from a block the date printed in it, or in its lead-in."""
    taken = reader.drafts.taken
    for place in range(begin, len(taken)):
        lead = reader.at.lead if taken[place].kind == PLANNED else ""
        taken[place] = with_due(taken[place], reader.year(), lead)


def column(title: str) -> str:
    """A column of a table of agencies: what it asked of them, or who they are."""
    if PARTNER.fullmatch(headings.bare(title)):
        return AGENCY
    return title if headings.section_kind(title) else ""


def known_heading(words: str) -> bool:
    if headings.section_kind(words) and outline.STRONG.search(words):
        return True
    name = headings.agency_name(words)
    return bool(name) and bool(outline.BODY.search(name)) and not name.endswith((" and", " of", ",", " &"))


def year_of(text: str, blocks: tuple[Block, ...], parts: list[Part]) -> str:
    """The year a return reports on, as printed: in a heading of achievements, else near the top."""
    for block, part in zip(blocks, parts, strict=True):
        found = year_pair(block.words[:300]) if part == Part(SECTION, ACHIEVEMENT) else None
        if found:
            return found.group()
    found = year_pair(text[:LOOKED_THROUGH])
    return found.group() if found else ""
