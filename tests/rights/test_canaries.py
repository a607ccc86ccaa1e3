"""Words that stand in every free text of another board, and of a restricted review, are in no answer to those who may
not read them. Every cell of this folder looks for them (`cells.send`); here are the places that no other test asks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from actions import rollup
from actions.models import Action, Challenge, Commitment, Measure, Report, Seat, Source
from frontend.views.over_time import BY as PERIOD_BY
from frontend.views.summary import BY
from tests.rights.boards import ANONYMOUS, ASKED, FOREIGN, MANAGER, OURS, SEALED, Boards, free_texts, of_board
from tests.rights.cells import READ_BY, Rows, Tried, address, patterns, rows, send, text
from tests.rights.table import ALL, ELSEWHERE, NOTHING, OF_BOARD, OPEN, OVER, SIGN_IN, SILENT
from tests.rights.test_matrix import KINDS

pytestmark = pytest.mark.django_db

SIGNED_OUT = {
    OPEN: {200, 302, 405},
    SIGN_IN: {302, 401, 403},
    NOTHING: {404},
    OVER: {410},
    SILENT: {503},
}
PARTS: dict[str, Any] = {
    "token": "x",
    "file": "x",
    "place": 1,
    "uidb36": "1",
    "key": "set-password",
    "provider_id": "x",
    "pk": 1,
}


def test_every_free_text_of_the_other_board_is_marked(b: Boards) -> None:
    bare = [
        f"{model.__name__}.{field.name}"
        for model, field in free_texts()
        if not any(
            FOREIGN.casefold() in str(getattr(row, field.name)).casefold()
            for row in of_board(model, b.elsewhere)
        )
    ]

    assert bare == []


def test_those_who_may_do_read_the_restricted_words(b: Boards) -> None:
    """Else their absence would show nothing."""
    url = address("summary", OF_BOARD["summary"], OURS, b.ours)
    read = {kind: text(send(b, kind, url)) for kind in ALL}

    for word in (SEALED, ASKED):
        assert {kind for kind, words in read.items() if word in words} == READ_BY[word] & ALL


@pytest.mark.parametrize("name", [name for name, row in OF_BOARD.items() if row.get])
def test_a_part_of_a_page_and_a_look_at_its_head_change_nothing(
    b: Boards, as_built: Rows, tried: Tried, name: str
) -> None:
    row, url = OF_BOARD[name], address(name, OF_BOARD[name], OURS, b.ours)
    served = sorted((row.get or ALL) - row.hidden)
    for kind in served:
        send(b, kind, url, keep=True, **{"HX-Request": "true"})
    send(b, MANAGER, url, "head", keep=True)
    tried.count("parts of pages, and heads", len(served) + 1)

    assert rows() == as_built


def every_thing(b: Boards) -> list[str]:
    """The pages of each action, recommendation, source and person of our board, and each way to look at a list."""
    numbers = {
        ("action", "api-action-detail", "api-action-events"): Action.objects.values_list("number", flat=True),
        (
            "commitment",
            "api-commitment-detail",
            "api-commitment-resembling",
            "api-commitment-links",
        ): Commitment.objects.values_list("number", flat=True),
        ("source", "api-source-detail"): Source.objects.values_list("number", flat=True),
        ("measure", "api-measure-detail"): Measure.objects.values_list("pk", flat=True),
        ("challenge", "api-challenge-detail"): Challenge.objects.values_list("pk", flat=True),
        ("paper", "api-report-detail"): Report.objects.values_list("pk", flat=True),
        ("person",): Seat.objects.filter(owned__isnull=False).distinct().values_list("pk", flat=True),
    }
    found = [
        reverse(name, args=[OURS, number])
        for names, rows in numbers.items()
        for number in rows.filter(board=b.board)
        for name in names
    ]
    looks = {
        "summary": [f"?by={by}" for by in BY],
        "api-rollup-list": [f"?by={by}" for by in rollup.GROUPS],
        "summary_period": [f"?by={by}&first=2026-01-01&last=2026-12-31" for by in PERIOD_BY],
        "api-rollup-period": [f"?by={by}&first=2026-01-01" for by in rollup.PERIOD_GROUPS],
        "meetings": ["?all"],
        "people": ["?state=left", "?state=invited"],
        "trail": ["?check=1"],
        "responses": ["?state=answered", "?state=to_judge"],
        "challenges": ["?state=late", "?state=mine", "?state=closed"],
        "actions": ["?page_size=100", "?ordering=title"],
    }
    return found + [
        reverse(name, args=[OURS]) + query for name, queries in looks.items() for query in queries
    ]


@pytest.mark.parametrize("kind", sorted(ALL))
def test_each_thing_of_the_board_and_each_way_to_look(b: Boards, tried: Tried, kind: str) -> None:
    urls = every_thing(b)
    answers = {url: send(b, kind, url).status_code for url in urls}
    tried.count("each thing of the board, each way to look", len(urls))

    assert set(answers.values()) <= {200, 403, 404}


@pytest.mark.parametrize("word", [FOREIGN, SEALED, ASKED])
@pytest.mark.parametrize(("name", "asked"), [("actions", "q"), ("api-action-list", "q"), ("people", "name")])
def test_a_search_for_them_finds_what_a_search_for_nonsense_finds(
    b: Boards, tried: Tried, name: str, asked: str, word: str
) -> None:
    url = reverse(name, args=[OURS])
    for kind in sorted(ALL - READ_BY[word]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(READ_BY, word, ALL)  # the page says again what was searched for
            found = text(send(b, kind, f"{url}?{asked}={word}"))
        nonsense = text(send(b, kind, f"{url}?{asked}=Zzyzx"))
        tried.count("searches", 2)

        assert found.replace(word, "Zzyzx") == nonsense


@pytest.mark.parametrize("name", ELSEWHERE)
def test_addresses_of_no_board(b: Boards, as_built: Rows, tried: Tried, name: str) -> None:
    route = next(route for route, pattern in patterns() if pattern.name == name)
    asked = re.findall(r"<(?:\w+:)?(\w+)>", route)
    url = reverse(name, kwargs={part: PARTS[part] for part in asked})
    found = {kind: send(b, kind, url).status_code for kind in KINDS}
    tried.count("addresses of no board", len(KINDS))

    assert found[ANONYMOUS] in SIGNED_OUT[ELSEWHERE[name]]
    assert set(found.values()) <= {200, 302, 401, 403, 404, 405, 410} | SIGNED_OUT[ELSEWHERE[name]]
    assert rows() == as_built


def test_a_spreadsheet_is_looked_through(b: Boards) -> None:
    """Its cells are words of an answer as any others, though they come packed."""
    url = reverse("actions_spreadsheet", args=[OURS])
    read = {kind: text(send(b, kind, url)) for kind in ALL}

    assert {kind for kind, words in read.items() if SEALED in words} == READ_BY[SEALED] & ALL
