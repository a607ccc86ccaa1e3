"""Files of evidence are checked against their rows: missing, changed, and those that no row knows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from actions import progress
from tests.factories import TODAY, World, action, world
from tests.files import CSV, PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return world()


def kept(w: World, data: bytes) -> Path:
    about = {"words": "The list", "file": ("a", data), "by": w.alice, "version": 1, "today": TODAY}
    return Path(progress.attach(action(w), **about).file.path)


def stray(near: Path, *, days: int) -> Path:
    place = near.parent / ("f" * 40)
    place.write_bytes(b"x")
    long_ago = place.stat().st_mtime - days * 86_400
    os.utime(place, (long_ago, long_ago))
    return place


def test_with_every_file_as_it_came_it_says_so(w: World, capsys: pytest.CaptureFixture[str]) -> None:
    stray(kept(w, PDF), days=0)  # being written

    call_command("verify_files")

    assert capsys.readouterr().out == "1 files, 0 missing or changed; 0 that no row knows lie there.\n"


def test_what_is_missing_or_changed_is_named(w: World, capsys: pytest.CaptureFixture[str]) -> None:
    kept(w, PDF).unlink()
    kept(w, CSV).write_bytes(b"Something else")

    with pytest.raises(SystemExit):
        call_command("verify_files")

    said = capsys.readouterr().out
    assert "wessex A-1, evidence" in said
    assert "wessex A-2, evidence" in said
    assert "2 files, 2 missing or changed" in said


def test_what_no_row_knows_is_destroyed_when_asked(w: World, capsys: pytest.CaptureFixture[str]) -> None:
    known = kept(w, PDF)
    unknown = stray(known, days=2)

    with pytest.raises(SystemExit):
        call_command("verify_files")
    there = unknown.exists()
    call_command("verify_files", "--remove")

    assert (there, unknown.exists(), known.exists()) == (True, False, True)
    assert "1 that no row knows destroyed" in capsys.readouterr().out
