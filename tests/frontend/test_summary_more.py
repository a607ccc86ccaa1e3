"""The other ways to look at a board's figures: agency by priority, in a period, month by month, since a day."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions import progress, rollup
from actions.models import Meeting
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, priority, world
from tests.frontend.test_summary import everything, plain, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LINK = re.compile(r'<a class="govuk-link" href="(/wessex/actions/\?[^"]*)" aria-label="(\d+)')


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def read(w: World, path: str, **headers: str) -> str:
    answer = signed_in(w.ingrid).get(f"/wessex/summary/{path}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def row_of(html: str, name: str) -> str:
    return next(plain(row) for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if f">{name}<" in row)


def found_by(w: World, url: str) -> int:
    page = signed_in(w.mo).get(url.replace("&amp;", "&")).context["page"]
    return int(page.paginator.count)


# -- agency by priority -----------------------------------------------------------------------------------------


def test_each_cell_says_how_many_are_complete_and_what_wants_attention_most(w: World) -> None:
    priority(w.board, 2, "Prevention")
    lives.signed_off(w)
    action(w, due_on=TODAY - 40 * DAY)
    action(w, due_on=None, look_again_on=TODAY + 90 * DAY)

    html = read(w, "grid/")

    assert row_of(html, "Wessex Police") == (
        "Wessex Police 1 of 2 complete 1 off track 1 continuing – nothing planned "
        "1 of 2 complete 1 off track 1 continuing"
    )
    assert row_of(html, "Wessex Council") == f"Wessex Council{' – nothing planned' * 3}"
    assert row_of(html, "All agencies").startswith("All agencies 1 of 2 complete 1 off track 1 continuing")
    assert html.count("app-grid__cell--red") == 4
    assert "style=" not in html.split("<main")[1]


def test_each_cell_leads_to_exactly_its_actions(w: World) -> None:
    second = priority(w.board, 2, "Prevention")
    action(w)
    action(w, owner=w.dan, priority=second)
    action(w, owner=w.mo, priority=second, subgroup=None)
    action(w, due_on=None, look_again_on=TODAY + 90 * DAY)
    nothing = action(w)
    type(nothing).objects.filter(pk=nothing.pk).update(priority=None)

    html = read(w, "grid/")

    cells = re.findall(r'href="([^"]*)" aria-label="(?:\d+ of )?(\d+) (?:complete|continuing)', html)
    # cells, agencies, priorities, the whole; continuing work in four of them
    assert len(cells) == 4 + 3 + 3 + 1 + 4
    assert {url: found_by(w, url) for url, _ in cells} == {url: int(count) for url, count in cells}


def test_a_board_with_nothing_planned_has_no_grid(w: World) -> None:
    html = read(w, "grid/")

    assert "no action has been planned" in html
    assert "<table" not in html


# -- in a period ------------------------------------------------------------------------------------------------


def test_a_period_is_asked_for_by_its_days_and_each_count_leads_to_its_actions(w: World) -> None:
    moved = action(w)
    progress.reschedule(moved, due_on=TODAY + 60 * DAY, by=w.bob, reason="Rooms", version=1, today=TODAY)
    lives.signed_off(w)
    action(w, owner=w.mo, subgroup=None)

    html = read(w, f"period/?first={TODAY}&last={TODAY}&by=agency")

    assert "From 3 June 2026 to 3 June 2026" in html
    assert row_of(html, "Wessex Police") == "Wessex Police 2 1 1 1 0 0 0"
    assert row_of(html, "No agency") == "No agency 1 0 0 0 0 0 0"
    links = LINK.findall(html)
    assert len(links) == 4 + 4 + 1
    assert {url: found_by(w, url) for url, _ in links} == {url: int(count) for url, count in links}


def test_without_days_it_is_this_quarter_and_others_are_a_click_away(w: World) -> None:
    html = read(w, "period/")

    assert "From 1 April 2026 to 3 June 2026" in html
    assert "Nothing happened to any action in that time." in html
    assert re.findall(r'href="\?(first=[^&]*&amp;last=[^&]*)&amp;by=priority">([^<]*)', html)[:4] == [
        ("first=2026-04-01&amp;last=2026-06-03", "This quarter"),
        ("first=2026-01-01&amp;last=2026-03-31", "Last quarter"),
        ("first=2026-04-01&amp;last=2026-06-03", "This year, from April"),
        ("first=2025-04-01&amp;last=2026-03-31", "Last year, to March"),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first=2026-05-01&last=2026-04-01", "The period ends before it begins. Choose a later day."),
        ("first=soon&last=2026-04-01", "Enter a valid date."),
        ("first=2026-05-01", "This field is required."),
    ],
)
def test_a_period_that_cannot_be_names_the_place_and_keeps_what_was_typed(
    w: World, query: str, said: str
) -> None:
    html = read(w, f"period/?{query}")

    assert said in html
    assert "There is a problem" in html
    assert f'value="{query.split("=")[1].split("&")[0]}"' in html
    assert "<table" not in html


def test_a_grouping_of_a_period_comes_alone_to_htmx(w: World) -> None:
    action(w)

    part = read(w, f"period/?first={TODAY}&last={TODAY}&by=owner", **{"HX-Request": "true"})

    assert "<html" not in part
    assert row_of(part, "Alice Owner") == "Alice Owner 1 0 0 0 0 0 0"
    assert signed_in(w.ingrid).get("/wessex/summary/period/?by=title").status_code == 404


# -- month by month ---------------------------------------------------------------------------------------------


def test_the_trend_reads_as_a_table_and_says_what_was_not_kept(w: World, time_machine: Any) -> None:
    lives.signed_off(w)
    rollup.months.keep(w.board, date(2026, 3, 31))
    action(w, due_on=TODAY - 40 * DAY)
    rollup.months.keep(w.board, date(2026, 5, 31))

    html = read(w, "trend/")

    assert row_of(html, "31 March 2026").startswith(
        "31 March 2026 0 of 0 due by now complete; 1 of 1 counted"
    )
    assert row_of(html, "30 April 2026").endswith("Not kept")
    assert row_of(html, "31 May 2026").endswith("1 0 0 0 1 0 0 1 0 0 of 1")
    assert len(re.findall(r'<rect class="app-tone app-tone--\w+" x="\d+" y=', html)) == 3
    assert "style=" not in html.split("<main")[1]


def test_before_the_first_month_has_ended_the_trend_says_when_it_begins(w: World) -> None:
    action(w)

    assert "The first stands here on the first day of next month." in read(w, "trend/")


# -- since a day ------------------------------------------------------------------------------------------------


def test_the_summary_says_what_has_moved_since_the_last_meeting_with_ways_to_it(w: World) -> None:
    Meeting.objects.create(
        board=w.board, meets_on=TODAY - 20 * DAY, cut_off_on=TODAY - 34 * DAY, state="held"
    )
    action(w, due_on=TODAY - 30 * DAY)
    action(w, due_on=TODAY - 3 * DAY)
    lives.signed_off(w)
    again = lives.signed_off(w)
    about = {"cause": "evidence", "words": "Not so", "due_on": TODAY + 60 * DAY}
    progress.reopen(again, by=w.bob, version=4, today=TODAY, **about)

    section = read(w, "").split('id="different-heading"')[1].split("</dl>")[0]

    assert "the board's last meeting, 14 May 2026" in section
    assert re.findall(r"<dt>(.*?)</dt>", section) == [
        "Newly overdue",
        "Completed",
        "Dates moved",
        "Opened again",
    ]
    links = LINK.findall(section)
    assert [int(count) for _, count in links] == [1, 2, 1, 1]
    assert {url: found_by(w, url) for url, _ in links} == {url: int(count) for url, count in links}


def test_the_day_since_when_can_be_chosen_and_one_that_cannot_be_is_told(w: World) -> None:
    action(w, due_on=TODAY - 30 * DAY)

    chosen, wrong = read(w, "?since=2026-05-01"), read(w, "?since=soon")

    assert "What has moved since 1 May 2026" in chosen
    assert 'aria-label="1 Newly overdue since 1 May 2026"' in chosen
    assert "Enter a valid date." in wrong
    assert 'value="soon"' in wrong


# -- all of them ------------------------------------------------------------------------------------------------

PAGES = {
    "grid/": 5,
    "period/": 6,
    "trend/": 6,
}  # session, user, seat, roles; figures (of a period two sets), papers


@pytest.mark.slow
@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow(w: World, path: str, how_many: int) -> None:
    for n in range(how_many):
        everything(w, n)
    for month in range(1, how_many + 1):
        rollup.months.keep(w.board, date(2026, month + 1, 1) - DAY)
    client = signed_in(w.ingrid)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/wessex/summary/{path}")

    assert len(queries) == PAGES[path]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_finds_nothing(w: World, path: str) -> None:
    other = world("mercia")

    assert signed_in(other.ingrid).get(f"/wessex/summary/{path}").status_code == 404
    assert Client().get(f"/wessex/summary/{path}").status_code == 302
