"""Stories of the example board that are signed off, or done and waiting for the check. Only data."""

from actions.management.commands._example_steps import (
    Story,
    attached,
    checked,
    finished,
    moved,
    said,
    sent_back,
    signed_off,
    started,
)

ATTENDANCE = b"Custody suite,Sergeants,Briefed\nFenmarsh,22,21\nHolme,18,17\nWest Quay,10,10\n"
COMPLETE = (
    Story(
        "Agree who calls the agencies together when an adult declines help",
        "council_owner",
        -320,
        -200,
        "learning",
        answers=("m1",),
        steps=(
            started(-300),
            said(-270, "on_track", "Draft protocol went round all eleven agencies; nine have replied."),
            attached(
                -212,
                "Multi-agency self-neglect protocol, version 2, agreed by the board",
                "https://fenmarsh.example/self-neglect-protocol",
                kind="policy",
            ),
            finished(-210, "The protocol names the convenor and the ten working days."),
            signed_off(-192, words="Protocol seen, and on every agency's intranet."),
            checked(
                -7,
                "embedded",
                "Audit of 40 self-neglect records: in 33 the agencies met within ten working days, and in 31 the "
                "adult's own account is on the first page.",
                "When an adult declines help, the agencies now meet within ten working days in four cases of five.",
            ),
        ),
    ),
    Story(
        "Put the capacity prompt into the case-recording form",
        "council_owner",
        -315,
        -190,
        "learning",
        answers=("m2",),
        steps=(
            started(-290),
            attached(-205, "Screenshots of the live form, with the prompt", "https://fenmarsh.example/form"),
            finished(-204, "Live for all teams; 140 staff shown how."),
            signed_off(-190, words="Seen on screen."),
            checked(
                -6,
                "not_effective",
                "Dip sample of 30 records: the prompt is on the form, and 19 leave it blank. Staff say that it comes "
                "after the decision is made.",
                "A prompt on a form did not by itself change how capacity is recorded.",
                reopen=86,
            ),
        ),
    ),
    Story(
        "Open a referral line from any agency to home fire safety visits",
        "fire_owner",
        -310,
        -160,
        "practice",
        answers=("m3",),
        steps=(
            started(-280),
            said(
                -250,
                "on_track",
                "Phone line and web form built, waiting for the information sharing agreement.",
            ),
            moved(-170, "The agreement was signed three weeks late.", to=-130),
            attached(
                -134,
                "Referrals by agency for the first month",
                "https://fenmarsh.example/fire-referrals",
                shows="impact",
                kind="data",
            ),
            finished(-132, "The line is open: 61 referrals in the first month, from seven agencies."),
            signed_off(-118),
        ),
    ),
    Story(
        "Brief every custody sergeant on executive capacity",
        "police_owner",
        -305,
        -215,
        "practice",
        answers=("m2", "m4"),
        steps=(
            started(-290),
            attached(
                -225,
                "Attendance at the briefings, by suite",
                kind="training",
                reached=48,
                out_of=50,
                file=("Attendance of custody sergeants.csv", ATTENDANCE),
            ),
            attached(
                -224,
                "What sergeants could say of the pathway when asked, before and after",
                shows="impact",
                kind="awareness",
            ),
            finished(-222, "48 of 50 briefed; two on long-term leave are booked in."),
            signed_off(-210),
        ),
    ),
    Story(
        "Write to all partners about the learning from Marjorie",
        "manager",
        -318,
        -290,
        "learning",
        answers=("m4",),
        steps=(
            finished(-296, "Letter and one-page summary sent to all eleven agencies."),
            attached(-295, "The letter and its reading receipts", "https://fenmarsh.example/letter"),
            signed_off(
                -285,
                review=None,
                words="A letter changes no practice by itself; the audit does the checking.",
            ),
        ),
    ),
    Story(
        "Write the receiving professional into the release checklist",
        "prison_owner",
        -190,
        -90,
        "learning",
        answers=("d1",),
        steps=(
            started(-170),
            said(-140, "on_track", "The checklist is changed; the first releases under it are next month."),
            attached(
                -101,
                "Release checklist, now with a named receiver and the four-week line",
                "https://fenmarsh.example/checklist",
                kind="policy",
            ),
            finished(-98, "In use for every release since the start of the month."),
            signed_off(-80),
        ),
    ),
    Story(
        "Put open enquiries into the first paragraph of discharge letters",
        "hospital_owner",
        -188,
        -75,
        "quality",
        answers=("d2",),
        steps=(
            started(-160),
            finished(-110, "The template is changed on all wards."),
            sent_back(-96, "The sample of ten letters had it in six. Please show a second sample.", to=-60),
            said(-78, "at_risk", "Two wards still used the old template; it is now locked."),
            attached(
                -64, "Second sample: 19 of 20 letters", "https://fenmarsh.example/letters", shows="impact"
            ),
            finished(-63, "Old template removed; 19 of 20 letters carry it."),
            signed_off(-40),
        ),
    ),
    Story(
        "Ask each adult at closing whether they were heard, and write it down",
        "council_owner",
        -240,
        -130,
        "voice",
        1,
        steps=(
            started(-220),
            attached(
                -140, "Answers of the first 70 adults", "https://fenmarsh.example/heard", shows="impact"
            ),
            finished(-138, "The question is in the closing step of every enquiry."),
            signed_off(-120),
        ),
    ),
    Story(
        "Set up a shared list of care homes under concern",
        "icb_owner",
        -145,
        -50,
        "quality",
        answers=("i2",),
        steps=(
            started(-130),
            said(-90, "on_track", "Council, ICB and inspectors now write into one list."),
            attached(-52, "The list's rules and who can see it", "https://fenmarsh.example/list"),
            finished(-51, "One list, three organisations, two people who keep it."),
            signed_off(-36),
        ),
    ),
    Story(
        "Publish a plain-English leaflet on what an enquiry is",
        "voluntary_owner",
        -230,
        -150,
        "voice",
        1,
        steps=(
            started(-225),
            attached(
                -151, "The leaflet, in five languages and Easy Read", "https://fenmarsh.example/leaflet"
            ),
            finished(-150, "Printed and in 40 places."),
            signed_off(
                -121, review=None, words="A leaflet is a step; whether it is read is asked in the survey."
            ),
        ),
    ),
)

AWAITING = (
    Story(
        "Add a safeguarding prompt card to home fire safety visits",
        "fire_owner",
        -110,
        -8,
        "practice",
        answers=("r4", "m3"),
        steps=(
            started(-100),
            said(-45, "on_track", "Cards printed; two of five stations trained."),
            attached(
                -10, "The card, and training records of all five stations", "https://fenmarsh.example/card"
            ),
            finished(-9, "All crews carry the card."),
        ),
    ),
    Story(
        "Send an acknowledgement with a named worker within five days of a concern",
        "council_owner",
        -140,
        -30,
        "quality",
        answers=("i1",),
        steps=(
            started(-120),
            said(-70, "at_risk", "The letter exists, but the system cannot yet say who the worker is."),
            attached(
                -27,
                "Monthly figures: 91 in 100 within five days",
                "https://fenmarsh.example/five-days",
                shows="impact",
                kind="data",
            ),
            finished(-26, "Live since the first of the month."),
        ),
    ),
    Story(
        "Record what families say, in the enquiry's own section",
        "mental_owner",
        -180,
        -45,
        "learning",
        answers=("d3",),
        steps=(
            started(-150),
            said(-60, "on_track", "The new section is live for inpatient wards."),
            finished(-47, "The section is live in every team; the guidance is on the intranet."),
        ),
    ),
    Story(
        "Train housing officers to recognise hoarding on the clutter scale",
        "housing_owner",
        -170,
        -20,
        "practice",
        2,
        steps=(
            started(-150),
            attached(
                -15,
                "Sign-in sheets for six sessions",
                "https://fenmarsh.example/clutter",
                kind="training",
                reached=54,
                out_of=60,
            ),
            finished(-14, "54 of 60 officers trained."),
        ),
    ),
)
