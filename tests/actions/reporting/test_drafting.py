"""A paper is drafted, counted again, issued, issued again or thrown away: who may, and when."""

from typing import Any

import pytest

from actions import boards, kept, reporting
from actions.models import Event, Meeting, Passage, Report
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.reporting.papers import drafted, issued, late, meeting, said
from tests.factories import TODAY, World

pytestmark = pytest.mark.django_db


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


@pytest.mark.slow
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


def test_the_next_meeting_is_offered_first_and_those_that_are_over_last(w: World) -> None:
    for days in (-100, -10, 80, 0, 7):
        meeting(w, days)

    offered = reporting.meetings_without(w.mo, TODAY)

    assert [(one.meets_on - TODAY).days for one in offered] == [0, 7, 80, -10, -100]


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
