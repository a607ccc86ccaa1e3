"""An action is signed off or sent back through its forms, and words are written down for somebody else."""

from datetime import date, timedelta

from actions import progress
from actions.models import Action, Event, Evidence, Meeting
from tests.actions.progress.lives import done
from tests.factories import TODAY, World, action
from tests.frontend.pages import BrowserOf, send

# -- sign-off -----------------------------------------------------------------------------------------------


def test_the_chair_signs_off_on_evidence_with_a_day_for_the_impact_check(
    w: World, browser_of: BrowserOf
) -> None:
    a = action(w)
    evidence = progress.attach(
        a, words="List", link="https://example.org/l", by=w.alice, version=1, today=TODAY
    )
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    client = browser_of(w.bob)
    offered = client.get("/wessex/actions/A-1/").context["form"]

    send(
        client,
        "sign-off",
        version=3,
        relied_on=evidence.pk,
        impact="review",
        review_on=offered["review_on"].value().isoformat(),
    )

    a.refresh_from_db()
    assert (a.status, a.review_on, a.step_only) == ("signed_off", TODAY + timedelta(days=182), False)
    assert Evidence.objects.get().relied_on


def test_the_record_says_where_signer_and_owner_share_an_agency(w: World, browser_of: BrowserOf) -> None:
    apart, together = done(w), action(w, owner=w.dan)
    progress.finish(together, words="Done", done_on=TODAY, by=w.dan, version=1, today=TODAY)
    client = browser_of(w.bob)

    for number in (1, 2):
        send(client, "sign-off", number, version=2, seen="The log", impact="step", words="A step")

    shown = [client.get(f"/wessex/actions/A-{number}/").text for number in (1, 2)]
    assert ["Bob Chair, of the owner’s agency" in page for page in shown] == [False, True]
    assert [one.events.get(verb="sign_off").detail["same_agency"] for one in (apart, together)] == [
        False,
        True,
    ]


def test_what_the_chair_saw_becomes_evidence_and_is_relied_on(w: World, browser_of: BrowserOf) -> None:
    a = done(w)
    sent = {"version": 2, "seen": "Sat in on a briefing", "impact": "step", "words": "Only a briefing"}
    client = browser_of(w.bob)

    first = send(client, "sign-off", **sent)
    second = send(client, "sign-off", **sent)

    a.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert (a.status, a.step_only) == ("signed_off", True)
    assert list(Evidence.objects.values_list("words", "by__name", "relied_on")) == [
        ("Sat in on a briefing", "Bob Chair", True)
    ]
    assert list(a.events.values_list("verb", flat=True)[:2]) == ["sign_off", "attach"]


def test_a_sign_off_that_is_refused_leaves_no_half_of_it_behind(w: World, browser_of: BrowserOf) -> None:
    a = done(w)

    response = send(
        browser_of(w.bob), "sign-off", version=2, seen="Sat in", impact="review", review_on=TODAY.isoformat()
    )

    a.refresh_from_db()
    assert response.status_code == 422
    assert "The impact check lies in the future" in str(response.context["form"].errors["review_on"])
    assert (a.version, a.status, Evidence.objects.count()) == (2, "done", 0)


def test_the_owners_word_alone_is_refused_at_its_ticks(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    word = progress.attach(a, words="I did it", by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)

    response = send(
        browser_of(w.bob), "sign-off", version=3, relied_on=word.pk, impact="review", review_on="2026-12-01"
    )

    assert response.status_code == 422
    assert "owner's word alone is none" in response.context["form"].errors["relied_on"][0]


def test_with_nothing_to_rely_on_the_refusal_asks_what_the_chair_saw(w: World, browser_of: BrowserOf) -> None:
    done(w)

    response = send(browser_of(w.bob), "sign-off", version=2, impact="review", review_on="2026-12-01")

    told = "Say what you saw yourself, or send it back: the owner’s word alone is no evidence."
    assert (response.status_code, response.context["form"].errors) == (422, {"seen": [told]})


def test_evidence_of_another_action_cannot_be_ticked(w: World, browser_of: BrowserOf) -> None:
    a, other = action(w), action(w, title="Another")
    link = "https://example.org"
    progress.attach(a, words="Own", link=link, by=w.alice, version=1, today=TODAY)
    foreign = progress.attach(other, words="Foreign", link=link, by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    sent = {"version": 3, "impact": "review", "review_on": "2026-12-01"}

    for ticked in (foreign.pk, "99999999999999999999"):
        response = send(browser_of(w.bob), "sign-off", relied_on=ticked, **sent)
        assert response.context["form"].errors["relied_on"] == ["Tick evidence of this action only."]


def test_send_back_and_take_back_start_it_again(w: World, browser_of: BrowserOf) -> None:
    a = done(w)

    send(browser_of(w.mo), "send-back", version=2, reason="No list of names", due_on="2026-07-10")
    a.refresh_from_db()
    sent_back = (a.status, a.due_on, a.times_moved)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    send(browser_of(w.alice), "take-back", version=4, words="Two are missing")

    a.refresh_from_db()
    assert sent_back == ("started", date(2026, 7, 10), 1)
    assert (a.status, a.done_on, a.version) == ("started", None, 5)


# -- on behalf ----------------------------------------------------------------------------------------------


def test_the_manager_writes_down_what_the_owner_said_on_the_phone(w: World, browser_of: BrowserOf) -> None:
    action(w)
    client = browser_of(w.mo)
    page = client.get("/wessex/actions/A-1/")
    assert [step.verb for step in page.context["for_others"]] == [
        "update",
        "finish",
        "ask_for_time",
        "not_mine",
    ]

    said = {"version": 1, "confidence": "at_risk", "words": "Two rooms lost", "said_on": "2026-06-02"}
    said["why"] = "A flood, and two teams wait"
    refused = client.post("/wessex/actions/A-1/update/", said | {"how": "phone"})
    saved = client.post(
        "/wessex/actions/A-1/update/", said | {"how": "phone", "on_behalf_of": w.alice.pk}, follow=True
    )

    assert refused.status_code == 422
    assert "Choose the person whose words these are." in refused.text
    assert "Two rooms lost" in refused.text
    assert "by Mo Manager, on behalf of Alice Owner" in saved.text


def test_a_sign_off_is_written_down_for_a_chair_with_its_meeting(w: World, browser_of: BrowserOf) -> None:
    done(w)
    meeting = Meeting.objects.create(
        board=w.board, subgroup=w.subgroup, meets_on=TODAY, cut_off_on=TODAY, state="held"
    )
    client = browser_of(w.mo)
    version = Action.objects.get().version
    said = {
        "version": version, "seen": "Attendance lists", "impact": "review", "review_on": "2026-12-01", "words": "",
        "on_behalf_of": w.bob.pk, "said_on": "2026-06-03", "how": "meeting",
    }  # fmt: skip

    nameless = client.post("/wessex/actions/A-1/sign-off/", said)
    saved = client.post("/wessex/actions/A-1/sign-off/", said | {"meeting": meeting.pk})

    assert (nameless.status_code, saved.status_code) == (422, 302)
    event = Event.objects.get(verb="sign_off")
    assert (event.by, event.on_behalf_of, event.detail["meeting"]) == (w.mo, w.bob, meeting.pk)


def test_a_member_cannot_write_down_for_anybody(w: World, browser_of: BrowserOf) -> None:
    action(w)

    answer = browser_of(w.dan).post("/wessex/actions/A-1/start/", {"version": 1, "on_behalf_of": w.alice.pk})

    assert answer.status_code == 403
    assert Action.objects.get().status == "planned"
