"""Commands over a real server, by ad-hoc commands; malformed ones get an error and change nothing."""

import time
from xml.etree.ElementTree import Element

import pytest

from component.commands import COMMANDS as KNOWN
from component.staff import Audience
from storage.documents import Entry
from tests.integration.scenarios.site import COMMANDS, MODERATED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import matches, show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = f"""
{MODERATED}
auditors = ["auditor@localhost"]

[identity]
attempts = 3
"""

ITEMS = "http://jabber.org/protocol/disco#items"
INFO = "http://jabber.org/protocol/disco#info"
RIGHT = {"type": "passport", "number": "c-0042", "name": "anna  KELLER"}


async def listed(site: Site, client: Client) -> list[str]:
    answer = await client.iq("get", f"<query xmlns='{ITEMS}' node='{COMMANDS}'/>", site.service)
    return [item.get("node", "").rpartition(":")[2] for item in answer[0]]


async def send(site: Site, client: Client, attributes: str, payload: str = "") -> Element:
    return await client.iq("set", f"<command xmlns='{COMMANDS}' {attributes}>{payload}</command>", site.service)


def names(*audiences: Audience) -> list[str]:
    return [command.name for command in KNOWN if command.audience in audiences]


async def test_everybody_is_listed_what_they_may_run(site: Site) -> None:
    everyones = names(Audience.EVERYONE)
    assert everyones[:4] == ["verify", "status", "rules", "my-rooms"]
    assert {"person", "sanction", "lift", "blacklist", "held"} <= set(names(Audience.MODERATORS))
    assert await listed(site, await site.stranger("anna")) == everyones
    moderators = names(Audience.EVERYONE, Audience.MANAGERS, Audience.MODERATORS)
    assert await listed(site, await site.moderator()) == moderators
    assert await listed(site, await site.log_in("auditor")) == names(Audience.EVERYONE, Audience.AUDITORS)


async def test_a_client_finds_that_there_are_commands(site: Site) -> None:
    answer = await (await site.stranger("anna")).iq("get", f"<query xmlns='{INFO}'/>", site.service)
    assert matches(f"<iq type='result'><query xmlns='{INFO}'><feature var='{COMMANDS}'/></query></iq>", answer)


async def test_somebody_refused_verifies_and_is_let_in(site: Site) -> None:
    entry = Entry(document_type="passport", document_number="C0042", name="Anna Keller")
    await site.store.registry.put((entry,), time.time())
    anna, room = await site.stranger("anna", language="zh-CN"), site.room()
    expect(await anna.join(room), ("registration-required", "auth"), site.service, "zh-Hans")

    wrong = await site.command(anna, "verify", {**RIGHT, "name": "Anna Kellner"})
    assert matches(
        f"<command xmlns='{COMMANDS}' status='executing'><note type='error'>{{has 未能确认}}</note></command>", wrong
    )
    done = await site.command(anna, "verify", RIGHT)
    assert matches(f"<command xmlns='{COMMANDS}' status='completed'/>", done), show(done)
    assert is_in(await anna.join(room))

    status = await site.command(anna, "status")
    told = "".join(status.itertext())
    assert "standard" not in told
    assert "标准" in told
    assert "1 / 5" in told


async def test_attempts_end_and_say_when_to_come_back(site: Site) -> None:
    ben = await site.stranger("ben", language="en")
    for _ in range(3):
        await site.command(ben, "verify", {**RIGHT, "number": "1"})
    refused = await site.command(ben, "verify", RIGHT)
    assert refused.get("status") == "completed"
    assert matches(
        f"<command xmlns='{COMMANDS}'><note type='error'>{{has Please wait 1 hour}}</note></command>", refused
    )


async def test_commands_of_others_are_forbidden(site: Site) -> None:
    anna = await site.stranger("anna")
    for name in ("person", "room", "sanction", "lift", "adjust-credit", "rule-stats", "audit"):
        expect(await send(site, anna, f"node='urn:roomkeeper:cmd:{name}'"), ("forbidden", "cancel"))


async def test_a_session_is_its_own_clients(site: Site) -> None:
    anna, node = await site.stranger("anna"), "node='urn:roomkeeper:cmd:verify'"
    session = (await send(site, anna, node))[0].get("sessionid")
    twin = await site.log_in(anna.user, resource="twin")
    stolen = await send(site, twin, f"{node} sessionid='{session}' action='cancel'")
    assert matches(f"<iq type='error'><error type='modify'><bad-sessionid xmlns='{COMMANDS}'/></error></iq>", stolen)
    ended = await send(site, anna, f"{node} sessionid='{session}' action='cancel'")
    assert ended[0].get("status") == "canceled"
    again = await send(site, anna, f"{node} sessionid='{session}' action='cancel'")
    assert matches(f"<iq type='error'><error type='cancel'><session-expired xmlns='{COMMANDS}'/></error></iq>", again)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "<x xmlns='jabber:x:data' type='form'/>",
        "<x xmlns='jabber:x:data' type='submit'><field var='type'><value>library card</value></field></x>",
        "<x xmlns='jabber:x:data' type='submit'><field><value>1</value></field></x>",
        "<x xmlns='jabber:x:data' type='submit'>" + "<field var='a'/>" * 2 + "</x>",
        "<x xmlns='jabber:x:data'>" + "<b>" * 50 + "</b>" * 50 + "</x>",
    ],
)
async def test_a_malformed_form_gets_an_error_and_the_session_goes_on(site: Site, payload: str) -> None:
    anna, node = await site.stranger("anna"), "node='urn:roomkeeper:cmd:verify'"
    session = (await send(site, anna, node))[0].get("sessionid")
    refused = await send(site, anna, f"{node} sessionid='{session}' action='complete'", payload)
    assert matches(f"<iq type='error'><error type='modify'><bad-payload xmlns='{COMMANDS}'/></error></iq>", refused)
    assert (await send(site, anna, f"{node} sessionid='{session}' action='cancel'"))[0].get("status") == "canceled"


async def test_a_moderator_looks_somebody_up_and_an_auditor_sees_that(site: Site) -> None:
    anna, moderator = await site.person("anna"), await site.moderator()
    found = await site.command(moderator, "person", {"target": anna.bare})
    assert matches(
        f"<command xmlns='{COMMANDS}'><x xmlns='jabber:x:data' type='result'><field var='score'/></x></command>", found
    )
    auditor = await site.log_in("auditor", language="en")
    seen = await site.command(auditor, "audit", {"subject": anna.bare, "verify": "1"})
    told = "".join(seen.itertext())
    assert "person-viewed" in told
    assert moderator.bare in told
    assert "The audit is whole" in told
