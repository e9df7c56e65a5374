"""SQLite databases with tables and nothing in them, made once a process and copied: few tests are about migrations."""

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url

from storage import migrate, sqlite

_PATIENCE_S = 10.0


def lay(path: Path) -> None:
    """Put such a database there, unless there is one; whoever opens it finds what they would have made themselves."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_made())


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roomkeeper.db"
        writer, _, _ = sqlite.make_engines(make_url(f"sqlite:///{path}"), _PATIENCE_S)
        with writer._engine.begin() as connection:
            migrate.upgrade(connection, may_migrate=True)
        writer._engine.dispose()
        return path.read_bytes()
