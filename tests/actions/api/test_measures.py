"""Measures through the API: set, read and corrected by verbs, each refusal, and how it is described."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import measures
from actions.models import Commitment, Event, Measure, Reading, Source
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db

ASKED = {
    "name": "Adults asked",
    "unit": "%",
    "source": "Audit of 40 records",
    "baseline": "41",
    "baseline_on": "2026-01-05",
    "target": "90",
}
READ = {"value": 62.5, "on": "2026-05-01"}


def commitment(w: World, number: int = 7) -> Commitment:
    return Commitment.objects.create(
        board=w.board, number=number, source=source(w), kind="recommendation", words="Ask", agency=w.police
    )


def measured(w: World) -> Measure:
    """Of action 1, read once."""
    about = {"unit": "%", "baseline": Decimal(41), "baseline_on": date(2026, 1, 5), "target": Decimal(90)}
    made = measures.measure(action(w), name="Asked", source="Audit", **about, by=w.alice, today=TODAY)
    measures.read(made, value=Decimal(60), on=date(2026, 4, 1), by=w.alice, today=TODAY)
    return made


def test_a_measure_is_set_and_read_and_given_back_as_it_then_stands(w: World) -> None:
    action(w)

    made = api(w.alice).post("measures/", **ASKED, action=1)
    read = api(w.carol).post(f"measures/{made[1]['id']}/readings/", **READ, source="The log")
    one = api(w.dan).get(f"measures/{made[1]['id']}/")
    listed = api(w.dan).get("measures/")

    stands = {
        "id": Measure.objects.get().pk,
        "action": 1,
        "commitment": None,
        "priority": None,
        "name": "Adults asked",
        "unit": "%",
        "source": "Audit of 40 records",
        "baseline": "41.00",
        "baseline_on": "2026-01-05",
        "target": "90.00",
        "target_on": None,
        "by": {"id": w.alice.pk, "name": "Alice Owner"},
        "readings": [],
    }
    reading = {
        "id": Reading.objects.get().pk,
        "on": "2026-05-01",
        "value": "62.50",
        "source": "The log",
        "by": {"id": w.carol.pk, "name": "Carol Lead"},
    }
    mark = measures.mark(Measure.objects.get())
    assert (made[0], {k: v for k, v in made[1].items() if k != "mark"}) == (201, stands)
    assert read == (201, stands | {"readings": [reading], "mark": mark})
    assert one == (200, read[1])
    assert listed == (200, {"count": 1, "next": None, "previous": None, "results": [read[1]]})


@pytest.mark.parametrize("what", ["commitment", "priority"])
def test_a_commitment_is_named_by_its_number_and_a_priority_by_its_id(w: World, what: str) -> None:
    commitment(w)
    named = {"commitment": 7, "priority": w.priority.pk}[what]

    code, made = api(w.mo).post("measures/", **ASKED, **{what: named})

    given = {"commitment": 7, "priority": {"id": w.priority.pk, "name": "Making safeguarding personal"}}
    assert (code, made[what], made["action"]) == (201, given[what], None)


def test_sent_twice_it_is_set_and_read_once(w: World) -> None:
    action(w)

    codes = [api(w.alice).post("measures/", **ASKED, action=1)[0] for _ in range(2)]
    pk = Measure.objects.get().pk
    codes += [api(w.alice).post(f"measures/{pk}/readings/", **READ)[0] for _ in range(2)]

    assert codes == [201] * 4
    assert [event.verb for event in Event.objects.order_by("seq")] == ["plan", "measure", "read_measure"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"action": None},
            {"non_field_errors": ["Name what it measures: an action, a commitment or a priority."]},
        ),
        (
            {"commitment": 7},
            {"non_field_errors": ["Name what it measures: an action, a commitment or a priority."]},
        ),
        ({"name": " "}, {"name": ["This field may not be blank."]}),
        ({"baseline": "many"}, {"baseline": ["A valid number is required."]}),
        ({"baseline": "NaN"}, {"baseline": ["A valid number is required."]}),
        ({"target": "1.125"}, {"target": ["Ensure that there are no more than 2 decimal places."]}),
        (
            {"target": "41"},
            {"target": ["The target is where the number stands already. Say where it should go."]},
        ),
        ({"baseline_on": "2026-06-04"}, {"baseline_on": ["The baseline was read today or before."]}),
        ({"target_on": "2026-01-05"}, {"target_on": ["The target lies after the baseline."]}),
        ({"version": 1}, {"version": ["This is not taken here."]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(w: World, given: dict[str, Any], told: dict[str, Any]) -> None:
    action(w)
    commitment(w)

    answer = api(w.alice).post("measures/", **ASKED | {"action": 1} | given)

    assert answer == (400, told)
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"value": ""}, "value"), ({"on": "2026-06-04"}, "on"), ({"on": "2026-01-05"}, "on")]
)
def test_what_is_no_reading_is_refused(w: World, given: dict[str, Any], field: str) -> None:
    made = measured(w)

    code, answer = api(w.alice).post(f"measures/{made.pk}/readings/", **READ | given)

    assert (code, list(answer), Reading.objects.count()) == (400, [field], 1)


def test_who_may_not_is_told_who_may(w: World) -> None:
    made = measured(w)
    one = f"measures/{made.pk}/"
    sent = {"reason": "Slip", "mark": measures.mark(made)}

    answers = [
        api(w.dan).post("measures/", **ASKED, action=1),
        api(w.dan).post(f"{one}readings/", **READ),
        api(w.dan).post(f"{one}correct/", **sent, name="Heard"),
        api(w.dan).post(f"{one}correct-reading/", **sent, reading=made.readings.get().pk, value="61"),
        api(w.bob).post("measures/", **ASKED, priority=w.priority.pk),
    ]

    may = "action owner, agency lead, board manager, independent chair or subgroup chair"
    assert answers == [(403, {"detail": f"You cannot do this here. It is for the {may}."})] * 5
    assert (Measure.objects.count(), Reading.objects.count()) == (1, 1)


def test_what_was_entered_wrongly_is_put_right_and_only_that(w: World) -> None:
    made = measured(w)
    reading = made.readings.get()

    first = api(w.carol).post(
        f"measures/{made.pk}/correct/", mark=measures.mark(made), reason="Slip", baseline="14"
    )
    second = api(w.carol).post(
        f"measures/{made.pk}/correct-reading/",
        mark=first[1]["mark"],
        reason="Typed backwards",
        reading=reading.pk,
        value="6",
    )

    assert (first[0], first[1]["baseline"], first[1]["name"]) == (200, "14.00", "Asked")
    assert (second[0], [(r["value"], r["on"]) for r in second[1]["readings"]]) == (
        200,
        [("6.00", "2026-04-01")],
    )
    kept = [(e.verb, e.words) for e in Event.objects.order_by("-seq")[:2]]
    assert kept == [
        ("correct_reading", "Typed backwards\n\nValue was: 60\nNow: 6"),
        ("correct_measure", "Slip\n\nBaseline was: 41\nNow: 14"),
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {},
            {"non_field_errors": ["Nothing here differs from what stands. Change what was entered wrongly."]},
        ),
        ({"reason": " ", "name": "Heard"}, {"reason": ["Say what was wrong."]}),
        ({"mark": None, "name": "Heard"}, {"mark": ["This field may not be null."]}),
        (
            {"target": "41"},
            {"target": ["The target is where the number stands already. Say where it should go."]},
        ),
        ({"action": 2}, {"action": ["This is not taken here."]}),
    ],
)
def test_a_correction_that_cannot_be_says_why(w: World, given: dict[str, Any], told: dict[str, Any]) -> None:
    made = measured(w)
    sent = {"mark": measures.mark(made), "reason": "Slip"} | given

    assert api(w.alice).post(f"measures/{made.pk}/correct/", **sent) == (400, told)


def test_who_corrects_what_somebody_changed_meanwhile_is_told(w: World) -> None:
    made = measured(w)
    saw = measures.mark(made)
    api(w.carol).post(f"measures/{made.pk}/readings/", **READ)

    answers = [
        api(w.alice).post(f"measures/{made.pk}/correct/", mark=saw, reason="Slip", name="Heard"),
        api(w.alice).post(
            f"measures/{made.pk}/correct-reading/",
            mark=saw,
            reason="Slip",
            reading=made.readings.first().pk,
            value="61",
        ),
    ]

    assert [code for code, _ in answers] == [409, 409]
    assert answers[0][1]["detail"].startswith("Somebody read or corrected this measure since")
    assert (Measure.objects.get().name, made.readings.first().value) == ("Asked", Decimal(60))


def test_a_reading_of_another_measure_is_not_corrected_here(w: World) -> None:
    one, two = measured(w), measured(w)

    answer = api(w.alice).post(
        f"measures/{one.pk}/correct-reading/",
        mark=measures.mark(one),
        reason="Slip",
        reading=two.readings.get().pk,
        value="61",
    )

    assert answer == (400, {"reading": ["This is a reading of another measure."]})


def test_another_boards_rows_are_as_unknown_as_nobodys(w: World) -> None:
    other = world("mercia")
    ours, theirs = measured(w), measured(other)
    commitment(other, 8)
    unknown = theirs.readings.get().pk
    mo = api(w.mo)

    for named in ({"action": 2}, {"commitment": 8}, {"priority": other.priority.pk}, {"priority": 987_654}):
        code, answer = mo.post("measures/", **ASKED, **named)
        assert (code, list(answer)) == (400, list(named))
    for reading in (unknown, 987_654):
        sent = {"mark": measures.mark(ours), "reason": "Slip", "value": "1"}
        code, answer = mo.post(f"measures/{ours.pk}/correct-reading/", **sent, reading=reading)
        assert (code, answer) == (400, {"reading": [f'Invalid pk "{reading}" - object does not exist.']})
    for pk in (theirs.pk, 987_654, 10**30):
        assert mo.get(f"measures/{pk}/")[0] == 404
        assert mo.post(f"measures/{pk}/readings/", **READ)[0] == 404
    assert mo.get("measures/")[1]["count"] == 1
    assert [api(who).get("measures/")[0] for who in (other.mo, None)] == [404, 403]


def test_of_a_restricted_review_it_is_not_there_for_those_who_may_not_read_it(w: World) -> None:
    asked = commitment(w)
    made = api(w.mo).post("measures/", **ASKED, commitment=7)[1]["id"]
    Source.objects.update(restricted=True, subgroup=w.subgroup)

    counts = {who: api(getattr(w, who)).get("measures/")[1]["count"] for who in ("mo", "bob", "carol", "dan")}

    assert counts == {"mo": 1, "bob": 1, "carol": 1, "dan": 0}
    assert api(w.dan).get(f"measures/{made}/")[0] == 404
    code, answer = api(w.dan).post("measures/", **ASKED, commitment=asked.number)
    assert (code, list(answer)) == (400, ["commitment"])


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("measures/", 7), ("measures/{pk}/", 6)])
def test_an_address_asks_as_much_of_one_as_of_three(
    w: World, path: str, queries: int, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        made = measured(w)
        for n, by in enumerate((w.carol, w.mo, w.bob)[:many], 2):
            measures.read(made, value=Decimal(n), on=date(2026, 5, n), by=by, today=TODAY)
    client = api(w.dan).client

    with django_assert_num_queries(
        queries
    ):  # session, user and seat; (how many,) measures, readings, by whom
        answer = client.get(f"/api/v1/boards/wessex/{path}".format(pk=made.pk))

    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_changes_it(w: World, method: str) -> None:
    made = measured(w)
    client = api(w.mo).client

    for path in ("", f"{made.pk}/", f"{made.pk}/readings/", f"{made.pk}/correct/"):
        assert getattr(client, method)(f"/api/v1/boards/wessex/measures/{path}").status_code == 405


def test_it_is_described(w: World) -> None:
    schema = api(w.dan).client.get("/api/v1/schema/?format=json").json()
    prefix = "/api/v1/boards/{board}/measures/"
    codes = {
        (path.removeprefix(prefix), method): set(of["responses"])
        for path, methods in schema["paths"].items()
        if path.startswith(prefix)
        for method, of in methods.items()
    }

    assert codes == {
        ("", "get"): {"200", "403", "404"},
        ("", "post"): {"201", "400", "403", "404"},
        ("{id}/", "get"): {"200", "403", "404"},
        ("{id}/readings/", "post"): {"201", "400", "403", "404"},
        ("{id}/correct/", "post"): {"200", "400", "403", "404", "409"},
        ("{id}/correct-reading/", "post"): {"200", "400", "403", "404", "409"},
    }
    parts = schema["components"]["schemas"]
    assert list(parts["MeasureShape"]["properties"])[-2:] == ["readings", "mark"]
    assert parts["Measured"]["required"] == ["baseline", "baseline_on", "name", "source", "target"]
    assert parts["CorrectMeasure"]["required"] == ["mark", "reason"]
    assert parts["CorrectReading"]["required"] == ["mark", "reading", "reason"]
