"""An impact review of several actions that answer one recommendation, in one go."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import impact, measures, planning, progress
from actions.impact import Found
from actions.models import Action, Commitment, Event, ImpactReview, Seat, Source, Status
from tests.actions.progress.lives import now, signed_off
from tests.factories import TODAY, World, seat, source, world
from tests.frontend.checks import FAILED, FILLED, stands, with_a_file
from tests.frontend.pages import BrowserOf, text


@pytest.fixture
def asked(w: World) -> Commitment:
    return Commitment.objects.create(
        board=w.board,
        number=7,
        source=source(w),
        kind="recommendation",
        words="Ask every adult",
        agency=w.police,
    )


def key(action: Action, version: int = 4) -> str:
    return f"{action.pk}-{version}"


def of_the_board(action: Action) -> Action:
    """Watched over by no subgroup: not Bob's."""
    Action.objects.filter(pk=action.pk).update(subgroup=None)
    return action


def together(client: Client, *actions: Action | str, number: int = 7, **data: Any) -> HttpResponse:
    keys = [one if isinstance(one, str) else key(one) for one in actions]
    return client.post(f"/wessex/commitments/C-{number}/impact/", {"actions": keys} | FILLED | data)


def ticked(response: HttpResponse) -> list[str]:
    form = response.context["form"]
    return form["actions"].value()


def test_all_that_answers_it_is_checked_in_one_go(w: World, browser_of: BrowserOf, asked: Commitment) -> None:
    both = [signed_off(w, commitments=(asked,)) for _ in range(2)]
    signed_off(w)  # answers something else
    bob = browser_of(w.bob)

    page = bob.get("/wessex/commitments/C-7/impact/")
    answer = together(bob, *both)

    assert ticked(page) == [key(one) for one in both]
    assert answer.headers["Location"] == "/wessex/commitments/C-7/"
    shown = text(bob.get("/wessex/commitments/C-7/"))
    assert "The check is saved." in shown
    assert "Check the impact of what is signed off" in shown
    assert "Embedded</strong> Custody now asks every adult." in shown
    both_named = ", ".join(f'<a class="govuk-link" href="/wessex/actions/A-{n}/">A-{n}</a>' for n in (1, 2))
    assert f"Checked by Bob Chair, 3 June 2026, of {both_named}." in shown
    assert f"Checked by Bob Chair, 3 June 2026, of {both_named}." in text(bob.get("/wessex/actions/A-1/"))
    assert stands() == [("signed_off", "embedded"), ("signed_off", "embedded"), ("signed_off", "")]
    review = ImpactReview.objects.get()
    assert (review.commitment, set(review.actions.all())) == (asked, set(both))


def test_what_was_checked_or_measured_of_one_of_them_stands_on_the_recommendations_page_too(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    one = signed_off(w, commitments=(asked,))
    impact.review({one: 4}, Found("partly", "Calls", "Some ask."), by=w.bob, today=TODAY)
    about = {"baseline": Decimal(41), "baseline_on": date(2026, 1, 5), "target": Decimal(90), "unit": "%"}
    measures.measure(one, name="Asked", source="Audit", **about, by=w.alice, today=TODAY)

    shown = text(browser_of(w.dan).get("/wessex/commitments/C-7/"))

    assert "Partly embedded</strong> Some ask." in shown
    assert "Asked</a> (A-1): from 41% towards 90%, not read since" in shown
    assert "No measure" not in shown


def test_only_what_is_ticked_is_checked(w: World, browser_of: BrowserOf, asked: Commitment) -> None:
    one, _ = [signed_off(w, commitments=(asked,)) for _ in range(2)]
    bob = browser_of(w.bob)

    none = together(bob)
    together(bob, one)

    assert none.status_code == 422
    assert "Tick at least one action that is signed off." in text(none)
    assert stands() == [("signed_off", "embedded"), ("signed_off", "")]


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        (
            {"words": ""},
            "Say what you looked at, and what it showed, or tick evidence that shows it.",
            "id_words",
        ),
        ({"verdict": "not_effective"}, "choose one", "id_reopen_until"),
        (
            {"verdict": "not_effective", "reopen_until": "2026-09-01", "again_on": "2026-12-01"},
            "Leave this day empty",
            "id_again_on",
        ),
    ],
)
def test_what_is_wrong_there_is_said_too_and_what_was_ticked_stays(
    w: World, browser_of: BrowserOf, asked: Commitment, given: dict[str, str], told: str, field: str
) -> None:
    one, _ = [signed_off(w, commitments=(asked,)) for _ in range(2)]

    answer = together(browser_of(w.bob), one, **given)

    assert answer.status_code == 422
    assert told in text(answer)
    assert f'href="#{field}"' in text(answer)
    assert "Custody now asks every adult.</textarea>" in text(answer)
    assert ticked(answer) == [key(one)]


def test_where_somebody_saved_first_nothing_typed_is_lost_and_it_can_be_saved_over(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    one, two, gone = [signed_off(w, commitments=(asked,)) for _ in range(3)]
    seen = [key(one), key(two), key(gone)]
    impact.review({one: 4}, Found("partly", "Calls", "Some ask."), by=w.ingrid, today=TODAY)
    progress.reopen(gone, cause="error", words="Slip", due_on=date(2026, 9, 1), by=w.mo, **now(gone))
    bob = browser_of(w.bob)

    answer = together(bob, *seen)
    again = together(bob, *ticked(answer))

    assert answer.status_code == 409
    assert "Somebody changed one of these actions since you opened the page" in text(answer)
    assert "&lt;b&gt;37&lt;/b&gt; held</textarea>" in text(answer)
    assert "Save again" in text(answer)
    assert ticked(answer) == [key(one, 5), key(two)]
    assert again.status_code == 302
    assert stands() == [("signed_off", "embedded"), ("signed_off", "embedded"), ("started", "")]


def test_where_nothing_is_left_to_check_what_was_typed_is_shown_to_be_copied(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    one = signed_off(w, commitments=(asked,))
    seen = key(one)
    progress.reopen(one, cause="error", words="Slip", due_on=date(2026, 9, 1), by=w.mo, **now(one))

    answer = together(browser_of(w.bob), seen)

    assert answer.status_code == 409
    assert "What you typed is above: copy what you need." in text(answer)
    assert "held</textarea>" in text(answer)
    assert "Save the check" not in text(answer)


@pytest.mark.slow
@pytest.mark.parametrize(
    "filled", [FILLED, FAILED | {"reopen_until": "2026-09-01"}, FAILED | {"instead": "Ask"}]
)
def test_there_too_a_double_click_saves_once(
    w: World, browser_of: BrowserOf, asked: Commitment, filled: dict[str, str]
) -> None:
    seen = [key(signed_off(w, commitments=(asked,))) for _ in range(2)]
    bob = browser_of(w.bob)

    answers = [together(bob, *seen, **filled) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert "This was saved already, once." in text(bob.get("/wessex/commitments/C-7/"))
    assert (ImpactReview.objects.count(), Event.objects.filter(verb="review_impact").count()) == (1, 2)


@pytest.mark.parametrize("change", [{"words": "Another audit"}, {"verdict": "partly"}])
def test_another_check_of_the_same_is_no_double_click(
    w: World, browser_of: BrowserOf, asked: Commitment, change: dict[str, str]
) -> None:
    seen = key(signed_off(w, commitments=(asked,)))
    bob = browser_of(w.bob)
    together(bob, seen)

    assert together(bob, seen, **change).status_code == 409
    assert ImpactReview.objects.count() == 1


@pytest.mark.slow
def test_who_may_not_check_any_of_it_is_told_who_may(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    signed_off(w, commitments=(asked,))
    for who in (w.dan, w.carol, w.alice):
        client = browser_of(who)
        for answer in (client.get("/wessex/commitments/C-7/impact/"), together(client)):
            assert answer.status_code == 403
            assert "It is for the board manager, independent chair or subgroup chair." in text(answer)
        assert "Check the impact of what" not in text(client.get("/wessex/commitments/C-7/"))


def test_a_chair_is_told_whose_the_rest_is(w: World, browser_of: BrowserOf, asked: Commitment) -> None:
    of_the_board(signed_off(w, commitments=(asked,), title="Of the board"))
    mine = signed_off(w, commitments=(asked,))
    bob = browser_of(w.bob)

    page = bob.get("/wessex/commitments/C-7/impact/")
    forged = together(bob, "1-4", key(mine))

    assert ticked(page) == [key(mine)]
    assert (
        "A-1</a> Of the board. Its impact is checked by the independent chair or the board manager."
        in text(page)
    )
    assert forged.status_code == 409
    assert stands() == [("signed_off", ""), ("signed_off", "")]


def test_with_nothing_signed_off_the_page_says_so(w: World, browser_of: BrowserOf, asked: Commitment) -> None:
    planning.plan_many(
        [planning.Wanted(title="Brief", owner=w.alice, due_on=TODAY, commitments=(asked,))],
        by=w.mo,
        today=TODAY,
    )

    assert "Nothing that answers it is signed off yet." in text(
        browser_of(w.bob).get("/wessex/commitments/C-7/impact/")
    )


def test_of_another_board_or_what_is_no_commitment_any_more_it_is_not_there(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    other = world("mercia")
    theirs = Commitment.objects.create(
        board=other.board, number=9, source=source(other), kind="finding", words="Theirs"
    )
    action = signed_off(other, commitments=(theirs,))
    mo = browser_of(w.mo)
    Commitment.objects.filter(pk=asked.pk).update(taken_back=True)

    for number in (7, 9, 999):
        assert mo.get(f"/wessex/commitments/C-{number}/impact/").status_code == 404
        assert together(mo, action, number=number).status_code == 404
    assert browser_of(other.mo).get("/wessex/commitments/C-7/impact/").status_code == 404


@pytest.mark.slow
def test_what_a_restricted_review_led_to_is_told_only_to_those_who_may_read_it(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    one = signed_off(w, commitments=(asked,))
    impact.review(
        {one: 4}, Found("embedded", "CANARYWORDS", "CANARYSENTENCE"), by=w.mo, today=TODAY, commitment=asked
    )
    Source.objects.update(restricted=True, subgroup=w.subgroup)
    quinn = seat(w.board, "Quinn Quality", w.council, is_lead=True)

    def meets(who: Seat) -> set[str]:
        client = browser_of(who)
        paths = ("commitments/C-7/", "commitments/C-7/impact/", "actions/A-1/", "summary/")
        pages = "".join(text(client.get(f"/wessex/{path}")) for path in paths)
        return {word for word in ("CANARYWORDS", "CANARYSENTENCE") if word in pages}

    both = {"CANARYWORDS", "CANARYSENTENCE"}
    assert [meets(who) for who in (w.mo, w.ingrid, w.bob, w.carol, w.alice)] == [both] * 5
    assert [meets(who) for who in (w.dan, quinn)] == [set(), set()]


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_of_one_action_and_of_three(
    w: World,
    browser_of: BrowserOf,
    asked: Commitment,
    many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(many):
        one = signed_off(w, commitments=(asked,))
        found = Found("partly", "Calls", "Some ask.", relied_on=[with_a_file(one)])
        impact.review({one: 4}, found, by=w.bob, today=TODAY)
        of_the_board(signed_off(w, commitments=(asked,)))
    assert Action.objects.filter(status=Status.SIGNED_OFF).count() == 2 * many
    bob = browser_of(w.bob)
    bob.get("/wessex/commitments/C-7/impact/")

    with django_assert_num_queries(PAGE):
        bob.get("/wessex/commitments/C-7/impact/")
    with django_assert_num_queries(COMMITMENT):
        bob.get("/wessex/commitments/C-7/")


PAGE = 8  # session, user, seat, what it chairs; the commitment, what answers it, who else does that, what shows it
COMMITMENT = (
    20  # the same four; the commitment, what answers it, who else does, what shows it; its responses,
    # decisions, proposal, reviews with their actions, what they relied on and who may open that, measures, what was
    # asked about it
)
