"""Stories of the example board that took a turn: more time, on hold, withdrawn, opened again, confirmed; and drafts."""

from actions.management.commands._example_steps import (
    Story,
    asked,
    attached,
    confirmed,
    finished,
    granted,
    held,
    refused,
    reopened,
    restored,
    said,
    signed_off,
    started,
    withdrawn,
)

MORE_TIME = (
    Story(
        "Publish one page on who to ring at night, in seven languages",
        "council_lead",
        -96,
        9,
        "voice",
        answers=("i2",),
        steps=(
            started(-70),
            said(
                -16,
                "at_risk",
                "Five languages are done. The Pashto and Tigrinya translators are booked late.",
            ),
            asked(-4, "Two translators cannot begin before the month ends; the five go out now.", until=51),
        ),
    ),
    Story(
        "Walk through five discharges with the people who made them",
        "hospital_owner",
        -92,
        -20,
        "quality",
        3,
        steps=(
            started(-60),
            asked(
                -31,
                "Ward closures: three of five families were met. The rest wait for a quiet week.",
                until=32,
            ),
            granted(-27, to=32, words="Until the meeting after next, with the three as an interim note."),
            said(-8, "on_track", "Four of five done; the note went to the ward managers."),
        ),
    ),
    Story(
        "Agree a shared form for risk at home visits",
        "fire_owner",
        -88,
        17,
        "practice",
        2,
        steps=(
            started(-66),
            asked(-24, "The council's form is being rewritten.", until=120),
            refused(-21, "The rewrite takes a year. Use the form that there is, and change it then."),
            said(-10, "on_track", "The old form is in the vans."),
        ),
    ),
)

ON_HOLD = (
    Story(
        "Move the shared risk register to the new system",
        "icb_owner",
        -150,
        -15,
        "learning",
        3,
        steps=(
            started(-120),
            said(-80, "at_risk", "The supplier has put the release back."),
            held(-64, "The supplier's release, promised for the spring.", again=-6),
        ),
    ),
)

WITHDRAWN = (
    Story(
        "Ask families to the multi-agency meeting",
        "mental_lead",
        -84,
        40,
        "voice",
        1,
        steps=(
            withdrawn(
                -58,
                "duplicate",
                "The same is promised by the mental health trust already.",
                of="Invite families to the multi-agency meeting by default",
            ),
        ),
    ),
    Story(
        "Brief every receptionist in general practice on self-neglect",
        "icb_owner",
        -104,
        46,
        "learning",
        2,
        steps=(
            started(-82),
            withdrawn(-62, "overtaken", "The national training was thought to cover it."),
            restored(-48, "The national training does not name self-neglect."),
            said(-12, "on_track", "Thirty of ninety practices briefed."),
        ),
    ),
)

OPENED_AGAIN = (
    Story(
        "Give every crew a card on what to ask when someone will not let them in",
        "police_owner",
        -300,
        -170,
        "practice",
        answers=("m3",),
        steps=(
            started(-280),
            attached(-178, "The card, and the order that sent it out", "https://fenmarsh.example/crew-card"),
            finished(-176, "Printed and sent to all crews."),
            signed_off(-160, words="Card seen in two vehicles."),
            reopened(
                -33,
                "evidence",
                "Of twenty crews asked, six had the card. It was sent to stations and stayed there.",
                to=28,
            ),
            said(-9, "on_track", "Handed out at the start of shifts; fourteen of twenty have it."),
        ),
    ),
)

CONFIRMED = (
    Story(
        "Read one closed enquiry aloud in every team meeting",
        "council_owner",
        -222,
        None,
        "practice",
        4,
        look_again=-24,
        steps=(
            started(-210),
            confirmed(
                -26,
                "Every month since, in all nine teams; the list is attached.",
                again=150,
                link="https://fenmarsh.example/read-aloud",
            ),
        ),
    ),
)

PUT_FORWARD = (
    Story(
        "Ask people leaving custody whether they were asked what they wanted",
        "police_owner",
        -11,
        None,
        "voice",
        1,
        raised_by="police_lead",
        detail="Ten questions, asked by somebody who does not wear a uniform.",
    ),
)

TURNS = MORE_TIME + ON_HOLD + WITHDRAWN + OPENED_AGAIN + CONFIRMED + PUT_FORWARD
