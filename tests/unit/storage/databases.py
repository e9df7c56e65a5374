"""Fresh databases and what most storage tests put into them, for every backend that is to pass them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from config.settings import Ladder
from policy.actions import Action, TakePlace
from storage import schema
from storage.incidents import Incident, Recorded, Terms
from storage.registry import Claim, Entry
from storage.store import Store
from storage.vault import Keyring

BACKENDS = ("sqlite", "postgresql")
KEYS_TEXT = Keyring.generate()
KEYS = Keyring.parse(KEYS_TEXT)
T0 = 1_700_000_000.0
"""When tests begin."""

MIGRATIONS = Path(schema.__file__).parent / "migrations"
only_sqlite = pytest.mark.parametrize("backend", ["sqlite"])
"""Of a test about SQLite's files."""


TERMS = Terms(ladder=Ladder(steps=()), recovery_s=None, reason_of="breaks {}".format)
"""Strikes lead to nothing."""


async def enter(
    store: Store, *actions: Action, at: float = T0, check: str | None = None, terms: Terms = TERMS
) -> Recorded:
    """What one stanza led to."""
    return await store.discipline.record(Incident(actions=actions, at=at, check=check), terms)


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'roomkeeper.db'}"


@contextmanager
def opened(url: str) -> Iterator[sa.Connection]:
    """A connection past all of storage; what is done by it is committed at the end."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def disarm(connection: sa.Connection) -> None:
    """Have no trigger act on what this connection does."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET session_replication_role = replica")
        return
    triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")


def migrate_to(connection: sa.Connection, version: str, *statements: str) -> None:
    """Tables as an older Roomkeeper left them, with something in them."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, version)
    for statement in statements:
        connection.exec_driver_sql(statement)


def wipe(url: str) -> None:
    """Empty all tables of a PostgreSQL database, and have numbers begin at one."""
    with opened(url) as connection:
        disarm(connection)
        tables = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
        for table in tables.scalars().all():
            connection.execute(sa.delete(sa.table(table)))
        connection.exec_driver_sql(
            "SELECT setval(CAST(sequencename AS regclass), 1, false) FROM pg_sequences WHERE schemaname = 'public'"
        )


def prepare(url: str) -> None:
    """Make the tables, and what every store finds when it opens."""

    async def make() -> None:
        await (await Store.open(url, KEYS)).close()

    asyncio.run(make())


@asynccontextmanager
async def opened_copy(template: Path, folder: Path) -> AsyncIterator[Store]:
    """A store over a copy of a prepared SQLite database."""
    shutil.copy(template / "roomkeeper.db", folder / "roomkeeper.db")
    async with stored(url_of(folder)) as store:
        yield store


@asynccontextmanager
async def stored(url: str) -> AsyncIterator[Store]:
    """An open store."""
    store = await Store.open(url, KEYS)
    try:
        yield store
    finally:
        await store.close()


def entry(number: int = 1, name: str = "Juliet Capulet") -> Entry:
    return Entry(document_type="passport", document_number=f"C{number:07}", name=name)


async def claim(
    store: Store, account: str, known: Entry, at: float = T0, *, renews: bool = False, **changes: int
) -> Claim:
    rules = {"max_accounts": 3, "attempts": 5, "start_score": 60, **changes}
    return await store.registry.claim(account, known, at, window_s=3600.0, tier="standard", renews=renews, **rules)


async def verified(store: Store, account: str, number: int = 1, at: float = T0) -> int:
    """The number of a new person behind the account."""
    await store.registry.put([entry(number)], at)
    person = (await claim(store, account, entry(number), at)).person
    assert person is not None
    return person.number


def place(
    account: str,
    room: str,
    *,
    person: int | None = None,
    creates: bool = False,
    created: int | None = None,
    joined: int | None = None,
    members: int | None = None,
) -> TakePlace:
    return TakePlace(
        account=account,
        person=person,
        room=room,
        is_creation=creates,
        created_limit=created,
        joined_limit=joined,
        members_limit=members,
    )
