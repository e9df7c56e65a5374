"""A snapshot tells every room, in memory or not, with who is in it and who has an affiliation, page by page."""

from lxml import etree

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.prosody import Prosody
from tests.support.scripted import HOOK, Scripted

CONTROL = "urn:roomkeeper:test:control"
OWNER = "http://jabber.org/protocol/muc#owner"


async def test_pages_of_whole_rooms_tell_everything_once(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    users = [await enter(prosody, f"u{number}") for number in range(3)]
    rooms = [f"{name}-{number}@{prosody.muc}" for number in range(7)]
    for room in rooms:
        for user in users:
            await user.join(room, f"nick of {user.user}")
    seen, after, pages = [], None, 0
    while pages == 0 or after is not None:
        page = await component.snapshot(4, after)
        assert len(page) == 1 or page.get("next") is None  # 3 occupants and an owner fill a page
        seen += page.findall("*")
        after = page.get("next")
        pages += 1
    ours = {room.get("jid"): room for room in seen if room.get("jid", "").startswith(name)}
    assert sorted(ours) == sorted(rooms)
    assert len([room for room in seen if room.get("jid", "").startswith(name)]) == len(rooms)
    assert pages >= len(rooms)
    for room in ours.values():
        occupants = {each.get("jid"): dict(each.attrib) for each in room.iter(f"{{{HOOK}}}occupant")}
        assert set(occupants) == {user.jid for user in users}
        assert occupants[users[0].jid] | {"jid": ""} == {
            "jid": "",
            "nick": f"nick of {users[0].user}",
            "role": "moderator",
            "affiliation": "owner",
        }
        owners = [each.get("jid") for each in room.iter(f"{{{HOOK}}}affiliation")]
        assert owners == [users[0].bare]


async def test_a_page_asked_for_after_a_room_that_is_gone_goes_on_behind_it(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    user = await enter(prosody)
    await user.join(f"{name}-b@{prosody.muc}")
    page = await component.snapshot(100000, f"{name}-a@{prosody.muc}")
    assert f"{name}-b@{prosody.muc}" in [room.get("jid") for room in page]
    page = await component.snapshot(100000, f"{name}-c@{prosody.muc}")
    assert f"{name}-b@{prosody.muc}" not in [room.get("jid") for room in page]


async def test_rooms_on_disk_are_told_without_being_loaded(enter: Enter, name: str) -> None:
    muc_options = {"muc_room_default_persistent": True, "muc_tombstones": True}
    async with (
        Prosody(
            storage="internal", muc_options=muc_options, muc_modules=("remote_control",), options=TEST_MODULES
        ) as server,
        scripted(server) as component,
    ):
        kept, gone, inside = (f"{name}-{each}@{server.muc}" for each in ("kept", "gone", "inside"))
        user = await enter(server)
        for room in (kept, gone, inside):
            await user.join(room, "me")
        await user.leave(kept, "me")
        await user.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", gone)
        for room in (kept, inside):
            await component.ask(f"<control xmlns='{CONTROL}' deed='evict' room='{room}'/>")
        page = await component.snapshot()
        told = {room.get("jid"): [dict(each.attrib) for each in room] for room in page}
        owner = {"jid": user.bare, "affiliation": "owner"}
        assert set(told) == {kept, inside}
        assert told[kept] == [owner]
        me = {"jid": user.jid, "nick": "me", "role": "moderator", "affiliation": "owner"}
        assert sorted(told[inside], key=len) == [owner, me]
        await user.say(inside, "loaded again")
        await user.hear(inside, "loaded again")
        assert {room.get("jid"): len(room) for room in await component.snapshot()} == {kept: 1, inside: 2}
        await user.leave(inside, "me")
        await component.event(type="left", room=inside)
        await server.stop()
        await server.start()
        await component.kill()
        await component.connect()
        assert {room.get("jid"): len(room) for room in await component.snapshot()} == {kept: 1, inside: 1}
        validate(component)


async def test_only_the_component_gets_a_snapshot(prosody: Prosody, component: Scripted, enter: Enter) -> None:
    user = await enter(prosody)
    answer = await user.iq("get", f"<snapshot xmlns='{HOOK}'/>", prosody.muc)
    assert answer.get("type") == "error"
    for payload in (f"<snapshot xmlns='{HOOK}' max='0'/>", f"<snapshot xmlns='{HOOK}' max='many'/>"):
        refused = await component.ask(payload, "get")
        assert refused.get("type") == "error", etree.tostring(refused)
