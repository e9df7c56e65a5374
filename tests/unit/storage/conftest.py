"""One store a test, on every backend."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.postgres import Postgres
from tests.support.tables import lay
from tests.unit.storage import databases


@pytest.fixture(params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Of a database with nothing in it."""
    if backend == "sqlite":
        lay(tmp_path / "roomkeeper.db")
        return databases.url_of(tmp_path)
    url: str = request.getfixturevalue("prepared")
    databases.wipe(url)
    return url


@pytest.fixture
def blank(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Of a database without tables."""
    if backend == "sqlite":
        return databases.url_of(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.create()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    store = await Store.open(url, databases.KEYS)
    yield store
    await store.close()
