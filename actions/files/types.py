"""The kinds of file that are taken, and how a refusal is said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileType:
    """`key` is the extension with which it is kept; `mime` as which it is served."""

    key: str
    words: str
    mime: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    one.key: one
    for one in (
        FileType("pdf", "PDF", "application/pdf"),
        FileType("docx", "Word document", f"{_OFFICE}wordprocessingml.document"),
        FileType("xlsx", "Excel workbook", f"{_OFFICE}spreadsheetml.sheet"),
        FileType("pptx", "PowerPoint slides", f"{_OFFICE}presentationml.presentation"),
        FileType("odt", "OpenDocument text", f"{_OPEN}text"),
        FileType("ods", "OpenDocument spreadsheet", f"{_OPEN}spreadsheet"),
        FileType("png", "PNG picture", "image/png"),
        FileType("jpg", "JPEG picture", "image/jpeg"),
        FileType("csv", "CSV table", "text/csv; charset=utf-8"),
        FileType("txt", "Plain text", "text/plain; charset=utf-8"),
    )
}
ACCEPT = ",".join([*(f".{key}" for key in TYPES), ".jpeg"])  # what a browser offers to choose
SAID = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, plain text or CSV"


class NotTaken(Exception):
    """Why it is not taken and what to do, as the end of a sentence that begins with the file's name."""
