"""An impact review through the pages: of one action in its place, of several that answer one recommendation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import impact, measures, planning, progress, redaction
from actions.impact import Found
from actions.models import Action, Commitment, Event, Evidence, ImpactReview, Seat, Source, Status
from tests.actions.progress.lives import now, signed_off
from tests.factories import TODAY, World, seat, source, world

HTMX = {"HX-Request": "true"}
BrowserOf = Callable[[Seat], Client]
WORDS = "Audit of 40 records: <b>37</b> held"
FILLED = {"verdict": "embedded", "words": WORDS, "sentence": "Custody now asks every adult."}
FAILED = FILLED | {"verdict": "not_effective", "sentence": "Training alone changed nothing."}


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def send(
    client: Client, number: int = 1, *, htmx: bool = False, version: int = 4, **data: Any
) -> HttpResponse:
    address = f"/wessex/actions/A-{number}/review-impact/"
    return client.post(address, {"version": version} | data, headers=HTMX if htmx else {})


def stands() -> list[tuple[str, str]]:
    return list(Action.objects.order_by("number").values_list("status", "verdict"))


# -- of one action ------------------------------------------------------------------------------------------


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


def with_a_file(action: Action) -> Evidence:
    about = {"words": "Audit of 40", "shows": "impact", "kind": "audit", "by": action.owner}
    kept = {"file": "evidence/ab/cd", "file_name": "Smith.csv", "file_type": "csv", "file_size": 9}
    return Evidence.objects.create(board=action.board, action=action, **about | kept)


def test_the_evidence_is_ticked_of_impact_first_and_shown_with_the_check(
    w: World, browser_of: BrowserOf
) -> None:
    a = signed_off(w)
    audit, [listed] = with_a_file(a), a.evidence.filter(shows="completion")
    bob = browser_of(w.bob)

    form = text(bob.get("/wessex/actions/A-1/review-impact/"))
    strange = send(bob, **FILLED, relied_on=[0])
    half = send(bob, **FILLED | {"sentence": ""}, relied_on=[audit.pk])
    saved = [send(bob, **FILLED | {"words": ""}, relied_on=[audit.pk, listed.pk]) for _ in range(2)]
    second_thought = send(bob, **FILLED | {"words": ""}, relied_on=[audit.pk])

    assert form.index("Audit: Audit of 40 (a file) – Alice Owner") < form.index("List (a link) – Alice Owner")
    assert "Which evidence did you rely on? (optional)" not in form
    assert "Smith.csv" not in form
    assert (strange.status_code, "Tick evidence of the actions that you check only." in text(strange)) == (
        422,
        True,
    )
    assert half.context["form"]["relied_on"].value() == [str(audit.pk)]
    assert [answer.status_code for answer in [*saved, second_thought]] == [302, 302, 409]
    assert list(ImpactReview.objects.get().relied_on.values_list("pk", flat=True)) == [listed.pk, audit.pk]
    file = f'<a class="govuk-link" href="/wessex/actions/A-1/evidence/{audit.pk}/">Download Smith.csv</a>'
    mine, others = (text(browser_of(who).get("/wessex/actions/A-1/")) for who in (w.bob, w.dan))
    assert "Relied on:</p>" in mine
    assert mine.count(file) == 2
    assert ("Audit of 40" in others, "A file, not open to you" in others, "Smith.csv" in others) == (
        True,
        True,
        False,
    )
    redaction.evidence(audit, by=w.mo, reason="Names an adult", today=TODAY)
    after = text(bob.get("/wessex/actions/A-1/"))
    assert after.count("Removed by Mo Manager on 3 June 2026: Names an adult") == 2
    assert "Smith.csv" not in after


def test_the_owners_word_alone_shows_nothing(w: World, browser_of: BrowserOf) -> None:
    a = signed_off(w)
    said = {"words": "It works", "shows": "impact", "by": w.alice}
    word = Evidence.objects.create(board=a.board, action=a, **said)

    answer = send(browser_of(w.bob), **FILLED | {"words": ""}, relied_on=[word.pk])

    assert answer.status_code == 422
    assert "word alone is no evidence: say what you looked at, and what it showed." in text(answer)
    assert not ImpactReview.objects.exists()


# -- of all that answers one recommendation -------------------------------------------------------------------


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


def test_evidence_of_those_that_are_ticked_is_relied_on_and_shown_with_both(
    w: World, browser_of: BrowserOf, asked: Commitment
) -> None:
    one, two = (signed_off(w, commitments=(asked,)) for _ in range(2))
    audit = with_a_file(one)
    bob = browser_of(w.bob)

    page = text(bob.get("/wessex/commitments/C-7/impact/"))
    strange = together(bob, two, relied_on=[audit.pk])
    failed = {"verdict": "not_effective", "reopen_until": "2026-09-01"}
    saved = [together(bob, one, two, relied_on=[audit.pk], **failed) for _ in range(2)]

    assert "A-1: Audit: Audit of 40 (a file) – Alice Owner" in page
    assert (strange.status_code, "Tick evidence of the actions that you check only." in text(strange)) == (
        422,
        True,
    )
    assert [answer.status_code for answer in saved] == [302, 302]
    assert [event.detail["relied_on"] for event in Event.objects.filter(verb="review_impact")] == [
        [audit.pk],
        [audit.pk],
    ]
    for path in ("commitments/C-7/", "actions/A-2/"):
        assert "Download Smith.csv" in text(bob.get(f"/wessex/{path}"))
        shown = text(browser_of(w.dan).get(f"/wessex/{path}"))
        assert ("Audit of 40" in shown, "Smith.csv" in shown) == (True, False)


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
