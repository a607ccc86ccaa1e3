"""Makes one board of 10,000 actions, alone and among 129 others with 1,000,000 in all, measures, and clears away.

On PostgreSQL only. Exit status 1 where a bound is missed. `--actions 1000 --boards 3` tries it out quickly; only the
default judges.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.bench import databases
from tests.bench.__main__ import SLUG, environment
from tests.bench.databases import Store, manage
from tests.bench.findings import Finding, load

ALL = 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large")
    parser.add_argument("--actions", type=int, default=10_000, help="on the board that is measured")
    parser.add_argument("--boards", type=int, default=130, help="in all")
    given = parser.parse_args()
    environment(port=9)  # nothing is mailed
    store = databases.postgresql()
    if store is None:
        print("PostgreSQL is not there (BENCH_POSTGRES).")
        return 1
    began = time.monotonic()
    try:
        found = _measured(store, given.actions, given.boards)
    finally:
        store.drop()
    for finding in found:
        print(finding)
    missed = sum(finding.missed for finding in found)
    print(f"\n{missed} missed. {time.monotonic() - began:.0f} seconds.")
    return 1 if missed else 0


def _measured(store: Store, actions: int, boards: int) -> list[Finding]:
    print(f"Making a board of {actions} actions …", flush=True)
    manage(store.one, "migrate")
    manage(store.one, "createcachetable")
    manage(store.one, "make_board", "--actions", str(actions), "--slug", SLUG)
    of_many = os.environ | {"DATABASE_URL": store.many}
    signed_in = [sys.executable, "-m", "tests.bench.sign_in", f"manager@{SLUG}.example"]
    cookie = subprocess.run(
        signed_in,
        env=of_many | {"DATABASE_URL": store.one},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    store.copy()
    print(f"Making {boards - 1} boards more …", flush=True)
    each = min(actions, -(-(ALL - actions) // max(1, boards - 1)))
    print(f"{_crowded(store, boards - 1, each)} actions in all. Measuring …", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        arguments = ["--slug", SLUG, "--cookie", cookie, "--alone", store.one, "--folder", folder]
        measuring = [sys.executable, "-m", "tests.bench.large.measure", *arguments]
        subprocess.run(measuring, env=of_many, check=False)
        return load(Path(folder) / "findings.json") or [
            Finding("everything", None, note="the measuring failed; see above")
        ]


def _crowded(store: Store, boards: int, actions: int) -> int:
    os.environ["DATABASE_URL"] = store.many
    django.setup()
    from tests.bench.large import crowd

    found = crowd.fill(store.many, boards=boards, actions=actions)
    for url in (store.one, store.many):
        crowd.tidy(url)
    return found


if __name__ == "__main__":
    sys.exit(main())
