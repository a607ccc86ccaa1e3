"""Score a reading against a hand-made answer; judges what is asked: planned work, or recommendations."""

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.intake.reading import Proposal, Reading, read

SAME = 0.8
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Score:
    recall: float
    precision: float
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    elsewhere: tuple[str, ...]


def words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def alike(one: str, other: str) -> bool:
    """Token overlap of at least 0.8: Jaccard, or containment where the lengths are alike."""
    a, b = words(one), words(other)
    if not a or not b:
        return False
    shared = len(a & b)
    return shared / len(a | b) >= SAME or (
        shared / min(len(a), len(b)) >= SAME and min(len(a), len(b)) >= 0.5 * max(len(a), len(b))
    )


def score(found: Reading | Iterable[Proposal], answer: dict[str, Any]) -> Score:
    """`elsewhere`: commitments under other headings that carry a note, so that a person sees them."""
    proposals = list(found.proposals if isinstance(found, Reading) else found)
    asked = answer.get("asked", "planned_work")
    planned = [proposal for proposal in proposals if proposal.kind == asked]
    used: set[int] = set()
    missed = [text for agency, text, core in wanted(answer) if not claim(planned, agency, (text, core), used)]
    rest = [proposal for place, proposal in enumerate(planned) if place not in used]
    extra = [
        proposal.text for proposal in rest if not any(alike(proposal.text, text) for text in excused(answer))
    ]
    total = sum(1 for _ in wanted(answer))
    right = total - len(missed)
    precision = right / (right + len(extra)) if right + len(extra) else 0.0
    return Score(
        right / total if total else 1.0, precision, tuple(missed), tuple(extra), noted(proposals, answer)
    )


def wanted(answer: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for agency in answer["agencies"]:
        for item in agency["planned_work_detail"]:
            yield agency["agency"], item["text"], item["core"]


def claim(planned: list[Proposal], agency: str, texts: tuple[str, str], used: set[int]) -> bool:
    """The first proposal not yet used that is this item; each proposal answers for one item only."""
    for place, proposal in enumerate(planned):
        same = proposal.agency == agency and any(alike(proposal.text, text) for text in texts)
        if same and place not in used:
            used.add(place)
            return True
    return False


def excused(answer: dict[str, Any]) -> list[str]:
    return [
        item["text"]
        for agency in answer["agencies"]
        for item in (*agency["borderline"], *agency["unclassified"])
    ]


def noted(proposals: list[Proposal], answer: dict[str, Any]) -> tuple[str, ...]:
    hidden = [item["text"] for agency in answer["agencies"] for item in agency["commitments_elsewhere"]]
    return tuple(
        text
        for text in hidden
        if any(alike(proposal.text, text) and "commitment" in proposal.note for proposal in proposals)
    )


def main(arguments: list[str]) -> None:
    for argument in arguments:
        path = Path(argument)
        answer = json.loads(path.with_suffix(".answer.json").read_text(encoding="utf-8"))
        kind = answer.get("kind", "partner-return")
        result = score(read(path.read_bytes(), kind=kind, name=path.name), answer)
        print(f"{path.name}: recall {result.recall:.3f}, precision {result.precision:.3f}")
        for name in ("missed", "extra", "elsewhere"):
            for text in getattr(result, name):
                print(f"  {name}: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
