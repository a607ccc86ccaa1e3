"""What was entered wrongly is put right: both values are kept, it counts as no change of plan, and its words can go."""

from datetime import date
from typing import Any

import pytest

from actions import audit, planning, progress, redaction
from actions.models import Action, Event, Subgroup
from actions.refusals import Invalid, NotAllowed
from tests import factories
from tests.actions.progress.lives import asked, continuing, done, line, now, signed_off, withdrawn
from tests.factories import TODAY, World, action, world


def test_both_sentences_are_kept_in_the_words_of_the_line(w: World) -> None:
    a = action(w, title="Breif them", detail="At Wessex")

    progress.correct(a, title="Brief them", detail="At Wells", reason=" Slips ", by=w.mo, **now(a))

    assert (a.title, a.detail) == ("Brief them", "At Wells")
    assert line(a) == {
        "verb": "correct",
        "by": w.mo,
        "status": "planned",
        "words": "Slips\n\nTitle was: Breif them\nNow: Brief them\n\nDetail was: At Wessex\nNow: At Wells",
        "detail": {},
    }


def test_of_all_else_both_values_are_kept_beside_the_words(w: World) -> None:
    a = action(w)
    quality = Subgroup.objects.create(board=w.board, name="Quality")
    voice = factories.priority(w.board, 2, "Voice")
    entered = {
        "due_on": date(2026, 7, 11), "start_on": date(2026, 6, 9), "priority": voice, "subgroup": quality,
    }  # fmt: skip

    progress.correct(a, **entered, title=a.title, reason="Slip", by=w.mo, **now(a))

    assert {name: getattr(a, name) for name in entered} == entered
    assert line(a)["words"] == "Slip"
    assert line(a)["detail"] == {
        "due_on": ["2026-07-01", "2026-07-11"],
        "start_on": [None, "2026-06-09"],
        "priority": [w.priority.pk, voice.pk],
        "subgroup": [w.subgroup.pk, quality.pk],
    }


def test_a_date_typed_wrongly_counts_as_no_move_and_its_first_date_goes_with_it(w: World) -> None:
    a, moved = action(w), action(w)
    progress.reschedule(moved, due_on=date(2026, 8, 1), by=w.bob, reason="Ill", **now(moved))

    for one in (a, moved):
        progress.correct(one, due_on=date(2026, 7, 11), reason="Slip", by=w.mo, **now(one))

    assert [(one.due_on, one.first_due_on, one.times_moved, one.due_version) for one in (a, moved)] == [
        (date(2026, 7, 11), date(2026, 7, 11), 0, 2),
        (date(2026, 7, 11), date(2026, 7, 1), 1, 3),
    ]


def test_the_day_it_was_done_is_put_right_after_sign_off_too(w: World) -> None:
    a = signed_off(w)

    progress.correct(a, done_on=date(2026, 5, 20), reason="Slip", by=w.mo, **now(a))

    assert (a.status, a.done_on, a.signed_off_on) == ("signed_off", date(2026, 5, 20), TODAY)


def test_whatever_it_stands_at_it_can_be_put_right(w: World) -> None:
    draft = planning.raise_draft("Ask", by=w.mo, today=TODAY, priority=w.priority)
    for a in (draft, action(w), asked(w), done(w), signed_off(w), withdrawn(w)):
        status = a.status
        progress.correct(a, title="Ask families", reason="Slip", by=w.mo, **now(a))
        assert (a.title, a.status) == ("Ask families", status)


def test_what_does_not_fit_is_said_at_its_field(w: World) -> None:
    a, endless, other = action(w), continuing(w), world("mercia")
    finished = done(w)
    wrong: list[tuple[Action, dict[str, Any], str, str]] = [
        (a, {"reason": " ", "title": "x"}, "reason", "Say what was wrong."),
        (a, {}, "", "Nothing here differs from what stands. Change what was entered wrongly."),
        (a, {"title": a.title}, "", "Nothing here differs from what stands. Change what was entered wrongly."),
        (a, {"title": " "}, "title", "An action has a title."),
        (a, {"priority": other.priority}, "priority", "Choose a priority of this board."),
        (a, {"subgroup": other.subgroup}, "subgroup", "Choose a subgroup of this board."),
        (a, {"due_on": None}, "due_on", "Only an action with a due date has one to correct."),
        (endless, {"due_on": TODAY}, "due_on", "Only an action with a due date has one to correct."),
        (a, {"done_on": TODAY}, "done_on", "Only what is done has a day on which it was."),
        (finished, {"done_on": None}, "done_on", "Only what is done has a day on which it was."),
        (finished, {"done_on": date(2026, 6, 4)}, "done_on", "The day it was done cannot be in the future."),
        (a, {"start_on": date(2026, 7, 2)}, "start_on", "The start date is after the due date."),
    ]  # fmt: skip

    for one, entered, field, words in wrong:
        with pytest.raises(Invalid) as refused:
            progress.correct(one, **({"reason": "Slip"} | entered), by=w.mo, **now(one))
        assert (refused.value.field, refused.value.message) == (field, words)
    assert not Event.objects.filter(verb="correct").exists()


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_only_the_manager_corrects(w: World, who: str) -> None:
    a = action(w)

    with pytest.raises(NotAllowed, match=r"It is for the board manager\.$"):
        progress.correct(a, title="x", reason="Slip", by=getattr(w, who), **now(a))


# -- its words can be removed -----------------------------------------------------------------------------------

SECRET = "Mrs Quillfeather"
MARK = "Removed by Mo Manager on 3 June 2026: Named the adult"


def by_mo(w: World) -> dict[str, Any]:
    return {"by": w.mo, "reason": "Named the adult", "today": TODAY}


def emptied(w: World) -> list[str]:
    """The verbs of the lines that lost their words; the trail stands, and the name is nowhere in it."""
    assert not Event.objects.filter(words__contains=SECRET).exists()
    assert audit.verify(w.board) == []
    return list(Event.objects.filter(words=None).order_by("seq").values_list("verb", flat=True))


def test_with_the_line_goes_what_it_put_right_and_what_stands_now_stays(w: World) -> None:
    a = action(w, title=f"Visit {SECRET}", detail=f"Ask {SECRET}\nand her son")
    progress.correct(a, title="Visit her", reason="A name", by=w.mo, **now(a))
    progress.correct(a, title="Visit the adult", detail="Ask them", reason="Named", by=w.mo, **now(a))

    redaction.line(Event.objects.filter(verb="correct")[1], **by_mo(w))
    redaction.line(Event.objects.filter(verb="correct")[0], **by_mo(w))

    a.refresh_from_db()
    assert (a.title, a.detail) == ("Visit the adult", "Ask them")
    assert emptied(w) == ["plan", "correct", "correct"]


def test_with_the_first_line_go_the_corrections_that_keep_its_words(w: World) -> None:
    a = action(w, title=f"Visit {SECRET}")
    progress.correct(a, title="Visit the adult", reason="A name", by=w.mo, **now(a))

    redaction.line(Event.objects.get(verb="plan"), **by_mo(w))

    assert emptied(w) == ["plan", "correct"]


def test_with_title_and_detail_go_the_corrections_that_gave_them(w: World) -> None:
    a = action(w, title="Visit her", detail="Ask")
    progress.correct(a, title=f"Visit {SECRET}", detail=f"Ask {SECRET}", reason="Who?", by=w.mo, **now(a))

    redaction.action(a, **by_mo(w))

    a.refresh_from_db()
    assert (a.title, a.detail) == (MARK, MARK)
    assert emptied(w) == ["correct"]


def test_a_correction_of_a_day_keeps_its_words_when_others_go(w: World) -> None:
    a = action(w, title=f"Visit {SECRET}")
    progress.correct(a, due_on=date(2026, 7, 11), reason="Slip", by=w.mo, **now(a))

    redaction.action(a, **by_mo(w))

    assert emptied(w) == ["plan"]
