"""Measures one database system, in a process of its own; `__main__` starts it."""

from __future__ import annotations

import argparse
from pathlib import Path

import django


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("slug", "cookie", "many", "folder"):
        parser.add_argument(f"--{name}")
    given = parser.parse_args()
    django.setup()
    from tests.bench import post, web
    from tests.bench.findings import save

    found = list(web.measure(given.slug, given.cookie, given.many, Path(given.folder)))
    found += post.measure(given.slug)
    save(found, Path(given.folder) / "findings.json")


if __name__ == "__main__":
    main()
