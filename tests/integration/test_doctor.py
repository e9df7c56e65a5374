"""`roomkeeper doctor` on a real server: each thing an operator may forget is found."""

import pytest

from component.doctor import Finding, State, examine
from config.settings import Xmpp
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper


async def findings(prosody: Prosody, secret: str | None = None, domain: str | None = None) -> dict[str, Finding]:
    told: list[Finding] = []
    xmpp = Xmpp(domain=domain or prosody.component, muc=prosody.muc, port=prosody.component_port)
    await examine(xmpp, prosody.secret if secret is None else secret, told.append)
    return {finding.text.partition(":")[0]: finding for finding in told}


async def test_nothing_is_wrong_with_a_right_installation() -> None:
    modules = ["saslauth", "disco", "time"]
    async with Prosody(options={"modules_enabled": modules}, muc_modules=("muc_mam",)) as prosody:
        found = await findings(prosody)
    assert {point: finding.state for point, finding in found.items()} == dict.fromkeys(
        ("server", "component", "hook", "admin", "archive", "clock", "bypass"), State.OK
    )


@pytest.mark.parametrize(
    ("options", "point", "advice"),
    [
        ({"hook": False}, "hook", "modules_enabled"),
        ({"hook_options": {"component": "other.localhost"}}, "hook", "roomkeeper_component"),
        ({"muc_options": {"admins": []}}, "admin", "add admins"),
        ({"more": 'Component "open.localhost" "muc"'}, "bypass", "rooms at open.localhost are kept by nobody"),
    ],
)
async def test_what_was_forgotten_is_found(options: dict[str, object], point: str, advice: str) -> None:
    async with Prosody(**options) as prosody:  # type: ignore[arg-type]
        found = await findings(prosody)
    assert found[point].state is State.FAILED
    assert advice in found[point].text


async def test_wrong_secret_and_unknown_domain_are_told_apart() -> None:
    async with Prosody() as prosody:
        assert "secret" in (await findings(prosody, secret="other"))["component"].text
        assert "add Component" in (await findings(prosody, domain="other.localhost"))["component"].text


async def test_running_component_is_not_disturbed() -> None:
    async with Prosody() as prosody, Roomkeeper(prosody=prosody) as keeper:
        status, output = await keeper.run("doctor")
        assert status == 0, output
        assert "Roomkeeper is running" in output
        assert await keeper.stop() == 0
        status, output = await keeper.run("doctor")
        assert status == 0, output
        assert "hook: loaded" in output
