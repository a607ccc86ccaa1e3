"""Whether a commitment is met, as an SQL expression over what was asked, answered, done and decided. Pure: the day
comes in. The first that holds:

decided     the board decided, at a meeting held by that day, that it is not to be implemented or is referred elsewhere
unanswered  an agency asked has not answered
complete    each agency that accepts has an action of its own signed off, or is accepted to have it in place already;
            nothing counted is unfinished; and something is signed off or in place: with nothing it never is
no_action   nothing is planned, done, or accepted to be in place
under_way   else

Counted is all but drafts, withdrawn and continuing. What is done and awaits its check is unfinished. Continuing work
is work: it keeps a commitment from having no action, and neither completes it nor stands in its way.

One that is linked as covered by another, and has nothing of its own (no response that stands, no action counted or
continuing), stands where that one stands; linked so with several, where the one linked last does. One hop is followed:
what covers counts by what is its own, though it be covered by a third itself. So no circle can be gone round in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import In

if TYPE_CHECKING:
    from actions.models import Action, Response

# key → (colour, words), in the order in which a figure tells them. The colour is never shown without the words.
WORDS = {
    "unanswered": ("yellow", "Not answered by all"),
    "no_action": ("grey", "No action yet"),
    "under_way": ("light-blue", "Under way"),
    "complete": ("blue", "Complete"),
    "decided": ("purple", "Not to be implemented or referred"),
}
ACCEPTING = ("accepted", "in_part", "in_place")
PROPOSING = ("not_implement", "refer")
CLOSING = ("not_implemented", "referred")
SETTLING = (*CLOSING, "implement")


@dataclass(frozen=True)
class Covered:
    """By what, called `reference`, and what that one lacks. `known` False: that is not told to who reads."""

    reference: str
    missing: Sequence[str] = ()
    known: bool = True

    @property
    def said(self) -> list[str]:
        if not self.known:
            return [f"{self.reference} is complete"]
        return [f"{self.reference}: {one}" for one in self.missing]


COUNTED = ~Q(action__status__in=["draft", "withdrawn"]) & Q(action__continuing=False)
SIGNED_OFF = COUNTED & Q(action__status="signed_off")
UNFINISHED = COUNTED & ~Q(action__status="signed_off")
HAPPENS = ~Q(action__status__in=["draft", "withdrawn"])
SHOWN = Q(says="in_place", judged="accepted")


@lru_cache(maxsize=8)
def state(today: date) -> Case:
    """Of a queryset of commitments: one of the keys of WORDS. Built once a day: that took as long as asking."""
    there = _own(today, "other")
    return _own(
        today, "pk", When(is_covered(), then=Subquery(_covers().annotate(stands=there).values("stands")[:1]))
    )


def covering(today: date) -> Case:
    """Of a queryset of commitments: the id of the one whose state counts here, or NULL."""
    return Case(
        When(is_closed(today), then=Value(None)),
        When(is_covered(), then=Subquery(_covers().values("other")[:1])),
        output_field=IntegerField(),
    )


def is_covered() -> Q:
    """Linked as covered by another that stands, and with nothing of its own."""
    return Q(Exists(_covers())) & ~Exists(_asked("pk")) & ~Exists(_answering(HAPPENS, "pk"))


def is_closed(today: date, of: str = "pk") -> In:
    """What the board decided last, of meetings up to this day, is that it is not to be met here. `of`: what names the
    commitment in the queryset outside."""
    decisions = _rows("Decision").in_force(today).filter(commitments=OuterRef(of), kind__in=SETTLING)
    last = decisions.order_by("-meeting__meets_on", "-pk").values("kind")[:1]
    return In(Subquery(last), CLOSING)


def _own(today: date, of: str, *covered: When) -> Case:
    """Where one stands by what is its own; `covered` comes in before it has no action."""
    return Case(
        When(is_closed(today, of), then=Value("decided")),
        When(Exists(_asked(of, says="")), then=Value("unanswered")),
        When(_is_complete(of), then=Value("complete")),
        *covered,
        When(~(Exists(_answering(HAPPENS, of)) | Exists(_asked(of, SHOWN))), then=Value("no_action")),
        default=Value("under_way"),
        output_field=CharField(),
    )


def _is_complete(of: str) -> Q:
    own = _rows("Answer").filter(
        SIGNED_OFF, commitment=OuterRef("commitment"), action__agency=OuterRef("agency")
    )
    owing = _asked(of, ~SHOWN, ~Exists(own), says__in=ACCEPTING)
    something = Exists(_answering(SIGNED_OFF, of)) | Exists(_asked(of, SHOWN))
    return Q(something) & ~Exists(_answering(UNFINISHED, of)) & ~Exists(owing)


def _asked(of: str, *which: Any, **more: Any) -> Any:
    """Responses to the commitment outside: without those asked in error."""
    return (
        _rows("Response").filter(*which, commitment=OuterRef(of), unasked_on__isnull=True, **more).order_by()
    )


def _answering(which: Q, of: str) -> Any:
    return _rows("Answer").filter(which, commitment=OuterRef(of))


def _covers() -> Any:
    """Links of the commitment outside to what covers it, the last one first."""
    links = _rows("CommitmentLink").filter(
        commitment=OuterRef("pk"), kind="covered_by", other__taken_back=False
    )
    return links.order_by("-pk")


def _rows(name: str) -> Any:
    """The nouns ask this rule, so it finds them by name, when it is asked."""
    return apps.get_model("actions", name)._default_manager.all()


def missing(
    asked: Iterable[Response], actions: Iterable[Action], covered: Covered | None = None
) -> list[str]:
    """What has yet to happen before it is complete, a sentence each; of responses that stand and of what answers
    it. Nothing where it is complete; whether the board decided otherwise is not asked. What is `covered`, and has
    nothing of its own, lacks what that one lacks."""
    answering = list(actions)
    happens = [one for one in answering if one.status not in ("draft", "withdrawn")]
    counted = [one for one in happens if not one.continuing]
    signed_off = [one for one in counted if one.status == "signed_off"]
    responses = list(asked)
    if covered and not responses and not happens:
        return covered.said
    said = [*_owed(responses, signed_off), *_unfinished(counted)]
    if not said and not signed_off and not any(one.in_place for one in responses):
        said.append("an action is signed off, or shown to be in place already")
    return said


def _owed(responses: Iterable[Response], signed_off: Iterable[Action]) -> Iterator[str]:
    """What agencies asked have yet to say or do."""
    served = {one.agency_id for one in signed_off}
    for one in responses:
        if not one.answered:
            yield f"{one.agency} answers"
        elif one.to_judge:
            yield f"it is judged whether {one.agency} has it in place already"
        elif one.accepts and not one.in_place and one.agency_id not in served:
            yield f"an action of {one.agency} is signed off"


def _unfinished(counted: Iterable[Action]) -> Iterator[str]:
    for one in counted:
        if one.status == "done":
            yield f"{one.reference} is checked and signed off"
        elif one.status != "signed_off":
            yield f"{one.reference} is done and signed off"
