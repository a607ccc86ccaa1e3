"""Papers through the API: the same verbs and rights as on the pages, figures and words as they were frozen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Meeting, Report
from tests.actions.api.client import api
from tests.factories import TODAY, World, action

pytestmark = pytest.mark.django_db


def meeting(w: World, **about: Any) -> Meeting:
    days = {"meets_on": TODAY + timedelta(days=7), "cut_off_on": TODAY}
    return Meeting.objects.create(board=w.board, **days | about)


@pytest.mark.slow
def test_a_paper_from_its_draft_to_its_second_version(w: World) -> None:
    action(w)
    mo = api(w.mo)

    status, draft = mo.post("reports/", meeting=meeting(w).pk)
    assert (status, draft["state"], draft["kind"]) == (201, "draft", "board_summary")
    assert draft["figures"]["numbers"]["whole"]["counted"] == 1
    address = f"reports/{draft['id']}/"
    status, written = mo.post(f"{address}write/", saves=1, words={"opening": "A good quarter."})
    assert (status, written["saves"], written["words"]["opening"]) == (200, 2, "A good quarter.")
    action(w)
    status, counted = mo.post(f"{address}refresh/", saves=2)
    assert (status, counted["figures"]["numbers"]["whole"]["counted"]) == (200, 2)
    status, issued = mo.post(f"{address}issue/", saves=3)
    assert (status, issued["state"], len(issued["hash"])) == (200, "issued", 64)

    status, again = mo.post(f"{address}reissue/", reason="A figure was wrong.")
    assert (status, again["version"], again["supersedes"]) == (201, 2, draft["id"])
    gone = mo.client.post(
        f"/api/v1/boards/wessex/reports/{again['id']}/discard/", {"saves": 1}, content_type="application/json"
    )
    assert (gone.status_code, Report.objects.count()) == (204, 1)
    status, read = api(w.dan).get(address)
    assert (status, read["words"]["opening"]) == (200, "A good quarter.")


def test_what_is_refused_names_its_place(w: World) -> None:
    mo, there = api(w.mo), meeting(w)
    _, draft = mo.post("reports/", meeting=there.pk)
    address = f"reports/{draft['id']}/"

    assert mo.post("reports/", meeting=there.pk) == (
        400,
        {"meeting": ["For this meeting there is a draft already."]},
    )
    assert mo.post(f"{address}write/", saves=1, words={"ending": "x"}) == (
        400,
        {"words": ["This paper has no section “ending”."]},
    )
    assert mo.post(f"{address}issue/", saves=7)[0] == 409
    assert mo.post(f"{address}reissue/", reason="Slip")[0] == 400
    assert api(w.dan).get(address)[0] == 404
    assert api(w.ingrid).get(address)[0] == 200
    assert api(w.ingrid).post(f"{address}issue/", saves=1)[0] == 403


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_the_same_whatever_the_number(w: World, size: int) -> None:
    for number in range(size):
        day = TODAY + timedelta(days=7 + number)
        api(w.mo).post("reports/", meeting=meeting(w, meets_on=day, subgroup=w.subgroup).pk)

    mo = api(w.mo)
    with CaptureQueriesContext(connection) as asked:
        status, page = mo.get("reports/")

    assert (status, page["count"]) == (200, size)
    assert Report.objects.count() == size
    assert len(asked) == 5  # session, user, seat; how many, which
