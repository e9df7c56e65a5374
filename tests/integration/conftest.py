"""Fixtures for tests on real servers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from tests.integration.scenarios.pair import second
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

    The file's CONFIG (TOML) and PROSODY (fields of `Prosody`) say what is special about it; with INSTANCES = 2
    there are two components (`pair.DOMAINS` in PROSODY).
    """
    config, prosody = getattr(request.module, "CONFIG", ""), getattr(request.module, "PROSODY", {})
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(open_site(config, database, **prosody))
        if getattr(request.module, "INSTANCES", 1) == 2:
            site.other = await stack.enter_async_context(second(site, config, database))
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def site(shared_site: Site) -> AsyncIterator[Site]:
    """The file's site, for one scenario: whoever it logged in is gone after it."""
    yield shared_site
    await shared_site.dismiss()
