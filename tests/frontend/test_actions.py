"""The list of actions: what it says of each, its filters, and what it asks the database."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from actions import progress
from actions.filters import ActionFilter
from actions.models import Agency, Subgroup
from frontend.views.actions import OFTEN
from tests import factories
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import HTMX, BrowserOf, text


def test_the_list_says_how_late_and_how_often_moved_beside_the_colour_in_words(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w, due_on=date(2026, 5, 22))
    progress.reschedule(a, due_on=date(2026, 6, 8), reason="Leave", by=w.bob, version=1, today=TODAY)
    b = action(w, title="Publish the protocol", due_on=date(2026, 5, 22))

    shown = text(browser_of(w.dan).get("/wessex/actions/"))

    assert f"{a.title}</a>" in shown
    assert "Due in 5 days" in shown
    assert "Moved once" in shown
    assert f"{b.title}</a>" in shown
    assert "12 days late" in shown
    assert "At risk or late</strong>" in shown
    assert "2 actions" in shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A-1", "A-2", "A-3"]),
        ("?overdue=true", ["A-2"]),
        ("?status=done", ["A-3"]),
        ("?q=protocol", ["A-2"]),
        ("?q=A-3", ["A-3"]),
        ("?mine=true&status=planned", []),
        ("?ordering=-number", ["A-3", "A-2", "A-1"]),
        ("?status=nonsense", []),
    ],
)
def test_filters_narrow_the_list(w: World, browser_of: BrowserOf, query: str, found: list[str]) -> None:
    action(w)
    action(w, title="Publish the protocol", due_on=date(2026, 5, 22))
    third = action(w, title="Audit", due_on=date(2026, 8, 1))
    progress.finish(third, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    response = browser_of(w.dan).get(f"/wessex/actions/{query}")

    assert sorted(found) == sorted(a.reference for a in response.context["page"])
    if "ordering" in query:
        assert found == [a.reference for a in response.context["page"]]


def test_htmx_gets_the_table_and_its_count_and_nothing_else(w: World, browser_of: BrowserOf) -> None:
    action(w)

    response = browser_of(w.dan).get("/wessex/actions/?q=&overdue=false&agency=", headers=HTMX)

    shown = text(response)
    assert shown.startswith('<div hx-swap-oob="innerHTML:#count">1 action found')
    assert "<html" not in shown
    assert "HX-Request" in response["Vary"]
    assert response["HX-Push-Url"] == "/wessex/actions/?overdue=false"


def test_each_filter_that_is_on_stands_in_words_with_a_link_that_takes_it_off(
    w: World, browser_of: BrowserOf
) -> None:
    query = (
        f"?status=done&status=planned&agency={w.police.pk}&subgroup=none&overdue=true&page=2&ordering=title"
    )

    response = browser_of(w.dan).get(f"/wessex/actions/{query}")

    kept = f"status=planned&agency={w.police.pk}&subgroup=none&overdue=true&ordering=title"
    assert [(c.label, c.words) for c in response.context["chosen"]] == [
        ("Status", "Done, awaiting check"),
        ("Status", "Planned"),
        ("Overdue", "yes"),
        ("Agency", "Wessex Police"),
        ("Subgroup", "The board's own"),
    ]
    assert response.context["chosen"][0].without == f"?{kept}"


def fields_of(html: str) -> set[str]:
    return {name for name in ActionFilter.base_filters if f'name="{name}"' in html}


def test_filters_seldom_wanted_come_when_one_is_on_or_when_they_are_asked_for(
    w: World, browser_of: BrowserOf
) -> None:
    dan = browser_of(w.dan)
    every = set(ActionFilter.base_filters)

    plain = dan.get("/wessex/actions/?overdue=true").text
    often = fields_of(plain)

    assert {"q", "status", "overdue", "owner", "rag", "ordering"} <= often < every
    assert 'href="/wessex/actions/?overdue=true&amp;more=true"' in plain
    for address in ("?overdue=true&more=true", "?waits=true"):
        assert fields_of(dan.get(f"/wessex/actions/{address}").text) == every


def test_more_filters_come_into_the_page_with_what_was_typed(w: World, browser_of: BrowserOf) -> None:
    asked = browser_of(w.dan).get(
        "/wessex/actions/?q=Katherine&due_after=2026-06-01",
        headers={"HX-Request": "true", "HX-Target": "more"},
    )

    assert "HX-Push-Url" not in asked
    assert fields_of(asked.text) == set(ActionFilter.base_filters) - set(OFTEN)
    assert 'value="2026-06-01"' in asked.text
    assert "<summary" in asked.text
    assert "autofocus" in asked.text  # whoever opened them goes on from there


def test_an_empty_list_says_what_to_do(w: World, browser_of: BrowserOf) -> None:
    client = browser_of(w.mo)

    assert "There are no actions yet. They come from sources" in text(client.get("/wessex/actions/"))
    assert "No action fits these filters." in text(client.get("/wessex/actions/?overdue=true"))
    assert "These filters cannot be read (agency)" in text(client.get("/wessex/actions/?agency=x"))


def test_the_list_and_its_filters_name_nobody_of_another_board(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")
    action(other, title="Secret of Mercia")

    shown = text(browser_of(w.mo).get(f"/wessex/actions/?owner={other.alice.pk}"))

    assert "0 actions" in shown
    assert "Secret of Mercia" not in shown
    assert f'value="{other.alice.pk}"' not in shown.replace('name="owner"', "")


@pytest.mark.slow
def test_the_list_asks_the_same_questions_however_long_it_is(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    action(w)
    client = browser_of(w.dan)
    for size, queries in ((25, LIST_QUERIES), (100, LIST_QUERIES - NAMES)):
        with django_assert_num_queries(queries):
            client.get(f"/wessex/actions/?page_size={size}")
    for n in (2, 3):
        agency = Agency.objects.create(board=w.board, name=f"Agency {n}", short_name=f"A{n}")
        factories.source(w, f"Review {n}", f"R{n}")
        action(
            w,
            title=f"Action {n}",
            owner=factories.seat(w.board, f"Owner{n}", agency),
            subgroup=Subgroup.objects.create(board=w.board, name=f"Subgroup {n}"),
            priority=factories.priority(w.board, n, f"Priority {n}"),
        )
    for n in range(4, 40):
        action(w, title=f"Action {n}")
    for size, queries in ((25, LIST_QUERIES), (100, LIST_QUERIES - NAMES)):
        with django_assert_num_queries(queries):
            client.get(f"/wessex/actions/?page_size={size}")
        with django_assert_num_queries(TABLE_QUERIES):
            client.get(f"/wessex/actions/?page_size={size}", headers=HTMX)


LIST_QUERIES = 12  # session, user, seat; what it chairs; 5 drop-downs; count, rows; what is restricted
NAMES = 5  # the drop-downs are asked once until something changes
TABLE_QUERIES = 5  # session, user, seat; count, rows
