"""Triggers as migrations make them, in SQLite and in PostgreSQL, where a trigger calls a function."""

from alembic import op

_DEEDS = ("UPDATE", "DELETE")


def create(name: str, when: str, body: str) -> None:
    """A trigger for each row; `body` is SQL that both understand, each statement ended by a semicolon."""
    if _is_sqlite():
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {body} END")
    else:
        _define(name, f"{body} RETURN NULL;")
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")


def drop(name: str, table: str) -> None:
    """Take it away again."""
    if _is_sqlite():
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        op.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        op.execute(f"DROP FUNCTION IF EXISTS {name}()")


def guard(table: str, name: str, complaint: str) -> None:
    """Refuse to change or delete a row of `table`."""
    if _is_sqlite():
        for deed in _DEEDS:
            body = f"SELECT RAISE(ABORT, '{complaint}');"
            op.execute(f"CREATE TRIGGER {name}_{deed} BEFORE {deed} ON {table} BEGIN {body} END")
    else:
        _define(name, f"RAISE integrity_constraint_violation USING MESSAGE = '{complaint}';")
        for deed in (*_DEEDS, "TRUNCATE"):
            when = f"BEFORE {deed} ON {table} FOR EACH STATEMENT"
            op.execute(f"CREATE TRIGGER {name}_{deed.lower()} {when} EXECUTE FUNCTION {name}()")


def unguard(name: str) -> None:
    """What is left of that when the table is gone."""
    if not _is_sqlite():
        op.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _define(name: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
