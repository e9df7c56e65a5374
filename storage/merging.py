"""Two persons found to be one, and parted again when that was wrong.

Exactly one survives a merge. What moved is written down with it, so that a split gives back just that: what either
has done since stays with whoever's account did it. Quotas are not asked: nobody loses a place, and none is given
while there are too many.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, delete, insert, or_, select, update

from storage import holders
from storage.database import Transaction
from storage.errors import NotFound, Refused
from storage.schema import (
    accounts,
    corrections,
    disclosures,
    erasures,
    former_persons,
    ledger,
    memberships,
    merges,
    overrides,
    persons,
    rooms,
)

_START = "start"
_STANDING = tuple(column.name for column in persons.columns if column.name != "number")
_PLACE = tuple(column.name for column in memberships.columns if column.name != "holder")
_OVERRIDE = tuple(column.name for column in overrides.columns if column.name != "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge: by its number it can be split."""

    number: int
    survivor: int
    merged: int
    at: float
    accounts: tuple[str, ...]  # those that came with the merged person


def to_merge(row: Row[Any]) -> Merge:
    """A row of `merges`."""
    moved = json.loads(row.moved)
    return Merge(
        number=row.number, survivor=row.survivor, merged=row.merged, at=row.at, accounts=tuple(moved["accounts"])
    )


async def merge(transaction: Transaction, survivor: int, merged: int, at: float, *, by: str, reason: str) -> Merge:
    """See `Persons.merge`."""
    kept, gone = await _person(transaction, survivor), await _person(transaction, merged)
    if await transaction.first(select(erasures).where(erasures.c.person.in_((survivor, merged)))) is not None:
        raise Refused("one of them is about to be erased")
    old, new = holders.of_person(merged), holders.of_person(survivor)
    moved = await _what_moves(transaction, survivor, merged)
    moved |= {"kept": _values(kept, _STANDING), "person": _values(gone, _STANDING)}
    await holders.move(transaction, old, new)
    await transaction.run(update(accounts).where(accounts.c.person == merged).values(person=survivor))
    await transaction.run(
        update(ledger).where(ledger.c.number.in_(number for number, _ in moved["started"])).values(expires_at=at)
    )  # one person starts once
    await transaction.run(update(ledger).where(ledger.c.person == merged).values(person=survivor))
    await transaction.run(update(disclosures).where(disclosures.c.person == merged).values(person=survivor))
    await _move_correction(transaction, merged, survivor)
    await transaction.run(delete(persons).where(persons.c.number == merged))
    await transaction.run(update(persons).where(persons.c.number == survivor).values(_together(kept, gone)))
    await transaction.run(
        update(former_persons).where(former_persons.c.merged_into == merged).values(merged_into=survivor)
    )
    await transaction.run(insert(former_persons).values(number=merged, merged_into=survivor, at=at))
    values = {"survivor": survivor, "merged": merged, "at": at, "by": by, "moved": json.dumps(moved)}
    number = await transaction.insert(insert(merges).values(values))
    for holder in (new, old):
        transaction.note(
            by, "persons-merged", holder, at, number=number, survivor=survivor, merged=merged, reason=reason
        )
    return Merge(number=number, survivor=survivor, merged=merged, at=at, accounts=tuple(moved["accounts"]))


async def split(transaction: Transaction, number: int, at: float, *, by: str, reason: str) -> Merge:
    """See `Persons.split`."""
    row = await transaction.first(select(merges).where(merges.c.number == number))
    if row is None:
        raise NotFound(f"no merge {number}")
    done, moved = to_merge(row), json.loads(row.moved)
    now = await _person(transaction, done.survivor)
    if await transaction.first(select(erasures).where(erasures.c.person == done.survivor)) is not None:
        raise Refused("the person is about to be erased")
    old, new = holders.of_person(done.survivor), holders.of_person(done.merged)
    await transaction.run(insert(persons).values(number=done.merged, **moved["person"]))
    await transaction.run(delete(former_persons).where(former_persons.c.number == done.merged))
    await transaction.run(
        update(former_persons).where(former_persons.c.number.in_(moved["former"])).values(merged_into=done.merged)
    )
    mine = (accounts.c.person == done.survivor, accounts.c.jid.in_(done.accounts))
    await transaction.run(update(accounts).where(*mine).values(person=done.merged))
    for table in holders.RECORDS:
        theirs = [table.c.number.in_(moved[table.name])]
        if "account" in table.columns:
            theirs.append(table.c.account.in_(done.accounts))
        await transaction.run(update(table).where(table.c.holder == old, or_(*theirs)).values(holder=new))
    for table in (ledger, disclosures):
        here = (table.c.person == done.survivor, table.c.number.in_(moved[table.name]))
        await transaction.run(update(table).where(*here).values(person=done.merged))
    for entry, expires_at in moved["started"]:
        await transaction.run(update(ledger).where(ledger.c.number == entry).values(expires_at=expires_at))
    created = (rooms.c.creator == old, rooms.c.number.in_(moved["rooms"]))
    await transaction.run(update(rooms).where(*created).values(creator=new))
    await _part_places(transaction, old, new, moved)
    await _part_overrides(transaction, old, new, moved)
    await transaction.run(update(persons).where(persons.c.number == done.survivor).values(_apart(now, moved)))
    await transaction.run(delete(merges).where(merges.c.number == number))
    for holder in (old, new):
        transaction.note(
            by, "persons-split", holder, at, number=number, survivor=done.survivor, parted=done.merged, reason=reason
        )
    return done


async def _person(transaction: Transaction, number: int) -> Row[Any]:
    row = await transaction.first(select(persons).where(persons.c.number == number))
    if row is None:
        raise NotFound(f"no person {number}")
    return row


async def _what_moves(transaction: Transaction, survivor: int, merged: int) -> dict[str, Any]:
    old, new = holders.of_person(merged), holders.of_person(survivor)
    places = await transaction.all(select(memberships).where(memberships.c.holder == old))
    both = memberships.c.room.in_([row.room for row in places])
    twins = await transaction.all(select(memberships).where(memberships.c.holder == new, both))
    excepted = {
        holder: await transaction.all(select(overrides).where(overrides.c.subject == holder)) for holder in (old, new)
    }
    started = select(ledger).where(ledger.c.person == merged, ledger.c.cause == _START)
    former = select(former_persons).where(former_persons.c.merged_into == merged)
    bound = select(accounts).where(accounts.c.person == merged).order_by(accounts.c.bound_at, accounts.c.jid)
    return {
        **{table.name: await _numbers(transaction, table, table.c.holder == old) for table in holders.RECORDS},
        **{table.name: await _numbers(transaction, table, table.c.person == merged) for table in (ledger, disclosures)},
        "rooms": await _numbers(transaction, rooms, rooms.c.creator == old),
        "accounts": [row.jid for row in await transaction.all(bound)],
        "former": [row.number for row in await transaction.all(former)],
        "started": [[row.number, row.expires_at] for row in await transaction.all(started)],
        "places": [_values(row, _PLACE) for row in places],
        "twins": [_values(row, _PLACE) for row in twins],
        "overrides": [_values(row, _OVERRIDE) for row in excepted[old]],
        "own_overrides": [row.quota for row in excepted[new]],
    }


async def _numbers(transaction: Transaction, table: Table, where: Any) -> list[int]:  # noqa: ANN401 - SQL's own
    return [row.number for row in await transaction.all(select(table.c.number).where(where))]


async def _move_correction(transaction: Transaction, merged: int, survivor: int) -> None:
    """One asked for by each of them: the merged person's is dropped, and can be asked for again."""
    here = corrections.c.person == merged
    if await transaction.first(select(corrections).where(corrections.c.person == survivor)) is None:
        await transaction.run(update(corrections).where(here).values(person=survivor))
    else:
        await transaction.run(delete(corrections).where(here))


async def _part_places(transaction: Transaction, old: str, new: str, moved: dict[str, Any]) -> None:
    """Give places back that the survivor still holds; where both had one, each has their own again."""
    twins = {twin["room"]: twin for twin in moved["twins"]}
    for place in moved["places"]:
        here = (memberships.c.holder == old, memberships.c.room == place["room"])
        row = await transaction.first(select(memberships).where(*here))
        if row is None:
            continue
        twin = twins.get(place["room"])
        if twin is None:
            await transaction.run(update(memberships).where(*here).values(holder=new))
            continue
        await transaction.run(update(memberships).where(*here).values(_again(row, twin, place)))
        await transaction.run(insert(memberships).values(holder=new, **_again(row, place, twin)))


def _again(row: Row[Any], own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A place as it was before the two became one, and what has happened in it since."""
    values = {**own, "is_pending": own["is_pending"] and row.is_pending}
    if row.seen_at > max(own["seen_at"], other["seen_at"]):
        values["seen_at"] = row.seen_at
    if own["posted_at"] is None and other["posted_at"] is None:
        values["posted_at"] = row.posted_at
    return values


async def _part_overrides(transaction: Transaction, old: str, new: str, moved: dict[str, Any]) -> None:
    """Give exceptions from quotas back, unless a moderator has said another word since."""
    for own in moved["overrides"]:
        if own["quota"] not in moved["own_overrides"]:
            here = (overrides.c.subject == old, overrides.c.quota == own["quota"], overrides.c.at == own["at"])
            if not await transaction.run(delete(overrides).where(*here)):
                continue
        await transaction.run(insert(overrides).values(subject=new, **own))


def _together(kept: Row[Any], gone: Row[Any]) -> dict[str, Any]:
    """One standing of two: known since the earlier day; a tier that was locked stays so."""
    values = {
        "verified_at": min(kept.verified_at, gone.verified_at),
        "confirmed_at": max(kept.confirmed_at, gone.confirmed_at),
        "rules_accepted": max(kept.rules_accepted, gone.rules_accepted),
    }
    if gone.is_tier_locked and not kept.is_tier_locked:
        values |= {"tier": gone.tier, "tier_since": gone.tier_since, "is_tier_locked": True}
    return values


def _apart(now: Row[Any], moved: dict[str, Any]) -> dict[str, Any]:
    """The survivor's own standing again, where nobody has changed it since the merge."""
    kept = moved["kept"]
    values = {"verified_at": kept["verified_at"]}
    tier = ("tier", "tier_since", "is_tier_locked")
    is_taken_over = moved["person"]["is_tier_locked"] and not kept["is_tier_locked"]
    if is_taken_over and all(getattr(now, name) == moved["person"][name] for name in tier):
        values |= {name: kept[name] for name in tier}
    if now.confirmed_at == max(kept["confirmed_at"], moved["person"]["confirmed_at"]):
        values["confirmed_at"] = kept["confirmed_at"]
    if now.rules_accepted == max(kept["rules_accepted"], moved["person"]["rules_accepted"]):
        values["rules_accepted"] = kept["rules_accepted"]
    return values


def _values(row: Row[Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
