"""Keeping agencies, subgroups and kinds of source: who may, what is refused, what the trail says."""

from typing import Any

import pytest
from django.db.models import PROTECT

from actions import boards, kept
from actions.models import Agency, Board, Event, SourceKind, Subgroup
from actions.refusals import Changed, Invalid, NotAllowed
from tests.factories import TODAY, World, make_board, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def last(w: World) -> Event:
    return w.board.events.first()


def agency(w: World, row: Agency | None = None, **changes: Any) -> Agency:
    given = {"name": "Wessex Fire", "short_name": "Fire", "attendance": "papers", "by": w.mo} | changes
    row = row or Agency(board=w.board)
    return boards.keep_agency(row, today=TODAY, saw=given.pop("saw", kept.mark(row)), **given)


def test_a_new_board_begins_with_kinds_of_source_among_them_the_partner_return() -> None:
    board = make_board("mercia")

    boards.default_kinds(board)

    assert board.source_kinds.count() == 11
    assert board.source_kinds.get(slug="partner-return").name == "Partner return"


def test_the_boards_own_name_and_bank_holidays_are_kept_with_a_line(w: World) -> None:
    given: dict[str, Any] = {"name": " Wessex and  Coast ", "division": "WLS", "saw": kept.mark(w.board)}

    with pytest.raises(NotAllowed):
        boards.keep_board(w.board, **given, by=w.ingrid, today=TODAY)
    with pytest.raises(NotAllowed):
        boards.keep_board(w.board, **given, by=world("mercia").mo, today=TODAY)
    with pytest.raises(Invalid, match="whose bank holidays"):
        boards.keep_board(w.board, **given | {"division": "EU"}, by=w.mo, today=TODAY)
    boards.keep_board(Board.objects.get(pk=w.board.pk), **given, by=w.mo, today=TODAY)

    assert (last(w).verb, last(w).words) == ("keep_board", "Wessex and Coast")
    assert last(w).detail["changed"] == {
        "name": ["Wessex Safeguarding Adults Board", "Wessex and Coast"],
        "division": ["ENG", "WLS"],
    }
    with pytest.raises(Changed):
        boards.keep_board(w.board, **given, by=w.mo, today=TODAY)


def test_an_agency_is_added_and_changed_with_a_line_each(w: World) -> None:
    made = agency(w)
    added = last(w)
    agency(w, made, short_name="FRS")

    assert (added.verb, added.by, added.words) == ("keep_agency", w.mo, "Wessex Fire")
    assert last(w).detail == {
        "agency": made.pk,
        "name": "Wessex Fire",
        "short_name": "FRS",
        "attendance": "papers",
        "changed": {"short_name": ["Fire", "FRS"]},
    }


def test_saving_what_stands_writes_no_line(w: World) -> None:
    made = agency(w)
    agency(w, made)

    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "wessex POLICE"}, "name"),
        ({"short_name": "police"}, "short_name"),
        ({"attendance": "never"}, "attendance"),
    ],
)
def test_what_does_not_fit_is_refused_on_its_field(w: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        agency(w, **changes)

    assert refusal.value.field == field
    assert Agency.objects.count() == 2


def test_the_second_of_two_who_save_is_told_what_stands(w: World) -> None:
    seen = kept.mark(w.police)
    agency(w, w.police, name="Wessex Constabulary", short_name="Police")

    with pytest.raises(Changed, match="It now says: Wessex Constabulary; Police; papers"):
        agency(w, Agency.objects.get(pk=w.police.pk), name="Police of Wessex", saw=seen)

    assert Agency.objects.get(pk=w.police.pk).name == "Wessex Constabulary"


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_only_the_manager_keeps_the_board(w: World, who: str) -> None:
    with pytest.raises(NotAllowed, match="board manager"):
        agency(w, by=getattr(w, who))
    with pytest.raises(NotAllowed):
        boards.remove(w.subgroup, by=getattr(w, who), today=TODAY, saw=kept.mark(w.subgroup))


def test_another_boards_manager_keeps_nothing_here(w: World) -> None:
    other = world("mercia")

    with pytest.raises(NotAllowed):
        agency(w, w.police, by=other.mo)


def test_what_is_used_says_by_what_and_stays(w: World) -> None:
    with pytest.raises(Invalid, match="is in use: 2 people"):
        boards.remove(w.police, by=w.mo, today=TODAY, saw=kept.mark(w.police))
    with pytest.raises(Invalid, match="is in use: 1 seat"):
        boards.remove(w.subgroup, by=w.mo, today=TODAY, saw=kept.mark(w.subgroup))


def test_what_nothing_names_goes_and_the_trail_says_what_it_was(w: World) -> None:
    made = boards.keep_subgroup(Subgroup(board=w.board), name="Voice", by=w.mo, today=TODAY)
    pk = made.pk

    boards.remove(made, by=w.mo, today=TODAY, saw=kept.mark(made))

    assert not Subgroup.objects.filter(pk=pk).exists()
    assert (last(w).verb, last(w).detail) == ("remove_subgroup", {"subgroup": pk, "name": "Voice"})


def test_a_kinds_slug_is_made_once_and_never_taken_twice(w: World) -> None:
    kind = boards.keep_source_kind(SourceKind(board=w.board), name="Sar", by=w.mo, today=TODAY)
    assert kind.slug == "sar-2"

    boards.keep_source_kind(kind, name="Thematic review", by=w.mo, today=TODAY, saw=kept.mark(kind))

    assert (SourceKind.objects.get(pk=kind.pk).slug, kind.name) == ("sar-2", "Thematic review")


@pytest.mark.parametrize("model", kept.USES, ids=lambda model: str(model.__name__))
def test_whatever_may_name_a_row_is_told_before_it_is_removed(model: Any) -> None:
    named = {
        (one.related_model, one.field.name)
        for one in model._meta.get_fields(include_hidden=True)
        if one.one_to_many and one.on_delete is PROTECT
    }

    assert {(by, column) for _, by, column in kept.USES[model]} == named
