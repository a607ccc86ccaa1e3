"""Questions through the API: the same verbs, the same refusals, the same words as on the pages."""

from typing import Any

import pytest

from actions import challenges
from actions.models import Asked, Challenge, Event
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db
DUE = "2026-07-01"


def asked(w: World, *whom: Any) -> Challenge:
    given: dict[str, Any] = {"due_on": TODAY, "by": w.mo, "today": TODAY}
    return challenges.challenge("Why?", whom=whom or (w.police,), **given)


@pytest.mark.slow
def test_several_are_asked_one_answers_and_it_is_closed(w: World) -> None:
    action(w)
    sent = {"words": "Why?", "due_on": DUE, "agencies": [w.police.pk], "office": True, "action": 1}
    made = api(w.bob).post("challenges/", **sent)
    place = Asked.objects.get(agency=w.police)

    answered = api(w.carol).post(f"challenges/{made[1]['id']}/answer/", asked=place.pk, words="So.")
    closed = api(w.bob).post(f"challenges/{made[1]['id']}/close/", words="Enough.")

    nobody = {"seat": None, "subgroup": None, "agency": None, "office": False}
    waits = nobody | {"words": "", "answered_on": None, "answered_by": None}
    police = waits | {"id": place.pk, "name": "Wessex Police", "agency": w.police.pk}
    office = waits | {"id": Asked.objects.get(office=True).pk, "name": "The board office", "office": True}
    carol = {
        "words": "So.",
        "answered_on": "2026-06-03",
        "answered_by": {"id": w.carol.pk, "name": "Carol Lead"},
    }
    question = {
        "id": Challenge.objects.get().pk, "words": "Why?", "action": 1, "commitment": None, "priority": None,
        "by": {"id": w.bob.pk, "name": "Bob Chair"}, "asked_on": "2026-06-03", "due_on": DUE,
        "asked": [police, office], "closed_on": None, "closed_words": "",
    }  # fmt: skip
    after = question | {"asked": [police | carol, office]}
    assert made == (201, question)
    assert answered == (200, after)
    assert closed == (200, after | {"closed_on": "2026-06-03", "closed_words": "Enough."})
    assert api(w.dan).get("challenges/?state=closed")[1]["results"] == [closed[1]]
    assert api(w.dan).get(f"challenges/{made[1]['id']}/") == (200, closed[1])


def test_the_manager_writes_down_what_a_lead_said(w: World) -> None:
    one = asked(w)
    said = {"on_behalf_of": w.carol.pk, "said_on": "2026-06-03", "how": "phone"}

    saved = api(w.mo).post(f"challenges/{one.pk}/answer/", asked=one.asked.get().pk, words="So.", **said)

    assert saved[0] == 200
    line = Event.objects.get(verb="answer_challenge")
    assert (line.by, line.on_behalf_of) == (w.mo, w.carol)


@pytest.mark.parametrize(
    ("who", "path", "given", "status", "told"),
    [
        ("dan", "{one}/answer/", {"words": "So.", "asked": "{place}"}, 403, ""),
        ("carol", "{one}/answer/", {"words": " ", "asked": "{place}"}, 400, "words"),
        ("carol", "{one}/answer/", {"words": "So.", "asked": "{other}"}, 400, "asked"),
        ("carol", "{one}/close/", {"words": "So."}, 403, ""),
        ("mo", "{one}/close/", {}, 400, "words"),
        ("mo", "", {"words": "Why?", "due_on": DUE}, 400, "whom"),
        ("mo", "", {"words": "Why?", "due_on": "2026-06-02", "office": True}, 400, "due_on"),
        ("carol", "", {"words": "Why?", "due_on": DUE, "office": True}, 403, ""),
    ],
)
def test_what_is_refused_changes_nothing(
    w: World, who: str, path: str, given: dict[str, Any], status: int, told: str
) -> None:
    one = asked(w)
    ids = {"one": one.pk, "place": one.asked.get().pk}
    other = challenges.challenge("Else?", whom=[w.police], due_on=TODAY, by=w.mo, today=TODAY)
    ids["other"] = other.asked.get().pk
    sent = {name: value.format(**ids) if name == "asked" else value for name, value in given.items()}
    before = Event.objects.count()

    refused = api(getattr(w, who)).post(f"challenges/{path.format(**ids)}", **sent)

    assert refused[0] == status
    assert told in str(refused[1])
    assert Event.objects.count() == before


def test_another_boards_question_is_not_there(w: World) -> None:
    one = asked(w)

    assert api(world("mercia").mo).get(f"challenges/{one.pk}/")[0] == 404
