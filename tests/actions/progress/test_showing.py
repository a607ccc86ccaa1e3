"""Evidence: a file, a link or a statement, of completion or of impact, with its kind; what leaves no trace on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from actions import access, progress, redaction, trail
from actions.models import Action, Event, Evidence, Seat, SubgroupSeat
from actions.refusals import Changed, Invalid, NotAllowed
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, seat, world
from tests.files import CSV, PDF

pytestmark = pytest.mark.django_db
FILE = ("Roster.pdf", PDF)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def given(a: Action, by: Seat) -> dict[str, Any]:
    return {"by": by, "version": a.version, "today": TODAY}


def test_a_file_is_kept_as_it_came_under_a_name_that_says_nothing(w: World, folder: Path) -> None:
    a = action(w)

    one = progress.attach(
        a, words="Who was briefed", kind="training", reached=42, out_of=50, file=FILE, **given(a, w.alice)
    )

    one = Evidence.objects.get(pk=one.pk)
    assert kept(folder) == [PDF]
    assert (one.file_name, one.file_type, one.file_size, len(one.sha256)) == (
        "Roster.pdf",
        "pdf",
        len(PDF),
        64,
    )
    assert "Roster" not in one.file.name
    assert one.what == "Training, which reached 42 of 50"
    assert Event.objects.get(verb="attach").detail == {
        "shows": "completion",
        "kind": "training",
        "file": "pdf",
    }


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"version": 9}, Changed),
        ({"by": "dan"}, NotAllowed),
        ({"words": " "}, Invalid),
        ({"kind": "rumour"}, Invalid),
        ({"shows": "nothing"}, Invalid),
        ({"kind": "training"}, Invalid),
        ({"kind": "training", "reached": 5}, Invalid),
        ({"kind": "training", "reached": 6, "out_of": 5}, Invalid),
        ({"kind": "training", "reached": 0, "out_of": 0}, Invalid),
        ({"kind": "audit", "reached": 1, "out_of": 5}, Invalid),
        ({"file": ("x.exe", b"MZ\x00")}, Invalid),
    ],
)
def test_what_is_refused_leaves_neither_a_row_nor_a_file(
    w: World, folder: Path, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    a = action(w)
    said: dict[str, Any] = {"words": "Who was briefed", "file": FILE} | given(a, w.alice) | wrong
    said["by"] = w.dan if said["by"] == "dan" else said["by"]

    with pytest.raises(refusal):
        progress.attach(a, **said)

    assert (kept(folder), Evidence.objects.count(), Action.objects.get().version) == ([], 0, 1)


def test_what_the_database_refuses_at_the_last_moment_leaves_no_file(
    w: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = action(w)
    monkeypatch.setattr("actions.progress.showing._refuse_unfit", lambda *given: None)

    with pytest.raises(IntegrityError), transaction.atomic():
        progress.attach(a, words="x", kind="audit", reached=1, out_of=2, file=FILE, **given(a, w.alice))

    assert kept(folder) == []


def test_after_sign_off_only_what_shows_a_difference_is_added(w: World) -> None:
    a = lives.signed_off(w)

    with pytest.raises(Invalid, match="It is signed off: add what shows that it made a difference"):
        progress.attach(a, words="The policy", kind="policy", **given(a, w.alice))
    one = progress.attach(a, words="Forty files", kind="audit", shows="impact", **given(a, w.alice))

    assert (one.shows, Action.objects.get().status) == ("impact", "signed_off")


def test_a_file_of_the_owner_is_more_than_a_word(w: World) -> None:
    a = action(w)
    one = progress.attach(a, words="Who was briefed", file=FILE, **given(a, w.alice))
    word = progress.attach(a, words="All were", **given(a, w.alice))
    progress.finish(a, words="Done", done_on=TODAY, **given(a, w.alice))

    with pytest.raises(Invalid, match="owner's word alone is none"):
        progress.sign_off(a, relied_on=[word], step_only=True, words="A step", **given(a, w.bob))
    progress.sign_off(a, relied_on=[one], step_only=True, words="A step", **given(a, w.bob))

    assert list(Evidence.objects.values_list("relied_on", flat=True)) == [True, False]


def test_to_whom_files_are_open(w: World) -> None:
    a = action(w, owner=w.alice)
    member, colleague, helper, other = (
        seat(w.board, name, agency) for name, agency in [("Sid Sits", w.council), ("Pat Police", w.police),
                                                         ("Hal Helps", w.council), ("Chris Chairs", w.council)]
    )  # fmt: skip
    SubgroupSeat.objects.create(subgroup=w.subgroup, seat=member, role="member")
    elsewhere = type(w.subgroup).objects.create(board=w.board, name="Elsewhere")
    SubgroupSeat.objects.create(subgroup=elsewhere, seat=other, role="chair")
    progress.share(a, contributors=[helper], **given(a, w.alice))
    stranger = world("mercia")
    left = seat(w.board, "Lee Left", w.police, left_on=TODAY)
    everyone = [w.alice, w.bob, w.carol, w.dan, w.mo, w.ingrid, member, colleague, helper, other, left]

    opens = [one.name for one in [*everyone, stranger.mo, stranger.alice] if access.opens_files(one, a)]

    assert opens == [
        "Alice Owner", "Bob Chair", "Carol Lead", "Mo Manager", "Ingrid Chair",
        "Sid Sits", "Pat Police", "Hal Helps", "Chris Chairs",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_line", [True, False])
def test_a_file_put_in_by_mistake_is_destroyed_and_the_row_says_who_and_why(
    w: World, folder: Path, emptied_after: None, by_line: bool
) -> None:
    a = action(w)
    one = progress.attach(a, words="About her", file=("Mrs Quillfeather.csv", CSV), **given(a, w.alice))
    other = progress.attach(a, words="Another", file=FILE, **given(a, w.alice))
    told = {"by": w.mo, "reason": "Named the adult", "today": TODAY}

    if by_line:
        redaction.line(Event.objects.get(verb="attach", words="About her"), **told)
    else:
        redaction.evidence(one, **told)

    one.refresh_from_db()
    assert one.words == "Removed by Mo Manager on 3 June 2026: Named the adult"
    assert (one.file.name, one.file_name, one.file_type, one.file_size, one.sha256) == ("", "", "", None, "")
    assert kept(folder) == [PDF]
    assert Evidence.objects.get(pk=other.pk).file_name == "Roster.pdf"
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM actions_event WHERE CAST(detail AS TEXT) LIKE '%Quillfeather%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_rolled_back_destroys_nothing(w: World, folder: Path, emptied_after: None) -> None:
    a = action(w)
    one = progress.attach(a, words="About her", file=FILE, **given(a, w.alice))

    with transaction.atomic():
        redaction.evidence(one, by=w.mo, reason="Named the adult", today=TODAY)
        transaction.set_rollback(True)

    assert kept(folder) == [PDF]
    assert Evidence.objects.get().file_name == "Roster.pdf"


def test_evidence_is_added_wherever_an_action_is_open_done_or_signed_off() -> None:
    assert {str(status) for status in trail.FROM["attach"]} == {
        "planned",
        "started",
        "on_hold",
        "done",
        "signed_off",
    }
