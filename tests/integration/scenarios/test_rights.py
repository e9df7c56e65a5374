"""What persons may ask of what is kept about them, on a real server: all of it, put right, and erased for good."""

import json
import secrets

import pytest

from storage.documents import Entry
from tests.integration.scenarios.officers import CONFIG as OFFICERS
from tests.integration.scenarios.officers import YES, completed, is_refused, officer
from tests.integration.scenarios.site import BARRED, UNHURRIED, UNVERIFIED, Site, bounce, expect, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = OFFICERS + UNHURRIED


async def somebody(site: Site, client: Client | None = None, entry: Entry | None = None) -> tuple[Client, Entry]:
    """A person whose document is at hand."""
    if entry is None:
        entry = Entry(document_type="passport", document_number=secrets.token_hex(8).upper(), name="Anna Xu")
        await site.store.registry.put((entry,), 0)
    client = client or await site.stranger("anna", language="en")
    await site.store.people.set_language(client.bare, "en")
    await site.claim(client.bare, entry)
    await client.presence()
    return client, entry


def form_of(entry: Entry) -> dict[str, str]:
    return {"type": entry.document_type, "number": entry.document_number, "name": entry.name}


async def test_my_data_is_one_json_document_by_command_and_by_chat(site: Site) -> None:
    anna, entry = await somebody(site)
    room = site.room()
    assert is_in(await anna.join(room))
    done = await completed(site, anna, "my-data")
    [value] = [each.text or "" for each in done.iterfind(".//{*}field[@var='data']/{*}value")]
    document = json.loads(value)
    assert document["identity"] == [
        {"document_type": "passport", "document_number": entry.document_number, "name": "Anna Xu"}
    ]
    assert [place["jid"] for place in document["memberships"]] == [room]
    await anna.chat(site.service, "my-data")
    await anna.receive(f"<message type='chat'><body>{{has {entry.document_number}}}</body></message>")


async def test_a_correction_is_decided_by_an_officer_and_told(site: Site) -> None:
    first = await officer(site)
    anna, entry = await somebody(site)
    right = Entry(document_type="passport", document_number=secrets.token_hex(8).upper(), name="Anna Li")
    await completed(site, anna, "correct", {**form_of(right), "remark": "married"})
    person = (await site.holder(anna.bare)).removeprefix("p:")
    decision = {"decision": "accept", "reason": "seen at the desk"}
    await completed(site, first, "corrections", {"person": person}, decision)
    await anna.receive("<message type='chat'><body>{has seen at the desk}</body></message>")
    second, third = await site.stranger("second"), await site.stranger("third")
    await completed(site, second, "verify", form_of(right))
    assert await site.holder(second.bare) == f"p:{person}"
    assert "executing" in show(await site.command(third, "verify", form_of(entry)))  # refused, asked again


ERASING = CONFIG + '[identity]\nerase_after = "2s"\n'


async def test_the_erased_are_out_and_come_back_to_nothing_but_what_is_in_force() -> None:
    async with open_site(ERASING) as site:
        anna, entry = await somebody(site)
        ben = await site.person("ben")
        room, other = site.room(), site.room()
        for client in (ben, anna):
            assert is_in(await client.join(room))
        assert is_in(await anna.join(other))
        moderator = await site.moderator()
        await site.sanction(moderator, anna.bare, "mute", room=room)
        await completed(site, anna, "erase", YES)
        await anna.receive(f"<presence type='unavailable' from='{room}/{anna.user}'/>", timeout_s=10)
        await anna.receive("<message type='chat'><body>{has has been erased}</body></message>")
        expect(await anna.join(room), UNVERIFIED)
        assert await site.holder(anna.bare) == f"a:{anna.bare}"
        again = await site.stranger("again", language="en")
        await completed(site, again, "verify", form_of(entry))
        assert await site.places(again.bare) == set()
        assert is_in(await again.join(room))
        await bounce(again, await again.say(room, "may I?"), BARRED)
        await again.join(other)
        await again.say(other, "here I may")
        await again.hear(other, "here I may")


async def test_the_erased_who_were_blacklisted_are_still(site: Site) -> None:
    anna, entry = await somebody(site)
    number = int((await site.holder(anna.bare)).removeprefix("p:"))
    await site.store.people.blacklist(number=number, reason="Fraud", by="x", at=0)
    await site.store.erasures.ask(number, 1, 1, by=anna.bare)
    assert await site.store.erasures.erase(number, 1) is not None
    again = await site.stranger("again", language="en")
    await site.claim(again.bare, entry)
    expect(await again.join(site.room()), BARRED)


async def test_who_thinks_again_stays(site: Site) -> None:
    anna, _ = await somebody(site)
    await completed(site, anna, "erase", YES)
    await anna.receive("<message type='chat'><body>{has asked to be erased}</body></message>")
    await completed(site, anna, "erase", YES)
    assert is_in(await anna.join(site.room()))
    assert is_refused(await site.command(await site.stranger("nobody"), "erase"), "No verified person")


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_component_killed_while_the_time_runs_erases_when_it_is_due(is_late: bool) -> None:  # noqa: FBT001 - a parameter of the table
    async with open_site(ERASING) as site:
        anna, _ = await somebody(site)
        number = int((await site.holder(anna.bare)).removeprefix("p:"))
        assert is_in(await anna.join(site.room()))
        await completed(site, anna, "erase", YES)
        await site.roomkeeper.kill()
        if is_late:  # past due before anybody looks: as if it had been down for days
            await site.store.erasures.cancel(number, 0, by=anna.bare)
            await site.store.erasures.ask(number, 1, 1, by=anna.bare)
        await site.roomkeeper.start()
        await anna.receive("<message type='chat'><body>{has has been erased}</body></message>", timeout_s=20)
        assert await site.holder(anna.bare) == f"a:{anna.bare}"
        assert await site.store.people.by_number(number, 0) is None
