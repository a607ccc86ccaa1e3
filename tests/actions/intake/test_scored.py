"""Documents as boards and reviewers write them, scored against answers made by hand before they were read."""

import json
from pathlib import Path
from typing import Any

import pytest

from actions.intake.reading import Reading, read
from tests.actions.intake.helpers import DOCUMENTS, lost
from tests.bench.score import alike, score

SCORED = sorted((DOCUMENTS / "scored").glob("*.txt"))
RECALL, PRECISION = 0.95, 0.90
FILED = ("achievement", "challenge", "planned_work")


def read_with_answer(path: Path) -> tuple[Reading, dict[str, Any]]:
    answer = json.loads(path.with_suffix(".answer.json").read_text(encoding="utf-8"))
    return read(path.read_bytes(), kind=answer["kind"], name=path.name), answer


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
def test_a_document_reaches_its_score_and_loses_no_word(path: Path) -> None:
    found, answer = read_with_answer(path)

    result = score(found, answer)

    assert lost(found) == ""
    assert result.recall >= RECALL, result.missed
    assert result.precision >= PRECISION, result.extra


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
def test_due_dates_are_those_printed(path: Path) -> None:
    found, answer = read_with_answer(path)
    asked = [one for one in found.proposals if one.kind == answer["asked"]]

    for item in (item for agency in answer["agencies"] for item in agency["planned_work_detail"]):
        dues = [
            [one.due_words, one.due_on.isoformat() if one.due_on else None, one.due_precision]
            for one in asked
            if alike(one.text, item["text"]) or alike(one.text, item["core"])
        ]
        assert item.get("due", ["", None, ""]) in dues, item["text"]


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
def test_each_section_is_filed_by_its_heading_and_none_without_one(path: Path) -> None:
    found, answer = read_with_answer(path)

    for agency in answer["agencies"]:
        for kind in ("achievement", "challenge"):
            filed = [
                one.text for one in found.proposals if (one.agency, one.kind) == (agency["agency"], kind)
            ]
            for text in agency.get(f"{kind}s", []):
                assert any(text in one or alike(text, one) for one in filed), text
        for item in agency["unclassified"]:
            kinds = {one.kind for one in found.proposals if item["text"] in one.text}
            assert kinds, item["text"]
            assert kinds.isdisjoint(FILED), item["text"]
