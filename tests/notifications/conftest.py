"""A board whose post is on, and a real mail server on this machine that can be told to misbehave."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.utils import timezone

from notifications import post
from notifications.verify import astray
from tests.factories import TODAY, World, world
from tests.notifications.moments import PLANNED_AT


@pytest.fixture
def w(db: None) -> Iterator[World]:
    """Alice owns and nobody was assigned anything lately; Mo turned the post on.

    After every scenario each row is final, or shown to a person, or about to be taken up.
    """
    with time_machine.travel(PLANNED_AT):
        made = world()
        post.turn_on(made.board, by=made.mo, today=TODAY)
    yield made
    assert astray(timezone.now()) == []


@dataclass
class Sink:
    """Takes mail, and answers as it is told: `answers` holds what to say to each recipient, then to the text."""

    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_text: list[str] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, said: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return said

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.to_recipient:
            return self.to_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.to_text.pop(0) if self.to_text else "250 Taken"
        if answer == "cut before":
            server.transport.abort()
            return "451 never heard"
        self.got.append(email.message_from_bytes(envelope.content, EmailMessage, policy=default))
        if answer == "cut after":
            self.got[-1]["X-Cut"] = "yes"
            server.transport.abort()
        elif not answer.startswith("250"):
            self.got.pop()
        return answer

    @property
    def texts(self) -> list[str]:
        return [mail.get_content().replace("\r\n", "\n") for mail in self.got]


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    made = Sink(port=free_port())
    controller = Controller(made, hostname="127.0.0.1", port=made.port)
    controller.start()
    settings.MAILERS = smtp(made.port)
    yield made
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def smtp(port: int) -> dict[str, Any]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 2}}}
