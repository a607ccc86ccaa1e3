"""Eight processes that run one round at the same moment; each prints what it sent. A program of its own, since a
test with servers and connections open is nothing to fork."""

import multiprocessing
import os
import sys
from datetime import datetime
from multiprocessing.synchronize import Barrier

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.template.loader import get_template  # noqa: E402

from actions.models import Board  # noqa: E402
from notifications import schedule, tasks  # noqa: E402


def one(barrier: Barrier, at: str) -> None:
    barrier.wait()
    os.write(1, f"{tasks.tick(at=at)}\n".encode())  # in one piece: the others write here too


if __name__ == "__main__":
    # What each would load for itself is loaded once, before they part.
    schedule.is_open(datetime.fromisoformat(sys.argv[1]), Board.Division.ENGLAND)
    get_template("notifications/reminder.txt")
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(8)
    engines = [fork.Process(target=one, args=(together, sys.argv[1])) for _ in range(8)]
    for engine in engines:
        engine.start()
    for engine in engines:
        engine.join()
    sys.exit(max(engine.exitcode or 0 for engine in engines))
