"""Most updates reach the office by mail or in a meeting: somebody else writes them down, and both names stay."""

from datetime import date, timedelta

import pytest

from actions import access, progress
from actions.access import Behalf
from actions.models import Meeting
from actions.refusals import Invalid, NotAllowed
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def w() -> World:
    return world()


def said_by_phone(seat) -> Behalf:
    return Behalf(of=seat, said_on=YESTERDAY, how="phone")


def test_the_manager_writes_down_what_the_owner_said(w: World) -> None:
    a = action(w)

    progress.update(
        a,
        confidence="at_risk",
        words="Two rooms lost",
        by=w.mo,
        version=1,
        today=TODAY,
        behalf=said_by_phone(w.alice),
    )

    event = a.events.first()
    assert (event.by, event.on_behalf_of, event.on, event.detail) == (
        w.mo, w.alice, YESTERDAY, {"how": "phone", "meeting": None},
    )  # fmt: skip
    assert a.said_on == YESTERDAY


def test_a_chair_writes_down_for_owners_of_the_own_subgroup_only(w: World) -> None:
    inside, outside = action(w), action(w, subgroup=None)

    progress.start(inside, by=w.bob, version=1, today=TODAY, behalf=said_by_phone(w.alice))
    with pytest.raises(NotAllowed, match="board manager can"):
        progress.start(outside, by=w.bob, version=1, today=TODAY, behalf=said_by_phone(w.alice))

    assert (inside.status, outside.status) == ("started", "planned")


def test_nobody_is_made_to_say_what_they_may_not_do(w: World) -> None:
    a = action(w)

    with pytest.raises(Invalid, match="one of those who may do this"):
        progress.finish(
            a, words="Done", done_on=TODAY, by=w.mo, version=1, today=TODAY, behalf=said_by_phone(w.dan)
        )
    with pytest.raises(NotAllowed):
        progress.finish(
            a, words="Done", done_on=TODAY, by=w.dan, version=1, today=TODAY, behalf=said_by_phone(w.alice)
        )


def test_the_manager_records_a_sign_off_for_a_named_chair_and_meeting(w: World) -> None:
    a = action(w)
    proof = progress.attach(
        a, words="Minutes", link="https://example.org/m", by=w.alice, version=1, today=TODAY
    )
    progress.finish(a, words="Done", done_on=YESTERDAY, by=w.alice, version=2, today=TODAY)
    meeting = Meeting.objects.create(
        board=w.board, subgroup=w.subgroup, meets_on=YESTERDAY, cut_off_on=YESTERDAY, state="held"
    )
    at_meeting = Behalf(of=w.bob, said_on=YESTERDAY, how="meeting", meeting=meeting)
    given = {"relied_on": [proof], "review_on": date(2026, 12, 1), "by": w.mo, "version": 3, "today": TODAY}

    with pytest.raises(Invalid, match="Name the meeting"):
        progress.sign_off(a, **given, behalf=said_by_phone(w.bob))
    with pytest.raises(NotAllowed):
        progress.sign_off(a, **given)
    progress.sign_off(a, **given, behalf=at_meeting)

    event = a.events.first()
    assert (a.status, event.by, event.on_behalf_of, event.detail["meeting"]) == (
        "signed_off",
        w.mo,
        w.bob,
        meeting.pk,
    )


def test_a_manager_records_no_sign_off_of_what_they_own(w: World) -> None:
    a = action(w, owner=w.mo)
    proof = progress.attach(a, words="Minutes", link="https://example.org/m", by=w.mo, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=YESTERDAY, by=w.mo, version=2, today=TODAY)
    meeting = Meeting.objects.create(
        board=w.board, subgroup=w.subgroup, meets_on=YESTERDAY, cut_off_on=YESTERDAY, state="held"
    )
    behalf = Behalf(of=w.bob, said_on=YESTERDAY, how="meeting", meeting=meeting)
    given = {"relied_on": [proof], "review_on": date(2026, 12, 1), "version": 3, "today": TODAY}

    with pytest.raises(
        NotAllowed, match=r"^You cannot write this down for somebody else\. Another board manager can"
    ):
        progress.sign_off(a, **given, by=w.mo, behalf=behalf)

    assert access.offered_for_others(w.mo, a, ("sign_off",)) == []
    assert progress.sign_off(a, **given, by=w.bob).status == "signed_off"


def test_a_statement_written_down_for_the_owner_is_still_the_owners_word(w: World) -> None:
    a = action(w)

    evidence = progress.attach(
        a, words="I did it", by=w.mo, version=1, today=TODAY, behalf=said_by_phone(w.alice)
    )

    assert evidence.is_owners_word


def test_a_day_to_come_and_an_unknown_way_are_refused(w: World) -> None:
    a = action(w)

    for behalf in (Behalf(w.alice, TODAY + timedelta(days=1), "phone"), Behalf(w.alice, TODAY, "pigeon")):
        with pytest.raises(Invalid):
            progress.start(a, by=w.mo, version=1, today=TODAY, behalf=behalf)

    a.refresh_from_db()
    assert a.version == 1
