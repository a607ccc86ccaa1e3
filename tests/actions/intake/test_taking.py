"""A document is stored once, with every proposal waiting; what cannot be read is refused with what to do."""

import io
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from actions.intake import taking
from actions.intake.agencies import Agencies
from actions.models import Agency, Document, Event, Proposal, Source, SourceKind
from actions.refusals import Invalid, NotAllowed
from tests.factories import TODAY, World, source, world

RETURN = """Wessex Police
Achievements during 2025 to 2026
We trained 200 officers in making safeguarding personal.
Planned work for 2026 to 2027
We will brief every custody sergeant by June 2026. We will also publish a leaflet.

Wessex Fire and Rescue Service
Planned work for 2026 to 2027
- Visit every care home by 31 March 2027
"""


@pytest.fixture
def w() -> World:
    return world()


def partner_return(w: World) -> SourceKind:
    return SourceKind.objects.create(board=w.board, slug="partner-return", name="Partner return")


def take(w: World, data: bytes = RETURN.encode(), **changes: Any) -> taking.Taken:
    kind = SourceKind.objects.filter(board=w.board, slug="partner-return").first() or partner_return(w)
    wanted: dict[str, Any] = {
        "by": w.mo,
        "data": data,
        "name": "return.txt",
        "kind": kind,
        "title": "Partner returns 2025-26",
        "short_title": "Returns",
        "today": TODAY,
    }
    return taking.take_in(**(wanted | changes))


@pytest.mark.django_db
def test_a_document_becomes_a_source_a_text_and_waiting_proposals(w: World) -> None:
    taken = take(w)

    document = taken.document
    assert (document.source.reference, document.source.title, document.source.short_title) == (
        "S-1",
        "Partner returns 2025-26",
        "Returns",
    )
    assert (document.name, document.taken_in_by, document.sha256) == (
        "return.txt",
        w.mo,
        sha256(RETURN.encode()).hexdigest(),
    )
    assert set(document.proposals.values_list("state", flat=True)) == {"waiting"}
    planned = document.proposals.filter(kind="planned_work")
    assert list(planned.values_list("agency__short_name", "agency_words", "text", "due_on")) == [
        ("Police", "Wessex Police", "We will brief every custody sergeant by June 2026.", date(2026, 6, 30)),
        ("Police", "Wessex Police", "We will also publish a leaflet.", None),
        (None, "Wessex Fire and Rescue Service", "Visit every care home by 31 March 2027", date(2027, 3, 31)),
    ]
    assert taken.proposals == document.proposals.count()
    event = Event.objects.get()
    assert (event.verb, event.by, event.source, event.detail) == (
        "take_in",
        w.mo,
        document.source,
        {"document": document.pk, "proposals": taken.proposals},
    )


@pytest.mark.django_db
def test_every_proposal_stands_where_it_says(w: World) -> None:
    document = take(w).document

    for proposal in document.proposals.all():
        printed = document.text[proposal.start : proposal.end]
        assert " ".join(printed.split()) == proposal.text
        assert document.text.count("\n", 0, proposal.start) + 1 == proposal.line


@pytest.mark.django_db
def test_the_same_bytes_twice_change_nothing(w: World) -> None:
    first = take(w)

    again = take(w, name="another-name.txt", title="Something else")

    assert again == taking.Taken(first.document, first.proposals, already=True)
    assert (Source.objects.count(), Document.objects.count(), Event.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_another_board_takes_the_same_bytes_in_for_itself(w: World) -> None:
    take(w)
    other = world("mercia")

    assert not take(other).already
    assert Document.objects.count() == 2


@pytest.mark.django_db
def test_a_document_can_join_a_source_that_is_there(w: World) -> None:
    there = source(w)

    taken = take(w, source=there, title="", short_title="")

    assert (taken.document.source, Source.objects.count()) == (there, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   \n\n", "no words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"\x00\x01\x02\x03", "not plain text"),
        ("Wessex Police – ".encode() + b"\xe9\x81\x8d" * 50 + b"\xff", "cannot be read"),
        (b"We will act. " * 4_000_000, "limit is 1 MB"),
    ],
    ids=["empty", "blank", "picture", "binary", "wrong encoding", "50 MB"],
)
def test_what_cannot_be_read_is_refused_with_a_reason_and_writes_nothing(
    w: World, data: bytes, says: str
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        take(w, data)

    assert refused.value.field == "document"
    assert (Source.objects.count(), Document.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_without_headings_every_sentence_waits_unclassified(w: World) -> None:
    document = take(w, b"We will train staff. The sky is blue. It was a long year.").document

    kinds = set(document.proposals.values_list("kind", "state"))
    assert kinds == {("unclassified", "waiting")}
    assert " ".join(document.proposals.values_list("text", flat=True)) == document.text


@pytest.mark.django_db
def test_a_date_that_does_not_exist_is_kept_in_words_alone(w: World) -> None:
    text = b"Wessex Police\nPlanned work for 2026 to 2027\nWe will publish a leaflet by 31 June 2026.\n"

    proposal = take(w, text).document.proposals.get()

    assert (proposal.due_words != "", proposal.due_on) == (True, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"short_title": ""}, "short_title"),
        ({"short_title": "x" * 41}, "short_title"),
    ],
)
def test_a_new_source_needs_its_names(w: World, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(w, **changes)

    assert (refused.value.field, Source.objects.count()) == (field, 0)


@pytest.mark.django_db
def test_only_the_manager_takes_in_and_only_for_the_own_board(w: World) -> None:
    other = world("mercia")

    with pytest.raises(NotAllowed, match="board manager"):
        take(w, by=w.alice)
    with pytest.raises(NotAllowed):
        take(w, source=source(other))
    with pytest.raises(Invalid, match="own kinds"):
        take(w, kind=partner_return(other))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("WESSEX POLICE", "Police"),
        ("the Wessex Police", "Police"),
        ("Wessex HealthCare NHS Foundation Trust (WHC)", "WHC"),
        ("whc", "WHC"),
        ("Wessex Healthcare NHS Foundation Trust", "WHC"),
        ("Wessex Fire & Rescue", None),
        ("", None),
    ],
)
def test_an_agency_is_known_by_its_names_whatever_case_and_brackets(
    w: World, words: str, agency: str | None
) -> None:
    Agency.objects.create(board=w.board, name="Wessex Healthcare NHS Foundation Trust", short_name="WHC")

    found = Agencies(w.board.agencies.all()).named(words)

    assert (found and found.short_name) == agency


@pytest.mark.django_db
def test_a_name_that_two_agencies_share_names_neither(w: World) -> None:
    Agency.objects.create(board=w.board, name="Transport Police (South)", short_name="Police")

    assert Agencies(w.board.agencies.all()).named("Police") is None


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_take_it_in_once(emptied_after: None) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads need a database in a file: set SQLITE_TEST_NAME")
    w = world()
    partner_return(w)
    barrier, answers = Barrier(2), []

    def one() -> None:
        try:
            barrier.wait()
            answers.append(take(w))
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken.already for taken in answers) == [False, True]
    assert (Source.objects.count(), Document.objects.count(), Event.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_who_loses_that_race_is_told_the_same_as_who_comes_later(
    w: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = take(w)
    look_up, looks = taking._known, []

    def too_early(*args: Any) -> taking.Taken | None:
        looks.append(args)
        return None if len(looks) == 1 else look_up(*args)

    monkeypatch.setattr(taking, "_known", too_early)

    assert take(w) == taking.Taken(first.document, first.proposals, already=True)
    assert (Source.objects.count(), w.board.head.__class__.objects.get(board=w.board).sources) == (1, 1)


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("take_in", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_prints_one_json_and_asks_no_database(tmp_path: Path) -> None:
    file = tmp_path / "return.txt"
    file.write_text(RETURN, encoding="utf-8")

    printed = json.loads(run(str(file), "--kind", "partner-return", "--dry-run", "--json"))

    assert list(printed) == ["proposals"]
    assert printed["proposals"][1] == {
        "agency": "Wessex Police",
        "kind": "planned_work",
        "text": "We will brief every custody sergeant by June 2026.",
        "line": 5,
        "due_words": "June 2026",
        "due_on": "2026-06-30",
        "due_precision": "month",
        "number": "",
        "heading": "Planned work for 2026 to 2027",
        "owner_words": "",
        "note": "",
    }


def test_a_kind_that_no_board_begins_with_is_said_beside_the_json(tmp_path: Path) -> None:
    file = tmp_path / "return.txt"
    file.write_text(RETURN, encoding="utf-8")
    out, beside = io.StringIO(), io.StringIO()

    call_command(
        "take_in", str(file), "--kind", "partner_return", "--dry-run", "--json", stdout=out, stderr=beside
    )

    assert list(json.loads(out.getvalue())) == ["proposals"]
    assert "“partner_return” is none of" in beside.getvalue()
    assert "partner-return" in beside.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.txt", None, "cannot be opened"),
        ("empty.txt", b"", "is empty"),
        ("large.txt", b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_ends_the_command_with_a_reason(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError, match=says):
        run(str(tmp_path / name), "--kind", "sar", "--dry-run", "--json")


@pytest.mark.django_db
def test_the_command_says_what_waits_and_the_second_time_that_nothing_changed(
    w: World, tmp_path: Path
) -> None:
    partner_return(w)
    file = tmp_path / "Returns 2026.txt"
    file.write_text(RETURN, encoding="utf-8")
    args = (str(file), "--kind", "partner-return", "--board", "wessex")

    first, second = run(*args), run(*args)

    document = Document.objects.get()
    address = f"{settings.SITE_URL}/wessex/sources/S-1/review/{document.pk}/"
    waiting = Proposal.objects.count()
    assert first == f"{waiting} proposals of S-1 wait for a person to decide.\nReview them at {address}\n"
    assert "S-1. Nothing was changed." in second
    assert address in second


@pytest.mark.django_db
def test_the_command_takes_in_a_review_that_is_not_published_for_those_who_may_read_it(
    w: World, tmp_path: Path
) -> None:
    file = tmp_path / "review.txt"
    file.write_text("Recommendations\n\n1. Police should brief every sergeant.\n", encoding="utf-8")

    run(str(file), "--kind", "sar", "--board", "wessex", "--restricted", "--subgroup", "learning and review")

    source = Source.objects.get()
    assert (source.restricted, source.subgroup) == (True, w.subgroup)
    everybody = (w.mo, w.ingrid, w.bob, w.dan, w.alice)
    readers = [who.name for who in everybody if Source.objects.visible_to(who).exists()]
    assert readers == ["Mo Manager", "Ingrid Chair", "Bob Chair"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--board", "nowhere"), "The boards here: wessex"),
        (("--board", "wessex", "--as", "nobody@example.org"), "no seat"),
        (("--board", "wessex", "--kind", "memo"), "It has: partner-return, sar"),
        (("--board", "wessex", "--subgroup", "Quality"), "It has: Learning and Review"),
        ((), "--board NAME"),
        (("--json",), "add --dry-run"),
    ],
)
def test_the_command_says_what_to_put_right(
    w: World, tmp_path: Path, args: tuple[str, ...], says: str
) -> None:
    partner_return(w)
    file = tmp_path / "return.txt"
    file.write_text(RETURN, encoding="utf-8")

    with pytest.raises(CommandError, match=says):
        run(str(file), "--kind", "partner-return", *args)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["dorset-bcp-annual-report-2022-23.txt", "derby-cqc-safeguarding-2024.txt"])
def test_a_real_document_is_stored_whole(w: World, name: str) -> None:
    file = Path(settings.TRACKER_SAMPLES) / name
    if not file.exists():
        pytest.skip(f"{file} is not here; set TRACKER_SAMPLES to the folder of the real documents")

    taken = take(w, file.read_bytes(), name=name)

    assert taken.proposals == taken.document.proposals.count() > 50
    rest = list(taken.document.text)
    for proposal in taken.document.proposals.all():
        rest[proposal.start : proposal.end] = " " * (proposal.end - proposal.start)
    left = [line for line in "".join(rest).split("\n") if len(line.split()) > 20]
    assert left == []  # what is no proposal is a heading or the mark of a list
