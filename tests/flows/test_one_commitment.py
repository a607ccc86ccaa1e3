"""The whole thread, step by step as architecture names it: a real document in, somebody reminded, a summary out.

Through the pages as people use them, a real mail server, and the API for the figures; no verb is called directly.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from actions.models import Action, Agency, Commitment, Document, Event, Seat, SourceKind
from actions.models.board import UK
from notifications import post, tasks
from notifications.models import Message
from tests.factories import World, seat, world
from tests.notifications.conftest import Sink, sink  # noqa: F401  a fixture

SAMPLE = Path(settings.TRACKER_SAMPLES) / "dorset-bcp-annual-report-2022-23.txt"
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UK)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.exists(), reason="the real documents are not here: set TRACKER_SAMPLES"),
]


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def tick() -> int:
    return tasks.run(clock=lambda: datetime.now(tz=UK))


def browser(person: Seat) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def w() -> World:
    with at(MONDAY - timedelta(days=3)):
        made = world()
        Agency.objects.filter(pk=made.police.pk).update(name="Dorset Police", short_name="Police")
        SourceKind.objects.create(board=made.board, slug="partner-return", name="Partner return")
        post.turn_on(made.board, by=made.mo, today=made.board.today)
    return made


def take_in(w: World, mo: Client) -> Any:
    """The answer of the page where it ends."""
    sent = {
        "kind": SourceKind.objects.get(slug="partner-return").pk,
        "title": "Annual report 2022 to 2023",
        "short_title": "Returns 22-23",
    }
    with SAMPLE.open("rb") as file:
        return mo.post("/wessex/sources/take-in/", sent | {"document": file}, follow=True)


def keep_what_the_police_planned(w: World, mo: Client, document: Document) -> list[Commitment]:
    planned = document.proposals.filter(agency=w.police, kind="planned_work")
    picked = [f"{one.pk}:{one.version}" for one in planned]
    mo.post(
        f"/wessex/sources/S-1/review/{document.pk}/",
        {"verb": "keep_run", "picked": picked, "priority": w.priority.pk},
    )
    return list(Commitment.objects.order_by("number"))


def plan_two(w: World, mo: Client, commitments: list[Commitment]) -> list[Action]:
    sent: dict[str, Any] = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for index, commitment in enumerate(commitments[2:4]):
        sent |= {
            f"form-{index}-{name}": value
            for name, value in {
                "commitment": commitment.number,
                "answered": 0,
                "title": f"Do number {index + 1}",
                "owner": w.alice.pk,
                "due_on": "2026-07-01",
                "subgroup": w.subgroup.pk,
                "priority": w.priority.pk,
            }.items()
        }
    mo.post("/wessex/sources/S-1/plan/", sent)
    return list(Action.objects.order_by("number"))


def figures(client: Client, by: str = "priority") -> dict[str, Any]:
    rows = json.loads(client.get(f"/api/v1/boards/wessex/rollup/?by={by}").content)["figures"]
    return dict(next(row for row in rows if row["counted"]))


@pytest.mark.slow
def test_from_a_real_document_to_the_boards_summary(w: World, sink: Sink) -> None:  # noqa: F811
    mo, alice, bob, ingrid = (browser(person) for person in (w.mo, w.alice, w.bob, w.ingrid))

    with at(MONDAY):
        # 1, 2: the manager uploads a document; it is read, with the words each proposal came from
        take_in(w, mo)
        document = Document.objects.get()
        planned = document.proposals.filter(agency=w.police, kind="planned_work")
        assert planned.count() == 4
        assert "Right Care Right Person" in document.text[planned[2].start : planned[2].end]

        # the same document twice changes nothing and says so
        before = (Event.objects.count(), document.proposals.count())
        again = take_in(w, mo)
        assert "already" in again.text
        assert (Event.objects.count(), document.proposals.count()) == before

        # 3: a person keeps them, under a priority
        commitments = keep_what_the_police_planned(w, mo, document)
        assert [c.words for c in commitments][2:] == [planned[2].text, planned[3].text]
        assert {c.priority for c in commitments} == {w.priority}

        # 4: two of them become actions with an owner and a date
        first, _ = plan_two(w, mo, commitments)
        assert (first.status, first.owner, first.first_due_on) == ("planned", w.alice, date(2026, 7, 1))

        # 5: nobody hears at once; the manager may still be planning
        tick()
        assert sink.got == []

    with at(MONDAY + timedelta(minutes=40)):
        # … and within the hour one mail tells of both
        tick()
        tick()
        assert [(mail["To"], re.findall(r"A-\d", mail.get_content())) for mail in sink.got] == [
            ("alice@wessex.example", ["A-1", "A-1", "A-2", "A-2"])
        ]
        assert "Right Care" not in sink.texts[0]  # reference, date and link: no sensitive words
        link = re.search(r"http\S+(/wessex/actions/A-1/)", sink.texts[0])
        assert link

        # 8: the owner follows the link, which changes nothing, sees the printed words, and says where it stands
        page = alice.get(link[1])
        assert commitments[2].words.split(" which ")[0].replace("’", "&#x27;")[:40] in page.text.replace(
            "’", "&#x27;"
        )
        alice.post(f"{link[1]}update/", {"version": 1, "confidence": "on_track", "words": "Terms agreed"})

    with at(datetime(2026, 7, 2, 9, 0, tzinfo=UK)):
        # 6: a day late, the overdue reminder; once, however often the engine wakes
        tick()
        tick()
        assert len(sink.got) == 2
        assert figures(ingrid)["overdue"] == 2

        # 8: evidence, then done
        alice.post("/wessex/actions/A-1/attach/", {
            "version": 2, "words": "Programme board minutes", "link": "https://example.org/minutes",
            "shows": "completion", "kind": "policy"})  # fmt: skip
        alice.post(
            "/wessex/actions/A-1/finish/", {"version": 3, "words": "In place", "done_on": "2026-06-30"}
        )
        first.refresh_from_db()
        assert (first.status, first.done_on) == ("done", date(2026, 6, 30))

        # 9: the chair signs off, naming the day of the impact check
        evidence = first.evidence.get()
        bob.post(
            "/wessex/actions/A-1/sign-off/",
            {
                "version": 4,
                "relied_on": [evidence.pk],
                "impact": "review",
                "review_on": "2027-01-11",
                "words": "",
            },
        )
        first.refresh_from_db()
        assert (first.status, first.signed_off_on) == ("signed_off", date(2026, 7, 2))

        # 11: the figures, the same for page and API
        found = figures(ingrid)
        assert {k: found[k] for k in ("counted", "complete", "overdue", "on_time", "check_not_due")} == {
            "counted": 2, "complete": 1, "overdue": 1, "on_time": 1, "check_not_due": 1,
        }  # fmt: skip
        summary = ingrid.get("/wessex/summary/").text
        assert w.priority.name in summary
        assert "Do number 2" in summary  # the one that is overdue

        # who was told what, and why
        ledger = mo.get("/wessex/messages/").text
        assert ledger.count("Alice Owner") >= 2
        assert Message.objects.filter(state="sent").count() == 2

    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == [
        "set_post", "take_in", "keep", "keep", "keep", "keep", "plan", "plan", "update", "attach", "finish", "sign_off",
    ]  # fmt: skip


def test_another_boards_people_see_none_of_it(w: World, sink: Sink) -> None:  # noqa: F811
    with at(MONDAY):
        mo = browser(w.mo)
        take_in(w, mo)
        document = Document.objects.get()
        commitments = keep_what_the_police_planned(w, mo, document)
        plan_two(w, mo, commitments)
        other = world("mercia")
        strangers = [browser(other.mo), browser(seat(other.board, "Nobody Else", None))]

        for stranger in strangers:
            for address in (
                "/wessex/", "/wessex/actions/", "/wessex/actions/A-1/", "/wessex/sources/S-1/", "/wessex/summary/",
                f"/wessex/sources/S-1/review/{document.pk}/", "/wessex/messages/", "/wessex/commitments/C-1/",
                "/api/v1/boards/wessex/actions/", "/api/v1/boards/wessex/actions/1/", "/api/v1/boards/wessex/rollup/",
                f"/mercia/sources/S-1/review/{document.pk}/", "/mercia/actions/A-1/", "/mercia/commitments/C-1/",
            ):  # fmt: skip
                assert stranger.get(address).status_code == 404, address
