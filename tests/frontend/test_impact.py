"""An impact review of one action, through its page: in its place, refused, stale, twice."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from actions import impact, planning, progress
from actions.impact import Found
from actions.models import Action, ImpactReview, Seat
from tests.actions.progress.lives import now, signed_off
from tests.factories import TODAY, World
from tests.frontend.checks import FAILED, FILLED, stands
from tests.frontend.pages import HTMX, BrowserOf, text


def send(
    client: Client, number: int = 1, *, htmx: bool = False, version: int = 4, **data: Any
) -> HttpResponse:
    address = f"/wessex/actions/A-{number}/review-impact/"
    return client.post(address, {"version": version} | data, headers=HTMX if htmx else {})


def test_one_is_checked_on_its_page_without_scripts(w: World, browser_of: BrowserOf) -> None:
    signed_off(w)
    bob = browser_of(w.bob)

    asked = bob.get("/wessex/actions/A-1/review-impact/")
    answer = send(bob, **FILLED, link="https://example.org/audit", again_on="2027-06-01")

    page = bob.get("/wessex/actions/A-1/")
    assert "Has practice changed?" in text(asked)
    assert answer.headers["Location"] == "/wessex/actions/A-1/"
    shown = text(page)
    assert "The check is saved." in shown
    assert (
        '<strong class="govuk-tag govuk-tag--green">Embedded</strong> Custody now asks every adult.' in shown
    )
    assert "Audit of 40 records: &lt;b&gt;37&lt;/b&gt; held" in shown
    assert 'href="https://example.org/audit"' in shown
    assert "Checked by Bob Chair, 3 June 2026." in shown
    assert "Impact checked: embedded" in shown
    action = Action.objects.get()
    assert (action.status, action.verdict, action.review_on) == ("signed_off", "embedded", date(2027, 6, 1))


def test_a_reviewer_of_the_owners_agency_is_called_that(w: World, browser_of: BrowserOf) -> None:
    a = signed_off(w)
    Seat.objects.filter(pk=w.bob.pk).update(agency=w.police)

    send(browser_of(w.bob), **FILLED)

    page = text(browser_of(w.dan).get(f"/wessex/actions/A-{a.number}/"))
    assert "Checked by Bob Chair, of the owner’s agency, 3 June 2026." in page
    assert a.events.get(verb="review_impact").detail["same_agency"] is True


def test_and_in_its_place_with_them(w: World, browser_of: BrowserOf) -> None:
    signed_off(w)
    bob = browser_of(w.bob)

    opened = bob.get("/wessex/actions/A-1/review-impact/", headers=HTMX)
    saved = send(bob, htmx=True, **FILLED)

    assert "<html" not in text(opened)
    assert 'id="step-review_impact"' in text(opened)
    assert (saved.status_code, saved["HX-Retarget"]) == (200, "#action")
    assert "<html" not in text(saved)
    assert "Embedded</strong> Custody now asks every adult." in text(saved)


@pytest.mark.slow
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"verdict": ""}, "Say what the check found.", "review_impact_verdict_0"),
        ({"sentence": ""}, "Say in one sentence what made a difference", "review_impact_sentence"),
        ({"link": "not a link"}, "Enter a web address", "review_impact_link"),
        ({"again_on": "2026-06-03"}, "The next check lies in the future", "review_impact_again_on"),
        ({"instead": "Supervise"}, "Only what is not effective", "review_impact_verdict_0"),
        ({"verdict": "not_effective"}, "choose one", "review_impact_reopen_until"),
        (
            {"verdict": "not_effective", "reopen_until": "2026-06-02"},
            "today or a later day",
            "review_impact_reopen_until",
        ),
        ({"verdict": "not_effective", "instead": "x" * 301}, "at most 300", "review_impact_instead"),
    ],
)
def test_what_is_wrong_is_said_in_its_place_and_nothing_typed_is_lost(
    w: World, browser_of: BrowserOf, htmx: bool, given: dict[str, str], told: str, field: str
) -> None:
    signed_off(w)

    answer = send(browser_of(w.bob), htmx=htmx, **FILLED | given)

    shown = text(answer)
    assert answer.status_code == 422
    assert told in shown
    assert f'href="#{field}"' in shown
    assert "Audit of 40 records: &lt;b&gt;37&lt;/b&gt; held</textarea>" in shown
    assert stands() == [("signed_off", "")]


@pytest.mark.parametrize("htmx", [True, False])
def test_who_saves_second_sees_both_and_can_save_over_it(w: World, browser_of: BrowserOf, htmx: bool) -> None:
    a = signed_off(w)
    impact.review({a: 4}, Found("partly", "Ten calls", "Some teams ask."), by=w.ingrid, today=TODAY)
    bob = browser_of(w.bob)

    answer = send(bob, htmx=htmx, **FILLED)
    again = send(bob, htmx=htmx, **FILLED, version=5)

    shown = text(answer)
    assert answer.status_code == 409
    assert "Ingrid Chair saved this action while you were writing" in shown
    assert "Ten calls To publish: Some teams ask." in shown
    assert "&lt;b&gt;37&lt;/b&gt; held</textarea>" in shown
    assert 'name="version" value="5"' in shown
    assert again.status_code == (200 if htmx else 302)
    assert stands() == [("signed_off", "embedded")]


def test_what_no_longer_fits_keeps_what_was_typed_and_is_not_sent_again(
    w: World, browser_of: BrowserOf
) -> None:
    a = signed_off(w)
    progress.reopen(a, cause="evidence", words="Not so", due_on=date(2026, 9, 1), by=w.mo, **now(a))

    answer = send(browser_of(w.bob), **FILLED)

    assert answer.status_code == 409
    assert "This step can no longer be saved. What you typed is above" in text(answer)
    assert "held</textarea>" in text(answer)
    assert not ImpactReview.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    "filled", [FILLED, FAILED | {"reopen_until": "2026-09-01"}, FAILED | {"instead": "Ask"}]
)
def test_a_double_click_saves_once(
    w: World, browser_of: BrowserOf, htmx: bool, filled: dict[str, str]
) -> None:
    signed_off(w)
    bob = browser_of(w.bob)

    answers = [send(bob, htmx=htmx, **filled) for _ in range(2)]

    assert [answer.status_code for answer in answers] == ([200, 200] if htmx else [302, 302])
    assert ImpactReview.objects.count() == 1
    assert Action.objects.count() == (2 if "instead" in filled else 1)
    last = answers[1] if htmx else bob.get("/wessex/actions/A-1/")
    assert "This was saved already, once." in text(last)


def test_a_second_thought_is_no_double_click(w: World, browser_of: BrowserOf) -> None:
    signed_off(w)
    bob = browser_of(w.bob)
    send(bob, **FILLED)

    other_verdict = send(bob, **FILLED | {"verdict": "partly"})

    assert other_verdict.status_code == 409
    assert stands() == [("signed_off", "embedded")]


@pytest.mark.parametrize("who", ["dan", "carol", "alice"])
def test_who_may_not_is_told_who_may(w: World, browser_of: BrowserOf, who: str) -> None:
    told = {
        "alice": "Nobody reviews the impact of what they own. Another chair, or the independent chair, can."
    }
    other = "You cannot do this here. It is for the board manager, independent chair or subgroup chair."
    signed_off(w)
    client = browser_of(getattr(w, who))

    page, asked, sent = (
        client.get("/wessex/actions/A-1/"),
        client.get("/wessex/actions/A-1/review-impact/"),
        send(client, **FILLED),
    )

    names = (
        "the subgroup chair: Bob Chair; the independent chair: Ingrid Chair; the board manager: Mo Manager."
    )
    assert f"Checking its impact is for {names}" in text(page)
    assert (asked.status_code, sent.status_code) == (403, 403)
    assert told.get(who, other) in text(asked)
    assert told.get(who, other) in text(sent)
    assert "held</textarea>" in text(sent)
    assert not ImpactReview.objects.exists()


def test_who_owned_it_once_is_told_so_with_what_was_typed(w: World, browser_of: BrowserOf) -> None:
    mine = planning.plan_many(
        [planning.Wanted(title="Brief", owner=w.bob, due_on=TODAY, subgroup=w.subgroup, priority=w.priority)],
        by=w.mo,
        today=TODAY,
    )[0]
    planning.reassign(mine, to=w.alice, reason="Leave", by=w.mo, **now(mine))
    seen = progress.attach(mine, words="L", link="https://example.org", by=w.alice, **now(mine))
    progress.finish(mine, words="Done", done_on=TODAY, by=w.alice, **now(mine))
    progress.sign_off(mine, relied_on=[seen], review_on=date(2026, 12, 1), by=w.ingrid, **now(mine))

    answer = send(browser_of(w.bob), version=5, **FILLED)

    assert answer.status_code == 403
    assert "You owned A-1 once. Its impact is reviewed by somebody who never did." in text(answer)
    assert "held</textarea>" in text(answer)


def test_where_the_owner_has_left_who_goes_on_is_asked(w: World, browser_of: BrowserOf) -> None:
    signed_off(w)
    bob = browser_of(w.bob)
    assert "Who goes on with it?" not in text(bob.get("/wessex/actions/A-1/review-impact/"))
    Seat.objects.filter(pk=w.alice.pk).update(left_on=TODAY)

    asked = bob.get("/wessex/actions/A-1/review-impact/")
    nobody = send(bob, **FAILED, reopen_until="2026-09-01")
    carol = send(bob, **FAILED, reopen_until="2026-09-01", owner=w.carol.pk)

    assert "Needed where it is opened again: Alice Owner (A-1) has left the board." in text(asked)
    assert nobody.status_code == 422
    assert 'href="#review_impact_owner"' in text(nobody)
    assert "Alice Owner has left the board. Choose who owns it now." in text(nobody)
    assert carol.status_code == 302
    assert (Action.objects.get().owner, stands()) == (w.carol, [("started", "not_effective")])


def test_what_was_found_before_stays_on_the_page_when_it_is_signed_off_again(
    w: World, browser_of: BrowserOf
) -> None:
    a = signed_off(w)
    found = Found("not_effective", "Audit", "Nothing changed.", reopen_until=date(2026, 9, 1))
    impact.review({a: 4}, found, by=w.bob, today=TODAY)
    seen = progress.attach(a, words="List", link="https://example.org/2", by=w.alice, **now(a))
    progress.finish(a, words="Again", done_on=TODAY, by=w.alice, **now(a))
    progress.sign_off(a, relied_on=[seen], review_on=date(2027, 1, 1), by=w.bob, **now(a))

    assert "Not effective</strong> Nothing changed." in text(browser_of(w.dan).get("/wessex/actions/A-1/"))


def test_of_a_step_only_nobody_is_named_to_check_it(w: World, browser_of: BrowserOf) -> None:
    a = signed_off(w)
    Action.objects.filter(pk=a.pk).update(step_only=True, review_on=None)

    assert "Checking its impact" not in text(browser_of(w.dan).get("/wessex/actions/A-1/"))
