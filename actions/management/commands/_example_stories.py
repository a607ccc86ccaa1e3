"""Stories of the example board that are on the way, silent, ahead or continuing; and the list of all."""

from actions.management.commands._example_closed import AWAITING, COMPLETE
from actions.management.commands._example_late import LATE
from actions.management.commands._example_steps import (
    Story,
    attached,
    said,
    started,
)
from actions.management.commands._example_turns import TURNS

ON_THE_WAY = (
    Story(
        "Pilot one front page for discharge summaries on four wards",
        "hospital_owner",
        -115,
        25,
        "quality",
        answers=("r2", "d2"),
        steps=(
            started(-90),
            said(-55, "on_track", "Two wards live."),
            said(
                -9,
                "on_track",
                "Four wards live; the count of open enquiries named is up from six to eight in ten.",
            ),
            attached(
                -8, "First month's figures", "https://fenmarsh.example/wards", shows="impact", kind="data"
            ),
        ),
    ),
    Story(
        "Start a peer group for unpaid carers after an enquiry",
        "voluntary_owner",
        -118,
        45,
        "voice",
        answers=("r5",),
        steps=(started(-80), said(-20, "on_track", "Room, facilitator and seven names.")),
    ),
    Story(
        "Set up a quarterly meeting of ward managers and the council's duty team",
        "hospital_lead",
        -90,
        12,
        "quality",
        3,
        steps=(started(-60), said(-7, "on_track", "The first met; notes attached to the pack.")),
    ),
    Story(
        "Hold four learning events on Desmond, one in each district",
        "manager",
        -95,
        34,
        "practice",
        answers=("d1", "d3"),
        steps=(started(-70), said(-25, "on_track", "Two held, 163 people from nine agencies.")),
    ),
    Story(
        "Give care homes a single number for concerns about another home",
        "council_lead",
        -100,
        60,
        "quality",
        answers=("i2",),
        steps=(
            started(-75),
            said(
                -6,
                "at_risk",
                "The number exists; nobody covers it after six. Out of hours the police line is given.",
            ),
        ),
    ),
    Story(
        "Bring adults with lived experience into the audit panel",
        "voice_chair",
        -85,
        75,
        "voice",
        1,
        steps=(started(-50), said(-13, "on_track", "Three people have said yes and are being paid.")),
    ),
    Story(
        "Agree with GPs how self-neglect is coded",
        "icb_owner",
        -105,
        5,
        "learning",
        2,
        steps=(
            started(-70),
            said(
                -15,
                "at_risk",
                "The code is agreed; two of nine networks have not switched it on. They send a "
                "monthly list instead.",
                waiting_on="Both networks' system supplier",
            ),
        ),
    ),
    Story(
        "Write a short guide on information sharing without consent",
        "police_owner",
        -60,
        28,
        "practice",
        3,
        steps=(started(-40), said(-20, "on_track", "Draft with legal.")),
    ),
    Story(
        "Offer every new social worker two days beside the fire crews",
        "council_owner",
        -65,
        90,
        "practice",
        2,
        steps=(said(-17, "on_track", "Dates agreed with the service; the first pair goes next month."),),
    ),
    Story(
        "Tell the adult within ten days what was decided, in the way they asked",
        "council_owner",
        -140,
        14,
        "quality",
        answers=("i1",),
        steps=(
            started(-110),
            said(
                -24,
                "at_risk",
                "Seven in ten are told in time. A weekly list goes to team managers until it is nine.",
            ),
        ),
    ),
    Story(
        "Visit every home that changed manager twice in a year",
        "icb_owner",
        -58,
        3,
        "quality",
        5,
        steps=(started(-30), said(-19, "on_track", "Eleven of fourteen visited.")),
    ),
    Story(
        "Map who attends which risk meeting, and close the doubles",
        "learning_chair",
        -88,
        50,
        "",
        3,
        steps=(started(-60), said(-14, "on_track", "Nine meetings found; three do the same.")),
    ),
)

QUIET = (
    Story(
        "Check that agency inductions name the self-neglect protocol",
        "police_lead",
        -260,
        30,
        "practice",
        answers=("m1",),
        steps=(started(-230), said(-200, "on_track", "Asked HR.")),
    ),
    Story(
        "Publish waiting times for enquiries on the board's page",
        "council_lead",
        -150,
        20,
        "quality",
        answers=("i1",),
    ),
    Story(
        "Write up the three most used community responses to self-neglect",
        "voluntary_owner",
        -210,
        65,
        "voice",
        2,
        steps=(said(-170, "on_track", "Spoke to four groups."),),
    ),
    Story(
        "Agree a way to escalate between agencies when nobody holds the risk",
        "independent",
        -200,
        10,
        "",
        3,
        steps=(started(-160), said(-130, "on_track", "Draft ladder seen by the executive group.")),
    ),
)

AHEAD = (
    Story(
        "Repeat the discharge letter sample on community hospitals",
        "hospital_owner",
        -30,
        120,
        "quality",
        answers=("d2",),
        start=40,
    ),
    Story("Run the carers' survey again", "member", -25, 200, "voice", 1, start=150),
    Story(
        "Refresh the self-neglect protocol after its first year",
        "council_owner",
        -20,
        170,
        "learning",
        answers=("m1",),
        start=100,
    ),
    Story(
        "Meet new district nursing leads about the capacity prompt",
        "mental_owner",
        -4,
        38,
        "learning",
        answers=("m2",),
    ),
    Story("Ask every agency for its safer-recruitment statement", "manager", -3, 26, "", 5),
)

CONTINUING = (
    Story(
        "Share learning from reviews in monthly team briefings",
        "mental_owner",
        -116,
        None,
        "practice",
        answers=("r3",),
        look_again=33,
        steps=(started(-110), said(-10, "on_track", "The last was on Desmond: 12 teams.")),
    ),
    Story(
        "Bring one adult's story to each board meeting",
        "voice_chair",
        -250,
        None,
        "",
        1,
        look_again=19,
        steps=(started(-240), said(-71, "on_track", "Told by the adult herself this time.")),
    ),
)

STORIES = COMPLETE + AWAITING + LATE + ON_THE_WAY + QUIET + AHEAD + CONTINUING + TURNS
