"""Impact reviews through the API: made by the verb, listed to those who may see every action of them."""

from datetime import date
from typing import Any

import pytest

from actions import impact, progress
from actions.impact import Found
from actions.models import Action, Commitment, Event, Evidence, ImpactReview, Source
from tests.actions.api.client import api
from tests.actions.progress.lives import now, signed_off
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db

FILLED = {"verdict": "embedded", "words": "Audit of 40 records", "sentence": "Custody asks every adult."}
ONE = {"actions": [{"action": 1, "version": 4}]}


def commitment(w: World, number: int = 7) -> Commitment:
    return Commitment.objects.create(
        board=w.board,
        number=number,
        source=source(w),
        kind="recommendation",
        words="Ask",
        agency=w.police,
    )


def test_a_check_is_made_and_given_back(w: World) -> None:
    signed_off(w, commitments=(commitment(w),))

    made = api(w.bob).post("impact-reviews/", **ONE | FILLED, commitment=7, link="https://example.org/audit")
    listed = api(w.dan).get("impact-reviews/")

    review = {
        "id": ImpactReview.objects.get().pk,
        "reviewed_on": "2026-06-03",
        "verdict": "embedded",
        "words": "Audit of 40 records",
        "sentence": "Custody asks every adult.",
        "link": "https://example.org/audit",
        "by": {"id": w.bob.pk, "name": "Bob Chair"},
        "actions": [1],
        "commitment": 7,
        "relied_on": [],
    }
    assert made == (201, review)
    assert listed == (200, {"count": 1, "next": None, "previous": None, "results": [review]})
    row = api(w.dan).get("actions/1/")[1]
    assert (row["verdict"], row["reviewed_on"], row["version"]) == ("embedded", "2026-06-03", 5)


def with_file() -> None:
    """As if what was added had come with a file."""
    about = {"file": "evidence/ab/cd", "file_name": "Audit of Smith.csv", "file_type": "csv", "file_size": 9}
    Evidence.objects.update(**about)


def test_ticked_evidence_stands_for_words_and_its_file_is_named_to_who_may_open_it(w: World) -> None:
    a, other = signed_off(w), signed_off(w)
    with_file()
    [one], [strange] = a.evidence.all(), other.evidence.all()
    ticked = ONE | FILLED | {"words": "", "relied_on": [one.pk]}

    wrong = api(w.bob).post("impact-reviews/", **ticked | {"relied_on": [one.pk, strange.pk]})
    failed = api(w.bob).post("impact-reviews/", **ticked | {"verdict": "not_effective", "instead": "Ask"})
    code, made = api(w.bob).post("impact-reviews/", **ticked)
    [listed] = api(w.dan).get("impact-reviews/")[1]["results"]

    assert wrong == (400, {"relied_on": ["Tick evidence of the actions that you check only."]})
    assert failed == (400, {"words": ["Say what you looked at, and what it showed."]})
    assert (code, made["words"]) == (201, "")
    [shown], [hidden] = made["relied_on"], listed["relied_on"]
    assert (shown["id"], shown["action"], shown["words"]) == (one.pk, 1, "List")
    assert (shown["file"]["name"], hidden["file"], hidden["has_file"]) == ("Audit of Smith.csv", None, True)
    assert a.events.first().detail["relied_on"] == [one.pk]  # type: ignore[union-attr]


def test_what_does_not_work_is_opened_again_or_something_else_put_forward(w: World) -> None:
    for _ in range(2):
        signed_off(w)
    failed = FILLED | {"verdict": "not_effective"}

    opened = api(w.bob).post("impact-reviews/", **ONE | failed, reopen_until="2026-09-01")
    instead = api(w.bob).post(
        "impact-reviews/", **failed, actions=[{"action": 2, "version": 4}], instead="Supervise"
    )

    assert (opened[0], instead[0]) == (201, 201)
    assert [(row.number, row.status, row.title) for row in Action.objects.order_by("number")] == [
        (1, "started", "Brief every custody sergeant"),
        (2, "signed_off", "Brief every custody sergeant"),
        (3, "draft", "Supervise"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"actions": []}, {"actions": ["Ensure this field has at least 1 elements."]}),
        ({"actions": [{"action": 1}]}, {"actions": {"0": {"version": ["This field is required."]}}}),
        (
            {"actions": [{"action": 1, "version": 4}, {"action": 1, "version": 3}]},
            {"actions": ["Name each action once."]},
        ),
        ({"verdict": "fine"}, {"verdict": ['"fine" is not a valid choice.']}),
        (
            {"words": " "},
            {"words": ["Say what you looked at, and what it showed, or tick evidence that shows it."]},
        ),
        ({"relied_on": [0]}, {"relied_on": ['Invalid pk "0" - object does not exist.']}),
        ({"sentence": ""}, {"sentence": ["This field may not be blank."]}),
        ({"link": "javascript:alert(1)"}, {"link": ["Enter a valid URL."]}),
        (
            {"again_on": "2026-06-03"},
            {"again_on": ["The next check lies in the future: choose a later day."]},
        ),
        ({"instead": "Ask"}, {"verdict": ["Only what is not effective is opened again or replaced."]}),
        ({"owner": 0}, {"owner": ['Invalid pk "0" - object does not exist.']}),
        ({"commitment": 8}, {"actions": ["Review together what answers the same commitment."]}),
        ({"confidence": "on_track"}, {"confidence": ["This is not taken here."]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(w: World, given: dict[str, Any], told: dict[str, Any]) -> None:
    signed_off(w, commitments=(commitment(w),))
    commitment(w, 8)

    answer = api(w.bob).post("impact-reviews/", **ONE | FILLED | given)

    assert answer == (400, told)
    assert not ImpactReview.objects.exists()


def test_who_may_not_is_told_who_may(w: World) -> None:
    signed_off(w)

    answers = {
        who: api(getattr(w, who)).post("impact-reviews/", **ONE | FILLED) for who in ("dan", "carol", "alice")
    }

    theirs = "You cannot do this here. It is for the board manager, independent chair or subgroup chair."
    own = "Nobody reviews the impact of what they own. Another chair, or the independent chair, can."
    assert answers == {
        "dan": (403, {"detail": theirs}),
        "carol": (403, {"detail": theirs}),
        "alice": (403, {"detail": own}),
    }


def test_who_saves_second_is_told_and_nothing_is_written(w: World) -> None:
    a = signed_off(w)
    signed_off(w)
    impact.review({a: 4}, Found("partly", "Calls", "Some ask."), by=w.ingrid, today=TODAY)
    before = Event.objects.count()

    code, answer = api(w.bob).post(
        "impact-reviews/", **FILLED, actions=[{"action": 2, "version": 4}, {"action": 1, "version": 4}]
    )

    assert (code, list(answer)) == (409, ["detail"])
    assert answer["detail"].startswith("Ingrid Chair saved A-1 first (review impact).")
    assert Event.objects.count() == before
    assert Action.objects.get(number=2).verdict == ""


def test_only_what_is_signed_off_is_checked(w: World) -> None:
    action(w)
    a = signed_off(w)
    progress.reopen(a, cause="error", words="Slip", due_on=date(2026, 9, 1), by=w.mo, **now(a))

    answers = [
        api(w.bob).post("impact-reviews/", **FILLED, actions=[{"action": number, "version": version}])
        for number, version in ((1, 1), (2, 5))
    ]

    assert [code for code, _ in answers] == [409, 409]
    assert "A-1 is “Planned”, so this step does not fit." in answers[0][1]["detail"]


def test_another_boards_rows_are_as_unknown_as_nobodys(w: World) -> None:
    other = world("mercia")
    signed_off(w, commitments=(commitment(w),))
    for _ in range(2):
        signed_off(other, commitments=(commitment(other, Commitment.objects.count() + 20),))

    for given in (
        {"actions": [{"action": 2, "version": 4}]},
        {"actions": [{"action": 987, "version": 4}]},
        {"commitment": 21},
        {"commitment": 987},
        {"owner": other.alice.pk},
        {"relied_on": [Evidence.objects.filter(board=other.board)[0].pk]},
    ):
        code, answer = api(w.mo).post("impact-reviews/", **ONE | FILLED | given)
        assert (code, list(answer)) == (400, list(given))
        assert "object does not exist" in str(answer)

    assert api(other.mo).post("impact-reviews/", **ONE | FILLED)[0] == 404
    assert api(other.mo).get("impact-reviews/")[0] == 404
    assert api(other.mo, "mercia").get("impact-reviews/")[1]["count"] == 0
    assert api(None).get("impact-reviews/")[0] == 403


def test_of_a_restricted_review_they_are_listed_to_those_who_may_read_it(w: World) -> None:
    a = signed_off(w, commitments=(commitment(w),))
    impact.review({a: 4}, Found(**FILLED), by=w.bob, today=TODAY)  # type: ignore[arg-type]
    Source.objects.update(restricted=True, subgroup=w.subgroup)

    listed = {
        who: api(getattr(w, who)).get("impact-reviews/")[1]["count"]
        for who in ("mo", "ingrid", "bob", "carol", "alice", "dan")
    }
    unseen = api(w.dan).post("impact-reviews/", **ONE | FILLED)

    assert listed == {"mo": 1, "ingrid": 1, "bob": 1, "carol": 1, "alice": 1, "dan": 0}
    assert unseen == (400, {"actions": {"0": {"action": ['Invalid pk "1" - object does not exist.']}}})


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(
    w: World, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        a = signed_off(w, commitments=(commitment(w, number + 1),))
        by = (w.bob, w.ingrid, w.mo)[number]
        found = Found(**FILLED, relied_on=list(a.evidence.all()))  # type: ignore[arg-type]
        impact.review({a: 4}, found, by=by, today=TODAY)
    with_file()
    client = api(w.dan).client

    with django_assert_num_queries(9):  # session, user and seat, where it sits; how many, the reviews, their
        # actions, what they relied on, who may open that
        answer = client.get("/api/v1/boards/wessex/impact-reviews/")

    assert answer.json()["count"] == many


def test_it_is_described(w: World) -> None:
    paths = api(w.dan).client.get("/api/v1/schema/?format=json").json()
    of = paths["paths"]["/api/v1/boards/{board}/impact-reviews/"]

    taken = paths["components"]["schemas"]["ReviewImpact"]
    assert set(of) == {"get", "post"}
    assert set(of["post"]["responses"]) == {"201", "400", "403", "404", "409"}
    assert set(of["get"]["responses"]) == {"200", "403", "404"}
    assert list(taken["properties"]) == [
        "actions", "commitment", "verdict", "words", "sentence", "link", "again_on", "reopen_until", "instead",
        "owner", "relied_on",
    ]  # fmt: skip
    assert taken["required"] == ["actions", "sentence", "verdict"]
