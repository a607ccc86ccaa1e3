"""Steps that exclude each other, taken at once: one wins, the others are told, and the trail shows no illegal one."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from actions import audit, progress
from actions.models import Action, Board, Event, Seat, Status
from actions.trail import FROM
from tests.concurrency.conftest import Person, at_once
from tests.factories import World, action, world
from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]

ROUNDS = tried(50, each_run=15)


def done(w: World) -> Action:
    today = w.board.today
    a = action(w, due_on=today + timedelta(days=28))
    progress.finish(a, words="All briefed", done_on=today, by=w.alice, version=1, today=today)
    return a


def test_rounds_have_one_winner_each(person: Callable[[Seat], Person]) -> None:
    w = world()
    bob, alice, mo = person(w.bob), person(w.alice), person(w.mo)
    review_on, due_on = w.board.today + timedelta(days=182), w.board.today + timedelta(days=60)
    winners = Counter[str]()

    for n in range(ROUNDS):
        a = done(w)
        path = f"/wessex/actions/{a.reference}/"
        signing = {"seen": f"The list {n}", "impact": "review", "review_on": review_on}
        sending = {"reason": f"No list {n}", "due_on": due_on}
        taking = {"words": f"Not yet {n}"}

        answers = at_once([
            partial(bob.post, f"{path}sign-off/", version=a.version, **signing),
            partial(mo.post, f"{path}send-back/", version=a.version, **sending),
            partial(alice.post, f"{path}take-back/", version=a.version, **taking),
        ])  # fmt: skip

        statuses = sorted(answer.status for answer in answers)
        assert statuses == [302, 409, 409], [answer.text for answer in answers]
        for answer, typed in zip(answers, (signing["seen"], sending["reason"], taking["words"]), strict=True):
            if answer.status == 409:
                assert answer.typed == typed
                assert "There is a problem" in answer.text
                assert "What stands now" in answer.text
        winners.update(verb_of(a))

    print(f"\n{ROUNDS} rounds of three, one winner each: {dict(winners)}")
    assert winners.total() == ROUNDS
    assert illegal_steps(w.board) == []
    assert audit.verify(w.board) == []


def verb_of(a: Action) -> list[str]:
    exclusive = ["sign_off", "send_back", "take_back"]
    return list(Event.objects.filter(action=a, verb__in=exclusive).values_list("verb", flat=True))


def illegal_steps(board: Board) -> list[str]:
    """Lines whose verb does not leave the status that the line before it reached."""
    stands: dict[int | None, str] = {}
    found = []
    for event in Event.objects.filter(board=board, action__isnull=False).order_by("seq"):
        before = Status(stands.get(event.action_id, Status.DRAFT))
        if before not in FROM[event.verb]:
            found.append(f"line {event.seq}: {event.verb} from {before}")
        stands[event.action_id] = event.status
    return found
