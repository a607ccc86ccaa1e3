"""What makes the trail append-only in the database itself. Made after every migrate, never by one migration:
altering a column on SQLite rebuilds the table and drops its triggers without a word."""

from typing import Any

from django.db import connections

TABLE = "actions_event"

POSTGRES = f"""
CREATE OR REPLACE FUNCTION event_is_written_once() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.words IS NULL AND NEW.salt IS NULL
     AND to_jsonb(NEW) - 'words' - 'salt' = to_jsonb(OLD) - 'words' - 'salt' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit trail is written once';
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION event_is_written_once();
CREATE OR REPLACE TRIGGER event_no_truncate BEFORE TRUNCATE ON {TABLE}
  FOR EACH STATEMENT EXECUTE FUNCTION event_is_written_once();
"""

NAMES = {
    "postgresql": ("event_no_change", "event_no_truncate"),
    "sqlite": ("event_no_update", "event_no_delete"),
}


def install(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate. Safe to run again."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES)
        else:
            for statement in _sqlite(connection):
                cursor.execute(statement)


def _sqlite(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, TABLE)]
    same = " AND ".join(f'NEW."{c}" IS OLD."{c}"' for c in columns if c not in ("words", "salt"))
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is written once'); END"
    return [
        "DROP TRIGGER IF EXISTS event_no_update",
        "DROP TRIGGER IF EXISTS event_no_delete",
        f"CREATE TRIGGER event_no_update BEFORE UPDATE ON {TABLE} "
        f"WHEN NOT (NEW.words IS NULL AND NEW.salt IS NULL AND {same}) {refuse}",
        f"CREATE TRIGGER event_no_delete BEFORE DELETE ON {TABLE} {refuse}",
    ]


def remove(using: str = "default") -> None:
    """For tests that must empty the table between cases; nothing else calls it."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
