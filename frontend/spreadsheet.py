"""A list of actions as an Excel workbook: what is on the page, as cells. Every word is a string of text, whatever it
looks like: a spreadsheet calculates nothing of what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from django.db.models import OuterRef
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from actions.lines import told
from actions.models import Event, Seat
from actions.models.action import ActionQuerySet, Confidence, Status, Verdict, Withdrawal

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000  # a cell of Excel takes 32,767 characters
CUT = " … (the rest stands on the action's page)"

# heading, width in characters, what stands there
Column = tuple[str, int, Callable[[Any], Any]]
COLUMNS: tuple[Column, ...] = (
    ("Reference", 11, lambda one: one.reference),
    ("Action", 50, lambda one: one.title),
    ("Status", 14, lambda one: Status(one.status).label),
    ("Where it stands", 20, lambda one: one.shown.words),
    ("Because", 30, lambda one: one.because),
    ("Owner", 22, lambda one: one.owner and one.owner.name),
    ("Agency", 22, lambda one: one.agency and one.agency.name),
    ("Subgroup", 24, lambda one: one.subgroup.name if one.subgroup else "The board"),
    ("Priority", 30, lambda one: one.priority and str(one.priority)),
    ("Answers", 30, lambda one: "; ".join(each["reference"] for each in one.answered)),
    ("Due", 12, lambda one: one.due_on),
    ("First due", 12, lambda one: one.first_due_on),
    ("Times moved", 12, lambda one: one.times_moved),
    ("Look again", 12, lambda one: one.look_again_on),
    ("Last update", 12, lambda one: one.said_on),
    ("Confidence", 12, lambda one: one.confidence and Confidence(one.confidence).label),
    ("Last said", 60, lambda one: one.said),
    ("Needs the board", 12, lambda one: "Yes" if one.asks_board else ""),
    ("Done", 12, lambda one: one.done_on),
    ("Signed off", 12, lambda one: one.signed_off_on),
    ("Impact", 18, lambda one: one.verdict and Verdict(one.verdict).label),
    ("Withdrawn as", 22, lambda one: one.withdrawal and Withdrawal(one.withdrawal).label),
)


def workbook(actions: ActionQuerySet, *, seat: Seat, about: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of an .xlsx: these actions in their order, and a second sheet that says what list it is.

    `actions` are `standing` for this seat; `about` are pairs of a heading and its words. Two queries, whatever their
    number.
    """
    lines = Event.objects.filter(action=OuterRef("pk"), verb__in=["update", "confirm"])
    rows = told(actions.annotate(said=lines.last_words()), seat)
    book = Workbook(write_only=True)
    _sheet(book, "Actions", [(name, width) for name, width, _ in COLUMNS], (_cells(row) for row in rows))
    _sheet(book, "About this list", [("What", 24), ("It is", 90)], about)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cells(row: Any) -> list[Any]:
    return [what(row) for _, _, what in COLUMNS]


def _sheet(
    book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    head = [_cell(sheet, name) for name, _ in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    last = 1
    for last, row in enumerate(rows, 2):  # noqa: B007
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    words = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    cell = WriteOnlyCell(sheet, value=words if len(words) <= LONGEST else words[:LONGEST] + CUT)
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
