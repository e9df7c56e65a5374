"""Fixtures for tests on real servers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import Site, open_site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site(request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    """A server with the component for all scenarios of one file.

    The file's CONFIG (TOML) and PROSODY (fields of `Prosody`) say what is special about it.
    """
    async with open_site(getattr(request.module, "CONFIG", ""), **getattr(request.module, "PROSODY", {})) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def site(shared_site: Site) -> AsyncIterator[Site]:
    """The file's site, for one scenario: whoever it logged in is gone after it."""
    yield shared_site
    await shared_site.dismiss()
