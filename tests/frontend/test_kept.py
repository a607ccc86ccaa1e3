"""Agencies, subgroups, kinds of source: kept by the manager on ordinary pages, and what every such list shares."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import kept, meetings
from actions.meetings import Wanted
from actions.models import Agency, Meeting, SourceKind, Subgroup
from tests.factories import TODAY, World, action, priority, world
from tests.frontend.pages import BrowserOf

pytestmark = pytest.mark.django_db

LISTS = ["agencies", "subgroups", "source-kinds", "meetings", "plans"]
EVERYBODY = ["mo", "ingrid", "bob", "carol", "alice", "dan"]
QUERIES = {  # session, user, seat, what it chairs; then its own
    "agencies": 5,
    "subgroups": 6,
    "source-kinds": 5,
    "meetings": 8,
    "plans": 7,  # their measures
}


# -- the three lists -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", LISTS)
def test_everybody_reads_and_the_manager_alone_keeps(
    w: World, browser_of: BrowserOf, name: str, who: str
) -> None:
    client = browser_of(getattr(w, who))
    address = f"/wessex/{name}/"

    page = client.get(address)

    assert page.status_code == 200
    keeps = who == "mo" or (who, name) == ("bob", "meetings")
    assert (
        "<form method" in page.text.partition("<main")[2].partition("</main>")[0] or "?start=1" in page.text
    ) == keeps
    if not keeps and name != "plans":
        assert client.post(address, {"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_finds_nothing(w: World, browser_of: BrowserOf, name: str) -> None:
    other = world("mercia")

    assert browser_of(other.mo).get(f"/wessex/{name}/").status_code == 404
    assert Client().get(f"/wessex/{name}/").status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "row"),
    [
        ("agencies/?change={}", "police"),
        ("agencies/?remove={}", "police"),
        ("subgroups/?change={}", "subgroup"),
        ("source-kinds/?remove={}", "sar"),
        ("plans/?priority={}", "priority"),
        ("plans/?remove_priority={}", "priority"),
    ],
)
def test_another_boards_row_is_not_found_and_a_member_is_told_whose_it_is(
    w: World, browser_of: BrowserOf, mo: Client, address: str, row: str
) -> None:
    theirs, own = getattr(world("mercia"), row), getattr(w, row)

    for pk in (theirs.pk, 0, "x", "9" * 30):
        assert mo.get(f"/wessex/{address.format(pk)}").status_code == 404
        assert mo.post(f"/wessex/{address.format(pk)}", {"name": "Taken"}).status_code == 404
    refused = browser_of(w.dan).get(f"/wessex/{address.format(own.pk)}")
    assert (refused.status_code, "board manager" in refused.text) == (403, True)


def test_an_agency_is_added_changed_and_removed(w: World, mo: Client) -> None:
    mo.post("/wessex/agencies/", {"name": "Wessex Fire", "short_name": "Fire", "attendance": "papers"})
    fire = Agency.objects.get(name="Wessex Fire")
    given = {"name": "Wessex Fire", "short_name": "FRS", "attendance": "attends", "saw": kept.mark(fire)}
    changed = mo.post(f"/wessex/agencies/?change={fire.pk}", given, follow=True)
    fire.refresh_from_db()
    asked = mo.get(f"/wessex/agencies/?remove={fire.pk}")
    gone = mo.post(f"/wessex/agencies/?remove={fire.pk}", {"saw": kept.mark(fire)}, follow=True)

    assert "“Wessex Fire” is saved." in changed.text
    assert (fire.short_name, fire.attendance) == ("FRS", "attends")
    assert "Remove it" in asked.text
    assert "“Wessex Fire” is removed." in gone.text
    assert [e.verb for e in w.board.events.order_by("seq")] == ["keep_agency", "keep_agency", "remove_agency"]


def test_the_boards_name_is_changed_from_the_page_of_setting_up(w: World, mo: Client) -> None:
    setup = mo.get("/wessex/setup/").text
    form = mo.get("/wessex/setup/board/").context["form"]

    given = {"name": "Wessex and Coast", "division": "WLS", "saw": form["saw"].value()}
    changed = mo.post("/wessex/setup/board/", given, follow=True)
    nameless = mo.post("/wessex/setup/board/", given | {"name": " "})
    late = mo.post("/wessex/setup/board/", given | {"name": "Coast"})

    assert 'href="/wessex/setup/board/"' in setup
    assert "“Wessex and Coast” is saved." in changed.text
    assert [answer.status_code for answer in (nameless, late)] == [422, 409]
    assert 'value="Coast"' in late.text


def test_what_is_wrong_is_said_and_what_was_typed_stays(w: World, mo: Client) -> None:
    answer = mo.post(
        "/wessex/agencies/", {"name": "Wessex Police", "short_name": "Old Bill", "attendance": "papers"}
    )

    assert answer.status_code == 422
    assert "This board has “Wessex Police” already" in answer.text
    assert 'value="Old Bill"' in answer.text


def test_the_second_of_two_who_save_sees_what_stands_keeps_what_was_typed_and_may_mean_it(
    w: World, mo: Client
) -> None:
    address = f"/wessex/subgroups/?change={w.subgroup.pk}"
    seen = kept.mark(w.subgroup)
    mo.post(address, {"name": "Learning", "saw": seen})

    second = mo.post(address, {"name": "Reviews", "saw": seen})
    mark = kept.mark(Subgroup.objects.get())

    assert second.status_code == 409
    assert "It now says: Learning" in second.text
    assert 'value="Reviews"' in second.text
    assert f'value="{mark}"' in second.text
    assert mo.post(address, {"name": "Reviews", "saw": mark}).status_code == 302


def test_what_is_in_use_says_by_what_and_offers_no_removal(w: World, mo: Client) -> None:
    action(w)
    page = mo.get("/wessex/agencies/").text
    asked = mo.get(f"/wessex/agencies/?remove={w.police.pk}").text
    forced = mo.post(f"/wessex/agencies/?remove={w.police.pk}", {"saw": kept.mark(w.police)})

    assert "2 people and 1 action" in page
    assert f"?remove={w.police.pk}" not in page
    assert "It is in use: 2 people and 1 action" in asked
    assert "Remove it</button>" not in asked
    assert (forced.status_code, Agency.objects.count()) == (422, 2)


def test_an_empty_board_says_what_to_do(w: World, mo: Client) -> None:
    SourceKind.objects.all().delete()

    assert "A document cannot be taken in without one" in mo.get("/wessex/source-kinds/").text
    meetings_page = mo.get("/wessex/meetings/").text
    assert "There are no meetings yet" in meetings_page
    assert "None in the last year" not in meetings_page


def test_papers_that_close_on_the_usual_day_move_along_and_a_chosen_day_stays(w: World, mo: Client) -> None:
    usual, chosen = meetings.add(
        [Wanted(date(2026, 7, 9)), Wanted(date(2026, 9, 9), date(2026, 9, 1))],
        subgroup=None,
        by=w.mo,
        today=TODAY,
    )

    def papers(one: Meeting) -> Any:
        return mo.get(f"/wessex/meetings/{one.pk}/?do=move").context["form"]["cut_off_on"].value()

    assert (papers(usual), papers(chosen)) == (None, date(2026, 9, 1))
    mo.post(
        f"/wessex/meetings/{usual.pk}/?do=move",
        {"meets_on": "2026-08-06", "cut_off_on": "", "saw": kept.mark(usual)},
    )
    usual.refresh_from_db()
    assert (usual.meets_on, usual.cut_off_on) == (date(2026, 8, 6), date(2026, 7, 23))


def test_from_list_to_list_a_new_board_is_led_on(w: World, mo: Client) -> None:
    found = {name: mo.get(f"/wessex/{name}/").text for name in ("agencies", "subgroups")}

    assert '<a class="govuk-link" href="/wessex/subgroups/">Go on to subgroups</a>' in found["agencies"]
    assert '<a class="govuk-link" href="/wessex/people/">Go on to people</a>' in found["subgroups"]
    assert all('href="#id_name"' in page for page in found.values())


# -- no page grows -------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("many", [1, 3])
def test_each_list_asks_the_same_questions_with_one_and_three(
    w: World, mo: Client, name: str, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(many):
        Agency.objects.create(board=w.board, name=f"Agency {n}", short_name=f"A{n}")
        group = Subgroup.objects.create(board=w.board, name=f"Group {n}")
        SourceKind.objects.create(board=w.board, slug=f"k{n}", name=f"Kind {n}")
        under = priority(w.board, n + 2, f"Priority {n}")
        days = [Wanted(date(2026, 7, 9)), Wanted(date(2026, 5, 9))]
        meetings.add(days, subgroup=group, by=w.mo, today=TODAY)
        action(w, subgroup=group, priority=under)
    mo.get(f"/wessex/{name}/")

    with django_assert_num_queries(QUERIES[name]):
        mo.get(f"/wessex/{name}/")
