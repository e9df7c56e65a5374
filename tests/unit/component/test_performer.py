"""What a verdict promises: all of it, or nothing that would cost anybody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from policy.actions import TakePlace
from policy.facts import Account, Facts, Kind
from policy.verdict import Decision, Verdict
from tests.support.office import MUC, Office, open_office

HALL = f"hall@{MUC}"
FRIENDS = tuple(f"friend{number}@example" for number in range(3))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.member("owner@example", HALL, creates=True)
        yield world


def grant(account: str, members_limit: int) -> TakePlace:
    return TakePlace(
        account=account,
        person=None,
        room=HALL,
        is_creation=False,
        created_limit=None,
        joined_limit=5,
        members_limit=members_limit,
        is_grant=True,
    )


async def record(office: Office, *places: TakePlace) -> Decision:
    owner = Account(jid="owner@example")
    facts = Facts(at=office.now(), kind=Kind.AFFILIATION, account=owner, person=None, room_jid=HALL)
    verdict = Verdict(decision=Decision.ALLOW, actions=places)
    return (await office.performer.record("c1", facts, verdict)).verdict.decision


async def test_places_taken_for_a_stanza_that_finds_no_further_one_are_free_again(office: Office) -> None:
    assert await record(office, *(grant(friend, 3) for friend in FRIENDS)) is Decision.DENY
    for friend in FRIENDS:
        assert (await office.store.rooms.counts(f"a:{friend}", None)).joined == 0
        assert not office.memory.settle_place(f"a:{friend}", HALL)
    assert await record(office, *(grant(friend, 3) for friend in FRIENDS[:2])) is Decision.ALLOW


async def test_a_place_held_before_the_stanza_is_kept(office: Office) -> None:
    assert await record(office, grant(FRIENDS[0], 3)) is Decision.ALLOW
    assert await record(office, *(grant(friend, 3) for friend in FRIENDS)) is Decision.DENY
    used = [(await office.store.rooms.counts(f"a:{friend}", None)).joined for friend in FRIENDS]
    assert used == [1, 0, 0]
    assert office.memory.settle_place(f"a:{FRIENDS[0]}", HALL)
