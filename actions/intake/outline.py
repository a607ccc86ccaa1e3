"""Find the agencies and section headings of a partner return; files nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from actions.intake import headings
from actions.intake.layout import Block

AGENCY, SECTION, SUB, OTHER, ITEM = "agency", "section", "sub", "other", "item"

# Headings strong enough to stand without any layout to help them.
STRONG = re.compile(
    r"\b(?:achiev|accomplish|success|challeng|difficult|barrier|planned|plans? for|(?:our|future"
    r"|forward) plan"
    r"|priorit|next steps|objectives|look(?:ing)? (?:ahead|forward)|(?:went|gone|go|worked) well|highlights"
    r"|(?:year|work) ahead)|^(?:what|how|where)\b",
    re.IGNORECASE,
)
# Words that hardly stand in a heading unless it names a body.
BODY = re.compile(
    r"\b(?:council|police|constabulary|nhs|trust|probation|hmp|hmyoi|university|healthwatch|fire"
    r"|ambulance|icb|dwp"
    r"|college|department|hospice|cic|ltd|association|integrated care board|prison|borough|county"
    r"|alliance|federation"
    r"|commissioner|age uk|mencap|citizens advice|samaritans|charity|healthcare|(?-i:Mind)|society|service provider)\b"
    r"|\([A-Z][A-Za-z&]{1,9}\)$",
    re.IGNORECASE,
)
LONGEST_NUMBERED = 10


@dataclass(frozen=True)
class Part:
    """What a block is: an agency's name, a section heading with its kind, a sub-heading, or words."""

    role: str
    value: str = ""


def outline(blocks: Sequence[Block]) -> list[Part]:
    """One part for each block."""
    again = titles_again(block.words for block in blocks)
    openers = first_titles(blocks, again)
    first = [by_itself(blocks, index, again, openers) for index in range(len(blocks))]
    parts: list[Part] = []
    seen: set[str] = set()
    places: set[str] = set()
    kind = ""
    for index, part in enumerate(first):
        part = part if part.role != ITEM else in_its_place(blocks, first, index, seen, places)
        if part.role == AGENCY:
            seen = set()
            places.add(part.value.split(" ")[0])
        elif part.role == SECTION:
            seen.add(part.value)
        if part.role == SECTION and part.value == kind and headings.leads_by_time(blocks[index].words):
            part = Part(ITEM)
        kind = kind if part.role in (ITEM, SUB) else part.value if part.role == SECTION else ""
        parts.append(part)
    return same_depth(blocks, parts)


def titles_again(lines: Iterable[str]) -> frozenset[str]:
    """Titles that come again but for their years: what every agency was asked."""
    counted = Counter(headings.template(words) for words in lines if headings.titlelike(words))
    return frozenset(title for title, times in counted.items() if title and times > 1)


def first_titles(blocks: Sequence[Block], again: frozenset[str]) -> frozenset[str]:
    """Titles that come again, each time below the name of another body: what each was asked first."""
    above: dict[str, list[str]] = {}
    for before, block in pairwise(blocks):
        title = headings.template(block.words)
        if title in again and block.kind != "bullet":
            name = headings.agency_name(before.words) if before.kind != "bullet" else ""
            above.setdefault(title, []).append(name if headings.like_organisation(name) else "")
    return frozenset(
        title
        for title, names in above.items()
        if len(names) > 1 and "" not in names and len(set(names)) == len(names)
    )


def by_itself(blocks: Sequence[Block], index: int, again: frozenset[str], openers: frozenset[str]) -> Part:
    """Section headings and the headings of the document itself, known by their own words."""
    block = blocks[index]
    if block.column == AGENCY:
        return Part(AGENCY, block.words)
    if block.column or block.kind == "bullet":
        return Part(ITEM)
    if headings.labelled_agency(block.words):
        return Part(AGENCY, headings.agency_name(block.words))
    kind = headings.section_kind(block.words)
    if kind and (shown_as_heading(blocks, index) or headings.template(block.words) in again):
        return Part(SECTION, kind)
    if headings.numbered_aim(block.words):
        return Part(SUB)
    if headings.of_no_kind(block.words) or headings.template(block.words) in openers:
        return Part(SECTION)
    if headings.headless(block.words) and block.kind != "numbered" and not headings.stated(block.words):
        return Part(OTHER)
    return Part(ITEM)


def shown_as_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if block.kind == "numbered":
        short = len(block.words.split()) <= LONGEST_NUMBERED or block.words.endswith("?")
        return short and not listed(blocks, index)
    laid_out = block.kind == "heading" or block.after_blank or block.words.endswith((":", "?"))
    return laid_out or bool(STRONG.search(block.words))


def listed(blocks: Sequence[Block], index: int) -> bool:
    """Stands among numbered neighbours of the same form, so it is an item of a list."""
    near = blocks[max(0, index - 1) : index] + blocks[index + 1 : index + 2]  # type: ignore[operator]
    return any(other.kind == "numbered" and form(other.mark) == form(blocks[index].mark) for other in near)


def form(mark: str) -> str:
    return re.sub(r"[a-zA-Z]", "a", re.sub(r"\d+", "0", mark))


def in_its_place(
    blocks: Sequence[Block], parts: list[Part], index: int, seen: set[str], places: set[str]
) -> Part:
    """An agency or a sub-heading, by what stands after the line."""
    block = blocks[index]
    if block.kind == "bullet" or block.column or index + 1 >= len(blocks):
        return Part(SUB) if block.kind == "heading" else Part(ITEM)
    plain_caps = block.words.isupper() and not BODY.search(block.words)
    if parts[index + 1].role != ITEM and (title_page(parts, index) or plain_caps):
        return Part(SUB)
    name = headings.agency_name(block.words)
    if name and (is_agency(blocks, parts, index, name, seen) or namesake(blocks, parts, index, name, places)):
        return Part(AGENCY, name)
    if block.kind == "heading" or sub_heading(block, blocks[index + 1], parts[index + 1]):
        return Part(SUB)
    return Part(ITEM)


def namesake(blocks: Sequence[Block], parts: list[Part], index: int, name: str, places: set[str]) -> bool:
    """ "Dene Carers" alone above its words, after "Dene Council": it shares the place in the name."""
    alone = blocks[index].after_blank and parts[index + 1].role == ITEM and len(name.split()) > 1
    place = name.split(" ")[0]
    return (
        alone
        and place in places
        and place[0].isupper()
        and place.lower() not in {"nhs", "the", "hmp", "national"}
    )


def title_page(parts: list[Part], index: int) -> bool:
    """Nothing but titles so far, and a title of the document follows."""
    return index < 4 and parts[index + 1].role == OTHER


def is_agency(blocks: Sequence[Block], parts: list[Part], index: int, name: str, seen: set[str]) -> bool:
    block, following, after = blocks[index], blocks[index + 1], parts[index + 1]
    shown = block.kind == "heading" or name.isupper()
    if after.role == SECTION:
        deeper = not following.depth or not block.depth or following.depth > block.depth
        restarts = not seen or after.value in seen
        return (
            deeper
            and (headings.like_organisation(name) or shown or restarts)
            and (restarts or bool(BODY.search(name)))
        )
    if after.role != ITEM or headings.agency_name(following.words):
        return False
    return bool(BODY.search(name)) and not following_fragment(block, following)


def following_fragment(block: Block, following: Block) -> bool:
    """A list of short lines without bullets, of which this is one."""
    return (
        block.kind == "paragraph"
        and following.kind == "paragraph"
        and len(following.words) < 60
        and (not following.words.endswith((".", ":")))
    )


def sub_heading(block: Block, following: Block, after: Part) -> bool:
    """ "Making Safeguarding Personal" above its paragraph."""
    if block.kind != "paragraph" or after.role != ITEM or len(block.words.split()) > 8:
        return False
    prose = following.kind in ("bullet", "numbered") or following.words.endswith((".", ":"))
    return prose and headings.titlelike(block.words) and headings.named(headings.bare(block.words))


def chapters(parts: Sequence[Part]) -> dict[int, int]:
    """For each agency below a section that stands over agencies ("Partners' plans"): the section's place.

    Not the empty last section of an agency, nor one whose agencies have sections of their own.
    """
    found: dict[int, int] = {}
    over: int | None = None
    own = False
    for index, part in enumerate(parts):
        opens = part.role == SECTION and index + 1 < len(parts) and parts[index + 1].role == AGENCY
        if part.role == OTHER:
            over, own = None, False
        elif part.role == SECTION and not opens:
            found = {agency: section for agency, section in found.items() if section != over}
            over, own = None, True
        elif opens and not own and not (index and parts[index - 1].role == AGENCY):
            over = index
        elif part.role == AGENCY:
            own = False
            if over is not None:
                found[index] = over
    return found


def same_depth(blocks: Sequence[Block], parts: list[Part]) -> list[Part]:
    """Where agencies stand at one level of heading, each heading at that level opens another or none."""
    depths = {
        block.depth for block, part in zip(blocks, parts, strict=True) if part.role == AGENCY and block.depth
    }
    if len(depths) != 1:
        return parts
    return [levelled(block, part, min(depths)) for block, part in zip(blocks, parts, strict=True)]


def levelled(block: Block, part: Part, depth: int) -> Part:
    if part.role != SUB or not block.depth or block.depth > depth:
        return part
    name = headings.agency_name(block.words) if block.depth == depth else ""
    return Part(AGENCY, name) if name else Part(OTHER)
