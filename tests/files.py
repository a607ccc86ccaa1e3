"""Real files of every kind that is taken, made here, and the means to spoil them."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

XML = '<?xml version="1.0" encoding="UTF-8"?>'
KINDS = {
    "docx": (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
    "docm": ("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "dotx": (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00?\x00\x37\xff\xd9"
)
CSV = b"Team,Asked,Told\nCustody,40,37\n"


def archive(*parts: tuple[str, bytes | str], packed: bool = True) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED if packed else ZIP_STORED) as made:
        for name, data in parts:
            made.writestr(name, data)
    return out.getvalue()


def office(kind: str = "docx", *more: tuple[str, bytes | str], points: str = "", held: str = "") -> bytes:
    """`points`: relationships of its main part; `held`: more lines of its table of contents."""
    main, content_type = KINDS[kind]
    folder, _, last = main.partition("/")
    types = f'{XML}<Types xmlns="x"><Override PartName="/{main}" ContentType="{content_type}"/>{held}</Types>'
    pointers = f'{XML}<Relationships xmlns="x">{points}</Relationships>'
    return archive(
        ("[Content_Types].xml", types), (main, f"{XML}<x/>"), (f"{folder}/_rels/{last}.rels", pointers), *more
    )


def pointer(kind: str, target: str, mode: str = "External") -> str:
    return (
        f'<Relationship Id="r1" Type="http://x/relationships/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )


def open_document(kind: str = "text", *more: tuple[str, bytes | str]) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive(("mimetype", mimetype), ("content.xml", f"{XML}<x/>"), *more)


def piece(kind: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int = 1, height: int = 1) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    pixels = zlib.compress(b"\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", size) + piece(b"IDAT", pixels) + piece(b"IEND")


TAKEN = {
    "roster.pdf": PDF,
    "Report.docx": office("docx", points=pointer("hyperlink", "https://example.org")),
    "Audit.xlsx": office("xlsx"),
    "Briefing.pptx": office("pptx"),
    "notes.odt": open_document("text"),
    "figures.ods": open_document("spreadsheet"),
    "poster.png": png(),
    "board.jpg": JPEG,
    "asked.csv": CSV,
    "minutes.txt": "Agreed on 3 June – all were told.\n".encode(),
}
