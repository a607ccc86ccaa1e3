"""Responses and decisions in a real browser: for axe and on a phone, and a lead who answers without scripts."""

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import decisions, responses
from actions.models import Commitment, Decision, Meeting, Response
from tests.browser.looks import Look, PageOf
from tests.factories import World, action, seat, source, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(site: str) -> World:
    """One recommendation with an answer in place and one that is awaited, and one that the board refers."""
    w = world()
    today = w.board.today
    s = source(w)
    asked, referred = (
        Commitment.objects.create(
            board=w.board, number=number, source=s, kind="recommendation", words="Ask every adult"
        )
        for number in (1, 2)
    )
    seat(w.board, "Dora Director", w.council, is_lead=True)
    both = responses.share_out(asked, agencies=[w.police, w.council], by=w.mo, today=today)
    of_police = next(one for one in both if one.agency == w.police)
    link = "https://example.org/" + "a-very-long-name-of-a-policy" * 4
    about = {"says": "in_place", "words": "Since May.", "link": link}
    responses.respond(of_police, **about, by=w.carol, version=1, today=today)
    action(w, due_on=today, commitments=(asked,))
    held = Meeting.objects.create(board=w.board, meets_on=today, cut_off_on=today)
    told = {"words": "Not ours.", "referred_to": "NHS England", "meeting": held}
    decisions.decide([referred], kind="referred", **told, by=w.mo, today=today)
    return w


@pytest.mark.one_database
def test_every_page_of_responses_passes_axe_and_fits_the_screen(
    w: World, page_of: PageOf, look: Look
) -> None:
    page = page_of(w.mo)
    in_place, waiting = Response.objects.get(says="in_place").pk, Response.objects.get(says="").pk

    found = []
    for name, path in {
        "responses": "responses/",
        "commitment-asked": "commitments/C-1/",
        "commitment-decided": "commitments/C-2/",
        "commitment-share-out": "commitments/C-1/share-out/",
        "commitment-decide": "commitments/C-1/decide/",
        "response-respond": f"responses/{waiting}/respond/",
        "response-judge": f"responses/{in_place}/judge/",
        "response-unask": f"responses/{waiting}/unask/",
        "decision-undo": f"decisions/{Decision.objects.get().pk}/undo/",
        "response-remove": f"trail/remove/response/{in_place}/",
    }.items():
        page.goto(f"/wessex/{path}")
        found += look(page, name)

    assert found == []


def test_the_list_narrows_as_one_chooses(w: World, page_of: PageOf) -> None:
    page = page_of(w.dan)
    page.goto("/wessex/responses/")

    page.get_by_label("Where it stands").select_option("waiting")

    expect(page.get_by_role("heading", name="1 response", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="Wessex Council")).to_be_visible()
    assert "state=waiting" in page.url
