"""Databases of the bench's own: made, copied and dropped here. It touches no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1/postgres")
NAME = f"tracker_bench_{os.getpid()}"


@dataclass(frozen=True)
class Store:
    """One database system. `one` holds one board, `many` ten."""

    vendor: str
    one: str
    many: str

    def copy(self) -> None:
        """`one` as it stands becomes `many`."""
        if self.vendor == "sqlite":
            shutil.copyfile(_file(self.one), _file(self.many))
        else:
            _admin("CREATE DATABASE {} TEMPLATE {}", f"{NAME}_many", f"{NAME}_one")

    def drop(self) -> None:
        if self.vendor == "postgresql":
            for name in (f"{NAME}_many", f"{NAME}_one"):
                _admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def sqlite(folder: Path) -> Store:
    return Store("sqlite", f"sqlite:///{folder}/one.sqlite3", f"sqlite:///{folder}/many.sqlite3")


def postgresql() -> Store | None:
    """None where no server answers, or it lets nobody make a database."""
    try:
        _admin("CREATE DATABASE {}", f"{NAME}_one")
    except psycopg.Error:
        return None
    return Store("postgresql", _named(f"{NAME}_one"), _named(f"{NAME}_many"))


def _named(name: str) -> str:
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))


def _admin(statement: str, *names: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def manage(url: str, *arguments: str) -> float:
    """Runs a command of manage.py against that database. Returns the seconds it took, Python's start included."""
    began = time.monotonic()
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return time.monotonic() - began
