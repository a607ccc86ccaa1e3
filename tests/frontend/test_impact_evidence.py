"""Evidence that an impact review relies on: ticked, shown with it, and its file open to those to whom it is open."""

import pytest

from actions import redaction
from actions.models import Commitment, Event, Evidence, ImpactReview
from tests.actions.progress.lives import signed_off
from tests.factories import TODAY, World, source
from tests.frontend.checks import FILLED, with_a_file
from tests.frontend.pages import BrowserOf, text
from tests.frontend.test_impact import send
from tests.frontend.test_impact_together import together


@pytest.mark.slow
def test_the_evidence_is_ticked_of_impact_first_and_shown_with_the_check(
    w: World, browser_of: BrowserOf
) -> None:
    a = signed_off(w)
    audit, [listed] = with_a_file(a), a.evidence.filter(shows="completion")
    bob = browser_of(w.bob)

    form = text(bob.get("/wessex/actions/A-1/review-impact/"))
    strange = send(bob, **FILLED, relied_on=[0])
    half = send(bob, **FILLED | {"sentence": ""}, relied_on=[audit.pk])
    saved = [send(bob, **FILLED | {"words": ""}, relied_on=[audit.pk, listed.pk]) for _ in range(2)]
    second_thought = send(bob, **FILLED | {"words": ""}, relied_on=[audit.pk])

    assert form.index("Audit: Audit of 40 (a file) – Alice Owner") < form.index("List (a link) – Alice Owner")
    assert "Which evidence did you rely on? (optional)" not in form
    assert "Smith.csv" not in form
    assert (strange.status_code, "Tick evidence of the actions that you check only." in text(strange)) == (
        422,
        True,
    )
    assert half.context["form"]["relied_on"].value() == [str(audit.pk)]
    assert [answer.status_code for answer in [*saved, second_thought]] == [302, 302, 409]
    assert list(ImpactReview.objects.get().relied_on.values_list("pk", flat=True)) == [listed.pk, audit.pk]
    file = f'<a class="govuk-link" href="/wessex/actions/A-1/evidence/{audit.pk}/">Download Smith.csv</a>'
    mine, others = (text(browser_of(who).get("/wessex/actions/A-1/")) for who in (w.bob, w.dan))
    assert "Relied on:</p>" in mine
    assert mine.count(file) == 2
    assert ("Audit of 40" in others, "A file, not open to you" in others, "Smith.csv" in others) == (
        True,
        True,
        False,
    )
    redaction.evidence(audit, by=w.mo, reason="Names an adult", today=TODAY)
    after = text(bob.get("/wessex/actions/A-1/"))
    assert after.count("Removed by Mo Manager on 3 June 2026: Names an adult") == 2
    assert "Smith.csv" not in after


def test_the_owners_word_alone_shows_nothing(w: World, browser_of: BrowserOf) -> None:
    a = signed_off(w)
    said = {"words": "It works", "shows": "impact", "by": w.alice}
    word = Evidence.objects.create(board=a.board, action=a, **said)

    answer = send(browser_of(w.bob), **FILLED | {"words": ""}, relied_on=[word.pk])

    assert answer.status_code == 422
    assert "word alone is no evidence: say what you looked at, and what it showed." in text(answer)
    assert not ImpactReview.objects.exists()


@pytest.mark.slow
def test_evidence_of_those_that_are_ticked_is_relied_on_and_shown_with_both(
    w: World, browser_of: BrowserOf
) -> None:
    about = {"number": 7, "source": source(w), "kind": "recommendation", "words": "Ask"}
    asked = Commitment.objects.create(board=w.board, agency=w.police, **about)
    one, two = (signed_off(w, commitments=(asked,)) for _ in range(2))
    audit = with_a_file(one)
    bob = browser_of(w.bob)

    page = text(bob.get("/wessex/commitments/C-7/impact/"))
    strange = together(bob, two, relied_on=[audit.pk])
    failed = {"verdict": "not_effective", "reopen_until": "2026-09-01"}
    saved = [together(bob, one, two, relied_on=[audit.pk], **failed) for _ in range(2)]

    assert "A-1: Audit: Audit of 40 (a file) – Alice Owner" in page
    assert (strange.status_code, "Tick evidence of the actions that you check only." in text(strange)) == (
        422,
        True,
    )
    assert [answer.status_code for answer in saved] == [302, 302]
    assert [event.detail["relied_on"] for event in Event.objects.filter(verb="review_impact")] == [
        [audit.pk],
        [audit.pk],
    ]
    for path in ("commitments/C-7/", "actions/A-2/"):
        assert "Download Smith.csv" in text(bob.get(f"/wessex/{path}"))
        shown = text(browser_of(w.dan).get(f"/wessex/{path}"))
        assert ("Audit of 40" in shown, "Smith.csv" in shown) == (True, False)
