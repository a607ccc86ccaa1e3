"""What each address gives, to whom, in how many queries."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actions import progress
from actions.api import rows
from actions.api.figures import RollupShape
from actions.models import Action, Commitment, Meeting, Status, Subgroup
from actions.rollup import Figures
from tests.actions.api.bodies import BODIES
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, priority, seat, source, world

pytestmark = pytest.mark.django_db

LISTS = [
    "plans/",
    "priorities/",
    "agencies/",
    "subgroups/",
    "meetings/",
    "seats/",
    "sources/",
    "commitments/",
    "actions/",
]
EVERY = [
    *LISTS,
    "sources/1/",
    "commitments/1/",
    "actions/1/",
    "actions/1/events/",
    "rollup/",
    "rollup/?by=owner",
    "rollup/grid/",
    "rollup/period/?first=2026-05-01&by=agency",
    "rollup/since/",
    "rollup/trend/",
]


def fill(w: World, number: int = 1) -> Action:
    """One more of everything."""
    of = source(w, f"SAR {number}", f"Katherine {number}")
    asks = [
        Commitment.objects.create(
            board=w.board,
            number=number * 10 + part,
            source=of,
            kind="recommendation",
            printed_number=f"4.{part}",
            words=f"Do {part}",
            agency=w.police,
            priority=priority(w.board, number * 10 + part),
        )
        for part in (1, 2)
    ]
    owner = seat(w.board, f"Olu{number} Owner", w.police)
    Meeting.objects.create(
        board=w.board, meets_on=date(2026, 5, number), cut_off_on=date(2026, 4, number), state="held"
    )
    return action(
        w,
        owner=owner,
        commitments=tuple(asks),
        subgroup=Subgroup.objects.create(board=w.board, name=f"Group {number}"),
    )


def test_a_line_of_the_list_says_all_that_a_list_needs(w: World) -> None:
    made = fill(w)

    code, answer = api(w.dan).get("actions/")

    first, second = made.commitments.order_by("number")
    assert (code, answer["count"], answer["next"], answer["previous"]) == (200, 1, None, None)
    assert answer["results"] == [
        {
            "number": 1,
            "reference": "A-1",
            "title": "Brief every custody sergeant",
            "status": "planned",
            "status_words": "Planned",
            "rag": "silent",
            "rag_words": "Awaiting update",
            "rag_colour": "grey",
            "rag_because": "nothing was said of it yet",
            "owner": {"id": made.owner_id, "name": "Olu1 Owner"},
            "agency": {"id": w.police.pk, "name": "Wessex Police"},
            "subgroup": {"id": made.subgroup_id, "name": "Group 1"},
            "priority": {"id": w.priority.pk, "name": "Making safeguarding personal"},
            "commitments": [
                {"id": first.pk, "number": 11, "reference": "Katherine 1 4.1 Police"},
                {"id": second.pk, "number": 12, "reference": "Katherine 1 4.2 Police"},
            ],
            "start_on": None,
            "due_on": "2026-07-01",
            "first_due_on": "2026-07-01",
            "times_moved": 0,
            "continuing": False,
            "look_again_on": None,
            "wanted_on": None,
            "said_on": None,
            "confidence": "",
            "asks_board": False,
            "waits": False,
            "done_on": None,
            "signed_off_on": None,
            "version": 1,
        }
    ]


def test_what_is_given_is_what_is_declared(w: World) -> None:
    fill(w)

    row = api(w.dan).get("actions/")[1]["results"][0]
    detail = api(w.dan).get("actions/1/")[1]
    figures = api(w.dan).get("rollup/")[1]

    assert list(row) == list(rows.ActionRow().fields)
    assert list(detail) == list(rows.ActionDetail().fields)
    assert list(figures) == list(RollupShape().fields)
    assert list(figures["figures"][0]) == [
        *(one.name for one in fields(Figures)),
        "nothing_under_way",
        "said",
    ]


def test_the_list_takes_the_pages_own_filter(w: World) -> None:
    action(w)
    late = action(w, due_on=date(2026, 6, 1), title="Write the leaflet")
    progress.start(late, by=w.alice, version=1, today=TODAY)

    asked = {
        name: [row["number"] for row in api(w.dan).get("actions/", **query)[1]["results"]]
        for name, query in {
            "overdue": {"overdue": "true"},
            "status": {"status": ["started", "planned"], "ordering": "-number"},
            "owner": {"owner": w.alice.pk},
            "words": {"q": "LEAFLET"},
            "amber": {"rag": "amber"},
            "another board's": {"agency": world("mercia").police.pk},
        }.items()
    }

    assert asked == {
        "overdue": [2],
        "status": [2, 1],
        "owner": [2, 1],
        "words": [2],
        "amber": [2],
        "another board's": [],
    }


def test_a_filter_that_is_not_understood_says_so(w: World) -> None:
    answer = api(w.dan).get("actions/", status="finished", due_before="soon")

    assert (answer[0], list(answer[1])) == (400, ["status", "due_before"])


def test_pages_hold_25_or_as_many_as_asked_up_to_100(w: World) -> None:
    for _ in range(27):
        action(w)
    many = api(w.dan)

    assert [len(many.get("actions/", **q)[1]["results"]) for q in ({}, {"page": 2}, {"page_size": 27})] == [
        25,
        2,
        27,
    ]
    assert len(many.get("actions/", page_size=10_000)[1]["results"]) == 27
    assert many.get("actions/", page=3)[0] == 404


def test_a_board_is_read_with_its_own_rows_only(w: World) -> None:
    fill(w)
    fill(world("mercia"))

    answers = {path: api(w.dan).get(path)[1] for path in LISTS}

    assert {path: answer["count"] for path, answer in answers.items()} == {
        "plans/": 1,
        "priorities/": 3,
        "agencies/": 2,
        "subgroups/": 2,
        "meetings/": 1,
        "seats/": 7,
        "sources/": 1,
        "commitments/": 2,
        "actions/": 1,
    }
    plan = answers["plans/"]["results"][0]
    assert [p["number"] for p in plan["priorities"]] == [1, 11, 12]
    assert answers["seats/"]["results"][0] == {
        "id": w.alice.pk,
        "name": "Alice Owner",
        "job": "",
        "agency": {"id": w.police.pk, "name": "Wessex Police"},
        "is_manager": False,
        "is_independent_chair": False,
        "is_lead": False,
    }


def test_a_commitment_shows_its_words_its_source_and_its_actions(w: World) -> None:
    fill(w)

    code, answer = api(w.dan).get("commitments/11/")

    assert (code, answer["reference"], answer["words"], answer["source"]["title"]) == (
        200,
        "Katherine 1 4.1 Police",
        "Do 1",
        "SAR 1",
    )
    assert answer["actions"] == [
        {"number": 1, "reference": "A-1", "title": "Brief every custody sergeant", "status": "planned"}
    ]
    assert api(w.dan).get("commitments/", source=987_654)[1]["results"] == []


def test_what_was_undone_is_not_shown(w: World) -> None:
    fill(w)
    Commitment.objects.update(taken_back=True)

    assert (api(w.dan).get("commitments/")[1]["count"], api(w.dan).get("commitments/11/")[0]) == (0, 404)


def test_figures_are_the_same_for_everyone_and_say_what_they_mean(w: World) -> None:
    fill(w)
    fill(w, 2)

    whole = [api(who).get("rollup/") for who in (w.mo, w.dan)]
    code, by_agency = api(w.dan).get("rollup/", by="agency")

    assert whole[0] == whole[1]
    assert (whole[0][1]["on"], whole[0][1]["by"], whole[0][1]["figures"][0]["counted"]) == (
        "2026-06-03",
        None,
        2,
    )
    assert (code, [(f["name"], f["counted"]) for f in by_agency["figures"]]) == (
        200,
        [("Wessex Council", 0), ("Wessex Police", 2)],
    )
    assert by_agency["words"]["counted"].startswith("every action but")
    assert api(w.dan).get("rollup/", by="title")[0] == 400


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY)
def test_a_stranger_gets_nothing_and_cannot_tell_why(w: World, path: str) -> None:
    fill(w)
    zed = world("mercia").mo

    theirs, unknown, nobody = api(zed).get(path), api(zed, "atlantis").get(path), api(None).get(path)

    assert theirs == unknown
    assert (theirs[0], nobody[0]) == (404, 403)


@pytest.mark.parametrize("path", ["actions/1/", "actions/1/events/", "sources/1/", "commitments/11/"])
def test_another_boards_number_is_not_found_on_ones_own(w: World, path: str) -> None:
    fill(world("mercia"))

    assert api(w.mo).get(path)[0] == 404
    assert api(w.mo).get(path.replace("1", "9" * 30))[0] == 404


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("page_size", [25, 100])
@pytest.mark.parametrize(
    ("path", "queries"),
    [  # session, user and seat are three of each
        ("actions/", 6),
        ("actions/1/", 6),
        ("actions/1/events/", 6),
        ("plans/", 6),
        ("priorities/", 5),
        ("agencies/", 5),
        ("meetings/", 5),
        ("subgroups/", 5),
        ("seats/", 5),
        ("sources/", 5),
        ("sources/1/", 4),
        ("commitments/", 5),
        ("commitments/11/", 7),
        ("rollup/", 4),
        ("rollup/?by=priority", 4),
        ("rollup/?by=agency", 4),
        ("rollup/?by=source", 4),
        ("rollup/?by=subgroup", 4),
        ("rollup/?by=owner", 4),
        ("rollup/grid/", 4),
        ("rollup/period/?first=2026-05-01", 4),
        ("rollup/period/?first=2026-05-01&by=agency", 4),
        ("rollup/since/?on=2026-05-01", 5),
        ("rollup/trend/", 4),
    ],
)
def test_an_address_asks_as_much_of_one_as_of_three(
    w: World, path: str, queries: int, many: int, page_size: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, many + 1):
        made = fill(w, number)
        progress.attach(made, words="List", by=made.owner, version=1, today=TODAY)
    client = api(w.dan).client

    with django_assert_num_queries(queries):
        response = client.get(
            f"/api/v1/boards/wessex/{path}",
            query_params={"page_size": page_size} if "?" not in path else None,
        )

    assert response.status_code == 200


def test_a_filter_costs_the_list_no_query(w: World, django_assert_num_queries: Any) -> None:
    made = fill(w)
    asked = {
        "agency": w.police.pk,
        "source": made.answers.get(commitment__number=11).source_id,
        "rag": "silent",
    }
    client = api(w.dan).client

    with django_assert_num_queries(6):
        response = client.get(
            "/api/v1/boards/wessex/actions/", query_params=asked | {"mine": "false", "q": "a"}
        )

    assert response.json()["count"] == 1


def test_a_draft_has_neither_owner_nor_date_and_is_listed_last(w: World) -> None:
    Action.objects.create(board=w.board, number=9, title="Raised", status=Status.DRAFT)
    action(w)

    rows = api(w.dan).get("actions/")[1]["results"]

    assert [(row["number"], row["owner"] is None, row["due_on"]) for row in rows] == [
        (1, False, "2026-07-01"),
        (9, True, None),
    ]
    assert rows[1]["rag_words"] == ""


DECISIONS = ("keep", "put-back", "refile", "edit", "split", "merge")


def test_every_verb_says_all_that_it_may_answer(w: World) -> None:
    paths = api(w.dan).client.get("/api/v1/schema/?format=json").json()["paths"]
    prefix = "/api/v1/boards/{board}/"

    codes = {
        path.removeprefix(prefix): set(o["post"]["responses"]) for path, o in paths.items() if "post" in o
    }

    made = {"201", "400", "403", "404", "409"}
    moved = {"200", "400", "403", "404", "409"}
    assert codes == {
        **dict.fromkeys(("actions/", "actions/raise/", "impact-reviews/"), made),
        **dict.fromkeys(("measures/", "measures/{id}/readings/"), made - {"409"}),
        **dict.fromkeys(("measures/{id}/correct/", "measures/{id}/correct-reading/"), moved),
        **{f"actions/{{number}}/{verb}/": moved for verb in BODIES},
        **dict.fromkeys(("decisions/", "responses/share-out/"), made),
        **{f"responses/{{id}}/{verb}/": moved for verb in ("respond", "judge", "unask")},
        "sources/": made - {"409"} | {"200"},
        **{f"documents/{{id}}/{verb}/": moved for verb in ("keep", "context", "undo")},
        **{f"proposals/{{id}}/{verb}/": moved for verb in DECISIONS},
        "decisions/record/": made - {"409"},
        **{f"decisions/{{id}}/{verb}/": moved for verb in ("undo", "take-back")},
        **{f"commitments/{{number}}/{verb}/": moved for verb in ("link", "unlink", "reopen")},
        **dict.fromkeys(("reports/", "challenges/"), made - {"409"}),
        **{f"challenges/{{id}}/{verb}/": moved for verb in ("answer", "close")},
        "reports/{id}/reissue/": made,
        **{f"reports/{{id}}/{verb}/": moved for verb in ("write", "refresh", "issue")},
        "reports/{id}/discard/": moved - {"200"} | {"204"},
    }
    figures = paths[f"{prefix}rollup/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert figures == {"$ref": "#/components/schemas/RollupShape"}


@pytest.mark.slow
def test_the_description_and_its_page_are_behind_sign_in(w: World) -> None:
    client = api(w.dan).client

    page, script, schema = (client.get(f"/api/v1/{path}") for path in ("", "?script=", "schema/"))

    assert (page.status_code, script.status_code, schema.status_code) == (200, 200, 200)
    assert b"<style" not in page.content
    assert page.content.count(b"<script src=") == page.content.count(b"<script") == 3
    assert b"/api/v1/boards/{board}/actions/{number}/sign-off/" in schema.content
    assert [Client().get(f"/api/v1/{path}").status_code for path in ("", "?script=", "schema/")] == [302] * 3
