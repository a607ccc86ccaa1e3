"""What agencies of the example board were asked and answered, and what the board decided. Data, and its verbs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from actions import decisions, responses
from actions.management.commands._example_play import Example, Happening
from actions.models import Meeting, Response

LEADS = {
    "council": "council_lead",
    "police": "police_lead",
    "hospital": "hospital_lead",
    "mental": "mental_lead",
    "fire": "fire_owner",
    "prison": "prison_owner",
    "voluntary": "voice_chair",
}


@dataclass(frozen=True)
class Said:
    """One agency's answer, so many days from today; `judged`: on which day it was shown to be in place."""

    agency: str
    day: int | None = None
    says: str = "accepted"
    words: str = ""
    link: str = ""
    judged: int | None = None


@dataclass(frozen=True)
class Shared:
    """One commitment shared out on a day, and what came back."""

    commitment: str
    day: int
    answers: tuple[Said, ...]


SHARED = (
    Shared(
        "m3",
        -325,
        (
            Said(
                "fire",
                -312,
                "in_place",
                "Since last winter every referral of hoarding reaches our prevention desk on the same day.",
                "https://example.org/fire/hoarding-desk",
                judged=-298,
            ),
            Said("police", -305, words="Officers will tell the fire service from the scene."),
        ),
    ),
    Shared(
        "d2",
        -195,
        (
            Said(
                "hospital",
                -180,
                "in_part",
                "For planned discharges. From the emergency department the letter is sent by another system.",
            ),
            Said(
                "mental",
                -12,
                "in_place",
                "Our discharge template has asked for it since spring.",
                "https://example.org/levels/discharge-template",
            ),
        ),
    ),
    Shared(
        "d3",
        -40,
        (
            Said("police"),
            Said("voluntary", -20, words="We will ask families at the carers’ groups."),
            Said(
                "prison",
                -15,
                "not_implement",
                "Visits are recorded by the national system, which has no field for it.",
            ),
        ),
    ),
    Shared("i1", -9, (Said("council"), Said("police"), Said("hospital"))),
    Shared("d4", -195, (Said("prison", -180, "refer", "Only the national service can change this form."),)),
)
DECIDED = ("d4", -160)  # recorded three days after the board's meeting
REASON = (
    "The form belongs to the national service. The board wrote to it and asks once a year what came of it."
)
REFERRED_TO = "HM Prison and Probation Service"


def happenings(example: Example) -> list[Happening]:
    found: list[Happening] = []
    for one in SHARED:
        found.append((one.day, partial(_share, example, one)))
        for said in one.answers:
            if said.day is not None:
                found.append((said.day, partial(_answer, example, one, said)))
            if said.judged is not None:
                found.append((said.judged, partial(_judge, example, one, said)))
    return [*found, (DECIDED[1], partial(_decide, example))]


def _share(example: Example, one: Shared) -> None:
    agencies = [example.agencies[said.agency] for said in one.answers]
    commitment = example.commitments[one.commitment]
    responses.share_out(commitment, agencies=agencies, by=example.manager, today=example.on(one.day))


def _answer(example: Example, one: Shared, said: Said) -> None:
    assert said.day is not None
    responses.respond(
        _response(example, one, said),
        says=said.says,
        words=said.words,
        link=said.link,
        by=example.seats[LEADS[said.agency]],
        version=1,
        today=example.on(said.day),
    )


def _judge(example: Example, one: Shared, said: Said) -> None:
    assert said.judged is not None
    asked = _response(example, one, said)
    by, today = example.seats["independent"], example.on(said.judged)
    responses.judge(asked, accepted=True, words="The desk’s log was seen.", by=by, version=2, today=today)


def _response(example: Example, one: Shared, said: Said) -> Response:
    asked = Response.objects.select_related("commitment__source", "agency", "board")
    return asked.get(commitment=example.commitments[one.commitment], agency=example.agencies[said.agency])


def _decide(example: Example) -> None:
    commitment, day = DECIDED
    held = Meeting.objects.filter(board=example.board, subgroup=None, meets_on__lte=example.on(day)).latest(
        "meets_on"
    )
    decisions.decide(
        [example.commitments[commitment]],
        kind="referred",
        words=REASON,
        referred_to=REFERRED_TO,
        meeting=held,
        by=example.manager,
        today=example.on(day),
    )
