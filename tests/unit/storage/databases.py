"""Fresh databases and what most storage tests put into them, for every backend that is to pass them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from config.settings import Ladder
from policy.actions import Action, TakePlace
from storage.incidents import Incident, Recorded, Terms
from storage.registry import Claim, Entry
from storage.store import Store
from storage.vault import Keyring

BACKENDS = ("sqlite",)
KEYS_TEXT = Keyring.generate()
KEYS = Keyring.parse(KEYS_TEXT)
T0 = 1_700_000_000.0
"""When tests begin."""


TERMS = Terms(ladder=Ladder(steps=()), recovery_s=None, reason_of="breaks {}".format)
"""Strikes lead to nothing."""


async def enter(
    store: Store, *actions: Action, at: float = T0, check: str | None = None, terms: Terms = TERMS
) -> Recorded:
    """What one stanza led to."""
    return await store.discipline.record(Incident(actions=actions, at=at, check=check), terms)


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'roomkeeper.db'}"


async def prepare(folder: Path) -> None:
    """Migrate once; `opened_copy` then copies it."""
    store = await Store.open(url_of(folder), KEYS)
    await store.close()


@asynccontextmanager
async def opened_copy(template: Path, folder: Path) -> AsyncIterator[Store]:
    """A store over a copy of a prepared database."""
    shutil.copy(template / "roomkeeper.db", folder / "roomkeeper.db")
    store = await Store.open(url_of(folder), KEYS)
    try:
        yield store
    finally:
        await store.close()


def entry(number: int = 1, name: str = "Juliet Capulet") -> Entry:
    return Entry(document_type="passport", document_number=f"C{number:07}", name=name)


async def claim(
    store: Store, account: str, known: Entry, at: float = T0, *, renews: bool = False, **changes: int
) -> Claim:
    rules = {"max_accounts": 3, "attempts": 5, "start_score": 60, **changes}
    return await store.registry.claim(account, known, at, window_s=3600.0, tier="standard", renews=renews, **rules)


async def verified(store: Store, account: str, number: int = 1, at: float = T0) -> int:
    """The number of a new person behind the account."""
    await store.registry.put([entry(number)], at)
    person = (await claim(store, account, entry(number), at)).person
    assert person is not None
    return person.number


def place(
    account: str,
    room: str,
    *,
    person: int | None = None,
    creates: bool = False,
    created: int | None = None,
    joined: int | None = None,
    members: int | None = None,
) -> TakePlace:
    return TakePlace(
        account=account,
        person=person,
        room=room,
        is_creation=creates,
        created_limit=created,
        joined_limit=joined,
        members_limit=members,
    )
