"""Many people save the same action at once: no word is lost, and whoever is refused is told and keeps theirs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from actions import audit
from actions.models import Action, Event, Seat
from tests import factories
from tests.concurrency.conftest import Answer, Person, at_once
from tests.factories import action, world
from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]

EDITORS = tried(200, each_run=40)
AT_THEIR_DESKS = 2  # who try again at the same time, once they have read what the others wrote
UPDATE = "/wessex/actions/A-1/update/"


def said(n: int) -> str:
    return f"What editor {n} has to say"


def save(editor: Person, n: int, version: int) -> Answer:
    return editor.post(UPDATE, version=version, confidence="on_track", words=said(n))


def test_of_many_editors_none_loses_a_word(person: Callable[[Seat], Person]) -> None:
    w = world()
    a = action(w, due_on=w.board.today + timedelta(days=90))
    seats = [factories.seat(w.board, f"Editor{n}", w.council) for n in range(EDITORS)]
    a.contributors.set(seats)
    editors = [person(seat) for seat in seats]

    answers = at_once([partial(save, editor, n, 1) for n, editor in enumerate(editors)])

    (winner,) = [n for n, answer in enumerate(answers) if answer.status == 302]
    refused = {n: answer for n, answer in enumerate(answers) if n != winner}
    assert {answer.status for answer in refused.values()} == {409}
    assert [answer.typed for answer in refused.values()] == [said(n) for n in refused]
    assert all(said(winner) in answer.text for answer in refused.values())
    assert all("saved this action while you were writing" in answer.text for answer in refused.values())
    assert list(Event.objects.filter(verb="update").values_list("words", flat=True)) == [said(winner)]

    def until_saved(n: int) -> int:
        answer, tries = refused[n], 0
        while answer.status == 409:
            assert answer.typed == said(n)
            answer, tries = save(editors[n], n, answer.version), tries + 1
        assert answer.status == 302, answer.text
        return tries

    with ThreadPoolExecutor(AT_THEIR_DESKS) as desks:
        tries = sum(desks.map(until_saved, refused))

    kept = Event.objects.filter(verb="update").order_by("words").values_list("words", flat=True)
    print(
        f"\n{EDITORS} editors at once: 1 saved, {len(refused)} refused with both on the page, {tries} further tries"
    )
    print(f"{EDITORS - len(set(kept))} lost updates")
    assert list(kept) == sorted(said(n) for n in range(EDITORS))
    assert Action.objects.get().version == 1 + EDITORS
    assert audit.verify(w.board) == []
