"""Times things in turn, round by round, so that a slow minute of the machine falls on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 5


@dataclass
class Timed:
    """Seconds per round, each round a list of single runs."""

    rounds: list[list[float]] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return 1000 * median(map(median, self.rounds))

    @property
    def p95_ms(self) -> float:
        every = sorted(second for one in self.rounds for second in one)
        return 1000 * every[min(len(every) - 1, int(0.95 * len(every)))]

    def times(self, yardstick: Timed) -> float:
        """How many times as long as the yardstick: the middle of the rounds' own ratios."""
        pairs = zip(self.rounds, yardstick.rounds, strict=True)
        return median(median(mine) / median(bare) for mine, bare in pairs)


def interleaved(
    kinds: Mapping[str, Callable[[], float | None]], *, each: int, rounds: int = ROUNDS, warm: int = 3
) -> dict[str, Timed]:
    """Runs every kind in turn, `each` times a round. A kind gives its own seconds, or None to be timed here."""
    timed = {name: Timed() for name in kinds}
    for _ in range(warm):
        for run in kinds.values():
            run()
    for _ in range(rounds):
        for one in timed.values():
            one.rounds.append([])
        for _ in range(each):
            for name, run in kinds.items():
                timed[name].rounds[-1].append(_seconds(run))
    return timed


def _seconds(run: Callable[[], float | None]) -> float:
    began = time.perf_counter()
    given = run()
    return time.perf_counter() - began if given is None else given
