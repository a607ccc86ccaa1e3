"""A mail of which nobody knows whether it arrived: a person settles it, once, and there is never a third copy."""

from datetime import timedelta

import pytest

from actions import planning
from actions.models import Event
from actions.refusals import Changed, Invalid, NotAllowed
from notifications import post
from notifications.models import Message, Policy
from tests.factories import TODAY, World
from tests.notifications.conftest import Sink
from tests.notifications.moments import MINUTE, NOW
from tests.notifications.test_deliver import queued, send, stands


@pytest.fixture
def doubtful(w: World, sink: Sink) -> Message:
    """To Alice, about an action that is due today. The connection was cut after the text."""
    message = queued(w)
    sink.to_text = ["cut after"]
    send()
    message.refresh_from_db()
    return message


def settle(w: World, message: Message, became: str) -> None:
    post.settle(message, became=became, attempts=message.attempts, by=w.mo, today=TODAY)


def settled_on_the_trail(w: World) -> list[tuple[str | None, dict[str, object]]]:
    return list(w.board.events.filter(verb="settle_doubt").order_by("seq").values_list("by__name", "detail"))


def test_it_arrived(w: World, sink: Sink, doubtful: Message) -> None:
    settle(w, doubtful, "arrived")

    assert [send(NOW + timedelta(hours=n)) for n in range(3)] == [0, 0, 0]
    assert stands(doubtful) == ("delivered", "Mo Manager says that it arrived.", ["told"])
    assert (doubtful.sent_at, len(sink.got)) == (NOW, 1)
    assert settled_on_the_trail(w) == [("Mo Manager", {"message": doubtful.pk, "became": "arrived"})]


def test_sent_again_it_is_the_same_mail_once_more(w: World, sink: Sink, doubtful: Message) -> None:
    settle(w, doubtful, "again")
    assert stands(doubtful) == ("queued", "It was in doubt. Mo Manager had it sent once more.", ["waiting"])

    assert [send(NOW + MINUTE), send(NOW + 2 * MINUTE)] == [1, 0]

    assert stands(doubtful) == ("sent", "", ["told"])
    assert doubtful.resent
    assert [(mail["Message-ID"], mail["Date"]) for mail in sink.got] == [
        (doubtful.message_id, "Wed, 03 Jun 2026 09:00:00 +0100")
    ] * 2
    assert settled_on_the_trail(w) == [("Mo Manager", {"message": doubtful.pk, "became": "again"})]


def test_sent_again_it_says_only_what_is_still_called_for(w: World, sink: Sink, doubtful: Message) -> None:
    planning.reassign(doubtful.reminders.get().action, to=w.dan, by=w.mo, reason="", version=1, today=TODAY)

    settle(w, doubtful, "again")

    assert send(NOW + MINUTE) == 0
    assert stands(doubtful)[0] == "cancelled"


def test_in_doubt_again_it_is_never_sent_a_third_time(w: World, sink: Sink, doubtful: Message) -> None:
    Policy.objects.update(resend_in_doubt=True)
    settle(w, doubtful, "again")
    sink.to_text = ["cut after"]
    hours = [send(NOW + n * timedelta(minutes=16)) for n in range(1, 4)]
    doubtful.refresh_from_db()
    assert (hours, doubtful.state, post.choices(doubtful)) == ([0, 0, 0], "in_doubt", ["arrived", "lost"])

    with pytest.raises(Changed):
        settle(w, doubtful, "again")
    settle(w, doubtful, "lost")

    assert send(NOW + timedelta(hours=3)) == 0
    assert stands(doubtful) == ("failed", "Mo Manager says that it did not arrive.", ["cancelled"])
    assert len(sink.got) == 2


@pytest.mark.parametrize("became", ["arrived", "again", "lost"])
def test_what_is_no_longer_as_it_was_seen_is_not_settled(w: World, doubtful: Message, became: str) -> None:
    seen = Message.objects.get(pk=doubtful.pk)
    settle(w, doubtful, "arrived")
    before = Event.objects.count()

    with pytest.raises(Changed, match="as you saw it"):
        settle(w, seen, became)

    assert (stands(doubtful)[0], Event.objects.count()) == ("delivered", before)


def test_a_second_doubt_is_not_settled_by_what_was_seen_of_the_first(
    w: World, sink: Sink, doubtful: Message
) -> None:
    seen = Message.objects.get(pk=doubtful.pk)
    settle(w, doubtful, "again")
    sink.to_text = ["cut after"]
    send(NOW + MINUTE)

    with pytest.raises(Changed):
        settle(w, seen, "arrived")

    assert stands(doubtful)[0] == "in_doubt"


def test_a_first_doubt_is_sent_again_rather_than_given_up(w: World, doubtful: Message) -> None:
    assert post.choices(doubtful) == ["arrived", "again"]
    with pytest.raises(Changed):
        settle(w, doubtful, "lost")
    with pytest.raises(Invalid):
        settle(w, doubtful, "eaten")


@pytest.mark.slow
@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_nobody_but_the_manager_settles_it(w: World, doubtful: Message, who: str) -> None:
    with pytest.raises(NotAllowed, match="board manager"):
        post.settle(doubtful, became="arrived", attempts=1, by=getattr(w, who), today=TODAY)


def test_the_boards_choice_to_send_again_holds_for_what_is_in_doubt_already(
    w: World, sink: Sink, doubtful: Message
) -> None:
    assert send(NOW + 20 * MINUTE) == 0

    post.set_policy(w.board, titles_in_mail=False, resend_in_doubt=True, by=w.mo, today=TODAY)

    assert [send(NOW + 20 * MINUTE), len(sink.got)] == [1, 2]


def test_the_policy_is_the_managers_on_the_trail_and_written_only_where_it_changes(w: World) -> None:
    def saved(titles: bool, resend: bool) -> bool:
        return post.set_policy(w.board, titles_in_mail=titles, resend_in_doubt=resend, by=w.mo, today=TODAY)

    assert [saved(True, False), saved(True, False), saved(False, True)] == [True, False, True]

    assert list(
        w.board.events.filter(verb="set_policy").order_by("seq").values_list("detail", flat=True)
    ) == [
        {"titles_in_mail": True},
        {"titles_in_mail": False, "resend_in_doubt": True},
    ]
    assert Policy.objects.get(board=w.board).post_on
    with pytest.raises(NotAllowed, match="board manager"):
        post.set_policy(w.board, titles_in_mail=True, resend_in_doubt=True, by=w.ingrid, today=TODAY)
