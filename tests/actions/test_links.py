"""Commitments that read alike: which are told, what a person may say of them, and what follows."""

from datetime import date
from typing import Any

import pytest

from actions import alike, links, progress, redaction, repeating
from actions.intake import review
from actions.models import Action, Answer, Commitment, CommitmentLink, Event, Proposal, Seat, Source
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.intake.test_taking import take
from tests.actions.test_redaction import holding
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db

BRIEF = "The police should brief every custody sergeant on self-neglect."
AGAIN = "Brief all custody sergeants on self-neglect by March 2027."
LATER = date(2026, 9, 30)
# Measured, with the rest, in docs/adr/0015: invented sentences as sources print them.
ALIKE = [
    (BRIEF, AGAIN),
    (
        "Ask every adult what outcome they want at the first contact.",
        "At first contact, each adult should be asked what outcome they want.",
    ),
    (
        "The Board should agree one multi-agency risk management protocol for people who decline support.",
        "Partners to agree a multi-agency risk management (MARM) protocol for adults who decline care and support.",
    ),
    (
        "The ICB should review its policy on missed appointments.",
        "That the ICB reviews the missed appointments policy and reports to the Board by June 2027.",
    ),
    (
        "PAS9 is being introduced in the forthcoming year (June 23).",
        "We are introducing a Prison Advice Service (PAS9) with the council.",
    ),
]
UNLIKE = [
    ("Improve training", "Improve the training of custody sergeants"),
    ("Review housing allocations policy", "Review the self-neglect policy"),
    ("Train all staff in the Mental Capacity Act.", "Train all staff in domestic abuse."),
    (
        "The Board should seek assurance that the self-neglect policy is used.",
        "The Board should seek assurance on the use of the Mental Capacity Act.",
    ),
    ("Audit 40 records of self-neglect.", "Audit 40 records of hospital discharge."),
]


@pytest.fixture
def w() -> World:
    return world()


def commitment(w: World, words: str, of: Source | None = None) -> Commitment:
    number = Commitment.objects.filter(board=w.board).count() + 1
    about = {"kind": "recommendation", "words": words, "agency": w.police}
    return Commitment.objects.create(board=w.board, source=of or source(w), number=number, **about)


def numbers(seat: Seat, one: Commitment) -> list[int]:
    return [found.commitment.number for found in links.like(seat, one)]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_in_other_words_is_told_both_ways(one: str, other: str) -> None:
    assert [found.pk for found in alike.Board([(1, one)]).nearest(other)] == [1]
    assert [found.pk for found in alike.Board([(1, other)]).nearest(one)] == [1]


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_something_else_in_like_words_is_not(one: str, other: str) -> None:
    assert alike.Board([(1, one)]).nearest(other) == []
    assert alike.Board([(1, other)]).nearest(one) == []


def test_it_says_how_far_the_other_one_is(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    assert [one.stands for one in links.like(w.mo, new)] == ["no action yet"]

    for _ in range(2):
        action(w, commitments=(old,))
    signed_off(w, old)

    [found] = links.like(w.mo, new)
    assert (found.commitment, found.stands) == (old, "under way, 3 actions, 1 signed off")
    assert [one.stands for one in links.like(w.mo, old)] == ["no action yet"]


def test_what_is_said_of_two_stands_on_both_and_in_the_trail(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)

    links.link(new, old, kind="covered_by", words="The same briefing", by=w.mo, today=TODAY)

    assert [(one.said, one.commitment) for one in links.of(w.dan, new)] == [("Already covered by", old)]
    assert [(one.said, one.commitment) for one in links.of(w.dan, old)] == [("Covers", new)]
    assert (numbers(w.mo, new), numbers(w.mo, old)) == ([], [])
    line = Event.objects.get()
    assert (line.verb, line.by, line.commitment, line.words) == ("link", w.mo, new, "The same briefing")
    assert line.detail == {"kind": "covered_by", "other": 1}


def test_what_is_not_the_same_is_told_no_more_until_that_is_taken_back(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)

    said = links.link(new, old, kind="not_the_same", by=w.mo, today=TODAY)

    assert (numbers(w.mo, new), numbers(w.mo, old)) == ([], [])
    links.unlink(old, new, saw=said.pk, by=w.mo, today=TODAY)
    assert (numbers(w.mo, new), numbers(w.mo, old)) == ([1], [2])
    assert list(Event.objects.values_list("verb", flat=True)) == ["unlink", "link"]


def test_the_same_said_twice_is_said_once_and_something_else_meanwhile_is_told(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    first = links.link(new, old, kind="related", by=w.mo, today=TODAY)

    again = links.link(new, old, kind="related", by=w.mo, today=TODAY)
    with pytest.raises(Changed, match="Mo Manager said of the two meanwhile: related to"):
        links.link(old, new, kind="repeats", by=w.mo, today=TODAY)
    with pytest.raises(Changed):
        links.unlink(new, old, by=w.mo, today=TODAY)
    links.link(old, new, kind="repeats", saw=first.pk, by=w.mo, today=TODAY)

    assert again == first
    assert [(one.said, one.commitment) for one in links.of(w.mo, new)] == [("Repeated by", old)]
    assert CommitmentLink.objects.count() == 1


def test_what_covers_is_itself_not_covered(w: World) -> None:
    one, two, three = (commitment(w, words) for words in (BRIEF, AGAIN, "Audit it."))
    links.link(two, one, kind="covered_by", by=w.mo, today=TODAY)

    with pytest.raises(Invalid, match=r"itself covered by Katherine C-1 Police \(C-1\)\. Choose that one"):
        links.link(three, two, kind="covered_by", by=w.mo, today=TODAY)
    links.link(one, three, kind="covered_by", by=w.mo, today=TODAY)
    assert CommitmentLink.objects.count() == 2


@pytest.mark.parametrize(("kind", "words", "field"), [("twin", "", "kind"), ("related", "x" * 301, "words")])
def test_what_does_not_fit_is_refused_at_its_place(w: World, kind: str, words: str, field: str) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)

    with pytest.raises(Invalid) as refusal:
        links.link(new, old, kind=kind, words=words, by=w.mo, today=TODAY)

    assert refusal.value.field == field
    with pytest.raises(Invalid, match="this is the same one"):
        links.link(new, new, kind="related", by=w.mo, today=TODAY)
    assert not CommitmentLink.objects.exists()


def test_another_boards_commitment_is_neither_told_nor_linked(w: World) -> None:
    mercia = world("mercia")
    ours, theirs = commitment(w, BRIEF), commitment(mercia, AGAIN)

    assert (numbers(w.mo, ours), numbers(mercia.mo, theirs)) == ([], [])
    with pytest.raises(NotAllowed):
        links.link(ours, theirs, kind="related", by=w.mo, today=TODAY)
    with pytest.raises(NotAllowed):
        links.link(theirs, ours, kind="related", by=w.mo, today=TODAY)


def test_of_a_restricted_review_nothing_is_told_to_those_who_may_not_read_it(w: World) -> None:
    closed = source(w, "SAR Beatrice", "Beatrice")
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    old, new = commitment(w, BRIEF, closed), commitment(w, AGAIN)
    Commitment.objects.filter(pk=old.pk).update(agency=w.council)

    assert (numbers(w.dan, new), numbers(w.mo, new), numbers(w.ingrid, new)) == ([], [1], [1])
    links.link(new, old, kind="repeats", words="As in Beatrice", by=w.mo, today=TODAY)

    assert (links.of(w.dan, new), len(links.of(w.mo, new))) == ([], 1)
    assert not Event.objects.visible_to(w.dan).filter(verb="link").exists()
    assert Event.objects.visible_to(w.ingrid).filter(verb="link").exists()


def proposed(w: World, words: str) -> Proposal:
    """As it is read in a review that is taken in."""
    data = f"Recommendations\n\n1. {words}\n2. Audit it.\n".encode()
    taken = take(w, data, kind=w.sar, title=words[:40], short_title=words[:9])
    return taken.document.proposals.get(text__startswith=words[:20])


def test_at_intake_it_is_kept_and_linked_in_one_go_and_undone_in_one(w: World) -> None:
    about: dict[str, Any] = {"filing": review.Filing("recommendation", None), "by": w.mo, "today": TODAY}
    old = review.keep(proposed(w, BRIEF), version=1, **about)
    proposal = proposed(w, AGAIN)

    kept = review.keep(proposal, version=1, alike=review.Alike("covered_by", old), **about)

    assert [(one.said, one.commitment) for one in links.of(w.mo, kept)] == [("Already covered by", old)]
    step = proposal.document.steps.get()
    review.undo(proposal.document, step=step.pk, by=w.mo, today=TODAY)
    assert links.of(w.mo, old) == []
    proposal.refresh_from_db()
    again = review.keep(proposal, version=proposal.version, **about)
    assert (again, links.of(w.mo, again)) == (kept, [])


def test_neither_is_kept_where_the_link_is_refused(w: World) -> None:
    about: dict[str, Any] = {"filing": review.Filing("recommendation", None), "by": w.mo, "today": TODAY}
    first, proposal = proposed(w, BRIEF), proposed(w, AGAIN)
    old = review.keep(first, version=1, **about)
    first.refresh_from_db()
    review.put_back(first, version=first.version, by=w.mo, today=TODAY)
    old.refresh_from_db()

    with pytest.raises(Invalid, match="was put back"):
        review.keep(proposal, version=1, alike=review.Alike("covered_by", old), **about)

    proposal.refresh_from_db()
    assert (proposal.state, Commitment.objects.filter(taken_back=False).count()) == ("waiting", 0)


def signed_off(w: World, old: Commitment) -> Action:
    a = action(w, commitments=(old,))
    seen = progress.attach(a, words="List", link="https://example.org/l", by=w.alice, version=1, today=TODAY)
    progress.finish(a, words="All", done_on=TODAY, by=w.alice, version=2, today=TODAY)
    return progress.sign_off(
        a, relied_on=[seen], step_only=True, words="A step.", by=w.bob, version=3, today=TODAY
    )


def test_what_was_signed_off_is_opened_again_for_the_new_source_and_answers_both(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    a = signed_off(w, old)

    about = {"words": "SAR Beatrice asks again", "due_on": LATER, "version": 4, "today": TODAY}
    repeating.reopen_for(new, a, by=w.bob, **about)

    a.refresh_from_db()
    assert (a.status, a.due_on, set(a.commitments.all())) == ("started", LATER, {old, new})
    lines = list(a.events.order_by("-seq")[:2])
    assert [(line.verb, line.commitment) for line in lines] == [("answer", new), ("reopen", None)]
    assert lines[1].detail["cause"] == "repeated"
    with pytest.raises(Changed):
        repeating.reopen_for(new, a, by=w.bob, **about)
    assert Answer.objects.filter(action=a).count() == 2


@pytest.mark.parametrize("who", ["alice", "carol", "dan"])
def test_others_neither_link_nor_open_again(w: World, who: str) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    a = signed_off(w, old)
    by = getattr(w, who)

    with pytest.raises(NotAllowed):
        links.link(new, old, kind="related", by=by, today=TODAY)
    with pytest.raises(NotAllowed):
        repeating.reopen_for(new, a, words="x", due_on=LATER, by=by, version=4, today=TODAY)
    assert (CommitmentLink.objects.count(), Answer.objects.count()) == (0, 1)


def test_the_reason_can_be_removed_wherever_it_stands(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    links.link(new, old, kind="related", words="Mrs Smith said so", by=w.mo, today=TODAY)

    redaction.line(Event.objects.get(verb="link"), by=w.mo, reason="A name", today=TODAY)

    assert holding("Mrs Smith") == []
    assert CommitmentLink.objects.get().words.startswith("Removed by Mo Manager")


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_there_are(
    w: World, count: int, django_assert_num_queries: object
) -> None:
    of = source(w)
    for _ in range(count * 3):
        commitment(w, BRIEF, of)
    texts = dict.fromkeys(range(count), AGAIN)

    with django_assert_num_queries(2):  # type: ignore[operator]
        found = links.resembling(w.mo, texts)

    assert {len(near) for near in found.values()} == {3}
