"""What a chair reads before a meeting: figures in words, each with its list, and no more queries for more of them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions import impact, measures, progress, rollup
from actions.impact import Found
from actions.models import Agency, Commitment, Meeting, Plan, Priority, Seat, Subgroup
from tests.actions.progress import lives
from tests.actions.test_responses import answer, asked, commitment
from tests.factories import TODAY, World, action, priority, seat, source, world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# session, user, seat, roles; groups, whole, commitments, since a day (two); four short lists of decisions needed, and
# what is late, moved and made a difference
QUERIES = 16
LINE = re.compile(r"<dt>(.*?)</dt>\s*<dd class=\"app-value\">(.*?)</dd>", re.DOTALL)


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def signed_in(who: Seat) -> Client:
    client = Client()
    assert who.user
    client.force_login(who.user)
    return client


def read(who: Seat, query: str = "", **headers: str) -> str:
    answer = signed_in(who).get(f"/wessex/summary/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def lines(html: str) -> dict[str, str]:
    return {plain(name): plain(value) for name, value in LINE.findall(html)}


def late(w: World, days: int = 3, **changes: Any) -> Any:
    return action(w, due_on=TODAY - days * DAY, **changes)


def test_an_empty_board_says_what_to_do(w: World) -> None:
    html = read(w.ingrid)

    assert "There is nothing to sum up yet" in html
    assert "data-print" not in html


def test_every_headline_figure_has_its_words(w: World) -> None:
    late(w, 40)
    moved = action(w, due_on=TODAY + 9 * DAY)
    progress.reschedule(moved, due_on=TODAY + 20 * DAY, by=w.bob, reason="Rooms", version=1, today=TODAY)
    progress.finish(action(w), words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    action(w, due_on=None, look_again_on=TODAY + 90 * DAY)
    Commitment.objects.create(board=w.board, number=1, source=source(w), kind="finding", words="Check")

    html = read(w.ingrid)

    assert "1 of 1 made: nothing is planned, done or in place for it" in html
    assert lines(html) == {
        "Commitments made": "1",
        "Not answered by all": "0",
        "No action yet": "1",
        "Under way": "0",
        "Complete": "0",
        "Not to be implemented or referred": "0",
        "Complete, of what was due by now": "0 of 1",
        "Complete, of the whole": "0 of 3",
        "Awaiting check": "1",
        "Continuing": "1",
        "Continuing, confirmed on time": "0",
        "Withdrawn": "0",
        "Overdue": "1",
        "Overdue by two meetings": "1",
        "Needed from the board": "0",
        "No recent update": "0",
        "On hold": "0",
        "Due in the next 12 weeks": "1",
        "On time, by the first date": "0 of 0",
        "On time, by the last date": "0 of 0",
        "Date has moved": "1 of 3",
        "Embedded": "0",
        "Partly embedded": "0",
        "Not effective": "0",
        "Impact check not yet due": "0",
        "Impact check overdue": "0",
        "A step only": "0",
        "Newly overdue": "0",
        "Completed": "0",
        "Dates moved": "1",
        "Opened again": "0",
    }
    assert "1 of 3 counted, the longest by 40 days, no board meetings held since" in html
    assert "1 of 3 have moved; typically 11 days, longest 11 days" in html
    assert "0 of 1 due by now: signed off" in html
    assert "1 continuing, 0 confirmed on time" in html
    assert "As at 3 June 2026" in html


@pytest.mark.slow
def test_each_figure_leads_to_as_many_actions_as_it_says(w: World) -> None:
    late(w, 40)
    late(w, 2, subgroup=None, owner=w.dan)
    action(w, due_on=None, look_again_on=TODAY + 90 * DAY)
    progress.update(action(w), confidence="on_track", words="Half", by=w.alice, version=1, today=TODAY)
    client = signed_in(w.mo)

    seen = {}
    for by in ("priority", "agency", "subgroup"):
        html = client.get(f"/wessex/summary/?by={by}").content.decode()
        for url, count in re.findall(r'href="(/wessex/actions/\?[^"]*)"[^>]*>(\d+)[ \w]*</a>', html):
            page = client.get(url.replace("&amp;", "&")).context["page"]
            seen[url] = (int(count), page.paginator.count)

    assert len(seen) > 12
    assert {url: pair for url, pair in seen.items() if pair[0] != pair[1]} == {}


def test_a_priority_with_nothing_under_way_says_so(w: World) -> None:
    priority(w.board, 2, "Prevention")
    action(w)

    rows = re.findall(r"<tr.*?</tr>", read(w.ingrid), re.DOTALL)

    assert ["Nothing under way" in row for row in rows if "1. Making" in row or "2. Prevention" in row] == [
        False,
        True,
    ]


def test_a_priority_without_a_measure_says_so(w: World) -> None:
    measured = priority(w.board, 2, "Prevention")
    about = {"baseline": Decimal(1), "baseline_on": TODAY, "target": Decimal(2)}
    measures.measure(measured, name="Visits", source="Log", **about, by=w.mo, today=TODAY)
    action(w)

    html = read(w.ingrid)

    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    assert ["No measure." in row for row in rows if "1. Making" in row or "2. Prevention" in row] == [
        True,
        False,
    ]
    assert "“No measure” stands where no number shows yet" in html
    assert "No measure" not in read(w.ingrid, "?by=agency")


def test_after_a_new_plan_begins_the_same_name_stands_twice_only_with_its_plan(w: World) -> None:
    ended = Plan.objects.create(
        board=w.board, name="Plan 2022 to 2025", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31)
    )
    same, unused = (
        Priority.objects.create(board=w.board, plan=ended, number=number, name=name)
        for number, name in ((1, w.priority.name), (2, "Unused"))
    )
    action(w)
    old = late(w, priority=same)

    html = read(w.ingrid)
    api = signed_in(w.dan).get("/api/v1/boards/wessex/rollup/?by=priority").json()["figures"]

    names = ["1. Making safeguarding personal", "1. Making safeguarding personal (Plan 2022 to 2025)"]
    rows = re.findall(
        r'<tr class="govuk-table__row">\s*<th scope="row" class="govuk-table__header"><strong>(.*?)</strong>',
        html,
    )
    assert [unescape(row) for row in rows if "Making" in row or unused.name in row] == names
    assert [(one["name"], one["counted"], one["no_measure"]) for one in api] == [
        (names[0], 1, True),
        (names[1], 1, True),
    ]
    assert f'href="/wessex/actions/?priority={same.pk}&amp;figure=counted"' in html
    assert old.priority == same


def test_what_made_a_difference_is_what_still_holds(w: World) -> None:
    holds, taken_back, at_work = (lives.signed_off(w) for _ in range(3))
    for number, one in enumerate((holds, taken_back, at_work), 1):
        found = Found("embedded" if number < 3 else "partly", "Audit", f"Difference {number}.")
        impact.review({one: 4}, found, by=w.bob, today=TODAY)
    later = TODAY + 90 * DAY
    found = Found("not_effective", "Audit", "Gone again.", reopen_until=later + DAY)
    impact.review({taken_back: 5}, found, by=w.bob, today=later)

    shown = plain(read(w.ingrid))

    assert "Embedded Difference 1. A-1 , checked on 3 June 2026" in shown
    assert "Partly embedded Difference 3. A-3 , checked on 3 June 2026" in shown
    assert "Difference 2." not in shown
    assert "Gone again." not in shown
    assert {
        name: lines(read(w.ingrid))[name] for name in ("Embedded", "Partly embedded", "Not effective")
    } == {
        "Embedded": "1",
        "Partly embedded": "1",
        "Not effective": "1",
    }


def test_a_row_of_the_table_reads_without_colours(w: World) -> None:
    late(w, 2)
    progress.update(action(w), confidence="on_track", words="Half", by=w.alice, version=1, today=TODAY)

    (row,) = [row for row in re.findall(r"<tr.*?</tr>", read(w.ingrid), re.DOTALL) if "1. Making" in row]

    said = plain(row)
    assert said.startswith(
        "1. Making safeguarding personal 1. Making safeguarding personal Complete and evidenced 0, Awaiting check 0, "
        "On track 1, At risk or late 1, Off track 0, Awaiting update 0, On hold or not begun 0 "
        "1 on track 1 at risk or late No measure."
    )
    assert said.endswith(" 2 0 of 1 1 Nothing signed off yet")
    assert re.findall(r'data-label="([^"]+)"', row) == [
        "Counted",
        "Complete, of those due by now",
        "Overdue",
        "Impact of what is signed off",
    ]
    assert "<title>1. Making safeguarding personal</title>" in row
    assert "<desc>Complete and evidenced 0, Awaiting check 0, On track 1, At risk or late 1" in row


def test_what_is_late_moved_and_needed_is_named_with_its_reason(w: World) -> None:
    Meeting.objects.create(
        board=w.board, meets_on=TODAY - 20 * DAY, cut_off_on=TODAY - 34 * DAY, state=Meeting.State.HELD
    )
    asking = late(w, 5, title="Share addresses")
    progress.update(
        asking,
        confidence="at_risk",
        words="The <b>agreement</b> is unsigned.",
        needed_from_board="A letter to the fire service",
        by=w.alice,
        version=1,
        today=TODAY,
    )
    moved = action(w, title="Move a date", due_on=TODAY + DAY)
    progress.reschedule(moved, due_on=TODAY + 9 * DAY, by=w.bob, reason="No room", version=1, today=TODAY)

    html = read(w.ingrid)

    words = plain(html)
    assert "A-1 Share addresses Alice Owner, Police A letter to the fire service" in words
    assert (
        "5 days no meetings held since due 29 May 2026 At risk or late The <b>agreement</b> is unsigned."
        in words
    )
    assert "<b>agreement" not in html
    assert "Dates moved since the board's last meeting, 14 May 2026" in words
    assert "A-2 Move a date Alice Owner, Police 4 Jun 2026 12 Jun 2026 No room" in words


def test_completion_and_impact_of_a_group_stand_side_by_side_each_with_its_list(w: World) -> None:
    checked, step = lives.signed_off(w), lives.signed_off(w)
    impact.review({checked: 4}, Found("embedded", "Audit", "They do."), by=w.bob, today=TODAY)
    type(step).objects.filter(pk=step.pk).update(step_only=True)

    (row,) = [row for row in re.findall(r"<tr.*?</tr>", read(w.ingrid), re.DOTALL) if "1. Making" in row]

    assert plain(row).endswith("1 embedded 1 a step only")
    assert f'href="/wessex/actions/?priority={w.priority.pk}&amp;figure=embedded"' in row


@pytest.mark.slow
def test_decisions_needed_are_named_with_the_reason_and_none_says_so(w: World) -> None:
    assert "Decisions needed" not in read(w.ingrid)
    late(w)
    none = plain(read(w.ingrid))
    lives.asked(w, title="Run it twice")
    held = lives.held(w, title="Wait for the rota")
    type(held).objects.filter(pk=held.pk).update(look_again_on=TODAY - DAY)
    answer(w, asked(w, commitment(w, 9)), says="not_implement", words="It is the council's.")

    words = plain(read(w.ingrid)).split("Decisions needed")[2]

    assert "Nothing waits for a decision" in none
    assert "Nothing waits for a decision" not in words
    assert "Ask every adult Wessex Police: proposes not to implement It is the council's." in words
    assert "Run it twice Alice Owner, Police Until " in words
    assert "Wait for the rota Alice Owner, Police To look again on 2 June 2026." in words


def test_only_the_ten_longest_overdue_are_named_and_a_link_leads_to_all(w: World) -> None:
    for days in range(1, 13):
        late(w, days, title=f"Late by {days}")

    html = read(w.ingrid)

    named = [int(days) for days in re.findall(r"</a> Late by (\d+)", html)]
    assert named == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]
    assert "All 12 overdue" in html


def test_a_grouping_comes_alone_to_htmx_and_in_the_whole_page_without(w: World) -> None:
    action(w)

    part = read(w.ingrid, "?by=agency", **{"HX-Request": "true"})

    assert "Wessex Police" in part
    assert "<html" not in part
    assert "Commitments made" not in part
    assert "Commitments made" in read(w.ingrid, "?by=agency")


def test_by_owner_only_those_who_own_something_are_named(w: World) -> None:
    late(w)

    part = read(w.ingrid, "?by=owner", **{"HX-Request": "true"})

    assert "Alice Owner" in part
    assert "Dan Member" not in part


def test_an_unknown_grouping_is_not_found(w: World) -> None:
    assert signed_in(w.ingrid).get("/wessex/summary/?by=title").status_code == 404


def test_a_stranger_finds_nothing_and_sees_no_other_boards_figures(w: World) -> None:
    other = world("mercia")
    late(other, title="Of another board")
    late(w)

    assert signed_in(other.ingrid).get("/wessex/summary/").status_code == 404
    html = read(w.ingrid)
    assert "Of another board" not in html
    assert lines(html)["Overdue"] == "1"
    assert Client().get("/wessex/summary/").status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize("by", ["priority", "agency", "subgroup", "source", "owner"])
@pytest.mark.parametrize("how_many", [1, 3])
def test_the_number_of_queries_does_not_grow(w: World, by: str, how_many: int) -> None:
    for n in range(how_many):
        everything(w, n)
    client = signed_in(w.ingrid)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/wessex/summary/?by={by}")
        return len(queries)

    once = QUERIES + (by in rollup.COMMITMENT_GROUPS)  # how far the commitments of each have got
    assert (statements(), statements()) == (
        once,
        4,  # session, user, seat, roles: figures and lists are asked once until something changes
    )


def ended_plan(w: World, n: int) -> Priority:
    ended = Plan.objects.create(
        board=w.board, name=f"Plan {n}", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31)
    )
    return Priority.objects.create(board=w.board, plan=ended, number=1, name="Learning")


def everything(w: World, n: int) -> None:
    """One more agency, owner, subgroup, priority and source; an action of each kind that the page lists."""
    agency = Agency.objects.create(board=w.board, name=f"Agency {n}", short_name=f"A{n}")
    owner = seat(w.board, f"Owner{n} Somebody", agency)
    group = Subgroup.objects.create(board=w.board, name=f"Group {n}")
    under = priority(w.board, n + 2, f"Priority {n}")
    said = Commitment.objects.create(
        board=w.board, number=n + 1, source=source(w, f"SAR {n}", f"S{n}"), kind="finding", words="Check"
    )
    about = {"baseline": Decimal(1), "baseline_on": TODAY, "target": Decimal(2)}
    measures.measure(under, name="Visits", source="Log", **about, by=w.mo, today=TODAY)
    mine = {"owner": owner, "subgroup": group, "priority": under, "commitments": (said,)}
    for ended in (False, True):
        checked = lives.signed_off(w, priority=ended_plan(w, n) if ended else under)
        impact.review({checked: 4}, Found("embedded", "Audit", f"{n}."), by=w.bob, today=TODAY)
    asking = late(w, **mine)
    progress.update(
        asking,
        confidence="off_track",
        words="Stuck",
        needed_from_board="Help",
        by=owner,
        version=1,
        today=TODAY,
    )
    lives.asked(w, priority=under, commitments=(said,))
    held = lives.held(w, priority=under, commitments=(said,))
    type(held).objects.filter(pk=held.pk).update(look_again_on=TODAY - DAY)
    answer(w, asked(w, commitment(w, 100 + n)), says="not_implement")
    moved = action(w, **mine)
    progress.reschedule(moved, due_on=TODAY + 90 * DAY, by=w.ingrid, reason="Rooms", version=1, today=TODAY)
