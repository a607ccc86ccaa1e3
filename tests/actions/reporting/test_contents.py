"""What a paper says: what a board asks, for whom, counted when, and without a word of what is restricted."""

from datetime import timedelta
from typing import Any

import pytest

from actions import colours, decisions, impact, progress, redaction, reporting, responses
from actions.impact import Found
from actions.intake import publishing
from actions.models import Commitment, Event, Passage, Report, Response, Source
from actions.rag import BEGUN, Scheme
from actions.refusals import Invalid
from tests.actions.api.client import api
from tests.actions.progress import lives
from tests.actions.reporting.papers import drafted, late, meeting, said
from tests.factories import TODAY, World, action, source

pytestmark = pytest.mark.django_db


def test_a_board_summary_says_what_a_board_asks(w: World) -> None:
    late(w, title="Brief every sergeant")
    moved = action(w, title="Write the protocol")
    progress.reschedule(
        moved,
        due_on=TODAY + timedelta(days=60),
        reason="The lawyer is ill.",
        by=w.bob,
        version=1,
        today=TODAY,
    )
    lives.asked(w, title="Audit the files")
    done = lives.signed_off(w, title="Ask families")
    impact.review(
        {done: done.version}, Found("embedded", "Ten files.", "Families are asked."), by=w.ingrid, today=TODAY
    )

    words = said(drafted(w))

    for one in (
        "Board summary",
        "1. Making safeguarding personal",
        "Brief every sergeant",
        "The trainer left.",
        "A second trainer.",
        "The lawyer is ill.",
        "Families are asked.",
        "Audit the files",
        "Alice Owner, Police",
        "1 embedded",
    ):
        assert one in words


def test_what_had_no_date_before_has_not_slipped(w: World) -> None:
    """Continuing work that was signed off, and is open again with its first due date."""
    one = lives.continuing(w, title="Tell every new sergeant")
    listed = progress.attach(one, words="List", link="https://example.org/l", by=w.alice, **lives.now(one))
    progress.finish(one, words="Done", done_on=TODAY, by=w.alice, **lives.now(one))
    progress.sign_off(one, relied_on=[listed], review_on=lives.LATER, by=w.bob, **lives.now(one))
    again = {"cause": "evidence", "words": "Not of this course", "due_on": lives.LATER}
    progress.reopen(one, **again, by=w.bob, **lives.now(one))

    words = said(drafted(w))

    assert "No date has moved." in words
    assert one.times_moved == 0


def test_what_waits_for_a_decision_comes_before_the_figures_and_what_is_empty_last_in_one_paragraph(
    w: World,
) -> None:
    lives.asked(w, title="Audit the files")

    sections = drafted(w).figures["sections"]

    keys = [one["key"] for one in sections]
    blocks = sections[keys.index("decisions")]["blocks"]
    assert keys.index("priorities") < keys.index("decisions") < keys.index("slipped") < keys.index("figures")
    assert [one["words"] for one in blocks if one["kind"] == "heading"] == [
        "More time asked for, not decided"
    ]
    assert blocks[-1]["parts"] == [
        {
            "s": "No agency proposes not to implement anything, or to refer it elsewhere. "
            "No owner has asked the board for anything. No hold is past its day."
        }
    ]


def test_a_pack_is_of_its_subgroup_alone_and_lists_every_open_action(w: World) -> None:
    for number in range(12):
        action(w, title=f"Ours {number}")
    lives.done(w, title="To be checked")
    action(w, title="The board's own", subgroup=None)

    report = drafted(w, subgroup=w.subgroup)

    words = said(report)
    assert report.kind == Report.Kind.SUBGROUP_PACK
    assert all(f"Ours {number}" in words for number in range(12))
    assert "To be checked" in words
    assert "The board's own" not in words


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (14, "for the cut-off of 3 June 2026, the same day."),
        (7, "for the cut-off of 27 May 2026, 7 days before."),
        (15, "for the cut-off of 4 June 2026, which is 1 day later: what happens until then is not in them."),
    ],
)
def test_it_says_when_its_figures_were_counted_and_for_which_cut_off(w: World, days: int, told: str) -> None:
    report = drafted(w, days=days)

    assert report.figures["as_of"] == f"Figures as of 3 June 2026, 12:00, {told}"


def test_a_restricted_review_counts_and_has_no_word_in_a_paper_of_anybody(w: World) -> None:
    sealed = source(w, "SAR Morwenna", "Morwenna")
    Source.objects.filter(pk=sealed.pk).update(restricted=True, subgroup=w.subgroup)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=sealed, kind="recommendation", words="Morwenna"
    )
    late(w, title="Do as Morwenna asks", commitments=(asked,))
    done = lives.signed_off(w, title="Done for Morwenna", commitments=(asked,))
    found = Found("embedded", "Morwenna", "Morwenna is safe")
    impact.review({done: done.version}, found, by=w.ingrid, today=TODAY)

    board = drafted(w)
    pack = reporting.draft(meeting(w, subgroup=w.subgroup), by=w.bob, today=TODAY)

    assert board.figures["numbers"]["whole"]["counted"] == 2
    for report in (board, pack):
        assert "Morwenna" not in said(report) + str(report.figures)
        assert "Restricted review" in said(report)
    assert not Passage.objects.filter(text__contains="Morwenna").exists()


def test_what_was_restricted_after_the_figures_were_counted_is_not_issued(w: World) -> None:
    open_ = source(w)
    asked = Commitment.objects.create(
        board=w.board, number=1, source=open_, kind="recommendation", words="Do"
    )
    late(w, commitments=(asked,))
    report = drafted(w)
    Source.objects.filter(pk=open_.pk).update(restricted=True)

    with pytest.raises(Invalid, match="Count them again"):
        reporting.issue(report, by=w.mo, saves=1, today=TODAY)

    reporting.refresh(report, by=w.mo, saves=1, today=TODAY)
    reporting.issue(report, by=w.mo, saves=2, today=TODAY)
    assert "Brief every custody sergeant" not in said(report)


def test_what_was_answered_and_decided_on_it_is_not_issued_either(w: World) -> None:
    open_ = source(w, "SAR Morwenna", "Morwenna")
    proposed, referred = (
        Commitment.objects.create(board=w.board, number=n, source=open_, kind="recommendation", words="Do")
        for n in (1, 2)
    )
    told: dict[str, Any] = {"by": w.mo, "today": TODAY}
    [asked] = responses.share_out(proposed, agencies=[w.police], **told)
    words = {"says": "not_implement", "words": "Not ours"}
    responses.respond(asked, **words, by=w.carol, version=1, today=TODAY)
    met = meeting(w, days=-7, state="held")
    said_there = {"kind": "referred", "words": "The inquest", "referred_to": "The coroner"}
    decisions.decide([referred], meeting=met, **said_there, **told)
    report = drafted(w)
    there = [words in said(report) for words in ("Morwenna C-1", "Not ours", "The inquest", "The coroner")]
    publishing.restrict(open_, subgroup=None, reason="The inquest", **told)

    with pytest.raises(Invalid, match="Count them again"):
        reporting.issue(report, saves=1, **told)

    reporting.refresh(report, saves=1, **told)
    reporting.issue(report, saves=2, **told)
    assert there == [True] * 4
    assert not any(words in said(report) for words in ("Morwenna", "Not ours", "The inquest", "The coroner"))


def test_what_is_needed_is_what_was_asked_for_and_nothing_that_was_said_after(w: World) -> None:
    one = lives.continuing(w)
    asking = {"confidence": "on_track", "words": "Nine of ten", "needed_from_board": "A room"}
    progress.update(one, **asking, by=w.alice, **lives.now(one))
    still = {"words": "In every briefing", "look_again_on": TODAY + timedelta(days=90)}
    progress.confirm(one, **still, by=w.alice, **lives.now(one))

    report = drafted(w)

    (needed,) = report.passages.filter(action=one, text="A room")
    assert needed.place in str(report.figures["sections"])
    page = api(w.dan).client.get("/wessex/summary/").text
    assert ("A room" in page, "In every briefing" in page) == (True, False)


def test_what_made_a_difference_names_the_actions_of_which_it_still_holds(w: World) -> None:
    asked = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="finding", words="Ask every adult"
    )
    one, other = (lives.signed_off(w, title=title, commitments=(asked,)) for title in ("Train", "Audit"))
    both, again = Found("embedded", "Ten files.", "All ask."), Found("partly", "Two files.", "Some audit.")
    impact.review({one: 4, other: 4}, both, commitment=asked, by=w.ingrid, today=TODAY)
    impact.review({other: 5}, again, by=w.ingrid, today=TODAY)

    sections = {one["key"]: one for one in drafted(w).figures["sections"]}

    rows = sections["difference"]["blocks"][0]["rows"]
    named = [[part["a"] for part in row[0] if "a" in part] for row in rows]
    assert named == [[other.number], [one.number]]


def test_each_figure_stands_beside_its_whole_and_commitments_above_them_all(w: World) -> None:
    late(w, title="Brief every sergeant")
    Commitment.objects.create(board=w.board, number=1, source=source(w), kind="finding", words="Ask")
    rules = Scheme.of(BEGUN.flat() | {"silent_after_days": 60})
    colours.set_colours(rules, by=w.mo, today=TODAY, saw=colours.mark(w.board))

    words = said(drafted(w))

    for one in (
        "1 of 1 made: nothing is planned, done or in place for it",
        "0 of 1 due by now: signed off, of those due by now",
        "1 of 1 counted, the longest by 10 days, no board meetings held since: planned or started",
        "0 of 1 counted: nothing said since the cut-off for papers before last (60 days",
    ):
        assert one in words
    assert words.index("Commitments made") < words.index("Complete, of those due by now")


def test_what_is_prepared_for_the_meeting_still_needs_its_decision(w: World) -> None:
    asked = Commitment.objects.create(
        board=w.board, number=1, source=source(w), kind="recommendation", words="Share one record"
    )
    (response,) = responses.share_out(asked, agencies=[w.police], by=w.mo, today=TODAY)
    said_no = {"says": "not_implement", "words": "The law forbids it."}
    responses.respond(response, **said_no, by=w.carol, version=1, today=TODAY)
    there = meeting(w)
    no = {"kind": "not_implemented", "words": "The law does.", "meeting": there}
    decisions.decide([asked], **no, by=w.mo, today=TODAY)

    report = reporting.draft(there, by=w.mo, today=TODAY)

    assert "The law forbids it." in said(report)
    assert Response.objects.to_decide(TODAY).count() == 1
    assert Response.objects.to_decide(there.meets_on).count() == 0


def test_nothing_said_and_words_that_were_removed_are_told_apart(w: World) -> None:
    action(w, title="Silent")
    one = late(w)
    redaction.line(Event.objects.get(action=one, verb="update"), by=w.mo, reason="Named", today=TODAY)

    words = said(drafted(w, subgroup=w.subgroup))

    assert "Nothing yet" in words
    assert "These words were removed." in words
