"""Measures through the pages: set beside an action, a recommendation or a priority, read, corrected, destroyed."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import measures
from actions.measures import Measured
from actions.models import Commitment, Event, Measure, Priority, Reading, Seat, Source
from tests import factories
from tests.factories import TODAY, World, action, priority, source, world

BrowserOf = Callable[[Seat], Client]
BEFORE, EARLIER = date(2026, 1, 5), date(2026, 5, 1)
FILLED = {
    "name": "Adults <b>asked</b>",
    "unit": "%",
    "source": "Audit of 40 records",
    "baseline": "41",
    "baseline_on": "2026-01-05",
    "target": "90",
    "target_on": "",
}


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def commitment(w: World, number: int = 1) -> Commitment:
    return Commitment.objects.create(
        board=w.board,
        number=number,
        source=source(w),
        kind="recommendation",
        words="Ask every adult",
        agency=w.police,
        priority=w.priority,
    )


def measured(w: World, thing: Measured, name: str = "Adults asked", **given: Any) -> Measure:
    about = {
        "unit": "%",
        "source": "Audit",
        "baseline": Decimal(41),
        "baseline_on": BEFORE,
        "target": Decimal(90),
    }
    return measures.measure(thing, name=name, **about | given, by=w.mo, today=TODAY)


def was(w: World, measure: Measure, value: float, on: date = EARLIER, **given: Any) -> Reading:
    return measures.read(measure, value=Decimal(str(value)), on=on, by=w.mo, today=TODAY, **given)


# -- set ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "what", "page"),
    [
        ("alice", "action=1", "/wessex/actions/A-1/"),
        ("carol", "commitment=1", "/wessex/commitments/C-1/"),
        ("mo", "priority={priority}", "/wessex/plans/"),
    ],
)
def test_a_measure_is_added_from_the_page_of_what_it_measures(
    w: World, browser_of: BrowserOf, who: str, what: str, page: str
) -> None:
    action(w, commitments=(commitment(w),))
    client = browser_of(getattr(w, who))
    address = f"/wessex/measures/add/?{what}".format(priority=w.priority.pk)
    assert f'href="{address}">Add a measure' in text(client.get(page))

    asked = client.get(address)
    answer = client.post(address, FILLED)

    assert "What number shows that it makes a difference?" in text(asked)
    assert answer.headers["Location"] == page
    shown = text(client.get(page))
    made = Measure.objects.get()
    assert "From now on it is measured." in shown
    assert (
        f'<a class="govuk-link" href="/wessex/measures/{made.pk}/">Adults &lt;b&gt;asked&lt;/b&gt;</a>: '
        "from 41% towards 90%, not read since" in shown
    )
    assert (made.baseline, made.target, made.target_on, made.by) == (
        Decimal(41),
        Decimal(90),
        None,
        getattr(w, who),
    )


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"name": ""}, "Say what is measured.", "id_name"),
        ({"source": ""}, "Say where the number comes from.", "id_source"),
        ({"baseline": "41%"}, "Enter a number, such as 62 or 7.5.", "id_baseline"),
        ({"baseline": "41.125"}, "Round it to two decimals, such as 7.25.", "id_baseline"),
        ({"target": "90000000000"}, "Enter a smaller number", "id_target"),
        ({"target": "41"}, "The target is where the number stands already.", "id_target"),
        ({"baseline_on": "2026-06-04"}, "The baseline was read today or before.", "id_baseline_on"),
        ({"baseline_on": "31/2/2026"}, "Enter a real date, such as 31/3/2027.", "id_baseline_on"),
        ({"target_on": "2026-01-05"}, "The target lies after the baseline.", "id_target_on"),
    ],
)
def test_what_is_wrong_is_said_in_its_place_and_nothing_typed_is_lost(
    w: World, browser_of: BrowserOf, given: dict[str, str], told: str, field: str
) -> None:
    action(w)

    answer = browser_of(w.alice).post("/wessex/measures/add/?action=1", FILLED | {"unit": "people"} | given)

    shown = text(answer)
    assert answer.status_code == 422
    assert "<title>Error: Measure it" in shown
    assert told in shown
    assert f'href="#{field}"' in shown
    assert 'value="people"' in shown
    assert not Measure.objects.exists()


def test_a_double_click_sets_it_once_and_another_of_that_name_is_told(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    alice = browser_of(w.alice)

    answers = [alice.post("/wessex/measures/add/?action=1", FILLED) for _ in range(2)]
    other = alice.post("/wessex/measures/add/?action=1", FILLED | {"target": "95"})

    assert [answer.status_code for answer in (*answers, other)] == [302, 302, 422]
    assert "is measured here already" in text(other)
    assert Measure.objects.count() == 1


def test_who_may_not_is_told_who_may_and_offered_nothing(w: World, browser_of: BrowserOf) -> None:
    a = action(w, commitments=(commitment(w),))
    made = measured(w, a)
    dan = browser_of(w.dan)

    refused = [
        dan.get("/wessex/measures/add/?action=1"),
        dan.post("/wessex/measures/add/?action=1", FILLED),
        dan.post(f"/wessex/measures/{made.pk}/", {"value": "60", "on": "2026-05-01"}),
        dan.get(f"/wessex/measures/{made.pk}/correct/"),
        dan.post(f"/wessex/measures/{made.pk}/correct/", FILLED),
    ]

    may = "action owner, agency lead, board manager, independent chair or subgroup chair"
    for answer in refused:
        assert answer.status_code == 403
        assert f"It is for the {may}." in text(answer)
    page = text(dan.get(f"/wessex/measures/{made.pk}/"))
    assert f"Readings are added by the {may}." in page
    assert "Correct" not in page
    for path in ("actions/A-1/", "commitments/C-1/", "plans/"):
        assert "Add a measure" not in text(dan.get(f"/wessex/{path}"))


@pytest.mark.parametrize(
    "query", ["", "?action=", "?action=99", "?action=x", "?priority=0", "?commitment=-1"]
)
def test_of_nothing_there_is_nothing_to_measure(w: World, browser_of: BrowserOf, query: str) -> None:
    assert browser_of(w.mo).get(f"/wessex/measures/add/{query}").status_code == 404


# -- read -----------------------------------------------------------------------------------------------------


def test_its_page_says_where_it_stands_and_takes_a_reading(w: World, browser_of: BrowserOf) -> None:
    made = measured(w, action(w), target_on=date(2027, 3, 31))
    was(w, made, 62.5, source="Second <i>audit</i>")
    alice = browser_of(w.alice)

    answer = alice.post(f"/wessex/measures/{made.pk}/", {"value": "70", "on": "2026-06-03", "source": ""})
    page = alice.get(f"/wessex/measures/{made.pk}/")

    assert answer.headers["Location"] == f"/wessex/measures/{made.pk}/"
    shown = text(page)
    assert "The reading is saved." in shown
    assert "From 41% on 5 January 2026, it should rise to 90% by 31 March 2027. Source: Audit." in shown
    assert 'aria-label="Adults asked: 70% on 3 June 2026, from 41% towards 90%"' in shown
    rows = [shown.index(day) for day in ("3 June 2026</th>", "1 May 2026</th>", "5 January 2026</th>")]
    assert rows == sorted(rows)  # the latest first
    assert 'Mo Manager<br><span class="app-muted">Read in: Second &lt;i&gt;audit&lt;/i&gt;</span>' in shown
    assert 'href="/wessex/actions/A-1/">A-1 Brief every custody sergeant</a>' in shown


def test_the_line_runs_from_the_baseline_to_the_last_reading(w: World, browser_of: BrowserOf) -> None:
    made = measured(w, action(w), baseline=Decimal(40), target=Decimal(100))
    was(w, made, 70, TODAY)

    shown = text(browser_of(w.dan).get("/wessex/actions/A-1/"))

    assert 'points="6.0,54.0 294.0,30.0"' in shown
    assert '<line class="app-measure__target" x1="0" y1="6.0" x2="300" y2="6.0">' in shown
    assert f'<a class="govuk-link" href="/wessex/measures/{made.pk}/">' in shown


def test_before_the_first_reading_there_is_no_line_to_draw(w: World, browser_of: BrowserOf) -> None:
    measured(w, action(w))

    assert "<polyline" not in browser_of(w.dan).get("/wessex/actions/A-1/").text


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"value": ""}, "Enter what was read.", "id_value"),
        ({"value": "many"}, "Enter a number", "id_value"),
        ({"on": "2026-06-04"}, "A number is read today or before.", "id_on"),
        ({"on": "2026-01-05"}, "The baseline was read on 5 January 2026", "id_on"),
        ({"on": ""}, "Enter a date.", "id_on"),
    ],
)
def test_what_is_no_reading_is_told_in_its_place(
    w: World, browser_of: BrowserOf, given: dict[str, str], told: str, field: str
) -> None:
    made = measured(w, action(w))

    answer = browser_of(w.alice).post(
        f"/wessex/measures/{made.pk}/", {"value": "60", "on": "2026-05-01", "source": "The log"} | given
    )

    assert answer.status_code == 422
    assert told in text(answer)
    assert f'href="#{field}"' in text(answer)
    assert 'value="The log"' in text(answer)
    assert not Reading.objects.exists()


def test_a_double_click_reads_once_and_a_second_look_keeps_both_on_the_trail(
    w: World, browser_of: BrowserOf
) -> None:
    made = measured(w, action(w))
    alice = browser_of(w.alice)
    for value in ("60", "60", "62"):
        alice.post(f"/wessex/measures/{made.pk}/", {"value": value, "on": "2026-05-01", "source": ""})

    page = text(alice.get("/wessex/actions/A-1/"))

    assert Reading.objects.get().value == 62
    assert Event.objects.filter(verb="read_measure").count() == 2
    assert "Measure read" in page
    assert "Adults asked: 62% Before: Adults asked: 60%" in page
    assert "1 May 2026, written down" in page


# -- corrected --------------------------------------------------------------------------------------------------


def corrected(client: Client, measure: Measure, query: str = "", **given: Any) -> HttpResponse:
    """As a person sends it: what stands, and what is put right."""
    address = f"/wessex/measures/{measure.pk}/correct/{query}"
    form = client.get(address).context["form"]
    stands = {name: "" if value is None else value for name, value in form.initial.items()}
    return client.post(address, stands | {"reason": "Slip"} | given)


def test_what_was_entered_wrongly_is_put_right_and_the_trail_says_both(
    w: World, browser_of: BrowserOf
) -> None:
    made = measured(w, action(w))
    alice = browser_of(w.alice)

    asked = alice.get(f"/wessex/measures/{made.pk}/correct/")
    answer = corrected(alice, made, baseline="14", name="Adults heard")

    assert 'name="baseline" value="41"' in text(asked)
    assert answer.headers["Location"] == f"/wessex/measures/{made.pk}/"
    made.refresh_from_db()
    assert (made.name, made.baseline) == ("Adults heard", Decimal(14))
    page = text(alice.get("/wessex/actions/A-1/"))
    assert "Measure corrected" in page
    assert "Slip Name was: Adults asked Now: Adults heard Baseline was: 41 Now: 14" in page


def test_so_is_a_reading_and_its_day(w: World, browser_of: BrowserOf) -> None:
    made = measured(w, action(w))
    reading = was(w, made, 26)
    alice = browser_of(w.alice)
    link = f'href="/wessex/measures/{made.pk}/correct/?reading={reading.pk}"'
    assert link in text(alice.get(f"/wessex/measures/{made.pk}/"))

    answer = corrected(alice, made, f"?reading={reading.pk}", value="62", on="2026-05-02")

    assert answer.status_code == 302
    assert Reading.objects.values_list("value", "on").get() == (Decimal(62), date(2026, 5, 2))
    assert "Reading corrected" in text(alice.get("/wessex/actions/A-1/"))


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"reason": ""}, "Say what was wrong.", "id_reason"),
        ({}, "Nothing here differs from what stands.", "form-errors"),
        ({"target": "41"}, "stands already", "id_target"),
        ({"baseline_on": "2026-05-01"}, "It was read on 1 May 2026 already", "id_baseline_on"),
    ],
)
def test_a_correction_that_cannot_be_says_why_in_its_place(
    w: World, browser_of: BrowserOf, given: dict[str, str], told: str, field: str
) -> None:
    made = measured(w, action(w))
    was(w, made, 60)

    answer = corrected(browser_of(w.alice), made, **given)

    assert answer.status_code == 422
    assert told in text(answer)
    assert f'href="#{field}"' in text(answer)


def test_who_corrects_second_sees_what_stands_and_can_save_over_it(w: World, browser_of: BrowserOf) -> None:
    made = measured(w, action(w))
    carol = browser_of(w.carol)
    saw = measures.mark(made)
    measures.correct(made, name="Adults heard", reason="Slip", by=w.alice, today=TODAY, saw=saw)
    typed = FILLED | {"name": "Adults met", "reason": "Clearer", "saw": saw}

    answer = carol.post(f"/wessex/measures/{made.pk}/correct/", typed)
    again = carol.post(
        f"/wessex/measures/{made.pk}/correct/", typed | {"saw": answer.context["form"]["saw"].value()}
    )

    shown = text(answer)
    assert answer.status_code == 409
    assert "since you opened the page" in shown
    assert "What stands now.</strong> Adults heard: From 41%" in shown
    assert 'value="Adults met"' in shown
    assert (again.status_code, Measure.objects.get().name) == (302, "Adults met")


# -- seen, and no more asked of more ----------------------------------------------------------------------------


def test_a_priority_says_what_measures_it_and_that_nothing_does(w: World, browser_of: BrowserOf) -> None:
    priority(w.board, 2, "Prevention")
    made = measured(w, w.priority)
    was(w, made, 62)

    shown = text(browser_of(w.dan).get("/wessex/plans/"))

    assert (
        f'<a class="govuk-link" href="/wessex/measures/{made.pk}/">Adults asked</a>: '
        "62% on 1 May 2026, from 41% towards 90%" in shown
    )
    assert shown.count("No measure of its own") == 1


def test_a_priority_that_is_measured_cannot_be_removed(w: World, browser_of: BrowserOf) -> None:
    measured(w, w.priority)
    mo = browser_of(w.mo)

    assert "It is in use: 1 measure." in text(mo.get(f"/wessex/plans/?remove_priority={w.priority.pk}"))
    assert mo.post(f"/wessex/plans/?remove_priority={w.priority.pk}", {"saw": ""}).status_code != 500
    assert Priority.objects.exists()


def test_of_another_board_or_a_number_of_nobodys_it_is_not_there(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    theirs = measured(other, action(other))
    reading = was(other, theirs, 60)
    ours = measured(w, action(w))
    mo = browser_of(w.mo)

    for path in (
        f"measures/{theirs.pk}/",
        f"measures/{theirs.pk}/correct/",
        f"measures/{'9' * 30}/",
        f"measures/{ours.pk}/correct/?reading={reading.pk}",
        f"measures/{ours.pk}/correct/?reading=x",
        f"measures/add/?priority={other.priority.pk}",
        f"trail/remove/measure/{theirs.pk}/",
    ):
        assert mo.get(f"/wessex/{path}").status_code == 404, path
        assert mo.post(f"/wessex/{path}", FILLED).status_code == 404, path
    assert browser_of(other.mo).get(f"/wessex/measures/{ours.pk}/").status_code == 404


@pytest.mark.slow
def test_of_a_restricted_review_it_is_shown_to_those_who_may_read_it(w: World, browser_of: BrowserOf) -> None:
    asked = commitment(w)
    a = action(w, commitments=(asked,), subgroup=None)
    made = [measured(w, thing, "CANARY") for thing in (a, asked)]
    Source.objects.update(restricted=True, subgroup=w.subgroup)

    def meets(who: Seat) -> bool:
        client = browser_of(who)
        paths = [f"measures/{one.pk}/" for one in made] + [
            "actions/A-1/",
            "commitments/C-1/",
            "plans/",
            "summary/",
        ]
        return "CANARY" in "".join(text(client.get(f"/wessex/{path}")) for path in paths)

    assert [meets(who) for who in (w.mo, w.ingrid, w.bob, w.carol, w.alice, w.dan)] == [True] * 5 + [False]


def test_its_words_are_removed_by_the_manager_alone(w: World, browser_of: BrowserOf) -> None:
    made = measured(w, action(w), "Mrs Quillfeather asked", source="Her file")
    was(w, made, 60, source="Her daughter")
    mo, address = browser_of(w.mo), f"/wessex/trail/remove/measure/{made.pk}/"
    assert f'href="{address}"' in text(mo.get(f"/wessex/measures/{made.pk}/"))
    assert "trail/remove" not in text(browser_of(w.ingrid).get(f"/wessex/measures/{made.pk}/"))

    asked = text(mo.get(address))
    answer = mo.post(address, {"reason": "Named the adult", "sure": "on"})

    assert all(words in asked for words in ("Mrs Quillfeather asked", "Her file", "Her daughter"))
    assert answer.headers["Location"] == f"/wessex/measures/{made.pk}/"
    page = text(mo.get(f"/wessex/measures/{made.pk}/"))
    assert "Removed by Mo Manager on 3 June 2026: Named the adult" in page
    assert "Quillfeather" not in page + text(mo.get("/wessex/actions/A-1/")) + text(mo.get("/wessex/trail/"))
    assert browser_of(w.ingrid).get(address).status_code == 403


QUERIES = {  # session, user, seat, what it chairs; then its own
    "actions/A-1/": 14,
    "commitments/C-1/": 18,
    "measures/{measure}/": 8,
    "measures/{measure}/correct/": 8,
    "plans/": 8,
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("many", [1, 3])
def test_no_page_asks_more_of_three_measures_with_three_readings_than_of_one(
    w: World, browser_of: BrowserOf, path: str, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = commitment(w)
    a = action(w, commitments=(asked,))
    for n in range(many):
        under = priority(w.board, n + 2, f"Priority {n}")
        reader = factories.seat(w.board, f"Reader{n} Somebody", w.police, is_manager=True)
        for thing in (a, asked, under):
            made = measured(w, thing, f"Number {n}")
            for day in range(many):
                value, on = Decimal(50 + day), EARLIER + timedelta(days=day + n)
                measures.read(made, value=value, on=on, by=reader, today=TODAY)
    mo = browser_of(w.mo)
    first = Measure.objects.order_by("pk")[0]
    mo.get("/wessex/plans/")

    with django_assert_num_queries(QUERIES[path]):
        answer = mo.get(f"/wessex/{path}".format(measure=first.pk))

    assert answer.status_code == 200
