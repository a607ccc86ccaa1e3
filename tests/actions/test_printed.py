"""The trend where a board summary was issued for a day: the printed figure stands, and a correction is noted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import redaction, reporting, rollup
from actions.models import Meeting, Report
from actions.reporting import Correction
from tests.actions.api.client import api
from tests.factories import TODAY, World, action, priority, world
from tests.frontend.test_summary import plain, signed_in
from tests.frontend.test_summary_more import row_of

pytestmark = pytest.mark.django_db

MID_MAY, MAY = date(2026, 5, 15), date(2026, 5, 31)
REASON = "An action was counted twice."


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def issued(w: World, cut_off_on: date) -> Report:
    meeting = Meeting.objects.create(
        board=w.board, meets_on=cut_off_on + timedelta(days=20), cut_off_on=cut_off_on
    )
    report = reporting.draft(meeting, by=w.mo, today=w.board.today)
    return reporting.issue(report, by=w.mo, saves=1, today=w.board.today)


def issued_again(w: World, report: Report) -> Report:
    again = reporting.reissue(report, reason=REASON, by=w.mo, today=w.board.today)
    reporting.refresh(again, by=w.mo, saves=1, today=w.board.today)
    return reporting.issue(again, by=w.mo, saves=2, today=w.board.today)


def a_year_of_it(w: World) -> tuple[Report, Report]:
    """One action kept at the end of May, two printed for it, three printed in its second version; a second paper."""
    action(w)
    rollup.months.keep(w.board, MAY)
    action(w)
    first = issued(w, MAY)
    action(w)
    second = issued_again(w, first)
    issued(w, MID_MAY)
    return first, second


@pytest.mark.slow
def test_the_first_printed_figure_stands_and_each_correction_is_noted(w: World) -> None:
    first, second = a_year_of_it(w)
    draft = reporting.reissue(second, reason="Not issued", by=w.mo, today=w.board.today)

    between, month = reporting.trend(w.dan, TODAY)

    assert (between.on, between.month_end, between.figures and between.figures.counted) == (MID_MAY, False, 3)
    assert (month.on, month.month_end, month.kept) == (MAY, True, True)
    assert month.figures
    assert month.figures.counted == 2
    assert month.printed
    assert (month.printed.report, month.printed.version, month.printed.counted_on) == (first.pk, 1, TODAY)
    kept = "Counted: printed 2; the count kept was 1. Awaiting update: printed 2; the count kept was 1."
    later = "Counted: printed 2; version 2 says 3. Awaiting update: printed 2; version 2 says 3."
    told = "Version 2, issued on 3 June 2026, corrects: An action was counted twice."
    assert month.corrections == [Correction(kept), Correction(f"{told} {later}", second.pk)]
    assert draft.is_draft


@pytest.mark.slow
def test_of_one_priority_both_what_was_kept_and_what_was_printed_are_its_own(w: World) -> None:
    a_year_of_it(w)
    other = priority(w.board, 2, "Prevention")
    rollup.months.keep(w.board, date(2026, 4, 30))

    of_one = reporting.trend(w.dan, TODAY, priority=w.priority.pk)
    of_other = reporting.trend(w.dan, TODAY, priority=other.pk)

    assert [(p.on.month, p.figures and p.figures.counted, p.made) for p in of_one] == [
        (4, 3, None),
        (5, 3, None),
        (5, 2, None),
    ]
    assert len(of_one[-1].corrections) == 2
    assert [(p.on, p.kept, p.figures and p.figures.counted) for p in of_other] == [
        (date(2026, 4, 30), True, 0),
        (MAY, True, None),
    ]


@pytest.mark.slow
def test_a_reason_that_was_removed_is_said_to_be_and_the_trend_asks_one_question(w: World) -> None:
    _, second = a_year_of_it(w)
    redaction.passage(
        second.passages.get(place="reason"), reason="It named an adult", by=w.mo, today=w.board.today
    )

    with CaptureQueriesContext(connection) as queries:
        month = reporting.trend(w.dan, TODAY)[-1]

    assert len(queries) == 1
    assert "corrects: a reason that was removed." in month.corrections[-1].words


@pytest.mark.slow
def test_a_paper_shows_which_earlier_paper_its_months_were_printed_in(w: World) -> None:
    a_year_of_it(w)

    sections = issued(w, date(2026, 6, 1)).figures["sections"]
    (rows,) = (one["blocks"][0]["rows"] for one in sections if one["key"] == "trend")

    assert [[next(iter(part.values())) for part in row[0]] for row in rows] == [
        ["15 May 2026", "as issued on 3 June 2026"],
        ["31 May 2026", "as issued on 3 June 2026", "a later version corrects it"],
    ]


@pytest.mark.slow
def test_the_page_and_the_api_say_the_same_of_the_board_and_of_a_priority(w: World) -> None:
    first, second = a_year_of_it(w)
    other = priority(w.board, 2, "Prevention")
    page, client = "/wessex/summary/trend/", signed_in(w.dan)

    html, of_one = (client.get(page + query).content.decode() for query in ("", f"?priority={w.priority.pk}"))
    empty, wrong = (client.get(f"{page}?priority={one}").content.decode() for one in (other.pk, "x"))
    whole = api(w.dan).get("rollup/trend/")[1]
    part = api(w.dan).get("rollup/trend/", priority=w.priority.pk)[1]

    row = row_of(html, "31 May 2026")
    assert "As issued on 3 June 2026 (version 1) ; counted on 3 June 2026 Counted: printed 2;" in row
    assert row.endswith("See that version 0 0 0 0 0 2 0 0 0 0 of 0")
    assert f'href="/wessex/papers/{first.pk}/"' in html
    assert f'href="/wessex/papers/{second.pk}/"' in html
    assert "How the priority “1. Making safeguarding personal” stood" in plain(of_one)
    assert "commitments complete" not in row_of(of_one, "31 May 2026")
    assert "No figures of this priority are kept yet." in empty
    assert "Choose one of this board’s priorities, or the whole board." in plain(wrong)
    assert row_of(wrong, "31 May 2026") == row
    assert [one["on"] for one in whole["months"] + whole["between"]] == [str(MAY), str(MID_MAY)]
    assert whole["months"][0]["printed"]["report"] == first.pk
    assert [one["report"] for one in whole["months"][0]["corrections"]] == [None, second.pk]
    assert (part["priority"], part["months"][0]["figures"]["counted"]) == (w.priority.pk, 2)
    assert api(w.dan).get("rollup/trend/", priority=world("mercia").priority.pk)[0] == 400
