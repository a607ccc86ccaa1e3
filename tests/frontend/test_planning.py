"""From commitments to actions: several at once, all or none, and nothing typed is lost."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actions import progress
from actions.intake import review
from actions.models import Action, Answer, Commitment, Document
from frontend.forms.planning import short
from tests.actions.intake.test_review import RETURN, starting
from tests.actions.intake.test_taking import take
from tests.actions.test_responses import decided
from tests.factories import TODAY, World, seat, world

pytestmark = pytest.mark.django_db
PLAN = "/wessex/sources/S-1/plan/"


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def document(w: World) -> Document:
    return take(w, RETURN).document


@pytest.fixture
def mo(w: World, client: Client) -> Client:
    client.force_login(w.mo.user)
    return client


def kept(w: World, document: Document, count: int) -> list[Commitment]:
    seen = [
        (p.pk, p.version) for p in document.proposals.filter(kind="planned_work", state="waiting")[:count]
    ]
    return review.keep_many(document, seen, by=w.mo, today=TODAY, priority=w.priority)


def block(commitment: Commitment, owner: Any, /, **changes: Any) -> dict[str, Any]:
    given = {
        "commitment": commitment.number,
        "answered": 0,
        "title": "Brief the sergeants",
        "owner": owner.pk,
    }
    return given | {"due_on": "2027-03-31", "look_again_on": "", "subgroup": "", "priority": ""} | changes


def sent(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {f"form-{n}-{name}": value for n, one in enumerate(blocks) for name, value in one.items()}
    return {"form-TOTAL_FORMS": len(blocks), "form-INITIAL_FORMS": 0} | named | more


def test_what_has_no_action_is_offered_to_tick(w: World, document: Document, mo: Client) -> None:
    one, two = kept(w, document, 2)
    mo.post(PLAN, sent(block(one, w.alice)))

    page = mo.get(PLAN).text

    assert re.findall(r'name="commitment" value="(\d+)"', page) == [str(two.number)]


def test_what_the_board_decided_against_is_not_offered_nor_counted_as_waiting(
    w: World, document: Document, mo: Client
) -> None:
    one, two = kept(w, document, 2)
    decided(w, one)

    page, sources = mo.get(PLAN).text, mo.get("/wessex/sources/")

    assert re.findall(r'name="commitment" value="(\d+)"', page) == [str(two.number)]
    assert [source.unplanned for source in sources.context["page"]] == [1]


def test_what_has_only_a_withdrawn_action_is_offered_again(w: World, document: Document, mo: Client) -> None:
    (one,) = kept(w, document, 1)
    mo.post(PLAN, sent(block(one, w.alice)))
    progress.withdraw(Action.objects.get(), kind="error", words="Not ours", by=w.mo, version=1, today=TODAY)

    page = mo.get(PLAN).text

    assert re.findall(r'name="commitment" value="(\d+)"', page) == [str(one.number)]


def test_nothing_ticked_is_told(w: World, document: Document, mo: Client) -> None:
    kept(w, document, 1)

    page = mo.get(f"{PLAN}?chosen=1")

    assert (page.status_code, "Tick at least one commitment to plan." in page.text) == (422, True)


def test_a_block_begins_with_the_words_the_printed_date_and_the_agency(
    w: World, document: Document, mo: Client
) -> None:
    kept(w, document, 1)

    page = mo.get(f"{PLAN}?commitment=1").text

    assert "We will brief every custody sergeant by June 2026</textarea>" in page
    assert 'name="form-0-due_on" value="2026-06-30"' in page
    assert "“June 2026”, read as 30 June 2026 (the end of that month)." in page
    assert re.findall(r'<optgroup label="([^"]*)"', page) == ["Wessex Police", "Wessex Council", "No agency"]
    assert f'<option value="{w.priority.pk}" selected>' in page


def test_several_are_planned_at_once(w: World, document: Document, mo: Client) -> None:
    one, two = kept(w, document, 2)

    answer = mo.post(
        PLAN,
        sent(
            block(one, w.alice, due_on="2026-06-30", subgroup=w.subgroup.pk, priority=w.priority.pk),
            block(one, w.carol, title="Write the guidance"),
            block(two, w.bob, due_on="", look_again_on="2026-12-01"),
        ),
        follow=True,
    )

    assert answer.redirect_chain == [("/wessex/sources/S-1/", 302)]
    assert "3 actions are planned: A-1 to A-3." in answer.text
    columns = ("title", "owner__name", "due_on", "due_precision", "due_words", "look_again_on", "subgroup")
    assert list(Action.objects.order_by("number").values_list(*columns)) == [
        ("Brief the sergeants", "Alice Owner", date(2026, 6, 30), "month", "June 2026", None, w.subgroup.pk),
        ("Write the guidance", "Carol Lead", date(2027, 3, 31), "day", "", None, None),
        ("Brief the sergeants", "Bob Chair", None, "continuing", "", date(2026, 12, 1), None),
    ]
    assert list(Answer.objects.order_by("action__number").values_list("commitment", flat=True)) == [
        one.pk,
        one.pk,
        two.pk,
    ]


def test_an_error_in_one_block_plans_none_and_keeps_everything(
    w: World, document: Document, mo: Client
) -> None:
    one, two = kept(w, document, 2)

    answer = mo.post(
        PLAN,
        sent(block(one, w.alice, title="Typed by hand"), block(two, w.bob, owner="", due_on="31/02/2027")),
    )

    assert (answer.status_code, Action.objects.count()) == (422, 0)
    links = re.findall(r'<li><a href="(#[^"]+)">([^<]+)</a>', answer.text)
    assert links == [
        ("#id_form-1-owner", "Action 2, Owner: Choose who will do it."),
        ("#id_form-1-due_on", "Action 2, Due: Enter a real date, such as 31/3/2027."),
    ]
    assert "Typed by hand</textarea>" in answer.text
    assert 'value="31/02/2027"' in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "Say in a line what will be done."),
        ({"title": "x" * 301}, "at most 300"),
        ({"due_on": ""}, "Give a due date, or a day to look again"),
        ({"due_on": "2026-06-31"}, "Enter a real date"),
        ({"look_again_on": "2027-01-01"}, "not both"),
        ({"owner": "0"}, "Choose an owner who has a seat on this board."),
        ({"owner": "x"}, "Choose an owner who has a seat on this board."),
        ({"subgroup": "999999"}, "Choose one of this board&#x27;s subgroups."),
        ({"priority": "999999"}, "Choose one of this board&#x27;s priorities."),
        ({"commitment": "77"}, "was put back or is not of this source"),
        ({"answered": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(
    w: World, document: Document, mo: Client, changes: dict[str, str], says: str
) -> None:
    [one] = kept(w, document, 1)

    answer = mo.post(PLAN, sent(block(one, w.alice, **changes)))

    assert (answer.status_code, Action.objects.count()) == (422, 0)
    assert says in answer.text


def test_people_and_places_of_another_board_are_errors_of_their_fields(
    w: World, document: Document, mo: Client
) -> None:
    [one] = kept(w, document, 1)
    other = world("mercia")
    left = seat(w.board, "Lea Left", w.police, left_on=date(2026, 1, 1))

    for changes in (
        {"owner": other.alice.pk},
        {"owner": left.pk},
        {"subgroup": other.subgroup.pk},
        {"priority": other.priority.pk},
    ):
        assert mo.post(PLAN, sent(block(one, w.alice, **changes))).status_code == 422
    page = mo.get(f"{PLAN}?commitment=1").text

    assert Action.objects.count() == 0
    assert "Mercia" not in page
    assert "Lea Left" not in page


def test_a_form_sent_twice_plans_once_and_meant_again_plans_another(
    w: World, document: Document, mo: Client
) -> None:
    [one] = kept(w, document, 1)
    form = sent(block(one, w.alice))
    first = mo.post(PLAN, form)

    second = mo.post(PLAN, form)

    assert (first.status_code, second.status_code, Action.objects.count()) == (302, 409, 1)
    assert "has got an action since you opened the page" in second.text
    assert "A-1 Brief the sergeants" in second.text
    assert "Brief the sergeants</textarea>" in second.text
    answered = re.search(r'name="form-0-answered" value="(\d)"', second.text)
    assert answered is not None
    meant = mo.post(PLAN, sent(block(one, w.alice, answered=answered[1])))
    assert (meant.status_code, Action.objects.count()) == (302, 2)


def test_what_was_put_back_meanwhile_cannot_be_planned(w: World, document: Document, mo: Client) -> None:
    [one] = kept(w, document, 1)
    review.put_back(starting(document, "We will brief"), by=w.mo, version=2, today=TODAY)

    answer = mo.post(PLAN, sent(block(one, w.alice)))

    assert (answer.status_code, Action.objects.count()) == (422, 0)
    assert "was put back" in answer.text


def test_another_block_for_the_same_commitment_and_one_left_out_keep_what_was_typed(
    w: World, document: Document, mo: Client
) -> None:
    one, two = kept(w, document, 2)
    blocks = (block(one, w.alice, title="First typed", owner=""), block(two, w.bob, title="Second typed"))

    more = mo.post(PLAN, sent(*blocks, add="0")).text
    less = mo.post(PLAN, sent(*blocks, drop="0"), headers={"HX-Request": "true"}).text

    assert re.findall(r'name="form-\d-commitment" value="(\d)"', more) == ["1", "1", "2"]
    assert re.findall(r">([^<]*)</textarea>", more.replace(">\n", ">")) == ["First typed", "", "Second typed"]
    assert f'<option value="{w.bob.pk}" selected>' in more
    assert "There is a problem" not in more
    assert re.findall(r'name="form-\d-commitment" value="(\d)"', less) == ["2"]
    assert "<html" not in less


def test_a_subgroup_chair_plans_for_the_own_subgroup_only(
    w: World, document: Document, client: Client
) -> None:
    [one] = kept(w, document, 1)
    client.force_login(w.bob.user)

    refused = client.post(PLAN, sent(block(one, w.alice, title="Typed by Bob")))
    planned = client.post(PLAN, sent(block(one, w.alice, subgroup=w.subgroup.pk)))

    assert (refused.status_code, planned.status_code, Action.objects.count()) == (422, 302, 1)
    assert "Typed by Bob</textarea>" in refused.text


def test_others_may_not_plan(w: World, document: Document, client: Client) -> None:
    [one] = kept(w, document, 1)
    for who in (w.alice, w.carol, w.dan):
        client.force_login(who.user)
        assert client.get(PLAN).status_code == 403
        assert client.post(PLAN, sent(block(one, w.alice))).status_code == 403
    assert Action.objects.count() == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "0"},
        {"form-TOTAL_FORMS": "9999", "form-INITIAL_FORMS": "0"},
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "add": "7"},
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"},
    ],
)
def test_what_no_form_sends_plans_nothing(
    w: World, document: Document, mo: Client, given: dict[str, str]
) -> None:
    assert mo.post(PLAN, given).status_code in (200, 422)
    assert Action.objects.count() == 0


def test_the_page_costs_the_same_queries_for_one_and_three(
    w: World, document: Document, mo: Client, django_assert_num_queries: Any
) -> None:
    kept(w, document, 3)
    with django_assert_num_queries(9):
        mo.get(f"{PLAN}?commitment=1")
    seat(w.board, "Pia Police", w.police)
    with django_assert_num_queries(9):
        mo.get(f"{PLAN}?commitment=1&commitment=2&commitment=3")


def test_planning_costs_the_same_queries_for_one_and_three(
    w: World, document: Document, mo: Client, django_assert_num_queries: Any
) -> None:
    one, *three = kept(w, document, 4)
    with django_assert_num_queries(21):
        mo.post(PLAN, sent(block(one, w.alice)))
    with django_assert_num_queries(21):
        mo.post(PLAN, sent(*(block(c, w.alice) for c in three)))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("We will act. Then rest.", "We will act"),
        ("We will act:\n- at once", "We will act:"),
        ("We will " + "very " * 40 + "much act.", "We will " + "very " * 21 + "very…"),
        ("", ""),
    ],
)
def test_a_title_is_one_line_of_the_words(words: str, title: str) -> None:
    assert short(words) == title
