"""A person decides on each proposal; every step acts on what was seen, and can be undone."""

from datetime import date
from typing import Any

import pytest

from actions.intake import review, taking, words
from actions.intake.review import Filing
from actions.models import Commitment, Document, Event, Proposal, ReviewStep, SourceKind
from actions.planning import Wanted, plan_many
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, priority, seat, world

pytestmark = pytest.mark.django_db

RETURN = b"""Wessex Police
What have the challenges been?
Staff turnover was high. We will recruit two champions by June 2026.
Planned work for 2026 to 2027
We will brief every custody sergeant by June 2026. We will publish
a leaflet in three languages. We will audit 50 referrals.
Wessex Council
Planned work for 2026 to 2027
We will review the policy by 31 March 2027.
"""


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def document(w: World) -> Document:
    kind = SourceKind.objects.create(board=w.board, slug="partner-return", name="Partner return")
    taken = taking.take_in(
        by=w.mo, data=RETURN, name="r.txt", kind=kind, title="Returns", short_title="Returns", today=TODAY
    )
    return taken.document


def starting(document: Document, text: str) -> Proposal:
    return document.proposals.get(text__startswith=text)


def standing(document: Document) -> list[tuple[Any, ...]]:
    """Everything a person decides about, and its place; not the versions, which only rise."""
    columns = (
        "pk",
        "start",
        "end",
        "line",
        "text",
        "kind",
        "agency",
        "state",
        "priority",
        "due_words",
        "due_on",
    )
    return list(document.proposals.order_by("start").values_list(*columns))


def keep(document: Document, text: str, w: World, **changes: Any) -> Commitment:
    proposal = starting(document, text)
    return review.keep(proposal, by=w.mo, version=proposal.version, today=TODAY, **changes)


def undo(document: Document, w: World) -> ReviewStep:
    last = document.steps.last()
    assert last is not None
    return review.undo(document, step=last.pk, by=w.mo, today=TODAY)


def test_keeping_makes_a_commitment_in_the_exact_words(w: World, document: Document) -> None:
    commitment = keep(document, "We will brief", w, priority=w.priority)

    assert (commitment.reference, commitment.kind, commitment.words) == (
        "Returns C-1 Police",
        "planned_work",
        "We will brief every custody sergeant by June 2026.",
    )
    assert (commitment.source, commitment.agency, commitment.priority) == (
        document.source,
        w.police,
        w.priority,
    )
    assert (commitment.due_words, commitment.due_on, commitment.due_precision) == (
        "June 2026",
        date(2026, 6, 30),
        "month",
    )
    proposal = starting(document, "We will brief")
    assert (proposal.state, proposal.commitment, proposal.version) == ("kept", commitment, 2)
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.by, event.commitment, event.source, event.words, event.detail) == (
        "keep",
        w.mo,
        commitment,
        document.source,
        "We will brief every custody sergeant by June 2026.",
        {"document": document.pk, "proposals": [proposal.pk], "lines": [proposal.line]},
    )


def test_what_hides_under_another_heading_is_refiled_and_kept_in_one_go(w: World, document: Document) -> None:
    with pytest.raises(Invalid, match="“Challenge”"):
        keep(document, "We will recruit", w)

    commitment = keep(document, "We will recruit", w, filing=Filing("planned_work", w.council))

    assert (commitment.kind, commitment.agency) == ("planned_work", w.council)
    assert starting(document, "We will recruit").kind == "planned_work"


def test_a_run_is_kept_with_one_priority_all_or_none(w: World, document: Document) -> None:
    planned = document.proposals.filter(kind="planned_work")
    seen = [(proposal.pk, proposal.version) for proposal in planned]
    challenge = starting(document, "Staff turnover")

    with pytest.raises(Invalid):
        review.keep_many(document, [*seen, (challenge.pk, 1)], by=w.mo, today=TODAY)
    assert Commitment.objects.count() == 0

    kept = review.keep_many(document, seen, by=w.mo, today=TODAY, priority=w.priority)

    assert [c.number for c in kept] == [1, 2, 3, 4]
    assert {c.priority for c in kept} == {w.priority}
    assert Event.objects.filter(verb="keep").count() == 4
    undo(document, w)
    assert Commitment.objects.filter(taken_back=True).count() == 4


def test_a_run_is_marked_as_context_in_one_step(w: World, document: Document) -> None:
    seen = [(p.pk, p.version) for p in document.proposals.filter(kind="challenge")]

    review.mark_context(document, seen, by=w.mo, today=TODAY)

    assert set(document.proposals.filter(kind="challenge").values_list("state", flat=True)) == {"context"}
    assert document.steps.count() == 1
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.words, event.source) == ("context", "", document.source)


def test_editing_changes_the_words_and_not_their_place(w: World, document: Document) -> None:
    before = starting(document, "We will audit")

    after = review.edit(before, text=" We will audit 60 referrals. \r\n", by=w.mo, version=1, today=TODAY)

    assert (after.text, after.start, after.end, after.version) == (
        "We will audit 60 referrals.",
        before.start,
        before.end,
        2,
    )
    assert document.text[after.start : after.end] == "We will audit 50 referrals."
    for nothing in ("", "  \n ", "x" * 10_001):
        with pytest.raises(Invalid):
            review.edit(after, text=nothing, by=w.mo, version=2, today=TODAY)


def test_splitting_gives_each_part_its_place_and_its_date(w: World, document: Document) -> None:
    first = starting(document, "We will brief")
    merged = review.merge(first, by=w.mo, version=1, today=TODAY)
    assert merged.text == (
        "We will brief every custody sergeant by June 2026. We will publish a leaflet in three languages."
    )
    place = words.seams(merged.text)[0]

    one, two = review.split(merged, at=place, by=w.mo, version=2, today=TODAY)

    printed = [" ".join(document.text[p.start : p.end].split()) for p in (one, two)]
    assert [one.text, two.text] == printed
    assert [one.text, two.text] == [
        "We will brief every custody sergeant by June 2026.",
        "We will publish a leaflet in three languages.",
    ]
    assert [(p.due_words, p.due_on, p.line) for p in (one, two)] == [
        ("June 2026", date(2026, 6, 30), 5),
        ("", None, 5),
    ]


def test_a_cut_inside_edited_words_leaves_both_parts_at_the_printed_place(
    w: World, document: Document
) -> None:
    whole = starting(document, "We will audit")
    edited = review.edit(whole, text="Zebras first. Then Xylophones.", by=w.mo, version=1, today=TODAY)

    one, two = review.split(edited, at=14, by=w.mo, version=2, today=TODAY)

    assert [(p.text, p.start, p.end) for p in (one, two)] == [
        ("Zebras first.", whole.start, whole.end),
        ("Then Xylophones.", whole.start, whole.end),
    ]


@pytest.mark.parametrize("at", [0, -1, 10_000])
def test_a_cut_outside_the_words_is_refused(w: World, document: Document, at: int) -> None:
    before = standing(document)

    with pytest.raises(Invalid, match="inside the words"):
        review.split(
            starting(document, "We will audit"), at=at if at >= 0 else 0, by=w.mo, version=1, today=TODAY
        )

    assert standing(document) == before


def test_merging_stops_at_the_end_at_kept_words_and_at_another_agency(w: World, document: Document) -> None:
    keep(document, "We will publish", w)
    for text, says in [
        ("We will review the policy", "Nothing follows"),
        ("We will brief", "are kept"),
        ("We will audit", "another agency"),
    ]:
        with pytest.raises(Invalid, match=says):
            review.merge(starting(document, text), by=w.mo, version=1, today=TODAY)


def test_every_step_undone_leaves_everything_as_it_stood(w: World, document: Document) -> None:
    stands = [standing(document)]

    def done() -> None:
        stands.append(standing(document))

    keep(document, "We will brief", w, priority=w.priority)
    done()
    review.mark_context(document, [(starting(document, "Staff").pk, 1)], by=w.mo, today=TODAY)
    done()
    review.merge(starting(document, "We will publish"), by=w.mo, version=1, today=TODAY)
    done()
    whole = starting(document, "We will publish")
    review.split(whole, at=words.seams(whole.text)[0], by=w.mo, version=2, today=TODAY)
    done()
    review.edit(starting(document, "We will review"), text="Review it.", by=w.mo, version=1, today=TODAY)
    done()
    review.refile(
        starting(document, "We will recruit"), Filing("finding", None), by=w.mo, version=1, today=TODAY
    )
    done()
    review.put_back(starting(document, "We will brief"), by=w.mo, version=2, today=TODAY)

    undone = []
    while document.steps.exists():
        undone.append(undo(document, w).verb)
        assert standing(document) == stands.pop()

    assert undone == ["put_back", "refile", "edit", "split", "merge", "context", "keep"]
    assert Commitment.objects.get().taken_back is True
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        "take_in", "keep", "context", "merge", "split", "edit", "refile", "undo_keep", "put_back",
        "keep", "undo", "undo", "undo", "undo", "undo", "undo", "undo_keep", "undo",
    ]  # fmt: skip


def test_keeping_again_after_undo_brings_the_same_commitment_back(w: World, document: Document) -> None:
    first = keep(document, "We will brief", w)
    undo(document, w)

    again = keep(document, "We will brief", w, priority=w.priority)

    assert (again.pk, again.number) == (first.pk, 1)
    assert list(Commitment.objects.values_list("taken_back", "priority")) == [(False, w.priority.pk)]


def test_what_actions_answer_already_stays_kept(w: World, document: Document) -> None:
    commitment = keep(document, "We will brief", w)
    wanted = Wanted(title="Brief them", owner=w.alice, due_on=date(2026, 7, 1), commitments=(commitment,))
    plan_many([wanted], by=w.mo, today=TODAY)
    before, events = standing(document), Event.objects.count()

    with pytest.raises(Invalid, match="A-1 answers Returns C-1 Police already"):
        undo(document, w)
    with pytest.raises(Invalid, match="A-1 answers"):
        review.put_back(starting(document, "We will brief"), by=w.mo, version=2, today=TODAY)

    assert (standing(document), Event.objects.count()) == (before, events)


def test_a_stale_step_is_refused_says_who_was_first_and_writes_nothing(w: World, document: Document) -> None:
    proposal = starting(document, "We will audit")
    review.edit(proposal, text="Theirs.", by=w.mo, version=1, today=TODAY)
    before, events = standing(document), Event.objects.count()

    stale: list[Any] = [
        lambda: review.edit(proposal, text="Mine.", by=w.mo, version=1, today=TODAY),
        lambda: review.keep(proposal, by=w.mo, version=1, today=TODAY),
        lambda: review.mark_context(document, [(proposal.pk, 1)], by=w.mo, today=TODAY),
        lambda: review.split(proposal, at=3, by=w.mo, version=1, today=TODAY),
        lambda: review.refile(proposal, Filing("finding", None), by=w.mo, version=1, today=TODAY),
    ]
    for step in stale:
        with pytest.raises(
            Changed, match=r"You changed the words of line 6 .* perhaps by your own first click"
        ):
            step()

    assert (standing(document), Event.objects.count()) == (before, events)


def test_who_was_first_is_who_decided_on_those_very_words(w: World, document: Document) -> None:
    nina = seat(w.board, "Nina Manager", w.council, is_manager=True)
    proposal = starting(document, "We will audit")
    review.edit(proposal, text="Theirs.", by=nina, version=1, today=TODAY)
    review.keep(starting(document, "We will brief"), by=w.mo, version=1, today=TODAY)
    kept = document.steps.last()
    assert kept

    with pytest.raises(Changed, match=r"^Nina Manager changed the words of line 6 since you opened the page"):
        review.keep(proposal, by=w.mo, version=1, today=TODAY)
    with pytest.raises(Changed, match=r"^Mo Manager made another step since you opened the page"):
        review.undo(document, step=kept.pk - 1, by=nina, today=TODAY)


def test_undoing_a_step_that_is_no_longer_the_last_is_refused(w: World, document: Document) -> None:
    keep(document, "We will brief", w)
    seen = document.steps.get().pk
    keep(document, "We will audit", w)

    with pytest.raises(Changed, match="You made another step since"):
        review.undo(document, step=seen, by=w.mo, today=TODAY)

    assert Commitment.objects.filter(taken_back=False).count() == 2


def test_a_double_click_keeps_once(w: World, document: Document) -> None:
    proposal = starting(document, "We will brief")
    review.keep(proposal, by=w.mo, version=1, today=TODAY)

    with pytest.raises(Changed):
        review.keep(proposal, by=w.mo, version=1, today=TODAY)

    assert Commitment.objects.count() == 1


def test_only_the_manager_of_this_board_reviews(w: World, document: Document) -> None:
    stranger = world("mercia")

    for who in (w.alice, w.bob, w.carol, w.dan, w.ingrid, stranger.mo):
        with pytest.raises(NotAllowed):
            review.keep(starting(document, "We will brief"), by=who, version=1, today=TODAY)


def test_another_boards_agency_and_priority_are_refused(w: World, document: Document) -> None:
    other = world("mercia")

    with pytest.raises(Invalid, match="this board's agencies"):
        keep(document, "We will brief", w, filing=Filing("planned_work", other.police))
    with pytest.raises(Invalid, match="this board's priorities"):
        keep(document, "We will brief", w, priority=priority(other.board, 2))

    assert Commitment.objects.count() == 0


def test_a_run_costs_the_same_queries_whatever_its_length(
    w: World, document: Document, django_assert_num_queries: Any
) -> None:
    planned = [(p.pk, 1) for p in document.proposals.filter(kind="planned_work")]

    with django_assert_num_queries(13):
        review.keep_many(document, planned[:1], by=w.mo, today=TODAY)
    with django_assert_num_queries(13):
        review.keep_many(document, planned[1:4], by=w.mo, today=TODAY)
