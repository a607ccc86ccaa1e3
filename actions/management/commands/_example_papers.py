"""Papers of the example board: a summary that was issued for a past meeting, and a pack that its chair is drafting."""

from __future__ import annotations

from functools import partial

from actions import minutes, reporting
from actions.management.commands._example_play import Example, Happening
from actions.models import Action, Meeting, Report

SUMMARY_ON, BOARD_MET = -74, -72  # written two days before the board met
PACK_ON, LEARNING_MEETS = 0, 40

SUMMARY = {
    "opening": "Most of what was due by now is complete. None of it has had its impact checked yet, so nobody can say "
    "whether practice has changed.\n\n"
    "We ask the board to look first at what is overdue, above all where nothing has been said.",
    "slipped": "Dates moved where one agency waited for another: for cases to audit, or for a view of the risk tool.",
    "difference": "What is signed off is not yet what has made a difference: the checks are still to come.",
}
PACK = {
    "opening": "For the meeting: check what is said to be done, then go through the open actions from the top.",
}
DECIDED = "Every agency names who calls the others together, and who stands in, before the board meets again."
CONCERNS = "Agree who calls the agencies together when an adult declines help"


def happenings(example: Example) -> list[Happening]:
    return [
        (SUMMARY_ON, partial(_summary, example)),
        (BOARD_MET, partial(_decision, example)),
        (PACK_ON, partial(_pack, example)),
    ]


def _summary(example: Example) -> None:
    today, by = example.on(SUMMARY_ON), example.manager
    report = reporting.draft(_meeting(example, None, BOARD_MET), by=by, today=today)
    reporting.write(report, SUMMARY, by=by, saves=report.saves, today=today)
    reporting.issue(report, by=by, saves=report.saves, today=today)


def _decision(example: Example) -> None:
    met = _meeting(example, None, BOARD_MET)
    about = Action.objects.filter(board=example.board, title=CONCERNS)
    minutes.record(met, words=DECIDED, actions=list(about), by=example.manager, today=met.meets_on)


def _pack(example: Example) -> None:
    by = example.seats["learning_chair"]
    report: Report = reporting.draft(
        _meeting(example, "learning", LEARNING_MEETS), by=by, today=example.today
    )
    reporting.write(report, PACK, by=by, saves=report.saves, today=example.today)


def _meeting(example: Example, group: str | None, day: int) -> Meeting:
    subgroup = example.subgroups[group] if group else None
    return Meeting.objects.get(board=example.board, subgroup=subgroup, meets_on=example.on(day))
