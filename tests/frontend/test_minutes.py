"""The page of a meeting: its papers, and its decisions, recorded once and shown on everything that they concern."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actions import minutes, redaction, reporting
from actions.models import Commitment, Decision, Event, Meeting, Passage, Seat, Source
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, action, source

Browser = Callable[[Seat], Client]


def meeting(w: World, days: int = -1, **about: Any) -> Meeting:
    day = TODAY + timedelta(days=days)
    there = {"meets_on": day, "cut_off_on": day - timedelta(days=14), "state": Meeting.State.HELD}
    return Meeting.objects.create(board=w.board, **there | about)


def commitment(w: World, **about: Any) -> Commitment:
    return Commitment.objects.create(
        board=w.board, number=1, source=source(w, **about), kind="recommendation", words="Ask every adult"
    )


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_decision_is_recorded_once_and_shown_on_all_that_it_concerns(w: World, browser_of: Browser) -> None:
    one, asked, there = action(w), commitment(w), meeting(w)
    mo, dan = browser_of(w.mo), browser_of(w.dan)
    address = f"/wessex/meetings/{there.pk}/"

    for _ in range(2):
        mo.post(address, {"words": "Two posts are funded.", "about": "a-1, C-1"})

    assert Decision.objects.count() == 1
    assert Event.objects.filter(verb="record_decision").count() == 2
    for page in (address, f"/wessex/actions/A-{one.number}/", f"/wessex/commitments/C-{asked.number}/"):
        assert "Two posts are funded." in text(dan.get(page))
    paper = reporting.draft(meeting(w, days=20, state=Meeting.State.PLANNED), by=w.mo, today=TODAY)
    assert paper.passages.filter(text="Two posts are funded.").exists()


def test_what_is_not_there_is_named_and_what_was_typed_stays(w: World, browser_of: Browser) -> None:
    there = meeting(w)

    answer = browser_of(w.mo).post(
        f"/wessex/meetings/{there.pk}/", {"words": "Two posts.", "about": "A-9 B-1"}
    )

    assert answer.status_code == 422
    assert "Nothing here is called B-1, A-9." in text(answer)
    assert "Two posts.</textarea>" in text(answer)


def test_a_slip_is_taken_back_with_a_reason_and_stays_to_be_read(w: World, browser_of: Browser) -> None:
    there = meeting(w, subgroup=w.subgroup)
    one = minutes.record(there, words="Two posts.", by=w.bob, today=TODAY)
    bob, address = browser_of(w.bob), f"/wessex/meetings/decisions/{one.pk}/"
    assert "Say what was wrong." in text(bob.post(address, {"reason": ""}))

    bob.post(address, {"reason": "It was put off."})

    page = text(browser_of(w.dan).get(f"/wessex/meetings/{there.pk}/"))
    assert "Taken back" in page
    assert "It was put off." in page
    assert bob.post(address, {"reason": "Again"}).status_code == 409


def test_a_chair_records_for_the_own_subgroup_alone(w: World, browser_of: Browser) -> None:
    own, boards = meeting(w, subgroup=w.subgroup), meeting(w)

    minutes.record(own, words="Ours.", by=w.bob, today=TODAY)

    with pytest.raises(NotAllowed, match="board manager or subgroup chair"):
        minutes.record(boards, words="Theirs.", by=w.bob, today=TODAY)
    assert "Record a decision" not in text(browser_of(w.bob).get(f"/wessex/meetings/{boards.pk}/"))
    assert browser_of(w.dan).post(f"/wessex/meetings/{own.pk}/", {"words": "Mine."}).status_code == 403


def test_nothing_is_decided_before_the_meeting(w: World) -> None:
    with pytest.raises(Invalid, match="still to come"):
        minutes.record(meeting(w, days=3, state=Meeting.State.PLANNED), words="Yes.", by=w.mo, today=TODAY)


def test_a_decision_on_a_restricted_review_is_read_by_few_and_in_no_paper(
    w: World, browser_of: Browser
) -> None:
    asked, there = commitment(w), meeting(w)
    Source.objects.filter(pk=asked.source_id).update(restricted=True)
    minutes.record(there, words="Morwenna is heard.", commitments=[asked], by=w.mo, today=TODAY)

    reporting.draft(meeting(w, days=20, state=Meeting.State.PLANNED), by=w.mo, today=TODAY)

    assert not Passage.objects.filter(text__contains="Morwenna").exists()
    assert "Morwenna" not in text(browser_of(w.dan).get(f"/wessex/meetings/{there.pk}/"))
    assert "Morwenna" in text(browser_of(w.mo).get(f"/wessex/meetings/{there.pk}/"))


def test_words_destroyed_in_the_trail_go_from_the_decision_and_from_papers(w: World) -> None:
    minutes.record(meeting(w), words="Named an adult.", by=w.mo, today=TODAY)
    reporting.draft(meeting(w, days=20, state=Meeting.State.PLANNED), by=w.mo, today=TODAY)

    redaction.line(Event.objects.get(verb="record_decision"), by=w.mo, reason="Named", today=TODAY)

    assert Decision.objects.get().words == "Removed by Mo Manager on 3 June 2026: Named"
    assert not Passage.objects.filter(text="Named an adult.").exists()


def test_words_of_a_decision_on_nothing_listed_are_removed_on_a_page_that_leads_back(
    w: World, browser_of: Browser
) -> None:
    held = meeting(w)
    made = minutes.record(held, words="Named an adult.", by=w.mo, today=TODAY)

    answer = browser_of(w.mo).post(
        f"/wessex/trail/remove/decision/{made.pk}/", {"reason": "Named the adult", "sure": "on"}
    )

    assert (answer.status_code, answer["Location"]) == (302, f"/wessex/meetings/{held.pk}/")
    assert Decision.objects.get().words.startswith("Removed by Mo Manager")


def test_one_that_is_taken_back_is_not_taken_back_again(w: World) -> None:
    one = minutes.record(meeting(w), words="Two posts.", by=w.mo, today=TODAY)
    minutes.take_back(one, reason="Slip", by=w.mo, today=TODAY)

    with pytest.raises(Changed, match="already"):
        minutes.take_back(one, reason="Slip", by=w.mo, today=TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3])
def test_the_page_of_a_meeting_asks_the_same_whatever_the_number(
    w: World, browser_of: Browser, size: int
) -> None:
    there, asked = meeting(w), commitment(w)
    for number in range(size):
        about = {"actions": [action(w)], "commitments": [asked]}
        minutes.record(there, words=f"Decided {number}", **about, by=w.mo, today=TODAY)
    reporting.issue(reporting.draft(there, by=w.mo, today=TODAY), by=w.mo, saves=1, today=TODAY)
    dan = browser_of(w.dan)

    with CaptureQueriesContext(connection) as asked_for:
        assert dan.get(f"/wessex/meetings/{there.pk}/").status_code == 200

    assert (
        len(asked_for) == 9
    )  # session, user, seat, roles; the meeting, its papers, its decisions and on what
