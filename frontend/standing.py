"""Who may do what remains to be done on an action, by name: what a page says to those who may not. One query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from actions import access
from actions.models import Action, Seat, SubgroupSeat
from actions.trail import FROM

# What is worth saying, in the order in which it comes.
SAID = {
    "update": "Updates are",
    "finish": "Saying that it is done is",
    "sign_off": "Sign-off is",
    "grant": "Deciding on more time is",
    "reschedule": "Moving the date is",
    "reassign": "Passing it on is",
    "review_impact": "Checking its impact is",
}


@dataclass(frozen=True)
class Rest:
    """ "Sign-off is for the subgroup chair: Bob Chair"."""

    what: str
    who: str


def rest(seat: Seat, action: Action, offered: list[str]) -> list[Rest]:
    verbs = [verb for verb in SAID if action.status in FROM[verb] and verb not in offered]
    if action.wanted_on is None and "grant" in verbs:
        verbs.remove("grant")
    if (action.continuing or action.wanted_on) and "reschedule" in verbs:
        verbs.remove("reschedule")
    if (action.step_only or action.verdict) and "review_impact" in verbs:
        verbs.remove("review_impact")  # there is nothing to check, or it is checked
    holders = _holders(seat, action)
    return [Rest(SAID[verb], _who(verb, action, holders)) for verb in verbs]


def who_may(seat: Seat, verb: str, action: Any) -> list[Seat]:
    """Those who may use this verb on this action, response or question, each once. One query."""
    barred = action.owner_id if verb in access.NEVER_THE_OWNER else None
    named = {
        one.pk: one
        for role, seats in _holders(seat, action).items()
        if role in access.TABLE[verb]
        for one in seats
    }
    return [one for pk, one in named.items() if pk != barred]


def _who(verb: str, action: Action, holders: dict[str, list[Seat]]) -> str:
    barred = action.owner_id if verb in access.NEVER_THE_OWNER else None
    parts = []
    for role, seats in holders.items():
        names = [one.name for one in seats if one.pk != barred]
        if role in access.TABLE[verb] and names:
            parts.append(f"the {role}: {', '.join(names)}")
    return "; ".join(parts) or f"the {access.who_may(verb)}, whom this board has not named yet"


def _holders(seat: Seat, action: Any) -> dict[str, list[Seat]]:
    """Role → who holds it towards this action, response or question. Needs owner and contributors loaded, if any."""
    owner, asked = getattr(action, "owner", None), getattr(action, "seat", None)
    contributors = action.contributors.all() if hasattr(action, "contributors") else ()
    chairing = SubgroupSeat.objects.filter(
        seat=OuterRef("pk"), subgroup=action.subgroup_id, role__in=["chair", "vice_chair"]
    )
    leads = Q(is_lead=True, agency__isnull=False, agency=action.agency_id)
    seats = list(
        Seat.objects.visible_to(seat)
        .active()
        .annotate(chairing=Exists(chairing))
        .filter(Q(is_manager=True) | Q(is_independent_chair=True) | leads | Q(chairing=True))
    )
    independent = [s for s in seats if s.is_independent_chair]
    return {
        access.OWNER: [owner] if owner else [],
        access.ASKED: [asked] if asked else [],
        access.CONTRIBUTOR: list(contributors),
        access.LEAD: [s for s in seats if s.is_lead and s.agency_id == action.agency_id],
        access.CHAIR: [s for s in seats if s.chairing] or independent * getattr(action, "unchaired", False),
        access.INDEPENDENT_CHAIR: independent,
        access.MANAGER: [s for s in seats if s.is_manager],
    }
