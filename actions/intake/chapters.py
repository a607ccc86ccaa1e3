"""Find which part of a review lists recommendations; a table of contents and a mention in prose are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.intake import headings, labels
from actions.intake.layout import Block
from actions.intake.types import FINDING, RECOMMENDATION

RECOMMENDATIONS = re.compile(
    r"(?:(?:summary|list|table) of (?:the )?|(?:our|key|main|final|overview|single[- ]agency"
    r"|multi[- ]agency|sar|review"
    r"|the|detailed|overall|national|local|board) ){0,3}"
    r"(?:[\w’' ]{0,40}(?:and|&) )?(?:recommendations|recommended actions)(?:$| (?:for|from|to|of"
    r"|arising|made|and)\b.{0,90}$)",
    re.IGNORECASE,
)
# What an inspection or a peer review asks for.
IMPROVEMENTS = re.compile(
    r"(?:key |main |priority )?(?:areas? (?:for|of) (?:further )?(?:improvement|consideration|action)"
    r"|(?:improvements|actions) (?:required|needed|to be taken)|priority actions"
    r"|(?:actions? )?(?:that )?(?:the )?[\w ]{0,40}\b(?:must|should|needs? to) (?:do|take|improve))$",
    re.IGNORECASE,
)
CONCERNS = re.compile(
    r"(?:the )?(?:causes? of concern|coroner['’]?s )?(?:matters? of concern|coroner['’]?s concerns)$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:conclusions?|concluding|appendix|appendices|annex|findings?|analysis|glossary|references"
    r"|bibliography|next steps"
    r"|action plan|methodology|introduction|background|executive summary|summary|chronology"
    r"|terms of reference|learning"
    r"|key learning|lessons|good practice|family|scope|contents|table of contents|narrative"
    r"|key (?:events|themes|findings)"
    r"|legal framework|acknowledge?ments|previous|progress|monitoring|implementation|statement"
    r"|action should be taken"
    r"|your response|copies|practice|what|how|why|case)\b",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"(?:table of )?contents(?: page)?$", re.IGNORECASE)
WHOM = re.compile(r"(?:recommendations? )?(?:for|to)(?: the)? (?P<name>.{2,90})$", re.IGNORECASE)
MOST_WORDS = 14


@dataclass(frozen=True)
class Heading:
    title: str
    kind: str
    depth: int
    mark: str


def heading_of(blocks: Sequence[Block], index: int) -> Heading | None:
    """The heading that a block is, or None when it is words to be read."""
    block = blocks[index]
    title = headings.bare(block.words)
    if block.kind == "bullet" or block.column or not title or labels.label_of(block.words):
        return None
    kind = kind_of(title)
    if kind and headings.titlelike(block.words) and len(title.split()) <= MOST_WORDS:
        return Heading(title, kind, block.depth, block.mark)
    if block.kind == "heading" or addressee(title) or looks_like_title(blocks, index, title):
        return Heading(title, "", block.depth, block.mark)
    return None


def kind_of(title: str) -> str:
    if (
        IMPROVEMENTS.match(title)
        or re.match(r"what the (?:review|panel|author) recommends$", title, re.I)
        or (RECOMMENDATIONS.match(title) and not headings.stated(title))
    ):
        return RECOMMENDATION
    return FINDING if CONCERNS.match(title) else ""


def looks_like_title(blocks: Sequence[Block], index: int, title: str) -> bool:
    """A short line without a verb or a stop, with something to stand over."""
    block = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if not headings.titlelike(block.words) or len(title.split()) > MOST_WORDS or following is None:
        return False
    if labels.DETAIL.match(block.words):
        return False
    if CLOSING.match(title) and block.kind != "numbered" and following.after_blank:
        return True
    if headings.stated(title) or labels.DIRECTIVE.search(title):
        return False
    if block.kind == "numbered" and (title.isupper() or CLOSING.fullmatch(title)):
        return True
    if block.kind == "numbered":
        return len(title.split()) <= 9 and not title[0].islower() and following.mark[:1] != ""
    return (
        bool(CLOSING.match(title))
        or title.isupper()
        or following.words.endswith((".", ":"))
        or following.after_blank
    )


def closes(opened: Heading, heading: Heading) -> bool:
    """Whether this heading ends the part that the other opened."""
    if heading.kind:
        return True
    if opened.depth and heading.depth:
        return heading.depth <= opened.depth
    if opened.mark.endswith(".0") and heading.mark.startswith(opened.mark.removesuffix("0")):
        return False
    if opened.mark and heading.mark and same_rank(opened.mark, heading.mark):
        return True
    return bool(CLOSING.match(heading.title)) or (opened.title.isupper() and heading.title.isupper())


def same_rank(one: str, other: str) -> bool:
    return re.sub(r"\d+", "0", one) == re.sub(r"\d+", "0", other)


def addressee(words: str) -> str:
    """ "For Adult Social Care" as all that follows a label: whom, not what."""
    found = WHOM.match(words) if len(words) < 100 and not words.endswith(".") else None
    return whom_of(words) if found else ""


def whom_of(title: str) -> str:
    """ "For Harbour Police", "Recommendations for Harbour NHS Trust" or a body's bare name; else ""."""
    found = WHOM.match(title)
    name = found["name"].strip(" :") if found else title
    return name if headings.like_organisation(name) and headings.named(name) else ""
