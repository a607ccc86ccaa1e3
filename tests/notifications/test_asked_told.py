"""What the mail, the ledger and the forecast say of what is asked; and how few statements it takes."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from actions.models import Source
from notifications import outbox, post
from notifications.filters import MessageFilter
from notifications.forecast import forecast
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, source, world
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, PLANNED_AT
from tests.notifications.test_asked import LATER, SECRET, ask, commitment, run, shared
from tests.notifications.test_outbox import planned

# -- what the mail says --------------------------------------------------------------------------------------

EXPECTED = """\
Dear Carol Lead,

The action tracker of Wessex Safeguarding Adults Board reminds you of these actions and answers.

Due today

* A-1, due 3 June 2026
  https://tracker.example/wessex/actions/A-1/

Asked of you

* Question about A-1, due 14 June 2026
  https://tracker.example/wessex/challenges/{question}/

* Response to Katherine 4.2, due 14 June 2026 (asked of Wessex Police)
  https://tracker.example/wessex/commitments/C-1/

Open an action to say where it stands, to attach evidence or to finish it. Open what you are asked to give the answer. \
You will be asked to sign in.
All that is yours: https://tracker.example/wessex/

You get this because you own this action, something was written down in your name, or an answer is asked of you or of \
those for whom you answer. It went to you alone.
Nobody reads replies to this address: write to your board's office instead.
"""


def test_a_mail_carries_reference_day_and_link_and_no_words(w: World, sink: Sink, settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example"
    shared(w, commitment(w))
    question = ask(w, w.carol, about=planned(w, owner=w.carol, due_on=TODAY))

    run()

    (mail,) = sink.got
    assert sink.texts == [EXPECTED.format(question=question.pk)]
    assert mail["Subject"] == (
        "Wessex Safeguarding Adults Board: 1 action and 2 answers: 1 due today, 2 asked of you"
    )


def test_a_single_one_stands_in_the_subject(w: World, sink: Sink) -> None:
    shared(w, commitment(w))

    run()

    assert sink.got[0]["Subject"].strip() == (
        "Wessex Safeguarding Adults Board: Response to Katherine 4.2: asked of you"
    )
    assert "You get this because an answer is asked of you or of those for whom you answer." in sink.texts[0]


def test_the_words_stay_out_unless_the_board_allows_them_and_those_of_a_restricted_review_always(
    w: World, sink: Sink
) -> None:
    Policy.objects.update(titles_in_mail=True)
    open_, closed = commitment(w, 1), commitment(w, 2, "5")
    closed.source = source(w, "SAR Stephen", "Stephen")
    closed.save()
    Source.objects.filter(pk=closed.source_id).update(restricted=True)
    closed.refresh_from_db()
    shared(w, open_)
    shared(w, closed)
    ask(w, w.carol, about=open_)
    ask(w, w.police, about=closed, words="And Stephen?")
    ask(w, w.carol, words="Why? " * 100)

    run()

    (text,) = sink.texts
    assert f"* Response to Katherine 4.2: {SECRET}, due 14 June 2026 (asked of" in text
    assert "* Question about Katherine 4.2: How do you know?, due 14 June 2026\n" in text
    assert "* Response to S-2 recommendation 5, due 14 June 2026 (asked of" in text
    assert "* Question about S-2 recommendation 5, due 14 June 2026 (asked of" in text
    assert "Stephen" not in sink.got[0].as_string()
    assert max(len(line) for line in text.splitlines() if line.startswith("* Question: Why?")) < 260


# -- what the manager sees -----------------------------------------------------------------------------------


def test_the_ledger_the_forecast_and_the_dry_run_say_why(w: World, sink: Sink) -> None:
    shared(w, commitment(w), due_on=date(2026, 6, 9))
    ask(w, w.dan, about=w.priority)
    said = StringIO()

    foreseen = [(m.seat.name, [r.about for r in m.reminders.all()]) for m in forecast(w.board, now=LATER)]
    call_command("remind", "--dry-run", "--at", LATER.isoformat(), stdout=said)
    assert not Reminder.objects.exists()
    run()

    expected = [
        (
            "Carol Lead",
            [
                "Asked of them: response to Katherine 4.2",
                "Due in 5 working days or less: response to Katherine 4.2",
            ],
        ),
        ("Dan Member", ["Asked of them: question about priority 1"]),
    ]
    assert [(name, sorted(why)) for name, why in foreseen] == expected
    assert "    question about priority 1: Asked of them, due 14 Jun 2026\n" in said.getvalue()
    ledger = Message.objects.visible_to(w.mo).with_reminders().order_by("seat__name")
    assert [(m.seat.name, sorted(r.about for r in m.reminders.all())) for m in ledger] == expected
    for asked, names in (({"about": "response"}, ["Carol Lead"]), ({"about": "asked"}, ["Dan Member"])):
        assert shown(w, **asked) == names
    assert shown(w, about="action") == []
    assert shown(w, kind="asked") == ["Carol Lead", "Dan Member"]


def shown(w: World, **asked: Any) -> list[str]:
    request = RequestFactory().get("/", asked)
    request.seat = w.mo  # type: ignore[attr-defined]
    found = MessageFilter(request.GET, queryset=Message.objects.visible_to(w.mo), request=request).qs
    return sorted(message.seat.name for message in found)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_a_round_takes_eight_statements_however_many_are_asked(
    w: World, sink: Sink, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planned(w, due_on=TODAY)
    for number in range(1, count + 1):
        shared(w, commitment(w, number), due_on=TODAY + timedelta(days=number))
        ask(w, w.dan, w.subgroup, w.police, None, words=f"Question {number}?")

    with django_assert_num_queries(8):
        outbox.plan(w.board, now=LATER)
    before = list(Reminder.objects.order_by("pk").values())
    with django_assert_num_queries(8):
        assert outbox.plan(w.board, now=LATER + MINUTE) == 0
    assert list(Reminder.objects.order_by("pk").values()) == before
    run(LATER + 2 * MINUTE)
    with django_assert_num_queries(2):
        assert all(r.about for m in Message.objects.with_reminders() for r in m.reminders.all())


def test_another_board_is_told_nothing_of_it(w: World, sink: Sink) -> None:
    with time_machine.travel(PLANNED_AT):
        other = world("mercia")
        post.turn_on(other.board, by=other.mo, today=TODAY)
    shared(w, commitment(w))
    ask(w, None)

    run()

    assert sorted(mail["To"] for mail in sink.got) == ["carol@wessex.example", "mo@wessex.example"]
