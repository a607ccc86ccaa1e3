"""Eight processes that run one round at the same moment; each prints what it sent. A program of its own, since a
test with servers and connections open is nothing to fork."""

import multiprocessing
import os
import sys
from multiprocessing.synchronize import Barrier

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from notifications import tasks  # noqa: E402


def one(barrier: Barrier, at: str) -> None:
    barrier.wait()
    print(tasks.tick(at=at), flush=True)


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(8)
    engines = [fork.Process(target=one, args=(together, sys.argv[1])) for _ in range(8)]
    for engine in engines:
        engine.start()
    for engine in engines:
        engine.join()
    sys.exit(max(engine.exitcode or 0 for engine in engines))
