"""The engine in processes of its own, on the database of the test and the mail server of the test."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

START = 30.0  # seconds that a process may take on a busy machine


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """A DATABASE_URL for other processes; what they wrote is here when it ends.

    SQLite keeps its test database in memory, so it goes out to a file and comes back.
    """
    if connection.vendor == "postgresql":
        s = connection.settings_dict
        yield f"postgres://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT'] or 5432}/{s['NAME']}"
        return
    path = folder / "shared.sqlite3"
    copy(connection.connection, path)
    yield f"sqlite:///{path}"
    connection.close()
    connection.ensure_connection()
    with sqlite3.connect(path) as written:
        written.backup(connection.connection)
    written.close()


def copy(source: sqlite3.Connection, path: Path) -> None:
    with sqlite3.connect(path) as target:
        source.backup(target)
    target.close()


def start(*command: str, database: str, port: int, **more: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DEBUG": "1",
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    ends = time.monotonic() + START
    while not happened():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < ends, "It did not happen in time"
        time.sleep(0.05)


def stop(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Asked to end, it ends by itself: its exit code and what it said."""
    process.terminate()
    said, _ = process.communicate(timeout=START)
    return process.returncode, said
