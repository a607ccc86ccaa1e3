"""For tests that commit: the trail refuses to be emptied, so its triggers are lifted before the flush."""

from collections.abc import Iterator

import pytest

from actions import triggers


@pytest.fixture
def emptied_after(transactional_db: None) -> Iterator[None]:
    yield
    triggers.remove()  # the flush that follows makes them again, as every migrate does
