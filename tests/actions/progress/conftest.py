"""A board to move actions on."""

import pytest

from tests.factories import World, world


@pytest.fixture
def w(db: None) -> World:
    return world()
