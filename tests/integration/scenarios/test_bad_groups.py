"""What people try with rooms to deceive others or to shed what is held against them: each has a named answer."""

import pytest

from tests.integration.scenarios.site import (
    CONTENT,
    FULL,
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    Site,
    expect,
    is_in,
)
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[quotas]
rooms_created = 2
"""
    + UNHURRIED
    + MODERATED
)
PROSODY = {"muc_options": {"muc_room_default_persistent": True, "muc_tombstones": False}}
ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"
ROOMCONFIG = "http://jabber.org/protocol/muc#roomconfig"
DESTROY = f"<query xmlns='{OWNER}'><destroy/></query>"
NAME, DESCRIPTION = "muc#roomconfig_roomname", "muc#roomconfig_roomdesc"


def form(*fields: tuple[str, str], kind: str = ROOMCONFIG) -> str:
    every = ((("FORM_TYPE", kind),) if kind else ()) + fields
    inner = "".join(f"<field var='{var}'><value>{value}</value></field>" for var, value in every)
    return f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'>{inner}</x></query>"


async def founder(site: Site, name: str = "anna") -> tuple[str, Client]:
    room, owner = site.room(), await site.person(name, language="en")
    await owner.presence()
    assert is_in(await owner.join(room))
    return room, owner


async def name_of(client: Client, room: str) -> str:
    answer = await client.iq("get", f"<query xmlns='{OWNER}'/>", room)
    fields = {field.get("var"): field for field in answer.iter("{jabber:x:data}field")}
    return fields[NAME].findtext("{*}value") or ""


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u2028", "\x7f", "\x85"])
@pytest.mark.parametrize("field", [NAME, DESCRIPTION])
async def test_names_that_turn_others_round_are_refused(site: Site, field: str, sign: str) -> None:
    room, owner = await founder(site)
    assert (await owner.iq("set", form((NAME, "Tea house")), room)).get("type") == "result"
    refused = await owner.iq("set", form((field, f"Tea {sign}esuoh")), room)
    expect(refused, CONTENT, "turn others around", "en")
    assert await name_of(owner, room) == "Tea house"


async def test_names_that_turn_others_round_are_refused_in_a_form_that_makes_the_room(site: Site) -> None:
    owner = await site.person("anna", language="en")
    room = site.room()
    expect(await owner.iq("set", form((NAME, "\u202etab")), room), CONTENT, "turn others around", "en")
    assert await site.store.rooms.find(room) is None


async def test_a_doubled_field_hides_no_name_and_a_form_without_its_type_passes_nothing_by(site: Site) -> None:
    room, owner = await founder(site)
    for fields, kind in (
        (((NAME, "Tea"), (NAME, "\u202etab")), ROOMCONFIG),
        (((NAME, "\u202etab"), (NAME, "Tea")), ROOMCONFIG),
        (((NAME, "\u202etab"),), ""),
        (((NAME, "\u202etab"),), "urn:of:another"),
    ):
        expect(await owner.iq("set", form(*fields, kind=kind), room), CONTENT, "turn others around", "en")
    for payload in (form(), form(kind=""), form((NAME, ""))):
        answer = await owner.iq("set", payload, room)
        assert answer.get("type") in {"result", "error"}, show(answer)
    assert is_in(await (await site.person("ben")).join(room))


@pytest.mark.parametrize("trick", [("-", r"\20"), ("-", "_"), ("e", "е"), ("o", "0")])
async def test_addresses_that_look_like_anothers_are_refused(site: Site, trick: tuple[str, str]) -> None:
    room, _ = await founder(site)
    twin = f"te{room}"
    assert is_in(await (await site.person("cleo")).join(twin))
    expect(await (await site.person("ben", language="en")).join(twin.replace(*trick, 1)), NOT_ALLOWED, "looks like")


async def test_an_address_with_signs_that_nobody_sees_is_none(site: Site) -> None:
    ben = await site.person("ben")
    for sign in ("\u202e", "\u200b\u202d", "\\7f\u2028"):
        await ben.send(f"<presence id='odd' to='tea{sign}@{site.prosody.muc}/ben'/>")
        await ben.receive("<presence type='error' id='odd'/>")
    assert not [room for room in await site.store.rooms.open_rooms() if room.startswith("tea\u202e")]


async def test_a_warned_room_that_is_destroyed_and_made_anew_is_warned_still(site: Site) -> None:
    room, owner = await founder(site)
    before = await site.store.rooms.find(room)
    assert before is not None
    moderator = await site.moderator()
    page = await site.command(moderator, "group", {"room": room})
    seen = page.findtext("{*}x/{*}field[@var='seen']/{*}value") or ""
    order = {"reason": "A nest of scams", "within": "7d", "checklist": "remove the scams"}
    done = await site.command(
        moderator, "group", {"room": room}, {"seen": seen, "deed": "warn"}, order, {"confirm": "1"}
    )
    assert done.get("status") == "completed", show(done)
    warned = f"<message from='{site.service}'><body>{{has has been warned}}</body></message>"
    await owner.receive(warned)
    assert (await owner.iq("set", DESTROY, room)).get("type") == "result"
    ben = await site.person("ben", language="en")
    await ben.presence()
    assert is_in(await ben.join(room))
    assert "remove the scams" in show(await ben.receive(warned))
    now = await site.store.rooms.find(room)
    assert now is not None
    assert now.code == before.code
    measure = await site.store.measures.standing(now.code)
    assert measure is not None
    assert measure.due_at is not None


async def test_ownership_that_is_handed_on_counts_against_whoever_gets_it(site: Site) -> None:
    ben = await site.person("ben", language="en")
    await ben.presence()
    grant = f"<query xmlns='{ADMIN}'><item affiliation='owner' jid='{ben.bare}'/></query>"
    for name in ("anna", "cleo"):
        room, owner = await founder(site, name)
        assert (await owner.iq("set", grant, room)).get("type") == "result"
        assert (await owner.iq("set", grant, room)).get("type") == "result"  # again: nothing more is taken
    room, owner = await founder(site, "dora")
    expect(await owner.iq("set", grant, room), FULL, ben.bare)
    assert is_in(await ben.join(room))
    expect(await owner.iq("set", grant, room), FULL, ben.bare)
    expect(await ben.join(site.room()), FULL)


async def test_ownership_that_is_taken_back_frees_the_place_for_it(site: Site) -> None:
    ben = await site.person("ben", language="en")
    room, owner = await founder(site)
    item = f"<query xmlns='{ADMIN}'><item affiliation='owner' jid='{ben.bare}'/></query>"
    assert (await owner.iq("set", item, room)).get("type") == "result"
    assert is_in(await ben.join(site.room()))
    expect(await ben.join(site.room()), FULL)
    item = f"<query xmlns='{ADMIN}'><item affiliation='member' jid='{ben.bare}'/></query>"
    assert (await owner.iq("set", item, room)).get("type") == "result"
    holder = await site.holder(ben.bare)
    for _ in tries():
        if (await site.store.rooms.counts(holder, None)).created == 1:
            break
        await ben.iq("get", "<ping xmlns='urn:xmpp:ping'/>", site.service)
    assert is_in(await ben.join(site.room()))
