"""Cut a paragraph into sentences; never cuts at an abbreviation, an initial, a decimal or a semi-colon."""

import re

# A full stop, question or exclamation mark, with any closing quotes, and white space after it.
STOP = re.compile(r"[.!?…]{1,4}[’”\"'»)\]]{0,3}(?= )")
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "rev",
        "st",
        "cf",
        "eg",
        "ie",
        "e.g",
        "i.e",
        "viz",
        "approx",
        "dept",
        "vs",
        "govt",
        "hon",
    ]
)
# Abbreviations only before a number: "No. 4", "para. 12".
BEFORE_NUMBERS = frozenset(
    [
        "no",
        "nos",
        "fig",
        "figs",
        "para",
        "paras",
        "sec",
        "vol",
        "p",
        "pp",
        "ch",
        "art",
        "reg",
        "regs",
        "rec",
        "recs",
        "ref",
    ]
)
# These often end a sentence as well, so the next word decides.
MAYBE_LAST = frozenset(["etc", "al", "a.m", "p.m", "ltd", "inc", "co"])
OPENERS = "‘“\"'([«*•–—-"
STARTERS = frozenset(
    ["the", "a", "an", "we", "our", "this", "these", "it", "in", "they", "there", "all", "each", "both"]
)


def spans(words: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in a paragraph whose words are set apart by single spaces."""
    found: list[tuple[int, int]] = []
    begin = 0
    for stop in STOP.finditer(words):
        if ends_sentence(words, stop.start(), stop.end()):
            found.append((begin, stop.end()))
            begin = stop.end() + 1
    if begin < len(words):
        found.append((begin, len(words)))
    return [(start, end) for start, end in found if words[start:end].strip()]


def ends_sentence(words: str, mark: int, after: int) -> bool:
    following = words[after + 1 : after + 40].lstrip(OPENERS)
    if not following or not starts_sentence(following):
        return False
    if words[mark] != ".":
        return True
    last = words[max(0, mark - 20) : mark].rpartition(" ")[2].lstrip("(‘“\"'[").lower()
    if last in BEFORE_NUMBERS:
        return not following[0].isdigit()
    if last in MAYBE_LAST:
        return following.partition(" ")[0].lower() in STARTERS
    return last not in ABBREVIATIONS and not initial(words, mark)


def starts_sentence(following: str) -> bool:
    return following[0].isupper() or following[0].isdigit() or following.startswith(("e-", "iP"))


def initial(words: str, mark: int) -> bool:
    """A single capital before the stop, as in "J. Smith"; not the "A" that closes "Appendix A."."""
    if mark < 1 or not words[mark - 1].isupper():
        return False
    if mark >= 2 and words[mark - 2] not in " .(":
        return False
    return words[max(0, mark - 20) : mark - 1].rstrip().rpartition(" ")[2].lower() not in {
        "appendix",
        "annex",
        "part",
        "table",
        "level",
    }
