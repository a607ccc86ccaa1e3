"""Pictures: walked through from their first mark to their last, without unpacking a pixel."""

from __future__ import annotations

import zlib

from actions.files.types import NotTaken

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PIXELS = 100_000_000  # more than any camera gives; what would fill the memory of whoever opens it
ALONE = {0x01, *range(0xD0, 0xD8)}  # marks of a JPEG without a length
SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # those that say how large it is
DAMAGED = "is damaged. Open it, save it again as PNG or JPEG, and add that."


def check_png(data: bytes) -> None:
    """Every piece whole, the size first, the end last and nothing after it."""
    place, first = len(PNG), True
    while True:
        head = data[place : place + 8]
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        body = data[place + 8 : place + 8 + length]
        seal = data[place + 8 + length : place + 12 + length]
        if len(seal) < 4 or zlib.crc32(kind + body).to_bytes(4, "big") != seal:
            raise NotTaken(DAMAGED)
        if first != (kind == b"IHDR"):
            raise NotTaken(DAMAGED)
        if first:
            _check_size(int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))
        place, first = place + 12 + length, False
        if kind == b"IEND":
            break
    if place != len(data):
        raise NotTaken("has something behind the picture. Save it again as PNG, and add that.")


def check_jpeg(data: bytes) -> None:
    """Mark after mark until the picture itself begins, its size on the way, and its end somewhere behind.

    Phones keep more behind the end (a film, a second picture), so that is left.
    """
    place, sized = 2, False
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise NotTaken(DAMAGED)
        mark = data[place + 1]
        if mark == 0xFF or mark in ALONE:
            place += 1 if mark == 0xFF else 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if mark in SIZES and not sized:
            sized = True
            _check_size(
                int.from_bytes(data[place + 7 : place + 9], "big"),
                int.from_bytes(data[place + 5 : place + 7], "big"),
            )
        place += 2 + length
        if mark == 0xDA and sized and b"\xff\xd9" in data[place:]:
            return
    raise NotTaken(DAMAGED)


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise NotTaken(DAMAGED)
    if width * height > PIXELS:
        raise NotTaken("has too many pixels. Make it smaller, and add that.")
