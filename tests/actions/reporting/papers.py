"""Papers as far on as a test needs them, each by way of the verbs; and everything that one says."""

from datetime import timedelta
from typing import Any

from actions import progress, reporting
from actions.models import Action, Meeting, Passage, Report
from tests.factories import TODAY, World, action


def meeting(w: World, days: int = 7, **about: Any) -> Meeting:
    day = TODAY + timedelta(days=days)
    return Meeting.objects.create(
        board=w.board, **{"meets_on": day, "cut_off_on": day - timedelta(days=14)} | about
    )


def drafted(w: World, **about: Any) -> Report:
    return reporting.draft(meeting(w, **about), by=w.mo, today=TODAY)


def issued(w: World, **about: Any) -> Report:
    report = drafted(w, **about)
    reporting.write(report, {"opening": "A good quarter."}, by=w.mo, saves=1, today=TODAY)
    return reporting.issue(report, by=w.mo, saves=2, today=TODAY)


def late(w: World, **about: Any) -> Action:
    one = action(w, due_on=TODAY - timedelta(days=10), **about)
    said = {"confidence": "off_track", "words": "The trainer left.", "needed_from_board": "A second trainer."}
    return progress.update(one, **said, by=w.alice, version=1, today=TODAY)


def said(report: Report) -> str:
    """Everything that it shows, as one text."""
    there = Report.objects.get(pk=report.pk)
    found: list[str] = []

    def walk(tree: Any) -> None:
        if isinstance(tree, Passage):
            found.append(tree.text if tree.text is not None else f"[{tree.removed}]")
        elif isinstance(tree, dict):
            for value in tree.values():
                walk(value)
        elif isinstance(tree, list):
            for value in tree:
                walk(value)
        else:
            found.append(str(tree))

    shown = reporting.shown(there)
    walk([shown.figures["title"], shown.figures["as_of"], shown.sections, shown.reason])
    return " · ".join(found)
