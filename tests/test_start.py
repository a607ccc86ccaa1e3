"""Commands as they are typed: with nothing set, and the server of one machine until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database

KEYS = {"SECRET_KEY": "s" * 60, "AUDIT_KEY": "a" * 60}
START = 60.0  # seconds that a busy machine may take to make every table
STOP = 10.0  # a browser's open connection would hold gunicorn for as long as it is let


def started(*command: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=settings.ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(*command: str, **environment: str) -> tuple[int, str, str]:
    process = started(*command, **environment)
    out, error = process.communicate(timeout=START)
    return process.returncode, out, error


@pytest.mark.slow
def test_a_dry_run_needs_no_settings(tmp_path: Path) -> None:
    file = tmp_path / "review.txt"
    file.write_text("Recommendations\n\n1. The Council should review its policy by June 2026.\n")

    code, out, error = ended("take_in", str(file), "--kind", "sar", "--dry-run", "--json", DEBUG="0")

    assert (code, error) == (0, "")
    assert [one["due_on"] for one in json.loads(out)["proposals"]] == ["2026-06-30"]


def test_with_the_keys_of_the_example_nothing_starts_and_one_sentence_says_why() -> None:
    example = settings.EXAMPLE_KEY

    code, out, error = ended("check", DEBUG="0", SECRET_KEY=example, AUDIT_KEY=example)

    assert (code, out) == (1, "")
    assert error == (
        "SECRET_KEY and AUDIT_KEY must be set (to two different long random strings) unless DEBUG=1.\n"
    )


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tracker.sqlite3'}"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(database: str, port: int) -> Iterator[subprocess.Popen[str]]:
    uncollected = "ignore:No directory at:UserWarning"  # whitenoise, before collectstatic
    about = {"DEBUG": "0", "DATABASE_URL": database, "PYTHONWARNINGS": uncollected}
    with started("serve", "--port", str(port), **about, **KEYS) as process:
        yield process
        if process.poll() is None:
            process.terminate()


def page_left_open(port: int) -> socket.socket:
    """A connection as a browser keeps it when a page has come."""
    ends = time.monotonic() + START
    while True:
        try:
            opened = socket.create_connection(("127.0.0.1", port), timeout=START)
            break
        except ConnectionRefusedError:
            assert time.monotonic() < ends, "It does not answer."
            time.sleep(0.1)
    opened.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert opened.recv(15) == b"HTTP/1.1 200 OK"
    return opened


@pytest.mark.slow
def test_the_server_stops_within_seconds_though_a_page_is_open(
    server: subprocess.Popen[str], port: int
) -> None:
    with page_left_open(port):
        begun = time.monotonic()
        server.send_signal(signal.SIGINT)
        out, error = server.communicate(timeout=START)
        took = time.monotonic() - begun

    assert (server.returncode, error) == (0, "")
    assert out.endswith("Stopping …\nStopped. The data stays in var/.\n")
    assert took < STOP
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


@pytest.mark.slow
def test_a_port_in_use_is_said_with_what_to_do(database: str, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        code, out, error = ended("serve", "--port", str(port), DEBUG="0", DATABASE_URL=database, **KEYS)

    assert (code, out) == (1, "")
    assert error.startswith(
        f"CommandError: Port {port} is in use on this machine. Stop what uses it, or choose"
    )
