"""Rules for every test: no network, warnings are errors, and with NO_SKIPS=1 what is missing is a failure."""

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.test import override_settings
from django.test.utils import _TestState

from actions import triggers

REAL_CONNECT = socket.socket.connect


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket in the file system
    host = address[0]
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test may speak to this machine only: its database, its broker, its own servers."""

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise RuntimeError(f"A test tried to reach {address!r}.")
        REAL_CONNECT(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def files_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Evidence that a test adds is kept in a folder of the run."""
    folder = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(autouse=True, scope="session")
def pages_alone_are_noted(django_test_environment: None) -> Iterator[None]:
    """Django keeps what each template was given, for `response.context`. Of a page with a hundred fields and parts that
    is most of the work, and no test asks it of a part."""
    noted = Template._render  # type: ignore[attr-defined]
    plain = _TestState.saved_data.template_render  # type: ignore[attr-defined]

    def render(self: Template, context: Context) -> str:
        is_page = isinstance(context, RequestContext) and context.template is self
        return str((noted if is_page else plain)(self, context))

    Template._render = render  # type: ignore[attr-defined]
    yield
    Template._render = noted  # type: ignore[attr-defined]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What no database can change is asked once: with SQLite."""
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        return
    asked = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asked)])
    items[:] = asked


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector need not look at it again a thousand times."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def emptied_after(transactional_db: None) -> Iterator[None]:
    """For tests that commit: the trail refuses to be emptied, so its triggers are lifted before the flush does it."""
    yield
    triggers.remove()  # the flush that follows makes them again, as every migrate does


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS") == "1" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"NO_SKIPS=1, and this was skipped: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS") == "1":
        report.outcome = "failed"
        report.longrepr = f"NO_SKIPS=1, and this file was skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def force_login_counts() -> Iterator[None]:
    """`force_login` stands for a whole sign-in with a second factor; a sign-in through the pages is left as it is."""
    from django.contrib.auth.signals import user_logged_in

    from frontend.account import session
    from frontend.account.policy import Shown, methods

    def vouch(request: Any, user: Any, **kwargs: Any) -> None:
        by_force = request.method is None  # no browser asked: the test client made this request up
        if by_force and not methods(request, user):
            session.begin(request.session, user, Shown.STRONG)

    user_logged_in.connect(vouch)
    yield
    user_logged_in.disconnect(vouch)
