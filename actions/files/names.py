"""The name under which a file is offered again: one line, no path, nothing that turns or hides, the right ending."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # characters before the ending, and
BYTES = 200  # bytes of them: what a file system and a header take
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # devices, on Windows
UNSAFE = re.compile(r'[<>:"|?*%;\\/\s]+')
SAME = {"jpeg": "jpg", "text": "txt"}


def safe(name: str, ending: str) -> str:
    """`name` as it came, and the ending that its bytes ask for: "../Notes.doc\\u202etxt" becomes "Notes.doctxt.txt"."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(one if unicodedata.category(one)[0] != "C" else "" for one in name)
    name = UNSAFE.sub(" ", name).strip(" .")
    stem, _, last = name.rpartition(".")
    if stem and SAME.get(last.lower(), last.lower()) == ending:
        name = stem
    name = name[:LONGEST].encode()[:BYTES].decode(errors="ignore").strip(" .")
    if not name or RESERVED.fullmatch(name):
        name = f"file {name}".strip()
    return f"{name}.{ending}"
