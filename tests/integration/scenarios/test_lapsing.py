"""Verifications that end put people out where the operator wants that, remind them once, and are renewed."""

import time
from secrets import token_hex

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import UNVERIFIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

VALID_S = 7200
CONFIG = f'[identity]\nvalid_for = "{VALID_S}s"\non_loss = "remove"\nremind_before = ["1h", "30m"]\n'


async def verified(site: Site, left_s: float, language: str = "en") -> tuple[Client, Entry]:
    """Somebody whose verification counts for so many seconds more."""
    zoe = await site.stranger("zoe", language=language)
    entry = Entry(document_type="passport", document_number=token_hex(8), name="Zoe")
    at = time.time() - VALID_S + left_s
    await site.store.registry.put((entry,), at)
    await site.store.registry.claim(
        zoe.bare, entry, at, max_accounts=9, attempts=9, window_s=60, start_score=60, tier="standard"
    )
    await site.store.people.set_language(zoe.bare, language)
    await zoe.presence()
    return zoe, entry


async def nudge(site: Site) -> None:
    """The component looks anew what is due and when, which it does at a reload too, and once a minute."""
    seen = len(site.roomkeeper.lines)
    site.roomkeeper.hang_up()
    await site.roomkeeper.wait_for_line("reloaded", after=seen)


async def test_they_are_put_out_told_and_let_in_again_once_renewed(site: Site) -> None:
    zoe, entry = await verified(site, 5)
    await nudge(site)
    anna, room = await site.person("anna"), site.room()
    await anna.join(room)
    assert is_in(await zoe.join(room))
    await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>")
    await zoe.receive(f"<message from='{site.service}'><body>{{has has ended}}</body></message>")
    expect(await zoe.join(room), UNVERIFIED, "has ended", "en")
    assert await site.places(zoe.bare) == {room}

    given = {"type": "passport", "number": entry.document_number, "name": "Zoe"}
    done = await site.command(zoe, "verify", given)
    assert done.get("status") == "completed", show(done)
    assert is_in(await zoe.join(room))


async def test_a_reminder_comes_once_over_restarts_in_their_language(site: Site) -> None:
    zoe, _ = await verified(site, 1200, "zh-Hans")
    await nudge(site)
    await zoe.receive(f"<message from='{site.service}'><body>{{has 到期}}</body></message>")
    await site.roomkeeper.stop()
    await site.roomkeeper.start()
    done = await site.command(zoe, "status")  # whatever was to be said was said before
    assert "到期" not in show(done)
    assert not [each for each in zoe.unread if "到期" in "".join(each.itertext())]
