"""Each verb once through the API, by those whose step it is; and what it says where it does not fit."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from actions.models import Action
from tests.actions.api.bodies import BODIES, bodies
from tests.actions.api.client import api
from tests.actions.progress import lives
from tests.factories import World, action, world

pytestmark = pytest.mark.django_db


def test_a_draft_is_put_forward_planned_held_moved_withdrawn_and_restored(w: World) -> None:
    raised = api(w.carol).post(
        "actions/raise/", title="Ask families", priority=w.priority.pk, subgroup=w.subgroup.pk
    )
    steps = [
        api(w.bob).post(
            "actions/1/plan/", version=1, owner=w.alice.pk, due_on="2026-07-01", subgroup=w.subgroup.pk
        ),
        api(w.alice).post("actions/1/ask-for-time/", version=2, **BODIES["ask-for-time"]),
        api(w.bob).post("actions/1/refuse/", version=3, **BODIES["refuse"]),
        api(w.alice).post("actions/1/ask-for-time/", version=4, **BODIES["ask-for-time"]),
        api(w.bob).post("actions/1/grant/", version=5, **BODIES["grant"]),
        api(w.mo).post("actions/1/hold/", version=6, **BODIES["hold"]),
        api(w.alice).post("actions/1/resume/", version=7, **BODIES["resume"]),
        api(w.mo).post("actions/1/correct/", version=8, **BODIES["correct"]),
        api(w.bob).post("actions/1/withdraw/", version=9, **BODIES["withdraw"]),
        api(w.mo).post("actions/1/restore/", version=10, **BODIES["restore"]),
    ]

    names = ("status", "due_on", "wanted_on", "look_again_on", "withdrawal", "title")
    assert (raised[0], raised[1]["agency"]["name"]) == (201, "Wessex Police")
    assert [(code, *(answer[name] for name in names)) for code, answer in [raised, *steps]] == [
        (201, "draft", None, None, None, "", "Ask families"),
        (200, "planned", "2026-07-01", None, None, "", "Ask families"),
        (200, "planned", "2026-07-01", "2026-08-01", None, "", "Ask families"),
        (200, "planned", "2026-07-01", None, None, "", "Ask families"),
        (200, "planned", "2026-07-01", "2026-08-01", None, "", "Ask families"),
        (200, "planned", "2026-08-01", None, None, "", "Ask families"),
        (200, "on_hold", "2026-08-01", None, "2026-08-01", "", "Ask families"),
        (200, "planned", "2026-08-01", None, None, "", "Ask families"),
        (200, "planned", "2026-08-01", None, None, "", "Brief all sergeants"),
        (200, "withdrawn", "2026-08-01", None, None, "overtaken", "Brief all sergeants"),
        (200, "planned", "2026-08-01", None, None, "", "Brief all sergeants"),
    ]  # fmt: skip


def test_continuing_work_is_confirmed_and_what_is_signed_off_opened_again(w: World) -> None:
    action(w, due_on=None, look_again_on=date(2026, 6, 10))
    lives.signed_off(w)

    confirmed = api(w.alice).post("actions/1/confirm/", version=1, **BODIES["confirm"])
    opened = api(w.bob).post("actions/2/reopen/", version=4, **BODIES["reopen"])

    assert (confirmed[0], confirmed[1]["look_again_on"], confirmed[1]["confirmed_on"]) == (
        200,
        "2026-12-01",
        "2026-06-03",
    )
    assert (opened[0], opened[1]["status"], opened[1]["due_on"], opened[1]["signed_off_on"]) == (
        200,
        "started",
        "2026-09-01",
        None,
    )
    assert [one["relied_on"] for one in opened[1]["evidence"]] == [False]


def test_a_duplicate_is_named_by_the_number_that_everybody_sees(w: World) -> None:
    action(w)
    action(w)
    action(world("mercia"))

    answers = [
        api(w.mo).post("actions/2/withdraw/", version=1, kind="duplicate", words="Twice", duplicate_of=number)
        for number in (3, 2, "A-1", 1)
    ]

    assert [(code, answer.get("duplicate_of")) for code, answer in answers] == [
        (400, ['Invalid pk "3" - object does not exist.']),
        (400, ["Choose another action of this board."]),
        (400, ["A valid integer is required."]),
        (200, 1),
    ]


def test_an_action_is_put_forward_only_with_what_it_answers_and_by_those_who_may(w: World) -> None:
    other = world("mercia")
    asked = {"title": "Ask families", "priority": w.priority.pk}

    answers = [
        api(w.mo).post("actions/raise/", title="Ask families"),
        api(w.mo).post("actions/raise/", **asked | {"title": " "}),
        api(w.mo).post("actions/raise/", **asked | {"priority": other.priority.pk}),
        api(w.mo).post("actions/raise/", **asked, due_on="2026-07-01"),
        api(w.dan).post("actions/raise/", **asked),
        api(w.carol).post("actions/raise/", **asked, agency=w.council.pk),
        api(w.bob).post("actions/raise/", **asked),
    ]

    mine = "You cannot do this here. It is for the agency lead, board manager, independent chair or subgroup chair."
    assert answers == [
        (400, {"priority": ["Say what the action answers: a commitment, or the meeting or priority it comes from."]}),
        (400, {"title": ["This field may not be blank."]}),
        (400, {"priority": [f'Invalid pk "{other.priority.pk}" - object does not exist.']}),
        (400, {"due_on": ["This is not taken here."]}),
        (403, {"detail": mine}),
        (403, {"detail": mine}),
        (403, {"detail": mine}),
    ]  # fmt: skip
    assert api(other.mo).post("actions/raise/", **asked)[0] == 404
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("verb", "made", "stands"),
    [
        ("plan", action, "planned"),
        ("hold", lives.done, "done"),
        ("resume", action, "planned"),
        ("ask-for-time", lives.withdrawn, "withdrawn"),
        ("withdraw", lives.signed_off, "signed_off"),
        ("restore", action, "planned"),
        ("reopen", lives.done, "done"),
        ("confirm", partial(lives.done, due_on=None, look_again_on=date(2026, 6, 10)), "done"),
    ],
)
def test_a_verb_that_does_not_fit_gives_what_stands(w: World, verb: str, made: Any, stands: str) -> None:
    by = w.alice if verb in ("ask-for-time", "confirm") else w.mo
    version = made(w).version

    code, answer = api(by).post(f"actions/1/{verb}/", version=version, **bodies(w)[verb])

    assert (code, answer["action"]["status"], answer["action"]["version"]) == (409, stands, version)
    assert "so this step does not fit. What is possible now: " in answer["detail"]


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        ("ask-for-time", {"due_on": "2026-06-03"}, "due_on"),
        ("ask-for-time", {"reason": " "}, "reason"),
        ("grant", {}, "non_field_errors"),
        ("refuse", {}, "non_field_errors"),
        ("hold", {"look_again_on": "2026-06-03"}, "look_again_on"),
        ("hold", {"words": " "}, "words"),
        ("withdraw", {"kind": "bored"}, "kind"),
        ("withdraw", {"kind": "duplicate"}, "duplicate_of"),
        ("confirm", {}, "non_field_errors"),
        ("correct", {"title": " "}, "title"),
        ("correct", {"done_on": "2026-06-01"}, "done_on"),
        ("correct", {"title": "Brief every custody sergeant"}, "non_field_errors"),
    ],
)
def test_what_a_new_verb_lacks_is_said_at_its_field(
    w: World, verb: str, given: dict[str, Any], field: str
) -> None:
    a = action(w)
    by = w.alice if verb in ("ask-for-time", "confirm") else w.mo

    code, answer = api(by).post("actions/1/" + verb + "/", version=1, **BODIES[verb] | given)

    a.refresh_from_db()
    assert (code, list(answer), a.version) == (400, [field], 1)


def test_the_managers_limit_is_a_right_and_names_whose_it_is(w: World) -> None:
    lives.asked(w)

    answer = api(w.mo).post("actions/1/grant/", version=2, due_on="2026-08-01")

    assert answer == (
        403,
        {
            "detail": "The board manager may add up to 28 days. More is for the independent chair or "
            "subgroup chair: say for whom you write it down."
        },
    )
