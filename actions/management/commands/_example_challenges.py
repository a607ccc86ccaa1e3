"""What the example board asks: two agencies, one of which has not answered yet; and a question that is closed."""

from __future__ import annotations

from functools import partial

from actions import challenges
from actions.management.commands._example_play import Example, Happening
from actions.management.commands._example_responses import LEADS
from actions.models import Challenge

OPEN = "How many of your staff who work at night have been told of this, and how do you know?"
CLOSED = "What would make it easier for you to say early that an action will be late?"


def happenings(example: Example) -> list[Happening]:
    return [
        (-90, partial(_ask, example, CLOSED, -90, -70, ("fire",))),
        (
            -75,
            partial(
                _answer, example, CLOSED, "fire", -75, "A word from the subgroup before its papers go out."
            ),
        ),
        (-68, partial(_close, example)),
        (-16, partial(_ask, example, OPEN, -16, 6, ("police", "hospital"), "d3")),
        (
            -4,
            partial(
                _answer,
                example,
                OPEN,
                "police",
                -4,
                "Every night shift in custody; the log shows it.",
            ),
        ),
    ]


def _ask(
    example: Example, words: str, day: int, due: int, agencies: tuple[str, ...], commitment: str = ""
) -> None:
    whom = [example.agencies[agency] for agency in agencies]
    about = example.commitments[commitment] if commitment else None
    days = {"due_on": example.on(due), "today": example.on(day)}
    challenges.challenge(words, whom=whom, about=about, by=example.seats["independent"], **days)


def _answer(example: Example, question: str, agency: str, day: int, words: str) -> None:
    place = Challenge.objects.get(board=example.board, words=question).asked.get(
        agency=example.agencies[agency]
    )
    challenges.answer(place, words=words, by=example.seats[LEADS[agency]], today=example.on(day))


def _close(example: Example) -> None:
    one = Challenge.objects.get(board=example.board, words=CLOSED)
    words = "The subgroup now rings each owner a week before."
    challenges.close(one, words=words, by=example.seats["independent"], today=example.on(-68))
