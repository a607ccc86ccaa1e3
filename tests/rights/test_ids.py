"""An id of the other board, put wherever an id can be put: it does exactly what an id of nobody does, nothing."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import django_filters
import pytest

from actions.filters import (
    ActionFilter,
    ChallengeFilter,
    CommitmentFilter,
    DecisionFilter,
    ResponseFilter,
    RowFilter,
)
from frontend.filters import EventFilter
from frontend.roll import PersonFilter
from notifications.filters import MessageFilter
from tests.rights.boards import CHAIR, INDEPENDENT_CHAIR, MANAGER, MEMBER, OURS, Boards
from tests.rights.cells import NOBODYS, Tried, address, as_of, named, send, text
from tests.rights.table import OF_BOARD

pytestmark = pytest.mark.django_db

# Every list that is filtered, by what filters it; a filter that is not here fails the build.
FILTERED: dict[str, type[django_filters.FilterSet]] = {
    "actions": ActionFilter,
    "api-action-list": ActionFilter,
    "api-commitment-list": CommitmentFilter,
    "responses": ResponseFilter,
    "api-response-list": ResponseFilter,
    "challenges": ChallengeFilter,
    "api-challenge-list": ChallengeFilter,
    "api-decision-list": DecisionFilter,
    "trail": EventFilter,
    "people": PersonFilter,
    "ledger": MessageFilter,
}
NAMES = {"priority", "agency", "owner", "subgroup", "source", "person", "seat", "meeting"}
OF_FILTER = {"owner": "owner", "person": "owner", "seat": "owner", "source": "source_pk"}
ORDERS = ("owner__user__password", "board__name", "-subgroup__board__seats__email", "pk", "hash")


def every_filter(of: type[Any] = django_filters.FilterSet) -> Iterator[type[Any]]:
    for one in of.__subclasses__():
        yield one
        yield from every_filter(one)


def test_every_filter_of_ours_is_tried() -> None:
    ours = {
        one
        for one in every_filter()
        if one.base_filters and one.__module__.split(".")[0] in ("actions", "frontend", "notifications")
    }
    by_row = {
        name for one in ours for name, field in one.base_filters.items() if isinstance(field, RowFilter)
    }

    assert ours == set(FILTERED.values())
    assert by_row == NAMES


@pytest.mark.parametrize("part", [{}, {"HX-Request": "true"}], ids=["page", "part of it"])
@pytest.mark.parametrize("name", FILTERED)
def test_as_a_filter_it_finds_what_an_id_of_nobody_finds(
    b: Boards, tried: Tried, name: str, part: dict[str, str]
) -> None:
    url = address(name, OF_BOARD[name], OURS, b.ours)
    wanted = [one for one, field in FILTERED[name].base_filters.items() if isinstance(field, RowFilter)]
    for kind in (MANAGER, MEMBER):
        for asked in wanted:
            key = OF_FILTER.get(asked, asked)
            theirs, nobodys = (
                send(b, kind, f"{url}?{asked}={ids[key]}", **part) for ids in (b.other, NOBODYS)
            )
            tried.count("ids of the other board as filters", 2)

            assert theirs.status_code == nobodys.status_code
            assert text(theirs) == as_of(b.other, text(nobodys))


@pytest.mark.parametrize("name", [name for name, one in FILTERED.items() if "ordering" in one.base_filters])
def test_no_order_reaches_beyond_those_offered(b: Boards, tried: Tried, name: str) -> None:
    url = address(name, OF_BOARD[name], OURS, b.ours)
    for kind in (MANAGER, MEMBER):
        unknown = send(b, kind, f"{url}?ordering=ORDER")
        for order in ORDERS:
            found = send(b, kind, f"{url}?ordering={order}")
            tried.count("orders that are not offered", 1)

            assert found.status_code == unknown.status_code
            assert text(found).replace(order, "ORDER") == text(unknown)


# -- in what is sent -----------------------------------------------------------------------------------------


def places(body: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body an id stands."""
    if isinstance(body, dict | list):
        for key, value in body.items() if isinstance(body, dict) else enumerate(body):
            yield from places(value, (*at, key))
    elif isinstance(body, str) and body.startswith("#"):
        yield at


def put(body: Any, at: tuple[Any, ...], number: int) -> Any:
    changed = deepcopy(body)
    inside = changed
    for key in at[:-1]:
        inside = inside[key]
    inside[at[-1]] = number
    return changed


SENT = [(name, at) for name, row in OF_BOARD.items() if row.post for at in places(dict(row.body))]
# A page reads them only of those who write for another, whom the manager and the chairs stand for.
NOT_READ = ("on_behalf_of", "meeting")


@pytest.mark.parametrize(("name", "at"), SENT, ids=[f"{name}: {'.'.join(map(str, at))}" for name, at in SENT])
def test_in_a_body_it_changes_nothing_and_tells_nothing(
    b: Boards, tried: Tried, name: str, at: tuple[Any, ...]
) -> None:
    row = OF_BOARD[name]
    url = address(name, row, OURS, b.ours)
    thing = dict_at(dict(row.body), at).removeprefix("#")
    kinds = sorted((row.post or frozenset()) & {MANAGER, INDEPENDENT_CHAIR, CHAIR})
    for kind in kinds:
        found = []
        for ids in (b.other, NOBODYS):
            body = put(dict(row.body), at, ids[thing])
            answer = send(b, kind, url, "post", named(body, b.ours, b.ours), json=row.json)
            found.append((answer.status_code, as_of(b.other, text(answer))))
            tried.count("ids of the other board in bodies")

        assert found[0] == found[1]
        if row.json or at[-1] not in NOT_READ:
            assert found[0][0] in (400, 404, 409, 422)


def dict_at(body: Any, at: tuple[Any, ...]) -> Any:
    for key in at:
        body = body[key]
    return body
