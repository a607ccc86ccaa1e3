"""What somebody else said is written down through the API as on the page: for whom, on which day, how, and at which
meeting; by the same rules, refused in the same words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from actions import access, progress
from actions.models import Action, Agency, Event, Evidence, Meeting, Seat, Subgroup
from tests.actions.api.bodies import BODIES
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, seat, world

pytestmark = pytest.mark.django_db

SAID = {"said_on": "2026-06-02", "how": "phone"}
FIELDS = {"on_behalf_of", *SAID, "meeting"}
VERBS = ["update", "finish", "take-back", "sign-off", "confirm", "ask-for-time", "not-mine"]


def met(w: World, **changes: Any) -> Meeting:
    days = {"meets_on": date(2026, 6, 2), "cut_off_on": date(2026, 5, 19)}
    about = {"board": w.board, "subgroup": w.subgroup, "state": "held"} | days
    return Meeting.objects.create(**(about | changes))


def done(w: World) -> Action:
    a = action(w)
    progress.attach(a, words="List", link="https://example.org/l", by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    return a


def continuing(w: World) -> Action:
    return action(w, due_on=None, look_again_on=date(2026, 9, 1))


def ready(w: World, verb: str) -> Action:
    return {"take-back": done, "sign-off": done, "confirm": continuing}.get(verb, action)(w)


def whose(w: World, verb: str) -> list[Seat]:
    """Those who may do it themselves."""
    owners = [w.alice] if verb in ("confirm", "ask-for-time", "not-mine") else [w.alice, w.carol]
    return [w.bob, w.ingrid] if verb == "sign-off" else owners


def body(verb: str, a: Action, **said: Any) -> dict[str, Any]:
    more = {"relied_on": [one.pk for one in a.evidence.all()]} if verb == "sign-off" else {}
    return BODIES[verb] | {"version": a.version} | more | said


def test_what_the_owner_said_on_the_phone_is_kept_with_both_names_the_day_and_how(w: World) -> None:
    action(w)

    code, answer = api(w.mo).post(
        "actions/1/update/", version=1, on_behalf_of=w.alice.pk, **SAID, **BODIES["update"]
    )

    assert (code, answer["status"], answer["said_on"]) == (200, "started", "2026-06-02")
    line = api(w.dan).get("actions/1/events/")[1]["results"][0]
    assert {name: line[name] for name in ("verb", "by", "on_behalf_of", "on", "words", "detail")} == {
        "verb": "update",
        "by": {"id": w.mo.pk, "name": "Mo Manager"},
        "on_behalf_of": {"id": w.alice.pk, "name": "Alice Owner"},
        "on": "2026-06-02",
        "words": "Two of five done",
        "detail": {"how": "phone", "meeting": None},
    }


def test_what_was_done_keeps_its_day_beside_the_day_on_which_it_was_said(w: World) -> None:
    action(w)
    said = SAID | {"on_behalf_of": w.alice.pk}

    code, answer = api(w.bob).post(
        "actions/1/finish/", version=1, words="All briefed", done_on="2026-05-29", **said
    )

    assert (code, answer["done_on"], answer["said_on"]) == (200, "2026-05-29", "2026-06-02")
    line = Event.objects.get(verb="finish")
    assert (line.by, line.on_behalf_of, line.on) == (w.bob, w.alice, date(2026, 5, 29))
    assert line.detail == {"said_on": "2026-06-02", "how": "phone", "meeting": None}


@pytest.mark.parametrize("verb", VERBS)
def test_the_manager_writes_down_every_step_that_is_another_s(w: World, verb: str) -> None:
    a, of = ready(w, verb), whose(w, verb)[0]
    said = {"on_behalf_of": of.pk, "said_on": "2026-06-02", "how": "meeting", "meeting": met(w).pk}

    code, _ = api(w.mo).post(f"actions/1/{verb}/", **body(verb, a, **said))

    last = Event.objects.order_by("seq").last()
    assert last
    assert (code, last.verb, last.by, last.on_behalf_of, last.detail["meeting"]) == (
        200,
        verb.replace("-", "_"),
        w.mo,
        of,
        said["meeting"],
    )


@pytest.mark.parametrize("who", ["mo", "bob"])
def test_evidence_is_ones_own_or_another_s_and_an_owners_statement_stays_the_owners_word(
    w: World, who: str
) -> None:
    action(w)
    of_alice = SAID | {"on_behalf_of": w.alice.pk}

    for version, said in enumerate(({}, of_alice), 1):
        code, _ = api(getattr(w, who)).post("actions/1/attach/", version=version, words="Briefed all", **said)
        assert code == 200

    own, theirs = Evidence.objects.order_by("pk")
    assert [(one.by, one.is_owners_word) for one in (own, theirs)] == [
        (getattr(w, who), False),
        (w.alice, True),
    ]
    assert api(w.dan).post("actions/1/attach/", version=3, words="x", **of_alice)[0] == 403
    assert api(w.carol).post("actions/1/attach/", version=3, words="x", **of_alice)[0] == 403


def test_the_meetings_at_which_it_may_have_been_said_can_be_read(w: World) -> None:
    boards, ours = met(w, subgroup=None, meets_on=date(2026, 6, 1)), met(w)
    met(world("mercia"))

    code, answer = api(w.dan).get("meetings/")

    assert (code, answer["results"]) == (
        200,
        [
            {
                "id": ours.pk,
                "subgroup": {"id": w.subgroup.pk, "name": "Learning and Review"},
                "meets_on": "2026-06-02",
                "cut_off_on": "2026-05-19",
                "state": "held",
            },
            {
                "id": boards.pk,
                "subgroup": None,
                "meets_on": "2026-06-01",
                "cut_off_on": "2026-05-19",
                "state": "held",
            },
        ],
    )


# -- the page's rules, in the page's words --------------------------------------------------------------------


def test_it_is_taken_by_the_steps_for_which_the_page_takes_it_and_described(w: World) -> None:
    schema = api(w.mo).client.get("/api/v1/schema/?format=json").json()
    bodies = {
        path.split("/")[-2]: one["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for path, one in schema["paths"].items()
        if "/actions/{number}/" in path and "post" in one
    }
    fields = {
        verb: set(schema["components"]["schemas"][ref.split("/")[-1]]["properties"])
        for verb, ref in bodies.items()
    }
    on_the_page = set()
    for a in (action(w), continuing(w), done(w)):
        page = api(w.mo).client.get(f"/wessex/actions/{a.reference}/")
        on_the_page |= {step.slug for step in page.context["for_others"]}

    assert {verb: FIELDS & fields[verb] for verb in fields} == {
        verb: FIELDS if verb in (*VERBS, *access.EITHER) else set() for verb in fields
    }
    assert on_the_page == set(VERBS) <= set(fields)


# What is wrong with each, and the field at which it is told.
WRONG: dict[str, tuple[str, Callable[[World], Any]]] = {
    "one who may not do it": ("on_behalf_of", lambda w: w.dan.pk),
    "one who has left": ("on_behalf_of", lambda w: seat(w.board, "Lee Left", w.police, left_on=TODAY).pk),
    "another board's": ("on_behalf_of", lambda w: world("mercia").alice.pk),
    "nobody": ("on_behalf_of", lambda w: 987_654),
    "nobody named": ("on_behalf_of", lambda w: None),
    "a day to come": ("said_on", lambda w: "2026-06-04"),
    "no such day": ("said_on", lambda w: "2026-02-30"),
    "no day": ("said_on", lambda w: None),
    "an unknown way": ("how", lambda w: "pigeon"),
    "no way": ("how", lambda w: None),
    "another subgroup's meeting": (
        "meeting",
        lambda w: met(w, subgroup=Subgroup.objects.create(board=w.board, name="Quality")).pk,
    ),
    "a cancelled meeting": ("meeting", lambda w: met(w, state="cancelled").pk),
    "a meeting to come": ("meeting", lambda w: met(w, meets_on=date(2026, 6, 4)).pk),
    "an old meeting": (
        "meeting",
        lambda w: met(w, meets_on=date(2025, 11, 1), cut_off_on=date(2025, 11, 1)).pk,
    ),
    "another board's meeting": ("meeting", lambda w: met(world("mercia")).pk),
    "no such meeting": ("meeting", lambda w: 987_654),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", WRONG)
def test_page_and_api_refuse_the_same_at_the_same_field(w: World, what: str) -> None:
    action(w)
    field, of = WRONG[what]
    sent = BODIES["update"] | SAID | {"version": 1, "on_behalf_of": w.alice.pk} | {field: of(w)}
    typed = {name: "" if value is None else value for name, value in sent.items()}

    code, answer = api(w.mo).post("actions/1/update/", **sent)
    shown = api(w.mo).client.post("/wessex/actions/A-1/update/", typed)

    assert (code, list(answer)) == (400, [field])
    assert (shown.status_code, list(shown.context["form"].errors)) == (422, [field])
    assert BODIES["update"]["words"] in shown.text
    assert (Action.objects.get(board=w.board).version, Event.objects.filter(verb="update").count()) == (1, 0)


@pytest.mark.parametrize("how", ["mail", "meeting"])
def test_a_sign_off_needs_the_meeting_that_it_was_said_at(w: World, how: str) -> None:
    a = done(w)
    said = SAID | {"on_behalf_of": w.bob.pk, "how": how}

    code, answer = api(w.mo).post("actions/1/sign-off/", **body("sign-off", a, **said))

    assert (code, answer) == (400, {"meeting": ["Name the meeting at which the chair signed it off."]})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("on_behalf_of", "dan", "Choose one of those who may do this."),
        ("said_on", "2026-06-04", "The day it was said cannot be in the future."),
        ("how", "meeting", "Name the meeting."),
    ],
)
def test_the_domains_own_words_are_the_same(w: World, field: str, value: str, words: str) -> None:
    action(w)
    sent = BODIES["update"] | SAID | {"version": 1, "on_behalf_of": w.alice.pk}
    sent |= {field: w.dan.pk if value == "dan" else value}

    _, answer = api(w.mo).post("actions/1/update/", **sent)
    shown = api(w.mo).client.post("/wessex/actions/A-1/update/", sent)

    assert answer == shown.context["form"].errors == {value if value == "meeting" else field: [words]}


def test_half_of_it_is_not_taken_for_ones_own_words(w: World) -> None:
    """Without the name it would have been the writer's own update."""
    action(w)

    for half in (SAID, {"how": "mail"}, {"meeting": met(w).pk}):
        code, answer = api(w.alice).post("actions/1/update/", version=1, **BODIES["update"], **half)
        assert (code, answer["on_behalf_of"]) == (400, ["This field is required."])
    nothing = dict.fromkeys(FIELDS)
    assert api(w.alice).post("actions/1/update/", version=1, **BODIES["update"], **nothing)[0] == 200


# -- who may ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not_write_for_another_is_told_at_the_name(w: World, verb: str) -> None:
    """A member, a chair of another subgroup, and those who may do it themselves."""
    a, own = ready(w, verb), whose(w, verb)
    elsewhere = seat(w.board, "Eve Elsewhere", w.council)
    Subgroup.objects.create(board=w.board, name="Quality").subgroup_seats.create(seat=elsewhere, role="chair")
    sent = body(verb, a, on_behalf_of=own[-1].pk, meeting=met(w).pk, **SAID)

    found = {who.name: api(who).post(f"actions/1/{verb}/", **sent) for who in (w.dan, elsewhere, *own)}

    others, yourself = (
        (403, {"on_behalf_of": [words]})
        for words in (
            "You cannot write this down for somebody else. The board manager can.",
            "You can do this yourself. Leave out whose words it is.",
        )
    )
    assert found == {w.dan.name: others, elsewhere.name: others} | {who.name: yourself for who in own}
    assert Action.objects.get().version == a.version


@pytest.mark.parametrize("verb", [verb for verb in BODIES if verb not in (*VERBS, *access.EITHER)])
def test_a_step_that_is_never_another_s_refuses_it_by_name(w: World, verb: str) -> None:
    action(w)
    owner = {"owner": w.carol.pk} if verb in ("reassign", "plan") else {}

    code, answer = api(w.mo).post(
        f"actions/1/{verb}/", version=1, **(BODIES[verb] | owner), **SAID, on_behalf_of=w.alice.pk
    )

    assert (code, answer) == (
        400,
        {name: ["This is not taken here."] for name in ("how", "on_behalf_of", "said_on")},
    )
    assert Action.objects.get().version == 1


def test_what_is_planned_with_a_field_that_nobody_knows_is_refused(w: World) -> None:
    good = {"title": "Train", "owner": w.alice.pk, "due_on": "2026-07-01", "priority": w.priority.pk}

    answers = [
        api(w.mo).post("actions/", actions=[good | {"due": "2026-08-01"}]),
        api(w.mo).post("actions/", actions=[good], version=1),
    ]

    assert answers == [
        (400, {"actions": {"0": {"due": ["This is not taken here."]}}}),
        (400, {"version": ["This is not taken here."]}),
    ]


@pytest.mark.parametrize("field", ["on_behalf_of", "meeting"])
def test_another_boards_person_and_meeting_are_as_unknown_as_nobodys(w: World, field: str) -> None:
    other = world("mercia")
    action(w)
    theirs = {"on_behalf_of": other.alice.pk, "meeting": met(other).pk}[field]
    said = BODIES["update"] | SAID | {"version": 1, "on_behalf_of": w.alice.pk}

    for who in (w.mo, w.bob, w.alice, w.dan):
        told = [api(who).post("actions/1/update/", **said | {field: pk}) for pk in (theirs, 987_654)]
        assert str(told[0]).replace(str(theirs), "N") == str(told[1]).replace("987654", "N")
        assert (told[0][0], list(told[0][1])) == (400, [field])


def test_who_saves_second_is_told_what_stands_and_nothing_is_written(w: World) -> None:
    action(w)
    said = BODIES["update"] | SAID | {"version": 1, "on_behalf_of": w.alice.pk}
    api(w.alice).post("actions/1/start/", version=1)

    code, answer = api(w.mo).post("actions/1/update/", **said)

    assert (code, answer["action"]["version"]) == (409, 2)
    assert answer["detail"].startswith("Alice Owner saved A-1 first (start).")
    assert Event.objects.count() == 2


def test_every_step_of_the_table_that_can_only_be_anothers_is_tried() -> None:
    elsewhere = {"respond", "answer_challenge"}  # of no action: their own tests try them
    only = {verb for verb, who in access.ON_BEHALF.items() if who - access.TABLE[verb]} - elsewhere

    assert {verb.replace("-", "_") for verb in VERBS} == only


def test_a_lead_of_another_agency_cannot_be_spoken_for(w: World) -> None:
    action(w)
    fire = Agency.objects.create(board=w.board, name="Fire", short_name="Fire")
    lead: Seat = seat(w.board, "Lou Lead", fire, is_lead=True)

    code, answer = api(w.mo).post(
        "actions/1/update/", version=1, on_behalf_of=lead.pk, **SAID, **BODIES["update"]
    )

    assert (code, answer) == (400, {"on_behalf_of": ["Choose one of those who may do this."]})
