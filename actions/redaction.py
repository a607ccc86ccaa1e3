"""Destroys words put in by mistake, wherever they stand about the same thing; who, when and why stay in their place.

It deletes no row and hides nothing: the trail stays whole, and each removal is a line of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from actions import access, trail
from actions.models import (
    Action,
    Challenge,
    Commitment,
    CommitmentLink,
    Decision,
    Document,
    Event,
    Evidence,
    ImpactReview,
    Measure,
    Passage,
    Proposal,
    Response,
    Seat,
    Source,
)
from actions.models.event import WAS
from actions.refusals import Invalid

BLOCK = "███████ "


def line(event: Event, *, by: Seat, reason: str, today: date) -> None:
    """The words of one line of the trail, and the same words in what it wrote: evidence, a title, a commitment.

    Every line about a measure names it, so with one of them all that people wrote of it goes.
    """
    _refuse(by, event, reason)
    if event.words is None:
        raise Invalid("These words were removed already.")
    if not event.words:
        raise Invalid("This line has no words to remove.")
    words, mark = [event.words], mark_of(by, reason, today)
    if event.verb == "correct":
        words += WAS.findall(event.words)  # what it put right stood elsewhere before
    with transaction.atomic():
        lines = Event.objects.filter(pk=event.pk)
        if event.action:
            lines |= _of_action(event.action, words, mark)
        if event.commitment:
            lines |= _of_commitment(event.commitment, words, mark)
        if event.source:
            Source.objects.filter(pk=event.source.pk, title__in=words).update(title=mark[:200])
            event.source.documents.filter(name__in=words).update(name=mark[:200])
        if event.verb in trail.MEASURED:
            lines |= _of_measure(Measure.objects.get(pk=event.detail["measure"]), mark)
        if "decision" in event.detail:
            lines |= _of_decisions(Decision.objects.filter(pk=event.detail["decision"]), mark)
        if "report" in event.detail:
            _destroy(Passage.objects.filter(report=event.detail["report"], text__in=words), mark)
        if event.verb in trail.CHALLENGED:
            lines |= _of_challenge(Challenge.objects.get(pk=event.detail["challenge"]), mark)
        entry = trail.Entry("redact", by, today, event.action, event.commitment, event.source)
        _empty(lines, replace(entry, words=reason.strip()))


def evidence(one: Evidence, *, by: Seat, reason: str, today: date) -> None:
    """What was said of it, its link and its file, of which no byte stays."""
    _refuse(by, one, reason)
    words, mark = [one.words], mark_of(by, reason, today)
    with transaction.atomic():
        lines = _of_action(one.action, words, mark)
        Evidence.objects.filter(pk=one.pk).empty(mark)
        _empty(lines, trail.Entry("redact", by, today, action=one.action, words=reason.strip()))


def action(one: Action, *, by: Seat, reason: str, today: date) -> None:
    """Its title and its detail."""
    _refuse(by, one, reason)
    words, mark = [one.title, one.detail], mark_of(by, reason, today)
    with transaction.atomic():
        lines = _of_action(one, words, mark)
        _empty(lines, trail.Entry("redact", by, today, action=one, words=reason.strip()))


def commitment(one: Commitment, *, by: Seat, reason: str, today: date) -> None:
    """Its words, here and where they are printed in the document that was read."""
    _refuse(by, one, reason)
    words, mark = [one.words], mark_of(by, reason, today)
    with transaction.atomic():
        lines = _of_commitment(one, words, mark)
        entry = trail.Entry("redact", by, today, commitment=one, source=one.source)
        _empty(lines, replace(entry, words=reason.strip()))


def measure(one: Measure, *, by: Seat, reason: str, today: date) -> None:
    """Its name, unit and source, and where its readings come from; the numbers and their days stay."""
    _refuse(by, one, reason)
    with transaction.atomic():
        lines = _of_measure(one, mark_of(by, reason, today))
        entry = trail.Entry("redact", by, today, one.action, one.commitment, words=reason.strip())
        _empty(lines, replace(entry, detail={"measure": one.pk}))


def response(one: Response, *, by: Seat, reason: str, today: date) -> None:
    """What an agency answered, its link, and what was said when that was judged; what it answered stays."""
    _refuse(by, one, reason)
    words, mark = [text for text in (one.words, one.judged_words) if text], mark_of(by, reason, today)
    with transaction.atomic():
        lines = Event.objects.filter(commitment=one.commitment, words__in=words, detail__response=one.pk)
        _of_responses(Response.objects.filter(pk=one.pk), words, mark)
        Response.objects.filter(pk=one.pk).update(link="")
        entry = trail.Entry("redact", by, today, commitment=one.commitment, source=one.commitment.source)
        _empty(lines, replace(entry, words=reason.strip()))


def decision(one: Decision, *, by: Seat, reason: str, today: date) -> None:
    """Its reason, to whom it was referred, and why it was taken back; what was decided stays."""
    _refuse(by, one, reason)
    mark = mark_of(by, reason, today)
    with transaction.atomic():
        lines = _of_decisions([one], mark)
        _empty(lines, trail.Entry("redact", by, today, words=reason.strip(), detail={"decision": one.pk}))


def challenge(one: Challenge, *, by: Seat, reason: str, today: date) -> None:
    """What was asked, every answer, and what became of it; who was asked and the days stay."""
    _refuse(by, one, reason)
    with transaction.atomic():
        lines = _of_challenge(one, mark_of(by, reason, today))
        entry = trail.Entry("redact", by, today, one.action, one.commitment, words=reason.strip())
        _empty(lines, replace(entry, detail={"challenge": one.pk}))


def document(one: Document, *, by: Seat, reason: str, today: date) -> None:
    """Its text, its name and what was read in it. Commitments kept from it stay, since the board decided on them."""
    _refuse(by, one, reason)
    mark = mark_of(by, reason, today)
    with transaction.atomic():
        captions = dict.fromkeys(("heading", "agency_words", "owner_words", "due_words", "note"), "")
        one.proposals.update(text=mark, version=F("version") + 1, **captions)
        one.steps.all().delete()  # they hold the words too; what was removed is not undone
        lines = Event.objects.filter(source=one.source, words=one.name)
        Document.objects.filter(pk=one.pk).update(text=_black(one.text), name=mark[:200])
        detail = {"document": one.pk}
        _empty(
            lines, trail.Entry("redact", by, today, source=one.source, words=reason.strip(), detail=detail)
        )


def passage(one: Passage, *, by: Seat, reason: str, today: date) -> None:
    """Words in a report, in each of its versions; said of an action, also where they came from."""
    _refuse(by, one, reason)
    if not one.text:
        raise Invalid("There are no words here any more.")
    words, mark = [one.text], mark_of(by, reason, today)
    with transaction.atomic():
        lines = Event.objects.filter(board=one.board_id, detail__report=one.report_id, words__in=words)
        if one.action:
            lines |= _of_action(one.action, words, mark)
        same = Passage.objects.filter(action__isnull=True, report__meeting=one.report.meeting_id)
        _destroy(Passage.objects.filter(pk=one.pk) | same.filter(text__in=words), mark)
        entry = trail.Entry("redact", by, today, one.action, words=reason.strip())
        _empty(lines, replace(entry, detail={"report": one.report_id, "place": one.place}))


def mark_of(by: Seat, reason: str, today: date) -> str:
    """What stands in the place of the words."""
    return f"Removed by {by.name} on {today:%-d %B %Y}: {reason.strip()}"


def explained(events: Sequence[Event]) -> Sequence[Event]:
    """Each line without its words says in `removed` who took them, when and why. One query, or none."""
    emptied = {event.seq: event for event in events if event.words is None}
    if emptied:
        board = events[0].board_id
        said = Event.objects.filter(board=board, verb="redact", detail__seq__in=list(emptied))
        for one in said.select_related("by"):
            if one.by:
                emptied[one.detail["seq"]].removed = mark_of(one.by, one.words or "", one.on)
    return events


def _refuse(
    by: Seat,
    thing: Event
    | Evidence
    | Action
    | Challenge
    | Commitment
    | Document
    | Measure
    | Response
    | Decision
    | Passage,
    reason: str,
) -> None:
    access.check(by, "redact", thing)
    if not reason.strip():
        raise Invalid("Say why the words are removed, without repeating them.", field="reason")
    if len(reason.strip()) > 200:
        raise Invalid("Keep the reason within 200 characters.", field="reason")


def _of_action(one: Action, words: list[str], mark: str) -> QuerySet[Event]:
    """Empties the action's own copies; gives the lines of the trail that hold them, also beside what put them right."""
    wanted = [text for text in words if text]
    same = Action.objects.filter(pk=one.pk)
    for name in ("title", "detail"):
        same.filter(**{f"{name}__in": wanted}).update(**{name: mark[:300]}, version=F("version") + 1)
    Evidence.objects.filter(action=one, words__in=wanted).empty(mark)
    _of_reports([one], wanted, mark)
    holds = Q(words__in=wanted)
    for text in wanted:
        holds |= Q(verb="correct", words__contains=f": {text}\n") | Q(
            verb="correct", words__endswith=f": {text}"
        )
    return Event.objects.filter(holds, action=one) | _of_reviews(one, wanted, mark)


def _of_reviews(one: Action, words: list[str], mark: str) -> QuerySet[Event]:
    """A check of several actions is said of each of them, in the same words; so is that they are open again."""
    same = [review for review in one.impact_reviews.all() if review.said in words or review.words in words]
    for review in same:
        _of_reports(review.actions.all(), [review.said], mark)
        ImpactReview.objects.filter(pk=review.pk).update(words=mark, sentence=mark[:300], link="")
    lines = Q(verb="review_impact", detail__review__in=[review.pk for review in same])
    opened = Q(verb="reopen", words__in=[review.words for review in same])
    covered = Q(action__impact_reviews__in=same)
    return Event.objects.filter(pk__in=Event.objects.filter(lines | opened & covered, board=one.board_id))


def _of_reports(actions: Iterable[Action], words: list[str], mark: str) -> None:
    """The same words where a report says them of these actions: whole, or as the part that a report takes."""
    said = Passage.objects.filter(action__in=[one.pk for one in actions], text__isnull=False)
    same = [
        found.pk
        for found in said
        if found.text and any(found.text == text or text.endswith(f": {found.text}") for text in words)
    ]
    _destroy(Passage.objects.filter(pk__in=same), mark)


def _destroy(passages: QuerySet[Passage], mark: str) -> None:
    """The one change that an issued report allows. Its hash covers theirs, so it still holds."""
    passages.filter(text__isnull=False).update(text=None, salt=None, removed=mark[:300])


def _of_measure(one: Measure, mark: str) -> QuerySet[Event]:
    """Empties the measure's own copies; gives every line about it, whatever it was called at the time."""
    same = Measure.objects.filter(pk=one.pk)
    same.update(name=mark[:200], unit="", source=mark[:200])
    one.readings.exclude(source="").update(source=mark[:200])
    return Event.objects.filter(board=one.board_id, verb__in=trail.MEASURED, detail__measure=one.pk)


def _of_challenge(one: Challenge, mark: str) -> QuerySet[Event]:
    """Empties the question, its answers and its end; gives every line about it."""
    Challenge.objects.filter(pk=one.pk).update(words=mark)
    Challenge.objects.filter(pk=one.pk).exclude(closed_words="").update(closed_words=mark)
    one.asked.exclude(words="").update(words=mark)
    return Event.objects.filter(board=one.board_id, verb__in=trail.CHALLENGED, detail__challenge=one.pk)


def _of_commitment(one: Commitment, words: list[str], mark: str) -> QuerySet[Event]:
    """Empties the commitment, and the place in the document where the words are printed."""
    Commitment.objects.filter(pk=one.pk, words__in=words).update(words=mark)
    CommitmentLink.objects.filter(commitment=one, words__in=words).exclude(words="").update(words=mark[:300])
    for proposal in Proposal.objects.select_related("document").filter(commitment=one, text__in=words):
        document, text = proposal.document, proposal.document.text
        text = text[: proposal.start] + _black(text[proposal.start : proposal.end]) + text[proposal.end :]
        Document.objects.filter(pk=document.pk).update(text=text)
        Proposal.objects.filter(pk=proposal.pk).update(text=mark, version=F("version") + 1)
        document.steps.all().delete()  # they hold the words too; what was removed is not undone
    _of_responses(one.responses.all(), words, mark)
    same = [made for made in one.decisions.all() if {made.said, made.words, made.undone_words} & set(words)]
    lines = Event.objects.filter(commitment=one, words__in=words)
    return lines | _of_decisions(same, mark) if same else lines


def _of_responses(responses: QuerySet[Response], words: list[str], mark: str) -> None:
    newer = {"version": F("version") + 1}
    boards = [one.board_id for one in responses]
    _destroy(Passage.objects.filter(board__in=boards, action=None, text__in=words), mark)
    responses.filter(words__in=words).exclude(words="").update(words=mark, link="", **newer)
    responses.filter(judged_words__in=words).exclude(judged_words="").update(judged_words=mark, **newer)


def _of_decisions(decisions: Iterable[Decision], mark: str) -> QuerySet[Event]:
    """Empties them, here and in papers; gives every line about them: one for each commitment that it concerns."""
    decisions = list(decisions)
    ids = [one.pk for one in decisions]
    said = {text for one in decisions for text in (one.words, one.referred_to) if text}
    boards = {one.board_id for one in decisions}
    _destroy(Passage.objects.filter(board__in=boards, action=None, text__in=said), mark)
    same = Decision.objects.filter(pk__in=ids)
    same.update(words=mark)
    same.exclude(referred_to="").update(referred_to=mark[:200])
    same.exclude(undone_words="").update(undone_words=mark)
    return Event.objects.filter(board__in=boards, detail__decision__in=ids).exclude(verb="redact")


def _black(text: str) -> str:
    """As long as the text and with its lines, so that what else was read in it keeps its place."""
    return re.sub(r"[^\n]+", lambda found: (BLOCK * (len(found[0]) // len(BLOCK) + 1))[: len(found[0])], text)


def _empty(lines: QuerySet[Event], entry: trail.Entry) -> None:
    """The one change that the trail allows, and one new line for each that it empties, naming it in `seq`."""
    board = entry.by.board  # type: ignore[union-attr]
    trail.lock_head(board)
    seqs = sorted(lines.filter(words__isnull=False).values_list("seq", flat=True))
    Event.objects.filter(board=board, seq__in=seqs).update(words=None, salt=None)
    new = [replace(entry, detail=entry.detail | {"seq": seq}) for seq in seqs]
    trail.append(board, new or [entry])
