"""Read the printed labels of recommendations: number, agency, lead and date; takes no prose for a label."""

import re
from dataclasses import dataclass

from actions.intake import headings, tables
from actions.intake.types import FINDING, RECOMMENDATION

COUNTED = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve"
# "Recommendation 4.2 -", "R4:", "Rec 3 (Harbour Police):", "Finding Two", "**Recommendation 1:**".
LABEL = re.compile(
    r"(?:\*\*|__)?(?:(?:SAR|Key|Overview|Strategic|National|Local|System|Priority|Overarching|Board"
    r"|Multi-agency"
    r"|Single[- ]agency|Draft|Learning) )?"
    r"(?P<word>Recommendation|RECOMMENDATION|Rec\b\.?|REC\b|Finding|FINDING|R(?= ?\d)|F(?=\d))"
    r"(?:(?=\d)|(?![A-Za-z]))"
    r"(?: ?(?:No\.?|Number|number|#))? ?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[a-z]?(?!\w)|(?:{COUNTED})\b|[A-Z](?![\w’'])"
    rf"|[IVX]{{2,4}}(?!\w))?"
    r"(?: ?\((?P<inside>[^()]{1,90})\))?"
    r"(?: (?:for|to) (?P<addressee>[^:.]{2,90})(?=:))?"
    r"(?P<close>(?: ?(?:[:.)\]|–—-]|\*\*|__)+)? ?)"
)
# Words by which a sentence asks for something to be done.
DIRECTIVE = re.compile(
    r"\b(?:should|must|needs? to|ought to|shall|will|recommend(?:s|ed)?|ensure|is to|are to|asked to"
    r"|required to|to \w+)\b"
    r"|^(?:to )?(?:review|develop|consider|agree|ensure|seek|audit|provide|establish|include|make|work"
    r"|produce|update|improve"
    r"|strengthen|share|raise|promote|implement|embed|introduce|remind|train|monitor|create|undertake"
    r"|write|report)\b",
    re.IGNORECASE,
)
LEADS = (r"lead(?:s|ing)?(?: agency| agencies| officer| organisation| partner| role| person)?"
    r"|owners?(?:ship)?"
         r"|responsible(?: agency| agencies| officer| person| organisation| body| lead)?|responsibility"
         r"|agency|agencies"
         r"|organisations?|for(?: action by)?|action (?:owner|by)|who|by whom|addressed to"
         r"|accountable(?: body| officer)?")  # fmt: skip
DATES = (r"by when|time ?scales?|time ?frames?|target(?: date)?|deadline|due(?: date| by)?"
    r"|completion(?: date)?|complete by"
         r"|when|date for completion|review date|to be completed by")  # fmt: skip
# The titles of the columns of a table.
TITLES = tuple(
    (name, re.compile(shape, re.IGNORECASE))
    for name, shape in (
        (
            tables.NUMBER,
            r"(?:rec(?:ommendation)?\.? )?(?:no|number|ref|reference|#)\.?(?: no\.?)?|rec\.?|item",
        ),
        (
            tables.ASKED,
            r"(?:\w+ )?(?:recommendations?|actions?)(?: required| needed| to be taken)?(?: ?/ ?\w+)?",
        ),
        (tables.LEAD, rf"(?:{LEADS})(?: ?/ ?\w+)?"),
        (tables.DATE, DATES),
        (
            tables.OTHER,
            r"(?:progress|update|current|status|b?rag|outcomes?|evidence|comments?|impact|measures?|success"
            r"|priority|theme|rationale|findings?|learning)\b.*",
        ),
    )
)
# "Lead: …" or "Timescale: …" at the beginning of a line.
DETAIL = re.compile(
    rf"[\[(]?(?:\*\*)?(?:(?P<lead>{LEADS})|(?P<date>{DATES}))(?:\*\*)? ?:(?:\*\*)? ?", re.IGNORECASE
)
# The same further on: after a stop, a bar or a bracket, or in a line of details.
INNER = re.compile(
    rf"(?:^|[.;|,(\[] ?| )(?:\*\*)?(?:(?P<lead>Lead(?: agency| officer| organisation)?|Owner"
    rf"|Responsible(?: agency| officer)?)"
    rf"|(?P<date>{DATES.replace('|when|', '|')})) ?:(?:\*\*)? ?",
    re.IGNORECASE,
)
# "The Harbour NHS Trust should": whom the words ask.
SUBJECT = re.compile(
    r"(?:By [^,.]{3,40}, |\([^()]{2,40}\) )?(?:It is recommended that |That "
    r"|The Board recommends that )?(?:[Tt]he )?(?P<who>[A-Z][\w’'&,() /-]{1,100}?) "
    r"(?:should|must|to|will|needs? to|ought to|is (?:asked|to|recommended)|are (?:asked|to|recommended)"
    r""
    r"|(?:seek|ensure|review|consider|develop|agree|work|provide|report|ask|send|hold|make|share|update|commission"
    r"|confirm|write|take|include|strengthen|establish|issue|revise)s?)\b"
)


@dataclass(frozen=True)
class Label:
    kind: str
    number: str
    agency: str
    owner: str
    end: int


def column(title: str) -> str:
    """What stands in a column of a table of recommendations, by its title."""
    plain = title.strip(" *:")
    return next((name for name, shape in TITLES if shape.fullmatch(plain)), "")


def label_of(words: str) -> Label | None:
    """The label with which these words begin; None for a sentence that only speaks of a recommendation."""
    found = LABEL.match(words[:400])
    if not found or not accepted(found, words[found.end() :]):
        return None
    kind = FINDING if found["word"].lower().startswith("f") else RECOMMENDATION
    short = found["word"] in ("R", "F")
    number = (found["word"] if short else "") + (found["number"] or "")
    whom = (found["addressee"] or found["inside"] or "").strip()
    agency = whom if agency_printed(whom) else ""
    return Label(kind, number, agency, whom, found.end())


def accepted(found: re.Match[str], rest: str) -> bool:
    closed = bool(found["close"].strip()) or bool(found["addressee"])
    if not found["number"]:
        return ":" in found["close"] or (bool(found["addressee"]) and bool(rest))
    if closed or not rest:
        return not (rest[:1].islower() and "-" in found["close"] and not found["close"].startswith(" "))
    return rest[0].isupper() and found["close"] == " " and bool(DIRECTIVE.search(rest[:400]))


def agency_printed(whom: str) -> bool:
    """One body's name or its initials; several bodies stay words for the owner."""
    if not whom or len(several(whom)) > 1:
        return False
    return whom.isupper() or (headings.like_organisation(whom) and headings.named(whom))


# How the name of a body ends: "Dene Council and Dene Police" are two, "Dene Fire and Rescue Service" is one.
BODY_END = re.compile(
    r"(?:council|police|constabulary|trust|boards?|icb|sab|services?|authority|association|partnership|group"
    r"|agency|agencies|university|college|prison|probation|homes|team|department|providers)(?: \([^()]*\))?",
    re.IGNORECASE,
)


def several(whom: str) -> list[str]:
    """The bodies named, cut at commas and "and" where each side names one."""
    sides = [side.strip() for side in re.split(r", |; | and | & |/", whom) if side.strip()]
    bodies = [side for side in sides if headings.like_organisation(side) and " " in side]
    ended = any(BODY_END.fullmatch(side.rpartition(" ")[2]) for side in bodies[:-1])
    return sides if len(bodies) > 1 and ended else [whom]


def subject(words: str) -> str:
    found = SUBJECT.match(words[:300])
    who = found["who"].strip() if found else ""
    return who if who and headings.like_organisation(who) and headings.named(who) else ""


@dataclass(frozen=True)
class Details:
    lead: str = ""
    date: str = ""


def details_in(words: str) -> Details:
    """The lead and the date that a line such as "Lead: … Timescale: …" prints."""
    names = list(INNER.finditer(words[:1500]))
    first = DETAIL.match(words[:300])
    if first and not (names and names[0].start() == 0):
        names.insert(0, first)
    lead = date = ""
    for place, name in enumerate(names):
        end = names[place + 1].start() if place + 1 < len(names) else len(words[:1500])
        value = words[name.end() : end].strip(" .;|,[]*(")
        value = value if "(" in value else value.rstrip(") ")
        lead = lead or (value if name["lead"] else "")
        date = date or (value if name["date"] else "")
    return Details(lead, date)
