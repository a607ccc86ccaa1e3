"""Pages and API under load of one: how long against the bare, how many queries, how flat, how much memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext

from actions import rollup
from actions.models import Action, Board, User
from tests.bench import servers
from tests.bench.findings import Finding
from tests.bench.rounds import Timed, interleaved
from tests.bench.servers import Client, NotServed, Server, pss_mb, serving
from tests.factories import sign_in

EACH = 10
FLAT = 1.25
MEGABYTES = 160.0

# name: (address, yardstick, how many times it, most queries)
KINDS: dict[str, tuple[str, str, float, int | None]] = {
    "API list, filtered": ("/api/v1/boards/{slug}/actions/?overdue=true&page_size=25", "bare list", 3, 6),
    "API one action": ("/api/v1/boards/{slug}/actions/{number}/", "bare detail", 3, 6),
    "API roll-up": ("/api/v1/boards/{slug}/rollup/?by=priority", "bare roll-up", 3, 4),
    "page of actions": ("/{slug}/actions/?overdue=true", "bare list", 6, None),
    "page of the summary": ("/{slug}/summary/", "bare list", 6, None),
}
BARE = {"bare list": "/list/", "bare detail": "/detail/{pk}/", "bare roll-up": "/rollup/"}
SIZED = {
    "API list": "/api/v1/boards/{slug}/actions/?page_size={size}",
    "page of actions": "/{slug}/actions/?page_size={size}",
}


def measure(slug: str, cookie: str, many: str, folder: Path) -> Iterator[Finding]:
    board = Board.objects.get(slug=slug)
    action = Action.objects.filter(board=board).overdue(board.today).order_by("pk")[0]
    places = {"slug": slug, "number": action.number, "pk": action.pk}
    user = User.objects.get(email=f"manager@{slug}.example")
    with ExitStack() as stack:
        served = {name: address.format(**places) for name, (address, *_) in KINDS.items()}
        there = yield from _queries(user, served)
        yield from _sizes(user, places)
        statement = folder / "rollup.sql"
        statement.write_text(_rollup_statement(board))
        one = os.environ["DATABASE_URL"]
        product = stack.enter_context(serving("tests.bench.settings", one))
        bare = stack.enter_context(serving("tests.bench.bare.settings", one, BENCH_ROLLUP=str(statement)))
        crowd = stack.enter_context(serving("tests.bench.settings", many))
        yardsticks = {name: address.format(**places) for name, address in BARE.items()}
        timed = _rounds(product, bare, crowd, cookie, there, yardsticks)
        crowd.stop()
        bare.stop()
        yield from _ratios(timed, there)
        yield _memory(product)


def _queries(user: User, served: dict[str, str]) -> Iterator[Finding]:
    """Counts queries, and returns those addresses that answer."""
    there = {}
    for name, path in served.items():
        *_, most = KINDS[name]
        try:
            count = queries(user, path)
        except NotServed as error:
            yield Finding(name, None, note=f"not there: {error}")
            continue
        there[name] = path
        yield Finding(f"{name}: queries", count, most)
    return there


def queries(user: User, path: str) -> int:
    client = InProcess(headers={"host": "127.0.0.1"})
    sign_in(client, user)
    client.get(path)  # what is kept in the process after a first request is not the page's own
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise NotServed(f"{path} answered {answer.status_code}")
    return len(seen)


def _sizes(user: User, places: dict[str, object]) -> Iterator[Finding]:
    for name, address in SIZED.items():
        try:
            few, more = (queries(user, address.format(**places, size=size)) for size in (25, 100))
        except NotServed:
            continue  # said already
        yield Finding(f"{name}: queries that 100 rows need more than 25", more - few, 0)


def _rollup_statement(board: Board) -> str:
    calendar = board.calendar(board.today)
    reader = board.seats.filter(is_manager=True).get()
    with CaptureQueriesContext(connection) as seen:
        rollup.figures(Action.objects.filter(board=board), calendar, by="priority", seat=reader)
    return max((query["sql"] for query in seen.captured_queries), key=len)


def _rounds(
    product: Server,
    bare: Server,
    crowd: Server,
    cookie: str,
    there: dict[str, str],
    yardsticks: dict[str, str],
) -> dict[str, Timed]:
    kinds = {}
    for name, path in yardsticks.items():
        kinds[name] = partial(Client(bare).seconds, path)
    for name, path in there.items():
        kinds[name] = partial(Client(product, cookie).seconds, path)
        kinds[f"{name} of ten boards"] = partial(Client(crowd, cookie).seconds, path)
    return interleaved(kinds, each=EACH)


def _ratios(timed: dict[str, Timed], there: dict[str, str]) -> Iterator[Finding]:
    for name in BARE:
        yield Finding(f"{name}, ms", timed[name].ms, note=f"p95 {timed[name].p95_ms:.1f}")
    for name in there:
        _, yardstick, most, _ = KINDS[name]
        mine, crowd = timed[name], timed[f"{name} of ten boards"]
        note = f"{mine.ms:.1f} ms, p95 {mine.p95_ms:.1f}"
        yield Finding(f"{name}", mine.times(timed[yardstick]), most, f"× {yardstick}", note)
        yield Finding(f"{name}, ten boards", crowd.times(mine), FLAT, "× one board", f"{crowd.ms:.1f} ms")


def _memory(product: Server) -> Finding:
    each = [pss_mb(pid) for pid in product.workers()]
    note = f"{servers.WORKERS} workers: {', '.join(f'{mb:.0f}' for mb in each)}"
    return Finding("memory of a web worker", max(each), MEGABYTES, "MB PSS", note)
