"""What several tests of reading need; asserts nothing by itself."""

import os
from pathlib import Path

import pytest

from actions.intake.reading import Apart, Proposal, Reading, read

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ROOT / "tests" / "documents"
SAMPLES = Path(os.environ.get("TRACKER_SAMPLES", ROOT.parent / "shared" / "data"))


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the real document {name} is not in {SAMPLES}; set TRACKER_SAMPLES to its folder")
    return path


def reading(text: str, kind: str = "partner-return") -> Reading:
    return read(text.encode(), kind=kind)


def filed(text: str, kind: str = "partner-return") -> list[tuple[str, str, str]]:
    return [(one.agency, one.kind, one.text) for one in reading(text, kind).proposals]


def places(found: Reading) -> tuple[Proposal | Apart, ...]:
    return (*found.proposals, *found.apart)


def lost(found: Reading) -> str:
    """Characters that stand in no proposal and not apart either."""
    kept: list[str] = []
    place = 0
    for start, end in sorted((one.start, one.end) for one in places(found)):
        kept.append(found.text[place : max(place, start)])
        place = max(place, end)
    kept.append(found.text[place:])
    return "".join("".join(kept).split())


def same_words(one: str, other: str) -> bool:
    """Alike but for white space, and for the break after a hyphen."""
    return "".join(one.split()) == "".join(other.split())
