"""One Prosody with three MUC services, so that only what is measured differs between them.

`bare` has no hook, `allow` has the hook and a component that allows everything over a plain socket, `roomkeeper` has
the hook and the real component. The same process, clients and connections serve all three: a ratio between two of
them holds no difference of memory layout, garbage collector or luck of the scheduler.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bench.people import register
from tests.support.prosody import CHECKOUT, Prosody, lua
from tests.support.roomkeeper import Roomkeeper

BARE, ALLOW, ROOMKEEPER = "bare", "allow", "roomkeeper"
DOMAIN = "localhost"

# The default policy, but for the message rate, since a few senders stand for many here, and for raids, since all
# occupants come into a new room at once.
TIER = "unhurried"
CONFIG = f"""
[[credit.tiers]]
name = "{TIER}"
threshold = 0
message_rate = 1000000.0
message_burst = 1000000

[emergency]
raid = "off"

[log]
level = "warning"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What runs: the MUC service's domain and the component's process by variant."""

    prosody: Prosody
    services: dict[str, str]
    pids: dict[str, int]


def user(number: int) -> str:
    """Return the name of a user of the load generator."""
    return f"user{number}"


@contextlib.asynccontextmanager
async def stage(variants: tuple[str, ...], users: int, options: dict[str, object]) -> AsyncIterator[Stage]:
    """Start the server, the components asked for, and make the users known to Roomkeeper."""
    services = {BARE: f"bare.{DOMAIN}", ALLOW: f"allow.{DOMAIN}", ROOMKEEPER: f"conference.{DOMAIN}"}
    allow = f"allow-all.{DOMAIN}"
    muc = "muc_room_locking = false; restrict_room_creation = false;"
    more = (
        f'Component "{services[BARE]}" "muc"\n{muc}\n'
        f'Component "{services[ALLOW]}" "muc"\n{muc}\nmodules_enabled = {{ "roomkeeper" }};\n'
        f"roomkeeper_component = {lua(allow)}; admins = {{ {lua(allow)} }};\n"
        f"Component {lua(allow)}\ncomponent_secret = {lua('secret')};\n"
    )
    async with contextlib.AsyncExitStack() as stack:
        prosody = await stack.enter_async_context(Prosody(domain=DOMAIN, more=more, options=options))
        pids = {}
        if ALLOW in variants:
            pids[ALLOW] = await stack.enter_async_context(_allow_all(prosody.component_port, allow))
        if ROOMKEEPER in variants:
            roomkeeper = Roomkeeper(prosody=prosody, config=CONFIG)
            roomkeeper.prepare()
            await register(roomkeeper, [f"{user(number)}@{DOMAIN}" for number in range(users)], TIER)
            await stack.enter_async_context(roomkeeper)
            pids[ROOMKEEPER] = roomkeeper.pid
        yield Stage(prosody=prosody, services=services, pids=pids)


@contextlib.asynccontextmanager
async def _allow_all(port: int, domain: str) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.allow", str(port), domain, "secret"),
        cwd=CHECKOUT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 10)
        assert line == b"ready\n", "the allow-all component did not connect"
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
