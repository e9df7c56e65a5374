"""Several components share the rooms by rendezvous hashing; a dead one's rooms move at once to another."""

import hashlib

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.prosody import Prosody
from tests.support.scripted import Check, Scripted

DOMAINS = ("one.localhost", "two.localhost", "three.localhost")


async def test_a_room_stays_with_its_instance_until_that_is_gone(enter: Enter, name: str) -> None:
    async with Prosody(components=DOMAINS, options=TEST_MODULES, hook_options={"timeout": "20s"}) as server:
        rooms = [f"{name}-{number}@{server.muc}" for number in range(12)]
        user = await enter(server)
        async with scripted(server, DOMAINS[0]) as one, scripted(server, DOMAINS[1]) as two:
            for room in rooms:
                await user.join(room)
                await user.say(room, "hello")
                await user.hear(room, "hello")
            for component in (one, two):
                others = {room for room in rooms if _best(room, DOMAINS[:2]) != component.domain}
                assert not others & {check.stanza.get("to") for check in component.checks}
                assert all(check.to.endswith(f"@{component.domain}") for check in component.checks)
                assert not others & {event["room"] for event in component.events}
            assert len(one.checks) + len(two.checks) == 2 * len(rooms)
            assert one.checks
            assert two.checks

            one.rule = _later
            moving = next(room for room in rooms if _best(room, DOMAINS[:2]) == one.domain)
            await user.say(moving, "held by one")
            asked = await one.check()
            await one.kill()
            again = await _asked(two, "held by one")
            assert (again.id, again.to) == (asked.id, f"{moving.partition('@')[0]}@{two.domain}")
            await user.hear(moving, "held by one")

            async with scripted(server, DOMAINS[2]) as three:
                for room in rooms:
                    await user.say(room, "third")
                    await user.hear(room, "third")
                    responsible = two if _best(room, DOMAINS[1:]) == two.domain else three
                    assert responsible.checks[-1].stanza.get("to") == room
                for component in (one, two, three):
                    validate(component)


async def test_any_instance_s_verdict_is_taken_only_for_its_own_rooms(enter: Enter, name: str) -> None:
    async with Prosody(components=DOMAINS[:2], options=TEST_MODULES, hook_options={"timeout": "20s"}) as server:
        user = await enter(server)
        async with scripted(server, DOMAINS[0]) as one, scripted(server, DOMAINS[1]) as two:
            room = next(
                candidate
                for candidate in (f"{name}-{number}@{server.muc}" for number in range(100))
                if _best(candidate, DOMAINS[:2]) == one.domain
            )
            await user.join(room)
            one.rule = _later
            await user.say(room, "whose?")
            check = await one.check()
            two.send(
                f"<iq type='result' id='{check.id}' from='{check.to.replace('one.', 'two.')}' to='{server.muc}'>"
                "<verdict xmlns='urn:roomkeeper:hook:1' action='deny'><error type='auth'>"
                "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></verdict></iq>"
            )
            await two.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get")
            one.answer(check, "<verdict xmlns='urn:roomkeeper:hook:1' action='allow'/>")
            await user.hear(room, "whose?")


def _best(room: str, domains: tuple[str, ...]) -> str:
    return max(domains, key=lambda domain: hashlib.sha256(f"{domain}\n{room}".encode()).hexdigest())


async def _asked(component: Scripted, body: str) -> Check:
    await component.wait(lambda: any(check.body == body for check in component.checks))
    return next(check for check in component.checks if check.body == body)


def _later(_check: Check) -> None:
    return None
