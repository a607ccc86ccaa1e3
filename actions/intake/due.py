"""Choose which printed date of a sentence is when its work is due; a date that looks back is never one."""

import re
from datetime import date

from actions.intake.dates import COUNTED, DuePrinted, Year, printed
from actions.intake.promises import FORWARD, opening

# Straight before a date: by when.
BY = re.compile(
    r"\b(?:by|before|until|no later than|not later than|due(?: date| on| in| for)?|deadline"
    r"|target(?: date)?|completion(?: date)?"
    r"|timescales?|timeframe|review date|by when|when|(?:scheduled|planned|arranged|booked) for"
    r"|start(?:ing)? date|expected (?:in|by|on)"
    r"|complete(?:d)? by)"
    r"[:\s–-]*(?:the |early |late )?$",
    re.IGNORECASE,
)
# Straight before a date: since when, or of what a date is part.
BACK = re.compile(
    r"\b(?:since|after|following|between|published(?: in| on)?|dated|of|as at|as of|prior to|last"
    r"|the previous"
    r"|\w+ed (?:in|on|during|at)|(?:in|on) [^.;,]{0,20}(?<=and))\s*(?:the )?$",
    re.IGNORECASE,
)
# A clause that looks back: the date in it is history.
BACK_CLAUSE = re.compile(
    r"(?:^|[,;(] ?)(?:following|since|after|during|further to|as of|building on)\b[^,;]*$", re.IGNORECASE
)
PAST = re.compile(
    r"\b(?:was|were|had|has been|have been|has (?:recently |now )?\w+ed|have (?:recently |now )?\w+ed"
    r"|took place|undertook"
    r"|launched|introduced|completed|received|published|began|started|joined|held)\b",
    re.IGNORECASE,
)
# "Spring", "May", "March" and "summer" with no year are words of many uses: they need "by" or "in" in front.
NEEDS_PREPOSITION = re.compile(
    r"\b(?:by|in|until|before|from|for|during|of|due|this|next)\s+(?:the )?$", re.IGNORECASE
)
HAS_YEAR = re.compile(r"\d\d|year", re.IGNORECASE)
# A rhythm that describes a meeting or a paper is no date for the work.
THING = re.compile(r" (?:\w+ ){0,2}(?:meetings?|newsletters?|boards?|reports?|forums?|groups?"
    r"|bulletins?|conference|panel"
                   r"|committee)\b", re.IGNORECASE)  # fmt: skip


def due_in(
    words: str, *, forward: bool, year: Year | None = None, today: date | None = None
) -> DuePrinted | None:
    """`forward`: the words stand where work is promised, so a bare "June 2024" will do."""
    words = opening(words)
    looks = [due for due in printed(words, year) if ahead(words, due, forward=forward)]
    dated = [due for due in looks if due.precision != "continuing"]
    known = [due for due in dated if due.on] or dated
    if known:
        return known[0]
    return looks[0] if looks and forward else None


# "is being introduced", "will be completed": forward, though the verb alone looks back; "people who have
# been harmed" says of whom, not when.
ASIDE = re.compile(
    r"\b(?:be|being) (?:\w+ly )?\w+(?:ed|held|begun)\b"
    r"|\b(?:who|that|which) (?:have|has|had|was|were)(?: been)? \w+\b",
    re.IGNORECASE,
)


def ahead(words: str, due: DuePrinted, *, forward: bool) -> bool:
    """Whether this date of the sentence looks forward."""
    before, after = words[: due.start], words[due.start + len(due.words) :]
    if due.precision == "continuing":
        return not THING.match(after)
    if COUNTED.fullmatch(due.words):
        return forward and (" of " in due.words or not after.strip(" .;)"))
    if not HAS_YEAR.search(due.words) and not standing_alone(before, after):
        return False
    plain = ASIDE.sub(lambda found: " " * len(found.group()), before)
    promised = last_of(FORWARD, before)
    done = last_of(PAST, plain)
    if BY.search(before):
        return done < 0 or promised >= 0 or bool(FORWARD.search(after))
    if BACK.search(plain) or BACK_CLAUSE.search(before) or spans_on(after):
        return False
    return promised > done or (forward and done < 0)


def standing_alone(before: str, after: str) -> bool:
    return bool(NEEDS_PREPOSITION.search(before)) or not (before.strip(" (:–-") and after.strip(" ).;"))


def spans_on(after: str) -> bool:
    """The first half of "April 2023 and December 2023"."""
    return bool(re.match(r" (?:and|to|-|–) (?:\w+ )?20\d\d", after))


def last_of(shape: re.Pattern[str], words: str) -> int:
    return max((found.start() for found in shape.finditer(words)), default=-1)
