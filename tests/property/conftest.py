"""Databases for properties: one for each example, on every backend that is to hold them."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from storage.store import Store
from tests.unit.storage import databases


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a prepared SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    databases.prepare(databases.url_of(folder))
    return folder


@pytest.fixture(scope="module", params=databases.BACKENDS)
def empty(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[str]]:
    """Gives the URL of an empty database each time it is called."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("template")

        @contextmanager
        def copied() -> Iterator[str]:
            with tempfile.TemporaryDirectory() as folder:
                shutil.copy(template / "roomkeeper.db", folder)
                yield databases.url_of(Path(folder))

        return copied
    prepared: str = request.getfixturevalue("prepared")

    @contextmanager
    def wiped() -> Iterator[str]:
        databases.wipe(prepared)
        yield prepared

    return wiped


@pytest.fixture(scope="module")
def fresh(empty: Callable[[], AbstractContextManager[str]]) -> Callable[[], AbstractAsyncContextManager[Store]]:
    """Opens an empty store each time it is called."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Store]:
        with empty() as url:
            async with databases.stored(url) as store:
                yield store

    return opened
