"""An unpublished review, through every page and every address of the API: who meets which of its words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from actions import progress
from actions.intake import review, taking
from actions.models import Document, Event, Seat, Source, Subgroup, SubgroupSeat
from frontend.urls import urlpatterns
from tests.factories import TODAY, World, action, seat, world
from tests.frontend.pages import BrowserOf
from tests.rights.cells import text

pytestmark = pytest.mark.django_db

TEXT = "Recommendations\n\n1. Police should brief every sergeant on CANARYWORDS.\n\nBackground: CANARYTEXT happened.\n"
OF_THE_SOURCE = {"CANARYTITLE", "CANARYSHORT", "CANARYNAME", "CANARYTEXT"}
OF_THE_COMMITMENT = {"CANARYWORDS"}
OF_THE_ACTION = {
    "CANARYACTION",
    "CANARYDETAIL",
    "CANARYSAID",
    "CANARYNEEDED",
    "CANARYEVIDENCE",
    "CANARYMOVED",
}
EVERYTHING = OF_THE_SOURCE | OF_THE_COMMITMENT | OF_THE_ACTION
API = [
    "plans/", "priorities/", "agencies/", "subgroups/", "seats/", "sources/", "sources/1/", "commitments/",
    "commitments/1/", "actions/", "actions/?q=CANARY", "actions/1/", "actions/1/events/", "rollup/",
    "rollup/?by=source", "rollup/?by=owner",
]  # fmt: skip


@pytest.fixture
def w(w: World) -> World:
    """Taken in as restricted under Bob's subgroup; its one action is Alice's, watched over by Quinn's."""
    made = taking.take_in(
        by=w.mo,
        data=TEXT.encode(),
        name="CANARYNAME.txt",
        kind=w.sar,
        title="CANARYTITLE",
        short_title="CANARYSHORT",
        restricted=True,
        subgroup=w.subgroup,
        today=TODAY,
    )
    proposal = made.document.proposals.get(text__contains="CANARYWORDS")
    kept = review.keep(
        proposal, by=w.mo, version=1, today=TODAY, filing=review.Filing("recommendation", w.police)
    )
    quality = Subgroup.objects.create(board=w.board, name="Quality")
    quinn = seat(w.board, "Quinn Quality", w.council)
    SubgroupSeat.objects.create(subgroup=quality, seat=quinn, role="chair")
    cid = seat(w.board, "Cid Contributor", w.council)
    seat(w.board, "Lee Lead", w.council, is_lead=True)
    one = action(
        w, title="CANARYACTION", detail="CANARYDETAIL", commitments=(kept,), subgroup=quality, due_on=TODAY
    )
    one.contributors.add(cid)
    given: dict[str, Any] = {"by": w.alice, "today": TODAY}
    progress.update(
        one, confidence="at_risk", words="CANARYSAID", needed_from_board="CANARYNEEDED", version=1, **given
    )
    progress.attach(one, words="CANARYEVIDENCE", version=2, **given)
    later = TODAY.replace(month=9)
    progress.reschedule(one, due_on=later, by=w.ingrid, reason="CANARYMOVED", version=3, today=TODAY)
    type(one).objects.update(due_on=TODAY.replace(month=5))  # late by now
    return w


def paths(w: World) -> Iterator[str]:
    """Every page of the board that can be asked for, and every address of the API."""
    known = {"board": w.board.slug, "number": 1, "document": Document.objects.get().pk, "verb": "update"}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        if "board" in names:
            yield reverse(pattern.name, kwargs={name: known.get(name, 1) for name in names})
    yield from (f"/api/v1/boards/{w.board.slug}/{path}" for path in API)
    yield f"/wessex/actions/?source={Source.objects.get().pk}"
    yield "/wessex/sources/S-1/plan/?commitment=1"
    yield from (f"/wessex/actions/{query}" for query in ("?q=CANARY", "?overdue=true", "?asks_board=true"))
    yield from (f"/wessex/summary/?by={by}" for by in ("source", "agency"))


def met(w: World, client: Client) -> set[str]:
    pages = [text(client.get(path)) for path in paths(w)]
    return {canary for page in pages for canary in EVERYTHING if canary in page}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "meets"),
    [
        ("Mo Manager", EVERYTHING),
        ("Ingrid Chair", EVERYTHING),
        ("Bob Chair", EVERYTHING),  # chairs the subgroup that watches over it
        ("Alice Owner", OF_THE_COMMITMENT | OF_THE_ACTION),
        ("Carol Lead", OF_THE_COMMITMENT | OF_THE_ACTION),
        ("Quinn Quality", OF_THE_ACTION),  # chairs the subgroup that watches over the action
        ("Cid Contributor", OF_THE_ACTION),
        ("Lee Lead", set()),  # leads another agency
        ("Dan Member", set()),
    ],
)
def test_each_meets_no_more_of_its_words_than_theirs(
    w: World, browser_of: BrowserOf, name: str, meets: set[str]
) -> None:
    assert met(w, browser_of(Seat.objects.get(board=w.board, name=name))) == meets


@pytest.mark.slow
def test_a_stranger_meets_nothing(w: World, browser_of: BrowserOf) -> None:
    other = world("mercia")

    assert met(w, browser_of(other.mo)) == set()
    assert met(w, Client()) == set()


@pytest.mark.slow
def test_once_published_everybody_on_the_board_meets_all_of_it(w: World, browser_of: BrowserOf) -> None:
    answer = browser_of(w.mo).post(
        "/wessex/sources/S-1/publish/", {"published_on": "2026-06-02"}, follow=True
    )

    assert "It is published" in answer.text
    assert met(w, browser_of(w.dan)) == EVERYTHING
    event = Event.objects.first()
    assert (event.verb, event.detail) == ("publish", {"published_on": "2026-06-02"})


def test_lists_say_how_many_are_not_shown(w: World, browser_of: BrowserOf) -> None:
    dan, quinn = browser_of(w.dan), browser_of(Seat.objects.get(name="Quinn Quality"))

    assert "1 restricted review is not shown" in dan.get("/wessex/sources/").text
    assert "1 restricted action is not shown" in dan.get("/wessex/actions/").text
    assert "restricted action" not in quinn.get("/wessex/actions/").text
    assert "not shown" not in browser_of(w.bob).get("/wessex/sources/").text


def test_figures_are_the_same_for_everyone(w: World, browser_of: BrowserOf) -> None:
    figures = [browser_of(who).get("/api/v1/boards/wessex/rollup/").json() for who in (w.dan, w.mo)]

    assert figures[0] == figures[1]
    assert figures[0]["figures"][0]["overdue"] == 1
    assert "Restricted review" in browser_of(w.dan).get("/wessex/summary/?by=source").text


def test_its_reference_is_a_neutral_code_for_everybody_until_it_is_published(
    w: World, browser_of: BrowserOf
) -> None:
    alice = browser_of(w.alice)
    assert "S-1 recommendation 1" in alice.get("/wessex/actions/A-1/").text
    assert "from a restricted review" in alice.get("/wessex/actions/A-1/").text
    row = alice.get("/api/v1/boards/wessex/actions/1/").json()
    assert [one["reference"] for one in row["commitments"]] == ["S-1 recommendation 1"]
    source = alice.get("/api/v1/boards/wessex/commitments/1/").json()["source"]
    assert (source["title"], source["kind"], source["restricted"]) == (
        "Restricted review",
        "Restricted review",
        True,
    )

    Source.objects.update(restricted=False)

    assert "CANARYSHORT 1 Police" in alice.get("/wessex/actions/A-1/").text


def test_only_the_manager_publishes_and_restricts(w: World, browser_of: BrowserOf) -> None:
    for who, status in ((w.bob, 403), (w.ingrid, 403), (w.alice, 404), (world("mercia").mo, 404)):
        client = browser_of(who)
        for step in ("publish", "restrict"):
            assert client.get(f"/wessex/sources/S-1/{step}/").status_code == status
            assert client.post(f"/wessex/sources/S-1/{step}/", {}).status_code == status

    assert Source.objects.get().restricted


def test_restricting_asks_why_and_a_second_time_is_told(w: World, browser_of: BrowserOf) -> None:
    Source.objects.update(restricted=False)
    mo = browser_of(w.mo)

    nameless = mo.post("/wessex/sources/S-1/restrict/", {"reason": ""})
    done = mo.post("/wessex/sources/S-1/restrict/", {"reason": "The inquest", "subgroup": w.subgroup.pk})
    again = mo.post("/wessex/sources/S-1/restrict/", {"reason": "The inquest"})
    future = mo.post("/wessex/sources/S-1/publish/", {"published_on": "2026-06-04"})

    assert [answer.status_code for answer in (nameless, done, again, future)] == [422, 302, 409, 422]
    assert "restricted already" in again.text
    assert "cannot be in the future" in future.text
    assert Event.objects.filter(verb="restrict").count() == 1


def test_a_document_is_taken_in_as_not_published_through_the_page(w: World, browser_of: BrowserOf) -> None:
    browser_of(w.mo).post(
        "/wessex/sources/take-in/",
        {
            "kind": w.sar.pk,
            "title": "SAR Two",
            "short_title": "Two",
            "words": "We will act on this now.",
            "restricted": "on",
            "subgroup": w.subgroup.pk,
        },
    )

    source = Source.objects.get(title="SAR Two")
    assert (source.restricted, source.subgroup) == (True, w.subgroup)
    assert browser_of(w.dan).get("/wessex/sources/S-2/").status_code == 404
    assert "chair of Learning and Review" in browser_of(w.bob).get("/wessex/sources/S-2/").text


def test_what_one_reader_was_shown_is_remembered_for_nobody_who_may_read_less(
    w: World, browser_of: BrowserOf
) -> None:
    summary, filtered = "/wessex/summary/", "/wessex/actions/"
    mo, ingrid, dan = browser_of(w.mo), browser_of(w.ingrid), browser_of(w.dan)

    for most in (mo, ingrid):
        assert "CANARYACTION" in most.get(summary).text
        assert "CANARYTITLE" in most.get(filtered).text
    assert "CANARY" not in dan.get(summary).text + dan.get(filtered).text

    mo.post("/wessex/sources/S-1/publish/", {"published_on": "2026-06-02"})
    assert "CANARYACTION" in dan.get(summary).text
    assert "CANARYTITLE" in dan.get(filtered).text

    mo.post("/wessex/sources/S-1/restrict/", {"reason": "The inquest", "subgroup": w.subgroup.pk})
    assert "CANARY" not in dan.get(summary).text + dan.get(filtered).text
