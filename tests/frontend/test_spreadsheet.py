"""The list of actions taken out as an Excel workbook: what stands in it, and that nobody's words become a formula."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from openpyxl import load_workbook

from actions import progress
from actions.models import Action, Agency, Commitment, Priority, Seat, Source, Subgroup
from frontend.spreadsheet import CUT, LONGEST, MIME
from tests.factories import TODAY, World, action, seat, source

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[Seat], Client]

SHEET = "/wessex/actions/spreadsheet/"
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://x.example","x")', "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
    "\n=1+1", " =1+1", "'=1+1", '"=1+1"', "＝1+1", "=IMPORTXML(A1)", '=WEBSERVICE("http://x.example")', "{=1+1}",
    "+cmd", "-2+3+cmd|' /C calc'!A0", "=A1", "=Sheet2!A1", ";=1+1", ",=1+1", "|=1+1", "=@A1", "=-1",
]  # fmt: skip


def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    return cells(client.get(SHEET + query), "Actions")


def cells(answer: Any, sheet: str) -> list[dict[str, Any]]:
    head, *lines = load_workbook(BytesIO(answer.content))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_each_action_is_a_row_with_real_dates_and_the_boards_words(w: World, browser_of: BrowserOf) -> None:
    asked = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", printed_number="4", words="Brief"
    )
    a = action(w, commitments=(asked,))
    told = {"confidence": "at_risk", "words": "Two of five", "why": "Leave"}
    progress.update(a, **told, by=w.alice, version=1, today=TODAY)

    answer = browser_of(w.dan).get(SHEET)

    [row] = cells(answer, "Actions")
    assert row.pop("Last said").startswith("Two of five")
    assert row.pop("Because")
    assert {name: value for name, value in row.items() if value is not None} == {
        "Reference": "A-1", "Action": "Brief every custody sergeant", "Status": "Started",
        "Where it stands": "At risk or late",
        "Owner": "Alice Owner", "Agency": "Wessex Police", "Subgroup": "Learning and Review",
        "Priority": "1. Making safeguarding personal", "Answers": "Katherine 4", "Due": datetime(2026, 7, 1),
        "First due": datetime(2026, 7, 1), "Times moved": 0, "Last update": datetime(2026, 6, 3),
        "Confidence": "At risk",
    }  # fmt: skip
    assert answer["Content-Type"] == MIME
    assert answer["Content-Disposition"] == 'attachment; filename="wessex actions 2026-06-03.xlsx"'


def test_it_holds_the_list_as_filtered_and_ordered_and_says_so(w: World, browser_of: BrowserOf) -> None:
    for title, day in (("Ask", date(2026, 9, 1)), ("Brief", date(2026, 8, 1)), ("Call", date(2026, 7, 1))):
        action(w, title=title, due_on=day)
    progress.start(Action.objects.get(title="Ask"), by=w.alice, version=1, today=TODAY)
    client = browser_of(w.dan)

    listed = [row["Action"] for row in rows(client, "?status=planned&ordering=-due_on&page=7")]
    said = {
        row["What"]: row["It is"] for row in cells(client.get(f"{SHEET}?status=planned"), "About this list")
    }

    assert listed == ["Brief", "Call"]
    assert said["Status"] == "Planned"
    assert (said["Board"], said["Taken out by"]) == ("Wessex Safeguarding Adults Board", "Dan Member")
    assert f"{SHEET}?status=planned" in client.get("/wessex/actions/?status=planned").content.decode()


def test_a_filter_that_cannot_be_read_leads_to_the_list_which_says_so(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)

    answer = browser_of(w.dan).get(f"{SHEET}?status=nonsense", follow=True)

    assert answer.redirect_chain == [("/wessex/actions/?status=nonsense", 302)]
    assert "These filters cannot be read (status)" in answer.content.decode()


def test_what_answers_an_unpublished_review_is_left_out_and_counted(w: World, browser_of: BrowserOf) -> None:
    sealed = source(w, short_title="Morwenna")
    Source.objects.update(restricted=True, subgroup=w.subgroup)
    about = {"kind": "recommendation", "words": "Brief", "source": sealed, "number": 1}
    action(w, commitments=(Commitment.objects.create(board=w.board, **about),))
    action(w, title="Open to all")

    for_dan, for_mo = browser_of(w.dan).get(SHEET), browser_of(w.mo).get(SHEET)

    assert [row["Action"] for row in cells(for_dan, "Actions")] == ["Open to all"]
    unseen = {row["What"]: row["It is"] for row in cells(for_dan, "About this list")}["Not in it"]
    assert unseen == "1 restricted: they answer a review that is not published"
    assert len(cells(for_mo, "Actions")) == 2


@pytest.mark.slow
def test_no_words_of_anybody_become_a_formula(w: World, browser_of: BrowserOf) -> None:
    for number, words in enumerate(FORMULAS, 1):
        agency = Agency.objects.create(
            board=w.board, name=f"{words} {number}", short_name=f"{words[:9]}{number}"
        )
        kept = {
            "subgroup": Subgroup.objects.create(board=w.board, name=f"{words} {number}"),
            "priority": Priority.objects.create(
                board=w.board, plan=w.priority.plan, number=number + 1, name=words
            ),
            "owner": seat(w.board, f"{number} {words}", agency),
        }
        Seat.objects.filter(pk=kept["owner"].pk).update(name=words)
        made = action(w, title=words, **kept)
        owner = Seat.objects.get(pk=kept["owner"].pk)
        told = {"confidence": "on_track", "words": words, "needed_from_board": words}
        progress.update(made, **told, by=owner, version=1, today=TODAY)

    answer = browser_of(w.mo).get(SHEET)

    book = load_workbook(BytesIO(answer.content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    with ZipFile(BytesIO(answer.content)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert ("f" in kinds, b"<f>" in xml) == (False, False)
    assert len(cells(answer, "Actions")) == len(FORMULAS)


def test_what_a_cell_cannot_hold_is_cut_and_says_so(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    Action.objects.filter(pk=a.pk).update(title="A\x0bB")
    progress.update(a, confidence="on_track", words="x" * 40_000, by=w.alice, version=1, today=TODAY)

    [row] = rows(browser_of(w.dan))

    assert (row["Action"], len(row["Last said"])) == ("A B", LONGEST + len(CUT))
    assert row["Last said"].endswith(CUT)


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_the_same_whatever_the_number(
    w: World, browser_of: BrowserOf, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        asked = {"kind": "recommendation", "words": "Brief", "source": source(w), "number": number + 1}
        action(w, commitments=(Commitment.objects.create(board=w.board, **asked),))
    client = browser_of(w.dan)
    client.get(SHEET)

    with django_assert_num_queries(6):
        client.get(SHEET)
