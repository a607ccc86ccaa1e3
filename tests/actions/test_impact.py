"""Months after sign-off: what a check finds, who may make it, and what follows from each verdict."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import audit, impact, measures, planning, progress, redaction, rollup
from actions.impact import Found
from actions.models import Action, Commitment, Event, ImpactReview, Seat, Source
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.test_redaction import holding
from tests.factories import TODAY, World, action, seat, source, world

pytestmark = pytest.mark.django_db

CHECKED, LATER = date(2026, 12, 10), date(2027, 3, 1)
EMBEDDED = Found("embedded", words="Audit of 40 records: 37 held", sentence="Custody now asks every adult.")
FAILED: dict[str, Any] = {
    "verdict": "not_effective",
    "words": "Audit of 40 records: 3 held",
    "sentence": "Training alone did not change practice.",
}


@pytest.fixture
def w() -> World:
    return world()


def signed_off(w: World, **given: Any) -> Action:
    a = action(w, **given)
    owner = a.owner
    assert owner
    seen = progress.attach(a, words="List", link="https://example.org/l", by=owner, version=1, today=TODAY)
    progress.finish(a, words="All briefed", done_on=TODAY, by=owner, version=2, today=TODAY)
    progress.sign_off(a, relied_on=[seen], review_on=date(2026, 12, 1), by=w.bob, version=3, today=TODAY)
    return a


def checked(a: Action, found: Found = EMBEDDED, *, by: Seat, **given: Any) -> ImpactReview:
    return impact.review({a: a.version}, found, by=by, today=CHECKED, **given)


def six(w: World) -> dict[str, int]:
    [figures] = rollup.figures(Action.objects.filter(board=w.board), w.mo.calendar(CHECKED))
    names = ("embedded", "partly", "not_effective", "check_not_due", "check_overdue", "step_only")
    counts = {name: getattr(figures, name) for name in names}
    assert sum(counts.values()) == figures.ever_signed_off
    return {name: count for name, count in counts.items() if count}


def test_what_is_found_stands_on_the_action_in_the_trail_and_in_the_figures(w: World) -> None:
    a = signed_off(w)
    assert six(w) == {"check_overdue": 1}

    review = checked(a, by=w.bob)

    a.refresh_from_db()
    line = a.events.order_by("seq").last()
    assert line
    assert (a.status, a.verdict, a.reviewed_on, a.review_on) == ("signed_off", "embedded", CHECKED, None)
    assert (line.verb, line.by, line.words) == (
        "review_impact",
        w.bob,
        "Audit of 40 records: 37 held\n\nTo publish: Custody now asks every adult.",
    )
    assert (review.reviewed_on, list(review.actions.all())) == (CHECKED, [a])
    assert six(w) == {"embedded": 1}


def test_all_that_answers_one_recommendation_is_checked_at_once(w: World) -> None:
    one, two = signed_off(w), signed_off(w)

    review = impact.review({one: 4, two: 4}, EMBEDDED, by=w.bob, today=CHECKED)

    assert set(review.actions.all()) == {one, two}
    assert Event.objects.filter(verb="review_impact").count() == 2
    assert six(w) == {"embedded": 2}


def test_either_all_are_checked_or_none(w: World) -> None:
    one, two = signed_off(w), signed_off(w)
    before = Event.objects.count()

    with pytest.raises(Changed, match="A-2"):
        impact.review({one: 4, two: 3}, EMBEDDED, by=w.bob, today=CHECKED)

    one.refresh_from_db()
    assert (one.verdict, Event.objects.count(), ImpactReview.objects.count()) == ("", before, 0)


def test_what_does_not_work_is_opened_again_and_still_counts_as_checked(w: World) -> None:
    a = signed_off(w)

    checked(a, Found(**FAILED, reopen_until=date(2027, 3, 1)), by=w.bob)

    a.refresh_from_db()
    assert (a.status, a.due_on, a.verdict, a.times_moved) == (
        "started",
        date(2027, 3, 1),
        "not_effective",
        1,
    )
    assert [event.verb for event in a.events.all()[:2]] == ["reopen", "review_impact"]
    assert not a.evidence.filter(relied_on=True).exists()
    assert six(w) == {"not_effective": 1}


def test_signed_off_again_it_waits_for_a_new_check(w: World) -> None:
    a = signed_off(w)
    checked(a, Found(**FAILED, reopen_until=date(2027, 3, 1)), by=w.bob)
    assert a.owner
    seen = progress.attach(a, words="L", link="https://e.org", by=a.owner, version=a.version, today=CHECKED)
    progress.finish(a, words="Again", done_on=CHECKED, by=a.owner, version=a.version, today=CHECKED)
    progress.sign_off(
        a, relied_on=[seen], review_on=date(2027, 9, 1), by=w.bob, version=a.version, today=CHECKED
    )

    assert six(w) == {"check_not_due": 1}


def test_or_something_else_is_put_forward_instead(w: World) -> None:
    a = signed_off(w)

    checked(a, Found(**FAILED, instead="Supervise every record for a month"), by=w.bob)

    a.refresh_from_db()
    draft = Action.objects.get(status="draft")
    assert (a.status, draft.title, draft.priority, draft.subgroup) == (
        "signed_off",
        "Supervise every record for a month",
        a.priority,
        a.subgroup,
    )
    assert draft.detail == "Instead of A-1, which did not change practice."


@pytest.mark.parametrize(
    ("found", "words", "field"),
    [
        (Found("fine", "Audit", "Good."), "Say what the check found", "verdict"),
        (Found("partly", " ", "Good."), "what you looked at", "words"),
        (Found("partly", "Audit", ""), "in one sentence", "sentence"),
        (Found("partly", "Audit", "x" * 301), "within 300", "sentence"),
        (Found("partly", "Audit", "Good.", again_on=CHECKED), "lies in the future", "again_on"),
        (Found(**FAILED), "choose one", "reopen_until"),
        (Found(**FAILED, reopen_until=date(2027, 3, 1), instead="Else"), "choose one", "reopen_until"),
        (Found("partly", "Audit", "Good.", instead="Else"), "Only what is not effective", "verdict"),
        (Found(**FAILED, reopen_until=TODAY), "today or a later day", "reopen_until"),
        (
            Found(**FAILED, reopen_until=LATER, again_on=LATER),
            "gets its next check when it is signed off again",
            "again_on",
        ),
        (Found(**FAILED, instead="x" * 301), "within 300", "instead"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(
    w: World, found: Found, words: str, field: str
) -> None:
    a = signed_off(w)

    with pytest.raises(Invalid, match=words) as refusal:
        checked(a, found, by=w.bob)

    a.refresh_from_db()
    assert (refusal.value.field, a.verdict, a.status) == (field, "", "signed_off")
    assert not ImpactReview.objects.exists()


def test_nobody_checks_what_they_own_or_owned(w: World) -> None:
    mine = signed_off(w)
    planned = action(w)
    planning.reassign(planned, to=w.bob, by=w.mo, reason="Leave", version=1, today=TODAY)
    planning.reassign(planned, to=w.alice, by=w.mo, reason="Back", version=2, today=TODAY)
    seen = progress.attach(
        planned, words="List", link="https://example.org", by=w.alice, version=3, today=TODAY
    )
    progress.finish(planned, words="Done", done_on=TODAY, by=w.alice, version=4, today=TODAY)
    progress.sign_off(
        planned, relied_on=[seen], review_on=date(2026, 12, 1), by=w.ingrid, version=5, today=TODAY
    )

    with pytest.raises(NotAllowed, match="You owned A-2 once"):
        checked(planned, by=w.bob)
    with pytest.raises(NotAllowed, match="It is for the"):
        checked(mine, by=w.dan)
    checked(planned, by=w.ingrid)


def test_only_what_is_signed_off_is_checked(w: World) -> None:
    a = action(w)

    with pytest.raises(Changed, match="What is possible now: start, update"):
        checked(a, by=w.bob)


def test_what_answers_something_else_is_not_checked_with_it(w: World) -> None:
    a = signed_off(w)
    other = world("mercia")

    with pytest.raises(NotAllowed):
        impact.review({a: 4}, EMBEDDED, by=other.bob, today=CHECKED)


def test_its_words_are_destroyed_wherever_they_stand(w: World) -> None:
    one, two = signed_off(w), signed_off(w)
    impact.review({one: 4, two: 4}, EMBEDDED, by=w.bob, today=CHECKED)
    line = one.events.order_by("seq").last()
    assert line

    redaction.line(line, by=w.mo, reason="Names an adult", today=CHECKED)

    review = ImpactReview.objects.get()
    assert "Audit" not in review.words + review.sentence
    assert set(Event.objects.filter(verb="review_impact").values_list("words", flat=True)) == {None}


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["review_impact", "reopen"])
def test_also_where_they_opened_it_again(w: World, verb: str) -> None:
    one, two = signed_off(w), signed_off(w)
    impact.review({one: 4, two: 4}, Found(**FAILED, reopen_until=LATER), by=w.bob, today=CHECKED)

    redaction.line(one.events.get(verb=verb), by=w.mo, reason="Names an adult", today=CHECKED)

    assert holding("Audit of 40") == []
    assert audit.verify(w.board) == []


def test_who_left_is_not_given_it_again(w: World) -> None:
    gone = seat(w.board, "Gus Gone", w.police)
    a = signed_off(w, owner=gone)
    Seat.objects.filter(pk=gone.pk).update(left_on=TODAY)

    with pytest.raises(Invalid, match="Gus Gone has left the board") as refusal:
        checked(a, Found(**FAILED, reopen_until=LATER), by=w.bob)

    assert (refusal.value.field, ImpactReview.objects.count()) == ("owner", 0)


def test_but_to_who_goes_on_with_it_and_nobody_elses_owner_changes(w: World) -> None:
    gone = seat(w.board, "Gus Gone", w.police)
    left, stays = signed_off(w, owner=gone), signed_off(w)
    Seat.objects.filter(pk=gone.pk).update(left_on=TODAY)

    found = Found(**FAILED, reopen_until=LATER, owner=w.carol)
    impact.review({left: 4, stays: 4}, found, by=w.bob, today=CHECKED)

    owners = Action.objects.order_by("number").values_list("status", "owner__name", "agency__name")
    assert list(owners) == [
        ("started", "Carol Lead", "Wessex Police"),
        ("started", "Alice Owner", "Wessex Police"),
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"instead": "Supervise"}, "only where it is opened again"),
        ({"reopen_until": LATER}, "Nobody who owns it has left"),
    ],
)
def test_a_new_owner_is_named_only_where_one_is_needed(w: World, found: dict[str, Any], words: str) -> None:
    a = signed_off(w)

    with pytest.raises(Invalid, match=words) as refusal:
        checked(a, Found(**FAILED, **found, owner=w.carol), by=w.bob)

    a.refresh_from_db()
    assert (refusal.value.field, a.status, a.owner, Event.objects.count()) == (
        "owner",
        "signed_off",
        w.alice,
        4,
    )


def test_nor_to_one_of_another_board(w: World) -> None:
    gone = seat(w.board, "Gus Gone", w.police)
    a = signed_off(w, owner=gone)
    Seat.objects.filter(pk=gone.pk).update(left_on=TODAY)

    with pytest.raises(Invalid, match="a seat on this board") as refusal:
        checked(a, Found(**FAILED, reopen_until=LATER, owner=world("mercia").alice), by=w.bob)

    assert (refusal.value.field, ImpactReview.objects.count()) == ("owner", 0)


def test_what_answers_two_reviews_is_seen_by_those_who_may_see_every_action_of_it(w: World) -> None:
    kept_back, open_ = source(w), source(w, "SAR Aziza", "Aziza")
    asks = [
        Commitment.objects.create(
            board=w.board, number=n, source=s, kind="recommendation", words="Ask", agency=w.police
        )
        for n, s in enumerate((kept_back, open_), 1)
    ]
    closed = signed_off(w, commitments=(asks[0],))
    free = signed_off(w, commitments=(asks[1],))
    together = impact.review({closed: 4, free: 4}, EMBEDDED, by=w.bob, today=CHECKED)
    apart = checked(free, Found("partly", "Audit", "Here and there."), by=w.bob)
    Source.objects.filter(pk=kept_back.pk).update(restricted=True, subgroup=w.subgroup)

    seen = {
        name: set(ImpactReview.objects.visible_to(getattr(w, name)))
        for name in ("mo", "ingrid", "bob", "carol", "alice", "dan")
    }

    everybody = {name: {together, apart} for name in ("mo", "ingrid", "bob", "carol", "alice")}
    assert seen == everybody | {"dan": {apart}}
    assert not ImpactReview.objects.visible_to(world("mercia").mo).exists()


def test_what_answers_one_recommendation_is_not_mixed_with_what_answers_another(w: World) -> None:
    s = source(w)
    one, two = (
        Commitment.objects.create(
            board=w.board, number=n, source=s, kind="recommendation", words="Ask", agency=w.police
        )
        for n in (1, 2)
    )
    a, b = signed_off(w, commitments=(one,)), signed_off(w, commitments=(two,))

    with pytest.raises(Invalid, match="the same commitment") as refusal:
        impact.review({a: 4, b: 4}, EMBEDDED, by=w.bob, today=CHECKED, commitment=one)
    with pytest.raises(Invalid, match="at least one action"):
        impact.review({}, EMBEDDED, by=w.bob, today=CHECKED, commitment=one)

    done = impact.review({a: 4}, EMBEDDED, by=w.bob, today=CHECKED, commitment=one)
    assert (refusal.value.field, list(one.impact_reviews.all())) == ("actions", [done])


def test_what_is_put_forward_instead_answers_what_it_replaces(w: World) -> None:
    asked = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", words="Ask", agency=w.police
    )
    a = signed_off(w, commitments=(asked,))

    impact.review({a: 4}, Found(**FAILED, instead="Ask twice"), by=w.bob, today=CHECKED, commitment=asked)

    draft = Action.objects.get(status="draft")
    assert (list(draft.commitments.all()), draft.agency) == ([asked], w.police)


def test_who_saved_first_is_never_one_who_only_read_a_measure(w: World) -> None:
    a = signed_off(w)
    Action.objects.filter(pk=a.pk).update(version=5)  # somebody saved since
    number = {"baseline": Decimal(41), "baseline_on": date(2026, 1, 5), "target": Decimal(90)}
    measures.measure(a, name="Asked", source="Audit", **number, by=w.carol, today=TODAY)

    with pytest.raises(Changed, match="Bob Chair saved A-1 first"):
        impact.review({a: 4}, EMBEDDED, by=w.bob, today=CHECKED)
