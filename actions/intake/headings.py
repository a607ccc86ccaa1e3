"""Tell section headings and agency names by their words; never looks at a line's neighbours."""

import re
from functools import lru_cache

from actions.intake.types import ACHIEVEMENT, CHALLENGE, PLANNED, UNCLASSIFIED

LONGEST, MOST_WORDS = 150, 22
# Each line is asked several times, by its neighbours too: so many answers are kept at hand.
KEPT = 1000

# Words that name what an agency did.
ACHIEVED = re.compile(
    r"\b(?:achieve(?:d|ments?)?|accomplish(?:ed|ments?)|success(?:es)?|highlights?|progress|celebrat\w+"
    r"|(?:what|how|which) (?:\w+ ){0,3}(?:went|gone|go|worked|working) well|gone well|worked well"
    r"|good practice"
    r"|what (?:(?:we|you|they|has|have|did) ){1,2}(?:done|did|do|delivered|been doing|been done)\b(?! next)"
    r"|(?:key|main|our) (?:activity|activities|developments|contributions?|deliverables)"
    r"|(?:summary|overview) of (?:[\w/-]+ ){0,3}(?:activity|activities|work)|review of (?:20\d\d|the period)"
    r"|update on (?:\S+ ){0,3}(?:actions?|plans?|work|priorities|commitments)"
    r"|what (?:has|have|did) (?:\w+ ){1,3}(?:done|achieve|do)\b|(?:our|the) year\b(?! ahead)|year in review"
    r"|(?:activity|activities|work (?:completed|undertaken|done|carried out|delivered)|delivered"
    r"|contributions?) "
    r"(?:in|during|for|this|over|to|by)\b"
    r"|work (?:completed|undertaken|done|carried out)$|difference (?:we|have|has)|(?:made|making|make) a difference"
    r"|outcomes? achieved|impact (?:we|of our)|proud of|review of the year|looking back|last year"
    r"|past year)\b",
    re.IGNORECASE,
)
# Words that name what stood in the way.
CHALLENGED = re.compile(
    r"\b(?:challeng(?:e|es|ed|ing)|difficult(?:y|ies)?|barriers?|obstacles?|pressures?|hurdles?"
    r"|(?:not|didn['’]t|did not|less|hasn['’]t|has not) (?:\w+ ){0,2}well"
    r"|could (?:have )?(?:been|be|gone|done|do) better"
    r"|areas? (?:of|for) (?:improvement|development|concern)|where (?:\w+ ){1,4}improve"
    r"|(?:key|main|current|emerging) (?:risks?|issues?|concerns?)|risks? and issues|issues (?:faced"
    r"|encountered)"
    r"|(?:risks?|issues?|concerns?)$|(?:been|was|is) (?:\w+ )?hard(?:er|est)?|needs? to (?:be )?improved?"
    r"|(?:got|gets|stood|stands) in (?:the|our|your) way|constraints?)\b",
    re.IGNORECASE,
)
# Words that name what an agency means to do.
AHEAD = re.compile(
    r"\b(?:plann?(?:s|ed|ing)?|next steps?|priorit(?:y|ies)|objectives?|intentions?|ambitions?"
    r"|aspirations?|goals?"
    r"|aims?|commitments?|look(?:ing)? (?:ahead|forward)|go(?:ing)? forwards?|moving forwards?"
    r"|forward (?:look|view|plan)"
    r"|future|(?:coming|forthcoming|next|following) (?:\w+ )?(?:year|months|period)|year ahead"
    r"|what(?:['’]s| is)? next"
    r"|do next|what (?:\w+ ){0,2}will (?:\w+ ){0,2}do|(?:will|to) (?:be )?(?:do|doing|deliver)\b"
    r"|work programme"
    r"|(?:proposed|intended|upcoming|further|future|development) (?:work|actions?|activit(?:y|ies))"
    r"|actions? (?:for|in|during|to be taken)|proposals?|where (?:we|do we) (?:want|go)|focus (?:for|in|of)"
    r"|areas? of focus)\b",
    re.IGNORECASE,
)
# "Progress on last year's priorities" looks back, whatever it names.
BACK_FIRST = re.compile(
    r"\b(?:progress|update|review|report|delivery|performance|achiev\w+|success\w*) "
    r"(?:\w+ ){0,2}?(?:on|of|against|with|towards?|in relation to)\b"
    r"|\b(?:last|previous|past) year['’]?s?\b"
    r"|^(?:how|what|which|in what ways?) (?:has|have|did) ",
    re.IGNORECASE,
)
# "How has your agency helped?", "What will you do?": the tense tells what is asked.
ASKED_BACK = re.compile(
    r"(?:how|what|in what ways?) (?:has|have|did) (?:your|you|we|our|the)\b", re.IGNORECASE
)
ASKED_AHEAD = re.compile(
    r"(?:how|what) will (?:your|you|we|our|the)\b(?! (?:\w+ )?(?:know|measure|evidence|show|tell))",
    re.IGNORECASE,
)
# "During 2024/25 we will:", "Over the past year we have:", "In 2023/24 the Council:".
LEADS_BY_TIME = re.compile(
    r"(?:in|during|over|throughout|for) (?:the )?(?:\w+ ){0,3}?(?:year|months|20\d\d)\b[^.:;]{0,60}?"
    r"\b(?:(?P<ahead>will(?: also| be)?|(?:plans?|intends?|aims?|hopes?) to|(?:is|are) (?:going|planning) to)"
    r"|(?P<back>have|has|we))(?: also)?:?",
    re.IGNORECASE,
)
# "Achievements and challenges": two kinds under one heading.
TOGETHER = re.compile(r"(?:^|[ ,])(?:and|&|/|,|\+) ?|/", re.IGNORECASE)
# A sentence, not a title: somebody does something.
SENTENCE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|must|can|could|may|be|been|continues?d?|remains?d?"
    r"|launched|introduced|delivered|supported|attended|provided|worked|works|undertook|completed|did"
    r"|does|do)\b",
)
QUESTION = re.compile(r"(?:what|how|where|which|why|when|who|have|did|has)\b", re.IGNORECASE)
NUMBER_IN_FRONT = re.compile(
    r"(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.):]?|\(?[a-zA-Z][.)]|(?:section|chapter|part) [0-9]{1,2}[:.]?) +",
    re.I,
)

HEADLESS = re.compile(
    r"(?:executive summary|introduction|foreword|contents|background|appendix|annex|conclusions?"
    r"|glossary|contacts?"
    r"|about (?:this|the|us)|purpose|summary|welcome|acknowledge?ments|references|methodology"
    r"|partner(?:s|ship)?"
    r"(?: agency| agencies)? (?:contributions?|updates?|returns?|statements?|reports?|submissions?)"
    r"|(?:contributions?|updates?|statements?|reports?) (?:from|by) (?:our |the |board )?(?:partners?"
    r"|agencies|members)"
    r"|.{0,80}\bannual reports?\b|.{0,80}\bstrategic plan\b|.{0,80}\bpartner (?:return|contribution"
    r"|update)s?)\b",
    re.IGNORECASE,
)
LABELLED_AGENCY = re.compile(
    r"(?:name of )?(?:your |the |partner |reporting |submitting )?"
    r"(?:agency|organi[sz]ation|partner|service|completed for|return from|submitted (?:by|for)|on behalf of)"
    r"(?: name)? ?(?::|–|—| -) ?(?P<name>.{2,120})",
    re.IGNORECASE,
)
AGENCY_ROUND = re.compile(
    r"(?:(?:statement|update|report|return|contribution|submission)s? (?:from|by|of) (?:the )?)?(?P<name>.+?)"
    r"(?: ?[–—:-] ?(?:(?:partner|agency|annual|safeguarding) )?(?:return|statement|update|report|contribution"
    r"|submission)\b.{0,40}| \(continued\))?",
    re.IGNORECASE,
)
# Words found in the names of the bodies that sit on safeguarding boards.
ORGANISATION = re.compile(
    r"\b(?:council|police|constabulary|nhs|trust|services?|fire|rescue|probation|hmp|hmyoi|prison"
    r"|ambulance|university"
    r"|college|healthwatch|housing|homes|association|foundation|hospitals?|icb|ccg|department|dwp"
    r"|partnership|alliance"
    r"|charity|cic|ltd|limited|forum|network|society|age uk|mind|advocacy|authority|agency|trading standards"
    r"|hospice|healthcare|health|care|voluntary|community|commission|commissioner|committee|board"
    r"|directorate|group|sab|borough"
    r"|citizens advice|federation|union|ministry|office|practice|surgery|centre|carers|samaritans"
    r"|refuge|action"
    r"|(?:all|other|partner|relevant) (?:agencies|partners|organisations))\b",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(
    [
        "and",
        "of",
        "the",
        "for",
        "in",
        "to",
        "on",
        "with",
        "&",
        "at",
        "by",
        "a",
        "an",
        "or",
        "–",
        "-",
        "—",
        "/",
        "de",
        "upon",
    ]
)
ASKS = frozenset(
    [
        "we",
        "our",
        "they",
        "this",
        "these",
        "there",
        "it",
        "what",
        "how",
        "where",
        "which",
        "why",
        "when",
        "who",
        "your",
        "my",
        "i",
        "he",
        "she",
    ]
)


def bare(words: str) -> str:
    """A heading without its number, its markdown and its closing colon."""
    plain = words.strip(" *_#")
    number = NUMBER_IN_FRONT.match(plain)
    return plain[number.end() if number else 0 :].rstrip(" :*_#-–—")


def titlelike(words: str) -> bool:
    """Short and without a sentence's end; may be a question."""
    return bool(
        words
        and len(words) <= LONGEST
        and len(words.split()) <= MOST_WORDS
        and not words.rstrip("*_ ").endswith((".", ";", ","))
        and (words[0].isupper() or words[0].isdigit() or words[0] in "‘“\"'(*")
    )


@lru_cache(maxsize=KEPT)
def section_kind(words: str) -> str:
    """achievement, challenge, planned_work or unclassified (several at once); "" when no section heading."""
    plain = bare(words)
    if by_time := leads_by_time(words):
        return PLANNED if by_time["ahead"] else ACHIEVEMENT
    if not plain or not titlelike(words) or stated(plain) or NUMBERED_AIM.match(plain):
        return ""
    kinds = kinds_named(plain)
    if len(kinds) > 1 and set(kinds) == {PLANNED, ACHIEVEMENT} and BACK_FIRST.search(plain):
        return ACHIEVEMENT
    if len(kinds) > 1 and together(plain):
        return UNCLASSIFIED
    if kinds == [PLANNED] and BACK_FIRST.search(plain):
        return ACHIEVEMENT
    return kinds[0] if kinds else ""


# "Priority 1: Prevention": one of the board's own, whoever has done or plans something for it.
NUMBERED_AIM = re.compile(
    r"(?:strategic )?(?:priority|objective|aim|goal|theme|outcome|principle|ambition)(?: area)? "
    r"(?:\d{1,2}|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
# Headings of a return under which stands neither what was done nor what is planned.
OF_NO_KIND = re.compile(
    r"(?:impact|evidence|outcomes?|case stud(?:y|ies)|(?:good )?example|feedback|contacts?|any other|other comments"
    r"|comments|support (?:needed|required|from)|what (?:we|do you) need|asks? of the board|data)\b"
    r"(?: \w+){0,6}$",
    re.IGNORECASE,
)


def numbered_aim(words: str) -> bool:
    return titlelike(words) and bool(NUMBERED_AIM.match(bare(words)))


def of_no_kind(words: str) -> bool:
    """A question or a title that names no kind: what was asked before it is answered."""
    plain = bare(words)
    return titlelike(words) and (plain.endswith("?") or bool(OF_NO_KIND.match(plain)))


def leads_by_time(words: str) -> re.Match[str] | None:
    """A lead-in that names its year; a heading where none has said as much before."""
    return LEADS_BY_TIME.fullmatch(bare(words)) if words.endswith(":") else None


def template(words: str) -> str:
    """A heading without its number and its years, to tell that it comes again."""
    return re.sub(r"[\W\d_]+", " ", bare(words).casefold()).strip()


# "We plan to open a hub", but not "Our plans to improve practice".
SPOKEN = re.compile(
    r"(?:we|they|it|this|these|there)\b|(?!our\b|future\b|key\b|plans\b|aims\b|what\b|how\b|where\b)"
    r"(?:[\w’&-]+ ){1,6}(?:plans?|intends?|aims?|hopes?) to\b",
    re.IGNORECASE,
)


def stated(plain: str) -> bool:
    """The line says something rather than asks or names it."""
    if SPOKEN.match(plain) and not plain.endswith("?"):
        return True
    return (
        bool(SENTENCE_VERB.search(plain))
        and not (plain.endswith("?") or QUESTION.match(plain))
        and not (plain.istitle() or plain.isupper() or relative_clause(plain))
    )


def relative_clause(plain: str) -> bool:
    """ "Challenges we have faced", "Things that have gone well": the verb belongs to a "we" or "that"."""
    return (
        bool(
            re.match(
                r"(?!in |during |over |by |this |for )(?:\w+ ){1,4}(?:we|that|which|you|they) \w",
                plain,
                re.IGNORECASE,
            )
        )
        and len(plain.split()) <= 10
    )


def kinds_named(plain: str) -> list[str]:
    """Kinds in the order in which their words come."""
    found = []
    for kind, words in ((ACHIEVEMENT, ACHIEVED), (CHALLENGE, CHALLENGED), (PLANNED, AHEAD)):
        seen = words.search(plain)
        if seen:
            found.append((seen.start(), kind))
    if not found and ASKED_BACK.match(plain):
        return [ACHIEVEMENT]
    if not found and ASKED_AHEAD.match(plain):
        return [PLANNED]
    return [kind for _, kind in sorted(found)]


def together(plain: str) -> bool:
    """Each side of an "and" names its own kind."""
    sides = [side for side in TOGETHER.split(plain) if side.strip()]
    named = [
        set(kinds_named(side))
        for side in sides
        if not re.match(r"how|where we are", side.strip(), re.IGNORECASE)
    ]
    return len(set().union(*named)) > 1 and sum(1 for kinds in named if kinds) > 1


@lru_cache(maxsize=KEPT)
def agency_name(words: str) -> str:
    """The name in a line that can be an agency's, else ""; the line's neighbours have the last word."""
    labelled = LABELLED_AGENCY.fullmatch(words.strip())
    if labelled:
        return labelled["name"].strip(" .*_")
    if not titlelike(words) or words.rstrip("*_ ").endswith("?"):
        return ""
    plain = bare(words)
    found = AGENCY_ROUND.fullmatch(plain)
    name = found["name"].strip() if found else plain
    whose, colon, _ = name.partition(": ")
    return name if named(name) and (not colon or like_organisation(whose)) else ""


def named(name: str) -> bool:
    """Nearly every word of weight has a capital, and nothing is said of it."""
    weighty = [
        word.strip("()‘’'\"“”,")
        for word in re.split(r"[ /]", re.sub(r" \([^()]*\)", "", name))
        if word.lower() not in SMALL_WORDS
    ]
    weighty = [word for word in weighty if word]
    if not weighty or weighty[0].lower() in ASKS or HEADLESS.match(name) or section_kind(name):
        return False
    if SENTENCE_VERB.search(name) or not any(char.isalpha() for char in name):
        return False
    capitals = sum(1 for word in weighty if word[0].isupper() or word[0].isdigit())
    return capitals >= 0.75 * len(weighty)


def labelled_agency(words: str) -> bool:
    return bool(LABELLED_AGENCY.fullmatch(words.strip()))


def like_organisation(name: str) -> bool:
    return bool(ORGANISATION.search(name))


def headless(words: str) -> bool:
    """A heading of the document itself: nothing below it belongs to the agency above."""
    return titlelike(words) and bool(HEADLESS.match(bare(words)))
