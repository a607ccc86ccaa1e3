"""The people of a board in a real browser: invited and taken up, leaving with a preview, the first board."""

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

from actions import founding, invitation, people
from actions.models import Action, Board, Seat
from actions.people import Person
from frontend import founding as first
from tests.browser.looks import Look, PageOf, faults
from tests.factories import World, action, world
from tests.sign_in.conftest import app_code

pytestmark = pytest.mark.browser

WORDS = "some words of mine alone"


@pytest.fixture
def w(site: str) -> World:
    return world()


def test_the_manager_invites_and_the_invited_person_arrives(w: World, page_of: PageOf) -> None:
    page, stranger = page_of(w.mo), page_of(None)
    page.goto("/wessex/")
    page.get_by_role("navigation").get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite people").or_(
        page.get_by_role("button", name="Invite people")
    ).click()
    page.get_by_label("Name", exact=True).fill("Nia New")
    page.get_by_label("Work email address").fill("nia@wessex.example")
    page.get_by_label("Agency", exact=False).first.select_option(label="Wessex Police")
    page.get_by_label("Learning and Review").select_option("Sits on")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("Nia New is invited.")).to_be_visible()

    stranger.goto(f"/invitation/{invitation.token(Seat.objects.get(name='Nia New'))}/")
    expect(stranger.get_by_text("Mo Manager has invited you")).to_be_visible()
    assert faults(stranger) == []
    stranger.get_by_label("Password").fill(WORDS)
    stranger.get_by_role("button", name="Take up your place").click()

    expect(stranger.get_by_role("heading", name="My actions")).to_be_visible()
    page.goto("/wessex/people/")
    expect(page.get_by_role("row", name="Nia New")).to_contain_text("On the board")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_leavers_work_is_shown_and_then_moved(w: World, page_of: PageOf, javascript: bool) -> None:
    action(w)
    page = page_of(w.mo, javascript=javascript)
    page.goto("/wessex/people/")
    page.get_by_role("link", name="Alice Owner").click()
    page.get_by_role("button", name="Leaves the board").click()
    expect(page.get_by_text("A-1 Brief every custody sergeant goes to Carol Lead.")).to_be_visible()

    page.get_by_role("button", name="Confirm the last day").click()

    expect(page.get_by_text("What moved to whom", exact=True)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="went to Carol Lead.")).to_be_visible()
    assert Action.objects.get().owner == w.carol


def test_the_first_board_takes_one_page_and_leads_to_what_it_needs(page_of: PageOf) -> None:
    stranger = page_of(None)
    stranger.goto(first.address().removeprefix("http://localhost:8000"))
    assert faults(stranger) == []
    stranger.get_by_label("Name of the board").fill("Fenshire Safeguarding Adults Board")
    stranger.get_by_label("Short name for web addresses").fill("fenshire")
    stranger.get_by_label("Your name").fill("Fay Fen")
    stranger.get_by_label("Your work email address").fill("fay@fenshire.example")
    stranger.get_by_label("Password").fill(WORDS)
    stranger.get_by_role("button", name="Set up the board").click()
    stranger.get_by_role("button", name="Add an authenticator app").click()
    stranger.get_by_text("I cannot scan it").click()
    secret = stranger.locator(".govuk-details__text code").inner_text()
    stranger.get_by_label("Code that the app shows now").fill(app_code(secret))
    stranger.get_by_role("button", name="Add this app").click()
    stranger.get_by_role("link", name="I have kept them: go on").click()
    stranger.get_by_role("link", name="Set up", exact=True).click()

    expect(stranger.get_by_role("heading", name="Set up the board")).to_be_visible()
    expect(stranger.get_by_role("link", name="People").first).to_be_visible()
    assert faults(stranger) == []
    assert (Board.objects.get().slug, founding.is_first()) == ("fenshire", False)


@pytest.mark.one_database
def test_every_page_of_people_fits_and_is_accessible(w: World, page_of: PageOf, look: Look) -> None:
    [nia] = people.invite(
        [Person("Nia New", "nia@wessex.example", agency=w.police)], by=w.mo, today=w.board.today
    )
    action(w)
    page = page_of(w.mo)
    paths = {
        "list": "",
        "person": f"{w.alice.pk}/",
        "invited": f"{nia.pk}/",
        "change": f"{w.bob.pk}/change/",
        "away": f"{w.alice.pk}/away/",
        "leave": f"{w.alice.pk}/leave/",
        "invite": "invite/",
        "several": "invite/?several=1",
        "setup": "../setup/",
    }
    found = []
    for name, path in paths.items():
        page.goto(f"/wessex/people/{path}")
        found += look(page, f"people-{name}")

    assert found == []
