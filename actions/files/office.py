"""Office files are archives: told apart by their own table of contents, and refused where they could run or fetch
something when they are opened. Only that table and the lists of what they point to are unpacked, each up to a limit."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from actions.files.types import NotTaken

PARTS = 5000
UNPACKED = 400 * 1024 * 1024  # bytes that the archive says it holds
SWELLS = 200  # times its own size: sheets of zeros reach 100
LISTED = 4 * 1024 * 1024  # bytes of one table of contents
BROKEN = (
    BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
)

_WORD = "application/vnd.openxmlformats-officedocument."
MAIN = {
    f"{_WORD}wordprocessingml.document.main+xml": "docx",
    f"{_WORD}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_WORD}presentationml.presentation.main+xml": "pptx",
}
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
# What may lie elsewhere: it is followed by a click, or asked before.
FOLLOWED = ("/hyperlink", "/externalLinkPath", "/externalLink", "/xlPathMissing")

AS_PDF = "Save it as PDF, and add that."
DAMAGED = "cannot be read: it is damaged. Open it and save it again, or save it as PDF."
MACROS = "has macros or a program in it. Save it without them, as .docx, .xlsx or .pptx, or as PDF."
FETCHES = f"fetches a template or a picture from elsewhere when it is opened. {AS_PDF}"
LOCKED = "is locked with a password. Save it without one."
BOMB = f"unpacks to far more than a document holds. {AS_PDF}"
ARCHIVE = "is an archive. Add the files in it one by one."


def look(data: bytes) -> str:
    """The key of its type."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = _check_archive(archive, data)
            if names[0] == "mimetype":
                return _open_document(archive, names)
            if "[Content_Types].xml" in names:
                return _office(archive, names)
    except (*BROKEN, ParseError, DefusedXmlException):
        raise NotTaken(DAMAGED) from None
    raise NotTaken(ARCHIVE)


def _check_archive(archive: ZipFile, data: bytes) -> list[str]:
    parts = archive.infolist()
    if not parts or data[-22:-18] != b"PK\x05\x06":
        raise NotTaken(DAMAGED)  # something stands behind its end
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED or unpacked > SWELLS * len(data):
        raise NotTaken(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken(LOCKED)
    names = [part.filename for part in parts]
    if len(set(map(str.lower, names))) < len(names) or any(_strays(name) for name in names):
        raise NotTaken(DAMAGED)
    return names


def _strays(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _office(archive: ZipFile, names: list[str]) -> str:
    if any(_runs(name.lower()) for name in names):
        raise NotTaken(MACROS)
    held = [one.get("ContentType", "") for one in _listed(archive, "[Content_Types].xml")]
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in held):
        raise NotTaken(MACROS)
    for name in names:
        if name.lower().endswith(".rels"):
            _check_pointers(_listed(archive, name))
    found = [MAIN[one] for one in held if one in MAIN]
    if len(found) != 1:
        raise NotTaken(f"is an Office file of a kind that is not taken. {AS_PDF}")
    return found[0]


def _runs(name: str) -> bool:
    last = name.rpartition("/")[2]
    return (
        "vbaproject" in last
        or "/activex/" in f"/{name}"
        or ("/embeddings/" in name and last.endswith(".bin"))
    )


def _check_pointers(pointers: Any) -> None:
    for one in pointers:
        elsewhere = one.get("TargetMode", "").lower() == "external"
        if elsewhere and not one.get("Type", "").endswith(FOLLOWED):
            raise NotTaken(FETCHES)


def _open_document(archive: ZipFile, names: list[str]) -> str:
    key = OPEN.get(_unpacked(archive, "mimetype"))
    if key is None or "content.xml" not in names:
        raise NotTaken(f"is an OpenDocument file of a kind that is not taken. {AS_PDF}")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise NotTaken(MACROS)
    if "META-INF/manifest.xml" in names and b"encryption-data" in _unpacked(archive, "META-INF/manifest.xml"):
        raise NotTaken(LOCKED)
    return key


def _listed(archive: ZipFile, name: str) -> Any:
    return fromstring(_unpacked(archive, name), forbid_dtd=True)


def _unpacked(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        held = part.read(LISTED + 1)
    if len(held) > LISTED:
        raise NotTaken(BOMB)
    return held
