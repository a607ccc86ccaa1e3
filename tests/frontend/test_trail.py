"""The trail as a page: who may read it, how it is looked through, what it says; and removing words from pages."""

import pytest
from django.http import HttpResponse
from pytest_django import DjangoAssertNumQueries

from actions import progress, redaction, triggers
from actions.models import Action, BoardHead, Event, Evidence
from tests import factories
from tests.factories import TODAY, World, action, world
from tests.frontend.pages import BrowserOf, text

QUERIES = 13  # session, user, seat, chairs; people; length, head, last line, guards; count, rows


def seqs(response: HttpResponse) -> list[int]:
    return [event.seq for event in response.context["page"]]


@pytest.fixture
def a(w: World) -> Action:
    """Four lines: planned, an update, evidence, finished."""
    a = action(w)
    progress.update(a, confidence="at_risk", words="Two of five", by=w.alice, version=1, today=TODAY)
    progress.attach(a, words="A list", by=w.carol, version=2, today=TODAY)
    progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    return a


@pytest.mark.parametrize(
    ("who", "status"),
    [("mo", 200), ("ingrid", 200), ("alice", 403), ("bob", 403), ("carol", 403), ("dan", 403)],
)
def test_manager_and_independent_chair_read_it_and_nobody_else(
    w: World, a: Action, browser_of: BrowserOf, who: str, status: int
) -> None:
    client = browser_of(getattr(w, who))

    answer = client.get("/wessex/trail/")

    assert answer.status_code == status
    assert (">Trail</a>" in text(client.get("/wessex/"))) == (status == 200)


def test_each_line_stands_in_words_with_what_it_is_about(w: World, a: Action, browser_of: BrowserOf) -> None:
    page = text(browser_of(w.mo).get("/wessex/trail/"))

    for said in (
        "Planned for 1 July 2026",
        "Update: at risk",
        "Evidence added",
        "Said to be done on 3 June 2026",
    ):
        assert said in page
    assert "Two of five" in page
    assert '<a class="govuk-link" href="/wessex/actions/A-1/">A-1</a>' in page
    assert "The trail’s end is whole</strong>: its last line is number 4." in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [5, 4, 3, 2, 1]),
        ("?action=A-1", [4, 3, 2, 1]),
        ("?action=2", [5]),
        ("?action=nonsense", []),
        ("?person={alice}", [4, 2]),
        ("?person={mo}&verb=plan", [5, 1]),
        ("?verb=attach", [3]),
        ("?verb=nonsense", []),
        ("?since=2026-06-03&until=2026-06-03", [5, 4, 3, 2, 1]),
        ("?since=2026-06-04", []),
        ("?until=2026-06-02", []),
        ("?since=tomorrow", []),
    ],
)
def test_filters_narrow_it(w: World, a: Action, browser_of: BrowserOf, query: str, found: list[int]) -> None:
    action(w, title="Another")
    query = query.format(alice=w.alice.pk, mo=w.mo.pk)

    assert seqs(browser_of(w.mo).get(f"/wessex/trail/{query}")) == found


def test_another_boards_lines_and_people_are_not_there(w: World, a: Action, browser_of: BrowserOf) -> None:
    other = world("mercia")
    action(other, title="Secret of Mercia", owner=other.alice)
    client = browser_of(w.mo)

    everything, theirs = client.get("/wessex/trail/"), client.get(f"/wessex/trail/?person={other.alice.pk}")

    assert seqs(everything) == [4, 3, 2, 1]
    assert seqs(theirs) == []
    assert "Mercia" not in text(everything)
    assert client.get("/mercia/trail/").status_code == 404
    assert client.get(f"/wessex/trail/remove/evidence/{10**6}/").status_code == 404


@pytest.mark.slow
def test_it_asks_the_same_questions_however_long_it_is(
    w: World, a: Action, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(w.mo)
    with django_assert_num_queries(QUERIES):
        client.get("/wessex/trail/")
    for n in range(60):
        owner = factories.seat(w.board, f"Owner{n}", w.police)
        b = action(w, title=f"Action {n}", owner=owner)
        progress.update(b, confidence="on_track", words="Moved", by=owner, version=1, today=TODAY)

    with django_assert_num_queries(QUERIES):
        assert len(seqs(client.get("/wessex/trail/"))) == 50


def test_every_line_is_checked_when_it_is_asked(w: World, a: Action, browser_of: BrowserOf) -> None:
    page = text(browser_of(w.ingrid).get("/wessex/trail/?check=1"))

    assert "The trail is whole.</strong> Each of its 4 lines was read just now" in page


def test_a_trail_that_was_changed_says_so_in_red(w: World, a: Action, browser_of: BrowserOf) -> None:
    client = browser_of(w.mo)
    triggers.remove()
    Event.objects.filter(seq=2).update(confidence="on_track")

    guards, every = text(client.get("/wessex/trail/")), text(client.get("/wessex/trail/?check=1"))
    triggers.install()
    BoardHead.objects.filter(board=w.board).update(seq=9)
    end = text(client.get("/wessex/trail/"))

    assert "guard “" in guards
    assert "Line 2: “update” was edited or added: its seal does not fit." in every
    assert "Line 5: the end was cut off: the trail went to 9." in end


def test_the_manager_removes_the_words_of_a_line_and_every_page_says_who_and_why(
    w: World, a: Action, browser_of: BrowserOf
) -> None:
    client = browser_of(w.mo)
    asked = client.get("/wessex/trail/remove/line/2/")
    answer = client.post(
        "/wessex/trail/remove/line/2/", {"reason": "Named the adult", "sure": "on"}, follow=True
    )

    said = "Removed by Mo Manager on 3 June 2026: Named the adult"
    assert "Two of five" in text(asked)
    assert "Line 2 of the trail: the words are destroyed." in text(answer)
    for page in (answer, client.get("/wessex/actions/A-1/"), browser_of(w.dan).get("/wessex/actions/A-1/")):
        assert said in text(page)
        assert "Two of five" not in text(page)
    assert "Words removed from line 2" in text(answer)


@pytest.mark.parametrize(
    ("what", "back"),
    [("evidence", "/wessex/actions/A-1/"), ("action", "/wessex/actions/A-1/"), ("line", "/wessex/trail/")],
)
def test_each_kind_of_words_has_its_page_and_leads_back(
    w: World, a: Action, browser_of: BrowserOf, what: str, back: str
) -> None:
    number = {"evidence": Evidence.objects.get().pk, "action": 1, "line": 3}[what]

    answer = browser_of(w.mo).post(
        f"/wessex/trail/remove/{what}/{number}/", {"reason": "Named the adult", "sure": "on"}
    )

    assert (answer.status_code, answer["Location"]) == (302, back)
    assert Event.objects.filter(verb="redact").count() == 1


def test_without_a_reason_or_being_sure_nothing_is_destroyed(
    w: World, a: Action, browser_of: BrowserOf
) -> None:
    answer = browser_of(w.mo).post("/wessex/trail/remove/line/2/", {"reason": "Named the adult"})

    assert answer.status_code == 422
    assert 'value="Named the adult"' in text(answer)
    assert "Tick that you are sure" in text(answer)
    assert Event.objects.get(seq=2).words == "Two of five"


def test_twice_is_told(w: World, a: Action, browser_of: BrowserOf) -> None:
    redaction.line(Event.objects.get(seq=2), by=w.mo, reason="Named the adult", today=TODAY)

    answer = browser_of(w.mo).post("/wessex/trail/remove/line/2/", {"reason": "Again", "sure": "on"})

    assert answer.status_code == 422
    assert "These words were removed already." in text(answer)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["ingrid", "alice", "bob", "carol", "dan"])
def test_nobody_but_the_manager_is_offered_or_may_remove(
    w: World, a: Action, browser_of: BrowserOf, who: str
) -> None:
    client = browser_of(getattr(w, who))

    answer = client.post("/wessex/trail/remove/line/2/", {"reason": "Named the adult", "sure": "on"})

    assert answer.status_code == 403
    assert "remove/" not in text(client.get("/wessex/actions/A-1/")) + text(client.get("/wessex/trail/"))
    assert Event.objects.get(seq=2).words == "Two of five"


@pytest.mark.parametrize("path", ["nothing/1/", "line/99/", "line/99999999999999999999/", "document/1/"])
def test_what_is_not_there_is_404(w: World, a: Action, browser_of: BrowserOf, path: str) -> None:
    assert browser_of(w.mo).get(f"/wessex/trail/remove/{path}").status_code == 404
