"""The engine as it runs: the local loop, several processes at once, Celery over a real broker; and its heartbeat."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
import time_machine
from celery import Celery
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from kombu import Connection

from actions import people, triggers
from notifications import deliver, outbox, post, tasks
from notifications.models import Heartbeat, Message, Reminder
from tests.factories import TODAY, World, seat, world
from tests.notifications.conftest import Sink
from tests.notifications.moments import NOW, PLANNED_AT
from tests.notifications.processes import shared_database, start, stop, wait_for
from tests.notifications.test_outbox import planned
from tracker.celery import app


@pytest.fixture
def committed(transactional_db: None) -> Iterator[World]:
    """Rows that other processes can see: five owners, each with two actions to be reminded of; one is away."""
    with time_machine.travel(PLANNED_AT):
        w = world()
        post.turn_on(w.board, by=w.mo, today=TODAY)
    for number in range(5):
        owner = seat(w.board, f"Owner{number}", w.police)
        planned(w, owner=owner, due_on=TODAY)
        planned(w, owner=owner, due_on=TODAY - timedelta(days=20))
    people.away(owner, since=TODAY, until=TODAY, by=w.mo, today=TODAY)
    yield w
    triggers.remove()  # so that the tables can be emptied; that makes them again


def everyone_was_told_once(sink: Sink) -> None:
    told = ["carol", *(f"owner{number}" for number in range(5))]
    assert sorted(mail["To"] for mail in sink.got) == [f"{name}@wessex.example" for name in told]
    assert sorted(Message.objects.values_list("state", flat=True)) == ["sent"] * 6
    assert sorted(Reminder.objects.values_list("state", flat=True)) == ["told"] * 12


@pytest.mark.slow
def test_the_local_loop_sends_beats_and_stops_clean(committed: World, sink: Sink, tmp_path: Path) -> None:
    with shared_database(tmp_path) as database:
        engine = start(
            "manage.py", "remind", "--loop", "--at", NOW.isoformat(), database=database, port=sink.port
        )
        wait_for(lambda: len(sink.got) == 6, engine)

        assert stop(engine) == (0, "")

    everyone_was_told_once(sink)
    assert Heartbeat.last() == NOW


@pytest.mark.slow
def test_eight_engines_at_once_make_one_row_and_one_mail_of_each(
    committed: World, sink: Sink, tmp_path: Path
) -> None:
    with shared_database(tmp_path) as database:
        engines = start(
            "-m", "tests.notifications.eight_rounds", NOW.isoformat(), database=database, port=sink.port
        )
        said = engines.communicate(timeout=60)[0]

    assert engines.returncode == 0, said
    assert sum(int(sent) for sent in said.split()) == 6
    everyone_was_told_once(sink)


@pytest.mark.slow
@pytest.mark.broker
@pytest.mark.parametrize(
    "url",
    [
        pytest.param(os.environ.get("TEST_BROKER_URL", "redis://127.0.0.1:6379/10"), id="redis"),
        pytest.param(os.environ.get("TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//"), id="rabbitmq"),
    ],
)
def test_a_celery_worker_sends_what_two_ticks_ask_for_once(
    committed: World, sink: Sink, tmp_path: Path, url: str
) -> None:
    skip_without(url)
    queue = f"test-{uuid.uuid4().hex}"
    command = ["-m", "celery", "-A", "tracker", "worker", "--pool=solo", "-Q", queue, "-l", "WARNING"]

    with shared_database(tmp_path) as database, Celery(broker=url) as client:
        for _ in range(2):
            client.send_task("notifications.tasks.tick", kwargs={"at": NOW.isoformat()}, queue=queue)
        worker = start(
            *command,
            "--without-gossip",
            "--without-mingle",
            database=database,
            port=sink.port,
            BROKER_URL=url,
        )
        wait_for(lambda: len(sink.got) == 6, worker)
        assert stop(worker)[0] == 0
    with Connection(url) as connection:
        connection.default_channel.queue_delete(queue)

    everyone_was_told_once(sink)


def skip_without(url: str) -> None:
    address = urlparse(url)
    try:
        socket.create_connection((address.hostname, address.port), timeout=1).close()
    except OSError:
        pytest.skip(
            f"No broker answers at {address.hostname}:{address.port}; start Redis and RabbitMQ there."
        )


def test_the_clock_table_names_the_task_that_there_is() -> None:
    assert [entry["task"] for entry in app.conf.beat_schedule.values()] == [tasks.tick.name]
    assert tasks.tick.name in app.tasks


def test_a_tick_without_a_broker_runs_in_place(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)

    with time_machine.travel(NOW, tick=False):
        tasks.tick.delay()

    assert ([mail["To"] for mail in sink.got], Heartbeat.last()) == (["alice@wessex.example"], NOW)


@pytest.mark.slow
def test_thirty_days_of_ticks_tell_each_step_once(w: World, sink: Sink) -> None:
    """One owner, one action due on a Sunday, the engine waking four times each day."""
    planned(w, due_on=TODAY + timedelta(days=18))  # Sunday 21 June

    for hours in range(0, 24 * 30, 6):
        tasks.tick(at=(NOW + timedelta(hours=hours)).isoformat())

    told = Reminder.objects.filter(state="told").order_by("pk").select_related("message")
    assert [(f"{r.message.created_at:%a %d %b}", r.kind, r.step) for r in told if r.message] == [
        ("Wed 03 Jun", "due_soon", "28"),
        ("Fri 12 Jun", "due_soon", "7"),
        ("Fri 19 Jun", "due_today", "0"),
        ("Mon 22 Jun", "overdue", "1"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days_off", "names"), [(1, ["alice"]), (7, ["alice", "dan"]), (30, ["alice", "dan"])]
)
def test_after_days_of_silence_at_most_one_mail_goes_to_each(
    w: World, sink: Sink, days_off: int, names: list[str]
) -> None:
    """The day after, both have had their mail of the week; but something of Alice is due."""
    for number in range(40):
        owner = w.alice if number % 2 else w.dan
        planned(w, owner=owner, due_on=TODAY + timedelta(days=number - 20))
    tasks.tick(at=NOW.isoformat())
    before = len(sink.got)

    back = NOW + timedelta(days=days_off)
    tasks.tick(at=back.isoformat())
    tasks.tick(at=(back + timedelta(minutes=1)).isoformat())

    assert before == 2
    assert sorted(mail["To"].split("@")[0] for mail in sink.got[before:]) == names


def test_a_board_that_fails_stops_no_other_and_the_heart_does_not_beat(
    w: World, sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    planned(w, due_on=TODAY)
    with time_machine.travel(PLANNED_AT):
        broken = world("broken")
        post.turn_on(broken.board, by=broken.mo, today=TODAY)
    real = outbox.plan

    def plan(board: Any, *, now: Any) -> int:
        if board == broken.board:
            raise ArithmeticError("A fault of this board alone")
        return real(board, now=now)

    monkeypatch.setattr(outbox, "plan", plan)
    tasks.run(clock=lambda: NOW, heartbeat=True)

    assert ([mail["To"] for mail in sink.got], Heartbeat.last()) == (["alice@wessex.example"], None)
    assert "Reminders of board broken could not be worked out" in caplog.text


def test_a_dry_run_says_who_would_be_told_what_and_writes_nothing(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)
    planned(w, due_on=TODAY - timedelta(days=20))
    said = StringIO()

    call_command("remind", "--dry-run", "--day", "2026-06-03", stdout=said)

    assert said.getvalue() == (
        "Wessex Safeguarding Adults Board: 1 to send\n"
        "  Alice Owner <alice@wessex.example>\n"
        "    A-2: Overdue, reminder 2, due 14 May 2026\n"
        "    A-1: Due today, due 03 Jun 2026\n"
    )
    assert (Message.objects.count(), Reminder.objects.count(), sink.got) == (0, 0, [])


def test_a_dry_run_for_a_sunday_says_that_nobody_is_written_to(w: World) -> None:
    said = StringIO()

    call_command("remind", "--dry-run", "--at", "2026-06-07T12:00", stdout=said)

    assert said.getvalue() == "Wessex Safeguarding Adults Board: nobody is written to at Sun 07 Jun 12:00.\n"


def test_one_run_for_a_given_day_sends_as_of_that_day_and_is_no_heartbeat(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)
    said = StringIO()

    call_command("remind", "--day", "2026-06-03", stdout=said)

    assert (said.getvalue(), Heartbeat.last()) == ("1 sent.\n", None)
    assert Message.objects.get().sent_at == NOW


@pytest.mark.parametrize(("minutes", "status"), [(None, 503), (0, 200), (9, 200), (11, 503)])
def test_the_health_check_is_red_when_the_engine_is_silent(
    db: None, client: Client, minutes: int | None, status: int
) -> None:
    if minutes is not None:
        Heartbeat.beat(timezone.now() - timedelta(minutes=minutes))

    assert client.get("/healthz/reminders").status_code == status
    assert client.post("/healthz/reminders").status_code == 405


def test_nothing_is_sent_when_told_to_stop_at_once(w: World, sink: Sink) -> None:
    planned(w, due_on=TODAY)

    assert tasks.run(clock=lambda: NOW, stopping=lambda: True) == 0

    assert list(deliver.due(NOW)) == list(Message.objects.all())
