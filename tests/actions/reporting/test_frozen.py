"""What is issued stays as it was, whatever becomes of the board; only words put in by mistake are destroyed."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from actions import audit, boards, impact, kept, progress, redaction, reporting
from actions.impact import Found
from actions.models import Event, Passage, Report
from tests.actions.progress import lives
from tests.actions.reporting.papers import issued, late, said
from tests.factories import TODAY, World

pytestmark = pytest.mark.django_db


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


@pytest.mark.slow
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


@pytest.mark.slow
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
