"""Fixtures for tests on real servers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import Site, open_site
from tests.support.postgres import Postgres


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A file with BACKENDS is played on each of them."""
    backends = getattr(metafunc.module, "BACKENDS", None)
    if backends and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", backends, indirect=True, scope="module")


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> str | None:
    """The URL of a database of the file's own; None: a file of SQLite's, beside the component's other files."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return None
    server: Postgres = request.getfixturevalue("postgres")
    return server.create()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site(request: pytest.FixtureRequest, database: str | None) -> AsyncIterator[Site]:
    """A server with the component for all scenarios of one file.

    The file's CONFIG (TOML) and PROSODY (fields of `Prosody`) say what is special about it.
    """
    config, prosody = getattr(request.module, "CONFIG", ""), getattr(request.module, "PROSODY", {})
    async with open_site(config, database=database, **prosody) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def site(shared_site: Site) -> AsyncIterator[Site]:
    """The file's site, for one scenario: whoever it logged in is gone after it."""
    yield shared_site
    await shared_site.dismiss()
