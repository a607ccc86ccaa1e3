"""Looks at the bytes: what they are, whole and alone. What is not on the list is refused with what to do instead."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from actions.files import office, pictures
from actions.files.names import safe
from actions.files.types import SAID, TYPES, FileType, NotTaken
from actions.refusals import Invalid

MEGABYTE = 1024 * 1024
TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS" + b"-TEST-FILE"  # in two parts, so that no scanner finds it here
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
TAIL = 66_000  # in which the end of an archive lies
PAGE = re.compile(rb"<script|<!doctype html|<html[ >]|<\?php ", re.IGNORECASE)
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)\b", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
SAVE_AS_PDF = "Save it as PDF, and add that."
OTHERS = (  # what people do send, and what to do about it
    (b"\xd0\xcf\x11\xe0", "is in an old Office format, or locked with a password. Save it as .docx, .xlsx or "
     ".pptx without a password, or as PDF."),
    (b"{\\rtf", f"is rich text. {SAVE_AS_PDF}"),
    (b"GIF8", "is a GIF picture. Save it as PNG or JPEG."),
    (b"BM", "is a bitmap. Save it as PNG or JPEG."),
    (b"II*\x00", "is a TIFF picture. Save it as PDF, PNG or JPEG."),
    (b"MM\x00*", "is a TIFF picture. Save it as PDF, PNG or JPEG."),
    (b"RIFF", "is sound, film or a WebP picture. Save a picture as PNG or JPEG."),
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A file that is taken: the name under which it is offered again, what it is, its bytes and their hash."""

    name: str
    type: FileType
    data: bytes
    sha256: str


def check(name: str, data: bytes, *, limit: int) -> Checked:
    """`limit` in megabytes. Invalid, naming the file and what to do, where it is not taken."""
    shown = safe(name, "x").removesuffix(".x")
    try:
        if not data:
            raise NotTaken("is empty. Choose it again once something stands in it.")
        if len(data) > limit * MEGABYTE:
            raise NotTaken(f"is larger than {limit} MB. Add only the pages that show it, or a link to it.")
        if TEST_VIRUS in data:
            raise NotTaken("is a test virus, and is not taken.")
        found = TYPES[_type_of(name, data)]
    except NotTaken as refusal:
        raise Invalid(f"“{shown}” {refusal}", field="file") from None
    return Checked(safe(name, found.key), found, data, hashlib.sha256(data).hexdigest())


def _type_of(name: str, data: bytes) -> str:
    if data.startswith(ZIP):
        return office.look(data)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise NotTaken("is a PDF that breaks off. Open it, and save it as PDF once more.")
        return _alone(data, "pdf")
    if data.startswith(pictures.PNG):
        pictures.check_png(data)
        return _alone(data, "png")
    if data.startswith(pictures.JPEG):
        pictures.check_jpeg(data)
        return _alone(data, "jpg")
    if data[4:8] == b"ftyp":
        raise NotTaken("is film, or a picture as phones keep it (HEIC). Save a picture as JPEG.")
    for begins, words in OTHERS:
        if data.startswith(begins):
            raise NotTaken(words)
    return _text(name, data)


def _alone(data: bytes, key: str) -> str:
    """Nothing else is hidden in it that a browser or an unpacker would run."""
    if PAGE.search(data) or ZIP_END in data[-TAIL:]:
        raise NotTaken(f"holds a web page or an archive beside what it shows. {SAVE_AS_PDF}")
    return key


def _text(name: str, data: bytes) -> str:
    is_table = name.lower().endswith(".csv")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if is_table or name.lower().endswith(".txt"):
            how = "In Excel, save it as “CSV UTF-8”." if is_table else "Save it with the encoding UTF-8."
            raise NotTaken(f"has letters that cannot be read. {how}") from None
        raise NotTaken(f"is of a kind that is not taken. {SAVE_AS_PDF} Taken are {SAID}.") from None
    if CONTROL.search(text):
        raise NotTaken(f"is of a kind that is not taken. {SAVE_AS_PDF} Taken are {SAID}.")
    if MARKUP.search(text):
        raise NotTaken(f"is a web page or a drawing (HTML, SVG, XML). {SAVE_AS_PDF}")
    return "csv" if is_table else "txt"
