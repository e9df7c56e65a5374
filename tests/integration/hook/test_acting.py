"""The component acts on rooms from its own domain without joining them; nobody else can."""

from tests.integration.hook.conftest import Enter
from tests.support.client import MUC
from tests.support.prosody import Prosody
from tests.support.scripted import Scripted

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"


async def test_roles_can_be_changed_without_joining_on_owners_too(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    await guest.join(room, "guest")
    for nick, role in (("guest", "visitor"), ("owner", "participant"), ("guest", "none"), ("owner", "none")):
        asked = await component.ask(
            f"<query xmlns='{ADMIN}'><item nick='{nick}' role='{role}'><reason>why</reason></item></query>", to=room
        )
        assert asked.get("type") == "result"
        await owner.receive(
            f"<presence from='{room}/{nick}'><x xmlns='{MUC}#user'>"
            f"<item role='{role}'><reason>why</reason></item></x></presence>"
        )
    await component.event(type="destroyed", room=room)


async def test_affiliations_lists_and_destruction_work_without_joining(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, guest = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    await guest.join(room, "guest")
    for jid, affiliation in ((guest.bare, "outcast"), (owner.bare, "none")):
        asked = await component.ask(
            f"<query xmlns='{ADMIN}'><item jid='{jid}' affiliation='{affiliation}'/></query>", to=room
        )
        assert asked.get("type") == "result"
    listed = await component.ask(f"<query xmlns='{ADMIN}'><item affiliation='outcast'/></query>", "get", room)
    assert [item.get("jid") for item in listed.iter(f"{{{ADMIN}}}item")] == [guest.bare]
    assert (await component.ask(f"<query xmlns='{OWNER}'><destroy/></query>", to=room)).get("type") == "result"
    await component.event(type="destroyed", room=room)


async def test_what_the_component_does_itself_is_not_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room)
    before = len(component.checks)
    await component.ask(f"<query xmlns='{ADMIN}'><item jid='x@y.z' affiliation='member'/></query>", to=room)
    assert len(component.checks) == before


async def test_others_outside_a_room_still_cannot_change_roles(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    owner, outsider = await enter(prosody), await enter(prosody)
    await owner.join(room, "owner")
    kick = f"<query xmlns='{ADMIN}'><item nick='owner' role='none'/></query>"
    assert (await outsider.iq("set", kick, room)).get("type") == "error"
    assert component.checks[-1].sender == outsider.jid
