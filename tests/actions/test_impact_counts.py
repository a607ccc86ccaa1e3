"""The six counts of impact, whatever the data: they add up to every action ever signed off, and agree with a count by
hand. Rows are written past the verbs, so that states which no verb leads to are counted too."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import rollup
from actions.models import Action, Priority, Status, Verdict
from actions.rag import Calendar
from tests.factories import TODAY, World, world

pytestmark = pytest.mark.django_db

SIX = ("embedded", "partly", "not_effective", "check_not_due", "check_overdue", "step_only")
DAYS = st.sampled_from([None, *(TODAY + timedelta(days=days) for days in (-400, -1, 0, 1, 400))])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(Status.values),
            "verdict": st.sampled_from(["", *Verdict.values]),
            "review_on": DAYS,
            "step_only": st.booleans(),
            "continuing": st.booleans(),
            "under": st.integers(0, 2),
        }
    ),
    max_size=12,
)


def written(w: World, rows: list[dict[str, Any]], priorities: list[Priority | None]) -> list[Action]:
    fixed = {"board": w.board, "owner": w.alice, "due_on": TODAY, "first_due_on": TODAY, "done_on": TODAY}
    return Action.objects.bulk_create(
        Action(
            number=number,
            title="Any",
            look_again_on=TODAY,
            priority=priorities[row["under"]],
            **fixed | {name: value for name, value in row.items() if name != "under"},
        )
        for number, row in enumerate(rows, 1)
    )


def by_hand(action: Action, today: date) -> str:
    """Which of the six an action is in; none where it was never signed off, or opened again unchecked."""
    if action.verdict:
        return action.verdict
    if action.status != Status.SIGNED_OFF:
        return ""
    if action.step_only:
        return "step_only"
    return "check_not_due" if action.review_on and action.review_on > today else "check_overdue"


def six(figures: rollup.Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in SIX}


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(rows=ROWS)
def test_the_six_counts_add_up_to_every_action_ever_signed_off(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        w = world()
        second = Priority.objects.create(board=w.board, plan=w.priority.plan, number=2, name="Prevention")
        actions = written(w, rows, [None, w.priority, second])
        hand = Counter(by_hand(action, TODAY) for action in actions)
        everything, calendar = Action.objects.on_board_of(w.mo), Calendar(TODAY)

        (whole,) = rollup.figures(everything, calendar)
        groups = rollup.figures(everything, calendar, by="priority", seat=w.mo)
        listed = {name: everything.filter(rollup.is_in(name, calendar)).count() for name in SIX}
        transaction.set_rollback(True)

    assert six(whole) == {name: hand[name] for name in SIX}
    assert whole.ever_signed_off == sum(six(whole).values()) == len(actions) - hand[""]
    assert {name: sum(six(group)[name] for group in groups) for name in SIX} == six(whole)
    assert listed == six(whole)
