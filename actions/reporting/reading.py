"""A report as it stands: laid out with its passages put in, and the proof that it is what was issued. It only reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from actions.models import Board, Event, Passage, Report
from actions.reporting.paper import SECTIONS, hash_of

WORDS = "words."  # how the place of a section's own words begins
REASON = "reason"


@dataclass(frozen=True)
class Shown:
    """`figures` as they are stored, `sections` with every passage in its place, `reason` of a later version."""

    figures: dict[str, Any]
    sections: list[dict[str, Any]]
    reason: Passage | None


def shown(report: Report) -> Shown:
    """One query for its passages; nothing is asked of what they were taken from."""
    passages = {one.place: one for one in report.passages.all()}
    sections = [
        section
        | {"blocks": _filled(section["blocks"], passages), "words": passages.get(WORDS + section["key"])}
        for section in report.figures["sections"]
    ]
    return Shown(report.figures, sections, passages.get(REASON))


def _filled(tree: Any, passages: dict[str, Passage]) -> Any:
    if isinstance(tree, list):
        return [_filled(one, passages) for one in tree]
    if not isinstance(tree, dict):
        return tree
    if "t" in tree:
        return {"t": passages[tree["t"]]}
    return {key: _filled(one, passages) for key, one in tree.items()}


def words_of(report: Report) -> dict[str, str]:
    """What was written in each section, "" where nothing is."""
    there = {one.place: one.text or "" for one in report.passages.all()}
    return {key: there.get(WORDS + key, "") for key in SECTIONS[report.kind]}


def hash_of_report(report: Report) -> str:
    """Of everything that it says. Words that are destroyed later do not change it: it covers their hashes."""
    assert report.issued_at is not None
    said = {
        "board": report.board_id,
        "kind": report.kind,
        "meeting": report.meeting_id,
        "subgroup": report.subgroup_id,
        "cut_off_on": report.cut_off_on.isoformat(),
        "version": report.version,
        "frozen_at": report.frozen_at.astimezone(UTC).isoformat(),
        "issued_at": report.issued_at.astimezone(UTC).isoformat(),
        "issued_by": report.issued_by_id,
        "figures": report.figures,
        "passages": {one.place: one.text_hash for one in report.passages.all()},
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def faults(board: Board) -> list[str]:
    """Each issued report that is not what the trail says was issued, in a sentence. Empty: all are."""
    reports = Report.objects.filter(board=board, state=Report.State.ISSUED).prefetch_related("passages")
    told = Event.objects.filter(board=board, verb="issue_report").values_list("detail", flat=True)
    issued = {one["report"]: one["hash"] for one in told}
    found = {report.pk: list(_of(report, issued.get(report.pk))) for report in reports}
    gone = [f"report {pk}: it was issued, and is not there any more" for pk in issued if pk not in found]
    return [f"report {pk}: {what}" for pk, all_of_it in found.items() for what in all_of_it] + gone


def _of(report: Report, told: str | None) -> Iterator[str]:
    if told is None:
        yield "no line of the trail says that it was issued"
    elif report.hash != told or hash_of_report(report) != told:
        yield "it is not what the trail says was issued"
    yield from _edited(report.passages.all())


def _edited(passages: Iterable[Passage]) -> Iterator[str]:
    for one in passages:
        if one.text is not None and hash_of(one.salt, one.text) != one.text_hash:
            yield f"the words at {one.place} were edited"
