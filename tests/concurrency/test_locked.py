"""Eight processes write into one SQLite file at once, through the verbs: none of them ever hears "locked"."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]

PROCESSES, WRITES = 8, tried(100, each_run=25)
MAKE = f"""
from tests.factories import action, world
w = world()
for n in range({PROCESSES}):
    action(w, title=f"Action {{n}}")
"""
CHECK = """
import json
from actions import audit
from actions.models import Board, Event
print(json.dumps([Event.objects.filter(verb="update").count(), [str(f) for f in audit.verify(Board.objects.get())]]))
"""


def start(database: Path, *args: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DEBUG": "1",
    }
    return subprocess.Popen(
        [sys.executable, *args],
        cwd=settings.ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(database: Path, *args: str) -> str:
    return finished(start(database, *args))


def finished(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def test_eight_processes_write_many_times_each(tmp_path: Path) -> None:
    database = tmp_path / "tracker.sqlite3"
    run(database, "manage.py", "migrate", "--verbosity=0")
    run(database, "manage.py", "shell", "--verbosity=0", "-c", MAKE)
    began = time.monotonic()

    writers = [
        start(database, "-m", "tests.concurrency.writer", f"A-{n}", str(WRITES))
        for n in range(1, PROCESSES + 1)
    ]
    told = [json.loads(finished(writer)) for writer in writers]

    took = time.monotonic() - began
    locked = sum(one["locked"] for one in told)
    slowest = max(one["slowest"] for one in told)
    lines, faults = json.loads(run(database, "manage.py", "shell", "--verbosity=0", "-c", CHECK))
    print(
        f"\n{PROCESSES} processes × {WRITES} writes in {took:.1f} s: {lines} written, {locked} “locked”, "
        f"the slowest took {slowest * 1000:.0f} ms"
    )
    assert (lines, locked, faults) == (PROCESSES * WRITES, 0, [])
