"""Who may do what: one table of verb × who. Pure: it looks at ids and flags, never at the database's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.refusals import Invalid, NotAllowed

if TYPE_CHECKING:
    from actions.models import Meeting, Seat

MANAGER = "board manager"
INDEPENDENT_CHAIR = "independent chair"
CHAIR = "subgroup chair"
LEAD = "agency lead"
OWNER = "action owner"
CONTRIBUTOR = "contributor"
ASKED = "person asked"
ASKER = "person who asked"
OFFICE = "board office"
ANYONE = "anyone on the board"

CHAIRS = frozenset({CHAIR, INDEPENDENT_CHAIR})

# Every verb stands here. One that does not is a mistake in the code, and raises.
TABLE: dict[str, frozenset[str]] = {
    # documents
    "take_in": frozenset({MANAGER}),
    "review": frozenset({MANAGER}),
    "link": frozenset({MANAGER}),
    # planning
    "raise": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR, LEAD}),
    "plan": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "reassign": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR, LEAD}),
    "reschedule": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),  # the manager so many days, once
    # responses
    "share_out": frozenset({MANAGER}),
    "unask": frozenset({MANAGER}),
    "respond": frozenset({LEAD}),
    "judge_in_place": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "decide": frozenset({MANAGER}),
    # progress
    "start": frozenset({OWNER, LEAD, CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "update": frozenset({OWNER, CONTRIBUTOR, LEAD}),
    "finish": frozenset({OWNER, LEAD}),
    "take_back": frozenset({OWNER, LEAD}),
    "sign_off": frozenset({CHAIR, INDEPENDENT_CHAIR}),
    "send_back": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "attach": frozenset({OWNER, CONTRIBUTOR, LEAD, CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "confirm": frozenset({OWNER}),
    "hold": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "resume": frozenset({OWNER, CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "ask_for_time": frozenset({OWNER}),
    "not_mine": frozenset({OWNER}),
    "share": frozenset({OWNER, LEAD, CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "grant": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),  # the manager so many days, once
    "refuse": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "withdraw": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "restore": frozenset({MANAGER}),
    "review_impact": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "reopen": frozenset({CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    "correct": frozenset({MANAGER}),
    "measure": frozenset({OWNER, LEAD, CHAIR, INDEPENDENT_CHAIR, MANAGER}),
    # challenges; an agency is answered for by its leads, a subgroup by its chairs
    "challenge": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "answer_challenge": frozenset({ASKED, CHAIR, LEAD, OFFICE}),
    "close_challenge": frozenset({ASKER, MANAGER}),
    # the trail
    "read_trail": frozenset({MANAGER, INDEPENDENT_CHAIR}),
    "redact": frozenset({MANAGER}),
    # the people
    "keep_people": frozenset({MANAGER}),
    # the board
    "keep_board": frozenset({MANAGER}),
    "keep_meetings": frozenset({MANAGER, CHAIR}),  # a chair those of the own subgroup
    # the papers: a chair those of the own subgroup
    "write_report": frozenset({MANAGER, CHAIR}),
    "issue_report": frozenset({MANAGER, CHAIR}),
    "record_decision": frozenset({MANAGER, CHAIR}),  # of a meeting of the board, of the own subgroup
    "publish": frozenset({MANAGER}),
    "restrict": frozenset({MANAGER}),
    # the post
    "read_ledger": frozenset({MANAGER, INDEPENDENT_CHAIR}),
    "set_post": frozenset({MANAGER}),
    "settle_doubt": frozenset({MANAGER}),
}

# Beside those of the owner's agency and of the subgroup, whatever they hold.
OPEN_FILES = frozenset({MANAGER, INDEPENDENT_CHAIR, CHAIR, OWNER, CONTRIBUTOR})
WHO_OPENS_FILES = "the owner’s agency, its contributors, its subgroup, the chairs and the board manager"

NEVER_THE_OWNER = {
    "sign_off": "signs off what",
    "send_back": "sends back what",
    "grant": "decides on more time for what",
    "reschedule": "moves the date of what",
    "review_impact": "reviews the impact of what",
}

# Who may write down what another said, by mail or in a meeting. The other must be one who may do it.
ON_BEHALF: dict[str, frozenset[str]] = {
    "start": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "update": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "finish": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "take_back": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "attach": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "confirm": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "ask_for_time": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "not_mine": frozenset({MANAGER, CHAIR, INDEPENDENT_CHAIR}),
    "reassign": frozenset({MANAGER}),
    "respond": frozenset({MANAGER}),
    "sign_off": frozenset({MANAGER}),
    "grant": frozenset({MANAGER}),
    "reschedule": frozenset({MANAGER}),
    "answer_challenge": frozenset({MANAGER}),
}

# Of these it matters whose word it is: who may do them may also write down another's.
EITHER = frozenset({"attach", "grant", "reschedule"})


@dataclass(frozen=True)
class Behalf:
    """For whom something is written down, on which day it was said, and how: one of HOW, and at which meeting."""

    of: Seat
    said_on: date
    how: str
    meeting: Meeting | None = None


NOT_THEIRS = "Choose one of those who may do this."
HOW = {"mail": "by mail", "phone": "by phone", "meeting": "in a meeting", "person": "in person"}


def standing(seat: Seat, thing: Any = None) -> frozenset[str]:
    """What this seat is to this thing (an action, a commitment, a source, or nothing: the board itself).

    The independent chair may act as chair on every action, and answers what a subgroup without one is asked; a
    subgroup chair on those of the subgroup. With no thing to look at, a role counts wherever it is held.
    """

    def of(column: str) -> Any:
        return getattr(thing, column, None)

    holds = {
        ANYONE: True,
        MANAGER: seat.is_manager,
        INDEPENDENT_CHAIR: seat.is_independent_chair,
        CHAIR: bool(seat.chaired) if thing is None else _chairs(seat, of("subgroup_id")),
        LEAD: seat.is_lead and (thing is None or of("agency_id") == seat.agency_id),
        OWNER: of("owner_id") == seat.pk,
        CONTRIBUTOR: of("contributors") is not None and _contributes(seat, thing),
        ASKED: of("asked_id") == seat.pk,
        ASKER: of("asker_id") == seat.pk,
        OFFICE: seat.is_manager and bool(of("office")),
    }
    if seat.is_independent_chair and of("unchaired"):
        holds[CHAIR] = True
    return frozenset(role for role, held in holds.items() if held)


def _chairs(seat: Seat, subgroup: int | None) -> bool:
    """What has none is the board's own, and costs no question."""
    return subgroup is not None and subgroup in seat.chaired


def _contributes(seat: Seat, action: Any) -> bool:
    if seat.pk == action.owner_id:
        return False
    return any(contributor.pk == seat.pk for contributor in action.contributors.all())


def may(seat: Seat, verb: str, thing: Any = None) -> bool:
    if getattr(thing, "board_id", seat.board_id) != seat.board_id or seat.left_on is not None:
        return False
    allowed, held = TABLE[verb], standing(seat, thing)
    return (ANYONE in allowed or not allowed.isdisjoint(held)) and not barred(held, verb, thing)


def barred(held: frozenset[str], verb: str, thing: Any) -> bool:
    """Whatever is held beside it: the owner of what nobody decides on their own, and a manager where more time is
    asked for, which is granted or refused."""
    return _owns(held, verb) or (
        verb == "reschedule" and getattr(thing, "wanted_on", None) is not None and held.isdisjoint(CHAIRS)
    )


def _owns(held: frozenset[str], verb: str) -> bool:
    return verb in NEVER_THE_OWNER and OWNER in held


def may_for_another(seat: Seat, verb: str, thing: Any) -> bool:
    """Whether this seat may write down what somebody else said, as that person's `verb`."""
    if thing.board_id != seat.board_id or seat.left_on is not None:
        return False
    held = standing(seat, thing)
    return not ON_BEHALF.get(verb, frozenset()).isdisjoint(held) and not _owns(held, verb)


def check(seat: Seat, verb: str, thing: Any = None, behalf: Behalf | None = None) -> None:
    """Raises NotAllowed, naming who may. With `behalf`, both the writer and the one written for must be allowed:
    Invalid where it is somebody who may not do it."""
    if behalf is not None:
        _check_writer(seat, verb, thing)
        if not may(behalf.of, verb, thing):
            raise Invalid(NOT_THEIRS, field="on_behalf_of")
        return
    if may(seat, verb, thing):
        return
    if verb in NEVER_THE_OWNER and getattr(thing, "owner_id", None) == seat.pk:
        raise NotAllowed(
            f"Nobody {NEVER_THE_OWNER[verb]} they own. Another chair, or the independent chair, can."
        )
    if barred(standing(seat, thing), verb, thing):
        raise NotAllowed(
            "More time is asked for. Grant it or refuse it; longer than you may is for the chair."
        )
    raise NotAllowed(f"You cannot do this here. It is for the {who_may(verb)}.")


def reads_everything(seat: Seat) -> bool:
    """Whether restricted sources are open to this seat whatever their subgroup."""
    return seat.is_manager or seat.is_independent_chair


def reads(seat: Seat, source: Any) -> bool:
    """Whether this seat may read a source's title and words: as `closed_to` says of rows, of one in hand."""
    return not source.restricted or reads_everything(seat) or source.subgroup_id in seat.chaired


def same_agency(seat: Seat, *actions: Any) -> bool:
    """Whether one of them is of this seat's own agency: who decides on it there may, and the record says so."""
    return seat.agency_id is not None and any(one.agency_id == seat.agency_id for one in actions)


def opens_files(seat: Seat, action: Any) -> bool:
    """Whether the files kept as its evidence are open to this seat, which sees the action: to its owner's agency, its
    contributors, those who sit on its subgroup, every chair, the board manager."""
    if seat.board_id != action.board_id or seat.left_on is not None:
        return False
    held = standing(seat, action)
    return (
        not held.isdisjoint(OPEN_FILES)
        or bool(seat.chaired)
        or action.subgroup_id in seat.places
        or (seat.agency_id is not None and seat.agency_id == action.agency_id)
    )


def who_may(verb: str) -> str:
    """In words: "action owner or agency lead"."""
    names = sorted(TABLE[verb])
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def only_for_another(seat: Seat, verb: str, thing: Any) -> bool:
    """What a seat may do itself, it does not do on behalf of another; but for EITHER."""
    return not may(seat, verb, thing) and may_for_another(seat, verb, thing)


def may_be_another_s(seat: Seat, verb: str, thing: Any) -> bool:
    """Whether what a seat may do itself may also be written down as another's word."""
    return verb in EITHER and may_for_another(seat, verb, thing)


def check_only_for_another(seat: Seat, verb: str, thing: Any) -> None:
    """As `only_for_another`, raising NotAllowed where it says no; of EITHER it asks only whether one may write."""
    if may(seat, verb, thing) and verb not in EITHER:
        raise NotAllowed("You can do this yourself. Leave out whose words it is.", field="on_behalf_of")
    _check_writer(seat, verb, thing)


def _check_writer(seat: Seat, verb: str, thing: Any) -> None:
    if may_for_another(seat, verb, thing):
        return
    another = "Another" if _owns(standing(seat, thing), verb) else "The"
    raise NotAllowed(
        f"You cannot write this down for somebody else. {another} board manager can.", field="on_behalf_of"
    )


def offered(seat: Seat, action: Any, verbs: tuple[str, ...]) -> list[str]:
    """Those of `verbs` that this seat may use on this action, whatever its status."""
    held = standing(seat, action)
    return [verb for verb in verbs if not TABLE[verb].isdisjoint(held) and not barred(held, verb, action)]


def offered_for_others(seat: Seat, action: Any, verbs: tuple[str, ...]) -> list[str]:
    """Those of `verbs` that this seat may only write down for somebody else."""
    held = standing(seat, action)
    own = offered(seat, action, verbs)
    written = [v for v in verbs if v not in own and not ON_BEHALF.get(v, frozenset()).isdisjoint(held)]
    return [verb for verb in written if not _owns(held, verb)]
