"""A stranger sets up a board from its pages alone: nothing is typed into an address, nothing is made beforehand but the
address that the console prints. Two subgroups, five agencies, ten people beside the manager, meetings, a plan; the post
is turned on, one of the ten arrives by the mail; a document is read and planned, an owner speaks, a plan follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from actions.models import Action, Board, Meeting, Plan, Seat, SubgroupSeat
from actions.models.board import UK
from frontend import founding
from notifications import tasks
from tests.browser.looks import PHONE, Look, PageOf
from tests.factories import World, world
from tests.sign_in.conftest import app_code

DOCUMENT = Path(settings.ROOT) / "tests" / "documents" / "return-plain.txt"  # invented
MORNING = datetime(2026, 6, 3, 10, tzinfo=UK)  # a Wednesday: people may be written to
WORDS = "purple tractor on the moor"
AGENCIES = {
    "Oakshire Council": "Council",
    "Oakshire Police": "Police",
    "NHS Oakshire ICB": "ICB",
    "Oakshire Fire and Rescue": "Fire",
    "Oakshire Healthwatch": "Healthwatch",
}
# As Outlook writes a list, and as a spreadsheet does.
PEOPLE = """Dr Helen Marsh <helen.marsh@chair.example>; "Birch, Alan" <alan.birch@oakshire.example>;
Priya Nair\tpriya.nair@police.example\tPolice
Ben Tully\tben.tully@police.example\tPolice
Sue Hart\tsue.hart@icb.example\tICB
Ravi Menon\travi.menon@icb.example\tNHS Oakshire ICB
Jo Lamb\tjo.lamb@oakshire.example\tCouncil
Kim Oyelaran\tkim.oyelaran@fire.example\tFire
Grace Cole\tgrace.cole@healthwatch.example\tHealthwatch
Olive Penn\tolive.penn@oakshire.example
"""
ROLES: dict[str, dict[str, str]] = {  # what is ticked (""), or chosen
    "Dr Helen Marsh": {"Independent chair": ""},
    "Priya Nair": {"Agency lead": "", "Role in Quality Assurance": "Chair"},
    "Kim Oyelaran": {"Agency lead": "", "Role in Quality Assurance": "Vice-chair"},
    "Sue Hart": {"Agency lead": "", "Role in Adult Reviews": "Chair"},
    "Jo Lamb": {"Agency lead": "", "Role in Adult Reviews": "Vice-chair"},
    "Grace Cole": {"Agency lead": ""},
}

pytestmark = pytest.mark.browser


@pytest.fixture
def clock(site: str) -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def go(page: Page, name: str) -> None:
    """By a link of the page, however it looks; from the menu too, which a phone folds."""
    page.wait_for_load_state()
    wanted = page.get_by_role("link", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    )
    menu = page.get_by_role("button", name="Menu", expanded=False)
    if not wanted.count() and menu.count():  # what is folded has no role
        menu.click()
    wanted.first.click()


def second_step(page: Page) -> None:
    press(page, "Add an authenticator app")
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".govuk-details__text code").inner_text()
    page.get_by_label("Code that the app shows now").fill(app_code(secret))
    press(page, "Add this app")
    go(page, "I have kept them: go on")


def found(page: Page) -> None:
    page.goto(founding.address().removeprefix(settings.SITE_URL))
    page.get_by_label("Name of the board").fill("  Oakshire Safeguarding Adults Board ")
    page.get_by_label("Short name for web addresses").fill("oakshire")
    page.get_by_label("Your name").fill("Margaret Oduya")
    page.get_by_label("Your work email address").fill("margaret.oduya@oakshire.example")
    page.get_by_label("Password").fill(WORDS)
    press(page, "Show what you typed")
    expect(page.get_by_label("Password")).to_have_attribute("type", "text")
    press(page, "Set up the board")
    second_step(page)
    expect(page.get_by_role("heading", name="Set up the board")).to_be_visible()


def set_up(page: Page, look: Look) -> None:
    """In the order of the list, each page leading to the next."""
    go(page, "Agencies")
    for name, short in AGENCIES.items():
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Short name").fill(short)
        press(page, "Add it")
        expect(page.get_by_role("row", name=name)).to_be_visible()
    assert look(page, "stranger-agencies") == []
    go(page, "Add an agency")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    go(page, "Go on to subgroups")
    for name in ("Quality Assurance", "Adult Reviews"):
        page.get_by_label("Name", exact=True).fill(name)
        press(page, "Add it")
    go(page, "Go on to people")
    invite(page, look)
    go(page, "Set up")
    go(page, "Meetings")
    assert look(page, "stranger-no-meetings") == []
    for whose in ("The board", "Quality Assurance", "Adult Reviews"):
        page.get_by_label("Whose meetings").select_option(label=whose)
        page.get_by_label("First one on").fill("2026-07-08")
        press(page, "Show the days")
        press(page, "Add these meetings")
        expect(page.get_by_text("4 meetings are added.")).to_be_visible()
    go(page, "Go on to the plan")
    plan(page, "Strategic plan 2026 to 2027", "2026-04-01", "2027-03-31")


def invite(page: Page, look: Look) -> None:
    go(page, "Invite people")
    go(page, "Invite several at once")
    page.get_by_label("People").fill(PEOPLE + "Max May, max@x.example, Fire Service")
    press(page, "Invite")
    wrong = page.get_by_role("alert").get_by_text("No agency of this board is called “Fire Service”.")
    expect(wrong).to_contain_text("The board’s agencies are Council, Fire, Healthwatch, ICB, Police.")
    assert look(page, "stranger-several") == []
    page.get_by_label("People").fill(PEOPLE)
    press(page, "Invite")
    expect(page.get_by_text("10 people are invited.")).to_be_visible()
    for name, roles in ROLES.items():
        go(page, "People")
        go(page, name)
        go(page, "Change")
        for label, chosen in roles.items():
            field = page.get_by_label(label)
            field.select_option(label=chosen) if chosen else field.check()
        press(page, "Save")
        expect(page.get_by_text(f"{name}: saved.")).to_be_visible()
    assert look(page, "stranger-invited") == []


def plan(page: Page, name: str, starts: str, ends: str) -> None:
    go(page, "Start a plan" if page.get_by_text("There is no plan yet").is_visible() else "Start a new plan")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Starts on").fill(starts)
    page.get_by_label("Ends on").fill(ends)
    page.get_by_label("Priorities").fill("Hear the adult\n Self-neglect \n\nPartners learn together\n")
    press(page, "Save")
    expect(page.get_by_text(f"“{name}” is started.")).to_be_visible()


def turn_the_post_on(page: Page) -> None:
    go(page, "Set up")
    go(page, "Post")
    expect(page.get_by_text("10 people", exact=True)).to_be_visible()
    press(page, "Turn it on")
    tasks.run(clock=lambda: MORNING + timedelta(minutes=40))


def arrive(page: Page, address: str) -> None:
    """By the link in the mail."""
    sent = next(one.body for one in reversed(mail.outbox) if one.to == [address])
    link = re.search(r"(/invitation/\S+)", str(sent))
    assert link
    page.goto(link[1])
    page.get_by_label("Password").fill(WORDS)
    press(page, "Take up your place")
    second_step(page)
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()


def take_in(page: Page, look: Look) -> None:
    go(page, "Sources")
    go(page, "Take in a document")
    page.get_by_label("File").set_input_files(DOCUMENT)
    page.get_by_label("What it is").select_option(label="Partner return")
    page.get_by_label("Title", exact=True).fill("Annual report 2022 to 2023")
    page.get_by_label("Short title").fill("AR 22-23")
    press(page, "Read it")
    page.get_by_role("link", name=re.compile("^Achievement ")).click()
    page.get_by_text("Decide on several at once").click()
    press(page, "Tick all on this page")
    press(page, "Mark the ticked as context")
    expect(page.get_by_text(re.compile(r"\d+ marked as context\."))).to_be_visible()
    page.get_by_role("link", name=re.compile("^Planned work ")).click()
    for kept in (1, 2):
        page.get_by_role("button", name="Keep line").first.click()
        expect(page.get_by_role("button", name="Put back")).to_have_count(kept)
    go(page, "Plan actions from what is kept")
    press(page, "Plan the ticked")
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one commitment to plan.")
    assert look(page, "stranger-none-ticked") == []
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Plan the ticked")
    for block, owner in enumerate(("Priya Nair", "Ravi Menon")):
        page.get_by_label("Owner").nth(block).select_option(label=owner)
        page.get_by_label("Due", exact=True).nth(block).fill("2026-12-18")
        page.get_by_label("Priority").nth(block).select_option(label="1. Hear the adult")
    press(page, "Plan these 2 actions")
    expect(page.get_by_text("2 actions are planned: A-1 to A-2.")).to_be_visible()


def say(page: Page) -> None:
    page.reload()
    page.get_by_role("listitem").filter(has_text="A-1.").get_by_role("link").click()
    page.get_by_label("At risk", exact=True).check()
    page.get_by_label("What has happened since the last update?").fill("Two of three teams are trained.")
    page.locator("textarea[name=why]").fill("The rota; cover is found by day.")
    page.get_by_label("Needed from the board").fill("A place on the ICB’s course")
    press(page, "Save update")
    expect(page.get_by_text("Your update is saved.")).to_be_visible()


def keep(page: Page, look: Look) -> None:
    """A year of keeping the board: a meeting moves, a person goes, a plan ends."""
    go(page, "Meetings")
    page.get_by_role("link", name=re.compile("Move ?: The board, 8 July 2026")).click()
    page.get_by_label("New day").fill("2026-07-15")
    press(page, "Move it")
    page.get_by_role("link", name=re.compile("Cancel ?: The board, .* October 2026")).click()
    page.get_by_label("Why").fill("Half term.")
    press(page, "Cancel it")
    go(page, "People")
    go(page, "Ravi Menon")
    go(page, "Withdraw the invitation")
    expect(page.get_by_text("goes to Sue Hart.")).to_be_visible()
    press(page, "Withdraw it")
    go(page, "Plans")
    page.get_by_role("link", name="Change Strategic plan 2026 to 2027").click()
    page.get_by_label("Ends on").fill("2026-06-02")
    press(page, "Save")
    plan(page, "Strategic plan 2026 to 2029", "2026-06-03", "2029-03-31")
    go(page, "Carry them over")
    press(page, "Carry over")
    expect(page.get_by_text("2 actions carried over to “Strategic plan 2026 to 2029”.")).to_be_visible()
    go(page, "Summary")
    expect(page.get_by_text("A place on the ICB’s course")).to_be_visible()
    assert look(page, "stranger-summary") == []


@pytest.mark.slow
def test_a_stranger_sets_up_a_board_from_its_pages_alone(
    clock: time_machine.Traveller, page_of: PageOf, look: Look
) -> None:
    margaret, priya = page_of(None), page_of(None, width=PHONE)

    found(margaret)
    go(margaret, "My actions")
    expect(margaret.get_by_text("This board has no action yet.")).to_be_visible()
    assert look(margaret, "stranger-new-board") == []
    set_up(margaret, look)
    turn_the_post_on(margaret)
    arrive(priya, "priya.nair@police.example")
    take_in(margaret, look)
    say(priya)
    keep(margaret, look)

    board = Board.objects.get()
    roles = SubgroupSeat.objects.filter(seat__board=board).values_list("subgroup__name", "role", "seat__name")
    assert set(roles) == {
        ("Quality Assurance", "chair", "Priya Nair"),
        ("Quality Assurance", "vice_chair", "Kim Oyelaran"),
        ("Adult Reviews", "chair", "Sue Hart"),
        ("Adult Reviews", "vice_chair", "Jo Lamb"),
    }
    assert (board.agencies.count(), board.subgroups.count(), Seat.objects.filter(board=board).count()) == (
        5,
        2,
        11,
    )
    moved = Meeting.objects.get(subgroup=None, meets_on=date(2026, 7, 15))
    assert (moved.cut_off_on, Meeting.objects.count()) == (date(2026, 7, 1), 12)
    assert Plan.objects.count() == 2
    owners = dict(Action.objects.values_list("number", "owner__name"))
    assert owners == {1: "Priya Nair", 2: "Sue Hart"}
    assert {str(one.priority.plan) for one in Action.objects.select_related("priority__plan")} == {
        "Strategic plan 2026 to 2029"
    }


@pytest.fixture
def w(site: str) -> World:
    return world()


def test_somebody_on_two_boards_switches_between_them(w: World, page_of: PageOf, look: Look) -> None:
    mercia = world("mercia")
    Seat.objects.create(
        board=mercia.board, user=w.alice.user, name="Alice Owner", email="a.owner@mercia.example"
    )
    page = page_of(w.alice)

    page.goto("/")
    expect(page.get_by_role("heading", name="Which board?")).to_be_visible()
    assert look(page, "stranger-which-board") == []
    go(page, "Wessex Safeguarding Adults Board")
    expect(page.get_by_role("banner")).to_contain_text("Wessex Safeguarding Adults Board")
    go(page, "Switch board")
    go(page, "Mercia Safeguarding Adults Board")

    expect(page.get_by_role("banner")).to_contain_text("Mercia Safeguarding Adults Board")
    assert page.url.endswith("/mercia/")
    only = page_of(w.bob)
    only.goto("/")
    expect(only.get_by_role("heading", name="My actions")).to_be_visible()
    expect(only.get_by_role("link", name="Switch board")).to_have_count(0)
