"""Web servers to measure, and a client that keeps its connection and its session."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2


class NotServed(Exception):
    """An address did not answer as it must."""


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)


class Client:
    """One kept connection. A page that is not 200 is an error that names it: nothing missing is measured as fast."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}

    def close(self) -> None:
        """A server that stops waits for connections that are kept."""
        self.connection.close()

    def seconds(self, path: str) -> float:
        began = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200 or not body:
            raise NotServed(f"{path} answered {answer.status}")
        return took


@contextmanager
def serving(settings: str, url: str, **more: str) -> Iterator[Server]:
    """gunicorn as in service: two processes with threads."""
    port = free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": url, **more}
    options = (
        f"--bind 127.0.0.1:{port} --workers {WORKERS} --worker-class gthread --threads 4 --keep-alive 60"
    )
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *options.split(),
        "--no-control-socket",
        "--log-level",
        "warning",
    ]
    server = Server(port, subprocess.Popen([*command, "tracker.wsgi"], env=environment))
    try:
        _wait(port, server.process)
        yield server
    finally:
        server.stop()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("A web server to measure did not start; what it said stands above.")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("A web server to measure did not answer within 30 seconds.")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def pss_mb(pid: int) -> float:
    """Memory of a process, with its fair part of what it shares."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    if not found:
        raise RuntimeError(f"No Pss for {pid}")
    return int(found[1]) / 1024
