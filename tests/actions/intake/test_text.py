"""Bytes become text, or a message says where they do not and what to do."""

import pytest

from actions.intake.text import LIMIT, clean
from actions.intake.types import Unreadable


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty (0 bytes)"),
        (b" \r\n\t", "only blank lines"),
        (b"%PDF-1.7 text", "is a PDF, not plain text (seen at byte 1)"),
        (b"PK\x03\x04...", "is a Word, Excel or zip file"),
        (b"plain\x00text", "byte 6 is one that no text holds"),
        (b"line one\nline two \x81 here", "first on line 2 (byte 19)"),
        (b"\xff\xfea", "breaks at byte 3"),
        (b"one\ntwo\x07", "line 2 holds a control character"),
    ],
)
def test_what_is_not_text_is_refused_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        clean(data, name="return.txt")
    assert words in str(refused.value)
    assert str(refused.value).startswith("“return.txt”")
    assert str(refused.value).count(". ") >= 1


def test_a_file_over_the_limit_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Unreadable) as refused:
        clean(b"\xff" * (50 * 1024 * 1024))
    assert str(refused.value) == (
        "The file is 50.0 MB; the limit is 5 MB. "
        "Upload only the pages that hold the recommendations or the partner returns, in several files if need be."
    )
    assert clean(b"a" * LIMIT) == "a" * LIMIT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_give_the_same_words(encoding: str) -> None:
    words = "The Board’s plan – and ‘Making Safeguarding Personal’ in full.\nNext line"
    assert clean(words.replace("\n", "\r\n").encode(encoding)) == words


def test_bytes_that_are_mostly_not_letters_are_not_taken_for_windows_text() -> None:
    with pytest.raises(Unreadable, match="letters that cannot be read, first on line 1"):
        clean("Проверка".encode("cp1251"))
