"""What the one filter finds, and that it neither offers nor finds another board's rows."""

from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory

from actions import progress, rollup
from actions.filters import ActionFilter
from actions.models import Action, Answer, Commitment, Seat, Status
from tests.factories import TODAY, World, action, priority, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def asked(seat: Seat, query: Any = "") -> ActionFilter:
    request = RequestFactory().get("/", query_params=query)
    request.seat = seat  # type: ignore[attr-defined]
    return ActionFilter(request.GET, queryset=Action.objects.standing(seat), request=request)


def found(seat: Seat, **query: Any) -> list[int]:
    return [a.number for a in asked(seat, query).qs]


def draft(w: World, number: int, title: str = "Not planned yet") -> Action:
    return Action.objects.create(board=w.board, number=number, title=title, status=Status.DRAFT)


def commitment(w: World, of: Any, number: int) -> Commitment:
    return Commitment.objects.create(
        board=w.board, number=number, source=of, kind="recommendation", words=f"Words {number}"
    )


def test_with_nothing_asked_all_of_the_board_comes_most_urgent_first_and_undated_last(w: World) -> None:
    draft(w, 9)
    action(w, due_on=date(2026, 8, 1))
    action(w, due_on=date(2026, 7, 1))
    action(world("mercia"))

    assert found(w.alice) == [2, 1, 9]


def test_by_status_several_at_once(w: World) -> None:
    action(w)
    started = action(w)
    draft(w, 9)
    progress.start(started, by=w.alice, version=1, today=TODAY)

    assert found(w.alice, status=["started", "draft"]) == [2, 9]


def test_overdue_is_planned_or_started_past_its_day(w: World) -> None:
    action(w, due_on=date(2026, 6, 2))
    action(w, due_on=TODAY)
    finished = action(w, due_on=date(2026, 6, 1))
    progress.finish(finished, words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    draft(w, 9)

    assert found(w.alice, overdue="true") == [1]
    assert found(w.alice, overdue="on") == [1]
    assert found(w.alice, overdue="false") == [3, 2, 9]


def test_by_where_it_stands(w: World) -> None:
    action(w)
    late = action(w, due_on=date(2026, 6, 2))
    progress.start(late, by=w.alice, version=1, today=TODAY)

    assert {key: found(w.alice, rag=key) for key in ("amber", "silent", "red")} == {
        "amber": [2],
        "silent": [1],
        "red": [],
    }
    assert {a.number: a.rag for a in asked(w.alice).qs} == {1: "silent", 2: "amber"}


def test_by_a_figure_it_finds_as_many_as_the_figure_says(w: World) -> None:
    action(w, due_on=date(2026, 5, 1))
    action(w, due_on=None, look_again_on=date(2026, 9, 1))
    progress.finish(action(w), words="Done", done_on=TODAY, by=w.alice, version=1, today=TODAY)
    (figures,) = rollup.figures(Action.objects.visible_to(w.mo), w.board.calendar(TODAY))

    assert {name: len(found(w.mo, figure=name)) for name in rollup.NAMES} == {
        name: figures.withdrawn[name.removeprefix("withdrawn_")]
        if name.startswith("withdrawn_")
        else getattr(figures, name)
        for name in rollup.NAMES
    }
    assert found(w.mo, figure="overdue") == [1]
    assert found(w.mo, figure="continuing") == [2]


def test_by_owner_agency_priority_and_subgroup(w: World) -> None:
    other = priority(w.board, 2, "Prevention")
    action(w)
    action(w, owner=w.dan, priority=other, subgroup=None)

    assert found(w.mo, owner=w.dan.pk) == found(w.dan, mine="true") == [2]
    assert found(w.dan, mine="false") == [1]
    assert found(w.mo, agency=w.police.pk) == [1]
    assert found(w.mo, priority=other.pk) == [2]
    assert found(w.mo, subgroup=w.subgroup.pk) == [1]
    assert found(w.mo, subgroup="none") == [2]


def test_by_source_an_action_counts_once_however_much_of_it_it_answers(w: World) -> None:
    katherine, leo = source(w), source(w, "SAR Leo", "Leo")
    first, second, third = (commitment(w, of, n) for n, of in enumerate([katherine, katherine, leo], 1))
    action(w, commitments=(first, second, third))
    action(w, commitments=(third,))

    assert Answer.objects.count() == 4
    assert found(w.mo, source=katherine.pk) == [1]
    assert found(w.mo, source=leo.pk) == [1, 2]
    assert asked(w.mo, {"source": leo.pk}).qs.count() == 2


@pytest.mark.parametrize("q", ["custody", "CUSTODY serg", "A-1", "a1", " 1 "])
def test_words_are_looked_for_in_title_and_reference(w: World, q: str) -> None:
    action(w)
    action(w, title="Write the leaflet")

    assert found(w.mo, q=q) == [1]


def test_words_are_looked_for_in_the_detail(w: World) -> None:
    action(w)
    action(w, title="Write the leaflet", detail="Easy read, with the carers' network: 100% of it")

    assert found(w.mo, q="easy READ") == found(w.mo, q="100%") == [2]
    assert found(w.mo, q="%") == [2]


def test_by_due_day_both_ends_included(w: World) -> None:
    for day in (1, 2, 3):
        action(w, due_on=date(2026, 7, day))

    assert found(w.mo, due_after="2026-07-02") == [2, 3]
    assert found(w.mo, due_before="2026-07-02") == [1, 2]
    assert found(w.mo, due_before="2/7/2026", due_after="2026-07-02") == [2]


@pytest.mark.parametrize(
    ("ordering", "numbers"),
    [
        ("due_on", [2, 1, 9]),
        ("-due_on", [1, 2, 9]),
        ("number", [1, 2, 9]),
        ("-number", [9, 2, 1]),
        ("title", [1, 9, 2]),
        ("-title", [2, 9, 1]),
        ("status", [9, 1, 2]),
        ("-status", [2, 1, 9]),
        ("said_on", [2, 1, 9]),
        ("-said_on", [2, 1, 9]),
    ],
)
def test_orders_put_what_has_no_value_last_and_keep_equals_in_one_order(
    w: World, ordering: str, numbers: list[int]
) -> None:
    action(w, title="Advise", due_on=date(2026, 8, 1))
    said = action(w, title="Coach", due_on=date(2026, 7, 1))
    draft(w, 9, "Brief")
    progress.update(said, confidence="on_track", words="Begun", by=w.alice, version=1, today=TODAY)

    assert found(w.mo, ordering=ordering) == numbers


@pytest.mark.parametrize(
    "query",
    [
        {"status": "finished"},
        {"overdue": "perhaps"},
        {"mine": "1"},
        {"rag": "none"},
        {"agency": "police"},
        {"owner": "9" * 19},
        {"owner": "none"},
        {"source": "-1"},
        {"source": "null"},
        {"agency": "null"},
        {"due_before": "2026-02-30"},
        {"ordering": "owner__user__password"},
        {"q": "nul\x00"},
        {"q": "x" * 201},
    ],
)
def test_what_it_does_not_understand_is_an_error_and_finds_nothing(w: World, query: dict[str, str]) -> None:
    action(w)

    shown = asked(w.mo, query)

    assert (list(shown.errors), list(shown.qs)) == (list(query), [])


def test_another_boards_id_finds_what_nobodys_id_finds(w: World) -> None:
    other = world("mercia")
    theirs = source(other)
    action(w)
    action(other)

    for name, thing in {
        "agency": other.police,
        "owner": other.alice,
        "priority": other.priority,
        "subgroup": other.subgroup,
        "source": theirs,
    }.items():
        for pk in (thing.pk, 987_654):
            shown = asked(w.mo, {name: pk})
            assert (dict(shown.errors), list(shown.qs)) == ({}, []), name


def test_no_choice_offers_another_boards_rows(w: World) -> None:
    other = world("mercia")
    source(other, "SAR Theirs")
    source(w, "SAR Ours")

    fields = asked(w.alice).form.fields
    offered = {
        name: [str(label) for _, label in fields[name].choices]
        for name in ("agency", "owner", "priority", "subgroup", "source")
    }

    assert offered == {
        "agency": ["Any", "No agency", "Wessex Council", "Wessex Police"],
        "owner": [
            "Anyone",
            "Alice Owner",
            "Bob Chair",
            "Carol Lead",
            "Dan Member",
            "Ingrid Chair",
            "Mo Manager",
        ],
        "priority": ["Any", "No priority", "1. Making safeguarding personal"],
        "subgroup": ["Any", "The board's own", "Learning and Review"],
        "source": ["Any", "SAR Ours"],
    }


def test_a_ticked_box_stays_ticked_and_keeps_its_address(w: World) -> None:
    form = asked(w.alice, {"overdue": "true"}).form

    assert str(form["overdue"]).count("checked") == 1
    assert 'value="true"' in str(form["overdue"])
    assert "checked" not in str(form["mine"])


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_of_the_list_is_one_count_and_one_select(
    w: World, many: int, django_assert_num_queries: Any
) -> None:
    leo = source(w)
    for number in range(1, many + 1):
        action(w, commitments=(commitment(w, leo, number),))
    seat = Seat.objects.for_request(w.alice.user_id, "wessex").get()
    ids = {"agency": w.police.pk, "owner": w.alice.pk, "priority": w.priority.pk, "source": leo.pk}

    with django_assert_num_queries(2):
        qs = asked(seat, ids | {"q": "custody", "status": "planned", "rag": "silent"}).qs
        assert (qs.count(), [a.owner.name for a in qs[:25]]) == (many, ["Alice Owner"] * many)
