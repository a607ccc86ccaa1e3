"""Who is spoken for hears of it."""

from datetime import timedelta
from typing import Any

from actions import progress
from actions.access import Behalf
from notifications import tasks
from notifications.models import Kind, Reminder
from tests.factories import TODAY, World, action
from tests.notifications.conftest import Sink
from tests.notifications.moments import PLANNED_AT


def test_who_is_spoken_for_hears_of_it_once(w: World, sink: Sink, time_machine: Any) -> None:
    later = PLANNED_AT + timedelta(days=1)
    time_machine.move_to(PLANNED_AT)
    a = action(w, due_on=TODAY + timedelta(days=200))
    time_machine.move_to(later)
    said = Behalf(of=w.carol, said_on=TODAY, how="phone")
    progress.update(a, confidence="on_track", words="Half done", by=w.mo, version=1, today=TODAY, behalf=said)

    for _ in range(2):
        tasks.run(clock=lambda: later + timedelta(minutes=5))

    told = Reminder.objects.filter(kind=Kind.RECORDED)
    assert list(told.values_list("seat__name", "state")) == [("Carol Lead", "told")]
    (mail,) = [mail for mail in sink.got if mail["To"] == "carol@wessex.example"]
    assert "Written down in your name" in mail.get_content()
    assert "Half done" not in mail.get_content()
