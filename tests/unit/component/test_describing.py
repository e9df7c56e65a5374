"""What a room's disco#info says of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.describing import describe
from policy.actions import TakePlace
from storage.rooms import Taken
from tests.support.office import MUC, Office, open_office

HALL = f"hall@{MUC}"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


async def test_a_room_is_described_from_the_moment_it_is_promised(office: Office) -> None:
    assert await describe(office, HALL) is None
    place = TakePlace(
        account="juliet@example",
        person=None,
        room=HALL,
        is_creation=True,
        created_limit=None,
        joined_limit=None,
        members_limit=None,
    )
    taken = await office.store.rooms.take(place, office.now())
    assert isinstance(taken, Taken)
    assert await describe(office, HALL) == (
        ("{urn:roomkeeper:room:1}code", taken.room.code),
        ("{urn:roomkeeper:room:1}category", "general"),
        ("{urn:roomkeeper:room:1}scale", "large"),
        ("{urn:roomkeeper:room:1}status", "open"),
        ("{urn:roomkeeper:room:1}founded", "2027-01-15T08:00:00Z"),
        ("{urn:roomkeeper:room:1}join", "open"),
    )
    await office.store.rooms.close(HALL, office.now(), reason="x", by="x")
    assert await describe(office, HALL) is None
