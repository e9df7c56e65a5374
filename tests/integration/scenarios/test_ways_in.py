"""Every way in is shut for somebody nobody has verified: none of them creates, joins, reads or says anything."""

import pytest

from tests.integration.scenarios.site import NOT_ALLOWED, UNVERIFIED, Site, bounce, expect, is_in
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROSODY = {
    "muc_modules": ("muc_mam",),
    "muc_options": {"muc_room_default_persistent": True, "muc_log_by_default": True, "max_archive_query_results": 20},
}

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"
USER = "http://jabber.org/protocol/muc#user"
MAM = "urn:xmpp:mam:2"
FORM = "<x xmlns='jabber:x:data' type='submit'>{}</x>"
FIELD = "<field var='{}'><value>{}</value></field>"


async def meet(site: Site) -> tuple[str, Client, Client]:
    """A room with its verified owner inside, and a stranger before the door."""
    anna, zoe = await site.person("anna"), await site.stranger("zoe", language="en")
    room = site.room()
    await anna.join(room)
    return room, anna, zoe


async def test_by_joining_or_creating(site: Site) -> None:
    room, _, zoe = await meet(site)
    expect(await zoe.join(room), UNVERIFIED, "join rooms", "en")
    expect(await zoe.join(site.room()), UNVERIFIED, "create rooms", "en")


async def test_by_the_join_of_old_clients_without_an_x(site: Site) -> None:
    room, _, zoe = await meet(site)
    await zoe.send(f"<presence id='old' to='{room}/zoe'/>")
    expect(await zoe.receive("<presence id='old'/>"), UNVERIFIED)


async def test_by_an_owners_form_to_a_room_that_does_not_exist(site: Site) -> None:
    _, anna, zoe = await meet(site)
    room = site.room()
    form = FORM.format(FIELD.format("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig"))
    expect(await zoe.iq("get", f"<query xmlns='{OWNER}'/>", room), UNVERIFIED)
    expect(await zoe.iq("set", f"<query xmlns='{OWNER}'>{form}</query>", room), UNVERIFIED)
    info = await anna.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)
    assert info.get("type") == "error"


async def test_by_registering_with_the_room(site: Site) -> None:
    room, anna, zoe = await meet(site)
    fields = FIELD.format("FORM_TYPE", "http://jabber.org/protocol/muc#register")
    fields += FIELD.format("muc#register_roomnick", "zoe")
    register = f"<query xmlns='jabber:iq:register'>{FORM.format(fields)}</query>"
    expect(await zoe.iq("set", register, room), UNVERIFIED)
    assert await members(anna, room) == set()


async def test_by_a_grant_from_the_owner(site: Site) -> None:
    room, anna, zoe = await meet(site)
    for affiliation in ("member", "admin", "owner"):
        item = f"<item affiliation='{affiliation}' jid='{zoe.bare}'/>"
        expect(await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room), NOT_ALLOWED, zoe.bare)
    assert await members(anna, room) == set()
    expect(await zoe.join(room), UNVERIFIED)
    assert await site.places(zoe.bare) == set()


async def test_by_a_grant_hidden_among_others(site: Site) -> None:
    room, anna, zoe = await meet(site)
    ben = await site.person("ben")
    items = "".join(f"<item affiliation='member' jid='{jid}'/>" for jid in (ben.bare, zoe.bare.upper()))
    answer = await anna.iq("set", f"<query xmlns='{ADMIN}'>{items}</query>", room)
    assert answer.get("type") == "error"
    assert await members(anna, room) == set()


async def test_by_asking_for_the_archive(site: Site) -> None:
    room, anna, zoe = await meet(site)
    await anna.say(room, "among ourselves")
    await anna.hear(room, "among ourselves")
    expect(await zoe.iq("set", f"<query xmlns='{MAM}'/>", room), UNVERIFIED)
    await zoe.receive_none("<message><result xmlns='urn:xmpp:mam:2'/></message>", until=await ping(zoe, site))
    assert (await anna.iq("set", f"<query xmlns='{MAM}'/>", room)).get("type") == "result"
    await anna.receive(f"<message><result xmlns='{MAM}'/></message>")


async def test_by_posting_or_writing_to_somebody_from_outside(site: Site) -> None:
    room, anna, zoe = await meet(site)
    await bounce(zoe, await zoe.say(room, "psst"), UNVERIFIED, "take part", "en")
    await bounce(zoe, await zoe.chat(f"{room}/{anna.user}", "psst"), UNVERIFIED)
    await zoe.send(f"<message type='groupchat' id='subject' to='{room}'><subject>psst</subject></message>")
    await bounce(zoe, "subject", UNVERIFIED)
    await anna.receive_none("<message><body>psst</body></message>", until=await ping(anna, site))


async def test_by_inviting_declining_or_asking_for_voice(site: Site) -> None:
    room, anna, zoe = await meet(site)
    ben = await site.person("ben")
    await ben.presence()
    for kind in ("invite", "decline"):
        payload = f"<x xmlns='{USER}'><{kind} to='{ben.bare}'><reason>psst</reason></{kind}></x>"
        await zoe.send(f"<message id='{kind}' to='{room}'>{payload}</message>")
        await bounce(zoe, kind, UNVERIFIED)
    voice = FIELD.format("FORM_TYPE", "http://jabber.org/protocol/muc#request") + FIELD.format("muc#role", "psst")
    await zoe.send(f"<message id='voice' to='{room}'>{FORM.format(voice)}</message>")
    await bounce(zoe, "voice", UNVERIFIED)
    await anna.receive_none("<message><body>psst</body></message>", until=await ping(anna, site))
    await ben.receive_none(f"<message from='{room}'/>", until=await ping(ben, site))


async def test_an_invitation_to_a_newcomer_passes_and_lets_nobody_in(site: Site) -> None:
    room, anna, zoe = await meet(site)
    await zoe.presence()
    await anna.send(f"<message to='{room}'><x xmlns='{USER}'><invite to='{zoe.bare}'/></x></message>")
    await zoe.receive(f"<message from='{room}'><x xmlns='{USER}'><invite/></x></message>")
    expect(await zoe.join(room), UNVERIFIED)


async def test_once_verified_all_of_it_opens(site: Site) -> None:
    room, anna, _ = await meet(site)
    ben = await site.person("ben")
    item = f"<item affiliation='member' jid='{ben.bare}'/>"
    assert (await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)).get("type") == "result"
    assert await members(anna, room) == {ben.bare}
    assert is_in(await ben.join(room))
    assert is_in(await ben.join(site.room()))


async def members(owner: Client, room: str) -> set[str]:
    """Accounts with any affiliation but the owner's own."""
    found: set[str] = set()
    for affiliation in ("member", "admin", "owner"):
        answer = await owner.iq("get", f"<query xmlns='{ADMIN}'><item affiliation='{affiliation}'/></query>", room)
        found.update(item.get("jid", "") for item in answer.iter(f"{{{ADMIN}}}item"))
    return found - {owner.bare}


async def ping(client: Client, site: Site) -> str:
    """The pattern of an answer that comes after everything sent so far."""
    await client.send(f"<iq type='get' id='ping' to='{site.prosody.muc}'><ping xmlns='urn:xmpp:ping'/></iq>")
    return "<iq id='ping'/>"
