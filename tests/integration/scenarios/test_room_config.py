"""What owners set by their room's form stays within its category and class, and is said."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import MODERATED, UNHURRIED, Site, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show

OWNER = "http://jabber.org/protocol/muc#owner"
ROOMCONFIG = "http://jabber.org/protocol/muc#roomconfig"
INFO = "http://jabber.org/protocol/disco#info"
PUBLIC, SECRET, NAME = "muc#roomconfig_publicroom", "muc#roomconfig_roomsecret", "muc#roomconfig_roomname"

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROSODY = {"muc_options": {"muc_room_locking": True}}
CONFIG = (
    """
[categories.general]
title = { en = "General" }
config = { public = false, password = false, moderated = false }
"""
    + UNHURRIED
    + MODERATED
)


def submit(*fields: tuple[str, str], head: bool = True) -> str:
    every = (("FORM_TYPE", ROOMCONFIG), *fields) if head else fields
    inner = "".join(f"<field var='{var}'><value>{value}</value></field>" for var, value in every)
    return f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'>{inner}</x></query>"


async def founder(site: Site, name: str = "anna") -> tuple[str, Client]:
    """A room that is locked until its owner submits a form, and its owner."""
    room, owner = site.room(), await site.person(name)
    await owner.presence()
    assert is_in(await owner.join(room))
    return room, owner


async def configured(owner: Client, room: str) -> dict[str, str]:
    form = await owner.iq("get", f"<query xmlns='{OWNER}'/>", room)
    fields = form.iter("{jabber:x:data}field")
    return {field.get("var", ""): field.findtext("{jabber:x:data}value") or "" for field in fields}


async def saved(owner: Client, room: str, payload: str) -> Element:
    answer = await owner.iq("set", payload, room)
    assert answer.get("type") == "result", show(answer)
    return answer


async def test_a_public_room_becomes_hidden_where_the_category_wants_that_and_the_owner_is_told(site: Site) -> None:
    room, owner = await founder(site)
    await saved(owner, room, submit((PUBLIC, "1"), (SECRET, "sesame"), (NAME, "茶馆")))
    fields = await configured(owner, room)
    assert (fields[PUBLIC], fields[SECRET], fields[NAME]) == ("0", "", "茶馆")
    notice = await owner.receive(f"<message from='{site.service}'><body>{{has listed publicly: no}}</body></message>")
    assert "password: none" in (notice.findtext("{*}body") or "")
    assert is_in(await (await site.person("ben")).join(room))


async def test_an_instant_room_is_what_its_category_wants(site: Site) -> None:
    room, owner = await founder(site)
    await saved(owner, room, submit(head=False))
    assert (await configured(owner, room))[PUBLIC] == "0"
    assert is_in(await (await site.person("ben")).join(room))


async def test_a_field_that_comes_twice_says_what_the_category_wants(site: Site) -> None:
    room, owner = await founder(site)
    await saved(owner, room, submit((PUBLIC, "0"), (PUBLIC, "1")))
    assert (await configured(owner, room))[PUBLIC] == "0"


async def test_forms_within_bounds_and_fields_of_others_pass(site: Site) -> None:
    room, owner = await founder(site)
    await saved(owner, room, submit((PUBLIC, "0"), (SECRET, ""), ("x-other", "1"), (NAME, "Tea")))
    assert (await configured(owner, room))[NAME] == "Tea"


async def test_a_form_that_is_cancelled_stays_so(site: Site) -> None:
    room, owner = await founder(site)
    answer = await owner.iq("set", f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='cancel'/></query>", room)
    assert answer.get("type") == "result", show(answer)


async def test_a_room_that_nobody_configures_is_what_its_category_wants() -> None:
    async with open_site(CONFIG) as site:  # where rooms open without a form
        room, owner = await founder(site)
        await owner.receive(
            f"<message from='{room}' type='groupchat'><x><status code='104'/></x></message>".replace(
                "<x>", "<x xmlns='http://jabber.org/protocol/muc#user'>"
            )
        )
        assert (await configured(owner, room))[PUBLIC] == "0"
