"""After an absence the component puts its books right by what it finds on the server."""

import pytest

from tests.integration.scenarios.site import FULL, MODERATED, UNHURRIED, Site, expect, is_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nrooms_created = 2\nrooms_joined = 4\n" + MODERATED + UNHURRIED
PROSODY = {
    "hook_options": {"on_failure": "allow", "grace": "0s"},
    "muc_options": {"muc_room_default_persistent": True},
}

OWNER = "http://jabber.org/protocol/muc#owner"
DESTROY = f"<query xmlns='{OWNER}'><destroy/></query>"


async def test_rooms_made_and_destroyed_meanwhile_are_adopted_and_closed(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    kept, gone = site.room("kept"), site.room("gone")
    assert is_in(await anna.join(kept))
    assert is_in(await anna.join(gone))
    assert is_in(await ben.join(gone))
    expect(await anna.join(site.room()), FULL)

    await site.roomkeeper.stop()
    made = site.room("made")
    assert is_in(await anna.join(made))
    assert is_in(await ben.join(made))
    assert is_in(await ben.join(kept))
    assert (await anna.iq("set", DESTROY, gone)).get("type") == "result"
    await site.roomkeeper.start()

    assert await site.places(anna.bare) == {kept, made}
    assert await site.places(ben.bare) == {kept, made}
    room = await site.store.rooms.find(made)
    assert room is not None
    assert room.code
    assert await site.store.rooms.find(gone) is None
    expect(await anna.join(site.room()), FULL)  # what she made meanwhile is hers, too
    assert (await anna.iq("set", DESTROY, made)).get("type") == "result"
    assert is_in(await anna.join(site.room()))


async def test_a_message_after_the_absence_is_judged_by_what_was_adopted(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    await site.roomkeeper.stop()
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    await site.roomkeeper.start()
    await anna.say(room, "hello")
    await ben.hear(room, "hello")


async def test_who_is_where_is_known_again(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    room = site.room()
    await anna.join(room)
    await site.roomkeeper.stop()
    await ben.join(room, "Somebody else")
    await site.roomkeeper.start()
    await site.sanction(await site.moderator(), ben.bare, "kick", room=room)
    await ben.receive(f"<presence type='unavailable' from='{room}/Somebody else'/>")


async def test_the_places_of_somebody_who_left_meanwhile_stay_theirs(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    await site.roomkeeper.stop()
    await ben.leave(room)
    await site.roomkeeper.start()
    assert await site.places(ben.bare) == {room}
