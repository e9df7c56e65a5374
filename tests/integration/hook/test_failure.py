"""A component that is away, silent or slow loses nothing within the grace time; after it, senders are told to wait."""

import random

import pytest

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.client import MUC
from tests.support.patterns import matches
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, STANZAS, Check, Scripted

WAIT = f"<error type='wait'><remote-server-timeout xmlns='{STANZAS}'/><text xmlns='{STANZAS}'/></error>"
UNKNOWN = "<query xmlns='urn:example:unknown'/>"


async def test_silence_is_a_failure_after_the_timeout(
    hasty: Prosody, hasty_component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{hasty.muc}"
    user = await enter(hasty)
    await user.join(room)
    hasty_component.rule = _later
    number = await user.say(room, "unheard")
    assert matches(f"<message>{WAIT}</message>", await user.receive(f"<message type='error' id='{number}'/>"))
    assert matches(f"<presence>{WAIT}</presence>", await user.join(f"other-{room}"))
    assert matches(f"<iq type='error'>{WAIT}</iq>", await user.iq("set", UNKNOWN, room))


async def test_a_late_verdict_changes_nothing_but_gives_the_place_back(
    hasty: Prosody, hasty_component: Scripted, enter: Enter, name: str
) -> None:
    user = await enter(hasty)
    hasty_component.rule = _later
    assert (await user.join(f"{name}@{hasty.muc}")).get("type") == "error"
    check = await hasty_component.check()
    hasty_component.answer(check, ALLOW)
    event = await hasty_component.event(type="refused")
    assert event == {"type": "refused", "room": f"{name}@{hasty.muc}", "jid": user.jid, "id": check.id}
    hasty_component.answer(check, ALLOW)
    assert not (await hasty_component.snapshot()).findall(f"*[@jid='{name}@{hasty.muc}']")


async def test_what_is_held_survives_a_crash_of_the_component_and_arrives_once(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = _later
    for body in ("one", "two"):
        await user.say(room, body)
    await component.wait(lambda: len(component.open) == 2)
    first = await component.check()
    component.answer(first, ALLOW)
    await user.hear(room, "one")
    await component.kill()
    await user.say(room, "three")
    component.open.clear()
    component.rule = lambda _check: ALLOW
    await component.connect()
    heard = [(await user.receive("<message type='groupchat'><body>{any}</body></message>")) for _ in range(2)]
    assert [stanza.findtext("{*}body") for stanza in heard] == ["two", "three"]
    await component.snapshot()
    await user.say(room, "four")
    await user.receive_none(
        "<message type='{any}'><body>{any}</body></message>", until="<message><body>four</body></message>"
    )


async def test_under_load_a_crashing_component_costs_no_message(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    senders = [await enter(prosody) for _ in range(4)]
    for number, sender in enumerate(senders):
        await sender.join(room, f"n{number}")
    chance = random.Random(2)
    component.rule = lambda _check: ALLOW if chance.random() < 0.7 else None
    for crash in range(4):
        for number in range(25):
            for sender in senders:
                await sender.say(room, f"{crash * 25 + number}")
        await component.check()
        await component.kill()
        component.open.clear()
        await component.connect()
    for check in list(component.open.values()):
        component.answer(check, ALLOW)
    component.rule = lambda _check: ALLOW
    await component.kill()
    await component.connect()
    witness = senders[0]
    for number in range(len(senders)):
        await witness.receive(f"<message from='{room}/n{number}'><body>99</body></message>", timeout_s=20)
    told = [(each.get("from"), each.findtext("{*}body")) for each in witness.unread if each.get("type") == "groupchat"]
    for number in range(len(senders)):
        assert [body for who, body in told if who == f"{room}/n{number}" and body] == [str(each) for each in range(99)]
    assert not [each for each in witness.unread if each.get("type") == "error"]


async def test_a_check_is_not_asked_twice_of_one_stream_and_keeps_its_id(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room)
    component.rule = _later
    await user.say(room, "held")
    first = await component.check()
    await component.snapshot()
    await component.kill()
    await component.connect()
    await component.snapshot()
    asked = [check for check in component.checks if check.body == "held"]
    assert [check.id for check in asked] == [first.id, first.id]
    component.answer(asked[-1], ALLOW)
    await user.hear(room, "held")


async def test_after_the_grace_time_senders_are_told_to_wait_and_then_at_once(
    hasty: Prosody, enter: Enter, name: str
) -> None:
    room = f"{name}@{hasty.muc}"
    user = await enter(hasty)
    async with scripted(hasty) as component:
        await user.join(room)
        validate(component)
    number = await user.say(room, "lost?")
    assert matches(f"<message>{WAIT}</message>", await user.receive(f"<message type='error' id='{number}'/>"))
    for each in range(5):  # no more waiting for somebody who has been away that long
        number = await user.say(room, f"again {each}")
        await user.receive(f"<message type='error' id='{number}'/>", timeout_s=0.5)
    async with scripted(hasty):
        await user.say(room, "back")
        await user.hear(room, "back")


async def test_leaves_pass_while_the_component_is_away(hasty: Prosody, enter: Enter, name: str) -> None:
    room = f"{name}@{hasty.muc}"
    stays, goes = await enter(hasty), await enter(hasty)
    async with scripted(hasty):
        await stays.join(room, "stays")
        await goes.join(room, "goes")
    await goes.leave(room, "goes")
    await stays.receive(f"<presence from='{room}/goes' type='unavailable'/>")


async def test_past_its_bound_the_hook_denies(
    hasty: Prosody, hasty_component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{hasty.muc}"
    user = await enter(hasty)
    await user.join(room, "me")
    hasty_component.rule = _later
    numbers = [await user.say(room, str(each)) for each in range(30)]
    await hasty_component.wait(lambda: len(hasty_component.open) == 20)
    for check in list(hasty_component.open.values()):
        hasty_component.answer(check, ALLOW)
    for number in numbers[:20]:
        await user.receive(f"<message type='groupchat' id='{number}'/>")
    for number in numbers[20:]:
        full = f"<error type='wait'><resource-constraint xmlns='{STANZAS}'/></error>"
        await user.receive(f"<message type='error' id='{number}'>{full}</message>")
    assert len([check for check in hasty_component.checks if check.kind == "message"]) == 20


@pytest.mark.parametrize("policy", ["allow", {"message": "allow", "presence": "deny", "iq": "deny"}])
async def test_the_failure_policy_can_allow(policy: object, enter: Enter, name: str) -> None:
    options = {"timeout": 0.2, "grace": 0.3, "on_failure": policy}
    async with Prosody(hook_options=options, options=TEST_MODULES) as server:
        room = f"{name}@{server.muc}"
        user = await enter(server)
        async with scripted(server) as component:
            await user.join(room, "me")
            component.rule = _later
            await user.say(room, "unanswered")
            await user.hear(room, "unanswered")
        await user.say(room, "nobody there")
        await user.hear(room, "nobody there")
        await user.send(f"<presence id='j' to='other-{room}/me'><x xmlns='{MUC}'/></presence>")
        if policy == "allow":
            await user.receive(f"<presence from='other-{room}/me'><x xmlns='{MUC}#user'/></presence>")
        else:
            await user.receive("<presence id='j' type='error'><error type='wait'/></presence>")


def _later(_check: Check) -> None:
    return None
