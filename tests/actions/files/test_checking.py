"""Which files are taken: told by their bytes, never by their name; and the name under which each is offered again."""

from __future__ import annotations

import pytest

from actions.files import TYPES, check, safe
from actions.refusals import Invalid
from tests.files import CSV, JPEG, PDF, TAKEN, office, piece, png, pointer


def test_one_of_each_kind_is_taken_and_kept_with_its_own_ending() -> None:
    taken = {name: check(name, data, limit=20) for name, data in TAKEN.items()}

    assert {name: one.type.key for name, one in taken.items()} == {name: name[-4:].lstrip(".") for name in TAKEN} | {
        "Report.docx": "docx", "Audit.xlsx": "xlsx", "Briefing.pptx": "pptx",
    }  # fmt: skip
    assert {one.type.key for one in taken.values()} == set(TYPES)
    assert all(one.name == name and one.data == TAKEN[name] for name, one in taken.items())


def test_a_name_says_nothing_about_what_it_is() -> None:
    one = check("holiday.jpg", PDF, limit=20)

    assert (one.type.key, one.name) == ("pdf", "holiday.jpg.pdf")


def test_what_is_too_large_names_the_limit_and_another_way() -> None:
    with pytest.raises(
        Invalid, match=r"is larger than 1 MB. Add only the pages that show it, or a link"
    ) as refusal:
        check("big.txt", b"x" * (1024 * 1024 + 1), limit=1)

    assert refusal.value.field == "file"


def test_at_the_limit_it_is_taken() -> None:
    assert check("big.txt", b"x" * (1024 * 1024), limit=1).type.key == "txt"


def test_a_picture_of_a_phone_with_more_behind_its_end_is_taken() -> None:
    assert check("photo.jpeg", JPEG + b"\x00" * 50 + b"a second picture", limit=20).name == "photo.jpg"


def test_a_picture_with_more_pixels_than_any_camera_gives_is_refused() -> None:
    with pytest.raises(Invalid, match="too many pixels"):
        check("x.png", png(50_000, 50_000), limit=20)


def test_a_picture_that_is_not_whole_is_refused() -> None:
    whole = png()
    for spoiled in (
        whole[:-6],
        whole[:20] + b"\x99" + whole[21:],
        whole[:8] + piece(b"IEND"),
        JPEG[:-2],
        JPEG[:22],
    ):
        with pytest.raises(Invalid, match="is damaged"):
            check("x", spoiled, limit=20)


def test_a_workbook_that_points_to_another_and_a_document_with_links_are_taken() -> None:
    books = pointer("externalLinkPath", "file:///S:/Figures.xlsx")
    links = pointer("hyperlink", "https://example.org/policy")

    assert check("a.xlsx", office("xlsx", points=books), limit=20).type.key == "xlsx"
    assert check("a.docx", office("docx", points=links), limit=20).type.key == "docx"


def test_a_table_that_excel_wrote_with_its_mark_in_front_is_taken() -> None:
    assert check("a.csv", b"\xef\xbb\xbf" + CSV, limit=20).type.key == "csv"


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("Notes.txt", "Notes.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\kate\\Notes.TXT", "Notes.txt"),
        ("gpj.\u202etxt.exe", "gpj.txt.exe.txt"),
        ("no\u200bte\x00s\r\nX-Evil: 1.txt", "notesX-Evil 1.txt"),
        ("é" * 150 + ".txt", "é" * 100 + ".txt"),
        ("a" * 300 + ".txt", "a" * 120 + ".txt"),
        ("", "file.txt"),
        ("...", "file.txt"),
        ("CON.txt", "file CON.txt"),
        ("com1.tar.txt", "file com1.tar.txt"),
        ('a"b<c>|d?.txt', "a b c d.txt"),
        ("Übersicht 50% – Wörter.txt", "Übersicht 50 – Wörter.txt"),
    ],
)
def test_a_name_is_made_safe(came: str, kept: str) -> None:
    assert safe(came, "txt") == kept
