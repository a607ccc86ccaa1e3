"""Processes that write through the verbs at once, into one database file of their own, each to an action of its own:
`DATABASE_URL=sqlite:///… python -m tests.concurrency.writers 8 100`. A program of its own, since a test with servers
and connections open is nothing to fork.

Prints one JSON: how many updates stand in the trail, how many were refused as "locked", how long the slowest took in
seconds, how long all of it took, and what is wrong with the trail.
"""

import json
import multiprocessing
import sys
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django comes first
from django.db import OperationalError, connection  # noqa: E402

from actions import audit, progress  # noqa: E402
from actions.models import Action, Board, Event  # noqa: E402
from tests.factories import TODAY, action, world  # noqa: E402

Told = tuple[int, float]


def write(number: int, writes: int, barrier: Barrier, told: "Queue[Told]") -> None:
    mine = Action.objects.select_related("board", "owner").get(number=number)
    locked, slowest = 0, 0.0
    barrier.wait()
    for n in range(writes):
        began = time.monotonic()
        try:
            progress.update(
                mine,
                confidence="on_track",
                words=f"A-{number}, week {n}",
                by=mine.owner,
                version=mine.version,
                today=TODAY,
            )
        except OperationalError as error:
            locked += 1
            print(error, file=sys.stderr)
        slowest = max(slowest, time.monotonic() - began)
    told.put((locked, slowest))


def main(processes: int, writes: int) -> None:
    call_command("migrate", verbosity=0)
    w = world()
    numbers = [action(w, title=f"Action {n}").number for n in range(processes)]
    connection.close()  # each process opens its own

    fork = multiprocessing.get_context("fork")
    told: Queue[Told] = fork.Queue()
    barrier = fork.Barrier(processes)
    writers = [fork.Process(target=write, args=(number, writes, barrier, told)) for number in numbers]
    began = time.monotonic()
    for writer in writers:
        writer.start()
    heard = [told.get(timeout=300) for _ in writers]
    for writer in writers:
        writer.join()

    found = {
        "written": Event.objects.filter(verb="update").count(),
        "locked": sum(locked for locked, _ in heard),
        "slowest": max(slowest for _, slowest in heard),
        "took": time.monotonic() - began,
        "faults": [str(fault) for fault in audit.verify(Board.objects.get())],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
