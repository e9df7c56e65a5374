"""Makes persons, and the rooms they are in, known to Roomkeeper before it starts.

The registry is filled as `roomkeeper people import` does; what thousands of claims and joins would have left in the
database is written into its tables at once.
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import create_engine, insert, select

from storage import codes
from storage.documents import Entry
from storage.holders import of_person
from storage.schema import accounts, identities, ledger, memberships, persons, rooms
from storage.store import Store
from storage.vault import Keyring
from tests.support.roomkeeper import Roomkeeper

_SCORE = 60


async def register(
    roomkeeper: Roomkeeper, jids: Sequence[str], tier: str, places: Mapping[str, str] | None = None
) -> None:
    """Give every account a verified person of its own, and a place in a room where `places` names one."""
    assert roomkeeper.folder is not None, "not prepared"
    keys = Keyring.load(roomkeeper.folder / "vault.keys")
    await fill(roomkeeper.folder / "roomkeeper.db", keys, jids, tier, places)


async def fill(
    path: Path, keys: Keyring, jids: Sequence[str], tier: str, places: Mapping[str, str] | None = None
) -> None:
    """Likewise in a database by its file and keys."""
    now = time.time()
    store = await Store.open(f"sqlite:///{path}", keys)
    entries = [
        Entry(document_type="passport", document_number=f"P{number:08}", name=f"Person {number}")
        for number in range(len(jids))
    ]
    await store.registry.put(entries, now)
    await store.close()
    _bind(path, jids, tier, places or {}, now)


def _bind(path: Path, jids: Sequence[str], tier: str, places: Mapping[str, str], now: float) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        numbers = dict(zip(jids, connection.scalars(select(identities.c.number)), strict=True))
        standing = {"tier": tier, "tier_since": now, "is_tier_locked": False, "verified_at": now, "rules_accepted": 0}
        connection.execute(insert(persons), [{"number": number, **standing} for number in numbers.values()])
        bound = [{"jid": jid, "person": number, "bound_at": now} for jid, number in numbers.items()]
        connection.execute(insert(accounts), bound)
        start = {"at": now, "delta": _SCORE, "cause": "start", "by": "bench"}
        connection.execute(insert(ledger), [{"person": number, **start} for number in numbers.values()])
        room_numbers = {room: number for number, room in enumerate(sorted(set(places.values())), 1)}
        if not room_numbers:
            return
        made = {"status": "open", "is_pending": False, "taken_at": now}
        connection.execute(
            insert(rooms),
            [{"number": number, "jid": room, "code": codes.make(), **made} for room, number in room_numbers.items()],
        )
        connection.execute(
            insert(memberships),
            [
                {
                    "room": room_numbers[room],
                    "holder": of_person(numbers[jid]),
                    "is_creator": False,
                    "is_pending": False,
                    "since": now,
                    "seen_at": now,
                }
                for jid, room in places.items()
            ],
        )
    engine.dispose()
