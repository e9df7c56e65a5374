"""What a room's owners and admins do by commands on the room's own address, on a real server."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.desk import NODE, begin, go_on, nodes
from tests.integration.scenarios.site import COMMANDS, MODERATED, UNHURRIED, Site, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = UNHURRIED + MODERATED
ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"
INFO = "http://jabber.org/protocol/disco#info"


async def gather(site: Site, *names: str) -> tuple[str, list[Client]]:
    room = site.room()
    people = [await site.person(name, language="en") for name in names]
    for client in people:
        assert is_in(await client.join(room))
    return room, people


def note_of(answer: Element) -> str:
    return answer.findtext("{*}command/{*}note") or ""


async def test_the_rooms_address_lists_for_everybody_what_they_may_run_there(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    assert f"{NODE}room-mute" in await nodes(anna, room)
    assert await nodes(ben, room) == [f"{NODE}report"]
    about = await anna.iq("get", f"<query xmlns='{INFO}' node='{NODE}room-mute'/>", room)
    assert about.find("{*}query/{*}identity[@type='command-node']") is not None
    listed = await anna.iq("get", f"<query xmlns='{INFO}' node='{COMMANDS}'/>", room)
    assert listed.find("{*}query/{*}identity[@type='command-list']") is not None


async def test_an_owner_mutes_and_unmutes_somebody_by_nickname(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    await ben.presence()
    form = await begin(anna, room, "room-mute")
    assert form.get("from") == room
    done = await go_on(anna, room, form, who=ben.user, length="10m", reason="Shouting")
    assert "is muted until" in note_of(done), show(done)
    await ben.receive("<message type='chat'><body>{has managers}</body></message>")
    await ben.send(f"<message type='groupchat' id='m1' to='{room}'><body>hello</body></message>")
    await ben.receive("<message type='error' id='m1'/>")
    assert await site.store.discipline.strikes_of(await site.holder(ben.bare)) == ()
    form = await begin(anna, room, "room-unmute")
    which = form.findtext(".//{*}field[@var='which']/{*}value") or ""
    done = await go_on(anna, room, form, which=which, reason="Calm again")
    assert done[0].get("status") == "completed", show(done)
    assert await site.store.discipline.sanctions_of(await site.holder(ben.bare), 0.0) == ()


async def test_an_owner_ends_a_membership_and_the_place_is_free(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    form = await go_on(anna, room, await begin(anna, room, "room-remove"), who=ben.user, reason="Wrong group")
    done = await go_on(anna, room, form, confirm="1")
    assert "no longer a member" in note_of(done), show(done)
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    assert room not in await site.places(ben.bare)


async def test_who_manages_nothing_there_is_answered_by_the_room_itself(site: Site) -> None:
    room, (_, ben) = await gather(site, "anna", "ben")
    answer = await begin(ben, room, "room-mute")
    assert answer.get("type") == "error"


async def test_whose_right_to_manage_is_withdrawn_is_offered_nothing_more_than_others(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    form = await begin(anna, room, "room-mute")
    await site.sanction(await site.moderator(), anna.bare, "manage", room=room, length="1h")
    late = await go_on(anna, room, form, who=ben.user, length="10m", reason="Mine")
    assert late.get("type") == "error", show(late)
    assert await nodes(anna, room) == [f"{NODE}report"]
    assert await site.store.discipline.sanctions_of(await site.holder(ben.bare), 0.0) == ()


async def test_a_manager_who_is_demoted_between_two_forms_goes_no_further(site: Site) -> None:
    room, (anna, ben, cleo) = await gather(site, "anna", "ben", "cleo")
    grant = "<query xmlns='{}'><item jid='{}' affiliation='{}'/></query>"
    assert (await anna.iq("set", grant.format(ADMIN, ben.bare, "admin"), room)).get("type") == "result"
    form = await begin(ben, room, "room-mute")
    for _ in range(100):  # that they are an admin now is on its way
        if form.get("type") == "result":
            break
        form = await begin(ben, room, "room-mute")
    assert (await anna.iq("set", grant.format(ADMIN, ben.bare, "member"), room)).get("type") == "result"
    await nodes(anna, room)  # behind the event that tells of it
    late = await go_on(ben, room, form, who=cleo.user, length="10m", reason="Mine")
    assert late.get("type") == "error", show(late)
    assert await site.store.discipline.sanctions_of(await site.holder(cleo.bare), 0.0) == ()


async def test_a_room_destroyed_between_two_forms_takes_no_more_commands(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    form = await begin(anna, room, "room-mute")
    await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    late = await go_on(anna, room, form, who=ben.user, length="10m", reason="Late")
    assert late.get("type") == "error", show(late)


async def test_a_command_begun_in_one_room_is_not_gone_on_with_in_another(site: Site) -> None:
    room, (anna,) = await gather(site, "anna")
    other = site.room()
    assert is_in(await anna.join(other))
    form = await begin(anna, room, "room-rules")
    late = await go_on(anna, other, form, deed="look")
    assert late.find("{*}error/{*}bad-request") is not None, show(late)
    done = await go_on(anna, room, form, deed="look")
    assert done[0].get("status") == "completed", show(done)
