"""What `doctor` says of lockdowns in force."""

import time
from pathlib import Path

from component.doctor import Finding, State
from component.standing import examine
from config.settings import Staff
from policy.facts import Deed, Lockdown
from tests.support.office import ADMIN, MODERATOR, MUC, open_office


async def test_lockdowns_in_force_are_named_and_those_that_are_over_are_not(tmp_path: Path) -> None:
    now = time.time()
    async with open_office(tmp_path) as office:
        for room, until in ((f"hall@{MUC}", now + 3600), (f"attic@{MUC}", now - 1)):
            await office.store.lockdowns.begin(
                Lockdown(
                    number=0,
                    room=room,
                    deeds=frozenset((Deed.JOIN,)),
                    reason="scams",
                    by=MODERATOR,
                    at=now - 60,
                    until=until,
                )
            )
        found: list[Finding] = []
        await examine(office.loaded, found.append)
    ((noted),) = found
    assert noted.state is State.NOTED
    assert noted.text.startswith(f"lockdown 1 of join in hall@{MUC}: scams; by {MODERATOR}, until ")


async def test_a_lone_moderator_is_named_as_long_as_nobody_else_could_decide(tmp_path: Path) -> None:
    found: list[Finding] = []
    async with open_office(tmp_path, staff=Staff(moderators=(MODERATOR,))) as office:
        await examine(office.loaded, found.append)
        assert [(each.state, each.text.partition(" alone")[0]) for each in found] == [
            (State.NOTED, f"staff: {MODERATOR}")
        ]
        found.clear()
        office.settle(staff=Staff(moderators=(MODERATOR,), admins=(ADMIN,)))
        await examine(office.loaded, found.append)
    assert found == []


async def test_a_database_that_is_not_there_is_said_to_be_not_checked(tmp_path: Path) -> None:
    found: list[Finding] = []
    async with open_office(tmp_path) as office:
        loaded = office.loaded
    object.__setattr__(loaded, "storage_url", f"sqlite:///{tmp_path / 'none' / 'at-all.db'}")
    await examine(loaded, found.append)
    assert [each.state for each in found] == [State.UNCHECKED]
