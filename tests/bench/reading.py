"""How well the sample documents are read, where they are there."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from actions.intake.reading import read
from tests.bench.findings import Finding
from tests.bench.score import score

RECALL, PRECISION = 0.95, 0.90


def measure() -> Iterator[Finding]:
    folder = Path(os.environ.get("TRACKER_SAMPLES", Path(__file__).resolve().parents[3] / "shared" / "data"))
    answers = [path for path in sorted(folder.glob("*.answer.json")) if _has_planned_work(path)]
    if not answers:
        print(f"No sample documents in {folder} (TRACKER_SAMPLES): reading is not scored.")
    for path in answers:
        document = path.with_name(path.name.replace(".answer.json", ".txt"))
        found = score(
            read(document.read_bytes(), kind="partner-return", name=document.name),
            json.loads(path.read_text()),
        )
        yield Finding(f"{document.stem}: recall", found.recall, RECALL, least=True)
        yield Finding(f"{document.stem}: precision", found.precision, PRECISION, least=True)


def _has_planned_work(path: Path) -> bool:
    agencies = json.loads(path.read_text()).get("agencies", [])
    return any("planned_work_detail" in agency for agency in agencies)
