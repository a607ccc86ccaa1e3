"""Questions of the board in a real browser: for axe and on a phone."""

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import challenges
from actions.models import Challenge, Commitment
from tests.browser.looks import Look, PageOf
from tests.factories import World, action, source, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    """One open question to four with one answer, and a closed one."""
    w = world()
    today = w.board.today
    made = action(w, due_on=today)
    Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", words="Ask every adult"
    )
    told = {"due_on": today, "by": w.mo, "today": today}
    words = (
        "Who of your officers was briefed since the review, and how do you know that it changed what they do?"
    )
    one = challenges.challenge(words, whom=[w.police, w.council, w.subgroup, None], about=made, **told)
    long = "Forty of fifty. The list is at https://example.org/" + "a-very-long-name-of-a-list" * 4
    challenges.answer(one.asked.get(agency=w.police), words=long, by=w.carol, today=today)
    gone = challenges.challenge("What of families?", whom=[w.alice], about=w.priority, **told)
    challenges.close(gone, words="Overtaken by the new law.", by=w.mo, today=today)
    return w


@pytest.mark.one_database
def test_every_page_of_challenges_passes_axe_and_fits_the_screen(
    w: World, page_of: PageOf, look: Look
) -> None:
    page = page_of(w.mo)
    one = Challenge.objects.get(closed_on=None)
    office, council = one.asked.get(office=True).pk, one.asked.get(agency=w.council).pk

    found = []
    for name, path in {
        "home-asked": "",
        "challenges": "challenges/",
        "challenge-ask": "challenges/ask/?action=1",
        "challenge": f"challenges/{one.pk}/",
        "challenge-closed": f"challenges/{Challenge.objects.exclude(closed_on=None).get().pk}/",
        "challenge-answer": f"challenges/{one.pk}/answer/{office}/",
        "challenge-answer-for": f"challenges/{one.pk}/answer/{council}/",
        "challenge-close": f"challenges/{one.pk}/close/",
        "challenge-remove": f"trail/remove/challenge/{one.pk}/",
        "action-asked": "actions/A-1/",
        "commitment-not-asked": "commitments/C-1/",
    }.items():
        page.goto(f"/wessex/{path}")
        found += look(page, name)

    assert found == []


def test_the_list_narrows_as_one_chooses(w: World, page_of: PageOf) -> None:
    page = page_of(w.dan)
    page.goto("/wessex/challenges/")

    page.get_by_label("Where it stands").select_option("closed")

    expect(page.get_by_role("heading", name="1 question", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="What of families?")).to_be_visible()
    assert "state=closed" in page.url
