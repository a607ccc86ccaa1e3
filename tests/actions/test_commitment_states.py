"""Whether a commitment is met: the rule in SQL beside the same rule in plain Python, over what chance makes."""

import random
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import commitments, decisions, rollup
from actions.commitments import Covered
from actions.models import (
    Action,
    Agency,
    Answer,
    Commitment,
    CommitmentLink,
    Decision,
    Meeting,
    Response,
    Source,
)
from tests.factories import TODAY, World, priority, source, world

pytestmark = pytest.mark.django_db
ACCEPTING = ("accepted", "in_part", "in_place")


@pytest.fixture
def w() -> World:
    return world()


def commitment(w: World, s: Source, number: int) -> Commitment:
    return Commitment.objects.create(
        board=w.board, number=number, source=s, kind="recommendation", words="Ask every adult"
    )


def asked(w: World, c: Commitment, agency: Agency, says: str = "", **more: Any) -> Response:
    answered = {"answered_on": TODAY, "answered_by": w.carol} if says else {}
    return Response.objects.create(
        board=w.board,
        commitment=c,
        agency=agency,
        asked_on=TODAY,
        due_on=TODAY,
        says=says,
        **answered | more,
    )


def answering(
    w: World, c: Commitment, agency: Agency | None, status: str, continuing: bool = False
) -> Action:
    made = Action.objects.create(
        board=w.board,
        number=Action.objects.count() + 1,
        title="Brief them",
        status=status,
        owner=w.alice,
        agency=agency,
        due_on=TODAY,
        first_due_on=TODAY,
        done_on=TODAY,
        continuing=continuing,
    )
    Answer.objects.create(action=made, commitment=c, source=c.source)
    return made


def meeting(w: World, day: date, **more: Any) -> Meeting:
    return Meeting.objects.create(board=w.board, meets_on=day, cut_off_on=day, **more)


def state(c: Commitment, today: date = TODAY) -> str:
    return Commitment.objects.with_state(today).get(pk=c.pk).state  # type: ignore[attr-defined, no-any-return]


# -- one by one -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "actions", "stands"),
    [
        ([], [], "no_action"),
        ([], ["draft", "withdrawn"], "no_action"),
        ([], ["started"], "under_way"),
        ([], ["signed_off"], "complete"),
        ([], ["signed_off", "draft", "withdrawn"], "complete"),
        ([], ["signed_off", "done"], "under_way"),
        ([], ["signed_off", "on_hold"], "under_way"),
        ([""], ["signed_off"], "unanswered"),
        (["accepted"], [], "no_action"),
        (["accepted"], ["signed_off"], "complete"),
        (["in_part"], ["planned"], "under_way"),
        (["in_place"], [], "no_action"),
        (["in_place not_accepted"], [], "no_action"),
        (["in_place accepted"], [], "complete"),
        (["in_place accepted"], ["started"], "under_way"),
        (["not_implement"], [], "no_action"),
        (["refer"], ["signed_off"], "complete"),
    ],
)
def test_a_commitment_stands_where_what_was_asked_and_done_puts_it(
    w: World, answers: list[str], actions: list[str], stands: str
) -> None:
    c = commitment(w, source(w), 1)
    for said in answers:
        says, _, judged = said.partition(" ")
        asked(w, c, w.police, says, judged=judged)
    for status in actions:
        answering(w, c, w.police, status)

    assert state(c) == stands


def test_each_agency_that_accepts_needs_an_action_of_its_own(w: World) -> None:
    c = commitment(w, source(w), 1)
    for agency in (w.police, w.council):
        asked(w, c, agency, "accepted")
    answering(w, c, w.police, "signed_off")
    before = state(c)

    answering(w, c, w.council, "signed_off")

    assert (before, state(c)) == ("under_way", "complete")


def test_continuing_work_keeps_it_under_way_and_never_completes_it(w: World) -> None:
    c = commitment(w, source(w), 1)
    answering(w, c, w.police, "started", continuing=True)
    alone = state(c)

    answering(w, c, w.police, "signed_off")

    assert (alone, state(c)) == ("under_way", "complete")


def test_who_was_asked_in_error_is_not_waited_for(w: World) -> None:
    c = commitment(w, source(w), 1)
    answering(w, c, w.police, "signed_off")
    asked(w, c, w.police, unasked_on=TODAY)

    assert state(c) == "complete"


def test_a_decision_counts_from_the_day_of_its_meeting_until_another_is_taken(w: World) -> None:
    c = commitment(w, source(w), 1)
    first, second = meeting(w, TODAY - timedelta(days=9)), meeting(w, TODAY)
    about: dict[str, Any] = {"words": "The law changed.", "by": w.mo, "today": TODAY}
    decisions.decide([c], kind="not_implemented", meeting=first, **about)
    decisions.decide([c], kind="implement", meeting=second, **about)

    days = [TODAY - timedelta(days=10), TODAY - timedelta(days=9), TODAY - timedelta(days=1), TODAY]
    assert [state(c, day) for day in days] == ["no_action", "decided", "decided", "no_action"]


def test_a_decision_taken_back_or_of_a_cancelled_meeting_counts_for_nothing(w: World) -> None:
    c = commitment(w, source(w), 1)
    about: dict[str, Any] = {"kind": "not_implemented", "words": "No.", "by": w.mo, "today": TODAY}
    made = decisions.decide([c], meeting=meeting(w, TODAY), **about)
    Meeting.objects.update(state=Meeting.State.CANCELLED)
    cancelled = state(c)
    Meeting.objects.update(state=Meeting.State.HELD)
    held = state(c)

    decisions.undo(made, reason="Not so.", by=w.mo, today=TODAY)

    assert (cancelled, held, state(c)) == ("no_action", "decided", "no_action")


def covered(w: World, c: Commitment, by: Commitment) -> CommitmentLink:
    about = {"board": w.board, "by": w.mo, "linked_on": TODAY}
    return CommitmentLink.objects.create(commitment=c, other=by, kind="covered_by", **about)


def test_what_is_covered_and_has_nothing_of_its_own_stands_where_what_covers_it_stands(w: World) -> None:
    s = source(w)
    c, other = commitment(w, s, 1), commitment(w, s, 2)
    covered(w, c, other)
    stood = [state(c)]
    done = answering(w, other, w.police, "signed_off")
    stood.append(state(c))
    Action.objects.filter(pk=done.pk).update(status="started")  # opened again
    stood.append(state(c))
    asked(w, other, w.police)
    stood.append(state(c))
    Response.objects.all().delete()
    closed = {"kind": "not_implemented", "words": "No.", "by": w.mo, "today": TODAY}
    decisions.decide([other], meeting=meeting(w, TODAY), **closed)  # type: ignore[arg-type]
    stood.append(state(c))
    Commitment.objects.filter(pk=other.pk).update(taken_back=True)
    stood.append(state(c))

    assert stood == ["no_action", "complete", "under_way", "unanswered", "decided", "no_action"]


def test_what_it_has_of_its_own_counts_before_what_covers_it(w: World) -> None:
    s = source(w)
    other = commitment(w, s, 1)
    answering(w, other, w.police, "signed_off")
    drafted, begun, continuing, waits, in_error, decided = (commitment(w, s, n) for n in range(2, 8))
    for one in (drafted, begun, continuing, waits, in_error, decided):
        covered(w, one, other)
    answering(w, drafted, w.police, "draft")
    answering(w, begun, w.police, "started")
    answering(w, continuing, w.police, "started", continuing=True)
    asked(w, waits, w.police)
    asked(w, in_error, w.police, unasked_on=TODAY)
    closed: dict[str, Any] = {"kind": "referred", "referred_to": "NHS", "words": "So.", "by": w.mo}
    decisions.decide([decided], meeting=meeting(w, TODAY), today=TODAY, **closed)

    found = Commitment.objects.with_state(TODAY).with_covering(TODAY).order_by("number")

    assert list(found.values_list("state", "covering")) == [
        ("complete", None),
        ("complete", other.pk),
        ("under_way", None),
        ("under_way", None),
        ("unanswered", None),
        ("complete", other.pk),
        ("decided", None),
    ]


def test_one_hop_is_followed_and_a_circle_ends_there(w: World) -> None:
    s = source(w)
    one, two, three, four = (commitment(w, s, n) for n in range(1, 5))
    covered(w, one, two)
    covered(w, two, three)
    covered(w, three, one)
    answering(w, four, w.police, "signed_off")
    before = [state(c) for c in (one, two, three)]

    covered(w, two, four)  # the one linked last counts
    after = [state(c) for c in (one, two, three)]

    assert (before, after) == (["no_action"] * 3, ["no_action", "complete", "no_action"])


# -- by chance ------------------------------------------------------------------------------------------------


def covers(c: Commitment) -> Commitment | None:
    """What counts for it where it has nothing of its own: the one linked last of those that stand."""
    happens = [one for one in c.actions.all() if one.status not in ("draft", "withdrawn")]
    if happens or any(one.unasked_on is None for one in c.responses.all()):
        return None
    linked = sorted((one for one in c.links.all() if one.kind == "covered_by"), key=lambda one: one.pk)
    return next((one.other for one in reversed(linked) if not one.other.taken_back), None)


def plainly(c: Commitment, today: date) -> str:
    own, other = by_its_own(c, today), covers(c)
    return by_its_own(other, today) if other and own != "decided" else own


def by_its_own(c: Commitment, today: date) -> str:
    """The rule as design.md §3 and §4 tell it, without SQL."""
    closing = [
        one.kind
        for one in sorted(c.decisions.all(), key=lambda one: (one.meeting.meets_on, one.pk))
        if one.meeting.meets_on <= today
        and one.meeting.state != "cancelled"
        and one.undone_on is None
        and one.kind != "other"
    ]
    if closing and closing[-1] != "implement":
        return "decided"
    stands = [one for one in c.responses.all() if one.unasked_on is None]
    if any(one.says == "" for one in stands):
        return "unanswered"
    happens = [one for one in c.actions.all() if one.status not in ("draft", "withdrawn")]
    counted = [one for one in happens if not one.continuing]
    signed_off = [one for one in counted if one.status == "signed_off"]
    in_place = [one for one in stands if (one.says, one.judged) == ("in_place", "accepted")]
    served = {one.agency_id for one in signed_off} | {one.agency_id for one in in_place}
    accepting = [one.agency_id for one in stands if one.says in ACCEPTING]
    if signed_off == counted and (signed_off or in_place) and served.issuperset(accepting):
        return "complete"
    return "under_way" if happens or in_place else "no_action"


def by_chance(w: World, c: Commitment, chance: random.Random, meetings: list[Meeting]) -> None:
    for agency in chance.sample([w.police, w.council], chance.randint(0, 2)):
        says = chance.choice(["", "accepted", "accepted", *Response.Says.values])
        judged = chance.choice(["", *Response.Judged.values]) if says == "in_place" else ""
        asked(w, c, agency, says, judged=judged, unasked_on=chance.choice([None, None, None, TODAY]))
    statuses = ["draft", "withdrawn", "started", "done", "on_hold", *["signed_off"] * 6]
    for _ in range(chance.randint(0, 3)):
        agency_or_none = chance.choice([w.police, w.council, None])
        answering(w, c, agency_or_none, chance.choice(statuses), chance.random() < 0.2)
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        kind = chance.choice(Decision.Kind.values)
        made = Decision.objects.create(
            board=w.board,
            meeting=chance.choice(meetings),
            kind=kind,
            words="So.",
            referred_to="NHS England" if kind == "referred" else "",
            by=w.mo,
            recorded_on=TODAY,
            **chance.choice([{}, {}, {"undone_on": TODAY, "undone_by": w.mo}]),
        )
        made.commitments.add(c)


def lacking(c: Commitment) -> list[str]:
    return commitments.missing(c.responses.filter(unasked_on=None), c.actions.all())


def linked_by_chance(w: World, chance: random.Random) -> None:
    """In chains and circles too, with kinds that count for nothing, and to what was put back."""
    every = list(Commitment.objects.order_by("number"))
    pairs = {tuple(sorted(chance.sample(range(len(every)), 2))) for _ in range(180)}
    for pair in sorted(pairs):
        one, other = (every[place] for place in chance.sample(pair, 2))
        kind = chance.choice(["covered_by", "covered_by", "covered_by", "related"])
        about = {"board": w.board, "by": w.mo, "linked_on": TODAY}
        CommitmentLink.objects.create(commitment=one, other=other, kind=kind, **about)
    Commitment.objects.filter(pk__in=[one.pk for one in chance.sample(every, 12)]).update(taken_back=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_sql_and_plain_python_say_the_same(w: World, seed: int) -> None:
    chance, s = random.Random(seed), source(w)
    meetings = [meeting(w, TODAY + timedelta(days=n), state="held") for n in (-60, -30, 30)]
    meetings.append(meeting(w, TODAY - timedelta(days=40), state="cancelled"))
    for number in range(1, 121):
        by_chance(w, commitment(w, s, number), chance, meetings)
    for number in range(121, 151):  # with nothing of their own
        commitment(w, s, number)
    linked_by_chance(w, chance)

    found = list(Commitment.objects.with_state(TODAY).with_covering(TODAY).order_by("number"))

    expected = [plainly(one, TODAY) for one in found]
    assert [one.state for one in found] == expected  # type: ignore[attr-defined]
    assert set(expected) == set(commitments.WORDS)
    assert {"unanswered", "under_way", "complete"} <= {plainly(one, TODAY) for one in found if covers(one)}
    figures = rollup.commitments(Commitment.objects.filter(board=w.board), TODAY)
    told = Counter(state for one, state in zip(found, expected, strict=True) if not one.taken_back)
    assert asdict(figures) == {"made": told.total(), **{key: told[key] for key in commitments.WORDS}}
    for one in found:
        if one.state != "decided":  # type: ignore[attr-defined]
            other = Commitment.objects.filter(pk=one.covering).first()  # type: ignore[attr-defined]
            lacks = Covered("R-4", lacking(other)) if other else None
            said = commitments.missing(one.responses.filter(unasked_on=None), one.actions.all(), lacks)
            assert all(("R-4: " in sentence) == bool(other) for sentence in said)
            assert (said == []) == (one.state == "complete"), one.number  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_parts_of_a_random_board_add_up_to_it_and_agree_with_a_plain_count(w: World) -> None:
    chance, there = random.Random(4), [meeting(w, TODAY - timedelta(days=30), state="held")]
    sources = [source(w), source(w, "SAR Aziza", "Aziza")]
    for number in range(1, 61):
        one = commitment(w, chance.choice(sources), number)
        Commitment.objects.filter(pk=one.pk).update(priority=chance.choice([None, w.priority]))
        by_chance(w, one, chance, there)
    empty = priority(w.board, 2, "Prevention")

    with CaptureQueriesContext(connection) as queries:
        found = {by: rollup.commitments_by(w.mo, TODAY, by) for by in rollup.COMMITMENT_GROUPS}

    every = list(Commitment.objects.order_by("number"))
    whole = rollup.commitments(Commitment.objects.filter(board=w.board), TODAY)
    assert len(queries) == 2
    assert [(one.key, one.name) for one in found["priority"]] == [
        (w.priority.pk, "1. Making safeguarding personal"), (empty.pk, "2. Prevention"), (None, "No priority"),
    ]  # fmt: skip
    assert found["priority"][1].figures == rollup.CommitmentFigures()
    for by, groups in found.items():
        for one in groups:
            told = Counter(plainly(c, TODAY) for c in every if getattr(c, f"{by}_id") == one.key)
            assert asdict(one.figures) == {"made": told.total()} | {
                key: told[key] for key in commitments.WORDS
            }
        parts = [asdict(one.figures) for one in groups]
        assert {name: sum(part[name] for part in parts) for name in parts[0]} == asdict(whole)


def test_the_words_have_an_order_and_every_state_has_one(w: World) -> None:
    assert list(commitments.WORDS) == ["unanswered", "no_action", "under_way", "complete", "decided"]


def test_a_state_is_asked_in_one_statement_and_filtered_by(w: World, django_assert_num_queries: Any) -> None:
    s = source(w)
    for number, status in enumerate(["started", "signed_off", "draft"], 1):
        answering(w, commitment(w, s, number), w.police, status)

    with django_assert_num_queries(1):
        complete = list(Commitment.objects.with_state(TODAY).filter(state="complete"))

    assert [one.number for one in complete] == [2]


def test_postgresql_does_not_compile_what_it_is_asked(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit" if connection.vendor == "postgresql" else "SELECT 'off'")
        assert cursor.fetchone() == ("off",)
