"""Measures through the pages: set beside an action, a recommendation or a priority, and read."""

from datetime import date
from decimal import Decimal

import pytest

from actions.models import Event, Measure, Reading
from tests.factories import TODAY, World, action
from tests.frontend.measuring import FILLED, commitment, measured, was
from tests.frontend.pages import BrowserOf, text

# -- set ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
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
