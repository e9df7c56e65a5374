"""Who somebody is, shown to one officer with another's approval: on a real server, with four eyes, once, told later."""

import secrets

import pytest

from storage.documents import Entry
from tests.integration.scenarios.officers import CONFIG as OFFICERS
from tests.integration.scenarios.officers import YES, completed, is_refused, officer
from tests.integration.scenarios.site import Site, open_site
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = OFFICERS + '[disclosure]\nnotify_after = "1s"\nsilent_cases = ["AZ 9"]\n'


async def somebody(site: Site) -> tuple[Client, str]:
    """A person with a name nobody else has."""
    name = f"Planted {secrets.token_hex(4)}"
    entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name=name)
    await site.store.registry.put((entry,), 0)
    client = await site.stranger("anna", language="en")
    await client.presence()
    await site.store.people.set_language(client.bare, "en")
    await site.claim(client.bare, entry)
    return client, name


async def ask(site: Site, first: Client, whom: Client, case: str = "AZ 7") -> str:
    """Ask for a disclosure; its number."""
    order = {"target": whom.bare, "case": case, "reason": "a court's order"}
    await completed(site, first, "disclose", order, YES)
    disclosures = await site.store.disclosures.open(0)
    return str(max(each.number for each in disclosures if each.asked_by == first.bare))


async def test_a_second_officer_approves_the_first_sees_it_once_and_the_person_is_told(site: Site) -> None:
    first, second, third = [await officer(site) for _ in range(3)]
    anna, name = await somebody(site)
    number = await ask(site, first, anna)
    await second.presence()
    decision = {"decision": "approve", "reason": "it is needed"}
    await completed(site, second, "disclosures", {"disclosure": number}, decision)
    refused = await site.command(third, "disclosures", {"disclosure": number})
    assert is_refused(refused, f"only {first.bare}, who asked, can see it")
    shown = await completed(site, first, "disclosures", {"disclosure": number}, YES)
    assert name in show(shown)
    await anna.receive("<message type='chat'><body>{has AZ 7}</body></message>", timeout_s=10)
    again = await site.command(first, "disclosures")
    assert name not in show(again)
    entries = [record.entry for record in await site.store.audit.read(50)]
    [disclosed] = [each for each in entries if each.deed == "disclosed" and str(each.detail["number"]) == number]
    assert (disclosed.actor, disclosed.detail["approved_by"]) == (first.bare, second.bare)
    assert not any(name in line for line in site.roomkeeper.lines)


async def test_a_second_account_of_the_same_person_approves_nothing(site: Site) -> None:
    number = secrets.token_hex(8)
    first, other = await officer(site, number=number), await officer(site, number=number)
    anna, name = await somebody(site)
    number = await ask(site, first, anna)
    order = {"disclosure": number}, {"decision": "approve", "reason": "x"}
    assert is_refused(await site.command(other, "disclosures", *order), "Another person has to decide")
    unknown = await officer(site, is_verified=False)
    assert is_refused(await site.command(unknown, "disclosures", *order), "verified yourself first")
    assert is_refused(await site.command(first, "disclosures", {"disclosure": number}), "has to decide first")
    assert name not in "".join(first.transcript)


async def test_of_a_silent_case_nobody_is_told(site: Site) -> None:
    first, second = await officer(site), await officer(site)
    (anna, name), (ben, _) = await somebody(site), await somebody(site)
    for whom, case in ((anna, "AZ 9"), (ben, "AZ 8")):
        number = await ask(site, first, whom, case)
        order = {"disclosure": number}, {"decision": "approve", "reason": "x"}
        await completed(site, second, "disclosures", *order)
        shown = await completed(site, first, "disclosures", {"disclosure": number}, YES)
        assert (name in show(shown)) == (whom is anna)
    await ben.receive("<message type='chat'><body>{has AZ 8}</body></message>", timeout_s=10)
    answer = await anna.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", site.service)
    assert answer.get("type") == "result"
    assert not [each for each in anna.unread if "AZ 9" in show(each)]


@pytest.mark.parametrize("gone", [0, 1])
async def test_an_officer_removed_by_a_reload_makes_it_lead_nowhere(gone: int) -> None:
    async with open_site(CONFIG) as site:
        officers = [await officer(site), await officer(site)]
        anna, name = await somebody(site)
        number = await ask(site, officers[0], anna)
        approval = {"disclosure": number}, {"decision": "approve", "reason": "x"}
        if gone == 1:
            await completed(site, officers[1], "disclosures", *approval)
        seen = len(site.roomkeeper.lines)
        site.roomkeeper.configure(CONFIG.replace(f"'{officers[gone].bare}', ", "").replace(officers[gone].bare, "x@y"))
        site.roomkeeper.hang_up()
        await site.roomkeeper.wait_for_line("reloaded", after=seen)
        left = officers[1 - gone]
        told = await site.command(left, "disclosures", {"disclosure": number})
        assert is_refused(told, f"{officers[gone].bare} is no identity officer any more")
        assert name not in show(told)


async def test_the_person_is_told_though_the_component_was_killed_before() -> None:
    async with open_site(CONFIG.replace('"1s"', '"3s"')) as site:
        first, second = await officer(site), await officer(site)
        anna, _ = await somebody(site)
        number = await ask(site, first, anna)
        await completed(site, second, "disclosures", {"disclosure": number}, {"decision": "approve", "reason": "x"})
        await completed(site, first, "disclosures", {"disclosure": number}, YES)
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await anna.receive("<message type='chat'><body>{has AZ 7}</body></message>", timeout_s=20)
