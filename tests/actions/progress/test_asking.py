"""The owner asks for more time; a chair decides, or the manager within limits. Nobody decides on their own."""

from datetime import date
from typing import Any

import pytest

from actions import access, planning, progress
from actions.access import Behalf
from actions.models import Action, SubgroupSeat
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress.lives import (
    LATER,
    asked,
    continuing,
    done,
    held,
    line,
    now,
    signed_off,
    withdrawn,
)
from tests.factories import TODAY, World, action

DUE = date(2026, 7, 1)


def wish(a: Action) -> tuple[Any, ...]:
    return a.wanted_on, a.wanted_since, a.due_on, a.first_due_on, a.times_moved


def test_the_date_stays_until_it_is_decided(w: World) -> None:
    a = action(w)

    progress.ask_for_time(a, due_on=LATER, reason=" Two are ill ", by=w.alice, **now(a))

    assert wish(a) == (LATER, TODAY, DUE, DUE, 0)
    assert line(a) == {
        "verb": "ask_for_time",
        "by": w.alice,
        "status": "planned",
        "words": "Two are ill",
        "detail": {"from": "2026-07-01", "to": "2026-08-01"},
    }


def test_asking_again_replaces_the_day_and_it_waits_since_the_first_time(w: World) -> None:
    a = asked(w)

    progress.ask_for_time(
        a, due_on=date(2026, 9, 1), reason="Three", by=w.alice, version=2, today=date(2026, 6, 9)
    )

    assert wish(a) == (date(2026, 9, 1), TODAY, DUE, DUE, 0)


def test_what_the_owner_asked_on_the_phone_is_written_down_with_both_names(w: World) -> None:
    a = action(w)

    for by in (w.mo, w.bob):
        behalf = Behalf(of=w.alice, said_on=date(2026, 6, 2), how="phone")
        progress.ask_for_time(a, due_on=LATER, reason="Ill", by=by, behalf=behalf, **now(a))

        last = a.events.first()
        assert last is not None
        assert (last.by, last.on_behalf_of, last.on, last.detail) == (
            by,
            w.alice,
            date(2026, 6, 2),
            {"from": "2026-07-01", "to": "2026-08-01", "how": "phone", "meeting": None},
        )


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "ingrid", "mo"])
def test_only_the_owner_asks(w: World, who: str) -> None:
    a = action(w)

    with pytest.raises(NotAllowed, match=r"^You cannot do this here\. It is for the action owner\.$"):
        progress.ask_for_time(a, due_on=LATER, reason="Ill", by=getattr(w, who), **now(a))


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"reason": " "}, "reason", "Say why more time is needed, and what the risk is meanwhile."),
        ({"due_on": DUE}, "due_on", "Ask for a day after the due date, and after today."),
        ({"due_on": date(2026, 6, 20)}, "due_on", "Ask for a day after the due date, and after today."),
    ],
)
def test_what_is_missing_or_too_early_is_said(
    w: World, given: dict[str, Any], field: str, words: str
) -> None:
    a = action(w)

    with pytest.raises(Invalid) as refused:
        progress.ask_for_time(a, **({"due_on": LATER, "reason": "Ill"} | given), by=w.alice, **now(a))

    assert (refused.value.field, refused.value.message) == (field, words)
    assert Action.objects.get().version == 1


def test_of_what_is_late_time_is_asked_until_after_today(w: World) -> None:
    a = action(w, due_on=date(2026, 5, 1))

    with pytest.raises(Invalid, match="after today"):
        progress.ask_for_time(a, due_on=TODAY, reason="Ill", by=w.alice, **now(a))


def test_continuing_work_has_no_date_to_move(w: World) -> None:
    a = continuing(w)

    with pytest.raises(Invalid, match=r"^Continuing work has no due date to move\.$"):
        progress.ask_for_time(a, due_on=LATER, reason="Ill", by=w.alice, **now(a))


def test_what_is_done_needs_no_more_time_and_says_what_is_possible(w: World) -> None:
    for a, stands in (
        (done(w), "Done, awaiting check"),
        (signed_off(w), "Signed off"),
        (withdrawn(w), "Withdrawn"),
    ):
        with pytest.raises(
            Changed, match=f"is “{stands}”, so this step does not fit. What is possible now: "
        ):
            progress.ask_for_time(a, due_on=LATER, reason="Ill", by=w.alice, **now(a))


# -- the decision ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [LATER, date(2026, 7, 15)])
def test_the_chair_grants_the_day_or_another_and_the_first_date_stays(w: World, day: date) -> None:
    a = asked(w)

    progress.grant(a, due_on=day, words=" Please no later ", by=w.bob, **now(a))

    assert wish(a) == (None, None, day, DUE, 1)
    assert a.due_version == 2
    assert line(a) == {
        "verb": "grant",
        "by": w.bob,
        "status": "planned",
        "words": "Please no later",
        "detail": {"from": "2026-07-01", "to": str(day), "asked": "2026-08-01", "as_manager": False},
    }


@pytest.mark.parametrize("day", [DUE, date(2026, 6, 30), date(2026, 6, 2)])
def test_more_time_is_never_less(w: World, day: date) -> None:
    a = asked(w)

    with pytest.raises(Invalid) as refused:
        progress.grant(a, due_on=day, by=w.bob, **now(a))

    assert (refused.value.field, refused.value.message) == (
        "due_on",
        "More time ends after the due date, and not before today.",
    )


def test_the_manager_grants_twenty_eight_days_and_once(w: World) -> None:
    a = asked(w)
    with pytest.raises(NotAllowed) as refused:
        progress.grant(a, due_on=date(2026, 7, 30), by=w.mo, **now(a))
    assert refused.value.message == (
        "The board manager may add up to 28 days. More is for the independent chair or subgroup chair: "
        "say for whom you write it down."
    )

    progress.grant(a, due_on=date(2026, 7, 29), by=w.mo, **now(a))
    progress.ask_for_time(a, due_on=date(2026, 8, 10), reason="Still ill", by=w.alice, **now(a))
    with pytest.raises(NotAllowed) as refused:
        progress.grant(a, due_on=date(2026, 7, 30), by=w.mo, **now(a))
    assert refused.value.message == (
        "The board manager may add days once, and has. More is for the independent chair or subgroup chair: "
        "say for whom you write it down."
    )

    progress.grant(a, due_on=date(2026, 8, 10), by=w.ingrid, **now(a))
    assert (a.due_on, a.times_moved) == (date(2026, 8, 10), 2)


def test_unasked_too_the_manager_adds_twenty_eight_days_and_once(w: World) -> None:
    a = action(w)  # due on 1 July
    with pytest.raises(NotAllowed, match=r"^The board manager may add up to 28 days\."):
        progress.reschedule(a, due_on=date(2026, 7, 30), by=w.mo, reason="Rooms", **now(a))

    progress.reschedule(a, due_on=date(2026, 6, 20), by=w.mo, reason="Sooner", **now(a))
    progress.reschedule(a, due_on=date(2026, 7, 18), by=w.mo, reason="Rooms", **now(a))
    with pytest.raises(NotAllowed, match=r"^The board manager may add days once, and has\."):
        progress.reschedule(a, due_on=date(2026, 7, 19), by=w.mo, reason="Rooms", **now(a))
    progress.ask_for_time(a, due_on=date(2026, 7, 20), reason="Ill", by=w.alice, **now(a))
    with pytest.raises(NotAllowed, match=r"^The board manager may add days once, and has\."):
        progress.grant(a, due_on=date(2026, 7, 20), by=w.mo, **now(a))

    progress.grant(a, due_on=date(2026, 9, 1), by=w.bob, **now(a))
    assert (a.due_on, a.times_moved) == (date(2026, 9, 1), 3)


@pytest.mark.parametrize("asks", [True, False])
def test_what_a_chair_decided_the_manager_writes_down_whatever_the_days(w: World, asks: bool) -> None:
    a = asked(w) if asks else action(w)
    far, said = date(2026, 12, 1), Behalf(w.bob, TODAY, "phone")

    if asks:
        progress.grant(a, due_on=far, by=w.mo, behalf=said, **now(a))
    else:
        progress.reschedule(a, due_on=far, reason="Rooms", by=w.mo, behalf=said, **now(a))

    told = a.events.get(due_on=far)
    assert (told.by, told.on_behalf_of, told.detail["as_manager"]) == (w.mo, w.bob, False)
    progress.ask_for_time(a, due_on=date(2026, 12, 20), reason="Ill", by=w.alice, **now(a))
    progress.grant(a, due_on=date(2026, 12, 20), by=w.mo, **now(a))  # the manager's own once is left
    other = Behalf(w.alice, TODAY, "phone")
    with pytest.raises(Invalid, match=r"^Choose one of those who may do this\.$"):
        progress.reschedule(a, due_on=far, reason="Rooms", by=w.mo, behalf=other, **now(a))


def test_a_manager_who_chairs_the_subgroup_decides_as_its_chair(w: World) -> None:
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=w.mo, role=SubgroupSeat.Role.VICE_CHAIR)
    a = asked(w, until=date(2026, 12, 1))

    progress.grant(a, due_on=date(2026, 12, 1), by=w.mo, **now(a))

    assert (a.due_on, line(a)["detail"]["as_manager"]) == (date(2026, 12, 1), False)


@pytest.mark.parametrize("who", ["bob", "mo", "ingrid"])
def test_nobody_grants_their_own(w: World, who: str) -> None:
    owner = getattr(w, who)
    a = action(w, owner=owner)
    progress.ask_for_time(a, due_on=LATER, reason="Ill", by=owner, **now(a))

    with pytest.raises(NotAllowed) as refused:
        progress.grant(a, due_on=LATER, by=owner, **now(a))

    assert refused.value.message == (
        "Nobody decides on more time for what they own. Another chair, or the independent chair, can."
    )


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_owner_lead_and_member_decide_nothing(w: World, who: str) -> None:
    a, by = asked(w), getattr(w, who)
    decided = "Nobody decides" if who == "alice" else "board manager, independent chair or subgroup chair"

    with pytest.raises(NotAllowed, match=decided):
        progress.grant(a, due_on=LATER, by=by, **now(a))
    with pytest.raises(NotAllowed, match="board manager, independent chair or subgroup chair"):
        progress.refuse(a, reason="No", by=by, **now(a))


def test_a_refusal_keeps_the_date_and_its_reason(w: World) -> None:
    a = asked(w)
    with pytest.raises(Invalid, match=r"^Say why the date stays: the owner reads it\.$"):
        progress.refuse(a, reason=" ", by=w.bob, **now(a))

    progress.refuse(a, reason="The inspection comes first", by=w.bob, **now(a))

    assert wish(a) == (None, None, DUE, DUE, 0)
    assert line(a) == {
        "verb": "refuse",
        "by": w.bob,
        "status": "planned",
        "words": "The inspection comes first",
        "detail": {"asked": "2026-08-01"},
    }


def test_what_nobody_asked_for_or_is_decided_is_not_decided_again(w: World) -> None:
    decided = asked(w)
    progress.refuse(decided, reason="No", by=w.bob, **now(decided))

    for a in (action(w), decided):
        with pytest.raises(Invalid, match=r"^Nobody has asked for more time, or it is decided already\.$"):
            progress.grant(a, due_on=LATER, by=w.bob, **now(a))
        with pytest.raises(Invalid, match=r"^Nobody has asked for more time, or it is decided already\.$"):
            progress.refuse(a, reason="No", by=w.bob, **now(a))


def test_a_wish_lapses_with_what_makes_it_idle(w: World) -> None:
    finished, on_hold, gone, moved = (asked(w) for _ in range(4))

    progress.finish(finished, words="Done", done_on=TODAY, by=w.alice, **now(finished))
    progress.hold(on_hold, words="A rota", look_again_on=LATER, by=w.bob, **now(on_hold))
    progress.withdraw(gone, kind="overtaken", words="New law", by=w.bob, **now(gone))
    progress.reschedule(moved, due_on=LATER, reason="Agreed", by=w.bob, **now(moved))

    assert [(a.wanted_on, a.wanted_since) for a in (finished, on_hold, gone, moved)] == [(None, None)] * 4


def test_no_other_way_leads_round_who_decides_on_more_time(w: World) -> None:
    wish, own, finished = asked(w), action(w, owner=w.bob), action(w, owner=w.mo)
    progress.finish(finished, words="Done", done_on=TODAY, by=w.mo, **now(finished))
    moved: dict[str, Any] = {"due_on": LATER, "reason": "Agreed"}

    with pytest.raises(
        NotAllowed, match=r"^More time is asked for\. Grant it or refuse it; longer than you may is"
    ):
        progress.reschedule(wish, by=w.mo, **moved, **now(wish))
    with pytest.raises(
        NotAllowed, match=r"^Nobody moves the date of what they own\. Another chair, or the indepe"
    ):
        progress.reschedule(own, by=w.bob, **moved, **now(own))
    with pytest.raises(
        NotAllowed, match=r"^Nobody sends back what they own\. Another chair, or the independent ch"
    ):
        progress.send_back(finished, by=w.mo, **moved, **now(finished))
    progress.reschedule(own, by=w.ingrid, **moved, **now(own))

    assert [access.offered(one, wish, ("reschedule", "grant")) for one in (w.mo, w.bob)] == [
        ["grant"],
        ["reschedule", "grant"],
    ]
    assert own.due_on == LATER


def test_a_wish_outlives_an_update_a_new_owner_and_is_made_on_hold_too(w: World) -> None:
    a, on_hold = asked(w), held(w)

    progress.update(a, confidence="at_risk", words="Still ill", by=w.alice, **now(a))
    planning.reassign(a, to=w.carol, by=w.mo, reason="", **now(a))
    progress.ask_for_time(on_hold, due_on=LATER, reason="Ill", by=w.alice, **now(on_hold))

    assert (a.wanted_on, on_hold.wanted_on) == (LATER, LATER)
