"""Read reviews and inspections into recommendations and findings; drops no other sentence."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from actions.intake import chapters, labels, promises, sentences, tables
from actions.intake.chapters import Heading
from actions.intake.dates import Year, printed, year_pair
from actions.intake.drafts import Drafts, joined, numbered, with_due
from actions.intake.labels import Details, Label
from actions.intake.layout import Block, lay_out
from actions.intake.repeats import without_repeats
from actions.intake.types import CONTEXT, FINDING, RECOMMENDATION, UNCLASSIFIED, Proposal, Reading

ASKED = (RECOMMENDATION, FINDING)
# "It should also", "This includes": goes on with the recommendation above.
GOES_ON = re.compile(
    r"(?:This|These|It|They|In particular|In addition|The (?:review|audit|policy|work|training))\b"
)
# "6.1 This section sets out the recommendations": speaks of them, is none.
ABOUT = re.compile(r"\b(?:recommendations|this (?:section|chapter|review))\b", re.IGNORECASE)
# "It is recommended that …" in a paragraph of its own.
RECOMMENDS = re.compile(
    r"(?:It is (?:also |therefore )?recommended that"
    r"|(?:We|The (?:\w+ )?(?:review|reviewers?|panel|authors?|report)) (?:also |therefore )?recommends? that)\b"
)
# "The panel makes these recommendations:" above its list.
LEADS_IN = re.compile(r"\brecommend(?:s|ed|ations)\b[^.:]*:$", re.IGNORECASE)
LAST_WORDS = 200
# "Success measure: returns from every agency": more of the same recommendation follows.
LABELLED_LINE = re.compile(r"[A-Z][\w ’'-]{2,40}: ")
TITLE_WORDS = 12
TITLE_NUMBER = re.compile(r"[\d.]+ ")


@dataclass
class Row:
    """What the cells of a table's row have said so far."""

    place: int
    number: str = ""
    begun: bool = False
    details: Details = field(default_factory=Details)


@dataclass
class Reader:
    drafts: Drafts
    blocks: tuple[Block, ...]
    opened: Heading | None = None
    heading: str = ""
    whom: str = ""
    style: tuple[str, str, int] | None = None
    labelled: bool = False
    listed: bool = False
    current: Block | None = None
    awaiting: bool = False
    contents: bool = False
    row: Row | None = None
    asked: int = -1
    agencies: list[str] = field(default_factory=list)

    def turn(self, block: Block, index: int, heading: Heading) -> None:
        """A heading: it opens, closes or divides the part in which recommendations stand."""
        whom = chapters.whom_of(heading.title)
        if (self.opened and not heading.kind and not chapters.closes(self.opened, heading)) or (
            self.opened and heading.kind and whom and self.opened.kind == heading.kind
        ):
            self.whom = whom
        else:
            self.opened = heading if heading.kind else None
            self.whom = whom if heading.kind else ""
            self.look_ahead(index)
        self.style, self.current, self.awaiting = None, None, False
        self.heading = heading.title
        self.contents = bool(chapters.CONTENTS.match(heading.title))
        self.drafts.set_apart(block)

    def look_ahead(self, index: int) -> None:
        """Whether the part now opened labels or lists its recommendations, or writes paragraphs."""
        self.labelled = self.listed = False
        for place in range(index + 1, len(self.blocks)):
            block = self.blocks[place]
            heading = chapters.heading_of(self.blocks, place)
            if not self.opened or (heading and chapters.closes(self.opened, heading)):
                return
            self.labelled = self.labelled or labels.label_of(block.words) is not None
            self.listed = self.listed or block.kind in ("bullet", "numbered")

    def read(self, block: Block, index: int) -> None:
        label = labels.label_of(block.words)
        if self.contents and block.words[-1].isdigit():
            self.drafts.set_apart(block, "page")
        elif label:
            self.start(block, label)
        elif (self.current or self.pending) and labels.DETAIL.match(block.words) and len(block.words) < 400:
            self.take_details(block)
        elif self.belongs_to_current(block):
            self.drafts.extend_below(block)
            self.awaiting = False
        elif self.opened and not self.labelled and self.is_item(block):
            self.start(block, Label(self.opened.kind, self.number_of(block), "", "", 0))
        else:
            self.take_sentences(block)
            if not self.opened and leads_in(block):
                self.opened = Heading(self.heading, RECOMMENDATION, 0, "")
                self.look_ahead(index)

    def read_cell(self, block: Block) -> None:
        """A cell of a table: the row's number, what it asks, of whom, and by when."""
        if not self.row or self.row.place != block.row:
            self.row, self.current = Row(block.row), None
        row = self.row
        if block.column == tables.ASKED and not row.begun:
            label = labels.label_of(block.words)
            labelled = label is not None and label.end < len(block.words)
            self.start(block, label if label and labelled else Label(RECOMMENDATION, row.number, "", "", 0))
            row.begun = True
            self.add_details(row.details)
        elif block.column in (tables.LEAD, tables.DATE):
            self.drafts.set_apart(block, "detail")
            said = Details(**{block.column: block.words})
            if row.begun:
                self.add_details(said)
            else:
                row.details = Details(row.details.lead or said.lead, row.details.date or said.date)
        elif block.column == tables.NUMBER:
            self.drafts.set_apart(block, "mark")
            row.number = block.words.strip(" .:)")
        else:
            self.take_sentences(block)

    def number_of(self, block: Block) -> str:
        return block.mark.strip("()[].: ") if block.kind == "numbered" else ""

    def start(self, block: Block, label: Label) -> None:
        """A recommendation begins; words after its label, or in the block below, say what it asks."""
        end = len(block.words)
        addressed = chapters.addressee(block.words[label.end :]) if label.end else ""
        if addressed:
            label = replace(label, agency=addressed, owner=addressed, end=end)
        if label.end >= end:
            self.begin_below(block, label)
            return
        if label.end:
            self.drafts.set_apart(block, "mark", 0, label.end)
        self.drafts.take(block, label.end, end, kind=label.kind, number=label.number, heading=self.heading,
                         agency=label.agency or self.whom, owner_words=label.owner)  # fmt: skip
        words = block.words[label.end :]
        self.asked = len(self.drafts.taken) - 1
        self.add_details(labels.details_in(words) if not labels.DETAIL.match(words) else Details())
        self.current = block
        self.awaiting = len(words.split()) <= TITLE_WORDS and not words.endswith(".") and bool(label.end)

    pending: Label | None = None

    def begin_below(self, block: Block, label: Label) -> None:
        self.drafts.set_apart(block, "mark")
        self.pending, self.current, self.awaiting = label, None, False

    def belongs_to_current(self, block: Block) -> bool:
        """Sub-items, a body under its title, and a sentence that goes on with what was asked."""
        if not self.current or self.asked + 1 < len(self.drafts.taken):
            return False
        if self.awaiting and (block.kind == "paragraph" or numbered_paragraph(block)):
            return bool(labels.DIRECTIVE.search(block.words[:600]))
        if block.kind in ("bullet", "numbered"):
            return self.sub_item(block)
        follows = GOES_ON.match(block.words) or promises.follows(block.words)
        return bool(follows and labels.DIRECTIVE.search(block.words[:600])) and self.current.kind != "bullet"

    def sub_item(self, block: Block) -> bool:
        if self.style is None:
            return not numbered_paragraph(block)
        kind, form, indent = self.style
        if block.indent > indent:
            return True
        return (block.kind, form_of(block.mark)) != (kind, form) and not (
            kind == "bullet" and block.kind == "numbered"
        )

    def in_style(self, block: Block) -> bool:
        """Numbered as the recommendations before it."""
        return (
            bool(block.mark)
            and self.style is not None
            and self.style[:2] == (block.kind, form_of(block.mark))
        )

    def is_item(self, block: Block) -> bool:
        """An item of the part's own list, or a paragraph that asks where there is no list."""
        if leads_in(block):
            return False
        if block.words.endswith(":") and not (self.in_style(block) or labels.DIRECTIVE.search(block.words)):
            return False
        if ABOUT.search(block.words) and not re.search(r"\b(?:should|must)\b", block.words):
            return False
        if block.kind in ("bullet", "numbered"):
            self.style = self.style or (block.kind, form_of(block.mark), block.indent)
            return True
        return not self.listed and bool(re.search(r"\b(?:should|must|needs? to)\b", block.words[:600]))

    def take_details(self, block: Block) -> None:
        """A line such as "Lead: …", below what is asked or between it and its number."""
        details = labels.details_in(block.words)
        if self.pending and details.lead:
            agency = details.lead if labels.agency_printed(details.lead) else ""
            self.pending = replace(self.pending, agency=self.pending.agency or agency, owner=details.lead)
        elif not self.pending:
            self.add_details(details)
        self.drafts.set_apart(block, "detail")

    def add_details(self, details: Details) -> None:
        last = self.drafts.taken[self.asked]
        agency = last.agency or (details.lead if labels.agency_printed(details.lead) else "")
        due = next(printed(details.date), None) if details.date else None
        last = replace(last, agency=agency, owner_words=joined(last.owner_words, details.lead))
        if details.date:
            last = replace(last, due_words=details.date, due_on=due.on if due else None,
                           due_precision=due.precision if due else "",
                           note=joined(last.note, due.problem if due else "its date is not one that can "
    "be read"))  # fmt: skip
        self.drafts.taken[self.asked] = last

    def take_sentences(self, block: Block) -> None:
        if self.pending:
            label, self.pending = self.pending, None
            self.start(block, replace(label, end=0))
            return
        if block.kind in ("bullet", "numbered") and not numbered_paragraph(block):
            found = [(0, len(block.words))]
        else:
            found = sentences.spans(block.words)
        for start, end in found:
            asks = RECOMMENDS.match(block.words[start:end]) and not leads_in(block)
            kind = RECOMMENDATION if asks else CONTEXT
            self.drafts.take(block, start, end, kind=kind, heading=self.heading)
        if block.kind == "paragraph" and not LABELLED_LINE.match(block.words):
            self.current = None


def leads_in(block: Block) -> bool:
    return bool(LEADS_IN.search(block.words[-LAST_WORDS:]))


def numbered_paragraph(block: Block) -> bool:
    """ "4.2 The review found …": the paragraphs of a report, not a list inside one."""
    return block.kind == "numbered" and "." in block.mark.rstrip(".")


def form_of(mark: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "0", mark))


def begins_block(words: str) -> bool:
    return bool(labels.label_of(words) or (labels.DETAIL.match(words) and len(words) < 200)) or whole_heading(
        words
    )


def whole_heading(words: str) -> bool:
    label = labels.label_of(words)
    return bool(label and label.end >= len(words)) or bool(
        len(words) < 100 and chapters.kind_of(words.rstrip(": "))
    )


def read(text: str, *, kind: str = "", today: date | None = None) -> Reading:
    """Recommendations and findings, and every other sentence as context. Shape: Reading."""
    layout = lay_out(text, begins_block, whole_heading, labels.column)
    reader = Reader(Drafts(layout), layout.blocks)
    for index, block in enumerate(layout.blocks):
        if block.column:
            reader.read_cell(block)
            continue
        reader.row = None
        heading = None if reader.pending else chapters.heading_of(layout.blocks, index)
        goes_on = reader.awaiting or (block.words.endswith(":") and reader.in_style(block))
        if heading and not goes_on:
            reader.turn(block, index, heading)
        else:
            reader.read(block, index)
    found = year_pair(text[:5000])
    year = Year(int(found["year"])) if found else None
    proposals = [with_due(with_subject(proposal), year) for proposal in without_repeats(reader.drafts.taken)]
    if not any(proposal.kind in ASKED for proposal in proposals):
        proposals = [replace(proposal, kind=UNCLASSIFIED, note=NOTHING_LISTED) for proposal in proposals]
    agencies = tuple(dict.fromkeys(proposal.agency for proposal in proposals if proposal.agency))
    apart = sorted((*layout.apart, *reader.drafts.apart), key=lambda piece: piece.start)
    return Reading(text, numbered(proposals), agencies, found.group() if found else "", tuple(apart))


NOTHING_LISTED = "the document lists no recommendations"


def with_subject(proposal: Proposal) -> Proposal:
    """Whom a recommendation asks, where its own words begin with a body's name."""
    title, _, below = proposal.text.partition("\n")
    who = labels.subject(title) if proposal.kind in ASKED else ""
    if below and proposal.kind in ASKED and not labels.DIRECTIVE.search(title):
        who = who or labels.subject(TITLE_NUMBER.sub("", below))
    fuller = " " in who and " " not in proposal.agency
    if not who or (proposal.agency and not fuller):
        return proposal
    agency = who if labels.agency_printed(who) else ""
    return replace(proposal, agency=agency, owner_words=proposal.owner_words or who)
