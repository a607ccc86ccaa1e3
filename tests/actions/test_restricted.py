"""An unpublished review: few read its words, everybody's figures count it."""

import pytest

from actions import rollup
from actions.models import Action, Commitment, Event, Evidence, Seat, Source
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    """A restricted review under Bob's subgroup; its one action is Alice's, under no subgroup."""
    made = world()
    s = source(made)
    Source.objects.filter(pk=s.pk).update(restricted=True, subgroup=made.subgroup)
    c = Commitment.objects.create(
        board=made.board, number=1, source=s, kind="recommendation", words="Secret", agency=made.police
    )
    action(made, commitments=(c,), subgroup=None)
    action(made, subgroup=None)
    return made


def sees(seat: Seat) -> dict[str, int]:
    models = {"sources": Source, "commitments": Commitment, "actions": Action}
    return {name: model.objects.visible_to(seat).count() for name, model in models.items()}


def test_who_sees_how_much_of_it(w: World) -> None:
    everything = {"sources": 1, "commitments": 1, "actions": 2}

    assert {name: sees(getattr(w, name)) for name in ("mo", "ingrid", "bob", "carol", "alice", "dan")} == {
        "mo": everything,
        "ingrid": everything,
        "bob": everything,  # chairs the subgroup that watches over it
        "carol": {"sources": 0, "commitments": 1, "actions": 2},  # leads the agency asked
        "alice": {"sources": 0, "commitments": 1, "actions": 2},  # owns what answers it
        "dan": {"sources": 0, "commitments": 0, "actions": 1},
    }


def test_the_trail_and_the_evidence_are_as_closed_as_the_action(w: World) -> None:
    closed = Action.objects.get(number=1)
    Evidence.objects.create(board=w.board, action=closed, words="x", by=w.alice)

    assert Event.objects.visible_to(w.dan).filter(action=closed).count() == 0
    assert Event.objects.visible_to(w.alice).filter(action=closed).count() == 1
    assert Evidence.objects.visible_to(w.dan).count() == 0
    assert Evidence.objects.visible_to(w.alice).count() == 1


def test_figures_are_the_same_for_everyone_and_name_it_only_to_those_who_may(w: World) -> None:
    def by_source(seat: Seat) -> list[tuple[str, int]]:
        actions = Action.objects.on_board_of(seat)
        return [
            (f.name, f.counted) for f in rollup.figures(actions, seat.calendar(TODAY), by="source", seat=seat)
        ]

    assert by_source(w.dan) == [("Restricted review", 1), ("No source", 1)]
    assert by_source(w.mo) == [("SAR Katherine", 1), ("No source", 1)]
