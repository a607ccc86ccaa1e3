"""While an owner is away, who stands in is told too: who that is, in one mail, never twice."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from actions.models import Action, Agency, Commitment, Seat, Source
from notifications import outbox
from notifications.forecast import forecast
from notifications.models import Message, Policy, Reminder
from tests.factories import TODAY, World, seat, source
from tests.notifications.absence import DAY, away, copies, run, second_lead, to
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW
from tests.notifications.test_outbox import planned

TO_CAROL = """\
Dear Carol Lead,

The action tracker of Wessex Safeguarding Adults Board reminds you of these actions.

Due today

* A-2, due 3 June 2026
  https://tracker.example/wessex/actions/A-2/

Of Alice Owner, who is away until 20 June 2026

* A-1, due 1 May 2026 (overdue)
  https://tracker.example/wessex/actions/A-1/

* A-3, due 10 June 2026 (due soon)
  https://tracker.example/wessex/actions/A-3/

Open an action to say where it stands, to attach evidence or to finish it. You will be asked to sign in.
All that is yours: https://tracker.example/wessex/

You get this because you own these actions, something was written down in your name, or you stand in for an owner who is away. It went to you alone.
Nobody reads replies to this address: write to your board's office instead.
"""  # noqa: E501  as it is sent


def test_the_lead_is_told_in_one_mail_whose_it_is_and_until_when_and_the_owner_as_ever(
    w: World, sink: Sink, settings: Any
) -> None:
    settings.SITE_URL = "https://tracker.example"
    planned(w, due_on=date(2026, 5, 1))
    planned(w, owner=w.carol, due_on=TODAY)
    planned(w, due_on=date(2026, 6, 10))
    away(w, w.alice)

    run()

    assert sorted(to(sink)) == ["alice", "carol"]
    (mail,) = (mail for mail in sink.got if mail["To"].startswith("carol"))
    assert mail.get_content().replace("\r\n", "\n") == TO_CAROL
    assert mail["Subject"] == (
        "Wessex Safeguarding Adults Board: 3 actions: 1 due today, 2 whose owner is away"
    )
    (owners,) = (mail for mail in sink.got if mail["To"].startswith("alice"))
    assert "away" not in owners.as_string()


def test_a_mail_about_nothing_else_says_so(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)

    run()

    (mail,) = (mail for mail in sink.got if mail["To"].startswith("carol"))
    assert mail["Subject"] == "Wessex Safeguarding Adults Board: A-1: due today, its owner is away"
    assert "You get this because you stand in for an owner who is away." in mail.get_content()


def test_the_ledger_says_why_and_a_second_run_writes_nothing(w: World, sink: Sink) -> None:
    planned(w, due_on=date(2026, 5, 1))
    away(w, w.alice)
    run()
    before = list(Reminder.objects.values()), list(Message.objects.values())

    run(NOW + MINUTE)

    assert (list(Reminder.objects.values()), list(Message.objects.values())) == before
    (message,) = Message.objects.visible_to(w.mo).with_reminders().filter(seat=w.carol)
    assert [reminder.about for reminder in message.reminders.all()] == [
        "Overdue, reminder 3, owned by Alice Owner, who is away until 20 June 2026: A-1"
    ]


def test_the_forecast_and_the_dry_run_tell_of_it_and_write_nothing(w: World) -> None:
    planned(w, due_on=TODAY)
    away(w, w.alice)
    said = StringIO()

    call_command("remind", "--dry-run", "--day", "2026-06-03", stdout=said)
    foreseen = [(m.seat.name, [r.why for r in m.reminders.all()]) for m in forecast(w.board, now=NOW)]

    why = "Due today, owned by Alice Owner, who is away until 20 June 2026"
    assert foreseen == [("Alice Owner", ["Due today"]), ("Carol Lead", [why])]
    assert f"  Carol Lead <carol@wessex.example>\n    A-1: {why}, due 03 Jun 2026\n" in said.getvalue()
    assert not Reminder.objects.exists()


def second_manager(w: World) -> Seat:
    return seat(w.board, "Max Manager", None, is_manager=True)


def not_yet_here(w: World) -> None:
    Seat.objects.filter(pk=w.carol.pk).update(user=None)


def leads_elsewhere(w: World) -> None:
    Seat.objects.filter(pk=w.carol.pk).update(agency=w.council)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("owner", "before", "who"),
    [
        ("alice", [], "Carol"),
        ("alice", [second_lead], "Carol"),
        ("alice", [second_lead, lambda w: away(w, w.carol)], "Sue"),
        ("alice", [lambda w: away(w, w.carol)], "Mo"),
        ("alice", [lambda w: away(w, w.carol), second_manager, lambda w: away(w, w.mo)], "Max"),
        ("alice", [lambda w: away(w, w.carol, TODAY + DAY)], "Carol"),  # not away yet
        ("alice", [lambda w: Seat.objects.filter(pk=w.carol.pk).update(left_on=TODAY)], "Mo"),
        ("alice", [not_yet_here], "Mo"),
        ("alice", [leads_elsewhere], "Mo"),
        ("carol", [], "Mo"),  # nobody stands in for themselves
        ("carol", [second_lead], "Sue"),
        ("dan", [], "Mo"),  # nobody leads the council
        ("mo", [second_manager], "Max"),
        ("mo", [], None),
    ],
)  # fmt: skip
def test_a_lead_of_the_agency_stands_in_who_is_here_else_a_manager(
    w: World, owner: str, before: list[Any], who: str | None
) -> None:
    planned(w, owner=getattr(w, owner), due_on=TODAY)
    for prepare in before:
        prepare(w)
    away(w, getattr(w, owner))

    outbox.plan(w.board, now=NOW)

    assert copies() == ([(who, "A-1", "due_today 0", "waiting")] if who else [])


def test_when_everybody_is_away_somebody_still_stands_in(w: World) -> None:
    planned(w, due_on=TODAY)
    for who in (w.alice, w.carol, w.mo):
        away(w, who)

    outbox.plan(w.board, now=NOW)

    assert copies() == [("Carol", "A-1", "due_today 0", "waiting")]


@pytest.mark.slow
@pytest.mark.parametrize("titles", [True, False])
@pytest.mark.parametrize("moved_on", [True, False])
def test_who_may_not_read_what_it_answers_is_not_told(
    w: World, sink: Sink, moved_on: bool, titles: bool
) -> None:
    """The action answers a restricted review. Once its owner works elsewhere, the lead there may not open it."""
    Policy.objects.update(titles_in_mail=titles)
    closed = source(w)
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=closed, kind="recommendation", words="Brief them"
    )
    fire = Agency.objects.create(board=w.board, name="Wessex Fire", short_name="Fire")
    seat(w.board, "Finn Fire", fire, is_lead=True)
    found = planned(w, due_on=TODAY, commitments=(asked,), subgroup=None)
    if moved_on:
        Seat.objects.filter(pk=w.alice.pk).update(agency=fire)
        Action.objects.filter(pk=found.pk).update(agency=None)
    away(w, w.alice)

    run()

    (told,) = Reminder.objects.filter(for_owner=w.alice).select_related("seat")
    assert told.seat == (w.mo if moved_on else w.carol)
    assert Action.objects.visible_to(told.seat).filter(pk=found.pk).exists()
    assert sorted(to(sink)) == ["alice", "mo" if moved_on else "carol"]
    assert "custody" not in "".join(mail.as_string() for mail in sink.got)
