"""Reminders: each once, the latest that is due, whatever is stopped and started."""

from storage.expiry import Reminder
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, claim, entry, verified

DAY = 86400.0
YEAR = 365 * DAY
AHEADS = (30 * DAY, 7 * DAY, DAY)
JULIET = "juliet@example.org"


async def due(store: Store, days: float) -> list[float]:
    """How many days before its end each reminder given `days` after T0 is; 0: told of the end."""
    given = await store.expiry.take_due(T0 + days * DAY, YEAR, AHEADS)
    return [0 if each.is_over else round(each.ends_at / DAY - T0 / DAY - days) for each in given]


async def test_each_reminder_is_given_once_and_the_end_is_told(store: Store) -> None:
    await verified(store, JULIET)
    told = {day: given for day in range(330, 372) if (given := await due(store, day))}
    assert told == {335: [30], 358: [7], 364: [1], 365: [0]}


async def test_after_a_long_stop_only_the_latest_is_given(store: Store) -> None:
    await verified(store, JULIET)
    assert await due(store, 360) == [5]
    assert await due(store, 360) == []
    assert await due(store, 400) == [0]
    assert await due(store, 400) == []


async def test_a_restart_gives_none_again(url: str) -> None:
    store = await Store.open(url, KEYS)
    await verified(store, JULIET)
    assert await due(store, 336) == [29]
    await store.close()
    store = await Store.open(url, KEYS)
    assert await due(store, 336) == []
    await store.close()


async def test_renewing_begins_them_anew(store: Store) -> None:
    await verified(store, JULIET)
    assert await due(store, 366) == [0]
    await claim(store, JULIET, entry(), T0 + 366 * DAY, renews=True)
    assert await due(store, 367) == []
    assert await due(store, 366 + 335) == [30]


async def test_all_accounts_are_named(store: Store) -> None:
    number = await verified(store, JULIET)
    await claim(store, "nurse@example.org", entry())
    assert await store.expiry.take_due(T0 + YEAR, YEAR, ()) == (
        Reminder(person=number, ends_at=T0 + YEAR, is_over=True, accounts=(JULIET, "nurse@example.org")),
    )
    assert (await store.audit.read(1))[0].entry.deed == "verification-ended"


async def test_the_next_one_is_foreseen(store: Store) -> None:
    assert await store.expiry.next_due(T0, YEAR, AHEADS) is None
    await verified(store, JULIET)
    assert await store.expiry.next_due(T0, YEAR, AHEADS) == T0 + 335 * DAY
    assert await store.expiry.next_due(T0 + 340 * DAY, YEAR, AHEADS) == T0 + 358 * DAY
    assert await store.expiry.next_due(T0 + 366 * DAY, YEAR, AHEADS) is None


async def test_a_reminder_longer_than_the_verification_is_none(store: Store) -> None:
    await verified(store, JULIET)
    assert await store.expiry.take_due(T0, 2 * DAY, AHEADS) == ()
