"""What every agency does about one commitment, side by side: its answer and its actions. It asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from actions import access, responses
from actions.models import Action, Agency, Response, Seat


@dataclass
class Row:
    """One agency; `response` None: it was not asked. `agency` None: of actions that have none yet. `steps`: what
    this seat may do with the response."""

    agency: Agency | None
    response: Response | None = None
    actions: list[Action] = field(default_factory=list)
    steps: tuple[str, ...] = ()


def rows(seat: Seat, asked: Iterable[Response], actions: Iterable[Action]) -> list[Row]:
    """The agencies asked by name, then others that act, then what nobody has taken on."""
    of: dict[int | None, Row] = {
        one.agency_id: Row(one.agency, one, steps=steps(seat, one))
        for one in sorted(asked, key=lambda one: one.agency.name)
    }
    others = sorted(
        actions, key=lambda one: (one.agency is None, one.agency.name if one.agency else "", one.pk)
    )
    for one in others:
        of.setdefault(one.agency_id, Row(one.agency)).actions.append(one)
    return list(of.values())


def steps(seat: Seat, response: Response) -> tuple[str, ...]:
    """Those of "respond", "judge" and "unask" that this seat may take, and "raise" for an agency that accepts."""
    may_answer = access.may(seat, "respond", response) or access.may_for_another(seat, "respond", response)
    offered = {
        "respond": may_answer,
        "raise": response.accepts and access.may(seat, "raise", response),
        "judge": response.says == Response.Says.IN_PLACE and responses.may_judge(seat, response),
        "unask": access.may(seat, "unask", response),
    }
    return tuple(step for step, fits in offered.items() if fits)
