"""The journey of one action, verb by verb, and what each refuses."""

from datetime import date, timedelta

import pytest

from actions import planning, progress, rollup
from actions.models import Action, Event, Status
from actions.rag import Calendar
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def test_from_planned_to_signed_off_each_step_leaves_one_line_in_the_trail(w: World) -> None:
    a = action(w)

    progress.start(a, by=w.alice, version=1, today=TODAY)
    progress.update(a, confidence="on_track", words="Two of five done", by=w.alice, version=2, today=TODAY)
    evidence = progress.attach(
        a, words="Attendance list", link="https://example.org/list", by=w.alice, version=3, today=TODAY
    )
    progress.finish(a, words="All briefed", done_on=date(2026, 6, 2), by=w.alice, version=4, today=TODAY)
    progress.sign_off(a, relied_on=[evidence], review_on=date(2026, 12, 1), by=w.bob, version=5, today=TODAY)

    assert list(a.events.order_by("seq").values_list("verb", "status", "by__name")) == [
        ("plan", "planned", "Mo Manager"),
        ("start", "started", "Alice Owner"),
        ("update", "started", "Alice Owner"),
        ("attach", "started", "Alice Owner"),
        ("finish", "done", "Alice Owner"),
        ("sign_off", "signed_off", "Bob Chair"),
    ]
    assert (a.done_on, a.signed_off_on, a.review_on) == (date(2026, 6, 2), TODAY, date(2026, 12, 1))


def test_saving_from_a_stale_page_is_refused_and_writes_nothing(w: World) -> None:
    a = action(w)
    progress.start(a, by=w.alice, version=1, today=TODAY)

    with pytest.raises(Changed, match="Alice Owner saved A-1 first"):
        progress.update(a, confidence="at_risk", words="Staff off", by=w.alice, version=1, today=TODAY)

    assert (a.version, a.confidence, Event.objects.count()) == (2, "", 2)


def test_the_owners_word_alone_does_not_sign_off(w: World) -> None:
    a = action(w)
    word = progress.attach(a, words="I did it", by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=2, today=TODAY)

    for relied_on in ([], [word]):
        with pytest.raises(Invalid, match="owner's word alone"):
            progress.sign_off(
                a, relied_on=relied_on, step_only=True, words="x", by=w.bob, version=3, today=TODAY
            )

    a.refresh_from_db()
    assert a.status == Status.DONE


def test_a_chair_does_not_sign_off_what_the_chair_owns(w: World) -> None:
    a = action(w, owner=w.bob)
    progress.finish(a, words="Done", done_on=TODAY, by=w.bob, version=1, today=TODAY)

    with pytest.raises(NotAllowed, match="Nobody signs off what they own"):
        progress.sign_off(a, relied_on=[], step_only=True, words="x", by=w.bob, version=2, today=TODAY)


def test_send_back_keeps_the_first_date_and_counts_the_move(w: World) -> None:
    a = action(w)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    progress.send_back(
        a, reason="Two stations missing", due_on=date(2026, 8, 1), by=w.bob, version=2, today=TODAY
    )

    assert (a.status, a.due_on, a.first_due_on, a.times_moved, a.done_on) == (
        "started",
        date(2026, 8, 1),
        date(2026, 7, 1),
        1,
        None,
    )


def test_continuing_work_is_sent_back_to_a_day_to_look_again_and_is_never_overdue(w: World) -> None:
    a = action(w, due_on=None, look_again_on=TODAY)
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)

    progress.send_back(a, reason="Not so", due_on=TODAY, by=w.bob, version=2, today=TODAY)

    later = TODAY + timedelta(days=3)
    (figures,) = rollup.figures(Action.objects.all(), Calendar(later))
    (moved,) = rollup.in_period(w.mo, TODAY, TODAY)
    assert (a.due_on, a.look_again_on, a.times_moved) == (None, TODAY, 0)
    assert (figures.counted, figures.continuing, figures.overdue, moved.moved) == (0, 1, 0, 0)


def test_the_record_says_that_the_signer_is_of_the_owners_agency(w: World) -> None:
    other = lives.signed_off(w)
    w.bob.agency = w.police
    own = lives.signed_off(w)

    said = [one.events.get(verb="sign_off").detail["same_agency"] for one in (other, own)]

    assert said == [False, True]


def test_what_is_possible_is_only_what_fits(w: World) -> None:
    a = action(w)

    with pytest.raises(Changed, match="now: start, update, finish, hold, ask for time, not mine") as refused:
        progress.take_back(a, by=w.alice, version=1, today=TODAY)

    assert not {"confirm", "grant", "refuse"} & set(
        refused.value.message.split(": ")[-1].strip(".").split(", ")
    )


def test_a_lead_passes_on_inside_the_agency_only(w: World) -> None:
    a = action(w)

    with pytest.raises(Invalid, match="within your agency"):
        planning.reassign(a, to=w.dan, by=w.carol, reason="", version=1, today=TODAY)
    planning.reassign(a, to=w.carol, by=w.carol, reason="On leave", version=1, today=TODAY)

    assert (a.owner, a.due_version) == (w.carol, 2)


def test_reschedule_needs_a_reason_and_a_day_ahead(w: World) -> None:
    a = action(w)

    with pytest.raises(Invalid, match="Say why"):
        progress.reschedule(a, due_on=date(2026, 9, 1), by=w.bob, reason=" ", version=1, today=TODAY)
    with pytest.raises(Invalid, match="today or a later"):
        progress.reschedule(a, due_on=date(2026, 6, 2), by=w.bob, reason="Late", version=1, today=TODAY)
    progress.reschedule(a, due_on=date(2026, 9, 1), by=w.bob, reason="Room lost", version=1, today=TODAY)

    assert (a.due_on, a.first_due_on, a.times_moved) == (date(2026, 9, 1), date(2026, 7, 1), 1)


def test_a_stranger_from_another_board_can_do_nothing(w: World) -> None:
    a = action(w)
    other = world("mercia")

    for by in (other.mo, other.bob, other.ingrid, other.alice):
        with pytest.raises(NotAllowed):
            progress.start(a, by=by, version=1, today=TODAY)
        with pytest.raises(NotAllowed):
            planning.reassign(a, to=other.alice, by=by, reason="", version=1, today=TODAY)
