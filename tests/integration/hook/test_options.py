"""Options are read the same on every version; a wrong one is named, and never leaves the rooms unguarded."""

import contextlib
from pathlib import Path

import pytest

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted
from tests.support.patterns import matches
from tests.support.prosody import CannotStartError, Prosody
from tests.support.scripted import Check

CONTROL = "urn:roomkeeper:test:control"
INTERNAL = "<error type='wait'><internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("component", "user@example.org", "roomkeeper_component: entry 1 (user@example.org)"),
        ("component", ["a.localhost", "a.localhost"], "roomkeeper_component: entry 2 (a.localhost)"),
        ("component", [], "roomkeeper_component"),
        ("component", "conference.localhost", "roomkeeper_component: entry 1 (conference.localhost)"),
        ("timeout", "5 parsecs", "roomkeeper_timeout = 5 parsecs: expected seconds"),
        ("timeout", 0, "roomkeeper_timeout = 0: expected seconds"),
        ("grace", "-1s", "roomkeeper_grace = -1s: expected seconds"),
        ("on_failure", "perhaps", "roomkeeper_on_failure = perhaps: expected"),
        ("on_failure", {"messages": "allow"}, "roomkeeper_on_failure = table"),
        ("max_held", "lots", "roomkeeper_max_held = lots: expected a number"),
        ("grase", "1s", "roomkeeper_grase: there is no such option"),
    ],
)
async def test_a_wrong_option_is_named_and_everything_is_denied(
    option: str, value: object, reason: str, enter: Enter, name: str
) -> None:
    async with Prosody(hook_options={option: value}) as server:
        user = await enter(server)
        answer = await user.join(f"{name}@{server.muc}")
        assert reason in server.log
        assert "everything is denied until this is right" in server.log
        assert matches(f"<presence type='error'>{INTERNAL}</presence>", answer)


@pytest.mark.parametrize("grace", [0.4, "400ms", "0.4 seconds", "0.4S"])
async def test_periods_are_numbers_or_texts(grace: object, enter: Enter, name: str) -> None:
    async with Prosody(hook_options={"grace": grace, "timeout": "1 minute"}) as server:
        user = await enter(server)
        await user.send(
            f"<presence to='{name}@{server.muc}/me' id='j'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
        )
        await user.receive("<presence type='error' id='j'><error type='wait'/></presence>", timeout_s=2)


async def test_options_change_with_the_configuration_and_wrong_ones_leave_the_old(enter: Enter, name: str) -> None:
    async with (
        Prosody(muc_modules=("remote_control",), hook_options={"timeout": "20s"}, options=TEST_MODULES) as server,
        scripted(server) as component,
    ):
        room = f"{name}@{server.muc}"
        user = await enter(server)
        await user.join(room)
        await component.ask(f"<control xmlns='{CONTROL}' deed='set' option='roomkeeper_grace' value='\"soon\"'/>")
        assert "roomkeeper_grace = soon: expected seconds" in server.log
        assert "the old settings stay" in server.log
        await user.say(room, "still works")
        await user.hear(room, "still works")
        await component.ask(f"<control xmlns='{CONTROL}' deed='set' option='roomkeeper_grace' value='1'/>")
        await component.ask(f"<control xmlns='{CONTROL}' deed='set' option='roomkeeper_timeout' value='0.2'/>")
        component.rule = _later
        await user.say(room, "too slow")
        await user.receive("<message type='error'><error type='wait'/></message>", timeout_s=3)


async def test_the_hook_loads_on_a_muc_service_only(enter: Enter, tmp_path: Path) -> None:
    server = Prosody(hook=False, options={"modules_enabled": ("saslauth", "roomkeeper")}, folder=tmp_path)
    with contextlib.suppress(CannotStartError):  # the hook may be seen to fail before the ports are open, or after
        async with server:
            await enter(server)
    assert "belongs in modules_enabled of a MUC service" in server.log


def _later(_check: Check) -> None:
    return None
