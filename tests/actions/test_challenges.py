"""A question to several at once: who asks, who answers for whom, what closes it, and who may know of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from actions import access, challenges, leaving, redaction
from actions.access import Behalf
from actions.models import Action, Asked, Challenge, Commitment, Event, Source, Subgroup
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 1)


@pytest.fixture
def w() -> World:
    return world()


def ask(w: World, *whom: Any, by: Any = None, words: str = "How do you know?", **more: Any) -> Challenge:
    given = {"due_on": DUE, "by": by or w.mo, "today": TODAY} | more
    return challenges.challenge(words, whom=whom or (w.alice,), **given)


def part(one: Challenge, **which: Any) -> Asked:
    return Asked.objects.get(challenge=one, **which)


def test_several_are_asked_at_once_and_each_answers_apart(w: World) -> None:
    one = ask(w, w.alice, w.subgroup, w.police, None, about=action(w))

    challenges.answer(part(one, seat=w.alice), words="By the log.", by=w.alice, today=TODAY)
    challenges.answer(part(one, subgroup=w.subgroup), words="We read it.", by=w.bob, today=TODAY)

    assert [(asked.name, asked.words) for asked in one.asked.all()] == [
        ("Alice Owner", "By the log."),
        ("Learning and Review", "We read it."),
        ("Wessex Police", ""),
        ("The board office", ""),
    ]
    challenges.answer(part(one, agency=w.police), words="So do we.", by=w.carol, today=TODAY)
    challenges.answer(part(one, office=True), words="Filed.", by=w.mo, today=TODAY)
    assert not one.asked.filter(answered_on=None).exists()
    lines = Event.objects.filter(verb__in=("challenge", "answer_challenge"), action=one.action).order_by(
        "seq"
    )
    assert [(line.by, line.words) for line in lines] == [
        (w.mo, "How do you know?"),
        (w.alice, "By the log."),
        (w.bob, "We read it."),
        (w.carol, "So do we."),
        (w.mo, "Filed."),
    ]


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_only_the_manager_and_chairs_ask(w: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        ask(w, by=getattr(w, who))


@pytest.mark.parametrize("which", ["seat", "subgroup", "agency", "office"])
def test_nobody_answers_for_another(w: World, which: str) -> None:
    whom = {"seat": w.alice, "subgroup": w.subgroup, "agency": w.police, "office": None}[which]
    may = {"seat": "alice", "subgroup": "bob", "agency": "carol", "office": "mo"}[which]
    one = ask(w, whom).asked.get()

    for who in {"alice", "bob", "carol", "dan", "mo", "ingrid"} - {may}:
        with pytest.raises(NotAllowed):
            challenges.answer(one, words="So.", by=getattr(w, who), today=TODAY)
    assert access.may(getattr(w, may), "answer_challenge", one)


def test_the_manager_writes_an_answer_down_for_one_who_may_give_it(w: World) -> None:
    one = ask(w, w.police).asked.get()
    said = Behalf(w.carol, TODAY - timedelta(days=1), "phone")

    challenges.answer(one, words="Yes.", by=w.mo, today=TODAY, behalf=said)

    one.refresh_from_db()
    assert (one.answered_by, one.answered_on) == (w.carol, TODAY - timedelta(days=1))
    line = Event.objects.get(verb="answer_challenge")
    assert (line.by, line.on_behalf_of, line.detail["how"]) == (w.mo, w.carol, "phone")
    with pytest.raises(Invalid):
        challenges.answer(one, words="No.", by=w.mo, today=TODAY, behalf=Behalf(w.dan, TODAY, "phone"))


def test_what_a_subgroup_without_a_chair_is_asked_the_independent_chair_answers(w: World) -> None:
    group = Subgroup.objects.create(board=w.board, name="Quality")
    one = ask(w, group, w.subgroup)

    for by in (w.bob, w.mo, w.carol):
        with pytest.raises(NotAllowed):
            challenges.answer(part(one, subgroup=group), words="Ours.", by=by, today=TODAY)
    with pytest.raises(NotAllowed):
        challenges.answer(part(one, subgroup=w.subgroup), words="Theirs.", by=w.ingrid, today=TODAY)
    waits = Challenge.objects.waiting_for(w.ingrid).exists()
    challenges.answer(part(one, subgroup=group), words="Nobody chairs it.", by=w.ingrid, today=TODAY)

    assert (waits, Challenge.objects.waiting_for(w.ingrid).exists()) == (True, False)
    assert [row.unchaired for row in one.asked.with_names()] == [True, False]


def test_an_answer_stands_once_and_the_same_again_changes_nothing(w: World) -> None:
    one = ask(w).asked.get()
    for _ in range(2):
        challenges.answer(one, words="By the log.", by=w.alice, today=TODAY)

    with pytest.raises(Changed):
        challenges.answer(one, words="Otherwise.", by=w.alice, today=TODAY)
    assert Event.objects.filter(verb="answer_challenge").count() == 1


def test_a_question_sent_twice_is_asked_once(w: World) -> None:
    assert ask(w, w.alice, w.police) == ask(w, w.alice, w.police)
    assert Asked.objects.count() == 2


def test_the_same_words_to_others_are_another_question(w: World) -> None:
    first, second = ask(w, w.police), ask(w, w.council, w.police)

    assert first != second
    assert [one.name for one in second.asked.all()] == ["Wessex Council", "Wessex Police"]


def test_who_asked_closes_it_and_says_why_where_an_answer_is_missing(w: World) -> None:
    one = ask(w, by=w.bob)

    with pytest.raises(NotAllowed):
        challenges.close(one, words="Enough.", by=w.ingrid, today=TODAY)
    with pytest.raises(Invalid, match="Not everybody has answered"):
        challenges.close(one, words=" ", by=w.bob, today=TODAY)
    challenges.close(one, words="Overtaken.", by=w.bob, today=TODAY)

    assert not Challenge.objects.open().exists()
    with pytest.raises(Changed):
        challenges.answer(one.asked.get(), words="Too late.", by=w.alice, today=TODAY)


def test_what_waits_for_whom_and_what_is_late(w: World) -> None:
    one = ask(w, w.alice, w.subgroup)
    challenges.answer(part(one, seat=w.alice), words="So.", by=w.alice, today=TODAY)
    waiting = Challenge.objects.waiting_for

    assert [who for who in ("alice", "bob", "carol", "mo") if waiting(getattr(w, who)).exists()] == ["bob"]
    assert not Challenge.objects.late(DUE).exists()
    assert Challenge.objects.late(DUE + timedelta(days=1)).get() == one
    challenges.answer(part(one, subgroup=w.subgroup), words="So.", by=w.bob, today=TODAY)
    assert not Challenge.objects.late(DUE + timedelta(days=1)).exists()


@pytest.fixture
def sealed(w: World) -> Action:
    """Answers a restricted review under the subgroup; Alice's."""
    about = source(w)
    Source.objects.filter(pk=about.pk).update(restricted=True, subgroup=w.subgroup)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=about, kind="recommendation", words="Do it", agency=w.police
    )
    one: Action = action(w, commitments=(asked,))
    return one


def test_of_a_restricted_review_only_its_readers_know(w: World, sealed: Action) -> None:
    ask(w, w.alice, about=sealed)

    seen = [
        who
        for who in ("mo", "ingrid", "bob", "carol", "alice", "dan")
        if Challenge.objects.visible_to(getattr(w, who)).exists()
    ]

    assert seen == ["mo", "ingrid", "bob", "carol", "alice"]


def test_nobody_is_asked_about_what_they_may_not_read(w: World, sealed: Action) -> None:
    with pytest.raises(Invalid, match="may not read"):
        ask(w, w.dan, about=sealed)

    assert not Challenge.objects.exists()
    assert not Event.objects.filter(verb="challenge").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"whom": "other"}, "whom"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(w: World, changes: dict[str, Any], field: str) -> None:
    whom = (world("mercia").alice,) if changes.pop("whom", "") else (w.alice,)

    with pytest.raises(Invalid) as refused:
        ask(w, *whom, **changes)

    assert refused.value.field == field


def test_what_a_leaver_was_asked_goes_to_who_comes_after(w: World) -> None:
    one = ask(w, w.alice, w.police)

    moved = leaving.leave(w.alice, by=w.mo, today=TODAY)

    assert [(asked.challenge, to) for asked, to in moved.asked] == [(one, w.carol)]
    assert part(one, seat__isnull=False).seat == w.carol
    assert "Carol Lead is asked instead" in (Event.objects.filter(verb="challenge").first().words or "")  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["line", "challenge"])
def test_words_put_in_by_mistake_are_destroyed_wherever_they_stand(w: World, way: str) -> None:
    one = ask(w, words="What of Mrs Quince?", about=action(w))
    challenges.answer(one.asked.get(), words="Mrs Quince is well.", by=w.alice, today=TODAY)
    challenges.close(one, words="Mrs Quince it was.", by=w.mo, today=TODAY)

    about = {"by": w.mo, "reason": "A name stood there", "today": TODAY}
    if way == "line":
        redaction.line(Event.objects.get(verb="answer_challenge"), **about)
    else:
        redaction.challenge(one, **about)

    one.refresh_from_db()
    kept = [one.words, one.closed_words, one.asked.get().words]
    kept += [
        line.words
        for line in Event.objects.filter(verb__in=("challenge", "answer_challenge", "close_challenge"))
    ]
    assert not any("Quince" in (words or "") for words in kept)
