"""Somebody submits their document, an identity officer decides, and what was submitted is gone."""

import sqlite3

import pytest

from tests.integration.scenarios.site import UNVERIFIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = """
[identity]
providers = ["registry", "review"]
[identity.review]
tell_every = "1s"
[staff]
identity_officers = ["lorenzo@localhost", "escalus@localhost"]
"""
NUMBER = "PLANTED-NUMBER-77"


async def officer(site: Site, name: str) -> Client:
    client = await site.log_in(name, language="en")
    await client.presence()
    return client


async def test_from_submission_to_the_first_join(site: Site) -> None:
    lorenzo, escalus = await officer(site, "lorenzo"), await officer(site, "escalus")
    zoe = await site.stranger("zoe", language="zh")
    await zoe.presence()
    form = {"type": "passport", "number": NUMBER, "name": "Zoe Planted"}
    waits = await site.command(zoe, "verify", {"provider": "review"}, form)
    assert waits.get("status") == "completed", show(waits)
    await lorenzo.receive(f"<message from='{site.service}'><body>{{has review}}</body></message>")
    await escalus.receive(f"<message from='{site.service}'><body>{{has review}}</body></message>")
    room = site.room()
    expect(await zoe.join(room), UNVERIFIED)

    listed = await site.command(escalus, "review")
    number = listed.findtext(".//{*}field[@var='submission']/{*}value") or ""
    seen = await site.command(escalus, "review", {"submission": number})
    assert NUMBER in show(seen)
    done = await site.command(lorenzo, "review", {"submission": number}, {"decision": "approve", "reason": ""})
    assert done.get("status") == "completed", show(done)
    late = await site.command(escalus, "review")
    assert late.get("status") == "completed", show(late)
    await zoe.receive(f"<message from='{site.service}'><body>{{has 已通过实名验证}}</body></message>")
    assert is_in(await zoe.join(room))

    folder = site.roomkeeper.path.parent
    assert not [file.name for file in folder.glob("roomkeeper.db*") if b"Zoe Planted" in file.read_bytes()]
    with sqlite3.connect(folder / "roomkeeper.db") as connection:
        assert connection.execute("SELECT count(*) FROM verifications WHERE record IS NOT NULL").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM vault_keys WHERE owner LIKE 'v:%'").fetchone() == (0,)
    assert "Zoe Planted" not in "".join(site.roomkeeper.lines)
    assert NUMBER not in "".join(site.roomkeeper.lines)


async def test_nobody_but_officers_finds_the_command(site: Site) -> None:
    zoe = await site.person("zoe")
    node = "<command xmlns='http://jabber.org/protocol/commands' node='urn:roomkeeper:cmd:review'/>"
    assert (await zoe.iq("set", node, site.service)).get("type") == "error"
