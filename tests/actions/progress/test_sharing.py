"""Whose it is: said not to be theirs, passed on, and who else takes part."""

from datetime import timedelta

import pytest

from actions import access, leaving, planning, progress
from actions.access import Behalf
from actions.models import Event
from actions.refusals import Invalid, NotAllowed
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, seat, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def test_what_is_not_theirs_stays_with_them_until_it_is_passed_on(w: World) -> None:
    a = action(w)

    progress.not_mine(a, words="It is the council's", by=w.alice, version=1, today=TODAY)
    said = (a.owner, a.disowned_on)
    planning.reassign(a, to=w.dan, by=w.bob, reason="Dan's", version=2, today=TODAY)

    assert said == (w.alice, TODAY)
    assert (a.owner, a.disowned_on) == (w.dan, None)
    assert list(a.events.order_by("seq").values_list("verb", "words")) == [
        ("plan", "Brief every custody sergeant"),
        ("not_mine", "It is the council's"),
        ("reassign", "Dan's"),
    ]


def test_going_on_with_it_takes_it_back(w: World) -> None:
    a = action(w)
    progress.not_mine(a, words="Not sure", by=w.alice, version=1, today=TODAY)

    progress.update(a, confidence="on_track", words="It is ours", by=w.alice, version=2, today=TODAY)

    assert a.disowned_on is None


def test_nobody_elses_word_and_no_earlier_one_takes_it_back(w: World) -> None:
    a = action(w)
    progress.not_mine(a, words="It is the council's", by=w.alice, version=1, today=TODAY)
    earlier = Behalf(of=w.alice, said_on=TODAY - timedelta(days=2), how="phone")

    said = {"confidence": "on_track", "words": "Two of five", "today": TODAY}
    progress.update(a, **said, by=w.mo, version=2, behalf=earlier)
    progress.update(a, **said, by=w.carol, version=3)

    assert (a.confidence, a.disowned_on) == ("on_track", TODAY)


def test_only_its_owner_can_say_so_and_says_why(w: World) -> None:
    a = action(w)

    with pytest.raises(NotAllowed, match="It is for the action owner"):
        progress.not_mine(a, words="Not ours", by=w.bob, version=1, today=TODAY)
    with pytest.raises(Invalid, match="Say whose it is"):
        progress.not_mine(a, words=" ", by=w.alice, version=1, today=TODAY)


def test_who_takes_part_may_update_and_add_evidence(w: World) -> None:
    a = action(w)
    before = access.may(w.dan, "update", a)

    progress.share(a, contributors=[w.dan], by=w.alice, version=1, today=TODAY)

    a = type(a).objects.get()
    assert (before, access.may(w.dan, "update", a), access.may(w.dan, "finish", a)) == (False, True, False)
    line = Event.objects.get(verb="share")
    assert (line.words, line.detail) == ("Dan Member", {"joined": [w.dan.pk], "left": []})


def test_taking_part_ends_as_it_began(w: World) -> None:
    a = action(w)
    progress.share(a, contributors=[w.dan, w.carol], by=w.alice, version=1, today=TODAY)

    progress.share(a, contributors=[w.carol], by=w.bob, version=2, today=TODAY)

    assert list(a.contributors.all()) == [w.carol]
    last = Event.objects.order_by("seq").last()
    assert last
    assert last.detail == {"joined": [], "left": [w.dan.pk]}


def test_the_owner_strangers_and_those_who_left_do_not_take_part(w: World) -> None:
    a = action(w)
    gone = seat(w.board, "Gus Gone", w.police, left_on=TODAY)

    for who, words in (
        (w.alice, "The owner takes part already"),
        (world("mercia").dan, "a seat on this board"),
        (gone, "a seat on this board"),
    ):
        with pytest.raises(Invalid, match=words):
            progress.share(a, contributors=[who], by=w.mo, version=1, today=TODAY)
    with pytest.raises(Invalid, match="take part already"):
        progress.share(a, contributors=[], by=w.mo, version=1, today=TODAY)

    assert not Event.objects.filter(verb="share").exists()


def test_both_by_machine(w: World) -> None:
    action(w)

    shared = api(w.alice).post("actions/1/share/", version=1, contributors=[w.dan.pk])
    said = api(w.alice).post("actions/1/not-mine/", version=2, words="The council's")
    other = api(w.dan).post("actions/1/share/", version=3, contributors=[])

    assert (shared[0], said[0], said[1]["disowned_on"], other[0]) == (200, 200, said[1]["disowned_on"], 403)
    assert said[1]["disowned_on"] is not None


def test_that_it_is_not_theirs_ends_with_what_takes_it_from_them(w: World) -> None:
    gone, passed = action(w), action(w)
    for a in (gone, passed):
        progress.not_mine(a, words="Carol's", by=w.alice, version=1, today=TODAY)

    progress.withdraw(gone, kind="error", words="Twice", by=w.mo, version=2, today=TODAY)
    leaving.leave(w.alice, by=w.mo, today=TODAY)

    passed.refresh_from_db()
    assert (gone.disowned_on, passed.disowned_on, passed.owner) == (None, None, w.carol)
