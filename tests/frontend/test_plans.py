"""Plans and their priorities through their pages, and what is open carried over to the next plan."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import kept, plans
from actions.models import Action, Plan, Priority
from tests.factories import TODAY, World, action, priority, world
from tests.frontend.pages import BrowserOf

pytestmark = pytest.mark.django_db


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
