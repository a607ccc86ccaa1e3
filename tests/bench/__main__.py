"""Makes boards in databases of its own, measures, prints each figure beside its bound, and clears away.

Exit status 1 where a bound is missed or something could not be measured. `--actions 1000` tries it out quickly;
only the default judges.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.bench import databases, reading
from tests.bench.databases import Store, manage
from tests.bench.findings import Finding, load
from tests.bench.servers import free_port

SLUG, BOARDS = "big", 10
MIGRATE = 15.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--actions", type=int, default=10_000, help="on each board")
    actions = parser.parse_args().actions
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, _sink() as port:
        environment(port)
        folder = Path(name)
        stores = [databases.sqlite(folder)]
        if served := databases.postgresql():
            stores.append(served)
        else:
            print("PostgreSQL is not there (BENCH_POSTGRES): only SQLite is measured.")
        try:
            found = _measured(stores, actions, folder)
        finally:
            for store in stores:
                store.drop()
    found["reading"] = list(reading.measure())
    missed = _printed(found)
    print(f"\n{missed} missed. {time.monotonic() - began:.0f} seconds.")
    return 1 if missed else 0


def environment(port: int) -> None:
    """As in service: no DEBUG, keys of its own; mail goes to a server that takes everything."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DEBUG": "0",
        "SECRET_KEY": "a-key-for-measuring-alone-" + "x" * 32,
        "AUDIT_KEY": "another-key-for-measuring-alone-" + "y" * 32,
        "SITE_URL": "http://127.0.0.1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "REDIS_URL": "",
        "BROKER_URL": "",
    }


def _measured(stores: list[Store], actions: int, folder: Path) -> dict[str, list[Finding]]:
    found = {
        store.vendor: [Finding("migrate of an empty database", manage(store.one, "migrate"), MIGRATE, "s")]
        for store in stores
    }
    print(f"Making {BOARDS} boards of {actions} actions on each database …", flush=True)
    with ThreadPoolExecutor() as both:
        cookies = list(both.map(lambda store: _fill(store, actions), stores))
    for store, cookie in zip(stores, cookies, strict=True):
        print(f"Measuring on {store.vendor} …", flush=True)
        own = folder / store.vendor
        own.mkdir()
        arguments = ["--slug", SLUG, "--cookie", cookie, "--many", store.many, "--folder", str(own)]
        subprocess.run(
            [sys.executable, "-m", "tests.bench.measure", *arguments],
            env=os.environ | {"DATABASE_URL": store.one},
            check=False,
        )
        rest = load(own / "findings.json")
        found[store.vendor] += rest or [
            Finding("everything else", None, note="the measuring failed; see above")
        ]
    return found


def _fill(store: Store, actions: int) -> str:
    """One board in `one`, a signed-in session, all of that and nine more boards in `many`."""
    manage(store.one, "createcachetable")
    manage(store.one, "make_board", "--actions", str(actions), "--slug", SLUG)
    signed_in = subprocess.run(
        [sys.executable, "-m", "tests.bench.sign_in", f"manager@{SLUG}.example"],
        env=os.environ | {"DATABASE_URL": store.one},
        check=True,
        capture_output=True,
        text=True,
    )
    store.copy()
    manage(store.many, "make_board", "--actions", str(actions), "--slug", "more", "--boards", str(BOARDS - 1))
    return signed_in.stdout.strip()


@contextmanager
def _sink() -> Iterator[int]:
    port = free_port()
    sink = subprocess.Popen([sys.executable, "-m", "tests.bench.sink", str(port)], stdout=subprocess.PIPE)
    try:
        assert sink.stdout is not None
        sink.stdout.readline()  # ready
        yield port
    finally:
        sink.terminate()
        sink.wait()


def _printed(found: dict[str, list[Finding]]) -> int:
    for name, findings in found.items():
        print(f"\n{name}")
        for finding in findings:
            print(finding)
    return sum(finding.missed for findings in found.values() for finding in findings)


if __name__ == "__main__":
    sys.exit(main())
