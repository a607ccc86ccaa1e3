"""Turn the bytes of an upload into clean text; refuses what is not plain text and says what to do instead."""

import re

from actions.intake.types import Unreadable

LIMIT = 5 * 1024 * 1024

# The first bytes by which other kinds of file are known, with what to do about them.
COPY_OUT = "Open it, copy the words you need and save them as plain text (.txt, UTF-8)."
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# Windows-1252 leaves these five bytes without a letter.
NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# A Windows-1252 text in English is nearly all ASCII; a binary or another encoding is not.
PLAUSIBLE_SHARE = 0.10


def clean(data: bytes, *, name: str = "") -> str:
    """The words of the file, lines ending in "\\n". Raises Unreadable."""
    called = f"“{name}”" if name else "The file"
    refuse_size(data, called)
    refuse_other_kinds(data, called)
    text = INVISIBLE.sub("", LINE_ENDS.sub("\n", decoded(data, called))).replace("\u00a0", " ")
    if not text.strip():
        raise Unreadable(
            f"{called} holds no words, only blank lines. Check that it was saved, and upload it again."
        )
    refuse_control(text, called)
    return text


def refuse_size(data: bytes, called: str) -> None:
    if not data:
        raise Unreadable(f"{called} is empty (0 bytes). Check that it was saved, and upload it again.")
    if len(data) > LIMIT:
        size = len(data) / 1024 / 1024
        raise Unreadable(
            f"{called} is {size:.1f} MB; the limit is {LIMIT // 1024 // 1024} MB. "
            "Upload only the pages that hold the recommendations or the partner returns, in several "
            "files if need be."
        )


def refuse_other_kinds(data: bytes, called: str) -> None:
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"{called} is {what}, not plain text (seen at byte 1). {COPY_OUT}")


def decoded(data: bytes, called: str) -> str:
    encoding = UTF16_MARKS.get(data[:2])
    if encoding:
        return decoded_utf16(data[2:], encoding, called)
    refuse_nul(data, called)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if plausible_windows(data):
            return data.decode("cp1252")
        raise unreadable_at(data, error.start, called) from error


def decoded_utf16(data: bytes, encoding: str, called: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{called} begins as UTF-16 but breaks at byte {error.start + 3}. "
            "Open it where it was written and save it again as plain text, UTF-8."
        ) from error


def refuse_nul(data: bytes, called: str) -> None:
    place = data.find(b"\x00")
    if place >= 0:
        raise Unreadable(
            f"{called} is not plain text: byte {place + 1} is one that no text holds. {COPY_OUT}"
        )


def plausible_windows(data: bytes) -> bool:
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return not NOT_WINDOWS.search(data) and beyond_ascii <= len(data) * PLAUSIBLE_SHARE


def unreadable_at(data: bytes, place: int, called: str) -> Unreadable:
    line = data.count(b"\n", 0, place) + 1
    return Unreadable(
        f"{called} has letters that cannot be read, first on line {line} (byte {place + 1}). "
        "Open it where it was written and save it again as plain text, UTF-8."
    )


def refuse_control(text: str, called: str) -> None:
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(f"{called} is not plain text: line {line} holds a control character. {COPY_OUT}")
