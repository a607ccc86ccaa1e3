"""Stories of the example board that are past their date. Only data."""

from actions.management.commands._example_steps import (
    Story,
    moved,
    passed_on,
    said,
    started,
)

LATE = (
    Story(
        "Test by audit whether staff recognise executive capacity",
        "icb_owner",
        -300,
        -150,
        "learning",
        answers=("m4",),
        steps=(
            started(-250),
            moved(-155, "The audit tool was not ready.", to=-95),
            moved(-100, "Two agencies sent no cases.", to=-40),
            said(
                -58,
                "off_track",
                "Six of eleven agencies have sent cases. Without the rest the audit says little; "
                "meanwhile we do not know whether the training took.",
                needed_from_board="A word from the chair to the five agencies that have not replied.",
            ),
        ),
    ),
    Story(
        "Agree one risk tool for self-neglect across health and housing",
        "housing_owner",
        -280,
        -110,
        "practice",
        answers=("m1",),
        steps=(
            started(-240),
            said(-180, "on_track", "Three tools compared in a workshop."),
            moved(-115, "The hospital asked for its matron to be consulted.", to=-80),
        ),
    ),
    Story(
        "Train every neighbourhood team in trauma-informed contact",
        "police_owner",
        -112,
        -35,
        "practice",
        answers=("r1",),
        steps=(
            started(-100),
            said(-50, "on_track", "Eight of twelve teams trained."),
            said(
                -12,
                "at_risk",
                "Four teams were moved to summer duties. Until they are trained, supervisors sit "
                "in on first visits.",
                waiting_on="Training dates from the college",
            ),
        ),
    ),
    Story(
        "Share hoarding addresses with the fire service every month",
        "housing_owner",
        -295,
        -180,
        "quality",
        answers=("m3",),
        steps=(started(-200), said(-150, "on_track", "The first list went over.")),
    ),
    Story(
        "Name a receiving professional for every release with care needs",
        "probation_owner",
        -185,
        -21,
        "learning",
        answers=("d1",),
        steps=(
            started(-150),
            said(
                -30,
                "at_risk",
                "Short of two officers; releases at the weekend have no named receiver. A duty "
                "number covers them.",
            ),
        ),
    ),
    Story(
        "Invite families to the multi-agency meeting by default",
        "mental_owner",
        -175,
        -5,
        "voice",
        answers=("d3",),
        steps=(
            started(-120),
            said(-16, "on_track", "The invitation letter is agreed and goes out from next week."),
        ),
    ),
    Story(
        "Audit twenty declined-support cases for written capacity",
        "hospital_owner",
        -205,
        -168,
        "quality",
        answers=("m2",),
        steps=(
            passed_on(-140, "hospital_lead", "The named nurse is on leave until further notice."),
            passed_on(-60, "hospital_owner", "Back from leave."),
        ),
    ),
    Story(
        "Review how concerns from the ambulance reach the front door",
        "council_owner",
        -160,
        -12,
        "quality",
        3,
        steps=(started(-120), said(-85, "on_track", "First ten cases followed through.")),
    ),
    Story(
        "Survey carers who raised a concern in the last year",
        "member",
        -130,
        -2,
        "voice",
        1,
        steps=(started(-90), said(-18, "on_track", "120 forms sent, 41 back.")),
    ),
    Story(
        "Check which care homes have no named safeguarding lead",
        "icb_owner",
        -125,
        -55,
        "quality",
        5,
        steps=(
            moved(-70, "The contract list was out of date.", to=-30),
            moved(-33, "Half of the homes have answered.", to=-10),
            said(
                -11,
                "off_track",
                "Nine homes do not answer at all. They are visited first in the meantime.",
                needed_from_board="Agreement that the ICB may write as the commissioner.",
            ),
        ),
    ),
    Story(
        "Bring prison healthcare into the transfer meeting",
        "prison_owner",
        -182,
        -100,
        "learning",
        answers=("d1",),
    ),
)
