"""One cell of the matrix: an address, a kind of seat, whose board, whose id, how it is asked.

It judges one thing, of every answer: whether its reader may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

from tests.rights.boards import (
    ASKED,
    CHAIR,
    CONTRIBUTOR,
    FOREIGN,
    INDEPENDENT_CHAIR,
    LEAD,
    MANAGER,
    OWNER,
    PRIVATE,
    SEALED,
    STRANGER,
    Boards,
    Ids,
)
from tests.rights.table import Row

Rows = dict[str, list[Any]]


class Nobodys(dict[str, int]):
    """For each name a number that no row has, and that is found again in an answer."""

    def __missing__(self, name: str) -> int:
        self[name] = 909_000_000 + len(self)
        return self[name]


NOBODYS = Nobodys()


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that the resolver knows, as it is written."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one
        else:
            yield from patterns(one, route)


def named(value: Any, ids: Ids, goes_with: Ids) -> Any:
    """A value of the table with its ids filled in: `ids` of things, `goes_with` of what goes with ours."""
    if isinstance(value, Mapping):
        return {key.format(**goes_with): named(one, ids, goes_with) for key, one in value.items()}
    if isinstance(value, list):
        return [named(one, ids, goes_with) for one in value]
    if isinstance(value, str) and value.startswith("#"):
        return ids[value[1:]]
    if isinstance(value, str) and value.startswith("="):
        return goes_with[value[1:]]
    return value


def address(name: str, row: Row, slug: str, ids: Ids) -> str:
    at = {key: named(value, ids, ids) for key, value in row.at.items()}
    path = reverse(name.split()[0], kwargs={"board": slug} | at)
    if row.query is None:
        return path
    key, value = row.query
    return f"{path}?{urlencode({key: named(value, ids, ids)})}"


def ids_in(row: Row) -> bool:
    """Whether the address names a thing of the board."""
    return any(value.startswith("#") for value in [*row.at.values(), *(row.query or ())])


@dataclass
class Tried:
    """How many cells were tried, by what was tried."""

    cells: dict[str, int]

    def count(self, what: str, cells: int = 1) -> None:
        self.cells[what] = self.cells.get(what, 0) + cells


def send(
    b: Boards,
    kind: str,
    url: str,
    method: str = "get",
    body: Any = None,
    *,
    json: bool = False,
    keep: bool = False,
    **headers: str,
) -> HttpResponse:
    """Asked within a savepoint that is rolled back, unless it is to `keep` what it changed.

    Whatever is asked, by whom and how: no answer holds a word that its reader may not read.
    """
    about: dict[str, Any] = {"headers": headers} if headers else {}
    if method == "post":
        about["data"] = body or {}
        if json:
            about["content_type"] = "application/json"
    b.clients[kind].cookies.pop("messages", None)  # what an earlier cell was told is no part of this answer
    with transaction.atomic():
        answer = getattr(b.clients[kind], method)(url, **about)
        transaction.set_rollback(not keep)
    leaks = canaries(kind, answer)
    assert not leaks, f"{kind} at {method} {url} reads {leaks}"
    return answer


READ_BY = {
    FOREIGN: frozenset({STRANGER}),
    SEALED: frozenset({MANAGER, INDEPENDENT_CHAIR, CHAIR}),
    ASKED: frozenset({MANAGER, INDEPENDENT_CHAIR, CHAIR, LEAD, OWNER}),
    PRIVATE.strip(): frozenset({MANAGER, INDEPENDENT_CHAIR, CHAIR, LEAD, OWNER, CONTRIBUTOR}),
}


def canaries(kind: str, answer: HttpResponse) -> list[str]:
    """The words in an answer, body or headers, that this kind of seat may not read."""
    words = f"{text(answer)} {answer.headers} {answer.cookies}".casefold()
    return [word for word, readers in READ_BY.items() if kind not in readers and word.casefold() in words]


CHANGING = re.compile(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"|"X-CSRFToken": "[^"]+"')


def text(answer: HttpResponse) -> str:
    """The body without what differs from one answer to the next."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return CHANGING.sub("", (unpacked(body) if body.startswith(b"PK") else body).decode())


def unpacked(workbook: bytes) -> bytes:
    """What stands in a spreadsheet, without the moment at which it was made."""
    with ZipFile(BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name != "docProps/core.xml")


def as_of(ids: Ids, words: str) -> str:
    """An answer about ids of nobody, as it would read with these."""
    for name, number in NOBODYS.items():
        words = words.replace(str(number), str(ids.get(name, number)))
    return words


def rows() -> Rows:
    """Everything that a board keeps, as the database holds it: sessions and the like are not among it."""
    tables = [
        model._meta.db_table
        for label in ("actions", "notifications")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    with connection.cursor() as cursor:
        return {table: _all(cursor, table) for table in tables}


def _all(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
    found: list[Any] = cursor.fetchall()
    return found
