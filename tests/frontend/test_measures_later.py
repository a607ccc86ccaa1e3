"""Measures that stand: corrected, shown to those who may see them, destroyed, and no page slower for more of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import measures
from actions.models import Measure, Priority, Reading, Seat, Source
from tests import factories
from tests.factories import TODAY, World, action, priority, world
from tests.frontend.measuring import EARLIER, FILLED, commitment, measured, was
from tests.frontend.pages import BrowserOf, text

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


@pytest.mark.slow
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
