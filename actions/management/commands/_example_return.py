"""The partner returns that the example board took in: an invented document, and what was kept of it. Only data."""

DAY = -120
NAME = "partner-returns.txt"
TITLE = "Partner returns for the annual report"
SHORT = "Returns"

# The year in which it was written stands for {year}, the one after for {next}.
TEXT = """\
Fenmarsh County Council
Achievements
The front door team answered 4,310 concerns, one in nine more than the year before.
A practice week on Making Safeguarding Personal reached 260 staff.
Challenges
Recruiting experienced social workers in the north of the county remains hard.
Planned work
Put the feedback of adults at the end of an enquiry on one page that team managers see every month.
Review the threshold guidance with partners by March {next}.

Fenmarsh Constabulary
Achievements
Every custody sergeant was briefed on adults who need an appropriate adult.
Challenges
Training days were lost to summer events.
Planned work
We will train every neighbourhood team in trauma-informed contact by April {next}.
Share the findings of domestic abuse reviews with the learning subgroup each quarter.

Marsh Infirmary NHS Foundation Trust
Achievements
The safeguarding team moved onto the wards and takes calls seven days a week.
Challenges
Discharge at weekends leaves little time to reach the allocated worker.
Planned work
A single front page for discharge summaries will be piloted on four wards.
Audit fifty discharges in which an enquiry was open by June {next}.

Levels Mental Health NHS Trust
Achievements
All inpatient teams have a named safeguarding practitioner.
Planned work
Continue to share learning from reviews in monthly team briefings.
Write to every community team about executive capacity by the end of September {year}.

Fenmarsh Fire and Rescue Service
Achievements
Crews made 2,940 home fire safety visits, 610 of them after a partner's referral.
Challenges
Consent is often missing from referrals.
Planned work
Our crews will be told of every home with hoarding that any partner visits.
Home fire safety visits will carry a safeguarding prompt card from June {next}.

Fenmarsh Voluntary Forum
Achievements
Forty small organisations came to the safeguarding breakfast.
Challenges
Short funding makes it hard to keep volunteers who have been trained.
Planned work
We plan a peer group for unpaid carers who have been through an enquiry.
Hold two listening events with adults who sleep rough by December {year}.

Healthwatch Fenmarsh
We visited eleven care homes and spoke with 143 residents. We would like to go back to three of them.
"""

# key: (words that only this one has, the priority it was filed under)
KEPT = {
    "r1": ("neighbourhood team in trauma-informed", 1),
    "r2": ("single front page for discharge", 3),
    "r3": ("share learning from reviews in monthly", 4),
    "r4": ("safeguarding prompt card", 2),
    "r5": ("peer group for unpaid carers", 1),
}
CONTEXT = ("answered 4,310 concerns", "practice week", "Recruiting experienced", "Every custody sergeant")
# what was said of two commitments: key, the other one's key, how, why
LINKS = (
    (
        "r2",
        "d2",
        "repeats",
        "The review asked for the first paragraph; the hospital offers a page. One piece of work answers both.",
    ),
)
