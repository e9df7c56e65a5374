"""Makes persons known to Roomkeeper before it starts: an entry in the registry each, claimed by an account."""

import time
from collections.abc import Sequence

from storage.documents import Entry
from storage.registry import ClaimResult
from storage.store import Store
from storage.vault import Keyring
from tests.support.roomkeeper import Roomkeeper

_SCORE = 60


async def register(roomkeeper: Roomkeeper, accounts: Sequence[str], tier: str) -> None:
    """Give every account a verified person of its own, through storage as the command line and `verify` would."""
    assert roomkeeper.folder is not None, "not prepared"
    keys = Keyring.load(roomkeeper.folder / "vault.keys")
    store = await Store.open(f"sqlite:///{roomkeeper.folder / 'roomkeeper.db'}", keys)
    try:
        now = time.time()
        entries = [
            Entry(document_type="passport", document_number=f"P{number:08}", name=f"Person {number}")
            for number in range(len(accounts))
        ]
        await store.registry.put(entries, now)
        for account, entry in zip(accounts, entries, strict=True):
            claim = await store.registry.claim(
                account, entry, now, max_accounts=3, attempts=5, window_s=3600, start_score=_SCORE, tier=tier
            )
            assert claim.result is ClaimResult.BOUND, f"{account} was not bound: {claim.result}"
    finally:
        await store.close()
