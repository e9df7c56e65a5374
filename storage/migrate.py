"""Brings the tables up to date, by Alembic. Knows how, not what: that stands in migrations/versions."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import Absent, Refused
from storage.schema import REVISION

_TABLE = "alembic_version"


def upgrade(connection: Connection, *, may_migrate: bool) -> None:
    """Migrate if need be, inside the caller's transaction: all of it or nothing.

    Raises:
        Absent: there are none, and `may_migrate` is False.
        Refused: they are older, and it is; or newer than this program.
    """
    current = _current(connection)
    if current == REVISION:
        return
    if not may_migrate and current is None:
        raise Absent if connection.dialect.name == "sqlite" else Absent("no tables yet: run `roomkeeper migrate`")
    if not may_migrate:
        raise Refused(f"the tables are at version {current}, not {REVISION}: run `roomkeeper migrate`")
    from alembic import command  # noqa: PLC0415 - costs time and memory, and is seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise Refused(f"the tables are at version {current}, which this program does not know: it is older") from None


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    revision: str | None = connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608
    return revision
