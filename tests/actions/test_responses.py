"""Who asks, answers, judges and decides; what is refused; what is kept on the trail and what can be destroyed."""

from datetime import date, timedelta
from typing import Any

import pytest

from actions import audit, decisions, kept, leaving, meetings, redaction, responses
from actions.models import Commitment, Decision, Event, Meeting, Response, Seat
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.test_redaction import SECRET, holding
from tests.factories import TODAY, World, seat, source, world

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 1)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def c(w: World) -> Commitment:
    return commitment(w, 1)


def commitment(w: World, number: int) -> Commitment:
    given = {"source": source(w), "kind": "recommendation", "words": "Ask every adult"}
    return Commitment.objects.create(board=w.board, number=number, **given)


def asked(w: World, c: Commitment, **given: Any) -> Response:
    return responses.share_out(c, **{"agencies": [w.police], "by": w.mo, "today": TODAY} | given)[0]


def answer(w: World, one: Response, says: str = "accepted", **given: Any) -> Response:
    about = {"words": "Since May.", "by": w.carol, "version": one.version, "today": TODAY}
    return responses.respond(one, says=says, **about | given)


def decided(w: World, *commitments: Commitment, **given: Any) -> Decision:
    about = {"kind": "not_implemented", "words": "No.", "by": w.mo, "today": TODAY}
    return decisions.decide(commitments, **{"meeting": meeting(w)} | about | given)


def meeting(w: World, day: date = TODAY, **given: Any) -> Meeting:
    whose = {"subgroup": None, "state": Meeting.State.PLANNED} | given
    found, _ = Meeting.objects.get_or_create(board=w.board, meets_on=day, cut_off_on=day, **whose)
    return found


def trail() -> list[tuple[str, str | None]]:
    return list(Event.objects.order_by("seq").values_list("verb", "words"))


# -- asked ----------------------------------------------------------------------------------------------------


def test_an_agency_is_asked_in_twenty_working_days_and_once(w: World, c: Commitment) -> None:
    one = asked(w, c)
    answer(w, one)

    asked(w, c, agencies=[w.police, w.council], due_on=date(2026, 6, 10))

    assert (one.asked_on, one.due_on) == (TODAY, DUE)
    assert {r.agency: r.due_on for r in Response.objects.all()} == {
        w.police: DUE,
        w.council: date(2026, 6, 10),
    }
    assert [verb for verb, _ in trail()] == ["share_out", "respond", "share_out"]
    assert audit.verify(w.board) == []


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"agencies": []}, "Tick at least one agency", "agencies"),
        ({"due_on": TODAY - timedelta(days=1)}, "today or a later day", "due_on"),
        ({"due_on": TODAY + timedelta(days=400)}, "within a year", "due_on"),
    ],
)
def test_what_cannot_be_asked_is_named(
    w: World, c: Commitment, given: dict[str, Any], told: str, field: str
) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        asked(w, c, **given)

    assert (refused.value.field, Response.objects.count()) == (field, 0)


def test_another_boards_agency_is_not_asked(w: World, c: Commitment) -> None:
    with pytest.raises(Invalid, match="this board's own agencies"):
        asked(w, c, agencies=[world("mercia").police])


def test_nobody_is_asked_about_what_the_board_has_decided(w: World, c: Commitment) -> None:
    decided(w, c)

    with pytest.raises(Invalid, match="decided on 3 June 2026: not to be implemented"):
        asked(w, c)


def test_one_that_was_asked_in_error_begins_anew_when_it_is_asked_again(w: World, c: Commitment) -> None:
    one = answer(w, asked(w, c))
    responses.unask(one, reason="Not theirs.", by=w.mo, version=2, today=TODAY)
    with pytest.raises(Changed, match="not asked any more"):
        answer(w, one, version=3)

    again = asked(w, c)

    assert (again.pk, again.says, again.words, again.answered_by, again.version) == (one.pk, "", "", None, 4)


# -- answered -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("says", ["in_part", "in_place", "not_implement", "refer"])
def test_all_but_a_plain_yes_needs_words(w: World, c: Commitment, says: str) -> None:
    one = asked(w, c)

    with pytest.raises(Invalid) as refused:
        answer(w, one, says, words=" ")

    assert refused.value.field == "words"
    assert answer(w, one, words="").says == "accepted"


def test_an_answer_made_on_an_older_one_is_refused(w: World, c: Commitment) -> None:
    one = answer(w, asked(w, c))

    with pytest.raises(Changed, match="It now says: Accepted"):
        answer(w, one, "in_part", version=1)

    assert Response.objects.get().says == "accepted"


def test_what_was_accepted_as_in_place_is_judged_anew_when_the_answer_changes(
    w: World, c: Commitment
) -> None:
    one = answer(w, asked(w, c), "in_place", link="https://example.org/policy")
    responses.judge(one, accepted=True, words="Seen.", by=w.ingrid, version=2, today=TODAY)
    judged = (one.judged, one.judged_by, one.in_place)

    answer(w, one, "in_place", words="In part.", version=3)

    assert judged == ("accepted", w.ingrid, True)
    assert (one.judged, one.judged_by, one.judged_words, one.to_judge) == ("", None, "", True)


def test_only_the_chair_of_the_reviews_subgroup_judges_and_never_the_own_answer(
    w: World, c: Commitment
) -> None:
    c.source.subgroup = w.subgroup
    c.source.save()
    Seat.objects.filter(pk=w.bob.pk).update(is_lead=True)
    bob = Seat.objects.get(pk=w.bob.pk)
    theirs = answer(w, asked(w, c), "in_place")
    own = answer(w, asked(w, c, agencies=[w.council]), "in_place", by=bob)

    responses.judge(theirs, accepted=True, by=bob, version=2, today=TODAY)
    with pytest.raises(NotAllowed, match="an answer of their own"):
        responses.judge(own, accepted=True, by=bob, version=2, today=TODAY)

    assert [responses.may_judge(one, own) for one in (bob, w.ingrid, w.mo, w.carol)] == [
        False,
        True,
        True,
        False,
    ]


def test_only_what_is_said_to_be_in_place_is_judged(w: World, c: Commitment) -> None:
    one = answer(w, asked(w, c))

    with pytest.raises(Changed, match="nothing to judge"):
        responses.judge(one, accepted=True, by=w.mo, version=2, today=TODAY)


def test_a_lead_who_leaves_leaves_the_request_with_the_agency(w: World, c: Commitment) -> None:
    one = asked(w, c)
    second = seat(w.board, "Sam Second", w.police, is_lead=True)

    leaving.leave(w.carol, by=w.mo, today=TODAY)

    assert list(Response.objects.visible_to(second).unanswered()) == [one]
    assert answer(w, one, by=second).answered_by == second


# -- decided --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told", "field"),
    [
        ({"kind": "nonsense"}, "what the board decided", "kind"),
        ({"words": " "}, "fit to publish", "words"),
        ({"kind": "referred"}, "to whom", "referred_to"),
        ({"kind": "referred", "referred_to": "x" * 201}, "within 200", "referred_to"),
        ({"kind": "implement"}, "nothing else was decided", "kind"),
    ],
)
def test_what_a_decision_lacks_is_named(
    w: World, c: Commitment, given: dict[str, Any], told: str, field: str
) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        decided(w, c, **given)

    assert (refused.value.field, Decision.objects.count()) == (field, 0)


def test_only_the_board_itself_decides_and_not_at_a_cancelled_meeting(w: World, c: Commitment) -> None:
    for given in ({"subgroup": w.subgroup}, {"state": Meeting.State.CANCELLED}):
        with pytest.raises(Invalid, match="a meeting of the board itself"):
            decided(w, c, meeting=meeting(w, **given))


def test_one_decision_on_several_is_one_row_and_a_line_for_each(w: World, c: Commitment) -> None:
    second = commitment(w, 2)

    twice = [
        decided(w, c, second, kind="referred", referred_to="NHS England", words="Not ours.") for _ in range(2)
    ]

    assert twice[0] == twice[1]
    assert trail() == [("decide", "Not ours.\n\nReferred to: NHS England")] * 2


def test_the_board_may_decide_otherwise_later_and_not_the_same_again_or_before(
    w: World, c: Commitment
) -> None:
    decided(w, c)
    with pytest.raises(Invalid, match="decided like that at the meeting of 3 June 2026"):
        decided(w, c, words="Once more.")
    with pytest.raises(Invalid, match="decided later"):
        decided(w, c, kind="implement", meeting=meeting(w, TODAY - timedelta(days=30)))

    later = decided(w, c, kind="implement", meeting=meeting(w, TODAY + timedelta(days=30)))

    assert decisions.last(c) == later


def test_a_meeting_with_a_decision_is_neither_cancelled_nor_removed(w: World, c: Commitment) -> None:
    made = decided(w, c)
    held = made.meeting
    about: dict[str, Any] = {"reason": "Snow", "by": w.mo, "today": TODAY, "saw": kept.mark(held)}
    with pytest.raises(Invalid, match="1 decision is recorded"):
        meetings.cancel(held, **about)

    decisions.undo(made, reason="A slip.", by=w.mo, today=TODAY)
    with pytest.raises(Changed, match="already"):
        decisions.undo(made, reason="A slip.", by=w.mo, today=TODAY)

    assert meetings.cancel(held, **about).state == Meeting.State.CANCELLED
    counted = kept.with_uses(Meeting.objects.filter(pk=held.pk)).get()
    assert kept.uses(counted) == "1 decision"


# -- destroyed ------------------------------------------------------------------------------------------------


def test_the_words_of_an_answer_are_destroyed_wherever_they_stand(w: World, c: Commitment) -> None:
    one = answer(w, asked(w, c), "in_place", words=SECRET, link="https://example.org/q")
    responses.judge(one, accepted=False, words=f"Ask {SECRET}", by=w.mo, version=2, today=TODAY)

    redaction.response(one, by=w.mo, reason="Named the adult", today=TODAY)

    one.refresh_from_db()
    assert (holding(SECRET), one.link, one.says, one.judged) == ([], "", "in_place", "not_accepted")
    assert audit.verify(w.board) == []


@pytest.mark.parametrize("how", ["decision", "line"])
def test_the_words_of_a_decision_are_destroyed_wherever_they_stand(w: World, c: Commitment, how: str) -> None:
    second = commitment(w, 2)
    made = decided(w, c, second, kind="referred", referred_to=SECRET, words=f"For {SECRET}")
    decisions.undo(made, reason=f"Not {SECRET}", by=w.mo, today=TODAY)
    about: dict[str, Any] = {"by": w.mo, "reason": "Named the adult", "today": TODAY}

    if how == "line":
        line = Event.objects.filter(verb="decide").first()
        assert line
        redaction.line(line, **about)
    else:
        redaction.decision(made, **about)

    assert holding(SECRET) == []
    assert Decision.objects.get().kind == "referred"
    assert audit.verify(w.board) == []
