"""Signing in, in a real browser: code, app, passkey, single sign-on; sessions that end; nothing left behind."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, Look, PageOf, Shot
from tests.factories import PASSWORD, World, action, world
from tests.sign_in.conftest import app_code, code_sent
from tests.sign_in.provider import provider

pytestmark = pytest.mark.browser
# As after any request of htmx: the page asks how long its session lasts.
LOOK_NOW = "document.body.dispatchEvent(new CustomEvent('htmx:afterRequest', {detail: {elt: document.body}}))"


@pytest.fixture
def w(site: str) -> World:
    cache.clear()
    w = world()
    for seat in (w.alice, w.mo):
        seat.user.set_password(PASSWORD)
        seat.user.save()
    return w


@pytest.fixture
def at_localhost(site: str) -> str:
    """Passkeys want a name: browsers refuse an address of numbers."""
    return re.sub(r"//[^:]+", "//localhost", site)


def give_password(page: Page, address: str) -> None:
    page.goto("/")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page: Page) -> None:
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.get_by_label("Code from the mail").fill(code_sent())
    page.get_by_role("button", name="Continue").click()


def passkeys(page: Page) -> Any:
    """A device that keeps passkeys and unlocks them when asked."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp


def test_an_owner_signs_in_with_a_code_by_mail_and_trusts_the_browser(
    w: World, page_of: PageOf, look: Look
) -> None:
    page = page_of(None, width=PHONE)
    page.goto("/")
    assert look(page, "sign-in") == []

    give_password(page, w.alice.user.email)
    assert look(page, "code") == []
    give_code(page)
    assert look(page, "trust") == []
    page.get_by_role("button", name="Trust it for 90 days").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    give_password(page, w.alice.user.email)

    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
    assert len(mail.outbox) == 1


def test_a_manager_sets_up_an_app_and_signs_in_with_it(w: World, page_of: PageOf, look: Look) -> None:
    page = page_of(None)
    give_password(page, w.mo.user.email)
    give_code(page)
    expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    assert look(page, "second-step") == []
    half_way = cookie(page)

    page.get_by_role("button", name="Add an authenticator app").click()
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".govuk-details__text code").inner_text()
    assert look(page, "add-app") == []
    page.get_by_label("Code that the app shows now").fill(app_code(secret))
    page.get_by_role("button", name="Add this app").click()
    expect(page.get_by_text("They are shown now and never again.")).to_be_visible()
    assert look(page, "recovery-codes") == []
    recovery = page.locator(".app-codes code").first.inner_text()
    assert cookie(page) != half_way
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
    page.goto("/accounts/")
    assert look(page, "account") == []

    page.get_by_role("button", name="Sign out").first.click()
    give_password(page, w.mo.user.email)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    assert look(page, "factor") == []
    page.get_by_label("Code from your app").fill(recovery)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()


def test_a_manager_sets_up_a_passkey_and_signs_in_with_nothing_else(
    w: World, page_of: PageOf, look: Look, settings: Any, at_localhost: str
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # as with DEBUG: http, and any port
    page = page_of(None, address=at_localhost)
    passkeys(page)
    give_password(page, w.mo.user.email)
    give_code(page)

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Work laptop")
    assert look(page, "add-passkey") == []
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()

    page.get_by_role("button", name="Sign out").first.click()
    give_password(page, w.mo.user.email)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="My actions")).to_be_visible()
    page.goto("/accounts/")
    expect(page.get_by_text("Work laptop, added")).to_be_visible()
    page.get_by_role("link", name="Remove Work laptop").click()
    expect(page.get_by_text("add another passkey or app first")).to_be_visible()
    assert look(page, "last-passkey") == []


def test_single_sign_on_with_a_real_provider(w: World, page_of: PageOf, look: Look) -> None:
    with provider() as entra:
        entra.knows("s-1", preferred_username="mo@wessex.example", name="Mo Manager")
        entra.knows("s-2", preferred_username="eve@wessex.example", name="Eve")
        page = page_of(None)
        page.goto("/wessex/actions/")
        assert look(page, "sign-in-sso") == []
        page.get_by_role("button", name="Sign in with Wessex Council").click()
        page.locator("input[name=sub]").first.fill("s-1")
        page.locator("input[name=sub]").first.press("Enter")
        expect(page.get_by_role("heading", name="Actions", exact=True)).to_be_visible()
        assert page.url.endswith("/wessex/actions/")

        eve = page_of(None)
        eve.goto("/")
        eve.get_by_role("button", name="Sign in with Wessex Council").click()
        eve.locator("input[name=sub]").first.fill("s-2")
        eve.locator("input[name=sub]").first.press("Enter")
        expect(eve.get_by_text("has a seat for that address")).to_be_visible()
        assert look(eve, "sso-refused") == []


def test_a_person_ends_a_session_elsewhere(w: World, page_of: PageOf, look: Look) -> None:
    here, there = page_of(None), page_of(None, width=PHONE)
    for page in (here, there):
        give_password(page, w.alice.user.email)
        give_code(page)
        page.get_by_role("button", name="Do not trust it").click()
        expect(page.get_by_role("heading", name="My actions")).to_be_visible()

    here.goto("/accounts/")
    assert look(here, "sessions") == []
    here.get_by_role("button", name="End this session").click()
    expect(here.get_by_text("That session is ended.")).to_be_visible()
    there.goto("/wessex/")

    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()


def test_before_a_session_ends_the_person_is_asked_and_may_stay(
    w: World, page_of: PageOf, look: Look, settings: Any
) -> None:
    settings.SESSION_IDLE_SECONDS = session_seconds = 123  # the warning comes three seconds after the page
    action(w)
    page = page_of(w.alice)
    page.goto("/wessex/actions/A-1/")
    page.get_by_label("What has happened since the last update?").fill("Half a sentence")

    box = page.get_by_role("alertdialog", name="You are about to be signed out")
    expect(box).to_be_visible(timeout=15000)
    assert look(page, "ends-soon") == []
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_hidden()
    expect(page.get_by_label("What has happened since the last update?")).to_have_value("Half a sentence")
    expect(box).to_be_visible(timeout=15000)

    with time_machine.travel(timezone.now() + timedelta(seconds=session_seconds)):
        page.evaluate(
            "document.body.dispatchEvent(new CustomEvent('htmx:afterRequest', {detail: {elt: document.body}}))"
        )
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.endswith("/accounts/login/?next=%2Fwessex%2Factions%2FA-1%2F")


def test_after_signing_out_back_shows_nothing_and_nothing_is_kept(
    w: World, page_of: PageOf, shot: Shot
) -> None:
    action(w, title="Brief every custody sergeant")
    page = page_of(w.alice)
    page.goto("/wessex/actions/")
    page.get_by_role("link", name="Brief every custody sergeant").click()
    expect(page.get_by_role("heading", name="Brief every custody sergeant")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert "custody" not in page.content()

    kept = page.evaluate(
        """async () => ({
            local: localStorage.length, session: sessionStorage.length,
            databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
        })"""
    )
    assert kept == {"local": 0, "session": 0, "databases": 0, "caches": 0}
    assert {one["name"] for one in page.context.cookies()} <= {"csrftoken"}
    print("\nAfter sign-out:", kept, "cookies:", [one["name"] for one in page.context.cookies()])


def cookie(page: Page) -> str:
    return next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
