"""Sharing a commitment out, answering it, judging what is in place, the board's decision: through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from actions import decisions, planning, progress, responses
from actions.models import Action, Agency, Commitment, Decision, Event, Meeting, Response, Seat, Source
from tests.factories import TODAY, World, action, seat, source
from tests.frontend.pages import BrowserOf, text

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 1)  # twenty working days after 3 June 2026
PAGE = "/wessex/commitments/C-1/"


@pytest.fixture
def c(w: World) -> Commitment:
    return commitment(w, 1)


def commitment(w: World, number: int, **about: Any) -> Commitment:
    given = {"source": about.pop("source", None) or source(w), "words": f"Ask every adult {number}"} | about
    return Commitment.objects.create(board=w.board, number=number, kind="recommendation", **given)


def asked(w: World, c: Commitment, agency: Agency | None = None) -> Response:
    return responses.share_out(c, agencies=[agency or w.police], by=w.mo, today=TODAY)[0]


def answered(w: World, c: Commitment, says: str, agency: Agency | None = None) -> Response:
    one = asked(w, c, agency)
    by = w.carol if one.agency == w.police else Seat.objects.get(is_lead=True, agency=one.agency)
    return responses.respond(one, says=says, words="Since May.", by=by, version=1, today=TODAY)


def meeting(w: World, day: date = TODAY) -> Meeting:
    return Meeting.objects.create(board=w.board, meets_on=day, cut_off_on=day)


# -- shared out and answered ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_commitment_is_shared_out_answered_and_acted_upon(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    mo, carol = browser_of(w.mo), browser_of(w.carol)
    opened = mo.get(f"{PAGE}share-out/")
    shared = mo.post(f"{PAGE}share-out/", {"agencies": [w.police.pk], "due_on": DUE}, follow=True)
    first_page = carol.get("/wessex/")

    one = Response.objects.get()
    assert "Wessex Police (Carol Lead)" in text(opened)
    assert f'value="{DUE}"' in text(opened)
    assert "Not answered yet" in text(shared)
    assert "Wessex Police answers" in text(shared)
    assert "Responses asked of your agency" in text(first_page)
    assert "Due in 28 days" in text(first_page)

    address = f"/wessex/responses/{one.pk}/respond/"
    assert address in text(first_page)
    sent = {"says": "accepted", "words": "We will.", "version": 1}
    saved = carol.post(address, sent, follow=True)

    put_forward = f"/wessex/actions/raise/?commitment=1&amp;agency={w.police.pk}"
    assert put_forward in text(saved)
    assert "an action of Wessex Police is signed off" in text(saved)
    carol.post(put_forward.replace("&amp;", "&"), {"title": "Brief them", "since": 10**6})
    page = text(carol.get(PAGE))
    assert ("A-1 Brief them" in page, "Responses asked" in text(carol.get("/wessex/"))) == (True, False)


def test_a_second_click_asks_and_answers_once(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    mo, carol = browser_of(w.mo), browser_of(w.carol)
    for _ in range(2):
        shared = mo.post(f"{PAGE}share-out/", {"agencies": [w.police.pk], "due_on": DUE})
    address = f"/wessex/responses/{Response.objects.get().pk}/respond/"
    for _ in range(2):
        saved = carol.post(address, {"says": "in_part", "words": "Half.", "link": "", "version": 1})

    assert (shared.status_code, saved.status_code) == (302, 302)
    assert list(Event.objects.values_list("verb", flat=True)) == ["respond", "share_out"]


def test_who_saves_second_sees_both_and_keeps_what_was_typed(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    one = answered(w, c, "accepted")
    address = f"/wessex/responses/{one.pk}/respond/"
    sent = {"says": "in_part", "words": "Only half.", "version": 1}

    refused = browser_of(w.carol).post(address, sent)

    assert refused.status_code == 409
    assert "Somebody saved this first" in text(refused)
    assert "What stands now" in text(refused)
    assert "Only half." in text(refused)
    assert browser_of(w.carol).post(address, sent | {"version": 2}).status_code == 302
    assert Response.objects.get().says == "in_part"


@pytest.mark.parametrize(
    ("given", "told", "place"),
    [
        ({"says": ""}, "Say what the agency answers.", "respond_says_0"),
        ({"says": "in_part", "words": ""}, "Say which part is accepted", "respond_words"),
        ({"link": "no address"}, "Enter a web address", "respond_link"),
        ({"link": "https://example.org/x"}, "shows what is already in place", "respond_link"),
    ],
)
def test_what_is_missing_is_named_at_its_place(
    w: World, c: Commitment, browser_of: BrowserOf, given: dict[str, str], told: str, place: str
) -> None:
    one = asked(w, c)
    sent = {"says": "accepted", "words": "We will.", "link": "", "version": 1} | given

    refused = browser_of(w.carol).post(f"/wessex/responses/{one.pk}/respond/", sent)

    assert refused.status_code == 422
    assert told in text(refused)
    assert f'href="#{place}"' in text(refused)


def test_the_manager_writes_down_what_a_lead_said(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    one = asked(w, c)
    said = {"on_behalf_of": w.carol.pk, "said_on": "2026-06-02", "how": "phone"}
    sent = {"says": "refer", "words": "To the NHS.", "version": 1} | said

    saved = browser_of(w.mo).post(f"/wessex/responses/{one.pk}/respond/", sent, follow=True)

    one.refresh_from_db()
    assert (one.answered_by, one.answered_on, one.says) == (w.carol, date(2026, 6, 2), "refer")
    assert "Carol Lead, 2 June 2026" in text(saved)
    event = Event.objects.first()
    assert event
    assert (event.by, event.on_behalf_of, event.detail["how"]) == (w.mo, w.carol, "phone")


def test_an_agency_that_nobody_leads_is_seen_and_the_remedy_named(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    mo = browser_of(w.mo)
    offered = mo.get(f"{PAGE}share-out/")
    one = asked(w, c, w.council)

    page = mo.get(f"/wessex/responses/{one.pk}/respond/")

    assert "Wessex Council (no lead named yet)" in text(offered)
    assert "Nobody leads Wessex Council on this board" in text(page)


def test_a_request_made_in_error_is_withdrawn_and_what_somebody_typed_meanwhile_is_kept(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    one = asked(w, c)
    address = f"/wessex/responses/{one.pk}/"
    gone = browser_of(w.mo).post(f"{address}unask/", {"reason": "Not theirs", "version": 1}, follow=True)

    late = browser_of(w.carol).post(
        f"{address}respond/", {"says": "accepted", "words": "Mine.", "version": 1}
    )

    assert "No agency was asked" in text(gone)
    assert (late.status_code, "Mine." in text(late)) == (409, True)
    assert "not asked any more" in text(late)
    assert browser_of(w.carol).get(f"{address}respond/").status_code == 404


# -- in place -------------------------------------------------------------------------------------------------


def test_what_is_in_place_is_judged_and_completes_it(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    one = answered(w, c, "in_place")
    ingrid = browser_of(w.ingrid)
    waits = text(ingrid.get("/wessex/"))
    before = text(ingrid.get(PAGE))

    sent = {"accepted": "yes", "words": "I saw the policy.", "version": 2}
    after = text(ingrid.post(f"/wessex/responses/{one.pk}/judge/", sent, follow=True))

    assert "Said to be in place already: is it shown?" in waits
    assert "it is judged whether Wessex Police has it in place already" in before
    assert "Shown to be in place" in after
    assert "I saw the policy." in after
    assert ("Complete</strong>" in after, "It is complete when" in after) == (True, False)


def test_the_lead_sees_what_was_not_shown(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    one = answered(w, c, "in_place")
    ingrid = browser_of(w.ingrid)
    address = f"/wessex/responses/{one.pk}/judge/"
    silent = ingrid.post(address, {"accepted": "no", "words": "", "version": 2})
    ingrid.post(address, {"accepted": "no", "words": "No log.", "version": 2})

    assert (silent.status_code, "Say what is missing" in text(silent)) == (422, True)
    assert "Not shown to be in place" in text(browser_of(w.carol).get("/wessex/"))
    assert "No log." in text(browser_of(w.carol).get(PAGE))


# -- decided --------------------------------------------------------------------------------------------------


def test_the_board_decides_at_a_named_meeting_and_everybody_reads_why(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    answered(w, c, "refer")
    held, mo = meeting(w), browser_of(w.mo)
    figures = text(mo.get("/wessex/"))
    sent = {"kind": "referred", "referred_to": "NHS England", "meeting": held.pk, "words": "Not ours."}

    decided = [mo.post(f"{PAGE}decide/", sent) for _ in range(2)]

    page = text(browser_of(w.dan).get(PAGE))
    assert "<strong>1</strong> proposals for the board to decide" in figures
    assert [one.status_code for one in decided] == [302, 302]
    assert Decision.objects.count() == 1
    assert "Referred elsewhere</strong>: NHS England" in page
    assert "Decided by the board at its meeting of <a" in page
    assert ">3 June 2026</a>" in page
    assert "Not to be implemented or referred" in page
    assert "proposals for the board" not in text(mo.get("/wessex/"))


def test_a_decision_recorded_in_error_is_taken_back(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    about: dict[str, Any] = {"kind": "not_implemented", "words": "No.", "by": w.mo, "today": TODAY}
    made = decisions.decide([c], meeting=meeting(w), **about)
    mo, address = browser_of(w.mo), f"/wessex/decisions/{made.pk}/undo/"

    asks, unsaid = mo.get(address), mo.post(address, {"reason": ""})
    page = text(mo.post(address, {"reason": "The other one."}, follow=True))

    assert "Not to be implemented" in text(asks)
    assert (unsaid.status_code, "Say what was wrong." in text(unsaid)) == (422, True)
    assert "taken back on 3 June 2026: The other one." in page
    assert "No action yet" in page


def test_without_a_meeting_the_page_says_where_to_enter_one(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    assert "The board has no meeting to decide at" in text(browser_of(w.mo).get(f"{PAGE}decide/"))


def test_a_reason_and_to_whom_are_asked_for_and_nothing_typed_is_lost(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    sent = {"kind": "referred", "referred_to": "", "meeting": meeting(w).pk, "words": "Not ours."}

    refused = browser_of(w.mo).post(f"{PAGE}decide/", sent)

    assert refused.status_code == 422
    assert "Say to whom it is referred." in text(refused)
    assert "Not ours." in text(refused)


# -- side by side ---------------------------------------------------------------------------------------------


def test_every_agency_stands_beside_the_others_with_evidence_and_impact(
    w: World, c: Commitment, browser_of: BrowserOf
) -> None:
    answered(w, c, "accepted")
    asked(w, c, w.council)
    made = action(w, commitments=(c,))
    evidence = progress.attach(made, words="The log", by=w.ingrid, version=1, today=TODAY)
    progress.finish(made, words="All.", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    about: dict[str, Any] = {"relied_on": [evidence], "review_on": date(2026, 12, 1)}
    progress.sign_off(made, **about, by=w.ingrid, version=3, today=TODAY)

    page = text(browser_of(w.dan).get(PAGE))

    assert page.index("Wessex Council</strong>") < page.index("Wessex Police</strong>")
    assert "Shown by: The log" in page
    assert "Impact check due on 1 December 2026." in page
    assert "Wessex Council answers" in page
    assert "Put an action forward" not in page  # a board member reads


def test_a_lead_sees_of_an_unpublished_review_the_own_agency_alone(w: World, browser_of: BrowserOf) -> None:
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    c = commitment(w, 1, source=Source.objects.get())
    seat(w.board, "Dora Director", w.council, is_lead=True)
    answered(w, c, "accepted")
    answered(w, c, "in_part", w.council)

    page = text(browser_of(w.carol).get(PAGE))

    assert ("Ask every adult" in page, "Dora Director" in page) == (True, False)
    assert "What other agencies are asked and do about it is not shown" in page
    assert browser_of(w.dan).get(PAGE).status_code == 404


# -- the list -------------------------------------------------------------------------------------------------


def test_the_list_shows_the_one_due_first_and_filters(w: World, c: Commitment, browser_of: BrowserOf) -> None:
    dan = browser_of(w.dan)
    empty = text(dan.get("/wessex/responses/"))
    answered(w, c, "not_implement")
    second = commitment(w, 2, source=c.source)
    responses.share_out(second, agencies=[w.council], by=w.mo, today=date(2026, 4, 1))

    everything = text(dan.get("/wessex/responses/"))
    late = text(dan.get("/wessex/responses/?state=late"))
    lead = seat(w.board, "Dora Director", w.council, is_lead=True)
    part = text(dan.get("/wessex/responses/?state=to_decide", headers={"HX-Request": "true"}))

    assert "No agency was asked yet" in empty
    waiting = second.responses.get()
    asks = f'href="/wessex/responses/{waiting.pk}/respond/"'
    assert (asks in everything, asks in text(browser_of(lead).get("/wessex/responses/"))) == (False, True)
    assert everything.index("Ask every adult 2") < everything.index("Ask every adult 1")
    assert ("days late" in late, "Ask every adult 1" in late) == (True, False)
    assert ("1 response<" in part, "<html" in part, "Ask every adult 1" in part) == (True, False, True)
    assert "No response fits these filters" in text(dan.get("/wessex/responses/?state=to_judge"))
    assert "cannot be read" in text(dan.get("/wessex/responses/?state=nonsense"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("responses/", 8),
        ("commitments/C-1/", 18),
        ("commitments/C-1/share-out/", 8),
        ("commitments/C-1/decide/", 8),
        ("", 8),
    ],
)
def test_pages_ask_the_same_however_much_there_is(
    w: World,
    browser_of: BrowserOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    mo = browser_of(w.mo)
    s = source(w)
    commitments = [commitment(w, number, source=s) for number in range(1, 4)]
    mo.get(f"/wessex/{path}")  # what a filter offers is asked once until something changes, and here again
    one_of_each(w, commitments[0], 0)
    meeting(w, date(2026, 5, 1))

    with django_assert_num_queries(queries):
        mo.get(f"/wessex/{path}")

    for more in (1, 2):
        for c in commitments:
            one_of_each(w, c, more)
        meeting(w, date(2026, 5, 1 + more))
    with django_assert_num_queries(queries):
        mo.get(f"/wessex/{path}")


def one_of_each(w: World, c: Commitment, count: int) -> None:
    name = f"Agency {count} of {c.number}"
    agency = Agency.objects.create(board=w.board, name=name, short_name=name)
    lead = seat(w.board, f"Lead{count}of{c.number} Person", agency, is_lead=True)
    one = asked(w, c, agency)
    responses.respond(one, says="in_place", words="It is.", by=lead, version=1, today=TODAY)
    responses.judge(one, accepted=True, by=w.ingrid, version=2, today=TODAY)
    other = Agency.objects.create(board=w.board, name=f"Other {name}", short_name=name)
    asked(w, c, other)
    made = action(w, owner=lead, commitments=(c,))
    evidence = progress.attach(made, words="The log", by=w.ingrid, version=1, today=TODAY)
    progress.finish(made, words="All.", done_on=TODAY, by=lead, version=2, today=TODAY)
    about: dict[str, Any] = {"relied_on": [evidence], "step_only": True, "words": "A step."}
    progress.sign_off(made, **about, by=w.ingrid, version=3, today=TODAY)
    planning.raise_draft("More", by=w.mo, today=TODAY, commitments=(c,), agency=other)
    assert Action.objects.filter(commitments=c).exists()
