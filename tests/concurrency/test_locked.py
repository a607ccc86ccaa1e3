"""Eight processes write into one SQLite file at once, through the verbs: none of them ever hears "locked"."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.sizes import tried

pytestmark = [pytest.mark.slow, pytest.mark.promise]

PROCESSES, WRITES = 8, tried(100, each_run=25)


def test_eight_processes_write_many_times_each(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'tracker.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.writers", str(PROCESSES), str(WRITES)],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(
        f"\n{PROCESSES} processes × {WRITES} writes in {told['took']:.1f} s: {told['written']} written, "
        f"{told['locked']} “locked”, the slowest took {told['slowest'] * 1000:.0f} ms"
    )
    assert (told["written"], told["locked"], told["faults"]) == (PROCESSES * WRITES, 0, [])
