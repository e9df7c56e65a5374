"""What waits for somebody's word is sealed, decided once, and gone when it is."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.binding import ClaimResult, Proof, Terms
from storage.store import Store
from storage.verifications import Opened, Status, Verification
from tests.unit.storage.databases import KEYS, T0, entry, only_sqlite, opened, url_of

JULIET, OFFICER, OTHER = "juliet@example.org", "lorenzo@example.org", "escalus@example.org"
FIELDS = {"type": "passport", "number": "C0000001", "name": "Juliet Capulet", "phone": "0123-456"}
TERMS = Terms(max_accounts=3, start_score=60, tier="standard")


async def begin(store: Store, account: str = JULIET, at: float = T0, **changes: Any) -> Verification | Opened:  # noqa: ANN401
    values = {"lasts_s": 1000.0, "attempts": 2, "window_s": 3600.0, **changes}
    return await store.verifications.begin("review", account, "en", FIELDS, at=at, **values)


async def begun(store: Store, account: str = JULIET, at: float = T0, **changes: Any) -> Verification:  # noqa: ANN401
    made = await begin(store, account, at, **changes)
    assert isinstance(made, Verification)
    return made


async def settle(store: Store, number: int, by: str = OFFICER, at: float = T0 + 1) -> ClaimResult | None:
    proof = Proof(provider="review", entry=entry())
    claim = await store.verifications.settle(number, proof, by=by, at=at, terms=TERMS, keeps=True)
    return None if claim is None else claim.result


def keys(url: str) -> list[str]:
    return fetch(url, "SELECT owner FROM vault_keys WHERE owner LIKE 'v:%'")


def wrapped(url: str) -> list[bytes]:
    return [bytes(key) for key in fetch(url, "SELECT wrapped FROM vault_keys WHERE owner LIKE 'v:%'")]


def records(url: str) -> list[bytes | None]:
    return fetch(url, "SELECT record FROM verifications")


def fetch(url: str, query: str) -> list[Any]:
    with opened(url) as connection:
        return list(connection.execute(sa.text(query)).scalars())


def content(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


@only_sqlite
async def test_what_was_submitted_is_sealed_and_seen_by_an_officer_on_record(store: Store, url: str) -> None:
    made = await begun(store)
    folder = Path(url.removeprefix("sqlite:///")).parent
    assert not any(b"0123-456" in file.read_bytes() for file in folder.iterdir())
    assert await store.verifications.submitted(made.number, by=OFFICER, at=T0) == FIELDS
    assert (await store.audit.read(1))[0].entry.deed == "verification-viewed"


async def test_a_decision_destroys_it_with_its_key(store: Store, url: str) -> None:
    made = await begun(store)
    assert len(keys(url)) == 1
    assert await settle(store, made.number) is ClaimResult.BOUND
    assert (keys(url), records(url)) == ([], [None])
    assert await store.verifications.submitted(made.number, at=T0 + 2) is None
    assert (await store.people.find(JULIET, T0 + 2)).person is not None


@only_sqlite
async def test_its_key_is_gone_from_every_file_with_the_next_scrub(store: Store, url: str) -> None:
    folder = Path(url.removeprefix("sqlite:///")).parent
    made = [await begun(store, f"juliet{number}@example.org") for number in range(40)]  # pages fill up
    destroyed = wrapped(url)
    for each in made[:20]:
        await store.verifications.refuse(each.number, by=OFFICER, at=T0, reason="x", window_s=9)
    await store.verifications.withdraw("juliet20@example.org", at=T0)
    await store.verifications.lapse(T0 + 1001)
    assert wrapped(url) == []
    assert any(key in content(folder) for key in destroyed)
    assert await store.verifications.scrub()
    assert not any(key in content(folder) for key in destroyed)


@only_sqlite
async def test_a_log_left_by_a_process_that_was_killed_is_emptied(tmp_path: Path, store: Store, url: str) -> None:
    made = await begun(store)
    (key,) = wrapped(url)
    await store.verifications.refuse(made.number, by=OFFICER, at=T0, reason="x", window_s=9)
    left = tmp_path / "left"
    left.mkdir()
    for file in Path(url.removeprefix("sqlite:///")).parent.glob("*.db*"):
        shutil.copy(file, left)
    assert key in content(left)
    again = await Store.open(url_of(left), KEYS)
    assert await again.verifications.scrub()
    assert key not in content(left)
    await again.close()


@only_sqlite
async def test_a_scrub_that_a_reader_is_in_the_way_of_is_done_later(store: Store, url: str) -> None:
    made = await begun(store)
    (key,) = wrapped(url)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM accounts").fetchone()
        await store.verifications.refuse(made.number, by=OFFICER, at=T0, reason="x", window_s=9)
        assert not await store.verifications.scrub()
    assert await store.verifications.scrub()
    assert key not in content(Path(url.removeprefix("sqlite:///")).parent)


async def test_a_refusal_destroys_it_likewise_and_counts_as_an_attempt(store: Store, url: str) -> None:
    for number in range(2):
        made = await begun(store, at=T0 + number)
        refusal = await store.verifications.refuse(
            made.number, by=OFFICER, at=T0 + number, reason="blurred", window_s=3600
        )
        assert refusal is not None
    assert (keys(url), records(url)) == ([], [None, None])
    assert (await store.people.find(JULIET, T0 + 2)).person is None
    assert await begin(store, at=T0 + 3) is Opened.TOO_MANY
    assert isinstance(await begin(store, at=T0 + 3700), Verification)


async def test_of_two_officers_at_once_one_decides(store: Store) -> None:
    made = await begun(store)
    outcomes = await asyncio.gather(
        settle(store, made.number, OFFICER),
        store.verifications.refuse(made.number, by=OTHER, at=T0 + 1, reason="no", window_s=60),
        settle(store, made.number, OTHER),
    )
    assert len([outcome for outcome in outcomes if outcome is not None]) == 1


async def test_an_account_has_one_that_waits(store: Store) -> None:
    first = await begun(store)
    assert await begin(store) is Opened.WAITS
    assert isinstance(await begin(store, "nurse@example.org"), Verification)
    later = await begun(store, replaces=True)
    ended = await store.verifications.by_number(first.number)
    assert ended is not None
    assert ended.status is Status.WITHDRAWN
    assert await settle(store, first.number) is None
    assert await settle(store, later.number) is ClaimResult.BOUND


async def test_what_nobody_decides_lapses_and_is_destroyed(store: Store, url: str) -> None:
    made = await begun(store)
    assert await store.verifications.lapse(T0 + 999) == ()
    assert await settle(store, made.number, at=T0 + 1000) is None  # late, swept or not
    assert [late.number for late in await store.verifications.lapse(T0 + 1000)] == [made.number]
    assert await store.verifications.lapse(T0 + 1000) == ()
    assert (keys(url), records(url)) == ([], [None])
    assert isinstance(await begin(store, at=T0 + 1001), Verification)


async def test_that_there_was_one_is_forgotten_in_the_end(store: Store) -> None:
    made = await begun(store)
    await settle(store, made.number)
    await store.verifications.lapse(T0 + 100 * 86400)
    assert await store.verifications.by_number(made.number) is None


async def test_an_applicant_takes_it_back(store: Store, url: str) -> None:
    made = await begun(store)
    assert await store.verifications.withdraw(JULIET, at=T0 + 1) == 1
    assert (keys(url), records(url)) == ([], [None])
    assert await settle(store, made.number) is None


async def test_somebody_who_cannot_be_bound_stays_undecided(store: Store) -> None:
    other = Proof(provider="review", entry=entry(1, "Rosaline"))
    first = await begun(store, "nurse@example.org")
    await store.verifications.settle(first.number, other, by=OFFICER, at=T0, terms=TERMS)
    made = await begun(store)
    assert await settle(store, made.number) is ClaimResult.CONFLICT
    assert await store.verifications.submitted(made.number, at=T0 + 2) == FIELDS
    assert (await store.people.find(JULIET, T0 + 2)).person is None


async def test_officers_hear_of_each_once(store: Store) -> None:
    await begun(store)
    await begun(store, "nurse@example.org")
    assert await store.verifications.tell_officers("review", T0) == 2
    assert await store.verifications.tell_officers("review", T0) == 0


async def test_a_sign_in_has_one_use(store: Store) -> None:
    made = await begun(store, ref="state")
    used = await asyncio.gather(*(store.verifications.use("state", "review", at=T0 + 1) for _ in range(3)))
    assert [each.number for each in used if each is not None] == [made.number]
    assert await store.verifications.use("other", "review", at=T0 + 1) is None
    assert await settle(store, made.number) is ClaimResult.BOUND


async def test_a_sign_in_that_was_killed_after_its_use_binds_nobody_and_is_begun_anew(store: Store, url: str) -> None:
    made = await store.verifications.begin("oidc", JULIET, "en", {}, at=T0, lasts_s=60, attempts=2, window_s=9)
    assert isinstance(made, Verification)
    assert await store.verifications.use(made.ref, "oidc", at=T0) is not None
    again = await Store.open(url, KEYS)  # whoever used it never came to an end
    assert (await again.people.find(JULIET, T0)).person is None
    assert await again.verifications.use(made.ref, "oidc", at=T0) is None
    anew = await again.verifications.begin("oidc", JULIET, "en", {}, at=T0, lasts_s=60, attempts=2, window_s=9)
    assert isinstance(anew, Verification)
    assert await again.verifications.use(anew.ref, "oidc", at=T0) is not None
    assert {each.number for each in await again.verifications.lapse(T0 + 61)} == {made.number, anew.number}
    await again.close()


async def test_deliveries_are_due_until_the_service_has_it(store: Store) -> None:
    made = await begun(store, deliver_at=T0 + 5)
    assert await store.deliveries.due("review", T0 + 4) == ()
    assert [each.number for each in await store.deliveries.due("review", T0 + 5)] == [made.number]
    await store.deliveries.deliver_again(made.number, T0 + 20)
    assert await store.deliveries.due("review", T0 + 19) == ()
    assert [each.tries for each in await store.deliveries.due("review", T0 + 20)] == [1]
    await store.deliveries.deliver_again(made.number, None)
    assert await store.deliveries.due("review", T0 + 100) == ()


async def test_codes_are_counted(store: Store) -> None:
    made = await begun(store)
    assert [await store.deliveries.count_code(made.number) for _ in range(2)] == [1, 2]
