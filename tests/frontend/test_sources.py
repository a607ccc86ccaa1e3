"""Sources, one source, one commitment, and taking a document in: through the pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actions.intake import review
from actions.models import Document, Event, Source, SourceKind
from actions.planning import Wanted, plan_many
from frontend.forms.sources import MEGABYTES
from tests.actions.intake.test_taking import RETURN, take
from tests.factories import TODAY, World, source, world

pytestmark = pytest.mark.django_db

TAKE_IN = "/wessex/sources/take-in/"


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def mo(w: World, client: Client) -> Client:
    client.force_login(w.mo.user)
    return client


def sent(w: World, **changes: Any) -> dict[str, Any]:
    kind, _ = SourceKind.objects.get_or_create(
        board=w.board, slug="partner-return", defaults={"name": "Partner return"}
    )
    given: dict[str, Any] = {
        "kind": kind.pk,
        "title": "Returns 2025-26",
        "short_title": "Returns",
        "words": "",
    }
    return given | changes


def file(data: bytes, name: str = "return.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/plain")


def kept(w: World, document: Document, count: int) -> None:
    for proposal in document.proposals.filter(kind="planned_work", state="waiting")[:count]:
        commitment = review.keep(proposal, by=w.mo, version=proposal.version, today=TODAY)
        wanted = Wanted(title="Do it", owner=w.alice, due_on=TODAY, commitments=(commitment,))
        plan_many([wanted, wanted], by=w.mo, today=TODAY)


def test_a_file_is_taken_in_and_its_review_opens(w: World, mo: Client) -> None:
    answer = mo.post(TAKE_IN, sent(w, document=file(RETURN.encode())), follow=True)

    document = Document.objects.get()
    assert answer.redirect_chain == [(f"/wessex/sources/S-1/review/{document.pk}/", 302)]
    assert f"{document.proposals.count()} proposals were read." in answer.text


def test_pasted_words_are_taken_in_as_well(w: World, mo: Client) -> None:
    mo.post(TAKE_IN, sent(w, words=RETURN))

    assert Document.objects.get().name == "Pasted words"


def test_the_same_document_twice_says_that_nothing_changed(w: World, mo: Client) -> None:
    mo.post(TAKE_IN, sent(w, document=file(RETURN.encode())))

    answer = mo.post(TAKE_IN, sent(w, document=file(RETURN.encode()), title="Again"), follow=True)

    assert "S-1 “Returns 2025-26”. Nothing was changed" in answer.text
    assert (Source.objects.count(), Document.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_another_document_joins_a_source_that_is_there(w: World, mo: Client) -> None:
    there = source(w)
    given = sent(w, words=RETURN)
    del given["title"], given["short_title"]

    mo.post(f"{TAKE_IN}?source={there.number}", given)

    assert Document.objects.get().source == there


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty (0 bytes)"),
        (b"%PDF-1.7", "is a PDF, not plain text"),
        (b"\x00\x01\x02", "is not plain text"),
        (b"Police \xe9\x81\x8d" * 9 + b"\xff", "cannot be read"),
        (b"We will act. " * 4_000_000, f"is larger than {MEGABYTES} MB"),
    ],
    ids=["empty", "pdf", "binary", "wrong encoding", "50 MB"],
)
def test_a_bad_file_gets_a_reason_and_keeps_what_was_typed(
    w: World, mo: Client, data: bytes, says: str
) -> None:
    answer = mo.post(TAKE_IN, sent(w, document=file(data)))

    assert answer.status_code == 422
    assert says in answer.text
    assert "Choose the file again" in answer.text
    assert 'value="Returns 2025-26"' in answer.text
    assert (Source.objects.count(), Document.objects.count()) == (0, 0)


def test_a_paste_too_long_for_the_server_is_refused_whole(w: World, mo: Client) -> None:
    answer = mo.post(TAKE_IN, sent(w, words="We will act. " * 600_000))

    assert (answer.status_code, Document.objects.count()) == (400, 0)
    assert "too large" in answer.text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Choose a file, or paste the words below."),
        ({"words": "   "}, "Choose a file, or paste the words below."),
        ({"words": "We will act.", "title": ""}, "Give the source a title"),
        ({"words": "We will act.", "kind": ""}, "Choose what it is."),
        ({"words": "We will act.", "document": True}, "not both"),
        ({"words": "\x07bell"}, "control character"),
    ],
)
def test_what_is_missing_is_named(w: World, mo: Client, changes: dict[str, Any], says: str) -> None:
    if changes.get("document"):
        changes = changes | {"document": file(b"We will act.")}

    answer = mo.post(TAKE_IN, sent(w, **changes))

    assert answer.status_code == 422
    assert says in answer.text


def test_another_boards_kind_is_not_on_the_list(w: World, mo: Client) -> None:
    other = world("mercia")

    answer = mo.post(TAKE_IN, sent(w, words="We will act.", kind=other.sar.pk))

    assert (answer.status_code, Document.objects.count()) == (422, 0)
    assert "Choose one from the list." in answer.text


def test_only_the_manager_may_take_in(w: World, client: Client) -> None:
    client.force_login(w.alice.user)

    assert client.get(TAKE_IN).status_code == 403
    assert client.post(TAKE_IN, sent(w, words="We will act.")).status_code == 403
    assert Document.objects.count() == 0


def test_everyone_on_the_board_reads_sources_and_commitments(w: World, client: Client) -> None:
    kept(w, take(w).document, 1)
    client.force_login(w.dan.user)

    for address in ("/wessex/sources/", "/wessex/sources/S-1/", "/wessex/commitments/C-1/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "take-in" not in page.text
        assert "/plan/" not in page.text


def test_another_boards_source_document_and_commitment_are_404(w: World, mo: Client) -> None:
    other = world("mercia")
    document = take(other).document
    kept(other, document, 1)

    for address in (
        "/mercia/sources/",
        "/mercia/sources/S-1/",
        "/wessex/sources/S-1/",
        "/wessex/sources/take-in/?source=1",
        "/wessex/sources/S-1/plan/",
        f"/wessex/sources/S-1/review/{document.pk}/",
        "/wessex/commitments/C-1/",
    ):
        assert mo.get(address).status_code == 404, address


def test_a_commitment_leads_back_to_its_words(w: World, mo: Client) -> None:
    document = take(w).document
    kept(w, document, 1)

    page = mo.get("/wessex/commitments/C-1/").text

    proposal = document.proposals.get(commitment__number=1)
    address = f"/wessex/sources/S-1/review/{document.pk}/?at={proposal.pk}"
    assert f'href="{address}#words-{proposal.pk}"' in page
    assert f'id="words-{proposal.pk}"' in mo.get(address).text


@pytest.mark.parametrize("address", ["/wessex/sources/", "/wessex/sources/S-1/"])
def test_a_page_costs_the_same_queries_whatever_stands_on_it(
    w: World, mo: Client, address: str, django_assert_num_queries: Any
) -> None:
    queries = {"/wessex/sources/": 6, "/wessex/sources/S-1/": 10}[address]
    document = take(w).document
    kept(w, document, 1)
    with django_assert_num_queries(queries):
        mo.get(address)

    kept(w, document, 2)
    take(w, b"Wessex Council\nPlanned work for 2026\nWe will train all staff.", source=document.source)
    take(w, b"Wessex Council\nPlanned work for 2026\nWe will train two staff.")
    with django_assert_num_queries(queries):
        mo.get(address)
