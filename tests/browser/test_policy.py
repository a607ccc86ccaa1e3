"""Every page in a real browser under the content policy: 0 violations, nothing inline. A page without a place fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from actions import progress
from actions.intake import review, taking
from actions.models import Document, Event, Evidence, Proposal
from notifications.models import Message
from tests.factories import World, action, world

pytestmark = pytest.mark.browser

NOON = timezone.now()
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
SAR = "Recommendations\n\n1. The board should brief every custody sergeant.\n2. The police should audit it.\n"
# Of sign-in: what is only sent to, and what is there for those who have such a factor (its own tests look at it).
OF_SIGN_IN = r"|account_name|account_end_sessions|openid_connect_|mfa_(remove|deactivate|view|login)|socialaccount_login_error"
NOT_PAGES = re.compile(r"healthz|api-|account_reset_password_from_key$" + OF_SIGN_IN)


@pytest.fixture
def w(site: str) -> World:
    """One of everything that a page is about."""
    w = world()
    today = w.board.today
    a = action(w)
    progress.attach(a, words="A list", by=w.alice, version=1, today=today)
    progress.finish(a, words="All briefed", done_on=today, by=w.alice, version=2, today=today)
    taken = taking.take_in(
        data=SAR.encode(), name="sar.txt", kind=w.sar, title="SAR Q", short_title="Q", by=w.mo, today=today
    )
    first = Proposal.objects.filter(document=taken.document).first()
    assert first
    review.keep(first, version=first.version, by=w.mo, today=today)
    Message.objects.create(
        board=w.board, seat=w.alice, to=w.alice.email, message_id="<1@x>", dated_at=NOON, created_at=NOON
    )
    return w


def places() -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses that need more than the board."""
    document, message = Document.objects.get(), Message.objects.get()
    removals = {"line": Event.objects.earliest("seq").seq, "evidence": Evidence.objects.get().pk}
    removals |= {"action": 1, "commitment": 1, "document": document.pk}
    return {
        "action": [{"number": 1}],
        "action_step": [{"number": 1, "verb": verb} for verb in ("send-back", "attach")],
        "source": [{"number": 1}],
        "plan": [{"number": 1}],
        "review": [{"number": 1, "document": document.pk}],
        "commitment": [{"number": 1}],
        "message": [{"number": message.pk}],
        "redact": [{"what": what, "number": number} for what, number in removals.items()],
        "caught_mail_one": [],  # a mail is a file of this machine; its own tests make one
    }


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def addresses() -> list[str]:
    """Those of every page that the resolver knows."""
    known, unplaced, found = places(), [], []
    for name in dict.fromkeys(
        p.name for p in patterns(get_resolver()) if p.name and not NOT_PAGES.match(p.name)
    ):
        needed = set(get_resolver().reverse_dict.getlist(name)[0][0][0][1])
        board = {"board": "wessex"} if "board" in needed else {}
        if needed - {"board"} and name not in known:
            unplaced.append(name)
            continue
        for place in known.get(name, [{}]):
            found.append(reverse(name, kwargs=board | place))
    assert unplaced == [], "Say in `places` what to fill into these addresses."
    return found


def heard(page: Page) -> list[str]:
    """What the browser refuses because of the policy, as it comes."""
    violations: list[str] = []
    page.add_init_script(LISTEN)
    page.on(
        "console",
        lambda said: violations.append(f"{page.url} {said.text}") if "CSP violation" in said.text else None,
    )
    return violations


def faults_of(page: Page, address: str) -> list[str]:
    """What is wrong with the answer itself."""
    answer = page.goto(address)
    assert answer
    page.wait_for_load_state("networkidle")
    headers = answer.headers
    html = headers.get("content-type", "").startswith("text/html")
    found = [f"inline: {one}" for one in INLINE.findall(answer.text())] if html else []
    if answer.status != 200:
        found.append(f"answers {answer.status}")
    if "no-store" not in headers.get("cache-control", ""):
        found.append("the browser may keep it")
    if "unsafe" in headers.get("content-security-policy", "unsafe"):
        found.append("an unsafe policy")
    return found


def test_every_page_obeys_the_policy(w: World, page_of: Callable[..., Page], settings: Any) -> None:
    settings.DEBUG = True  # else the pages of caught mail are not there
    page = page_of(w.mo)
    violations = heard(page)

    faults = {address: faults_of(page, address) for address in addresses()}

    print(f"\n{len(faults)} pages, {len(violations)} violations")
    assert violations == []
    assert {address: found for address, found in faults.items() if found} == {}


def test_pages_before_sign_in_obey_it_too(w: World, chromium: Browser, site: str) -> None:
    page = chromium.new_page(base_url=site)
    violations = heard(page)

    faults = {
        path: faults_of(page, path) for path in ("/accounts/login/", "/accounts/password/reset/", "/wessex/")
    }
    page.close()

    assert violations == []
    assert {path: found for path, found in faults.items() if found} == {}


def test_the_ear_hears_what_the_policy_refuses(w: World, chromium: Browser, site: str) -> None:
    page = chromium.new_page(base_url=site)
    violations = heard(page)
    page.goto("/accounts/login/")

    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))"
    )
    page.wait_for_timeout(100)

    assert [line.split("violation: ")[1].split()[0] for line in violations] == [
        "style-src-attr",
        "script-src-elem",
    ]
    assert page.evaluate("window.bad") is None
    page.close()
