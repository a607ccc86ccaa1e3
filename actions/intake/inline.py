"""Take apart what one paragraph runs together: a heading before its words, a list inside a sentence."""

import re
from collections.abc import Iterator
from itertools import pairwise

from actions.intake import headings, sentences
from actions.intake.layout import Block

# "Achievements: we trained staff"; the heading has few words and no stop.
RUN_IN = re.compile(r"[^.:;]{3,80}:(?= \S)")
MOST_WORDS = 10
# "…; refresh the policy; and train staff": cut before each item, an "and" stays with the one before.
CUT = re.compile(r";(?: and| or)? (?=\S)")
FEWEST = 3


def apart(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The same blocks, with run-in headings and inline lists as blocks of their own."""
    for block in blocks:
        begin = run_in(block) or led(block)
        if begin:
            block, rest = block.cut(begin)
            yield block
            yield from items(rest)
        else:
            yield block


def run_in(block: Block) -> int:
    """Where the words begin after a section heading on the same line; 0 where there is none."""
    found = RUN_IN.match(block.words) if block.kind in ("paragraph", "heading") and not block.column else None
    if not found or len(found.group().split()) > MOST_WORDS or not headings.section_kind(found.group()):
        return 0
    return found.end() + 1


def led(block: Block) -> int:
    """Where a list begins after the colon of its lead-in, when that is all the paragraph says."""
    colon = block.words.find(": ")
    rest = block.words[colon + 2 :]
    listed = block.kind == "paragraph" and colon > 0 and len(CUT.findall(rest)) + 1 >= FEWEST
    listed = listed and len(sentences.spans(block.words)) == 1
    return colon + 2 if listed else 0


def items(block: Block) -> Iterator[Block]:
    """Each part between semi-colons as an item, where there are several and no sentence ends among them."""
    cuts = [found.end() for found in CUT.finditer(block.words)]
    if len(cuts) + 1 < FEWEST or len(sentences.spans(block.words)) > 1:
        yield block
        return
    for begin, end in pairwise([0, *cuts]):
        item, block = block.cut(end - begin)
        yield item.as_item()
    yield block.as_item()
