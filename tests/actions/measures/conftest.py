"""A board, and a measure of one of its actions."""

import pytest

from actions.models import Measure
from tests.actions.measures.measuring import measured
from tests.factories import World, world


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def asked(w: World) -> Measure:
    """Of Alice's action: from 41% towards 90%."""
    return measured(w)
