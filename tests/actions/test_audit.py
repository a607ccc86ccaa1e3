"""Whoever gets at the database and changes the trail is found out, by the line."""

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from actions import audit, progress, redaction, trail, triggers
from actions.models import BoardHead, Event
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    """Four lines: plan, start, update, finish."""
    w = world()
    a = action(w)
    progress.start(a, by=w.alice, version=1, today=TODAY)
    progress.update(a, confidence="on_track", words="Two of five", by=w.alice, version=2, today=TODAY)
    progress.finish(a, words="All briefed", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    return w


@pytest.fixture
def lifted() -> Iterator[None]:
    """An intruder who owns the database lifts the triggers first."""
    triggers.remove()
    yield
    triggers.install()


def faults(w: World) -> list[str]:
    return [str(fault) for fault in audit.verify(w.board)]


def not_the_end(seq: int) -> str:
    return f"line {seq}: is not where the trail ended: its end was changed, and its seal does not fit"


def line(seq: int) -> Event:
    return Event.objects.get(seq=seq)


def test_a_trail_that_nobody_touched_stands(w: World) -> None:
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert faults(w) == []
    assert out.getvalue().startswith("wessex: 4 lines, all as written, the last sealed ")


def test_redacted_words_are_no_fault(w: World) -> None:
    redaction.line(line(3), by=w.mo, reason="Named the adult", today=TODAY)

    assert line(3).words is None
    assert faults(w) == []


def test_words_that_went_without_a_line_saying_who_removed_them_are_named(w: World) -> None:
    Event.objects.filter(seq=3).update(words=None, salt=None)

    assert faults(w) == ["line 3: its words are gone, and no line says who removed them"]


@pytest.mark.usefixtures("lifted")
@pytest.mark.parametrize(
    "change", [{"on": date(2026, 1, 1)}, {"due_on": None}, {"status": "signed_off"}, {"detail": {"a": 1}}]
)
def test_an_edited_line_is_named(w: World, change: dict[str, object]) -> None:
    Event.objects.filter(seq=2).update(**change)

    assert faults(w) == ["line 2: “start” was edited or added: its seal does not fit"]


@pytest.mark.usefixtures("lifted")
def test_a_line_put_down_to_somebody_else_is_named(w: World) -> None:
    Event.objects.filter(seq=2).update(by=w.dan)

    assert faults(w) == ["line 2: “start” was edited or added: its seal does not fit"]


@pytest.mark.usefixtures("lifted")
def test_edited_words_are_named(w: World) -> None:
    Event.objects.filter(seq=3).update(words="Five of five")

    assert faults(w) == ["line 3: the words of “update” were edited"]


@pytest.mark.usefixtures("lifted")
def test_deleted_lines_are_named(w: World) -> None:
    Event.objects.filter(seq__in=[2, 3]).delete()

    assert faults(w) == ["line 2: is missing, and all up to 3"]


@pytest.mark.usefixtures("lifted")
def test_a_line_deleted_and_the_rest_moved_up_is_named(w: World) -> None:
    Event.objects.filter(seq=2).delete()
    Event.objects.filter(seq=3).update(seq=2)
    Event.objects.filter(seq=4).update(seq=3)

    assert faults(w) == [
        "line 2: does not follow the line before it",
        "line 2: “update” was edited or added: its seal does not fit",
        "line 3: “finish” was edited or added: its seal does not fit",
        "line 4: the end was cut off: the trail went to 4",
    ]


@pytest.mark.usefixtures("lifted")
def test_a_cut_off_end_is_named(w: World) -> None:
    Event.objects.filter(seq__gt=2).delete()

    assert faults(w) == ["line 3: the end was cut off: the trail went to 4"]


@pytest.mark.usefixtures("lifted")
def test_an_end_cut_off_with_the_head_moved_back_is_named_and_stays_so(w: World) -> None:
    Event.objects.filter(seq__gt=2).delete()
    BoardHead.objects.filter(board=w.board).update(seq=2, hash=line(2).hash)
    assert faults(w) == [not_the_end(2)]

    action(w, title="Another")  # a line written afterwards does not hide it

    assert faults(w) == [not_the_end(3)]
    assert [str(fault) for fault in audit.end(w.board)] == [not_the_end(3)]


@pytest.mark.usefixtures("lifted")
def test_a_trail_that_is_gone_altogether_is_named(w: World) -> None:
    Event.objects.all().delete()
    BoardHead.objects.filter(board=w.board).update(seq=0, hash="")
    assert faults(w) == ["line 1: the whole trail was cut off: the board has actions"]

    BoardHead.objects.all().delete()

    gone = ["line 0: the end of the trail is not recorded any more: its head was deleted"]
    assert (faults(w), [str(fault) for fault in audit.end(w.board)]) == (gone, gone)


def test_a_line_added_at_the_end_past_the_application_is_named(w: World) -> None:
    forged = line(4)
    forged.pk, forged.seq, forged.prev_hash = None, 5, forged.hash
    forged.save(force_insert=True)

    assert faults(w) == [
        "line 5: “finish” was edited or added: its seal does not fit",
        "line 5: stands after the end of the trail, which is 4: it was added",
    ]


def test_a_line_added_and_the_head_moved_with_it_is_named(w: World) -> None:
    forged = line(4)
    forged.pk, forged.seq, forged.prev_hash, forged.hash = None, 5, forged.hash, "0" * 64
    forged.save(force_insert=True)
    BoardHead.objects.filter(board=w.board).update(seq=5, hash="0" * 64)

    assert faults(w) == ["line 5: “finish” was edited or added: its seal does not fit", not_the_end(5)]


@pytest.mark.usefixtures("lifted")
def test_without_the_key_a_new_seal_is_no_use(w: World) -> None:
    edited = line(4)
    edited.status = "signed_off"
    with override_settings(AUDIT_KEY="the-intruder-has-another"):
        seal = trail.seal(edited)
    Event.objects.filter(seq=4).update(status="signed_off", hash=seal)
    BoardHead.objects.filter(board=w.board).update(hash=seal)

    assert faults(w) == ["line 4: “finish” was edited or added: its seal does not fit", not_the_end(4)]


@pytest.mark.usefixtures("lifted")
def test_a_missing_trigger_is_named_and_fails(w: World) -> None:
    out = StringIO()

    with pytest.raises(CommandError, match="does not stand as it was written"):
        call_command("verify_audit", stdout=out)

    assert audit.missing_triggers() == triggers.names(connection.vendor)
    assert f"The trigger {triggers.names(connection.vendor)[0]} is missing" in out.getvalue()


def test_a_single_trigger_gone_or_switched_off_is_named() -> None:
    name, lift = {
        "postgresql": ("event_no_change", f"ALTER TABLE {triggers.EVENT} DISABLE TRIGGER event_no_change"),
        "sqlite": ("event_no_delete", "DROP TRIGGER event_no_delete"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(lift)

    assert audit.missing_triggers() == [name]


def test_one_board_is_checked_by_its_name(w: World) -> None:
    world("mercia")
    out = StringIO()

    call_command("verify_audit", board="mercia", stdout=out)

    assert out.getvalue() == "mercia: 0 lines, all as written\n"
    with pytest.raises(CommandError, match="There is no board “nowhere”"):
        call_command("verify_audit", board="nowhere")
