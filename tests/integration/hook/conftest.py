"""One Prosody for most tests of the hook, one in a hurry for those of failures, and a component a test speaks through.

Whatever the hook and the component said to each other is held against server/hook.rng when a test ends.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from lxml import etree

from tests.support.client import Client
from tests.support.prosody import CHECKOUT, HOOK_FOLDER, Prosody
from tests.support.scripted import Scripted

HERE = Path(__file__).parent
SCHEMA = etree.RelaxNG(etree.parse(CHECKOUT / "server" / "hook.rng"))
TEST_MODULES = {"plugin_paths": [HOOK_FOLDER, HERE]}

Enter = Callable[..., Awaitable[Client]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Servers outlive a test, so all tests of this folder share one loop."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def prosody() -> AsyncIterator[Prosody]:
    """A patient server: nothing a test does takes its component's whole time."""
    hook_options = {"timeout": "20s", "grace": "20s"}
    muc_options = {"admins": ()}  # the component needs no rights but those the hook gives it
    async with Prosody(options=TEST_MODULES, hook_options=hook_options, muc_options=muc_options) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hasty() -> AsyncIterator[Prosody]:
    """A server that gives up soon."""
    hook_options = {"timeout": "300ms", "grace": "600ms", "max_held": 20}
    async with Prosody(options=TEST_MODULES, hook_options=hook_options) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def component(prosody: Prosody) -> AsyncIterator[Scripted]:
    """The component of `prosody`, allowing everything until told otherwise."""
    async with scripted(prosody) as connected:
        yield connected
        validate(connected)


@pytest_asyncio.fixture(loop_scope="session")
async def hasty_component(hasty: Prosody) -> AsyncIterator[Scripted]:
    """The component of `hasty`."""
    async with scripted(hasty) as connected:
        yield connected
        validate(connected)


@pytest_asyncio.fixture(loop_scope="session")
async def enter() -> AsyncIterator[Enter]:
    """Log users in under random names; they are gone when the test is."""
    async with AsyncExitStack() as stack:

        async def log_in(server: Prosody, name: str = "user", **options: str) -> Client:
            user = f"{name}-{secrets.token_hex(4)}"
            return await stack.enter_async_context(await Client.connect(server.c2s_port, user, **options))

        yield log_in


@pytest.fixture
def name() -> str:
    """A room's name nobody used before."""
    return f"room-{secrets.token_hex(4)}"


def scripted(server: Prosody, domain: str | None = None) -> Scripted:
    """Return a component for the server, not connected yet."""
    domain = domain or server.component
    return Scripted(domain=domain, secret=server.secret, port=server.component_port, muc=server.muc)


def validate(component: Scripted) -> None:
    """Hold all payloads seen against the schema."""
    for payload in component.traffic:
        SCHEMA.assertValid(etree.fromstring(etree.tostring(payload)))
