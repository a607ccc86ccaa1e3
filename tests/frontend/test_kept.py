"""Agencies, subgroups, kinds of source, meetings, plans: kept by the manager on ordinary pages, read by everybody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import kept, meetings, plans
from actions.meetings import Wanted
from actions.models import Action, Agency, Meeting, Plan, Priority, Seat, SourceKind, Subgroup
from tests.factories import TODAY, World, action, priority, world

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[Seat], Client]

LISTS = ["agencies", "subgroups", "source-kinds", "meetings", "plans"]
EVERYBODY = ["mo", "ingrid", "bob", "carol", "alice", "dan"]
QUERIES = {  # session, user, seat, what it chairs; then its own
    "agencies": 5,
    "subgroups": 6,
    "source-kinds": 5,
    "meetings": 8,
    "plans": 7,  # their measures
}


@pytest.fixture
def mo(w: World, browser_of: BrowserOf) -> Client:
    return browser_of(w.mo)


# -- the three lists -----------------------------------------------------------------------------------------


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


# -- meetings ------------------------------------------------------------------------------------------------


RUN = {"of": "board", "first": "2026-07-09", "every": "3", "times": "3"}


def test_a_run_of_meetings_is_shown_first_then_added(w: World, mo: Client) -> None:
    shown = mo.post("/wessex/meetings/", RUN)
    assert Meeting.objects.count() == 0
    for day in ("2026-07-09", "2026-06-25", "2026-10-08", "2026-09-24", "2027-01-14", "2026-12-30"):
        assert f'value="{day}"' in shown.text

    rows = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "3",
        "form-0-meets_on": "2026-07-09",
        "form-0-cut_off_on": "2026-06-30",
        "form-1-meets_on": "2026-10-08",
    }
    answer = mo.post("/wessex/meetings/", RUN | rows, follow=True)

    assert "2 meetings are added." in answer.text
    assert list(Meeting.objects.values_list("meets_on", "cut_off_on", "subgroup")) == [
        (date(2026, 7, 9), date(2026, 6, 30), None),
        (date(2026, 10, 8), date(2026, 9, 24), None),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first": "2026-02-31"}, "Enter a real date"),
        ({"first": "0001-02-03"}, "Check the year"),
        ({"times": "13"}, "Add up to 12 at once"),
        ({"times": ""}, "Say how many"),
        ({"of": "7"}, "Select a valid choice"),
    ],
)
def test_a_run_that_cannot_be_read_is_refused(
    w: World, mo: Client, changes: dict[str, str], says: str
) -> None:
    answer = mo.post("/wessex/meetings/", RUN | changes)

    assert (answer.status_code, says in answer.text, Meeting.objects.count()) == (422, True, 0)


def test_a_day_that_is_taken_refuses_the_whole_run_and_keeps_what_was_typed(w: World, mo: Client) -> None:
    meetings.add([Wanted(date(2026, 7, 9))], subgroup=None, by=w.mo, today=TODAY)
    rows = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-meets_on": "2026-08-09",
        "form-1-meets_on": "2026-07-09",
    }

    answer = mo.post("/wessex/meetings/", RUN | rows)

    assert (answer.status_code, Meeting.objects.count()) == (422, 1)
    assert "The board has a meeting on 9 July 2026 already" in answer.text
    assert 'value="2026-08-09"' in answer.text


def test_a_meeting_is_moved_held_corrected(w: World, mo: Client) -> None:
    one = meetings.add([Wanted(date(2026, 5, 7))], subgroup=w.subgroup, by=w.mo, today=TODAY)[0]
    address = f"/wessex/meetings/{one.pk}/"

    def step(name: str, **given: Any) -> Any:
        one.refresh_from_db()
        return mo.post(f"{address}?do={name}", given | {"saw": kept.mark(one)}, follow=True)

    assert "Was it held?" in mo.get("/wessex/meetings/").text
    assert (
        "Learning and Review, 14 May 2026: this is its new day." in step("move", meets_on="2026-05-14").text
    )
    assert "more than five years away" in step("move", meets_on="0001-01-02").text
    assert "moved from 7 May 2026" in mo.get("/wessex/meetings/").text
    assert "marked as held" in step("hold", held_on="2026-05-14").text
    assert "no longer fits" in step("cancel", reason="Quorum").text
    wrong = {"meets_on": "2026-05-14", "cut_off_on": "2026-04-29", "state": "cancelled"}
    assert "Say what was wrong" in step("correct", **wrong, reason="").text
    assert "corrected; the trail keeps" in step("correct", **wrong, reason="Not quorate").text
    one.refresh_from_db()
    assert one.state == "cancelled"


def test_a_subgroups_chair_keeps_its_meetings_and_is_offered_no_others(
    w: World, browser_of: BrowserOf
) -> None:
    boards = meetings.add([Wanted(date(2026, 7, 9))], subgroup=None, by=w.mo, today=TODAY)[0]
    own = meetings.add([Wanted(date(2026, 7, 9))], subgroup=w.subgroup, by=w.mo, today=TODAY)[0]
    bob = browser_of(w.bob)

    page = bob.get("/wessex/meetings/").text

    assert f"/meetings/{own.pk}/?do=move" in page
    assert f"/meetings/{boards.pk}/?do=" not in page
    assert 'value="board"' not in page
    assert bob.post("/wessex/meetings/", RUN).status_code == 422
    assert bob.get(f"/wessex/meetings/{boards.pk}/?do=move").status_code == 403
    assert bob.get(f"/wessex/meetings/{own.pk}/?do=move").status_code == 200
    assert browser_of(world("mercia").mo).get(f"/mercia/meetings/{own.pk}/?do=move").status_code == 404
    assert bob.get(f"/wessex/meetings/{own.pk}/").status_code == 200


# -- plans ---------------------------------------------------------------------------------------------------


def new_plan(w: World) -> Plan:
    return plans.start_plan(
        name="Next plan",
        starts_on=date(2028, 4, 1),
        ends_on=date(2031, 3, 31),
        priorities=["Prevention", "making safeguarding PERSONAL"],
        by=w.mo,
        today=TODAY,
    )


def test_a_plan_is_started_with_its_priorities(w: World, mo: Client) -> None:
    given = {
        "name": "Next plan",
        "starts_on": "2028-04-01",
        "ends_on": "2031-03-31",
        "priorities": "Prevention\r\n\r\nVoice",
    }
    wrong = mo.post("/wessex/plans/?start=1", given | {"ends_on": "2027-03-31"})
    right = mo.post("/wessex/plans/?start=1", given, follow=True)

    assert (wrong.status_code, "Prevention" in wrong.text) == (422, True)
    assert "“Next plan” is started." in right.text
    assert [str(p) for p in Priority.objects.filter(plan__name="Next plan")] == ["1. Prevention", "2. Voice"]


def test_of_two_priorities_with_one_name_the_page_says_which(w: World, mo: Client) -> None:
    given = {"name": "P", "starts_on": "2028-04-01", "ends_on": "2031-03-31", "saw": ""}

    page = mo.post(
        "/wessex/plans/?start=1", given | {"priorities": "Hear the adult\nPrevent\nhear the adult"}
    )

    assert (page.status_code, Plan.objects.count()) == (422, 1)
    assert "“hear the adult” stands there twice. Give each priority a name of its own." in page.text
    assert ">Cancel</a>" in page.text


def test_a_plan_that_runs_says_what_becomes_of_its_actions(w: World, mo: Client) -> None:
    action(w, priority=w.priority)

    assert "this page offers to carry it over" in mo.get("/wessex/plans/").text


def test_a_priority_is_added_changed_and_removed(w: World, mo: Client) -> None:
    plan = w.priority.plan
    assert 'value="2"' in mo.get(f"/wessex/plans/?add={plan.pk}").text
    mo.post(f"/wessex/plans/?add={plan.pk}", {"number": "2", "name": "Voice"})
    voice = Priority.objects.get(name="Voice")
    mo.post(f"/wessex/plans/?priority={voice.pk}", {"number": "1", "name": "Voices", "saw": kept.mark(voice)})
    voice.refresh_from_db()
    w.priority.refresh_from_db()
    assert (str(voice), w.priority.number) == ("1. Voices", 2)

    mo.post(f"/wessex/plans/?remove_priority={voice.pk}", {"saw": kept.mark(voice)})

    assert not Priority.objects.filter(pk=voice.pk).exists()


def test_what_is_open_is_carried_over_in_one_list_with_same_names_chosen(w: World, mo: Client) -> None:
    second = priority(w.board, 2, "Old heading")
    same, other = action(w, title="Same"), action(w, title="Other", priority=second)
    plan = new_plan(w)
    address = f"/wessex/plans/{w.priority.plan.pk}/carry-over/"
    wanted = {p.number: p for p in plan.priorities.all()}

    page = mo.get(address).text
    unsaid = mo.post(address, {f"a{same.number}": wanted[2].pk, f"a{other.number}": ""})
    done = mo.post(address, {f"a{same.number}": wanted[2].pk, f"a{other.number}": "stays"}, follow=True)

    assert page.count(" selected>") == 2
    assert f'<option value="{wanted[2].pk}" selected>' in page
    assert unsaid.status_code == 422
    assert "Choose a priority, or that it stays" in unsaid.text
    assert "1 action carried over to “Next plan”; 1 stays." in done.text
    assert dict(Action.objects.values_list("title", "priority")) == {"Same": wanted[2].pk, "Other": second.pk}
    assert '<option value="stays" selected>' in mo.get(address).text


def test_carrying_over_is_the_managers_and_needs_a_later_plan(
    w: World, browser_of: BrowserOf, mo: Client
) -> None:
    action(w)
    address = f"/wessex/plans/{w.priority.plan.pk}/carry-over/"
    theirs = world("mercia").priority.plan

    assert "Start the new plan first" in mo.get(address).text
    assert mo.get(f"{address}?to={theirs.pk}").status_code == 404
    assert mo.get(f"/wessex/plans/{theirs.pk}/carry-over/").status_code == 404
    for who in ("ingrid", "bob", "carol", "alice", "dan"):
        assert browser_of(getattr(w, who)).get(address).status_code == 403


# -- no page grows -------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_to_carry_over_does_not_grow_either(
    w: World, mo: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(many):
        action(w, priority=priority(w.board, n + 2, f"Priority {n}"))
    new_plan(w)
    address = f"/wessex/plans/{w.priority.plan.pk}/carry-over/"
    mo.get(address)

    with django_assert_num_queries(9):
        mo.get(address)
