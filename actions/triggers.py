"""What makes the trail append-only in the database itself, and an issued report what it was. Made after every
migrate, never by one migration: altering a column on SQLite rebuilds the table and drops its triggers unsaid."""

from dataclasses import dataclass
from typing import Any

from django.db import connections

EVENT = "actions_event"


@dataclass(frozen=True)
class Guard:
    """A table whose rows are written once.

    `frozen`: from when on, of the row as it was ("" is from the beginning). `emptied`: the columns that may go to
    NULL, all of them at once; `marked` may change with them, to say who emptied them.
    """

    prefix: str
    refusal: str
    frozen: str = ""
    emptied: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        return {
            "postgresql": (f"{self.prefix}_no_change", f"{self.prefix}_no_truncate"),
            "sqlite": (f"{self.prefix}_no_update", f"{self.prefix}_no_delete"),
        }


WORDS = ("words", "salt")
TEXT = ("text", "salt")
TABLES = {
    EVENT: Guard("event", "the audit trail is written once", emptied=WORDS),
    "actions_report": Guard("report", "an issued report stays as it is", "OLD.state = 'issued'"),
    "actions_passage": Guard(
        "passage", "an issued report stays as it is", "OLD.issued", emptied=TEXT, marked=("removed",)
    ),
}


def names(vendor: str) -> list[str]:
    return [name for guard in TABLES.values() for name in guard.names[vendor]]


def install(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate. Safe to run again."""
    connection = connections[using]
    there = connection.introspection.table_names()
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in make(connection, table) if table in there else ():
                cursor.execute(statement)


def _postgresql(connection: Any, table: str) -> list[str]:
    guard = TABLES[table]
    function, aside = f"{guard.prefix}_is_written_once", (*guard.emptied, *guard.marked)
    rest = "".join(f" - '{column}'" for column in aside)
    emptied = " AND ".join(f"NEW.{column} IS NULL" for column in guard.emptied)
    allowed = f"{emptied} AND to_jsonb(NEW){rest} = to_jsonb(OLD){rest}" if emptied else "FALSE"
    free = f"NOT ({guard.frozen})" if guard.frozen else "FALSE"
    return [
        f"""CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {free} OR ({allowed}) THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF {free} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '{guard.refusal}';
END $$ LANGUAGE plpgsql""",
        f"CREATE OR REPLACE TRIGGER {guard.prefix}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE OR REPLACE TRIGGER {guard.prefix}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]


def _sqlite(connection: Any, table: str) -> list[str]:
    guard = TABLES[table]
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    kept = [c for c in columns if c not in (*guard.emptied, *guard.marked)]
    same = [f'NEW."{c}" IS OLD."{c}"' for c in kept] + [f"NEW.{c} IS NULL" for c in guard.emptied]
    allowed = f"NOT ({' AND '.join(same)})" if guard.emptied else "TRUE"
    frozen = guard.frozen or "TRUE"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{guard.refusal}'); END"
    update, delete = guard.names["sqlite"]
    return [
        f"DROP TRIGGER IF EXISTS {update}",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} WHEN {frozen} AND {allowed} {refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} WHEN {frozen} {refuse}",
    ]


def remove(using: str = "default") -> None:
    """For tests that must empty the tables between cases; nothing else calls it."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, guard in TABLES.items():
            for name in guard.names[connection.vendor]:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
