"""Measures the board among many, in a process of its own; `__main__` starts it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django

EACH = 10
FLAT = 1.25
SERVED = {
    "API list, filtered": "/api/v1/boards/{slug}/actions/?overdue=true&page_size=25",
    "API one action": "/api/v1/boards/{slug}/actions/{number}/",
    "API roll-up": "/api/v1/boards/{slug}/rollup/?by=priority",
    "API grid": "/api/v1/boards/{slug}/rollup/grid/",
    "page of actions": "/{slug}/actions/?overdue=true",
    "page of one action": "/{slug}/actions/A-{number}/",
    "page of the summary": "/{slug}/summary/",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("slug", "cookie", "alone", "folder"):
        parser.add_argument(f"--{name}")
    given = parser.parse_args()
    django.setup()
    from tests.bench.findings import save

    found = [*_statements(given.slug), *_against_raw(given.slug)]
    found += _against_alone(given.slug, given.cookie, given.alone)
    save(found, Path(given.folder) / "findings.json")


def _sets(slug: str) -> dict[str, Callable[[], Any]]:
    """Every figure set, as it is counted where nothing is remembered."""
    from actions import reporting, rollup
    from actions.models import Commitment, Seat

    reader = Seat.objects.select_related("board").get(board__slug=slug, is_manager=True)
    calendar = reader.board.calendar(reader.board.today)
    made = Commitment.objects.on_board_of(reader)
    year = (calendar.today - timedelta(days=365), calendar.today)
    found: dict[str, Callable[[], Any]] = {
        "roll-up": partial(rollup.count_board, reader, calendar),
        "grid": partial(rollup.grid, reader, calendar),
        "commitments": partial(rollup.commitments, made, calendar.today),
        "year": partial(rollup.in_period, reader, *year),
        "trend": partial(reporting.trend, reader, calendar.today),
    }
    found |= {
        f"roll-up by {by}": partial(rollup.count_board, reader, calendar, by=by) for by in rollup.GROUPS
    }
    return found | {
        f"year by {by}": partial(rollup.in_period, reader, *year, by=by) for by in rollup.PERIOD_GROUPS
    }


def _statements(slug: str) -> Iterator[Any]:
    from tests.bench.findings import Finding

    for name, count in _sets(slug).items():
        yield Finding(f"{name}: statements", len(_asked(count)), 1)


def _asked(count: Callable[[], Any]) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        count()
    return [query["sql"] for query in seen.captured_queries]


def _against_raw(slug: str) -> Iterator[Any]:
    """The product's own function against the very statement that it sends, and nothing around it."""
    from tests.bench.findings import Finding
    from tests.bench.rounds import interleaved

    every = _sets(slug)
    for name, most in (("roll-up", 2), ("roll-up by priority", 2), ("grid", 5)):
        (statement,) = _asked(every[name])
        timed = interleaved(
            {"raw": partial(_raw, statement), "counted": partial(_nothing, every[name])}, each=EACH
        )
        note = f"{timed['counted'].ms:.1f} ms of {timed['raw'].ms:.1f}"
        yield Finding(f"{name}, counted", timed["counted"].times(timed["raw"]), most, "× its SQL", note)


def _nothing(count: Callable[[], Any]) -> None:
    count()


def _raw(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


def _against_alone(slug: str, cookie: str, alone: str) -> Iterator[Any]:
    import os

    from actions.models import Action, Board
    from tests.bench.findings import Finding
    from tests.bench.rounds import interleaved
    from tests.bench.servers import Client, serving

    board = Board.objects.get(slug=slug)
    action = Action.objects.filter(board=board).overdue(board.today).order_by("pk")[0]
    with ExitStack() as stack:
        one = stack.enter_context(serving("tests.bench.large.settings", alone))
        many = stack.enter_context(serving("tests.bench.large.settings", os.environ["DATABASE_URL"]))
        clients = Client(one, cookie), Client(many, cookie)
        for client in clients:
            stack.callback(client.close)
        kinds: dict[str, Callable[[], float]] = {}
        for name, address in SERVED.items():
            path = address.format(slug=slug, number=action.number)
            kinds[f"{name}, alone"] = partial(clients[0].seconds, path)
            kinds[name] = partial(clients[1].seconds, path)
        timed = interleaved(kinds, each=EACH)
    for name in SERVED:
        mine, before = timed[name], timed[f"{name}, alone"]
        note = f"{mine.ms:.1f} ms of {before.ms:.1f}"
        yield Finding(name, mine.times(before), FLAT, "× alone", note)


if __name__ == "__main__":
    main()
