"""Evidence on an action's page: added with its kind and file, shown by what it shows, ticked, handed out, destroyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions import progress
from actions.models import Action, Commitment, Evidence, Seat, Source
from tests import factories
from tests.actions.progress import lives
from tests.factories import TODAY, World, action, seat, world
from tests.files import CSV, PDF, png
from tests.frontend.pages import BrowserOf, text

SAID = {
    "words": "Who was briefed",
    "shows": "completion",
    "kind": "training",
    "reached": "42",
    "out_of": "50",
}
NOBODY = "No details that identify an adult."


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def add(
    client: Client, version: int = 1, name: str = "Roster.csv", data: bytes = CSV, **said: Any
) -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return client.post("/wessex/actions/A-1/attach/", {"version": version, "file": file} | SAID | said)


def kept(
    a: Action, name: str = "Roster.csv", data: bytes = CSV, by: Seat | None = None, **said: Any
) -> Evidence:
    about = {"words": "Who was briefed", "file": (name, data)} | said
    return progress.attach(a, **about, by=by or a.owner, **lives.now(a))


def test_every_upload_says_that_nobody_is_to_be_identified_and_what_is_taken(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)

    shown = text(browser_of(w.alice).get("/wessex/actions/A-1/attach/"))

    assert f"plain text or CSV, up to 20 MB. {NOBODY}" in shown
    assert shown.count(NOBODY) == 2
    assert 'enctype="multipart/form-data"' in shown


def test_a_file_is_added_shown_with_its_kind_and_handed_out(w: World, browser_of: BrowserOf) -> None:
    action(w)
    client = browser_of(w.alice)

    sent = add(client)
    shown = client.get(sent["Location"])
    one = Evidence.objects.get()
    got = client.get(f"/wessex/actions/A-1/evidence/{one.pk}/")

    assert "Training, which reached 42 of 50.</strong> Who was briefed" in text(shown)
    assert "Evidence added: training</h3>" in text(shown)
    assert f'href="/wessex/actions/A-1/evidence/{one.pk}/">Download Roster.csv</a>' in text(shown)
    assert f"CSV table, {len(CSV)} bytes" in text(shown)
    assert (got.status_code, got.content, got["Content-Type"]) == (200, CSV, "text/csv; charset=utf-8")
    assert got["Content-Disposition"] == 'attachment; filename="Roster.csv"'


def test_the_manager_keeps_what_an_owner_gave_as_the_owners(w: World, browser_of: BrowserOf) -> None:
    action(w)
    mo, given = browser_of(w.mo), {"on_behalf_of": w.alice.pk, "said_on": TODAY, "how": "mail"}
    opened = text(mo.get("/wessex/actions/A-1/attach/"))

    half = add(mo, **given | {"how": ""})
    nobody = add(mo, **given | {"on_behalf_of": ""})
    sent = add(mo, **given)

    assert "Nobody: it is my own</option>" in opened
    assert ("Alice Owner</option>" in opened, "Mo Manager</option>" in opened) == (True, False)
    assert (half.status_code, nobody.status_code, sent.status_code) == (422, 422, 302)
    assert Evidence.objects.get().by == w.alice
    assert "Mo Manager, on behalf of Alice Owner" in text(mo.get("/wessex/actions/A-1/"))
    assert "On behalf of" not in text(browser_of(w.alice).get("/wessex/actions/A-1/attach/"))


def test_of_completion_and_of_impact_stand_apart(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    kept(a, words="What changed", shows="impact", kind="voice")
    kept(a, words="The new form", kind="policy")
    progress.attach(a, words="All were told", by=w.alice, **lives.now(a))

    shown = text(browser_of(w.dan).get("/wessex/actions/A-1/"))

    parts = [
        "That it was done</h3>",
        "Policy or procedure.</strong> The new form",
        "All were told",
        "That it made a difference</h3>",
        "Voice of the adult.</strong> What changed",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_a_file_with_letters_of_any_kind_keeps_its_name(w: World, browser_of: BrowserOf) -> None:
    one = kept(action(w), name="Übersicht – Oxfordshire.csv")

    got = browser_of(w.alice).get(f"/wessex/actions/A-1/evidence/{one.pk}/")

    assert got["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%9Cbersicht%20%E2%80%93%20Oxfordshire.csv"
    )


def test_who_may_not_open_it_reads_that_there_is_one_and_not_its_name(
    w: World, browser_of: BrowserOf
) -> None:
    one = kept(action(w))
    client = browser_of(w.dan)

    shown = text(client.get("/wessex/actions/A-1/"))

    assert (
        f"A file (CSV table, {len(CSV)} bytes): open to the owner’s agency, its contributors, its subgroup"
        in shown
    )
    assert "Roster" not in shown
    assert client.get(f"/wessex/actions/A-1/evidence/{one.pk}/").status_code == 404


def test_a_file_is_found_under_its_own_action_and_board_alone(w: World, browser_of: BrowserOf) -> None:
    one, stranger = kept(action(w)), world("mercia")
    action(w)
    word = progress.attach(Action.objects.get(number=2), words="x", by=w.alice, version=1, today=TODAY)

    tried = {
        "another action": browser_of(w.alice).get(f"/wessex/actions/A-2/evidence/{one.pk}/"),
        "no file": browser_of(w.alice).get(f"/wessex/actions/A-2/evidence/{word.pk}/"),
        "nothing": browser_of(w.alice).get("/wessex/actions/A-1/evidence/99999999999999999999/"),
        "another board": browser_of(stranger.mo).get(f"/wessex/actions/A-1/evidence/{one.pk}/"),
        "through theirs": browser_of(stranger.mo).get(f"/mercia/actions/A-1/evidence/{one.pk}/"),
        "api": browser_of(stranger.mo).get(f"/api/v1/boards/wessex/actions/1/evidence/{one.pk}/"),
    }

    assert {name: got.status_code for name, got in tried.items()} == dict.fromkeys(tried, 404)


def test_what_answers_a_restricted_review_is_open_to_fewer(w: World, browser_of: BrowserOf) -> None:
    sealed = factories.source(w)
    Source.objects.update(restricted=True)
    about = {"kind": "recommendation", "words": "Do it", "agency": w.police}
    asked = Commitment.objects.create(board=w.board, number=1, source=sealed, **about)
    colleague = seat(w.board, "Pat Police", w.police)
    one = kept(action(w, commitments=(asked,), subgroup=None))

    opened = {
        who.name: browser_of(who).get(f"/wessex/actions/A-1/evidence/{one.pk}/").status_code
        for who in (w.alice, w.carol, w.mo, w.ingrid, colleague, w.bob, w.dan)
    }

    assert opened == {
        "Alice Owner": 200, "Carol Lead": 200, "Mo Manager": 200, "Ingrid Chair": 200,
        "Pat Police": 404, "Bob Chair": 404, "Dan Member": 404,
    }  # fmt: skip


@pytest.mark.parametrize("spoil", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_on_disk_is_told_and_not_handed_out(
    w: World, browser_of: BrowserOf, folder: Path, spoil: str
) -> None:
    one = kept(action(w))
    place = folder / one.file.name
    place.unlink() if spoil == "gone" else place.write_bytes(b"Something else")

    page = browser_of(w.alice).get(f"/wessex/actions/A-1/evidence/{one.pk}/")
    api = browser_of(w.alice).get(f"/api/v1/boards/wessex/actions/1/evidence/{one.pk}/")

    assert (page.status_code, api.status_code) == (410, 410)
    assert "is not where it was kept, or no longer as it came" in text(page)
    assert "tell the board manager" in api.json()["detail"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": ""}, "Choose what kind of evidence it is."),
        ({"out_of": ""}, "Say how many people the training reached, and of how many."),
        ({"reached": "51"}, "It cannot reach more than the 50 there are"),
        ({"kind": "audit"}, "Only training says how many it reached."),
        ({"words": ""}, "Say what it is"),
        ({"link": "not an address"}, "Enter a web address"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_the_file_is_asked_for_again(
    w: World, browser_of: BrowserOf, folder: Path, said: dict[str, str], words: str
) -> None:
    action(w)

    answer = add(browser_of(w.alice), **said)

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Choose the file again: a browser never sends it twice by itself." in text(answer)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_sent_twice_it_is_kept_once_and_another_file_is_another_thought(
    w: World, browser_of: BrowserOf
) -> None:
    action(w)
    client = browser_of(w.alice)

    add(client)
    again = add(client)
    told = text(client.get(again["Location"]))
    other = add(client, data=CSV + b"Wards,1,1\n")

    assert (again.status_code, other.status_code) == (302, 409)
    assert "This was saved already, once." in told
    assert Evidence.objects.count() == 1
    assert "Choose the file again" in text(other)


def test_after_sign_off_the_form_offers_evidence_of_impact_alone(w: World, browser_of: BrowserOf) -> None:
    a = lives.signed_off(w)
    client = browser_of(w.alice)

    asked = client.get("/wessex/actions/A-1/attach/").context["form"]
    sent = add(client, a.version, shows="impact", kind="audit", reached="", out_of="")

    assert [value for value, _ in asked.fields["shows"].choices] == ["impact"]
    assert sent.status_code == 302
    assert Evidence.objects.latest("pk").shows == "impact"


def test_the_chair_ticks_evidence_by_its_kind(w: World, browser_of: BrowserOf) -> None:
    a = action(w)
    kept(a, kind="training", reached=42, out_of=50)
    progress.attach(a, words="All were told", by=w.alice, **lives.now(a))
    progress.finish(a, words="Done", done_on=TODAY, by=w.alice, **lives.now(a))

    form = browser_of(w.bob).get("/wessex/actions/A-1/").context["form"]

    assert [label for _, label in form.fields["relied_on"].choices] == [
        "Training, which reached 42 of 50: Who was briefed (a file) – Alice Owner",
        "All were told – Alice Owner (the owner's word alone)",
    ]


def test_the_manager_sees_the_file_go_before_it_does(
    w: World, browser_of: BrowserOf, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    one = kept(action(w), name="Mrs Quillfeather.csv")
    client = browser_of(w.mo)
    url = f"/wessex/trail/remove/evidence/{one.pk}/"

    asked = text(client.get(url))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"reason": "Named the adult", "sure": "on"})
    shown = text(client.get("/wessex/actions/A-1/"))

    assert "The file Mrs Quillfeather.csv" in asked
    assert "of its file no byte stays here" in asked
    assert "Removed by Mo Manager on 3 June 2026: Named the adult" in shown
    assert "Quillfeather" not in shown
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert client.get(f"/wessex/actions/A-1/evidence/{one.pk}/").status_code == 404


@pytest.mark.parametrize("query", ["?evidence=voice", "?evidence=none", "?evidence=any"])
def test_actions_are_found_by_the_evidence_they_have(w: World, browser_of: BrowserOf, query: str) -> None:
    for shows in ("completion", "impact"):
        kept(action(w), words="Heard", kind="voice", shows=shows) if shows == "impact" else action(w)

    found = [one.number for one in browser_of(w.dan).get(f"/wessex/actions/{query}").context["page"]]

    assert found == {"?evidence=voice": [2], "?evidence=none": [1], "?evidence=any": [2]}[query]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_files(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    a = action(w)
    for n in range(count):
        kept(a, name=f"{n}.csv", data=CSV + str(n).encode())
        kept(a, name=f"{n}.png", data=png(), shows="impact")
    client = browser_of(w.carol)
    client.get("/wessex/actions/A-1/")

    with django_assert_num_queries(13):
        client.get("/wessex/actions/A-1/")


def test_handing_out_a_file_asks_few_things(
    w: World, browser_of: BrowserOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = kept(action(w), name="a.pdf", data=PDF)
    client = browser_of(w.carol)
    client.get("/wessex/")

    with django_assert_num_queries(7):
        client.get(f"/wessex/actions/A-1/evidence/{one.pk}/")
