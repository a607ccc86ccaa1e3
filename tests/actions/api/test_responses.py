"""Responses and decisions through the API: the same verbs, the same refusals, and a commitment's state."""

from typing import Any

import pytest

from actions import responses
from actions.models import Commitment, Meeting, Response
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(w: World) -> Commitment:
    given = {"source": source(w), "kind": "recommendation", "words": "Ask every adult"}
    return Commitment.objects.create(board=w.board, number=7, **given)


def asked(w: World, c: Commitment) -> Response:
    return responses.share_out(c, agencies=[w.police], by=w.mo, today=TODAY)[0]


def test_agencies_are_asked_answer_and_are_judged(w: World, c: Commitment) -> None:
    shared = api(w.mo).post("responses/share-out/", commitment=7, agencies=[w.police.pk])
    pk = Response.objects.get().pk
    about = {"says": "in_place", "words": "Since May.", "link": "https://example.org/policy"}

    answered = api(w.carol).post(f"responses/{pk}/respond/", version=1, **about)
    judged = api(w.ingrid).post(f"responses/{pk}/judge/", version=2, accepted=True, words="Seen.")

    waiting = {
        "id": pk, "commitment": 7, "agency": {"id": w.police.pk, "name": "Wessex Police"},
        "asked_on": "2026-06-03", "due_on": "2026-07-01", "says": "", "words": "", "link": "",
        "answered_on": None, "answered_by": None, "judged": "", "judged_on": None, "judged_by": None,
        "judged_words": "", "version": 1,
    }  # fmt: skip
    carol = {"id": w.carol.pk, "name": "Carol Lead"}
    given = waiting | about | {"answered_on": "2026-06-03", "answered_by": carol, "version": 2}
    ingrid = {"id": w.ingrid.pk, "name": "Ingrid Chair"}
    seen = {"judged": "accepted", "judged_on": "2026-06-03", "judged_by": ingrid, "judged_words": "Seen."}
    assert shared == (201, [waiting])
    assert answered == (200, given)
    assert judged == (200, given | seen | {"version": 3})
    assert api(w.dan).get("responses/?state=to_judge")[1]["count"] == 0
    assert api(w.dan).get("responses/?says=in_place")[1]["results"] == [judged[1]]


def test_a_decision_is_recorded_read_and_taken_back(w: World, c: Commitment) -> None:
    held = Meeting.objects.create(board=w.board, meets_on=TODAY, cut_off_on=TODAY)
    given: dict[str, Any] = {"kind": "referred", "words": "Not ours.", "referred_to": "NHS England"}

    made = api(w.mo).post("decisions/", commitments=[7], meeting=held.pk, **given)
    state = api(w.dan).get("commitments/7/")[1]
    undone = api(w.mo).post(f"decisions/{made[1]['id']}/undo/", reason="A slip.")

    assert made[0] == 201
    assert {name: made[1][name] for name in given} == given
    assert (made[1]["commitments"], made[1]["meeting"]["id"]) == ([7], held.pk)
    assert (state["state"], [one["id"] for one in state["decisions"]]) == ("decided", [made[1]["id"]])
    assert (undone[0], undone[1]["undone_on"], undone[1]["undone_words"]) == (200, "2026-06-03", "A slip.")


@pytest.mark.slow
def test_whatever_else_a_meeting_decides_is_recorded_once_found_and_taken_back(
    w: World, c: Commitment
) -> None:
    held = Meeting.objects.create(board=w.board, subgroup=w.subgroup, meets_on=TODAY, cut_off_on=TODAY)
    of_board = Meeting.objects.create(board=w.board, meets_on=TODAY, cut_off_on=TODAY)
    about = action(w).number
    sent: dict[str, Any] = {"meeting": held.pk, "words": "Two posts.", "actions": [about], "commitments": [7]}
    bob, dan = api(w.bob), api(w.dan)

    made, again = (bob.post("decisions/record/", **sent) for _ in range(2))
    plain = api(w.mo).post("decisions/record/", meeting=of_board.pk, words="Agreed.")
    refused = [
        one.post("decisions/record/", **sent | more)[0]
        for one, more in (
            (dan, {}),
            (bob, {"meeting": of_board.pk}),
            (bob, {"words": " "}),
            (bob, {"actions": [99]}),
        )
    ]
    found = {
        query: dan.get(f"decisions/?{query}")[1]["count"] for query in (f"meeting={held.pk}", "kind=referred")
    }
    pk = made[1]["id"]
    undone = api(w.mo).post(f"decisions/{pk}/undo/", reason="A slip.")[0]
    taken = [bob.post(f"decisions/{pk}/take-back/", reason=reason) for reason in ("", "A slip.", "Again.")]

    assert (made[0], again) == (201, made)
    assert {name: made[1][name] for name in ("kind", "words", "actions", "commitments")} == {
        "kind": "other", "words": "Two posts.", "actions": [about], "commitments": [7],
    }  # fmt: skip
    assert (plain[0], plain[1]["actions"], plain[1]["commitments"]) == (201, [], [])
    assert refused == [403, 403, 400, 400]
    assert found == {f"meeting={held.pk}": 1, "kind=referred": 0}
    assert dan.get("decisions/?meeting=x")[0] == 400
    assert (undone, [code for code, _ in taken]) == (400, [400, 200, 409])
    assert (taken[1][1]["undone_words"], taken[1][1]["undone_by"]["id"]) == ("A slip.", w.bob.pk)
    deciding = {"kind": "other", "words": "So.", "meeting": of_board.pk, "commitments": [7]}
    assert api(w.mo).post("decisions/", **deciding)[0] == 400


def test_a_commitment_says_where_it_stands_and_is_found_by_it(w: World, c: Commitment) -> None:
    asked(w, c)

    shown = api(w.dan).get("commitments/7/")[1]

    assert (shown["state"], [one["says"] for one in shown["responses"]]) == ("unanswered", [""])
    assert api(w.dan).get("commitments/?state=unanswered")[1]["count"] == 1
    assert api(w.dan).get("commitments/?state=complete")[1]["count"] == 0
    assert api(w.dan).get("commitments/?state=nonsense")[0] == 400


@pytest.mark.parametrize(
    ("who", "path", "given", "status"),
    [
        ("carol", "respond/", {"version": 9, "says": "accepted"}, 409),
        ("carol", "respond/", {"version": 1, "says": "refer"}, 400),
        ("dan", "respond/", {"version": 1, "says": "accepted"}, 403),
        ("carol", "unask/", {"version": 1, "reason": "No."}, 403),
        ("mo", "judge/", {"version": 1, "accepted": True}, 409),
    ],
)
def test_what_is_refused_changes_nothing(
    w: World, c: Commitment, who: str, path: str, given: dict[str, Any], status: int
) -> None:
    one = asked(w, c)

    refused = api(getattr(w, who)).post(f"responses/{one.pk}/{path}", **given)

    assert refused[0] == status
    assert Response.objects.values_list("says", "version").get() == ("", 1)


def test_another_boards_response_is_not_there(w: World, c: Commitment) -> None:
    one = asked(w, c)

    stranger = world("mercia")

    assert api(stranger.mo).get(f"responses/{one.pk}/")[0] == 404
