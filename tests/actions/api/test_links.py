"""Commitments that resemble each other, for machines: the same rows and verbs as on the pages."""

import pytest

from actions import links
from actions.models import Action, Commitment, CommitmentLink, Seat, Source
from tests.actions.api.client import api
from tests.actions.test_links import AGAIN, BRIEF, commitment, signed_off
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db
AGREED = {"other": 1, "kind": "repeats", "words": "As before"}


@pytest.fixture
def w() -> World:
    return world()


def test_what_resembles_it_is_read_and_linked_and_taken_back(w: World) -> None:
    commitment(w, BRIEF), commitment(w, AGAIN)
    mo, dan = api(w.mo), api(w.dan)

    [near] = dan.get("commitments/2/resembling/")[1]
    assert (near["commitment"]["number"], near["commitment"]["work"], near["name"]) == (1, 0, "")
    status, [said] = mo.post("commitments/2/link/", **AGREED)
    assert (status, said["said"], said["words"], said["by"]["name"]) == (
        200,
        "Repeats",
        "As before",
        "Mo Manager",
    )
    assert dan.get("commitments/1/links/")[1][0]["said"] == "Repeated by"
    assert dan.get("commitments/2/resembling/") == (200, [])

    assert mo.post("commitments/1/unlink/", other=2)[0] == 409
    assert mo.post("commitments/1/unlink/", other=2, saw=said["id"]) == (200, [])
    assert len(dan.get("commitments/2/resembling/")[1]) == 1


def test_what_covers_it_is_named_with_what_it_lacks_as_far_as_one_may_know(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    links.link(new, old, kind="covered_by", by=w.mo, today=TODAY)
    action(w, commitments=(old,))

    def shown(seat: Seat) -> list[object]:
        told = api(seat).get("commitments/2/")[1]
        return [told[name] for name in ("state", "covered_by", "missing")]

    by = {"number": 1, "reference": old.reference}
    assert shown(w.dan) == ["under_way", by, [f"{old.reference}: A-1 is done and signed off"]]
    assert api(w.dan).get("commitments/", state="under_way")[1]["count"] == 2
    assert api(w.dan).get("commitments/1/")[1]["covered_by"] is None
    Source.objects.filter(pk=old.source_id).update(restricted=True)
    Commitment.objects.filter(pk=old.pk).update(agency=w.council)
    neutral = "S-1 recommendation C-1"
    assert shown(w.dan) == ["under_way", by | {"reference": neutral}, [f"{neutral} is complete"]]
    Action.objects.update(status="signed_off", done_on=TODAY)
    assert shown(w.mo) == ["complete", by | {"reference": neutral}, []]


def test_that_two_are_not_the_same_is_told_to_who_may_take_it_back(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    links.link(new, old, kind="not_the_same", by=w.mo, today=TODAY)

    assert [len(api(seat).get("commitments/2/links/")[1]) for seat in (w.mo, w.dan)] == [1, 0]
    assert api(w.dan).get("commitments/2/resembling/") == (200, [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        (AGREED | {"kind": "twin"}, 400, "kind"),
        (AGREED | {"other": 77}, 400, "other"),
        (AGREED | {"other": 2}, 400, "other"),
        (AGREED | {"words": "x" * 301}, 400, "words"),
        (AGREED | {"more": "x"}, 400, "more"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(
    w: World, sent: dict[str, object], status: int, field: str
) -> None:
    commitment(w, BRIEF), commitment(w, AGAIN)

    answer = api(w.mo).post("commitments/2/link/", **sent)

    assert (answer[0], list(answer[1])) == (status, [field])
    assert api(w.bob).post("commitments/2/link/", **AGREED)[0] == 403
    assert not CommitmentLink.objects.exists()


def test_signed_off_work_is_opened_again_for_it(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    signed_off(w, old)
    sent = {"action": 1, "version": 4, "words": "Asked again", "due_on": "2099-01-01"}

    assert api(w.carol).post("commitments/2/reopen/", **sent)[0] == 403
    status, answer = api(w.bob).post("commitments/2/reopen/", **sent)
    assert (status, answer["number"], answer["status"]) == (200, 1, "started")
    assert set(Action.objects.get().commitments.all()) == {old, new}
    assert api(w.bob).post("commitments/2/reopen/", **sent)[0] == 409


def test_a_restricted_review_is_not_told(w: World) -> None:
    closed = source(w, "SAR Beatrice", "Beatrice")
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    old, new = commitment(w, BRIEF, closed), commitment(w, AGAIN)
    type(old).objects.filter(pk=old.pk).update(agency=w.council)

    assert [len(api(seat).get("commitments/2/resembling/")[1]) for seat in (w.dan, w.mo)] == [0, 1]
    links.link(new, old, kind="repeats", by=w.mo, today=TODAY)
    assert [len(api(seat).get("commitments/2/links/")[1]) for seat in (w.dan, w.mo)] == [0, 1]
