"""What is asked of an agency, a subgroup, the board office or a person: told at once, as its day nears, and until it is
answered; to whoever answers now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from actions import challenges, decisions, leaving, responses
from actions.models import (
    Challenge,
    Commitment,
    Meeting,
    Response,
    Seat,
    Source,
    SubgroupSeat,
)
from notifications import outbox, post, tasks
from notifications.models import Reminder
from tests.factories import TODAY, World, seat, source
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW, local
from tests.notifications.test_outbox import round_at

SUNDAY = date(2026, 6, 14)
LATER = NOW + 31 * MINUTE  # the half hour after the last one was shared out has passed
SECRET = "Ask every adult"


def commitment(w: World, number: int = 1, printed: str = "4.2") -> Commitment:
    asks = Source.objects.filter(board=w.board).first() or source(w)
    given = {"source": asks, "kind": "recommendation", "words": SECRET, "printed_number": printed}
    return Commitment.objects.create(board=w.board, number=number, **given)


def shared(w: World, c: Commitment, at: datetime = NOW, **given: Any) -> Response:
    with time_machine.travel(at):
        about = {"agencies": [w.police], "by": w.mo, "today": at.date(), "due_on": SUNDAY} | given
        return responses.share_out(c, **about)[0]


def ask(w: World, *whom: Any, **given: Any) -> Challenge:
    about = {"words": "How do you know?", "due_on": SUNDAY, "by": w.ingrid, "today": TODAY} | given
    return challenges.challenge(whom=whom, **about)


def run(at: datetime = LATER) -> int:
    return tasks.run(clock=lambda: at)


def through(first: date, last: date) -> None:
    """Two rounds on each day."""
    for days in range((last - first).days + 1):
        for hour in (10, 15):
            run(local(first.year, first.month, first.day, hour) + timedelta(days=days))


def told(**which: Any) -> list[str]:
    """What was told, in order: the day of the mail, the first name, the step."""
    found = Reminder.objects.filter(state="told", **which).select_related("message", "seat").order_by("pk")
    return [
        f"{r.message.created_at:%a %d %b} {r.seat.name.split()[0]} {r.kind} {r.step}"
        for r in found
        if r.message
    ]


def stands(**which: Any) -> list[tuple[str, str, str]]:
    found = Reminder.objects.filter(**which).select_related("seat").order_by("pk")
    return [(r.seat.name.split()[0], r.kind, r.reason or r.state) for r in found]


def left(w: World, who: Seat) -> None:
    leaving.leave(who, by=w.mo, today=TODAY)


# -- when, and to whom ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_step_is_told_once_to_each_who_answers_over_weeks(w: World, sink: Sink) -> None:
    """Both are due on a Sunday."""
    seat(w.board, "Sue Second", w.police, is_lead=True)
    shared(w, commitment(w))
    ask(w, w.alice, w.police, w.subgroup, None)

    run(NOW + MINUTE)
    at_once = told()
    through(TODAY, date(2026, 6, 30))

    everyone = ["Alice", "Bob", "Carol", "Mo", "Sue"]
    assert sorted(at_once) == [f"Wed 03 Jun {name} asked 0" for name in everyone]
    assert sorted(told(response=None)) == sorted(
        f"{day} {name} {step}"
        for day, step in (
            ("Wed 03 Jun", "asked 0"),
            ("Fri 12 Jun", "due_today 0"),
            ("Mon 15 Jun", "overdue 1"),
            ("Mon 29 Jun", "overdue 2"),
        )
        for name in everyone
    )
    steps = ["Wed 03 Jun {} asked 0", "Mon 08 Jun {} due_soon 5", "Fri 12 Jun {} due_today 0"]
    steps += ["Mon 15 Jun {} overdue 1", "Mon 29 Jun {} overdue 2"]
    assert sorted(told(asked=None)) == sorted(
        step.format(name) for step in steps for name in ("Carol", "Sue")
    )
    assert [mail["To"] for mail in sink.got].count(
        "carol@wessex.example"
    ) == 6  # one for both but for the half hour


def test_several_shared_out_make_one_mail_half_an_hour_after_the_last(w: World, sink: Sink) -> None:
    shared(w, commitment(w, 1))
    shared(w, commitment(w, 2), at=NOW + 20 * MINUTE, due_on=TODAY)

    sent = [run(NOW + minutes * MINUTE) for minutes in (1, 31, 49, 51, 52)]

    assert sent == [0, 0, 0, 1, 0]
    assert sorted(told()) == ["Wed 03 Jun Carol asked 0"] * 2 + ["Wed 03 Jun Carol due_today 0"]


@pytest.mark.slow
def test_without_a_lead_the_manager_hears_until_there_is_one(w: World, sink: Sink) -> None:
    one = shared(w, commitment(w))
    shared(w, commitment(w, 2), agencies=[w.council], due_on=date(2026, 6, 30))
    run()
    assert sorted(told()) == ["Wed 03 Jun Carol asked 0", "Wed 03 Jun Mo asked 0"]
    assert "asked of Wessex Council, which has no lead" in next(t for t in sink.texts if "Mo Manager" in t)

    left(w, w.carol)
    run(LATER + timedelta(days=1))
    assert told(response=one)[1:] == ["Thu 04 Jun Mo asked 0"]

    seat(w.board, "Nell Next", w.police, is_lead=True)
    through(date(2026, 6, 5), date(2026, 6, 16))
    assert told(response=one)[2:] == [
        "Fri 05 Jun Nell asked 0",
        "Mon 08 Jun Nell due_soon 5",
        "Fri 12 Jun Nell due_today 0",
        "Mon 15 Jun Nell overdue 1",
    ]


def test_a_subgroup_is_heard_for_by_its_chair_else_the_vice_chair_else_the_independent_chair(
    w: World, sink: Sink
) -> None:
    vice = seat(w.board, "Vi Vice", w.council)
    place = SubgroupSeat.objects.create(subgroup=w.subgroup, seat=vice, role=SubgroupSeat.Role.VICE_CHAIR)
    one = ask(w, w.subgroup)
    run(NOW)
    SubgroupSeat.objects.filter(seat=w.bob).update(role=SubgroupSeat.Role.MEMBER)
    run(NOW + timedelta(days=1))
    place.delete()
    run(NOW + timedelta(days=2))
    Seat.objects.filter(pk=w.ingrid.pk).update(is_independent_chair=False)
    run(NOW + timedelta(days=5))

    assert told(asked__challenge=one) == [
        "Wed 03 Jun Bob asked 0",
        "Thu 04 Jun Vi asked 0",
        "Fri 05 Jun Ingrid asked 0",
        "Mon 08 Jun Mo asked 0",
    ]


def test_what_a_leaver_was_asked_is_told_to_who_comes_after(w: World, sink: Sink) -> None:
    ask(w, w.alice)
    outbox.plan(w.board, now=NOW)

    left(w, w.alice)
    run(NOW + MINUTE)

    assert stands() == [("Alice", "asked", "They have left the board."), ("Carol", "asked", "told")]


# -- until when ----------------------------------------------------------------------------------------------


def test_what_waits_is_cancelled_with_the_reason_when_its_cause_ends(w: World, sink: Sink) -> None:
    made = [shared(w, commitment(w, number), due_on=TODAY) for number in range(1, 5)]
    asked = [ask(w, w.alice, words=words, due_on=TODAY) for words in ("One?", "Two?", "Three?")]
    round_at(w.board, LATER)
    meeting = Meeting.objects.create(board=w.board, meets_on=TODAY, cut_off_on=TODAY)

    said = {"words": "Since May.", "by": w.carol, "version": 1, "today": TODAY}
    responses.respond(made[0], says="accepted", **said)
    responses.unask(made[1], reason="Not theirs", by=w.mo, version=1, today=TODAY)
    kind = {"kind": "not_implemented", "words": "No.", "meeting": meeting}
    decisions.decide([made[2].commitment], **kind, by=w.mo, today=TODAY)
    Commitment.objects.filter(pk=made[3].commitment_id).update(taken_back=True)
    challenges.answer(asked[0].asked.get(), words="By the log.", by=w.alice, today=TODAY)
    challenges.close(asked[1], words="Gone by", by=w.ingrid, today=TODAY)
    Challenge.objects.filter(pk=asked[2].pk).update(due_on=SUNDAY)
    assert run(LATER + MINUTE) == 1

    ends = [
        "has answered",
        "is not asked any more",
        "The board has decided",
        "put back",
        "was answered",
        "closed",
    ]
    for end in ends:
        reasons = [reason for _, _, reason in stands(reason__contains=end)]
        assert len(reasons) == 2, (end, stands())
    assert stands(asked__challenge=asked[2]) == [
        ("Alice", "asked", "told"),
        ("Alice", "due_today", "The day of the answer has moved."),
    ]
    assert [mail["To"] for mail in sink.got] == ["alice@wessex.example"]
    assert "* Question, due 14 June 2026\n" in sink.texts[0]


def test_a_decision_taken_back_before_a_mail_went_out_calls_for_it_again(w: World, sink: Sink) -> None:
    one = shared(w, commitment(w))
    outbox.plan(w.board, now=LATER)
    meeting = Meeting.objects.create(board=w.board, meets_on=TODAY, cut_off_on=TODAY)
    kind = {"kind": "referred", "words": "To them.", "referred_to": "Them", "meeting": meeting}
    decided = decisions.decide([one.commitment], **kind, by=w.mo, today=TODAY)
    outbox.plan(w.board, now=LATER + MINUTE)
    assert stands() == [("Carol", "asked", "The board has decided on it.")]

    decisions.undo(decided, reason="Not theirs to decide", by=w.mo, today=TODAY)
    run(LATER + 2 * MINUTE)

    assert stands() == [("Carol", "asked", "told")]


@pytest.mark.slow
def test_asked_anew_by_another_day_the_steps_go_by_that_day(w: World, sink: Sink) -> None:
    c = commitment(w)
    one = shared(w, c)
    question = ask(w, w.alice)
    through(TODAY, date(2026, 6, 8))
    responses.unask(one, reason="Too soon", by=w.mo, version=1, today=date(2026, 6, 8))
    shared(w, c, at=local(2026, 6, 9), due_on=date(2026, 6, 24))
    Challenge.objects.filter(pk=question.pk).update(due_on=date(2026, 6, 24))
    through(date(2026, 6, 9), date(2026, 6, 25))

    assert told(asked=None) == [
        "Wed 03 Jun Carol asked 0",
        "Mon 08 Jun Carol due_soon 5",
        "Tue 09 Jun Carol asked 0",
        "Wed 17 Jun Carol due_soon 5",
        "Wed 24 Jun Carol due_today 0",
        "Thu 25 Jun Carol overdue 1",
    ]
    assert told(response=None) == [
        "Wed 03 Jun Alice asked 0",
        "Wed 24 Jun Alice due_today 0",
        "Thu 25 Jun Alice overdue 1",
    ]


def test_after_weeks_with_the_post_off_each_is_told_once_where_it_stands(w: World, sink: Sink) -> None:
    post.turn_off(w.board, by=w.mo, today=TODAY)
    shared(w, commitment(w))
    ask(w, w.police)
    through(TODAY, date(2026, 6, 5))
    assert (Reminder.objects.count(), sink.got) == (0, [])

    post.turn_on(w.board, by=w.mo, today=TODAY)
    run(local(2026, 7, 1))

    assert sorted(told()) == ["Wed 01 Jul Carol asked 0"] * 2 + ["Wed 01 Jul Carol overdue 2"] * 2
    assert [text.count("\n* ") for text in sink.texts] == [2]
    assert "(new to you, asked of Wessex Police)" in sink.texts[0]
