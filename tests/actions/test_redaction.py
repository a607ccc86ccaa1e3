"""Words put in by mistake are destroyed wherever they stand about the same thing; the rows and the reason stay."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from actions import audit, progress, redaction
from actions.intake import review, taking
from actions.models import Action, Commitment, Document, Event, Evidence, Proposal, ReviewStep, Seat
from actions.refusals import Invalid, NotAllowed
from tests import factories
from tests.factories import TODAY, World, action, world

pytestmark = pytest.mark.django_db

SECRET = "Mrs Quillfeather"
MARK = "Removed by Mo Manager on 3 June 2026: Named the adult"
SAR = f"""Recommendations

1. The board should make sure that {SECRET} and others are asked what they want.
2. The police should brief every custody sergeant.
"""


@pytest.fixture
def w() -> World:
    return world()


def by_mo(w: World) -> dict[str, Any]:
    return {"by": w.mo, "reason": "Named the adult", "today": TODAY}


def holding(words: str) -> list[str]:
    """The tables and columns in which the words can still be found."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE CAST("{column.name}" AS TEXT) LIKE %s',
                    [f"%{words}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def test_a_line_loses_its_words_and_says_who_took_them(w: World) -> None:
    a = action(w)
    progress.update(a, confidence="on_track", words=SECRET, by=w.alice, version=1, today=TODAY)

    redaction.line(Event.objects.get(verb="update"), **by_mo(w))

    line, last = redaction.explained([Event.objects.get(verb="update"), Event.objects.latest("seq")])
    assert (line.words, line.salt, line.removed) == (None, None, MARK)
    assert (last.verb, last.by, last.action, last.words, last.detail) == (
        "redact", w.mo, a, "Named the adult", {"seq": line.seq},
    )  # fmt: skip
    assert holding(SECRET) == []
    assert audit.verify(w.board) == []
    call_command("verify_audit", verbosity=0)


@pytest.mark.slow
def test_evidence_loses_its_words_and_link_and_the_trail_its_copy(w: World) -> None:
    a = action(w)
    link = "https://example.org/quillfeather"
    one = progress.attach(a, words=SECRET, link=link, by=w.alice, version=1, today=TODAY)

    redaction.evidence(one, **by_mo(w))

    one.refresh_from_db()
    assert (one.words, one.link) == (MARK, "")
    assert (holding(SECRET), holding("quillfeather")) == ([], [])
    assert audit.verify(w.board) == []


def test_the_line_of_some_evidence_takes_the_evidence_with_it(w: World) -> None:
    a = action(w)
    progress.attach(a, words=SECRET, link="https://example.org/q", by=w.alice, version=1, today=TODAY)

    redaction.line(Event.objects.get(verb="attach"), **by_mo(w))

    assert list(Evidence.objects.values_list("words", "link")) == [(MARK, "")]
    assert holding(SECRET) == []


def test_an_action_loses_title_and_detail_and_whoever_has_it_open_is_told(w: World) -> None:
    a = action(w, title=f"Visit {SECRET}", detail=f"Ask {SECRET} twice")

    redaction.action(a, **by_mo(w))

    now = Action.objects.get()
    assert (now.title, now.detail) == (MARK, MARK)
    assert now.version > a.version
    assert holding(SECRET) == []
    assert audit.verify(w.board) == []


def test_a_commitment_loses_its_words_also_where_they_are_printed(w: World) -> None:
    kept, document = kept_from_a_review(w)
    before = document.text

    redaction.commitment(kept, **by_mo(w))

    document.refresh_from_db()
    assert Commitment.objects.get().words == MARK
    assert [len(text.split("\n")) for text in (document.text, before)] == [5, 5]
    assert len(document.text) == len(before)
    assert "brief every custody sergeant" in document.text
    assert not ReviewStep.objects.exists()
    assert holding(SECRET) == []
    assert audit.verify(w.board) == []


def test_a_document_loses_its_text_and_name_and_what_was_read_in_it(w: World) -> None:
    kept, document = kept_from_a_review(w, name=f"{SECRET}.txt")

    redaction.document(document, **by_mo(w))
    redaction.commitment(kept, **by_mo(w))

    document.refresh_from_db()
    assert document.name == MARK
    assert set(document.text) == {"█", " ", "\n"}
    assert set(Proposal.objects.values_list("text", flat=True)) == {MARK}
    assert (holding(SECRET), holding("custody")) == ([], [])
    assert audit.verify(w.board) == []


def kept_from_a_review(w: World, name: str = "sar.txt") -> tuple[Commitment, Document]:
    given = {"by": w.mo, "today": TODAY}
    taken = taking.take_in(data=SAR.encode(), name=name, kind=w.sar, title="SAR Q", short_title="Q", **given)
    proposal = Proposal.objects.get(text__contains=SECRET)
    return review.keep(proposal, version=proposal.version, **given), taken.document


def test_what_is_not_about_the_same_thing_stays(w: World) -> None:
    a, b = action(w, title="Same words"), action(w, title="Same words")

    redaction.action(a, **by_mo(w))

    b.refresh_from_db()
    assert b.title == "Same words"
    assert Event.objects.get(action=b).words == "Same words"


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dan", "ingrid"])
def test_it_is_for_the_manager_alone(w: World, who: str) -> None:
    a = action(w)
    seat: Seat = getattr(w, who)

    with pytest.raises(NotAllowed, match="It is for the board manager"):
        redaction.line(Event.objects.get(), by=seat, reason="Named the adult", today=TODAY)

    a.refresh_from_db()
    assert a.title == "Brief every custody sergeant"
    assert Event.objects.count() == 1


def test_another_boards_line_is_not_for_our_manager(w: World) -> None:
    other = world("mercia")
    action(other)

    with pytest.raises(NotAllowed):
        redaction.line(Event.objects.get(), **by_mo(w))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_reason_is_needed_and_is_short(w: World, reason: str) -> None:
    action(w)

    with pytest.raises(Invalid) as refused:
        redaction.line(Event.objects.get(), by=w.mo, reason=reason, today=TODAY)

    assert refused.value.field == "reason"


def test_what_is_gone_or_was_never_there_cannot_be_removed(w: World) -> None:
    a = action(w)
    progress.start(a, by=w.alice, version=1, today=TODAY)
    line = Event.objects.get(verb="plan")
    redaction.line(line, **by_mo(w))
    line.refresh_from_db()

    with pytest.raises(Invalid, match="removed already"):
        redaction.line(line, **by_mo(w))
    with pytest.raises(Invalid, match="no words"):
        redaction.line(Event.objects.get(verb="start"), **by_mo(w))


def test_the_database_itself_allows_nothing_but_taking_the_words(w: World) -> None:
    action(w)

    for change in ({"words": "x"}, {"words": None}, {"words": None, "salt": None, "on": date(2026, 1, 1)}):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            Event.objects.update(**change)


def test_a_removal_can_itself_have_its_reason_removed(w: World) -> None:
    a = action(w)
    progress.reschedule(a, due_on=date(2026, 8, 1), reason=SECRET, by=w.bob, version=1, today=TODAY)
    redaction.line(Event.objects.get(verb="reschedule"), by=w.mo, reason=SECRET, today=TODAY)

    redaction.line(Event.objects.get(verb="redact"), **by_mo(w))

    assert holding(SECRET) == []
    assert audit.verify(w.board) == []
    assert [e.removed for e in redaction.explained(list(Event.objects.filter(words=None).order_by("seq")))] == [
        "Removed by Mo Manager on 3 June 2026: ", MARK,
    ]  # fmt: skip


def test_marks_are_on_the_books_of_a_source_too(w: World) -> None:
    kept, document = kept_from_a_review(w)
    source = factories.Source.objects.get()

    redaction.line(Event.objects.get(verb="take_in"), **by_mo(w))

    document.refresh_from_db()
    source.refresh_from_db()
    assert (document.name, source.title, kept.source_id) == (MARK, "SAR Q", source.pk)
