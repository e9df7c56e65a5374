"""Taking the hook out leaves the server as it was, and nobody waiting."""

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, Check, Scripted

CONTROL = "urn:roomkeeper:test:control"


async def test_unloading_bounces_what_is_held_and_unhooks_everything(enter: Enter, name: str) -> None:
    async with (
        Prosody(muc_modules=("remote_control",), hook_options={"timeout": "20s"}, options=TEST_MODULES) as server,
        scripted(server) as component,
    ):
        room = f"{name}@{server.muc}"
        user, other = await enter(server), await enter(server)
        await user.join(room, "user")
        await other.join(room, "other")
        component.rule = _later
        first = await user.say(room, "held")
        await component.check()
        await other.say(room, "held, too")
        await component.wait(lambda: len(component.open) == 2)
        await other.send(f"<presence to='{room}/other' type='unavailable'/>")
        await _do(component, "unload")
        await user.receive(f"<message type='error' id='{first}'><error type='wait'/></message>")
        await other.receive("<message type='error'><error type='wait'/></message>")
        await user.receive(f"<presence from='{room}/other' type='unavailable'/>")
        assert await _do(component, "hooked") == "0"
        asked = len(component.checks)
        component.answer(await component.check(), ALLOW)
        await user.say(room, "unguarded")
        await user.hear(room, "unguarded")
        assert len(component.checks) == asked

        await _do(component, "load")
        component.rule = lambda _check: ALLOW
        await user.say(room, "guarded")
        await user.hear(room, "guarded")
        assert len(component.checks) == asked + 1
        assert "Traceback" not in server.log


async def test_reloading_goes_on_guarding(enter: Enter, name: str) -> None:
    async with (
        Prosody(muc_modules=("remote_control",), hook_options={"on_failure": "allow"}, options=TEST_MODULES) as server,
        scripted(server) as component,
    ):
        room = f"{name}@{server.muc}"
        user = await enter(server)
        await user.join(room, "user")
        component.rule = _later
        await user.say(room, "held")
        await component.check()
        await _do(component, "reload")
        await user.hear(room, "held")
        component.rule = lambda _check: ALLOW
        component.events.clear()
        await user.say(room, "asked")
        await user.hear(room, "asked")
        assert component.checks[-1].body == "asked"
        await component.ask(
            "<query xmlns='http://jabber.org/protocol/muc#admin'><item nick='user' role='visitor'/></query>", to=room
        )
        await component.event(type="role", role="visitor")
        assert "Traceback" not in server.log


async def _do(component: Scripted, deed: str) -> str | None:
    answer = await component.ask(f"<control xmlns='{CONTROL}' deed='{deed}'/>")
    assert answer.get("type") == "result"
    text: str | None = answer.findtext(f"{{{CONTROL}}}control/{{{CONTROL}}}count")
    return text


def _later(_check: Check) -> None:
    return None
