"""Tell by its verbs whether a sentence promises, follows on or only describes; never files it."""

import re

# Only the opening of a very long sentence is judged, so that no text can make reading slow.
JUDGED = 1500

# Somebody will do, plans to do, or is setting about doing something.
FORWARD = re.compile(
    r"\b(?:will|shall|we['’]ll|plans?(?: is| are)? (?:to|for|on|currently|being)|planning (?:to|for|on"
    r"|a|an|the|further)"
    r"|(?:is|are) (?:also |currently |now |being )?planned|intends? to|intention|intending to"
    r"|aims?(?: is| are)? to"
    r"|aiming to|(?:is|are|remains?|has|have) (?:fully )?committed to|commit to|commitment to|committing to"
    r"|continu(?:e|es|ing) to|(?:will|to) continue|(?:is|are) continuing"
    r"|(?:is|are) (?:currently |now |also |actively |still )?being \w+ed\b"
    # "is working", but not "is rising".
    r"|(?:is|are|be) (?:currently |now |also |actively |still )?(?!ongoing|rising|increasing|growing|falling|declining"
    r"|seeing|facing|experiencing|having|being|missing|lacking|reporting|presenting|waiting|using)\w+ing\b"
    r"|hop(?:e|es|ing) to|propos(?:e|es|ing) to|seeks? to|need(?:s|ed)? to|looking to|scheduled|due to"
    r"|expect(?:s|ed)? to"
    r"|(?:is|are) (?:still )?(?:required|needed|necessary)|(?:is|are) to (?:be )?\w+|to be (?:\w+ed"
    r"|in place|held|run)"
    r"|should|must|want to|would like to|going forward|under ?way|in progress|in development|(?:is"
    r"|are) ongoing to"
    r"|(?:work|discussions|plans?|development) (?:is|are) (?:also )?ongoing"
    r"|(?:our|the|key|main|another|a) (?:\w+ ){0,3}(?:priority|priorities|focus|objective|objectives"
    r"|aim|aims|goal|ambition|targets?)"
    r"(?: \w+){0,6} (?:is|are|include|includes|remains?))\b",
    re.IGNORECASE,
)
# "a programme which will focus on": says what something does, promises nothing.
RELATIVE = re.compile(r"\b(?:which|that|who) (?:will|should|must|needs? to|is to|are to)\b", re.IGNORECASE)
# Done, or simply so.
FACT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|may|remains?|became|becomes?|shows?"
    r"|showed|continues?d?"
    r"|received|saw|led|meets?|met|works|worked|supports|supported|provides|provided|delivers|delivered"
    r"|runs|ran|holds"
    r"|held|attends|attended|recognises?|covers|means|meant|enables|enabled|impacts|needs|requires"
    r"|makes|offers|leads)\b",
    re.IGNORECASE,
)
# In a list the items are bare tasks; only what is plainly over is not one.
DONE = re.compile(r"\b(?:was|were|had|has|have|completed|achieved|delivered|continued)\b", re.IGNORECASE)
# The verb first: "Develop …", "To review …", "make sure …".
TASK = re.compile(
    r"(?:to |further |jointly |fully )?(?:work|make|ensure|improve|develop|review|continue|deliver"
    r"|embed|support|promote"
    r"|increase|strengthen|implement|launch|recruit|complete|audit|share|raise|roll|build|create"
    r"|establish|introduce"
    r"|monitor|provide|explore|train|refresh|update|undertake|carry|hold|run|publish|appoint|set|extend"
    r"|expand|reduce"
    r"|enhance|maintain|identify|engage|consult|agree|produce|collect|report|use|test|pilot|design"
    r"|prepare|relaunch"
    r"|redesign|revise|seek|secure|gather|focus|evaluate|analyse|map|host|offer|plan|finalise|progress"
    r"|investigate"
    r"|consider|ask|write|bring|help|encourage|lead|contribute|commission|conduct|co-produce|drive"
    r"|address|respond)\b",
    re.IGNORECASE,
)
# Who speaks, in front of a plain verb: "We deliver", "Our team supports".
SPEAKER = re.compile(
    r"(?:we|our|there|this|these|those|it|they|however|the|all|many|some|most|staff)\b", re.IGNORECASE
)
LISTED_SPEAKER = re.compile(r"(?:we|there|it|they)\b", re.IGNORECASE)
# A promise that a heading of achievements or challenges may hide.
COMMITMENT = re.compile(
    r"\b(?:(?:is|are|remains?|has|have) (?:fully )?committed to|(?:we|[A-Z][\w&-]*) (?:\w+ ){0,2}?will\b|we['’]ll\b"
    r"|plans? (?:are in place )?to|(?:we|trust|council|service|team|force|board"
    r"|organisation) (?:intends?|aims?) to"
    r"|(?:is|are) (?:planning|looking|seeking) to|(?:is|are) (?:currently )?(?:introducing|recruiting"
    r"|planning)"
    r"|(?:have|has) (?:made|given) a commitment to"
    r"|will be (?:introduced|launched|rolled out|reviewed|updated|delivered|implemented|completed"
    r"|developed|recruited|held"
    r"|established|set up|expanded|extended))\b"
)
# Foreseen, not promised: the clause is left out of the judgement.
FORESEEN = re.compile(
    r"\b(?:(?:it is|is|are) (?:anticipated|likely|hoped|feared|predicted)|optimistic"
    r"|inevitably)\b[^.;]{0,200}"
    r"|\bwill (?:be felt|remain an? |continue to be an? |be a challenge|be challenging"
    r"|be difficult)[^.;]{0,200}"
)
# Purpose, result or route of monitoring of what was said just before.
FOLLOWS = re.compile(
    r"(?:The |Its |Their )?(?:main |overall |key |intended )?"
    r"(?:purpose|aim|intention|goal|benefit|benefits|result|outcome|expected outcome|rationale|ambition"
    r"|idea)s?"
    r"(?: of (?:this|these|the|which)\b[^.;]{0,80}?)? (?:is|are|will|being|would|should)\b"
    r"|(?:This|These|Both|All of (?:this|these|which)|That|Which)\b"
    r"(?! (?:year|month|quarter|spring|summer|autumn|winter|is (?:planned|proposed|intended)))"
    r"(?: (?!we\b|our\b|and\b)\w+){0,4}? "
    r"(?:will|is|are|would|should|aims?|allows?|enables?|ensures?|helps?|supports?|includes?|links?"
    r"|means|provides?|builds?"
    r"|forms?|follows?|also|reflects?|involves?|gives?|brings?|contributes?|complements?)\b"
    # "It" may be the agency: only where it says what the thing does.
    r"|(?:It|They) (?:(?:will|would|should|also) ){0,2}(?:is|are|be|(?:help|allow|enable|ensure|mean|improve|reduce"
    r"|support|give|provide|include|inform|focus|cover|bring|make|involve|complement|form|run|start|begin|link"
    r"|build|aim|reflect|follow|contribute|look|lead|set|take)s?)\b"
    r"|(?:The )?(?:Progress|Delivery|Outcomes?|[Rr]esults|[Ff]indings|Impact|Monitoring|Oversight|Implementation"
    r"|Compliance|Assurance|Effectiveness)\b"
    r"(?: \w+){0,8}? will be\b"
    r"|(?:In doing so|By doing (?:so|this)|Doing (?:so|this)|In this way|As a result of this|Through this)\b",
)
# "We will monitor our objectives": the route by which what was promised is watched.
MONITORS = re.compile(
    r"(?:We|[A-Z][\w&]*(?: [A-Z][\w&]*){0,4}) (?:will|shall|also|also will|will also) "
    r"(?:monitor|track|measure|report|review|evaluate|oversee|evidence) (?:on )?"
    r"(?:(?:our|the|all|its|their) )?(?:progress|objectives?|delivery|these|this|them|it|impact"
    r"|outcomes?|effectiveness"
    r"|plans?|actions?|performance|implementation)\b"
)
# "In addition", "We also": a new thing begins.
ANEW = re.compile(
    r"(?:in addition|additionally|we also|also|furthermore|finally|another|as well as)\b", re.IGNORECASE
)


# "None reported."; "We will focus on three areas": nothing is promised in the words themselves.
EMPTY = re.compile(
    r"(?:none|nil|n/a|not applicable|nothing|(?:please )?(?:refer|see)"
    r"|no (?:\w+ ){0,2}(?:plans?|actions?|updates?|returns?|work) (?:has|have|was|were|to|at|is|are))\b"
    r"|[^.]{0,200}\b(?:the following|(?:two|three|four|five|six|seven|eight|\d{1,2}) (?:\w+ ){0,2}"
    r"(?:areas|priorities|objectives|themes|aims|goals|workstreams))[.:]?$",
    re.IGNORECASE,
)


def opening(sentence: str) -> str:
    return sentence[:JUDGED]


def promises(sentence: str, *, listed: bool = False) -> bool:
    """Work to be done, where it stands under a heading of planned work. `listed`: an item of a list."""
    if EMPTY.match(opening(sentence)):
        return False
    words = FORESEEN.sub("", RELATIVE.sub("", opening(sentence)))
    if TASK.match(words) or FORWARD.search(words):
        return True
    fact, speaker = (DONE, LISTED_SPEAKER) if listed else (FACT, SPEAKER)
    return not fact.search(opening(sentence)) and not speaker.match(words)


def follows(sentence: str) -> bool:
    """Gives only the purpose, the result or the monitoring of the sentence before."""
    words = opening(sentence)
    return bool((FOLLOWS.match(words) or MONITORS.match(words)) and not ANEW.match(words))


def hidden_promise(sentence: str) -> str:
    """The words by which a sentence under another heading sounds like a commitment, else ""."""
    found = COMMITMENT.search(FORESEEN.sub("", RELATIVE.sub("", opening(sentence))))
    return found.group() if found else ""
