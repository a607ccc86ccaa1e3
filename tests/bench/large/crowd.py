"""More boards, copied from the one that is there by a statement for each table: rows, trail and all."""

from __future__ import annotations

from typing import Any

import psycopg
from django.apps import apps
from django.db.models import ForeignKey, Model
from psycopg import sql

STEP = 1_000_000  # between the ids of one board's rows and the next one's
NAMED = {"slug", "email"}  # what has to differ from board to board


def fill(url: str, *, boards: int, actions: int) -> int:
    """`boards` more, each with the first so many `actions` of the one that is there. Returns how many actions there
    are then. Indexes are made anew at the end, and the keys are not checked: they are right by construction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        indexes = _take_indexes(connection)
        for model in _models():
            connection.execute(_copied(model), {"boards": boards, "actions": actions, "step": STEP})
        for definition in indexes:
            connection.execute(definition)
        found = connection.execute("SELECT count(*) FROM actions_action").fetchone()
    return int(found[0]) if found else 0


def tidy(url: str) -> None:
    """As a database in service stands after its nightly tidying, so that both are measured in the same state."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _models() -> list[Any]:
    return [model for model in apps.get_app_config("actions").get_models() if model._meta.managed]


def _copied(model: type[Model]) -> sql.Composed:
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    columns = [sql.Identifier(field.column) for field in fields]
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, generate_series(1, %(boards)s) k{}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(columns),
        sql.SQL(", ").join(map(_value, fields)),
        sql.Identifier(table),
        _limit(table),
    )


def _value(field: Any) -> sql.Composable:
    column = sql.Identifier("t", field.column)
    if field.primary_key or (isinstance(field, ForeignKey) and field.related_model in _models()):
        return sql.SQL("{} + k * %(step)s").format(column)
    if field.name in NAMED:
        return sql.SQL("k || '-' || {}").format(column)
    return column


def _limit(table: str) -> sql.SQL:
    few = "(SELECT id FROM actions_action WHERE number <= %(actions)s AND id < %(step)s)"
    if table == "actions_action":
        return sql.SQL(" WHERE t.number <= %(actions)s")
    if table in ("actions_answer", "actions_evidence"):
        return sql.SQL(f" WHERE t.action_id IN {few}")
    if table == "actions_event":
        return sql.SQL(f" WHERE t.action_id IS NULL OR t.action_id IN {few}")
    return sql.SQL("")


def _take_indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Those of the two longest tables that hold up no constraint, dropped; what makes them again."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid IN ('actions_action'::regclass, 'actions_event'::regclass)"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
    ).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    return [definition for _, definition in found]
