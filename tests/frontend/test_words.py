"""What pages say of an action's dates, for every status."""

from datetime import date

import pytest

from actions.models import Action, Status
from frontend.templatetags.action_words import is_late, lateness, moved

TODAY = date(2026, 6, 3)


@pytest.mark.parametrize(
    ("status", "due_on", "said"),
    [
        (Status.STARTED, date(2026, 5, 22), "12 days late"),
        (Status.PLANNED, date(2026, 6, 2), "1 day late"),
        (Status.STARTED, date(2026, 6, 3), "Due today"),
        (Status.STARTED, date(2026, 6, 4), "Due tomorrow"),
        (Status.STARTED, date(2026, 7, 1), "Due in 28 days"),
        (Status.STARTED, date(2026, 7, 2), "Due 2 July 2026"),
        (Status.ON_HOLD, date(2026, 5, 22), "Due 22 May 2026"),
        (Status.WITHDRAWN, date(2026, 5, 22), "Withdrawn"),
        (Status.DONE, date(2026, 5, 22), "Done 1 June 2026"),
        (Status.SIGNED_OFF, date(2026, 5, 22), "Done 1 June 2026"),
        (Status.DRAFT, None, "No date yet"),
    ],
)
def test_a_date_is_told_in_words(status: Status, due_on: date | None, said: str) -> None:
    action = Action(status=status, due_on=due_on, done_on=date(2026, 6, 1))

    assert lateness(action, TODAY) == said
    assert is_late(action, TODAY) == said.endswith("late")


def test_what_is_held_says_when_to_look_again_and_what_is_withdrawn_why() -> None:
    due_on, again = date(2026, 5, 22), date(2026, 9, 1)
    held = Action(status=Status.ON_HOLD, due_on=due_on, look_again_on=again)
    gone = Action(status=Status.WITHDRAWN, due_on=due_on, withdrawal="overtaken")

    assert [lateness(held, TODAY), lateness(gone, TODAY)] == [
        "Look again 1 September 2026",
        "Overtaken by events",
    ]


def test_continuing_work_says_when_to_look_again() -> None:
    action = Action(status=Status.STARTED, continuing=True, look_again_on=date(2026, 9, 1))

    assert lateness(action, TODAY) == "Look again 1 September 2026"


def test_moves_are_counted_in_words() -> None:
    assert [moved(Action(times_moved=n)) for n in range(4)] == [
        "",
        "Moved once",
        "Moved twice",
        "Moved 3 times",
    ]
