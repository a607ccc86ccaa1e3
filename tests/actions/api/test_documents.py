"""A document through the API: taken in, read, decided on and undone, by the same verbs as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.models import Commitment, Document, Event, Proposal, Source
from tests.actions.api.client import Api, api
from tests.factories import World, source, world

pytestmark = pytest.mark.django_db

REVIEW = """Recommendations

1. The Council should review its hoarding policy by June 2027.
2. The Police should train every officer. They should report to the board.
3. The Board should look at twilight cover.
"""
NEW = {"document": REVIEW, "kind": "sar", "title": "Review of Katherine", "short_title": "Katherine"}


@pytest.fixture
def mo(w: World) -> Api:
    return api(w.mo)


def taken(mo: Api) -> tuple[int, list[Any]]:
    """The document's id, and its proposals."""
    pk = mo.post("sources/", **NEW)[1]["id"]
    return pk, mo.get(f"documents/{pk}/proposals/")[1]["results"]


def seen(*proposals: Any) -> list[dict[str, int]]:
    return [{"proposal": one["id"], "version": one["version"]} for one in proposals]


def test_a_document_is_taken_in_and_read(w: World, mo: Api) -> None:
    code, made = mo.post("sources/", **NEW, name="katherine.txt", restricted=True, subgroup=w.subgroup.pk)

    document = Document.objects.get()
    proposals = mo.get(f"documents/{document.pk}/proposals/")[1]
    assert (code, made) == (
        201,
        {
            "id": document.pk, "source": 1, "name": "katherine.txt", "taken_in_at": made["taken_in_at"],
            "taken_in_by": {"id": w.mo.pk, "name": w.mo.name}, "proposals": 3, "waiting": 3, "last_step": None,
        },
    )  # fmt: skip
    assert mo.get("documents/")[1]["results"] == [made]
    assert mo.get(f"documents/{document.pk}/") == (200, made | {"text": REVIEW})
    assert (Source.objects.get().restricted, Source.objects.get().subgroup) == (True, w.subgroup)
    assert (proposals["count"], proposals["results"][0]) == (
        3,
        {
            "id": Proposal.objects.order_by("start")[0].pk, "document": document.pk, "state": "waiting",
            "kind": "recommendation", "text": "The Council should review its hoarding policy by June 2027.",
            "line": 3, "start": REVIEW.index("The Council"), "end": REVIEW.index("\n2."),
            "heading": "Recommendations", "printed_number": "1", "agency": proposals["results"][0]["agency"],
            "agency_words": "Council", "owner_words": "Council", "due_words": "June 2027",
            "due_on": "2027-06-30", "due_precision": "month", "note": "", "priority": None,
            "commitment": None, "version": 1,
        },
    )  # fmt: skip


def test_a_file_goes_to_a_source_that_is_there_and_the_same_one_twice_changes_nothing(
    w: World, mo: Api
) -> None:
    source(w)
    parts = {"kind": "sar", "source": 1}

    first, second = (
        mo.client.post(
            "/api/v1/boards/wessex/sources/",
            parts | {"document": SimpleUploadedFile("katherine.txt", REVIEW.encode())},
        )
        for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (first.json()["name"], first.json()["source"]) == ("katherine.txt", 1)
    assert (Document.objects.count(), Source.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"document": ""}, "document", "empty"),
        ({"document": "\n \n"}, "document", "only blank lines"),
        ({"document": "x" * (1024 * 1024 + 1)}, "document", "the limit is 1 MB"),
        ({"document": "a\x07b"}, "document", "control character"),
        ({"kind": "novel"}, "kind", "This board has no kind of source “novel”."),
        ({"kind": ["sar"]}, "kind", "This board has no kind of source"),
        ({"kind": "s\x00r"}, "kind", "This board has no kind of source"),
        ({"title": ""}, "title", "Give the source a title"),
        ({"short_title": "x" * 41}, "short_title", "within 40 characters"),
        ({"source": 7}, "source", "does not exist"),
        ({"colour": "red"}, "colour", "not taken here"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_nothing_is_written(
    mo: Api, changed: dict[str, Any], field: str, says: str
) -> None:
    code, answer = mo.post("sources/", **NEW | changed)

    assert (code, list(answer)) == (400, [field])
    assert says in answer[field][0]
    assert (Source.objects.count(), Document.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_a_picture_is_refused_with_what_to_do(mo: Api) -> None:
    parts = NEW | {"document": SimpleUploadedFile("a.txt", b"\x89PNG\r\n")}

    answer = mo.client.post("/api/v1/boards/wessex/sources/", parts)

    assert answer.status_code == 400
    assert "is a picture, not plain text" in answer.json()["document"][0]


def test_one_is_kept_refiled_edited_and_put_back(w: World, mo: Api) -> None:
    _, [one, two, _] = taken(mo)

    kept = mo.post(
        f"proposals/{one['id']}/keep/", version=1, agency=w.council.pk, priority=w.priority.pk, kind="finding"
    )
    back = mo.post(f"proposals/{one['id']}/put-back/", version=2)
    filed = mo.post(f"proposals/{two['id']}/refile/", version=1, kind="challenge", agency=w.police.pk)
    edited = mo.post(f"proposals/{two['id']}/edit/", version=2, text="Train them all.")

    names = ("state", "kind", "agency", "priority", "commitment", "version", "text")
    council, police = ({"id": a.pk, "name": a.name} for a in (w.council, w.police))
    priority = {"id": w.priority.pk, "name": w.priority.name}
    assert [code for code, _ in (kept, back, filed, edited)] == [200] * 4
    assert [[answer[name] for name in names] for _, answer in (kept, back, filed, edited)] == [
        ["kept", "finding", council, priority, 1, 2, one["text"]],
        ["waiting", "finding", council, priority, 1, 3, one["text"]],
        ["waiting", "challenge", police, None, None, 2, two["text"]],
        ["waiting", "challenge", police, None, None, 3, "Train them all."],
    ]
    assert Commitment.objects.get().taken_back is True


def test_kept_as_it_stands_where_nothing_else_is_said(mo: Api) -> None:
    _, [one, *_] = taken(mo)

    kept = mo.post(f"proposals/{one['id']}/keep/", version=1)[1]

    assert (kept["kind"], kept["agency"]) == (one["kind"], one["agency"])
    assert Commitment.objects.get().words == one["text"]


def test_one_is_split_and_merged(mo: Api) -> None:
    pk, [_, two, _] = taken(mo)

    split = mo.post(f"proposals/{two['id']}/split/", version=1, at=two["text"].index("They"))
    parts = [one["text"] for one in mo.get(f"documents/{pk}/proposals/")[1]["results"]]
    merged = mo.post(f"proposals/{two['id']}/merge/", version=2)

    assert (split[0], split[1]["text"]) == (200, "The Police should train every officer.")
    assert parts[1:3] == ["The Police should train every officer.", "They should report to the board."]
    assert (merged[0], merged[1]["text"]) == (200, two["text"])
    assert mo.get(f"documents/{pk}/")[1]["proposals"] == 3


def test_several_are_decided_at_once_and_the_last_step_is_undone(w: World, mo: Api) -> None:
    pk, [one, two, three] = taken(mo)

    kept = mo.post(f"documents/{pk}/keep/", proposals=seen(one, two), priority=w.priority.pk)
    left = mo.post(f"documents/{pk}/context/", proposals=seen(three))
    undone = mo.post(f"documents/{pk}/undo/", step=left[1]["last_step"])
    twice = mo.post(f"documents/{pk}/undo/", step=left[1]["last_step"])

    assert [(code, answer["waiting"]) for code, answer in (kept, left, undone)] == [
        (200, 1), (200, 0), (200, 1),
    ]  # fmt: skip
    assert undone[1]["last_step"] == kept[1]["last_step"]
    assert (twice[0], "another step since" in twice[1]["detail"]) == (409, True)
    assert list(Commitment.objects.values_list("priority", flat=True)) == [w.priority.pk] * 2


def test_what_changed_since_it_was_seen_is_409_and_nothing_is_written(mo: Api) -> None:
    pk, [one, two, _] = taken(mo)
    mo.post(f"proposals/{one['id']}/edit/", version=1, text="Other words.")

    stale = mo.post(f"proposals/{one['id']}/keep/", version=1)
    many = mo.post(f"documents/{pk}/keep/", proposals=seen(two, one))

    assert [code for code, _ in (stale, many)] == [409, 409]
    assert "Nothing of yours is lost" in stale[1]["detail"]
    assert Commitment.objects.count() == 0


def test_another_document_or_board_is_not_there(w: World, mo: Api) -> None:
    pk, [one, *_] = taken(mo)
    elsewhere = world("mercia")
    other = api(elsewhere.mo, "mercia")
    _, [theirs, *_] = taken(other)

    answers = [
        mo.get(f"documents/{Document.objects.get(board=elsewhere.board).pk}/"),
        mo.get(f"proposals/{theirs['id']}/"),
        mo.post(f"proposals/{theirs['id']}/keep/", version=1),
        mo.post(f"documents/{pk}/keep/", proposals=seen(theirs)),
        mo.post(f"proposals/{one['id']}/keep/", version=1, agency=elsewhere.council.pk),
    ]

    assert [code for code, _ in answers] == [404, 404, 404, 400, 400]
    assert Commitment.objects.count() == 0


def test_of_a_review_that_is_not_published_who_may_not_read_it_finds_nothing(w: World, mo: Api) -> None:
    pk = mo.post("sources/", **NEW, restricted=True)[1]["id"]
    proposal = Proposal.objects.order_by("pk")[0].pk

    paths = ("documents/", f"documents/{pk}/", f"documents/{pk}/proposals/", f"proposals/{proposal}/")
    found = [api(w.dan).get(path) for path in paths]

    assert [code for code, _ in found] == [200, 404, 404, 404]
    assert found[0][1]["results"] == []
    assert [api(w.ingrid).get(path)[0] for path in paths] == [200] * 4


def test_a_member_reads_and_decides_nothing(w: World, mo: Api) -> None:
    pk, [one, *_] = taken(mo)

    read = api(w.dan).get(f"documents/{pk}/proposals/")
    tried = [
        api(w.dan).post("sources/", **NEW),
        api(w.dan).post(f"documents/{pk}/context/", proposals=seen(one)),
        api(w.dan).post(f"proposals/{one['id']}/keep/", version=1),
    ]

    assert (read[0], read[1]["count"]) == (200, 3)
    assert [code for code, _ in tried] == [403, 403, 403]


@pytest.mark.parametrize("many", [1, 3])
def test_an_address_asks_as_much_of_one_as_of_three(
    w: World, mo: Api, many: int, django_assert_num_queries: Any
) -> None:
    words = "\n".join(f"{n}. The Council should do this, {'and more ' * n}." for n in range(1, many + 1))
    for n in range(many):
        mo.post("sources/", **NEW | {"document": f"Recommendations\n\n{words}\n{n}"})
    first = Document.objects.earliest("pk")
    for one in first.proposals.all():
        mo.post(f"proposals/{one.pk}/keep/", version=1, kind="finding", priority=w.priority.pk)

    with django_assert_num_queries(5):  # session, user and seat are three of each
        listed = mo.get("documents/")
    with django_assert_num_queries(6):
        proposals = mo.get(f"documents/{first.pk}/proposals/")

    assert listed[1]["count"] == many
    assert proposals[1]["count"] >= many
