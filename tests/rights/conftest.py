"""Both boards are built once for each module; every cell is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.rights import boards
from tests.rights.boards import Boards
from tests.rights.cells import Rows, Tried, rows

KEY = pytest.StashKey[Tried]()


@pytest.fixture(scope="module")
def b(django_db_setup: None, django_db_blocker: Any) -> Iterator[Boards]:
    with time_machine.travel(boards.NOON, tick=False), django_db_blocker.unblock(), transaction.atomic():
        yield boards.boards()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def as_built(b: Boards) -> Rows:
    """What the boards keep, which no look may change."""
    return rows()


@pytest.fixture
def tried(request: pytest.FixtureRequest, record_property: Any) -> Iterator[Tried]:
    """Counted per test; a worker of pytest-xdist hands its counts over as properties of the test."""
    found = Tried({})
    yield found
    for what, cells in found.cells.items():
        record_property(f"cells: {what}", cells)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    total: dict[str, int] = {}
    for report in terminalreporter.getreports(""):  # set-up and teardown of what passed
        for name, value in report.user_properties:
            if report.when == "teardown" and name.startswith("cells: "):
                what = name.removeprefix("cells: ")
                total[what] = total.get(what, 0) + value
    if total:
        terminalreporter.section("rights: cells tried")
        for what, cells in total.items():
            terminalreporter.write_line(f"{cells:6} {what}")
        terminalreporter.write_line(f"{sum(total.values()):6} in all")
