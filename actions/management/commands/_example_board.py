"""What stands still on the example board, all invented: people, agencies, priorities, sources. Only data."""

from dataclasses import dataclass

SLUG = "fenmarsh"
NAME = "Fenmarsh Safeguarding Adults Board"
PASSWORD = "fenmarsh-example-board"
DOMAIN = "fenmarsh.example"

# key: (name, short name, attendance)
AGENCIES = {
    "council": ("Fenmarsh County Council", "Council", "attends"),
    "police": ("Fenmarsh Constabulary", "Police", "attends"),
    "icb": ("NHS Fenmarsh Integrated Care Board", "ICB", "attends"),
    "hospital": ("Marsh Infirmary NHS Foundation Trust", "Hospital", "attends"),
    "mental": ("Levels Mental Health NHS Trust", "Mental health", "attends"),
    "fire": ("Fenmarsh Fire and Rescue Service", "Fire", "attends"),
    "probation": ("Probation Service, Fenmarsh", "Probation", "papers"),
    "prison": ("HMP Saltern", "Prison", "papers"),
    "housing": ("Dyke and Drove Housing Association", "Housing", "attends"),
    "voluntary": ("Fenmarsh Voluntary Forum", "Voluntary sector", "attends"),
    "healthwatch": ("Healthwatch Fenmarsh", "Healthwatch", "corresponds"),
}

SUBGROUPS = {
    "learning": "Learning and Review",
    "quality": "Quality and Assurance",
    "practice": "Practice and Training",
    "voice": "Engagement and Voice",
}

PLAN = "Strategic plan"
PRIORITIES = {
    1: "Hearing the adult: safeguarding that is done with people",
    2: "Self-neglect and hoarding: noticing early, staying alongside",
    3: "Moving between services without falling through",
    4: "Learning that changes what we do",
    5: "Safe care at home and in care homes",
}


@dataclass(frozen=True)
class Person:
    name: str
    agency: str
    job: str
    roles: tuple[str, ...] = ()  # flags of a seat
    chairs: str = ""
    sits_on: tuple[str, ...] = ()


PEOPLE = {
    "manager": Person("Joan Ferris", "council", "Board manager", ("is_manager",)),
    "independent": Person("Dr Ruth Amadi", "", "Independent chair", ("is_independent_chair",)),
    "learning_chair": Person(
        "Hamid Sayeed", "icb", "Designated professional, adults", chairs="learning", sits_on=("quality",)
    ),
    "quality_chair": Person("Wendy Prowse", "council", "Head of quality", chairs="quality"),
    "practice_chair": Person("Tom Ellery", "mental", "Associate director of nursing", chairs="practice"),
    "voice_chair": Person("Grace Okoro", "voluntary", "Forum director", ("is_lead",), chairs="voice"),
    "police_lead": Person(
        "Supt Dev Patel", "police", "Head of public protection", ("is_lead",), sits_on=("learning",)
    ),
    "hospital_lead": Person("Anna Lindqvist", "hospital", "Chief nurse", ("is_lead",), sits_on=("quality",)),
    "council_lead": Person(
        "Martin Shaw", "council", "Director of adult social care", ("is_lead",), sits_on=("learning",)
    ),
    "mental_lead": Person("Priya Nair", "mental", "Director of nursing", ("is_lead",)),
    "police_owner": Person("DI Kate Rowan", "police", "Adult safeguarding lead", sits_on=("practice",)),
    "council_owner": Person(
        "Sam Whitlock", "council", "Principal social worker", sits_on=("practice", "learning")
    ),
    "hospital_owner": Person("Leila Haddad", "hospital", "Named nurse, safeguarding adults"),
    "mental_owner": Person("Owen Pryce", "mental", "Safeguarding practitioner"),
    "icb_owner": Person("Beth Calder", "icb", "Quality manager", sits_on=("quality",)),
    "fire_owner": Person("Neil Garrity", "fire", "Prevention manager", ("is_lead",)),
    "probation_owner": Person("Marcia Bell", "probation", "Head of delivery unit", ("is_lead",)),
    "prison_owner": Person("Colin Drew", "prison", "Head of safety", ("is_lead",)),
    "housing_owner": Person("Sally Thorpe", "housing", "Tenancy support manager", ("is_lead",)),
    "voluntary_owner": Person("Idris Cole", "voluntary", "Carers' project worker", sits_on=("voice",)),
    "member": Person("Eileen Marsh", "healthwatch", "Chief officer", ("is_lead",), sits_on=("voice",)),
}

# What the command prints: whom to sign in as, to see what.
SIGN_INS = (
    ("Board manager", "manager"),
    ("Independent chair", "independent"),
    ("Subgroup chair", "learning_chair"),
    ("Agency lead", "police_lead"),
    ("Action owner", "council_owner"),
    ("Action owner", "police_owner"),
    ("Board member", "member"),
)

# Days from today on which each group meets: quarterly, a year back, and the next two.
PAPERS_CLOSE = 14  # days before
MEETINGS = {
    "": (-345, -254, -163, -72, 19, 110),
    "learning": (-324, -233, -142, -51, 40, 131),
    "quality": (-317, -226, -135, -44, 47, 138),
    "practice": (-310, -219, -128, -37, 54, 145),
    "voice": (-303, -212, -121, -30, 61, 152),
}

KINDS = {
    "sar": "Safeguarding Adults Review",
    "inspection": "Inspection",
    "partner-return": "Partner return",
    "coroner": "Coroner's report",
    "audit": "Audit",
    "meeting": "Meeting",
    "other": "Other",
}


@dataclass(frozen=True)
class Said:
    """One commitment as it was printed."""

    key: str
    number: str
    words: str
    priority: int
    agency: str = ""
    due_words: str = ""


@dataclass(frozen=True)
class From:
    """One source, how many days ago it came, and what was kept of it."""

    kind: str
    title: str
    short: str
    day: int
    commitment_kind: str
    said: tuple[Said, ...]


SOURCES = (
    From(
        "sar",
        "Safeguarding Adults Review: Marjorie",
        "Marjorie",
        -330,
        "recommendation",
        (
            Said(
                "m1",
                "1",
                "All agencies should know who holds the whole picture when an adult who self-"
                "neglects declines help, and that person should call the others together within "
                "ten working days.",
                2,
            ),
            Said(
                "m2",
                "2",
                "Mental capacity should be considered again, and written down, each time an "
                "adult declines support that would keep them safe.",
                2,
            ),
            Said(
                "m3",
                "3",
                "The fire service should be told of every home with hoarding that any agency visits.",
                2,
            ),
            Said(
                "m4",
                "4",
                "The Board should test within a year whether staff recognise executive capacity in practice.",
                4,
            ),
        ),
    ),
    From(
        "sar",
        "Safeguarding Adults Review: Desmond",
        "Desmond",
        -200,
        "recommendation",
        (
            Said(
                "d1",
                "4.1",
                "Release plans for prisoners with care and support needs should name a receiving "
                "professional at least four weeks before release.",
                3,
            ),
            Said(
                "d2",
                "4.2",
                "Hospital discharge letters should state open safeguarding enquiries in the first paragraph.",
                3,
            ),
            Said(
                "d3",
                "4.3",
                "Families and friends should be asked what they see, and what they said should "
                "be on the record.",
                1,
            ),
            Said(
                "d4",
                "4.4",
                "The national form on release should ask whether somebody was asked about care and support.",
                3,
            ),
        ),
    ),
    From(
        "inspection",
        "Inspection of adult social care: safe systems",
        "Inspection",
        -150,
        "finding",
        (
            Said(
                "i1",
                "",
                "People waited too long between raising a concern and hearing what had been decided.",
                1,
                "council",
            ),
            Said(
                "i2",
                "",
                "Oversight of concerns about care homes relied on one person's spreadsheet.",
                5,
                "council",
            ),
        ),
    ),
)
