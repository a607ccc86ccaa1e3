"""What was found, each beside its bound, in words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One figure. Without a bound it is printed and not judged; without a value it could not be had, and fails."""

    what: str
    value: float | None
    bound: float | None = None
    unit: str = ""
    note: str = ""
    least: bool = False  # the bound is a floor

    @property
    def missed(self) -> bool:
        if self.value is None:
            return True
        if self.bound is None:
            return False
        return self.value < self.bound if self.least else self.value > self.bound

    def __str__(self) -> str:
        value = "—" if self.value is None else f"{self.value:.2f}".rstrip("0").rstrip(".")
        bound = "" if self.bound is None else f"{'≥' if self.least else '≤'} {self.bound:g}"
        verdict = "MISSED" if self.missed else "ok" if bound else ""
        return f"  {self.what:<58} {value:>9} {self.unit:<8} {bound:<7} {verdict:<7} {self.note}".rstrip()


def save(findings: list[Finding], path: Path) -> None:
    path.write_text(json.dumps([asdict(one) for one in findings]))


def load(path: Path) -> list[Finding]:
    return [Finding(**one) for one in json.loads(path.read_text())] if path.exists() else []
