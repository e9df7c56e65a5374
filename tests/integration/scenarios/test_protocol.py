"""All that the real hook and the real component say to each other is as docs/protocol.md has it."""

from pathlib import Path

import pytest
from lxml import etree

from tests.integration.scenarios.relay import open_relay
from tests.integration.scenarios.site import CONTENT, HOOK, UNVERIFIED, Site, bounce, expect, is_in, open_store
from tests.support.prosody import CHECKOUT, Prosody
from tests.support.roomkeeper import Roomkeeper

SCHEMA = CHECKOUT / "server" / "hook.rng"
ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"


async def play(site: Site) -> None:
    """One of everything."""
    zoe = await site.stranger("zoe", language="zh")
    anna, ben = await site.person("anna", language="en"), await site.person(r"bén\27s")
    room = site.room(r"o\27reilly\26茶")
    expect(await zoe.join(room), UNVERIFIED)
    assert is_in(await anna.join(room, "Anna “A” <x> & 'y'"))
    assert is_in(await ben.join(room, "ben"))
    await ben.say(room, "hello <&> ' \" 漢字 \U0001f600")
    await anna.hear(room, "hello <&> ' \" 漢字 \U0001f600")
    await bounce(ben, await ben.say(room, "casino"), CONTENT)
    item = f"<item affiliation='member' jid='{ben.bare}'/>"
    assert (await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)).get("type") == "result"
    item = "<item nick='ben' role='visitor'/>"
    assert (await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)).get("type") == "result"
    assert not is_in(await ben.join(room, "Anna “A” <x> & 'y'"))
    again = await site.person("again")
    assert not is_in(await again.join(room, "ben"))
    await ben.leave(room, "ben")
    assert is_in(await again.join(room, "again"))  # asked after all that was told about the join before
    assert (await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)).get("type") == "result"
    assert is_in(await anna.join(site.room()))


async def test_every_element_that_passes_is_valid(tmp_path: Path) -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema is not there")
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    config = '[[rules]]\nname = "no-casino"\nwords = ["casino"]\nstrike = false\n'
    async with Prosody() as prosody, open_relay(prosody.component_port) as relay:
        roomkeeper = Roomkeeper(prosody=prosody, config=config, folder=tmp_path)
        roomkeeper.prepare()
        text = roomkeeper.path.read_text()
        roomkeeper.path.write_text(text.replace(f"port = {prosody.component_port}", f"port = {relay.port}"))
        store = await open_store(roomkeeper.path.parent)
        site = Site(prosody=prosody, roomkeeper=roomkeeper, store=store)
        try:
            await roomkeeper.start()
            await play(site)
            await roomkeeper.kill()
            await roomkeeper.start()
        finally:
            await site.dismiss()
            await roomkeeper.stop()
            await store.close()
    for element in relay.from_component + relay.from_server:
        assert schema.validate(element), f"{schema.error_log}\n{etree.tostring(element).decode()}"
    events = {f"event {kind}" for kind in ("created", "destroyed", "joined", "left", "role", "affiliation", "refused")}
    assert relay.names() >= {"check", "verdict allow", "verdict deny", "snapshot", *events}
    assert all(etree.QName(element).namespace == HOOK for element in relay.from_server)
