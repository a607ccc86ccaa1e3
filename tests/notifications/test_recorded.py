"""Who is spoken for hears of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from notifications import tasks
from notifications.kinds import Kind
from notifications.models import Reminder
from tests.factories import TODAY, World, action
from tests.notifications.conftest import Sink
from tests.notifications.moments import PLANNED_AT

SENT: dict[str, tuple[str, dict[str, Any]]] = {  # the same, by a person and by a machine
    "page": ("/wessex/actions/A-1/update/", {}),
    "api": ("/api/v1/boards/wessex/actions/1/update/", {"content_type": "application/json"}),
}


@pytest.mark.parametrize("door", SENT)
def test_who_is_spoken_for_hears_of_it_once(w: World, sink: Sink, time_machine: Any, door: str) -> None:
    later = PLANNED_AT + timedelta(days=1)
    time_machine.move_to(PLANNED_AT)
    action(w, due_on=TODAY + timedelta(days=200))
    time_machine.move_to(later)
    client, (path, as_json) = Client(), SENT[door]
    assert w.mo.user
    client.force_login(w.mo.user)
    said = {"on_behalf_of": w.carol.pk, "said_on": str(later.date()), "how": "phone"}

    answer = client.post(
        path, said | {"version": 1, "confidence": "on_track", "words": "Half done"}, **as_json
    )
    for _ in range(2):
        tasks.run(clock=lambda: later + timedelta(minutes=5))

    assert answer.status_code == (200 if as_json else 302)
    told = Reminder.objects.filter(kind=Kind.RECORDED)
    assert list(told.values_list("seat__name", "state")) == [("Carol Lead", "told")]
    (mail,) = [mail for mail in sink.got if mail["To"] == "carol@wessex.example"]
    assert "Written down in your name" in mail.get_content()
    assert "Half done" not in mail.get_content()
