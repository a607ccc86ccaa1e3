"""Commitments that resemble each other: told at intake and on the page, linked, set apart, opened again."""

from __future__ import annotations

import pytest
from django.test import Client

from actions import links
from actions.models import Action, Commitment, CommitmentLink, Proposal, Source
from tests.actions.test_links import AGAIN, BRIEF, commitment, proposed, signed_off
from tests.factories import TODAY, World, action, source, world

pytestmark = pytest.mark.django_db
LATER = "2099-09-30"


@pytest.fixture
def w() -> World:
    return world()


def as_(seat: object) -> Client:
    client = Client()
    client.force_login(seat.user)  # type: ignore[attr-defined]
    return client


def flat(client: Client, path: str) -> str:
    return " ".join(client.get(f"/wessex/{path}").text.split())


def test_at_intake_a_proposal_says_what_it_resembles_and_is_kept_as_covered(w: World) -> None:
    mo = as_(w.mo)
    old = kept(mo, proposed(w, BRIEF))
    proposal = proposed(w, AGAIN)
    path = review_of(proposal)

    page = flat(mo, path)
    assert (
        f'<strong>Resembles</strong> <a class="govuk-link" href="/wessex/commitments/C-1/">{old.reference}'
        in page
    )
    assert "no action yet" in page
    assert f'<option value="covered_by:1">Already covered by {old.reference}</option>' in page
    new = kept(mo, proposal, alike="covered_by:1")

    assert [(one.said, one.commitment) for one in links.of(w.mo, new)] == [("Already covered by", old)]
    assert "Resembles" not in flat(mo, path)
    assert "Resembles" not in flat(as_(w.dan), review_of(proposed(w, f"{AGAIN} Now")))


def review_of(proposal: Proposal) -> str:
    return f"sources/{proposal.document.source.reference}/review/{proposal.document_id}/"


def kept(mo: Client, proposal: Proposal, **about: str) -> Commitment:
    sent = {"proposal": proposal.pk, "version": 1, "verb": "keep", "kind": "recommendation"} | about
    answer = mo.post(f"/wessex/{review_of(proposal)}", sent)
    assert answer.status_code == 302, answer.text
    return Commitment.objects.get(proposal=proposal)


@pytest.mark.slow
@pytest.mark.parametrize("htmx", [True, False])
def test_what_it_is_said_to_resemble_must_be_there_and_the_choice_is_kept(w: World, htmx: bool) -> None:
    mo = as_(w.mo)
    kept(mo, proposed(w, BRIEF))
    proposal = proposed(w, AGAIN)
    sent = {"proposal": proposal.pk, "version": 1, "verb": "keep", "kind": "context", "alike": "repeats:1"}
    headers = {"HX-Request": "true"} if htmx else {}

    answer = mo.post(f"/wessex/{review_of(proposal)}", sent, headers=headers)

    assert answer.status_code == 422
    assert '<option value="repeats:1" selected>' in answer.text
    for wrong in ("repeats:77", "twin:1"):
        given = sent | {"kind": "recommendation", "alike": wrong}
        assert mo.post(f"/wessex/{review_of(proposal)}", given, headers=headers).status_code == 422
    proposal.refresh_from_db()
    assert (proposal.state, CommitmentLink.objects.count()) == ("waiting", 0)


@pytest.mark.slow
def test_on_its_page_the_two_are_linked_changed_and_set_apart_both_ways(w: World) -> None:
    mo = as_(w.mo)
    commitment(w, BRIEF), commitment(w, AGAIN)
    both = "/wessex/commitments/C-2/and/C-1/"

    assert "<strong>Resembles</strong>" in flat(mo, "commitments/C-2/")
    assert AGAIN in mo.get(both).text
    assert BRIEF in mo.get(both).text
    answer = mo.post(both, {"kind": "repeats", "words": "As before"}, follow=True)
    assert "<strong>Repeats</strong>" in answer.text
    assert "As before" in answer.text
    assert "<strong>Repeated by</strong>" in flat(mo, "commitments/C-1/")
    assert "Change or take back" not in flat(as_(w.dan), "commitments/C-1/")

    first = CommitmentLink.objects.get()
    mo.post(both, {"kind": "not_the_same", "saw": first.pk})
    assert "Not the same as" in flat(mo, "commitments/C-1/")
    assert "Like it elsewhere" not in flat(as_(w.dan), "commitments/C-1/")
    mo.post(both, {"remove": "1", "saw": CommitmentLink.objects.get().pk})
    assert "<strong>Resembles</strong>" in flat(as_(w.dan), "commitments/C-1/")


@pytest.mark.slow
def test_what_covers_it_counts_for_it_and_says_what_it_still_lacks(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    links.link(new, old, kind="covered_by", by=w.mo, today=TODAY)
    a = action(w, commitments=(old,))
    dan, there = as_(w.dan), f'<a class="govuk-link" href="/wessex/commitments/C-1/">{old.reference}</a>'
    index, source_page = (
        f"sources/{new.source.reference}/",
        flat(as_(w.mo), f"sources/{new.source.reference}/"),
    )

    page = flat(dan, "commitments/C-2/")
    assert f"Covered by {there}: its state counts here." in page
    assert f"<li>{old.reference}: {a.reference} is done and signed off</li>" in page
    assert (page.count("Under way"), "No action yet" in flat(dan, index)) == (1, False)
    assert "without any" not in source_page
    assert "Covered by" not in flat(dan, "commitments/C-1/")

    Action.objects.update(status="signed_off", done_on=TODAY)
    page = flat(dan, "commitments/C-2/")
    assert "Complete" in page
    assert "It is complete when" not in page
    action(w, commitments=(new,))
    assert "its state counts here" not in flat(dan, "commitments/C-2/")


def test_of_a_restricted_one_that_covers_it_only_the_neutral_reference_is_told(w: World) -> None:
    old, new = commitment(w, BRIEF, source(w, "SAR Beatrice", "Beatrice")), commitment(w, AGAIN)
    Commitment.objects.filter(pk=old.pk).update(agency=w.council)
    Source.objects.filter(pk=old.source_id).update(restricted=True, subgroup=w.subgroup)
    links.link(new, old, kind="covered_by", by=w.mo, today=TODAY)
    a = action(w, commitments=(old,))

    page = flat(as_(w.dan), "commitments/C-2/")
    assert "Covered by S-1 recommendation C-1: its state counts here." in page
    assert "<li>S-1 recommendation C-1 is complete</li>" in page
    assert "Under way" in page
    assert not [words for words in (BRIEF, "Beatrice", a.reference, "commitments/C-1/") if words in page]
    assert f"C-1: {a.reference} is done and signed off</li>" in flat(as_(w.bob), "commitments/C-2/")


def test_errors_name_their_place_and_nothing_typed_is_lost(w: World) -> None:
    mo = as_(w.mo)
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    both = "/wessex/commitments/C-2/and/C-1/"

    nothing = mo.post(both, {"words": "Because"})
    assert nothing.status_code == 422
    assert "Choose what the two have to do with each other." in nothing.text
    assert "Because" in nothing.text
    links.link(new, old, kind="related", by=w.mo, today=TODAY)
    second = mo.post(both, {"kind": "repeats", "words": "Because"})
    assert second.status_code == 409
    assert "Mo Manager said of the two meanwhile: related to" in second.text
    assert "Because" in second.text
    assert mo.post(both, {"remove": "1"}).status_code == 409
    assert CommitmentLink.objects.get().kind == "related"


@pytest.mark.slow
def test_signed_off_work_of_what_it_repeats_is_opened_again_from_there(w: World) -> None:
    old, new = commitment(w, BRIEF), commitment(w, AGAIN)
    signed_off(w, old)
    path = "/wessex/commitments/C-2/reopen/A-1/"
    bob = as_(w.bob)
    assert path not in bob.get("/wessex/commitments/C-2/").text
    links.link(new, old, kind="repeats", by=w.mo, today=TODAY)

    assert path in bob.get("/wessex/commitments/C-2/").text
    assert path not in as_(w.alice).get("/wessex/commitments/C-2/").text
    assert as_(w.alice).get(path).status_code == 403
    wrong = bob.post(path, {"version": 4, "words": "Half of it", "due_on": "2020-01-01"})
    assert (wrong.status_code, "Choose today or a later day." in wrong.text) == (422, True)
    assert "Half of it" in wrong.text
    answer = bob.post(path, {"version": 4, "words": "Again", "due_on": LATER}, follow=True)

    assert "A-1 is open again, and answers this too." in answer.text
    assert set(Action.objects.get().commitments.all()) == {old, new}
    assert bob.post(path, {"version": 4, "words": "Again", "due_on": LATER}).status_code == 409
    assert "nothing to open again" in bob.get(path).text


def test_a_restricted_review_is_not_told_to_those_who_may_not_read_it(w: World) -> None:
    closed = source(w, "SAR Beatrice", "Beatrice")
    Source.objects.filter(pk=closed.pk).update(restricted=True)
    old = commitment(w, BRIEF, closed)
    Commitment.objects.update(agency=w.council)
    new = commitment(w, AGAIN)

    assert "Like it elsewhere" not in flat(as_(w.dan), "commitments/C-2/")
    links.link(new, old, kind="repeats", words="Why", by=w.mo, today=TODAY)
    assert "Like it elsewhere" not in flat(as_(w.dan), "commitments/C-2/")
    assert "Like it elsewhere" in flat(as_(w.ingrid), "commitments/C-2/")


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_many_are_like_it(
    w: World, count: int, django_assert_num_queries: object
) -> None:
    of, mo = source(w), as_(w.mo)
    new = commitment(w, AGAIN, of)
    for _ in range(count):
        old = commitment(w, BRIEF, of)
        signed_off(w, old)
        links.link(new, old, kind="repeats", by=w.mo, today=TODAY)
    for _ in range(count):
        commitment(w, BRIEF, of)
    mo.get("/wessex/commitments/C-1/")

    with django_assert_num_queries(19):  # type: ignore[operator]
        page = mo.get("/wessex/commitments/C-1/").text

    assert (page.count("<strong>Repeats"), page.count("<strong>Resembles")) == (count, count)
