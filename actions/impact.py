"""Verb 5: signed off, and has it stuck? A dated check by somebody who owned none of it, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from actions import access, planning, trail
from actions.models import Action, Commitment, Event, Evidence, ImpactReview, Seat, Verdict
from actions.progress import Cause, reopen
from actions.refusals import Invalid, NotAllowed

SENTENCE = 300  # characters that may be published
TITLE = 300


@dataclass(frozen=True)
class Found:
    """What the check found. `relied_on`: evidence of the actions, ticked; that practice has changed needs some that is
    more than the owner's word, or `words`. `again_on`: when it is checked once more. What is not effective is opened
    again until `reopen_until`, or another action is raised, called `instead`. `owner`: who goes on with what is opened
    again, where the one before has left the board."""

    verdict: str
    words: str
    sentence: str
    link: str = ""
    again_on: date | None = None
    reopen_until: date | None = None
    instead: str = ""
    owner: Seat | None = None
    relied_on: Sequence[Evidence] = ()

    @property
    def shown(self) -> bool:
        """By evidence alone, without words of the reviewer."""
        ticked = any(not one.is_owners_word for one in self.relied_on)
        return ticked and self.verdict != Verdict.NOT_EFFECTIVE


@transaction.atomic
def review(
    versions: Mapping[Action, int],
    found: Found,
    *,
    by: Seat,
    today: date,
    commitment: Commitment | None = None,
) -> ImpactReview:
    """One review of one action, or of several that answer the same `commitment`; each with the version seen."""
    _refuse_unfit(found, today)
    if not versions:
        raise Invalid("Tick at least one action that is signed off.", field="actions")
    _refuse_strangers(versions, commitment, by)
    _refuse_evidence_of_others(versions, found)
    if found.reopen_until:
        owners = {action.owner_id for action in versions} | {found.owner.pk if found.owner else None}
        trail.lock_seats(Q(pk__in=owners - {None}))
    done = ImpactReview.objects.create(
        board=by.board,
        commitment=commitment,
        by=by,
        reviewed_on=today,
        verdict=found.verdict,
        words=found.words.strip(),
        link=found.link,
        sentence=found.sentence.strip(),
    )
    done.actions.set(versions)
    done.relied_on.set(found.relied_on)
    trail.mark_together(
        versions,
        verb="review_impact",
        by=by,
        today=today,
        words=done.said,
        detail={
            "review": done.pk,
            "verdict": found.verdict,
            "relied_on": sorted({one.pk for one in found.relied_on}),
            "same_agency": access.same_agency(by, *versions),
        },
        verdict=found.verdict,
        reviewed_on=today,
        review_on=found.again_on,
    )
    _follow(versions, found, commitment, by, today)
    return done


def _refuse_unfit(found: Found, today: date) -> None:
    if found.verdict not in Verdict.values:
        raise Invalid("Say what the check found.", field="verdict")
    if not found.words.strip() and not found.shown:
        raise Invalid(_what_is_missing(found), field="words")
    if not found.sentence.strip():
        raise Invalid("Say in one sentence what made a difference, or that nothing has.", field="sentence")
    if len(found.sentence.strip()) > SENTENCE:
        raise Invalid(f"Keep the sentence within {SENTENCE} characters.", field="sentence")
    if found.again_on and found.again_on <= today:
        raise Invalid("The next check lies in the future: choose a later day.", field="again_on")
    _refuse_unfit_to_follow(found, today)


def _what_is_missing(found: Found) -> str:
    if found.verdict == Verdict.NOT_EFFECTIVE:
        return "Say what you looked at, and what it showed."
    if found.relied_on:
        return "The owner's word alone is no evidence: say what you looked at, and what it showed."
    return "Say what you looked at, and what it showed, or tick evidence that shows it."


def _refuse_evidence_of_others(versions: Mapping[Action, int], found: Found) -> None:
    if not {one.action_id for one in found.relied_on} <= {action.pk for action in versions}:
        raise Invalid("Tick evidence of the actions that you check only.", field="relied_on")


def _refuse_unfit_to_follow(found: Found, today: date) -> None:
    follows = bool(found.reopen_until) + bool(found.instead.strip())
    if found.verdict == Verdict.NOT_EFFECTIVE and follows != 1:
        raise Invalid(
            "What did not work is opened again, with a new date, or something else is put forward: choose one.",
            field="reopen_until",
        )
    if found.verdict != Verdict.NOT_EFFECTIVE and follows:
        raise Invalid("Only what is not effective is opened again or replaced.", field="verdict")
    if found.reopen_until and found.reopen_until < today:
        raise Invalid("Choose today or a later day.", field="reopen_until")
    if found.owner and not found.reopen_until:
        raise Invalid("A new owner is named only where it is opened again.", field="owner")
    if found.reopen_until and found.again_on:
        raise Invalid(
            "What is opened again gets its next check when it is signed off again. Leave this day empty.",
            field="again_on",
        )
    if len(found.instead.strip()) > TITLE:
        raise Invalid(f"Keep it within {TITLE} characters: it becomes a title.", field="instead")


def _refuse_strangers(versions: Mapping[Action, int], commitment: Commitment | None, by: Seat) -> None:
    for action in versions:
        access.check(by, "review_impact", action)
    owned = Event.objects.filter(action__in=list(versions), owner=by).select_related("action").first()
    if owned and owned.action:
        raise NotAllowed(
            f"You owned {owned.action.reference} once. Its impact is reviewed by somebody who never did."
        )
    if commitment is None:
        return
    answering = commitment.answers.filter(action__in=list(versions)).count()
    if commitment.board_id != by.board_id or answering != len(versions):
        raise Invalid("Review together what answers the same commitment.", field="actions")


def _follow(
    versions: Mapping[Action, int], found: Found, commitment: Commitment | None, by: Seat, today: date
) -> None:
    actions = sorted(versions, key=lambda action: action.pk)
    if found.reopen_until:
        left = {action.pk for action in actions if action.owner and action.owner.left_on}
        if found.owner and not left:
            raise Invalid("Nobody who owns it has left. Pass it on once it is open again.", field="owner")
        for action in actions:
            reopen(
                action,
                cause=Cause.IMPACT,
                words=found.words,
                due_on=found.reopen_until,
                by=by,
                version=action.version,
                today=today,
                owner=found.owner if action.pk in left else None,
            )
    if found.instead.strip():
        first = actions[0]
        planning.raise_draft(
            found.instead,
            by=by,
            today=today,
            detail=f"Instead of {', '.join(action.reference for action in actions)}, which did not change practice.",
            commitments=(commitment,) if commitment else tuple(first.commitments.all()),
            priority=first.priority,
            meeting=first.meeting,
            subgroup=first.subgroup,
            agency=first.agency,
        )
