"""Every page in a real browser under the content policy: 0 violations, nothing inline. A page without a place fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from actions import challenges, decisions, measures, minutes, progress, reporting, responses
from actions.intake import review, taking
from actions.models import (
    Asked,
    Challenge,
    Commitment,
    Decision,
    Document,
    Event,
    Evidence,
    Measure,
    Meeting,
    Passage,
    Plan,
    Proposal,
    Report,
    Response,
    Seat,
)
from notifications.models import Message
from tests.factories import World, action, world

pytestmark = pytest.mark.browser

NOON = timezone.now()
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
SAR = "Recommendations\n\n1. The board should brief every custody sergeant.\n2. The police should audit it.\n"
NOT_PAGES = re.compile(r"healthz|api-|evidence_file$|account_reset_password_from_key$|openid_connect_")
OTHERWISE = {  # what these answer to somebody who has nothing there
    "/caught-mail/": 404,
    "/accounts/app/remove/": 404,
    "/accounts/recovery-codes/": 404,
    "/accounts/sso/login/error/": 401,
    "/wessex/measures/add/": 404,
}
PERSON = ("person", "person_change", "person_away", "person_leave", "person_invite_again")


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
    for proposal in Proposal.objects.filter(document=taken.document)[:2]:
        review.keep(proposal, version=proposal.version, by=w.mo, today=today)
    about = {"name": "Staff briefed", "source": "Audit", "baseline": Decimal(1), "target": Decimal(9)}
    measures.measure(w.priority, **about, baseline_on=today, by=w.mo, today=today)
    held = Meeting.objects.create(board=w.board, meets_on=today, cut_off_on=today)
    asked = Commitment.objects.earliest("number")
    responses.share_out(asked, agencies=[w.police], by=w.mo, today=today)
    decisions.decide([asked], kind="not_implemented", words="No.", meeting=held, by=w.mo, today=today)
    reporting.draft(held, by=w.mo, today=today)
    minutes.record(held, words="The rota is shared.", actions=[a], by=w.mo, today=today)
    challenges.challenge("Why?", whom=[w.police], due_on=today, by=w.mo, today=today)
    Message.objects.create(
        board=w.board, seat=w.alice, to=w.alice.email, message_id="<1@x>", dated_at=NOON, created_at=NOON
    )
    return w


def places() -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses that need more than the board."""
    document, message = Document.objects.get(), Message.objects.get()
    person, plan = Seat.objects.get(name="Alice Owner"), Plan.objects.get()
    measure = Measure.objects.get().pk
    removals = {"line": Event.objects.earliest("seq").seq, "evidence": Evidence.objects.get().pk}
    removals |= {"action": 1, "commitment": 1, "document": document.pk}
    removals |= {"passage": Passage.objects.earliest("pk").pk}
    paper, question = Report.objects.get().pk, Challenge.objects.get().pk
    return {
        "action": [{"number": 1}],
        "action_step": [{"number": 1, "verb": verb} for verb in ("send-back", "attach")],
        "source": [{"number": 1}],
        "plan": [{"number": 1}],
        "review": [{"number": 1, "document": document.pk}],
        "commitment": [{"number": 1}],
        "commitment_link": [{"number": 1, "other": 2}],
        "commitment_reopen": [{"number": 1, "action": 1}],
        "impact": [{"number": 1}],
        **{name: [{"number": measure}] for name in ("measure", "measure_correct")},
        "share_out": [{"number": 1}],
        "decide": [{"number": 1}],
        "decision_undo": [{"number": Decision.objects.get(kind="not_implemented").pk}],
        "response_step": [
            {"number": Response.objects.get().pk, "verb": verb} for verb in ("respond", "judge", "unask")
        ],
        **{name: [{"number": question}] for name in ("challenge", "challenge_close")},
        "challenge_answer": [{"number": question, "asked": Asked.objects.get().pk}],
        "paper": [{"number": paper}],
        "minute_take_back": [{"number": Decision.objects.filter(kind="other").get().pk}],
        "paper_step": [{"number": paper, "step": step} for step in ("refresh", "issue", "discard")],
        "message": [{"number": message.pk}],
        "message_settle": [{"number": message.pk}],
        "redact": [{"what": what, "number": number} for what, number in removals.items()],
        "publish": [{"number": 1}],
        "restrict": [{"number": 1}],
        **{name: [{"number": person.pk}] for name in PERSON},
        "meeting": [],  # below, with what became of it
        "carry_over": [{"plan": plan.pk}],
        # What follows needs a token, a passkey or a file that its own tests make.
        **{name: [] for name in ("caught_mail_one", "invitation", "first_board", "mfa_remove_webauthn")},
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
    found.append(reverse("measure_add", args=["wessex"]) + "?action=1")
    found.append(reverse("meeting", args=["wessex", Meeting.objects.get().pk]) + "?do=hold")
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
    asked = page.request.get(address)
    if asked.status == 405 or "attachment" in asked.headers.get("content-disposition", ""):
        return []  # it takes a form, or is a file to keep: no page
    answer = page.goto(address)
    assert answer
    if address.startswith("/api/"):  # it draws itself once it has read the description
        page.wait_for_load_state("networkidle")
    headers = answer.headers
    html = headers.get("content-type", "").startswith("text/html")
    found = [f"inline: {one}" for one in INLINE.findall(answer.text())] if html else []
    if answer.status not in (200, OTHERWISE.get(address)):
        found.append(f"answers {answer.status}")
    if "no-store" not in headers.get("cache-control", ""):
        found.append("the browser may keep it")
    if "unsafe" in headers.get("content-security-policy", "unsafe"):
        found.append("an unsafe policy")
    return found


@pytest.mark.slow
@pytest.mark.one_database
def test_every_page_obeys_the_policy(w: World, page_of: Callable[..., Page]) -> None:
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


def test_after_sign_out_going_back_shows_nothing_and_nothing_is_left(
    w: World, page_of: Callable[..., Page]
) -> None:
    page = page_of(w.mo)
    page.goto("/wessex/actions/A-1/")
    assert "Brief every custody sergeant" in page.content()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    page.go_back()

    assert "Brief every custody sergeant" not in page.content()
    assert "Sign in" in page.title()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[{...localStorage}, {...sessionStorage}]") == [{}, {}]
