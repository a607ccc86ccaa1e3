"""A board on one known day."""

from typing import Any

import pytest

from tests.factories import TODAY, World, world


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()
