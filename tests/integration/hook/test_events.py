"""The component is told what comes about: rooms, occupants, roles, affiliations, and what did not take effect."""

from xml.sax.saxutils import escape

from tests.integration.hook.conftest import Enter
from tests.support.client import MUC, Client
from tests.support.prosody import Prosody
from tests.support.scripted import Scripted

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"


async def test_a_room_s_life_is_told_in_order(prosody: Prosody, component: Scripted, enter: Enter, name: str) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    await guest.join(room, "guest")
    await guest.leave(room, "guest")
    await owner.leave(room, "owner")
    await component.event(type="destroyed", room=room)
    told = [
        {"type": "created", "room": room, "jid": owner.jid, "public": "true"},
        _occupant("joined", room, owner.jid, "owner", "moderator", "owner"),
        _occupant("joined", room, guest.jid, "guest", "participant", "none"),
        _occupant("left", room, guest.jid, "guest", "none", "none"),
        _occupant("left", room, owner.jid, "owner", "none", "owner"),
    ]
    assert component.events == told


async def test_a_rooms_name_and_its_being_listed_are_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner = await enter(prosody)
    await owner.join(room, "owner")
    fields = {"roomname": "Ann & <Ben>", "publicroom": "0"}
    submitted = "".join(
        f"<field var='muc#roomconfig_{var}'><value>{escape(value)}</value></field>" for var, value in fields.items()
    )
    form = (
        f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
        f"<value>http://jabber.org/protocol/muc#roomconfig</value></field>{submitted}</x></query>"
    )
    assert (await owner.iq("set", form, room)).get("type") == "result"
    await component.event(type="configured", room=room, name="Ann & <Ben>", public="false")
    component.events.clear()
    assert (await owner.iq("set", form, room)).get("type") == "result"  # nothing changes
    await owner.leave(room, "owner")
    await component.event(type="left", room=room)
    assert not [event for event in component.events if event["type"] == "configured"]
    page = await component.snapshot()
    assert page.find(f"{{*}}room[@jid='{room}']") is None  # it was temporary


async def test_a_destroyed_room_is_told_after_its_occupants(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    await guest.join(room, "guest")
    await component.event(type="joined", jid=guest.jid)
    component.events.clear()
    await owner.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    await component.event(type="destroyed", room=room)
    assert sorted(event["jid"] for event in component.events if event["type"] == "left") == sorted(
        [owner.jid, guest.jid]
    )


async def test_roles_affiliations_and_nicknames_are_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    await guest.join(room, "guest")
    await component.event(type="joined", jid=guest.jid)
    component.events.clear()
    await owner.iq("set", f"<query xmlns='{ADMIN}'><item nick='guest' role='visitor'/></query>", room)
    assert await component.event(type="role") == _occupant("role", room, guest.jid, "guest", "visitor", "none")
    await owner.iq("set", f"<query xmlns='{ADMIN}'><item jid='{guest.bare}' affiliation='admin'/></query>", room)
    assert await component.event(type="affiliation") == {
        "type": "affiliation",
        "room": room,
        "jid": guest.bare,
        "affiliation": "admin",
    }
    assert await component.event(type="role") == _occupant("role", room, guest.jid, "guest", "moderator", "admin")
    await guest.send(f"<presence to='{room}/renamed'/>")
    assert await component.event(type="role") == _occupant("role", room, guest.jid, "renamed", "moderator", "admin")
    await owner.iq("set", f"<query xmlns='{ADMIN}'><item jid='{guest.bare}' affiliation='outcast'/></query>", room)
    assert await component.event(type="left") == _occupant("left", room, guest.jid, "renamed", "none", "outcast")
    assert (await component.event(type="affiliation"))["affiliation"] == "outcast"
    assert component.events == []


async def test_every_session_of_an_occupant_is_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    desk = await enter(prosody, resource="desk")
    await desk.join(room, "me")
    await component.event(type="joined", jid=desk.jid)
    async with await Client.connect(prosody.c2s_port, desk.user, resource="phone") as phone:
        await phone.join(room, "me")
        await component.event(type="joined", jid=phone.jid)
        await desk.leave(room, "me")
        await component.event(type="left", jid=desk.jid, nick="me")
        await phone.leave(room, "me")
        await component.event(type="left", jid=phone.jid, nick="me")
    await component.event(type="destroyed", room=room)


async def test_an_error_that_puts_its_sender_out_is_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    await user.send(
        f"<message type='error' to='{room}'><error type='cancel'>"
        "<recipient-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
    await component.event(type="left", jid=user.jid)
    await component.event(type="destroyed", room=room)


async def test_an_allowed_join_that_the_room_refuses_is_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "taken")
    assert (await guest.join(room, "taken")).get("type") == "error"
    refused = await component.event(type="refused")
    assert refused == {"type": "refused", "room": room, "jid": guest.jid, "id": component.checks[-1].id}


async def test_an_allowed_creation_that_the_server_refuses_is_told_and_leaves_no_shell(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.send(f"<presence to='{room}/ '><x xmlns='{MUC}'/></presence>")
    await user.send(f"<presence to='{room}/&#x2003;' id='blank'><x xmlns='{MUC}'/></presence>")
    await component.event(type="refused", room=room)
    assert not (await component.snapshot(100000)).findall(f"*[@jid='{room}']")
    assert {event["type"] for event in component.events} <= {"refused"}


async def test_an_allowed_registration_that_the_room_refuses_is_told(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    form = (
        "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>"
        "http://jabber.org/protocol/muc#register</value></field><field var='muc#register_roomnick'><value>{}</value>"
        "</field></x></query>"
    )
    assert (await guest.iq("set", form.format("guest"), room)).get("type") == "error"
    assert (await component.event(type="refused"))["jid"] == guest.jid
    await owner.iq("set", form.format("boss"), room)
    await component.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get")
    assert not [event for event in component.events if event["type"] == "refused"]


def _occupant(kind: str, room: str, jid: str, nick: str, *standing: str) -> dict[str, str]:
    role, affiliation = standing
    return {"type": kind, "room": room, "jid": jid, "nick": nick, "role": role, "affiliation": affiliation}
