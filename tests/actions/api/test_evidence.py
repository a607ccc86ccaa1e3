"""Evidence through the API: with a file in several parts, listed with what is open, and its bytes handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actions.models import Evidence
from tests.actions.api.client import api
from tests.factories import World, action
from tests.files import CSV

pytestmark = pytest.mark.django_db
ATTACH = "/api/v1/boards/wessex/actions/1/attach/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def client_of(seat: Any, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    client.force_login(seat.user)
    return client


def parts(**said: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "words": "Who was briefed",
        "kind": "audit",
        "file": SimpleUploadedFile("../A.csv", CSV),
    } | said


def test_a_file_goes_in_and_comes_out_as_it_was(w: World) -> None:
    action(w)
    client = client_of(w.alice)

    answer = client.post(ATTACH, parts())
    [one] = answer.json()["evidence"]
    got = client.get(one["file"]["url"])

    assert answer.status_code == 200
    assert (one["kind"], one["has_file"], one["reached"]) == ("audit", True, None)
    assert {name: one["file"][name] for name in ("name", "type", "size")} == {
        "name": "A.csv",
        "type": "csv",
        "size": len(CSV),
    }
    assert (got.content, got["Content-Disposition"]) == (CSV, 'attachment; filename="A.csv"')
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_who_may_not_open_it_reads_only_that_there_is_one(w: World) -> None:
    action(w)
    client_of(w.alice).post(ATTACH, parts())

    _, seen = api(w.dan).get("actions/1/")
    status, _ = api(w.dan).get(f"actions/1/evidence/{Evidence.objects.get().pk}/")

    assert [(one["has_file"], one["file"]) for one in seen["evidence"]] == [(True, None)]
    assert status == 404


def test_what_is_not_taken_is_refused_at_its_field_and_kept_nowhere(w: World, folder: Path) -> None:
    action(w)
    client = client_of(w.alice)

    page = client.post(ATTACH, parts(file=SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")))
    stray = client.post(ATTACH, parts(approved="yes"))
    in_json = client.post(ATTACH, {"version": 1, "words": "x", "file": "x"}, content_type="application/json")
    elsewhere = client.post(ATTACH.replace("attach", "start"), parts())

    assert (page.status_code, page.json()["file"][0][:30]) == (400, "“a.svg” is a web page or a dra")
    assert (stray.status_code, stray.json()) == (400, {"approved": ["This is not taken here."]})
    assert (in_json.status_code, in_json.json()) == (400, {"file": ["This is not taken here."]})
    assert elsewhere.status_code == 415
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_file_that_is_too_large_is_refused_in_words(w: World, settings: Any) -> None:
    settings.EVIDENCE_MAX_MB = 1
    action(w)

    answer = client_of(w.alice).post(ATTACH, parts(file=SimpleUploadedFile("a.txt", b"x" * 8_000_000)))

    assert (answer.status_code, "larger than 1 MB" in answer.json()["file"][0]) == (400, True)


def test_a_form_from_elsewhere_is_refused_though_it_comes_in_parts(w: World) -> None:
    action(w)

    answer = client_of(w.alice, enforce_csrf_checks=True).post(ATTACH, parts())

    assert (answer.status_code, Evidence.objects.count()) == (403, 0)


def test_training_says_how_many_it_reached(w: World) -> None:
    action(w)
    said = {"version": 1, "words": "Two courses", "kind": "training"}

    missing = api(w.alice).post("actions/1/attach/", **said)
    status, stands = api(w.alice).post("actions/1/attach/", **said, reached=42, out_of=50)

    assert missing == (400, {"reached": ["Say how many people the training reached, and of how many."]})
    assert (status, stands["evidence"][0]["reached"], stands["evidence"][0]["out_of"]) == (200, 42, 50)


@pytest.mark.slow
def test_the_description_names_both_ways_to_send_it(w: World) -> None:
    described = client_of(w.alice).get("/api/v1/schema/?format=json").json()["paths"]

    sent = described["/api/v1/boards/{board}/actions/{number}/attach/"]["post"]["requestBody"]["content"]
    got = described["/api/v1/boards/{board}/actions/{number}/evidence/{id}/"]["get"]["responses"]
    assert set(sent) == {"application/json", "multipart/form-data"}
    assert set(got) >= {"200", "404", "410"}
