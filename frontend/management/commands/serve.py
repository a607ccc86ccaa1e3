"""Serves the pages on this machine, with the reminder engine beside them; for trying out and for one small office.

Refuses to serve strangers: it listens to this machine only. Stops both on Ctrl-C and SIGTERM, and waits for them.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

HOST = "127.0.0.1"
PATIENCE = 15  # seconds that a child gets to finish what it is doing
RESTART_AFTER = 5
FINISH_PAGES = 3  # seconds: gunicorn waits so long even where a browser only holds a connection open


class Command(BaseCommand):
    help = "Serve the pages on this machine and run the reminder engine beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if is_taken(port):
            raise CommandError(
                f"Port {port} is in use on this machine. Stop what uses it, or choose another: make run PORT={port + 1}"
            )
        call_command("prepare", site="" if port == 8000 else f"http://localhost:{port}")
        connections.close_all()  # from here on only the children speak to it
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        if port != 8000:
            self.environment["SITE_URL"] = f"http://localhost:{port}"
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

        self.web = self.start(*gunicorn(port))
        # Without a broker nothing else would wake the engine; with one, Celery's beat and worker do.
        self.engine: subprocess.Popen[bytes] | None = None
        self.engine_due = 0.0 if not settings.BROKER_URL and "remind" in get_commands() else float("inf")
        try:
            self.announce(port)
            self.watch()
        finally:
            self.finish()
        if not self.stopping:
            raise CommandError("The web server stopped by itself; what it said stands above.")
        self.stdout.write("Stopped. The data stays in var/.")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches this process alone, which then stops its children in order.
        return subprocess.Popen([sys.executable, *command], env=self.environment, start_new_session=True)

    def stop(self, number: int, frame: Any) -> None:
        self.stopping = True

    def announce(self, port: int) -> None:
        """The address, once it answers."""
        while not self.stopping and self.web.poll() is None and not answers(port):
            time.sleep(0.1)
        if self.stopping or self.web.poll() is not None:
            return
        self.stdout.write(f"\nOpen http://localhost:{port}  (Ctrl-C stops it)\n\n")
        self.stdout.flush()

    def watch(self) -> None:
        """Until told to stop, or the web server ends. An engine that ends is started again."""
        while not self.stopping and self.web.poll() is None:
            if self.engine and self.engine.poll() is not None:
                self.stderr.write("The reminder engine stopped; it starts again in a moment.")
                self.engine, self.engine_due = None, time.monotonic() + RESTART_AFTER
            if self.engine is None and time.monotonic() >= self.engine_due:
                self.engine = self.start("manage.py", "remind", "--loop")
            time.sleep(0.2)

    def finish(self) -> None:
        children = [child for child in (self.engine, self.web) if child and child.poll() is None]
        if self.stopping:
            self.stdout.write("Stopping …")
            self.stdout.flush()
        for child in children:
            child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in children:
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def gunicorn(port: int) -> list[str]:
    options = {
        "bind": f"{HOST}:{port}",
        "workers": "2",
        "worker-class": "gthread",
        "threads": "4",
        "worker-tmp-dir": str(settings.ROOT / "var"),
        "log-level": "warning",
        "graceful-timeout": str(FINISH_PAGES),
    }
    return [
        "-m",
        "gunicorn",
        "tracker.wsgi",
        "--no-control-socket",
        *[f"--{name}={value}" for name, value in options.items()],
    ]


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((HOST, port)) == 0


def is_taken(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself will ask
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
