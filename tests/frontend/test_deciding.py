"""What those who watch over an action decide, and what its owner asks of them, through their forms: with htmx and
without, refused, stale, twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from actions import leaving, planning, progress, redaction
from actions.models import Action, Event, Evidence, Subgroup
from tests.actions.progress import lives
from tests.factories import TODAY, World, action
from tests.frontend.pages import HTMX, BrowserOf, send, text

Made = Callable[..., Action]


def draft(w: World) -> Action:
    return planning.raise_draft("Ask", by=w.mo, today=TODAY, priority=w.priority, subgroup=w.subgroup)


PLAN = {"owner": "alice", "due_on": "2026-07-01", "subgroup": "subgroup"}
ASK = {"due_on": "2026-08-01", "reason": "Two are ill"}
WITHDRAW = {"kind": "overtaken", "words": "The law has changed"}
REOPEN = {"cause": "evidence", "words": "Another course’s list", "due_on": "2026-09-01"}

# Each verb: who, what it begins from, what is typed, where that leads, and what the page then says.
STEPS: dict[str, tuple[str, Made, dict[str, str], str, str]] = {
    "plan": ("bob", draft, PLAN, "planned", "It is planned, and its owner hears of it."),
    "ask-for-time": ("alice", action, ASK, "planned", "More time is asked for. The date stays until it is decided."),
    "grant": (
        "bob", lives.asked, {"due_on": "2026-07-20", "words": "No later"}, "planned",
        "The date is moved. The first one stays on record.",
    ),
    "refuse": ("bob", lives.asked, {"reason": "The inspection"}, "planned", "The date stays as it was."),
    "hold": (
        "bob", action, {"words": "The new rota", "look_again_on": "2026-08-01"}, "on_hold",
        "It is on hold, and nobody is reminded of it until it goes on.",
    ),
    "resume": ("alice", lives.held, {"words": "The rota is here"}, "planned", "It goes on where it stood."),
    "withdraw": ("mo", action, WITHDRAW, "withdrawn", "It is withdrawn. The board manager can restore it."),
    "restore": ("mo", lives.withdrawn, {"words": "Not twice"}, "planned", "It stands again where it stood."),
    "reopen": (
        "bob", lives.signed_off, REOPEN, "started",
        "It is open again, and what its sign-off relied on no longer counts.",
    ),
    "confirm": (
        "alice", lives.continuing, {"words": "Each week", "look_again_on": "2026-12-01"}, "planned",
        "It is confirmed, until the next look.",
    ),
    "correct": (
        "mo", action, {"title_": "Brief all", "due_on": "2026-07-01", "reason": "Slip"}, "planned",
        "It is corrected. Both values are kept in what happened.",
    ),
}  # fmt: skip


def typed(w: World, data: dict[str, str]) -> dict[str, Any]:
    """With the ids of people and groups filled in."""
    return {
        name: getattr(w, value).pk if value in ("alice", "subgroup") else value
        for name, value in data.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("verb", STEPS)
def test_a_step_is_opened_and_saved_and_the_page_says_so(
    w: World, browser_of: BrowserOf, verb: str, htmx: bool
) -> None:
    who, made, data, leads_to, said = STEPS[verb]
    a, client = made(w), browser_of(getattr(w, who))

    opened = client.get(f"/wessex/actions/A-1/{verb}/", headers=HTMX if htmx else {})
    saved = send(client, verb, htmx=htmx, **typed(w, data) | {"version": a.version})

    assert opened.status_code == 200
    assert ("<html" in text(opened)) is not htmx
    shown = text(saved) if htmx else text(client.get(saved["Location"]))
    assert said in shown
    assert (saved.status_code, saved.get("HX-Retarget")) == ((200, "#action") if htmx else (302, None))
    a.refresh_from_db()
    last = a.events.first()
    assert last is not None
    assert (a.status, last.verb, last.by) == (leads_to, verb.replace("-", "_"), getattr(w, who))


@pytest.mark.slow
@pytest.mark.parametrize("verb", STEPS)
def test_sent_twice_it_is_saved_once_and_says_so_kindly(w: World, browser_of: BrowserOf, verb: str) -> None:
    who, made, data, _, _ = STEPS[verb]
    version, client = made(w).version, browser_of(getattr(w, who))
    before = Event.objects.count()

    for _ in range(2):
        last = send(client, verb, **typed(w, data) | {"version": version})

    assert last.status_code == 302
    assert "This was saved already, once." in text(client.get(last["Location"]))
    assert Event.objects.count() == before + 1


# What is typed a second time from the same stale page, and means something else.
SECOND = {
    "plan": {"owner": "alice", "due_on": "2026-07-02"},
    "ask-for-time": {"due_on": "2026-08-02"},
    "hold": {"look_again_on": "2026-08-02"},
    "withdraw": {"kind": "error"},
    "reopen": {"cause": "impact"},
    "confirm": {"look_again_on": "2026-12-02"},
    "correct": {"title_": "Brief them all"},
}


@pytest.mark.slow
@pytest.mark.parametrize("verb", SECOND)
def test_a_second_thought_is_not_taken_for_a_double_click_and_nothing_is_lost(
    w: World, browser_of: BrowserOf, verb: str
) -> None:
    who, made, data, _, _ = STEPS[verb]
    version, client = made(w).version, browser_of(getattr(w, who))
    second = typed(w, data | SECOND[verb])

    send(client, verb, **typed(w, data) | {"version": version})
    answer = send(client, verb, **second | {"version": version})

    assert answer.status_code == 409
    form = answer.context["form"]
    assert {name: str(form[name].value()) for name in second} == {
        name: str(value) for name, value in second.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("verb", STEPS)
def test_of_two_who_decide_at_once_the_second_sees_both(
    w: World, browser_of: BrowserOf, verb: str, htmx: bool
) -> None:
    who, made, data, _, _ = STEPS[verb]
    a, client = made(w), browser_of(getattr(w, who))
    progress.correct(a, title="Brief each of them", reason="Slip", by=w.mo, **lives.now(a))
    about = typed(w, data) | {"version": a.version - 1}

    stale = send(client, verb, htmx=htmx, **about)

    assert stale.status_code == 409
    assert "Mo Manager saved this action while you were writing." in text(stale)
    for name, value in data.items():
        assert str(stale.context["form"][name].value()) == str(typed(w, {name: value})[name])
    again = send(client, verb, htmx=htmx, **about | {"version": stale.context["form"]["version"].value()})
    assert again.status_code == (200 if htmx else 302)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("verb", "given", "field", "words"),
    [
        ("plan", {"owner": ""}, "owner", "Choose who will do it."),
        ("plan", {"due_on": ""}, "due_on", "Give a due date, or a day to look again if the work is continuing."),
        ("ask-for-time", {"due_on": "2026-06-01"}, "due_on", "Ask for a day after the due date, and after today."),
        ("ask-for-time", {"reason": ""}, "reason", "Say why more time is needed, and what the risk is meanwhile."),
        ("grant", {"due_on": "2026-06-30"}, "due_on", "More time ends after the due date, and not before today."),
        ("refuse", {"reason": ""}, "reason", "Say why the date stays: the owner reads it."),
        ("hold", {"look_again_on": "2026-06-03"}, "look_again_on", "Choose a later day to look again."),
        ("hold", {"words": ""}, "words", "Say what it waits for."),
        ("withdraw", {"kind": ""}, "kind", "Choose why it is withdrawn."),
        ("withdraw", {"words": ""}, "words", "Say why, in a sentence fit to be read by everybody."),
        (
            "withdraw", {"kind": "duplicate"}, "duplicate_of",
            "A duplicate names the action that stays, and nothing else does.",
        ),
        (
            "withdraw", {"kind": "duplicate", "duplicate_of": "A-77"}, "duplicate_of",
            "No action of this board has this reference. It looks like A-12.",
        ),
        (
            "withdraw", {"kind": "duplicate", "duplicate_of": "the other"}, "duplicate_of",
            "No action of this board has this reference. It looks like A-12.",
        ),
        ("restore", {"words": ""}, "words", "Say why it stands again."),
        ("reopen", {"cause": ""}, "cause", "Choose why it is opened again."),
        ("reopen", {"due_on": "2026-06-02"}, "due_on", "Choose today or a later day."),
        (
            "confirm", {"look_again_on": "2026-06-03"}, "look_again_on",
            "The next look lies in the future: choose a later day.",
        ),
        ("confirm", {"link": "javascript:alert(1)"}, "link", "Enter a web address, such as https://example.org/policy."),
        ("correct", {"reason": ""}, "reason", "Say what was wrong."),
        ("correct", {"start_on": "2026-07-02"}, "start_on", "The start date is after the due date."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("htmx", [True, False])
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    w: World, browser_of: BrowserOf, verb: str, given: dict[str, str], field: str, words: str, htmx: bool
) -> None:
    who, made, data, _, _ = STEPS[verb]
    a = made(w)
    about = typed(w, data | given)

    answer = send(browser_of(getattr(w, who)), verb, htmx=htmx, **about | {"version": a.version})

    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    for name, value in about.items():
        assert str(answer.context["form"][name].value() or "") == str(value)
    assert Action.objects.get(pk=a.pk).version == a.version


def test_a_duplicate_leads_to_the_one_that_stays(w: World, browser_of: BrowserOf) -> None:
    stays, a = action(w), action(w)
    client = browser_of(w.mo)

    send(client, "withdraw", a.number, kind="duplicate", duplicate_of="a-1", words="Planned twice")

    shown = text(client.get("/wessex/actions/A-2/"))
    assert 'Duplicate of <a class="govuk-link" href="/wessex/actions/A-1/">A-1</a>' in shown
    assert "Duplicate</span>" in shown
    a.refresh_from_db()
    assert a.duplicate_of == stays


def test_the_manager_is_told_how_far_the_own_right_goes_and_keeps_what_was_typed(
    w: World, browser_of: BrowserOf
) -> None:
    lives.asked(w)

    opened = browser_of(w.mo).get("/wessex/actions/A-1/").context["form"]
    answer = send(browser_of(w.mo), "grant", version=2, due_on="2026-08-01", words="No later than this")

    assert (opened["due_on"].value(), opened["due_on"].help_text) == (
        date(2026, 7, 29),
        "You may grant until 29 July 2026. Longer is for the chair: say below for whom you write it down.",
    )
    assert answer.status_code == 403
    assert "The board manager may add up to 28 days." in text(answer)
    assert "No later than this</textarea>" in text(answer)


def test_of_what_is_long_overdue_the_manager_is_told_that_the_date_is_the_chair_s(
    w: World, browser_of: BrowserOf
) -> None:
    a = lives.asked(w)
    type(a).objects.filter(pk=a.pk).update(due_on=TODAY - timedelta(days=29))

    opened = browser_of(w.mo).get("/wessex/actions/A-1/").context["form"]

    assert opened["due_on"].help_text == ("That is for the chair now: say below for whom you write it down.")
    assert opened["due_on"].value() == a.wanted_on


def test_a_chair_s_longer_time_is_written_down_by_the_manager(w: World, browser_of: BrowserOf) -> None:
    a = lives.asked(w)
    there = {"version": 2, "due_on": "2026-12-01", "words": "Agreed"}

    half = send(browser_of(w.mo), "grant", **there, on_behalf_of=w.bob.pk, said_on="2026-06-02")
    done = send(browser_of(w.mo), "grant", **there, on_behalf_of=w.bob.pk, said_on="2026-06-02", how="phone")

    assert (half.status_code, list(half.context["form"].errors)) == (422, ["how"])
    assert done.status_code in (200, 302)
    a.refresh_from_db()
    assert a.due_on == date(2026, 12, 1)
    page = text(browser_of(w.alice).get("/wessex/actions/A-1/"))
    assert "Mo Manager, on behalf of Bob Chair" in page


def test_who_decides_reads_who_asks_how_much_and_why(w: World, browser_of: BrowserOf) -> None:
    a = lives.asked(w)
    progress.ask_for_time(a, due_on=date(2026, 8, 12), reason="Now three", by=w.alice, **lives.now(a))

    client = browser_of(w.bob)
    open_on_the_page, refusing = client.get("/wessex/actions/A-1/"), client.get("/wessex/actions/A-1/refuse/")

    for shown in (text(open_on_the_page), text(refusing)):
        assert "Alice Owner asks for time until 12 August 2026, which is 42 days more." in shown
        assert '<p class="govuk-body app-lines">Now three</p>' in shown
    redaction.line(Event.objects.filter(verb="ask_for_time")[0], by=w.mo, reason="A name", today=TODAY)
    assert '<p class="govuk-body app-lines">Removed by Mo Manager on 3 June 2026: A name</p>' in text(
        client.get("/wessex/actions/A-1/")
    )


def test_nobody_is_offered_to_grant_their_own(w: World, browser_of: BrowserOf) -> None:
    a = action(w, owner=w.bob)
    progress.ask_for_time(a, due_on=lives.LATER, reason="Ill", by=w.bob, **lives.now(a))

    page = browser_of(w.bob).get("/wessex/actions/A-1/")
    opened = browser_of(w.bob).get("/wessex/actions/A-1/grant/")

    assert page.context["form"].verb == "update"
    assert (opened.status_code, "Nobody decides on more time for what they own." in text(opened)) == (
        403,
        True,
    )


@pytest.mark.parametrize(("verb", "made"), [("restore", lives.withdrawn), ("reopen", lives.signed_off)])
def test_where_the_owner_has_left_the_form_asks_for_another(
    w: World, browser_of: BrowserOf, verb: str, made: Made
) -> None:
    a, client = made(w), browser_of(w.mo)
    data = typed(w, STEPS[verb][2]) | {"version": a.version}
    before = client.get(f"/wessex/actions/A-1/{verb}/").context["form"]
    leaving.leave(w.alice, by=w.mo, today=TODAY)
    asked = client.get(f"/wessex/actions/A-1/{verb}/")

    refused = send(client, verb, **data)
    saved = send(client, verb, **data, owner=w.carol.pk)

    assert ("owner" in before.fields, "owner" in asked.context["form"].fields) == (False, True)
    assert "Alice Owner has left the board." in text(asked)
    assert (refused.status_code, refused.context["form"].errors) == (
        422,
        {"owner": ["Choose who will do it."]},
    )
    assert saved.status_code == 302
    a.refresh_from_db()
    assert a.owner == w.carol


def test_a_draft_is_planned_as_continuing_work_too(w: World, browser_of: BrowserOf) -> None:
    a = draft(w)

    send(browser_of(w.mo), "plan", owner=w.alice.pk, look_again_on="2026-09-01", subgroup="")

    a.refresh_from_db()
    assert (a.status, a.owner, a.agency, a.continuing, a.look_again_on, a.subgroup) == (
        "planned",
        w.alice,
        w.police,
        True,
        date(2026, 9, 1),
        None,
    )


def test_a_chair_plans_a_draft_for_the_own_subgroup_only(w: World, browser_of: BrowserOf) -> None:
    draft(w)
    quality = Subgroup.objects.create(board=w.board, name="Quality")

    answer = send(browser_of(w.bob), "plan", owner=w.alice.pk, due_on="2026-07-01", subgroup=quality.pk)

    assert answer.status_code == 403
    assert Action.objects.get().status == "draft"


def test_what_the_owner_confirms_with_a_link_is_evidence(w: World, browser_of: BrowserOf) -> None:
    lives.continuing(w)
    about = {"words": "Each week", "look_again_on": "2026-12-01", "link": "https://example.org/minutes"}

    send(browser_of(w.alice), "confirm", **about)

    assert list(Evidence.objects.values_list("words", "link")) == [
        ("Each week", "https://example.org/minutes")
    ]


@pytest.mark.parametrize(
    ("verb", "made", "data"),
    [("ask-for-time", action, ASK), ("confirm", lives.continuing, STEPS["confirm"][2])],
)
def test_what_the_owner_said_on_the_phone_is_written_down_with_both_names(
    w: World, browser_of: BrowserOf, verb: str, made: Made, data: dict[str, str]
) -> None:
    made(w)
    said = {"on_behalf_of": w.alice.pk, "said_on": "2026-06-02", "how": "phone"}

    for by in (w.mo, w.bob):
        version = Action.objects.get().version
        answer: HttpResponse = send(browser_of(by), verb, **data | said | {"version": version})

        last = Event.objects.order_by("seq").last()
        assert last is not None
        assert (answer.status_code, last.by, last.on_behalf_of, last.on, last.detail["how"]) == (
            302,
            by,
            w.alice,
            date(2026, 6, 2),
            "phone",
        )
