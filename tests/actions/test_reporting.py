"""A paper is drafted, written, issued, issued again; what is issued stays as it was, whatever becomes of the board."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from actions import audit, boards, impact, kept, planning, progress, redaction, reporting
from actions.impact import Found
from actions.models import (
    Action,
    Commitment,
    Event,
    Meeting,
    Passage,
    Report,
    Source,
)
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def meeting(w: World, days: int = 7, **about: Any) -> Meeting:
    day = TODAY + timedelta(days=days)
    return Meeting.objects.create(
        board=w.board, **{"meets_on": day, "cut_off_on": day - timedelta(days=14)} | about
    )


def drafted(w: World, **about: Any) -> Report:
    return reporting.draft(meeting(w, **about), by=w.mo, today=TODAY)


def issued(w: World, **about: Any) -> Report:
    report = drafted(w, **about)
    reporting.write(report, {"opening": "A good quarter."}, by=w.mo, saves=1, today=TODAY)
    return reporting.issue(report, by=w.mo, saves=2, today=TODAY)


def late(w: World, **about: Any) -> Action:
    one = action(w, due_on=TODAY - timedelta(days=10), **about)
    said = {"confidence": "off_track", "words": "The trainer left.", "needed_from_board": "A second trainer."}
    return progress.update(one, **said, by=w.alice, version=1, today=TODAY)


def said(report: Report) -> str:
    """Everything that it shows, as one text."""
    there = Report.objects.get(pk=report.pk)
    found: list[str] = []

    def walk(tree: Any) -> None:
        if isinstance(tree, Passage):
            found.append(tree.text if tree.text is not None else f"[{tree.removed}]")
        elif isinstance(tree, dict):
            for value in tree.values():
                walk(value)
        elif isinstance(tree, list):
            for value in tree:
                walk(value)
        else:
            found.append(str(tree))

    shown = reporting.shown(there)
    walk([shown.figures["title"], shown.figures["as_of"], shown.sections, shown.reason])
    return " · ".join(found)


# -- what it says --------------------------------------------------------------------------------------------


def test_a_board_summary_says_what_a_board_asks(w: World) -> None:
    late(w, title="Brief every sergeant")
    moved = action(w, title="Write the protocol")
    planning.reschedule(
        moved,
        due_on=TODAY + timedelta(days=60),
        reason="The lawyer is ill.",
        by=w.bob,
        version=1,
        today=TODAY,
    )
    lives.asked(w, title="Audit the files")
    done = lives.signed_off(w, title="Ask families")
    impact.review(
        {done: done.version}, Found("embedded", "Ten files.", "Families are asked."), by=w.ingrid, today=TODAY
    )

    words = said(drafted(w))

    for one in (
        "Board summary",
        "1. Making safeguarding personal",
        "Brief every sergeant",
        "The trainer left.",
        "A second trainer.",
        "The lawyer is ill.",
        "Families are asked.",
        "Audit the files",
        "Alice Owner, Police",
        "1 embedded",
    ):
        assert one in words


def test_a_pack_is_of_its_subgroup_alone_and_lists_every_open_action(w: World) -> None:
    for number in range(12):
        action(w, title=f"Ours {number}")
    lives.done(w, title="To be checked")
    action(w, title="The board's own", subgroup=None)

    report = drafted(w, subgroup=w.subgroup)

    words = said(report)
    assert report.kind == Report.Kind.SUBGROUP_PACK
    assert all(f"Ours {number}" in words for number in range(12))
    assert "To be checked" in words
    assert "The board's own" not in words


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (14, "for the cut-off of 3 June 2026, the same day."),
        (7, "for the cut-off of 27 May 2026, 7 days before."),
        (15, "for the cut-off of 4 June 2026, which is 1 day later: what happens until then is not in them."),
    ],
)
def test_it_says_when_its_figures_were_counted_and_for_which_cut_off(w: World, days: int, told: str) -> None:
    report = drafted(w, days=days)

    assert report.figures["as_of"] == f"Figures as of 3 June 2026, 12:00, {told}"


def test_a_restricted_review_counts_and_has_no_word_in_a_paper_of_anybody(w: World) -> None:
    sealed = source(w, "SAR Morwenna", "Morwenna")
    Source.objects.filter(pk=sealed.pk).update(restricted=True, subgroup=w.subgroup)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=sealed, kind="recommendation", words="Morwenna"
    )
    late(w, title="Do as Morwenna asks", commitments=(asked,))
    done = lives.signed_off(w, title="Done for Morwenna", commitments=(asked,))
    found = Found("embedded", "Morwenna", "Morwenna is safe")
    impact.review({done: done.version}, found, by=w.ingrid, today=TODAY)

    board = drafted(w)
    pack = reporting.draft(meeting(w, subgroup=w.subgroup), by=w.bob, today=TODAY)

    assert board.figures["numbers"]["whole"]["counted"] == 2
    for report in (board, pack):
        assert "Morwenna" not in said(report) + str(report.figures)
        assert "Restricted review" in said(report)
    assert not Passage.objects.filter(text__contains="Morwenna").exists()


def test_what_was_restricted_after_the_figures_were_counted_is_not_issued(w: World) -> None:
    open_ = source(w)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=open_, kind="recommendation", words="Do"
    )
    late(w, commitments=(asked,))
    report = drafted(w)
    Source.objects.filter(pk=open_.pk).update(restricted=True)

    with pytest.raises(Invalid, match="Count them again"):
        reporting.issue(report, by=w.mo, saves=1, today=TODAY)

    reporting.refresh(report, by=w.mo, saves=1, today=TODAY)
    reporting.issue(report, by=w.mo, saves=2, today=TODAY)
    assert "Brief every custody sergeant" not in said(report)


def test_nothing_said_and_words_that_were_removed_are_told_apart(w: World) -> None:
    action(w, title="Silent")
    one = late(w)
    redaction.line(Event.objects.get(action=one, verb="update"), by=w.mo, reason="Named", today=TODAY)

    words = said(drafted(w, subgroup=w.subgroup))

    assert "Nothing yet" in words
    assert "These words were removed." in words


# -- frozen --------------------------------------------------------------------------------------------------


def test_opened_later_it_says_the_same_whatever_became_of_the_board(w: World) -> None:
    one = late(w, title="Brief every sergeant")
    report = issued(w)
    before = said(report)

    saw = kept.mark(w.police)
    agency = {"name": "Mercia Police", "short_name": "Mercia", "attendance": "papers"}
    boards.keep_agency(w.police, **agency, by=w.mo, today=TODAY, saw=saw)
    boards.keep_subgroup(w.subgroup, name="Quality", by=w.mo, today=TODAY, saw=kept.mark(w.subgroup))
    progress.correct(one, title="Another", reason="Slip", by=w.mo, version=2, today=TODAY)
    progress.finish(one, words="Done", done_on=TODAY, by=w.alice, version=3, today=TODAY)
    type(w.alice).objects.filter(pk=w.alice.pk).update(name="Alice Married")

    assert said(report) == before
    assert reporting.faults(w.board) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda report: Report.objects.filter(pk=report.pk).update(figures={}),
        lambda report: Report.objects.filter(pk=report.pk).update(state="draft", hash=""),
        lambda report: Report.objects.filter(pk=report.pk).delete(),
        lambda report: report.passages.update(text="Another"),
        lambda report: report.passages.update(issued=False),
        lambda report: report.passages.update(text=None),
        lambda report: report.passages.all().delete(),
    ],
)
def test_the_database_refuses_to_change_what_is_issued(w: World, change: Any) -> None:
    report = issued(w)
    before = said(report)

    with pytest.raises(DatabaseError, match="an issued report stays as it is"), transaction.atomic():
        change(report)

    assert said(report) == before


def test_its_hash_in_the_trail_proves_what_was_issued(w: World) -> None:
    report = issued(w)

    line = Event.objects.get(verb="issue_report")

    assert line.detail["hash"] == report.hash
    assert reporting.faults(w.board) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"figures": {"sections": []}}, "it is not what the trail says was issued"),
        ({"version": 3}, "it is not what the trail says was issued"),
        ({"hash": "0" * 64}, "it is not what the trail says was issued"),
    ],
)
@pytest.mark.usefixtures("lifted")
def test_a_report_changed_behind_the_trackers_back_is_named(w: World, change: Any, fault: str) -> None:
    report = issued(w)
    again = reporting.reissue(report, reason="Slip", by=w.mo, today=TODAY)
    reporting.issue(again, by=w.mo, saves=1, today=TODAY)
    Report.objects.filter(pk=again.pk).update(**change)

    assert reporting.faults(w.board) == [f"report {again.pk}: {fault}"]


@pytest.mark.usefixtures("lifted")
def test_words_changed_behind_the_trackers_back_are_named(w: World) -> None:
    report = issued(w)
    report.passages.filter(place="words.opening").update(text="A bad quarter.")

    assert reporting.faults(w.board) == [f"report {report.pk}: the words at words.opening were edited"]


@pytest.fixture
def lifted() -> Any:
    """As one who reaches the database would lift them."""
    from actions import triggers

    triggers.remove()
    yield
    triggers.install()


def test_words_put_in_by_mistake_are_destroyed_in_every_version_and_the_hash_holds(w: World) -> None:
    report = issued(w)
    again = reporting.reissue(report, reason="Slip", by=w.mo, today=TODAY)
    reporting.issue(again, by=w.mo, saves=1, today=TODAY)

    opening = report.passages.get(place="words.opening")
    redaction.passage(opening, by=w.mo, reason="Names an adult", today=TODAY)

    assert not Passage.objects.filter(text="A good quarter.").exists()
    for one in (report, again):
        assert "[Removed by Mo Manager on 3 June 2026: Names an adult]" in said(one)
    assert reporting.faults(w.board) == []
    assert audit.verify(w.board) == []


def test_words_destroyed_where_they_were_said_go_from_the_papers_too(w: World) -> None:
    one = late(w, title="Brief every sergeant")
    report = issued(w)
    line = Event.objects.get(action=one, verb="update")

    redaction.line(line, by=w.mo, reason="Names an adult", today=TODAY)
    redaction.action(one, by=w.mo, reason="Names an adult", today=TODAY)

    words = said(report)
    for gone in ("The trainer left.", "A second trainer.", "Brief every sergeant"):
        assert gone not in words
    assert reporting.faults(w.board) == []


def test_the_sentence_of_an_impact_review_goes_from_the_papers_too(w: World) -> None:
    done = lives.signed_off(w)
    impact.review(
        {done: done.version}, Found("embedded", "Ten files.", "It shows."), by=w.ingrid, today=TODAY
    )
    report = issued(w)
    assert "It shows." in said(report)

    redaction.line(Event.objects.get(verb="review_impact"), by=w.mo, reason="Named", today=TODAY)

    assert "It shows." not in said(report)


# -- who may, and when ---------------------------------------------------------------------------------------


def test_a_chair_drafts_the_own_subgroups_pack_and_no_other_paper(w: World) -> None:
    pack = reporting.draft(meeting(w, subgroup=w.subgroup), by=w.bob, today=TODAY)

    assert pack.drafted_by == w.bob
    with pytest.raises(NotAllowed, match="board manager or subgroup chair"):
        reporting.draft(meeting(w), by=w.bob, today=TODAY)


def test_a_draft_is_read_by_few_and_what_is_issued_by_all(w: World) -> None:
    board, pack = drafted(w), drafted(w, subgroup=w.subgroup)

    def read(who: Any) -> set[int]:
        return set(Report.objects.visible_to(who).values_list("pk", flat=True))

    assert [read(who) for who in (w.mo, w.ingrid)] == [{board.pk, pack.pk}] * 2
    assert read(w.bob) == {pack.pk}
    assert [read(who) for who in (w.alice, w.carol, w.dan)] == [set()] * 3
    reporting.issue(board, by=w.mo, saves=1, today=TODAY)
    assert read(w.dan) == {board.pk}


def test_a_meeting_has_one_paper(w: World) -> None:
    report = drafted(w)

    with pytest.raises(Invalid, match="there is a draft already"):
        reporting.draft(report.meeting, by=w.mo, today=TODAY)
    reporting.issue(report, by=w.mo, saves=1, today=TODAY)
    with pytest.raises(Invalid, match="issue that one again"):
        reporting.draft(report.meeting, by=w.mo, today=TODAY)
    assert list(reporting.meetings_without(w.mo, TODAY)) == []


def test_no_paper_for_a_meeting_that_is_cancelled_or_years_away(w: World) -> None:
    with pytest.raises(Invalid, match="cancelled"):
        drafted(w, state=Meeting.State.CANCELLED)
    with pytest.raises(Invalid, match="more than a year away"):
        drafted(w, days=400)


def test_what_is_written_on_an_older_draft_is_refused_and_changes_nothing(w: World) -> None:
    report = drafted(w)
    reporting.write(report, {"opening": "Mine"}, by=w.mo, saves=1, today=TODAY)

    with pytest.raises(Changed, match="Somebody saved this draft"):
        reporting.write(report, {"opening": "Theirs"}, by=w.mo, saves=1, today=TODAY)

    assert "Mine" in said(report)
    assert "Theirs" not in said(report)


def test_counted_again_it_says_how_things_stand_now_and_keeps_what_was_written(w: World) -> None:
    report = drafted(w)
    reporting.write(report, {"slipped": "Because of the flood."}, by=w.mo, saves=1, today=TODAY)
    late(w, title="Brief every sergeant")

    reporting.refresh(report, by=w.mo, saves=2, today=TODAY)

    assert "Brief every sergeant" in said(report)
    assert "Because of the flood." in said(report)


@pytest.mark.parametrize("verb", [reporting.refresh, reporting.issue, reporting.discard])
def test_what_is_issued_is_neither_counted_nor_issued_nor_thrown_away(w: World, verb: Any) -> None:
    report = issued(w)

    with pytest.raises(Changed, match="issued meanwhile"):
        verb(report, by=w.mo, saves=report.saves, today=TODAY)


def test_it_is_issued_again_as_version_2_with_a_reason_and_both_stay(w: World) -> None:
    report = issued(w)
    with pytest.raises(Invalid, match="why it is issued again"):
        reporting.reissue(report, reason=" ", by=w.mo, today=TODAY)

    again = reporting.reissue(report, reason="A figure was wrong.", by=w.mo, today=TODAY)
    assert said(again).removesuffix("A figure was wrong.") == said(report).removesuffix("None")
    reporting.write(again, {"opening": "A fair quarter."}, by=w.mo, saves=1, today=TODAY)
    reporting.issue(again, by=w.mo, saves=2, today=TODAY)

    assert (again.version, again.supersedes) == (2, report)
    assert "A good quarter." in said(report)
    assert "A fair quarter." in said(again)
    with pytest.raises(Changed, match="Version 2 has replaced this one"):
        reporting.reissue(report, reason="Again", by=w.mo, today=TODAY)


def test_a_draft_that_is_thrown_away_leaves_its_line_in_the_trail(w: World) -> None:
    report = drafted(w)
    pk = report.pk

    reporting.discard(report, by=w.mo, saves=1, today=TODAY)

    assert not Report.objects.exists()
    assert not Passage.objects.exists()
    assert Event.objects.get(verb="discard_report").detail["report"] == pk
    assert list(reporting.meetings_without(w.mo, TODAY)) == [Meeting.objects.get()]


def test_a_meeting_with_a_paper_is_not_removed(w: World) -> None:
    there = drafted(w).meeting

    with pytest.raises(Invalid, match="in use: 1 paper"):
        boards.remove(there, by=w.mo, today=TODAY, saw=kept.mark(there))
