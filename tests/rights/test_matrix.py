"""Every address × every kind of seat × own board and other board × an id that is there, one of the other board and
one of nobody × reading and sending: who is served, refused, shown nothing, or asked to sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from django.http import HttpResponse

from actions import progress
from frontend.forms.meetings import BECAME
from frontend.forms.papers import STEPS
from frontend.views.trail import WHAT
from tests.rights.boards import ANONYMOUS, INVITED, LEFT, MANAGER, OTHER, OURS, STRANGER, Boards
from tests.rights.cells import NOBODYS, Rows, Tried, address, as_of, ids_in, named, patterns, rows, send, text
from tests.rights.table import ALL, ELSEWHERE, OF_BOARD, Row

pytestmark = pytest.mark.django_db

OUTSIDE = (LEFT, INVITED, STRANGER)
KINDS = (*sorted(ALL), *OUTSIDE, ANONYMOUS)


def test_the_table_names_every_address_and_no_other() -> None:
    known = {pattern.name for _, pattern in patterns()}
    of_board = {pattern.name for route, pattern in patterns() if "<slug:board>" in route}

    assert {name.split()[0] for name in OF_BOARD} == of_board
    assert set(ELSEWHERE) == known - of_board


def test_no_two_addresses_share_a_name() -> None:
    """Else the row of the one would pass for the other, which nothing tries."""
    names = [pattern.name for _, pattern in patterns()]

    assert [name for name in names if names.count(name) > 1] == []


def test_the_table_names_every_step_behind_an_address() -> None:
    def named_after(address: str) -> set[str]:
        return {name.removeprefix(f"{address} ") for name in OF_BOARD if name.startswith(f"{address} ")}

    assert named_after("action_step") == {verb.replace("_", "-") for verb in progress.VERBS}
    assert named_after("redact") == set(WHAT)
    assert named_after("meeting") == set(BECAME)
    assert named_after("paper_step") == set(STEPS)


def outcome(answer: HttpResponse, kind: str) -> str:
    if kind == ANONYMOUS:
        asked = answer.status_code in (401, 403) or "/accounts/login/" in answer.get("Location", "")
        return "sign in" if asked else f"not asked to sign in: {answer.status_code}"
    if answer.status_code in (403, 404, 405):
        return str(answer.status_code)
    return "served" if answer.status_code < 500 else "broken"


def expected(kind: str, row: Row, served: frozenset[str] | None) -> str:
    if kind == ANONYMOUS:
        return "sign in"
    if kind in OUTSIDE:
        return "404"
    if served is None:
        return "405"
    if kind in row.hidden:
        return "404"
    return "served" if kind in served else "403"


@pytest.mark.parametrize("name", OF_BOARD)
def test_whom_an_address_serves_on_the_own_board(b: Boards, as_built: Rows, tried: Tried, name: str) -> None:
    row = OF_BOARD[name]
    url = address(name, row, OURS, b.ours)
    found = {kind: outcome(send(b, kind, url, keep=True), kind) for kind in KINDS}
    tried.count("own board, its id, read", len(KINDS))

    assert found == {kind: expected(kind, row, row.get) for kind in KINDS}
    assert rows() == as_built  # a look changes nothing


def test_head_is_answered_as_get_is_without_its_body_and_changes_nothing(b: Boards) -> None:
    urls = {
        name: address(name, row, OURS, b.ours)
        for name, row in OF_BOARD.items()
        if row.get and MANAGER in row.get and not name.startswith("api-")
    }
    before = rows()

    heads = {name: send(b, MANAGER, url, "head") for name, url in urls.items()}
    gets = {name: send(b, MANAGER, url) for name, url in urls.items()}

    assert {name: dict(one.headers) for name, one in heads.items()} == {
        name: dict(one.headers) for name, one in gets.items()
    }
    assert {one.status_code for one in heads.values()} <= {200, 302}
    assert {b"".join(one) for one in heads.values()} == {b""}
    assert rows() == before


def test_no_address_takes_another_method(b: Boards, tried: Tried) -> None:
    urls = {name: address(name, row, OURS, b.ours) for name, row in OF_BOARD.items()}
    found = {
        (name, method): send(b, MANAGER, url, method).status_code
        for name, url in urls.items()
        for method in ("put", "patch", "delete", "options", "trace")
    }
    tried.count("own board, its id, by a method that nothing takes", len(found))

    assert {about: status for about, status in found.items() if status != 405} == {}


@pytest.mark.parametrize("name", [name for name, row in OF_BOARD.items() if row.post])
def test_whose_words_an_address_takes_on_the_own_board(b: Boards, tried: Tried, name: str) -> None:
    row = OF_BOARD[name]
    url = address(name, row, OURS, b.ours)
    body = named(row.body, b.ours, b.ours)
    sent = {kind: send(b, kind, url, "post", body, json=row.json) for kind in KINDS}
    tried.count("own board, its id, sent as a person would", len(KINDS))

    assert {kind: outcome(one, kind) for kind, one in sent.items()} == {
        kind: expected(kind, row, row.post) for kind in KINDS
    }
    refused = {kind: text(sent[kind]) for kind in row.post or () if sent[kind].status_code >= 400}
    assert refused == {}  # those who may are not stopped by something else: the words are plausible


@pytest.mark.parametrize("name", [name for name, row in OF_BOARD.items() if row.post])
def test_an_empty_body_is_taken_from_nobody(b: Boards, tried: Tried, name: str) -> None:
    """What cannot be read may be refused before it is asked whose it is; it changes nothing either way."""
    row = OF_BOARD[name]
    url = address(name, row, OURS, b.ours)
    found = {kind: send(b, kind, url, "post", json=row.json) for kind in KINDS}
    tried.count("own board, its id, sent empty", len(KINDS))

    wrong = {
        kind: one.status_code
        for kind, one in found.items()
        if outcome(one, kind) != expected(kind, row, row.post)
        and (kind not in ALL or one.status_code not in (400, 422))
    }
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name, row in OF_BOARD.items() if ids_in(row)])
def test_an_id_of_the_other_board_is_as_unknown_as_one_of_nobody(b: Boards, tried: Tried, name: str) -> None:
    row = OF_BOARD[name]
    theirs, nobodys = (address(name, row, OURS, ids) for ids in (b.other, NOBODYS))
    found = {}
    for method in methods_of(row):
        body = named(row.body, b.ours, b.ours) if method == "post" else None
        for kind in sorted(ALL):
            one, none = (send(b, kind, url, method, body, json=row.json) for url in (theirs, nobodys))
            same = text(one) == as_of(b.other, text(none))
            found[method, kind] = (one.status_code, none.status_code, same)
            tried.count("own board, an id of the other one and of nobody", 2)

    served = {"get": row.get or frozenset(), "post": row.post or frozenset()}
    wrong = {
        (method, kind): answers
        for (method, kind), answers in found.items()
        if answers not in [(status, status, True) for status in unknown(kind, served[method])]
    }
    assert wrong == {}


def methods_of(row: Row) -> list[str]:
    return [method for method, served in (("get", row.get), ("post", row.post)) if served is not None]


def unknown(kind: str, served: frozenset[str]) -> tuple[int, ...]:
    """Whom an address serves, it shows nothing; all others it may also refuse, whatever the id."""
    return (404,) if kind in served else (403, 404)


@pytest.fixture(scope="module")
def of_nobody(b: Boards) -> Callable[[str, str, bool], str]:
    """What a kind of seat is told of a board that there is not."""

    @cache
    def told(kind: str, method: str, api: bool) -> str:
        name = "api-action-list" if api else "board"
        return text(send(b, kind, address(name, OF_BOARD[name], "nowhere", NOBODYS), method))

    return told


@pytest.mark.parametrize("name", OF_BOARD)
def test_the_other_board_answers_as_a_board_of_nobody(
    b: Boards, tried: Tried, of_nobody: Callable[[str, str, bool], str], name: str
) -> None:
    row, api = OF_BOARD[name], name.startswith("api-")
    for kind in (kind for kind in KINDS if kind != ANONYMOUS):
        slug, ids = (OURS, b.ours) if kind == STRANGER else (OTHER, b.other)
        for method in methods_of(row):
            found = send(b, kind, address(name, row, slug, ids), method, json=row.json)
            tried.count("other board, its id", 1)

            assert (found.status_code, text(found)) == (404, of_nobody(kind, method, api))
