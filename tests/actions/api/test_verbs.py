"""An action's journey through the API, who is refused, and how each refusal reads."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from rest_framework import serializers

from actions.api.bodies import Body, Day
from actions.models import Action, Event, Evidence
from tests.actions.api.bodies import BODIES, bodies
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, seat, world

pytestmark = pytest.mark.django_db


def test_from_a_plan_to_signed_off_by_those_whose_step_it_is(w: World) -> None:
    planned = api(w.mo).post(
        "actions/",
        actions=[
            {
                "title": "Brief every custody sergeant",
                "owner": w.alice.pk,
                "due_on": "2026-07-01",
                "subgroup": w.subgroup.pk,
                "priority": w.priority.pk,
            }
        ],
    )
    steps = [
        api(w.bob).post("actions/1/start/", version=1),
        api(w.alice).post("actions/1/update/", version=2, **BODIES["update"]),
        api(w.alice).post("actions/1/attach/", version=3, **BODIES["attach"]),
        api(w.alice).post("actions/1/finish/", version=4, **BODIES["finish"]),
        api(w.carol).post("actions/1/take-back/", version=5),
        api(w.alice).post("actions/1/finish/", version=6, **BODIES["finish"]),
        api(w.bob).post("actions/1/send-back/", version=7, **BODIES["send-back"]),
        api(w.bob).post("actions/1/reschedule/", version=8, **BODIES["reschedule"]),
        api(w.alice).post("actions/1/finish/", version=9, **BODIES["finish"]),
        api(w.bob).post(
            "actions/1/sign-off/", version=10, relied_on=[Evidence.objects.get().pk], review_on="2026-12-01"
        ),
    ]

    assert (planned[0], [row["reference"] for row in planned[1]["actions"]]) == (201, ["A-1"])
    assert [(code, answer["status"], answer["version"]) for code, answer in steps] == [
        (200, "started", 2),
        (200, "started", 3),
        (200, "started", 4),
        (200, "done", 5),
        (200, "started", 6),
        (200, "done", 7),
        (200, "started", 8),
        (200, "started", 9),
        (200, "done", 10),
        (200, "signed_off", 11),
    ]
    last = steps[-1][1]
    assert (last["rag"], last["rag_words"], last["times_moved"]) == ("complete", "Complete and evidenced", 2)
    assert [(e["words"], e["by"]["name"], e["relied_on"]) for e in last["evidence"]] == [
        ("Attendance list", "Alice Owner", True)
    ]


def test_the_trail_is_read_latest_first(w: World) -> None:
    action(w)
    api(w.alice).post("actions/1/update/", version=1, **BODIES["update"])

    code, answer = api(w.dan).get("actions/1/events/")

    assert (code, answer["count"]) == (200, 2)
    assert [(e["seq"], e["verb"], e["by"]["name"], e["status"], e["words"]) for e in answer["results"]] == [
        (2, "update", "Alice Owner", "started", "Two of five done"),
        (1, "plan", "Mo Manager", "planned", "Brief every custody sergeant"),
    ]


def test_an_action_passes_to_another_owner(w: World) -> None:
    action(w)

    code, answer = api(w.carol).post("actions/1/reassign/", version=1, owner=w.carol.pk, reason="On leave")

    assert (code, answer["owner"]) == (200, {"id": w.carol.pk, "name": "Carol Lead"})


def test_who_saves_second_is_told_what_stands_and_nothing_is_written(w: World) -> None:
    action(w)
    api(w.alice).post("actions/1/start/", version=1)

    code, answer = api(w.alice).post("actions/1/update/", version=1, **BODIES["update"])

    assert (code, answer["action"]["status"], answer["action"]["version"]) == (409, "started", 2)
    assert answer["detail"].startswith("Alice Owner saved A-1 first (start).")
    assert Event.objects.count() == 2


def test_a_step_that_does_not_fit_says_where_it_stands(w: World) -> None:
    action(w)

    code, answer = api(w.alice).post("actions/1/take-back/", version=1)

    assert (code, answer["action"]["version"]) == (409, 1)
    assert "A-1 is “Planned”" in answer["detail"]


def test_a_right_that_is_missing_names_who_has_it(w: World) -> None:
    action(w)

    answers = {
        verb: api(w.dan).post(f"actions/1/{verb}/", version=1, **body) for verb, body in bodies(w).items()
    }

    assert {verb: code for verb, (code, _) in answers.items()} == dict.fromkeys(BODIES, 403)
    assert answers["finish"][1] == {
        "detail": "You cannot do this here. It is for the action owner or agency lead."
    }
    assert (Action.objects.get().version, Event.objects.count()) == (1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("verb", BODIES)
def test_every_verb_wants_the_version_that_was_seen(w: World, verb: str) -> None:
    action(w)

    code, answer = api(w.mo).post(f"actions/1/{verb}/", **bodies(w)[verb])

    assert (code, answer) == (400, {"version": ["This field is required."]})


@pytest.mark.slow
@pytest.mark.parametrize("verb", BODIES)
@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_verb_is_posted_and_nothing_else_changes_an_action(w: World, verb: str, method: str) -> None:
    action(w)
    client = api(w.mo).client

    for address in (f"/api/v1/boards/wessex/actions/1/{verb}/", "/api/v1/boards/wessex/actions/1/"):
        if (method, address[-3:]) != ("get", "/1/"):
            assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        ("finish", {"words": "Done", "done_on": "2026-06-04"}, "done_on"),
        ("finish", {"words": " ", "done_on": "2026-06-02"}, "words"),
        ("finish", {"words": "Done", "done_on": "2026-02-30"}, "done_on"),
        ("finish", {"words": "Done", "done_on": "1026-06-02"}, "done_on"),
        ("ask-for-time", {"reason": "Ill", "due_on": "9999-12-31"}, "due_on"),
        ("update", {"confidence": "splendid", "words": "x"}, "confidence"),
        ("update", {"confidence": "at_risk", "words": ""}, "words"),
        ("update", {"confidence": "at_risk", "words": "x" * 20_001}, "words"),
        ("update", {"confidence": "at_risk", "words": "a\x00b"}, "words"),
        ("attach", {"words": "x", "link": "javascript:alert(1)"}, "link"),
        ("start", {"version": 0}, "version"),
        ("start", {"version": 10**20}, "version"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(w: World, verb: str, given: dict[str, Any], field: str) -> None:
    action(w)

    code, answer = api(w.alice).post(f"actions/1/{verb}/", **({"version": 1} | given))

    assert (code, list(answer)) == (400, [field])
    assert Action.objects.get().version == 1


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '"x"', "null"])
def test_a_body_that_is_no_object_is_refused(w: World, body: str) -> None:
    action(w)
    client = api(w.alice).client

    for path in ("actions/1/start/", "actions/"):
        response = client.post(f"/api/v1/boards/wessex/{path}", body, content_type="application/json")
        assert (path, response.status_code) == (path, 400)


def test_a_form_is_not_json(w: World) -> None:
    action(w)

    response = api(w.alice).client.post("/api/v1/boards/wessex/actions/1/start/", {"version": 1})

    assert response.status_code == 415


def test_too_large_a_body_is_refused_before_it_is_read(w: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    action(w)

    code, answer = api(w.alice).post("actions/1/start/", version=1, words="x" * 1_000)

    assert (code, answer) == (400, {"detail": "That is too much at once. Send it in smaller parts."})


def test_nothing_is_given_to_who_has_left_and_their_name_says_so(w: World) -> None:
    action(w)
    gone = seat(w.board, "Lee Left", w.police, left_on=TODAY)
    good = {"title": "Train", "owner": gone.pk, "due_on": "2026-07-01", "priority": w.priority.pk}

    answers = [
        api(w.mo).post("actions/1/reassign/", version=1, owner=gone.pk),
        api(w.mo).post("actions/", actions=[good]),
    ]

    assert answers == [(400, {"owner": ["Lee Left has left the board. Choose another owner."]})] * 2
    assert (Action.objects.count(), Action.objects.get().owner) == (1, w.alice)


def test_planning_several_is_all_or_none(w: World) -> None:
    good = {"title": "Train", "owner": w.alice.pk, "due_on": "2026-07-01", "priority": w.priority.pk}

    answers = [
        api(w.mo).post("actions/", actions=[good, good | {"title": " "}]),
        api(w.mo).post("actions/", actions=[good, good | {"due_on": None}]),
        api(w.mo).post("actions/", actions=[good | {"priority": None}]),
        api(w.mo).post("actions/", actions=[]),
        api(w.dan).post("actions/", actions=[good]),
    ]

    assert [(code, list(answer)) for code, answer in answers] == [
        (400, ["title"]),
        (400, ["due_on"]),
        (400, ["priority"]),
        (400, ["actions"]),
        (403, ["detail"]),
    ]
    assert (Action.objects.count(), Event.objects.count()) == (0, 0)


def test_another_boards_rows_are_as_unknown_as_nobodys(w: World) -> None:
    other = world("mercia")
    good = {"title": "Train", "owner": w.alice.pk, "due_on": "2026-07-01", "priority": w.priority.pk}
    theirs = {"owner": other.alice.pk, "priority": other.priority.pk, "subgroup": other.subgroup.pk}

    for name, pk in theirs.items():
        for wrong in (pk, 987_654, 10**30, True, "x", 1.5):
            code, answer = api(w.mo).post("actions/", actions=[good | {name: wrong}])
            assert (code, list(answer["actions"]["0"])) == (400, [name]), wrong
        told = [api(w.mo).post("actions/", actions=[good | {name: n}])[1] for n in (pk, 987_654)]
        assert str(told[0]).replace(str(pk), "N") == str(told[1]).replace("987654", "N")


def test_evidence_of_another_action_or_board_signs_nothing_off(w: World) -> None:
    other = world("mercia")
    action(other)
    theirs = api(other.alice, "mercia").post("actions/1/attach/", version=1, **BODIES["attach"])[1][
        "evidence"
    ][0]
    action(w)
    action(w)
    ours = api(w.alice).post("actions/2/attach/", version=1, **BODIES["attach"])[1]["evidence"][0]
    api(w.alice).post("actions/1/finish/", version=1, **BODIES["finish"])

    for evidence in (theirs, ours):
        code, answer = api(w.bob).post(
            "actions/1/sign-off/", version=2, relied_on=[evidence["id"]], review_on="2026-12-01"
        )
        assert (code, list(answer)) == (400, ["relied_on"])
    assert Action.objects.get(board=w.board, number=1).status == "done"


@pytest.mark.slow
@pytest.mark.parametrize("verb", BODIES)
def test_a_stranger_from_another_board_finds_nothing_to_move(w: World, verb: str) -> None:
    zed = world("mercia").mo
    action(w)

    elsewhere = api(zed).post(f"actions/1/{verb}/", version=1, **bodies(w)[verb])
    at_home = api(zed, "mercia").post(f"actions/1/{verb}/", version=1, **bodies(w)[verb])
    nobody = api(None).post(f"actions/1/{verb}/", version=1, **bodies(w)[verb])

    assert (elsewhere[0], at_home[0], nobody[0]) == (404, 404, 403)
    assert Action.objects.get(board=w.board).version == 1


def test_a_session_needs_its_token_to_write(w: World) -> None:
    action(w)
    assert w.alice.user is not None
    client = Client(enforce_csrf_checks=True)
    client.force_login(w.alice.user)

    response = client.post(
        "/api/v1/boards/wessex/actions/1/start/", {"version": 1}, content_type="application/json"
    )

    assert (response.status_code, Action.objects.get().status) == (403, "planned")


def test_who_has_left_is_a_stranger(w: World) -> None:
    action(w)
    w.alice.left_on = date(2026, 6, 1)
    w.alice.save()

    assert api(w.alice).post("actions/1/start/", version=1)[0] == 404


def test_every_day_that_is_sent_is_checked_for_its_year() -> None:
    def below(kind: type[Any]) -> Iterator[type[Any]]:
        for one in kind.__subclasses__():
            yield from (one, *below(one))

    days = [
        field
        for body in below(Body)
        for field in body().fields.values()
        if isinstance(field, serializers.DateField)
    ]

    assert days
    assert {type(field) for field in days} == {Day}
