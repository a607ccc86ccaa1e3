"""The ledger: who may read it, what it tells, and the switch that first shows who would be told what."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import challenges, people, responses
from actions.models import Agency, Commitment, Event, Seat
from actions.models.board import UK
from notifications import post
from notifications.kinds import Kind
from notifications.models import Heartbeat, Message, Policy, Reminder
from tests.factories import TODAY, World, action, seat, source, world

pytestmark = pytest.mark.django_db

LEDGER = "/wessex/messages/"
SWITCH = "/wessex/messages/post/"
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UK)
# session, user, seat; needing, policy, heartbeat, count, page, reminders; roles, boards
QUERIES = 10


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(NOON, tick=False)
    return world()


def signed_in(who: Seat) -> Client:
    client = Client()
    assert who.user
    client.force_login(who.user)
    return client


def read(who: Seat, path: str = LEDGER) -> str:
    answer = signed_in(who).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def told(w: World, number: int = 1, state: str = "sent", **changes: Any) -> Message:
    """One message to Alice about one action of hers."""
    made = Message.objects.create(
        **{
            "board": w.board,
            "seat": w.alice,
            "to": "alice@wessex.example",
            "state": state,
            "message_id": f"<{w.board.slug}-{number}@example>",
            "dated_at": NOON,
            "created_at": NOON,
            "sent_at": NOON if state == "sent" else None,
        }
        | changes
    )
    Reminder.objects.create(
        board=w.board,
        seat=made.seat,
        action=action(w, owner=made.seat),
        message=made,
        kind=Kind.OVERDUE,
        step="2",
        due_version=1,
        for_on=TODAY,
        key=f"{w.board.slug}-{number}",
        created_at=NOON,
    )
    return made


def test_a_line_says_who_when_why_and_what_became_of_it(w: World) -> None:
    told(w)

    html = read(w.ingrid)

    assert "1 message<" in html
    for words in ("3 Jun 2026, 12:00", "Alice Owner", "Overdue, reminder 2: A-1", ">Sent<"):
        assert words in html


@pytest.mark.parametrize("path", [LEDGER, LEDGER + "1/", SWITCH])
def test_it_is_for_those_whose_it_is(w: World, path: str) -> None:
    message = told(w)
    path = path.replace("/1/", f"/{message.pk}/")

    answer = signed_in(w.alice).get(path)

    assert answer.status_code == 403
    assert "board manager" in answer.content.decode()
    assert Client().get(path).status_code == 302


def test_the_independent_chair_reads_but_does_not_switch(w: World) -> None:
    assert "Turn the post" not in read(w.ingrid)
    assert signed_in(w.ingrid).post(SWITCH, {"on": "1"}).status_code == 403
    assert not Policy.objects.filter(post_on=True).exists()


def test_another_boards_messages_are_not_there(w: World) -> None:
    other = world("mercia")
    theirs = told(other, to="alice@mercia.example")

    assert "0 messages</h2>" in read(w.mo)
    assert signed_in(w.mo).get(f"{LEDGER}{theirs.pk}/").status_code == 404
    assert signed_in(other.mo).get(LEDGER).status_code == 404
    assert "0 messages</h2>" in read(w.mo, f"{LEDGER}?seat={other.alice.pk}")


def test_what_the_engine_cannot_settle_stands_first_with_what_to_do(w: World) -> None:
    told(w, 1)
    told(w, 2, state="in_doubt")
    told(w, 3, state="bounced", reason="550 No such person")

    html = read(w.mo)

    box = html[html.index("Needs you") : html.index("3 messages")]
    assert "Ask them whether it came." in box
    assert "Ask for the right one." in box
    assert "550 No such person" in html
    assert box.count("<li>") == 2


def test_nothing_needs_anybody(w: World) -> None:
    told(w)

    assert "Needs you" not in read(w.mo)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {1, 2}),
        ("?state=sent", {1}),
        ("?kind=overdue", {1, 2}),
        ("?kind=due_today", set()),
        ("?since=2026-06-03", {1}),
        ("?until=2026-06-02", {2}),
        ("?since=nonsense", set()),
    ],
)
def test_the_filters(w: World, query: str, found: set[int]) -> None:
    numbers = {told(w, 1).pk: 1, told(w, 2, state="delivered", created_at=NOON - timedelta(days=2)).pk: 2}

    page = signed_in(w.mo).get(LEDGER + query).context["page"]

    assert {numbers[message.pk] for message in page} == found


def test_htmx_gets_the_list_alone(w: World) -> None:
    told(w)

    answer = signed_in(w.mo).get(LEDGER, headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<div id="list"')


def test_a_messages_page_names_its_actions(w: World) -> None:
    message = told(w, subject="Wessex: A-1: overdue")

    html = read(w.mo, f"{LEDGER}{message.pk}/")

    assert 'href="/wessex/actions/A-1/">A-1</a> Brief every custody sergeant' in html
    assert "Wessex: A-1: overdue" in html
    assert "Overdue, reminder 2" in html


@pytest.mark.slow
def test_every_kind_of_reason_can_be_read(w: World) -> None:
    message = told(w)
    made = message.reminders.get()

    for kind in Kind:
        Reminder.objects.filter(pk=made.pk).update(kind=kind)
        for path in (LEDGER, f"{LEDGER}{message.pk}/"):
            assert "A-1" in read(w.mo, path)


def test_a_copy_says_whose_action_it_is_and_until_when_that_one_is_away(w: World) -> None:
    message = told(w, seat=w.carol)
    message.reminders.update(for_owner=w.alice, away_until=TODAY + timedelta(days=17))

    for path in (LEDGER, f"{LEDGER}{message.pk}/"):
        assert "Overdue, reminder 2, owned by Alice Owner, who is away until 20 June 2026" in read(w.mo, path)


def test_what_is_asked_is_named_of_whom_and_leads_to_its_page(w: World) -> None:
    c = Commitment.objects.create(
        board=w.board, number=7, printed_number="4.2", source=source(w), kind="recommendation", words="Ask"
    )
    (response,) = responses.share_out(c, agencies=[w.police], by=w.mo, today=TODAY)
    question = challenges.challenge(
        "Why?", whom=[w.subgroup], about=c, due_on=TODAY, by=w.ingrid, today=TODAY
    )
    message = told(w, seat=w.carol)
    given = {"board": w.board, "seat": w.carol, "message": message, "due_version": 1, "for_on": TODAY}
    given |= {"kind": Kind.ASKED, "step": "0", "due_on": TODAY, "created_at": NOON}
    Reminder.objects.create(**given, response=response, key="response")
    Reminder.objects.create(**given, asked=question.asked.get(), key="question")

    ledger, html = read(w.mo), read(w.mo, f"{LEDGER}{message.pk}/")

    for words in ("Asked of them: response to Katherine 4.2", "Asked of them: question about Katherine 4.2"):
        assert words in ledger
    assert '"/wessex/commitments/C-7/">Response to Katherine 4.2</a>' in html
    assert f'"/wessex/challenges/{question.pk}/">Question about Katherine 4.2</a>' in html
    assert "Wessex Police</span>" in html
    assert "Learning and Review</span>" in html
    assert "1 message</h2>" in read(w.mo, f"{LEDGER}?about=response")
    assert "0 messages</h2>" in read(w.mo, f"{LEDGER}?about=response&seat={w.dan.pk}")


def test_words_of_others_are_text(w: World) -> None:
    message = told(w, reason="<script>alert(1)</script>")

    for path in (LEDGER, f"{LEDGER}{message.pk}/"):
        assert "<script>alert" not in read(w.mo, path)


@pytest.mark.parametrize(
    ("on", "beat", "said"),
    [
        (False, None, "board's post is off.<"),
        (True, None, "has not finished a round yet"),
        (True, timedelta(minutes=11), "It last finished a round on 3 June 2026 at 11:49"),
        (True, timedelta(minutes=9), None),
    ],
)
def test_it_says_why_nothing_goes_out(w: World, on: bool, beat: timedelta | None, said: str | None) -> None:
    Policy.objects.create(board=w.board, post_on=on)
    if beat:
        Heartbeat.beat(timezone.now() - beat)

    html = read(w.mo)

    banners = [
        "board's post is off.<",
        "has not finished a round yet",
        "It last finished a round on 3 June 2026 at 11:49",
    ]
    assert [words for words in banners if words in html] == ([said] if said else [])


# -- a mail in doubt -----------------------------------------------------------------------------------------


def doubtful(w: World, **changes: Any) -> Message:
    return told(w, state="in_doubt", **{"attempts": 1, "sending_at": NOON} | changes)


def settled(w: World, message: Message, **sent: Any) -> Any:
    given = {"became": "arrived", "attempts": message.attempts} | sent
    return signed_in(w.mo).post(f"{LEDGER}{message.pk}/settle/", given, follow=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "offered"),
    [({}, ["It arrived", "Send it again"]), ({"resent": True}, ["It arrived", "It did not arrive"])],
)
def test_the_manager_is_offered_what_can_be_said_of_it_and_nobody_else_is(
    w: World, changes: dict[str, Any], offered: list[str]
) -> None:
    message = doubtful(w, **changes)
    words = ["It arrived", "Send it again", "It did not arrive"]

    for path in (LEDGER, f"{LEDGER}{message.pk}/"):
        assert [one for one in words if f">{one}<" in read(w.mo, path)] == offered
        assert [one for one in words if f">{one}<" in read(w.ingrid, path)] == []


@pytest.mark.parametrize(
    ("became", "state", "said"),
    [
        ("arrived", "delivered", "The mail to Alice Owner: it arrived."),
        ("again", "queued", "The mail to Alice Owner: it is sent again, if it is still called for"),
    ],
)
def test_settled_it_needs_nobody_and_the_trail_says_so(w: World, became: str, state: str, said: str) -> None:
    message = doubtful(w)

    answer = settled(w, message, became=became)

    message.refresh_from_db()
    assert (answer.status_code, message.state) == (200, state)
    assert said in answer.text
    assert "Needs you" not in answer.text
    trail = read(w.mo, "/wessex/trail/")
    words = {"arrived": "it arrived", "again": "send it again"}[became]
    assert f"Mail in doubt settled: {words}" in trail
    assert f'href="{LEDGER}{message.pk}/">Message<' in trail


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"attempts": 7}, 409, "does not stand as you saw it"),
        ({"became": "lost"}, 409, "does not stand as you saw it"),
        ({"became": ""}, 422, "Say what became of it"),
        ({"became": "eaten"}, 422, "Say what became of it"),
        ({"attempts": "x"}, 422, "Say what became of it"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_says_why(
    w: World, sent: dict[str, Any], status: int, said: str
) -> None:
    message = doubtful(w)

    answer = settled(w, message, **sent)

    message.refresh_from_db()
    assert (answer.status_code, message.state) == (status, "in_doubt")
    assert said in answer.text
    assert ">Send it again<" in answer.text


def test_another_boards_mail_in_doubt_is_not_there(w: World) -> None:
    theirs = doubtful(world("mercia"))

    assert settled(w, theirs).status_code == 404


# -- how mail is sent ----------------------------------------------------------------------------------------


def test_how_mail_is_sent_is_changed_on_the_page_of_the_post(w: World) -> None:
    client = signed_in(w.mo)
    shown = client.get(SWITCH).context["policy"].initial

    changed = client.post(f"{SWITCH}policy/", {"titles_in_mail": "on"}, follow=True)
    again = client.post(f"{SWITCH}policy/", {"titles_in_mail": "on"}, follow=True)

    assert (shown["titles_in_mail"], shown["resend_in_doubt"]) == (False, False)
    assert ["It holds from the next mail on" in changed.text, "It stood so already" in again.text] == [
        True
    ] * 2
    assert changed.context["policy"].initial["titles_in_mail"]
    policy = Policy.objects.get(board=w.board)
    assert (policy.titles_in_mail, policy.resend_in_doubt, policy.post_on) == (True, False, False)
    assert "Policy of the post changed: titles in mails on" in read(w.mo, "/wessex/trail/")


def test_the_page_before_it_is_turned_on_tells_of_who_stands_in(w: World) -> None:
    action(w, due_on=TODAY)
    people.away(w.alice, since=TODAY, until=TODAY + timedelta(days=17), by=w.mo, today=TODAY)

    html = read(w.mo, SWITCH)

    assert "<strong>2 people</strong> will be written to" in html
    assert "Due today, owned by Alice Owner, who is away until 20 June 2026: A-1" in html


def test_before_it_is_turned_on_it_shows_who_would_be_told_what_and_writes_nothing(w: World) -> None:
    action(w, due_on=TODAY - timedelta(days=20))
    action(w, owner=w.dan, due_on=TODAY + timedelta(days=200))

    html = read(w.mo, SWITCH)

    assert "<strong>2 people</strong> will be written to by 12:30 on Wednesday 3 June 2026" in html
    assert "alice@wessex.example" in html
    assert "Overdue, reminder 2: A-1" in html
    assert "Given to them: A-2" in html
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()
    assert not Policy.objects.exists()


def test_on_a_weekend_it_speaks_of_monday(w: World, time_machine: Any) -> None:
    action(w, due_on=TODAY + timedelta(days=3))
    time_machine.move_to(NOON + timedelta(days=3), tick=False)
    client = signed_in(w.mo)

    html = client.get(SWITCH).content.decode()

    assert "by 07:00 on Monday 8 June 2026" in html


def test_with_nothing_due_it_says_so(w: World) -> None:
    assert "nobody is written to yet" in read(w.mo, SWITCH)


def test_on_and_off_and_a_second_click(w: World) -> None:
    client = signed_in(w.mo)

    said = [
        str(next(iter(client.post(SWITCH, {"on": on}, follow=True).context["messages"])))
        for on in ("1", "1", "0")
    ]

    assert said == [
        "The board's post is now on. The mail goes out within minutes.",
        "The board's post is already on. The mail goes out within minutes.",
        "The board's post is now off. What waits is held.",
    ]
    assert [event.detail for event in Event.objects.filter(verb="set_post").order_by("seq")] == [
        {"post_on": True},
        {"post_on": False},
    ]


def test_when_it_is_on_the_page_offers_off(w: World) -> None:
    post.turn_on(w.board, by=w.mo, today=TODAY)

    html = read(w.mo, SWITCH)

    assert "Turn it off" in html
    assert "Who would be told" not in html


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_number_of_queries_does_not_grow(w: World, how_many: int) -> None:
    for n in range(how_many):
        agency = Agency.objects.create(board=w.board, name=f"Agency {n}", short_name=f"A{n}")
        told(w, n, seat=seat(w.board, f"Person{n} Somebody", agency), state=("sent", "failed")[n % 2])
    told(w, 9, state="failed")
    client = signed_in(w.mo)
    client.get(LEDGER)

    with CaptureQueriesContext(connection) as queries:
        client.get(LEDGER)

    assert len(queries) == QUERIES
