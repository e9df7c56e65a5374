"""Taking over rooms that were there first: by the hundred, with progress, and nobody loses anything.

Used at every start for what came about meanwhile, and by `roomkeeper adopt`.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from component.snapshot import Seen
from config.settings import Settings, Tier
from policy.facts import Quota
from policy.grading import members_limit
from policy.places import places_allowed
from policy.tiers import fill, rights
from storage import holders
from storage.adoption import Found
from storage.store import Store

T = TypeVar("T")

AT_ONCE = 200
"""Rooms that share a transaction: one must not hold up joins for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was done so far."""

    done: int  # rooms looked at
    of: int
    rooms: int  # that nobody knew
    places: int
    ghosts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """Somebody who holds, or a room that has, more than there may be: it is kept, and no more is given."""

    subject: str  # holder, or a room's bare JID
    quota: Quota
    used: int
    limit: int


def _as_seen(room: Seen) -> Seen | None:
    return room


async def take_over(
    store: Store, seen: Sequence[Seen], at: float, as_it_is: Callable[[Seen], Seen | None] = _as_seen
) -> AsyncIterator[tuple[Sequence[Seen], Progress]]:
    """Write what the server has, some rooms after the other; after each lot, which those were and what was done.

    `as_it_is` is asked just before about a room that was seen some time ago; None: it is gone.

    Raises:
        StorageError: all lots before are written.
    """
    rooms = places = ghosts = done = 0
    for lot in _chunks(seen, AT_ONCE):
        some = [now for room in lot if (now := as_it_is(room)) is not None]
        adopted = await store.adoption.take_over(await _found(store, some), at)
        done += len(lot)
        rooms, places, ghosts = rooms + adopted.rooms, places + adopted.places, ghosts + adopted.ghosts
        yield some, Progress(done=done, of=len(seen), rooms=rooms, places=places, ghosts=ghosts)


async def overruns(store: Store, seen: Sequence[Seen], settings: Settings, at: float) -> tuple[Overrun, ...]:
    """Who and which room has more than there may be, by what the server has; the most crowded first."""
    used = {Quota.JOINED: Counter[str](), Quota.CREATED: Counter[str]()}
    found: list[Overrun] = []
    smallest = min(settings.quotas.members_per_room, *(scale.members for scale in settings.scales.values()))
    for some in _chunks(seen, AT_ONCE):
        for room in await _found(store, some):
            used[Quota.JOINED].update(room.holders)
            used[Quota.CREATED].update(() if room.founder is None else (room.founder,))
            if len(room.holders) > smallest:
                limit = members_limit(await store.rooms.find(room.jid), settings, at)
                if len(room.holders) > limit:
                    found.append(Overrun(subject=room.jid, quota=Quota.MEMBERS, used=len(room.holders), limit=limit))
    for quota, by_holder in used.items():
        least = _least(quota, settings)
        for holder, count in by_holder.items():
            limit = await _limit(store, holder, quota, settings, at) if count > least else count
            if count > limit:
                found.append(Overrun(subject=holder, quota=quota, used=count, limit=limit))
    return tuple(sorted(found, key=lambda each: (each.limit - each.used, each.subject)))


def _least(quota: Quota, settings: Settings) -> int:
    """What everybody may have, whatever their tier."""
    return min(_base(quota, fill(tier, settings)) for tier in (*settings.credit.tiers, Tier(name="", threshold=0)))


def _base(quota: Quota, tier: Tier) -> int:
    return (tier.rooms_created if quota is Quota.CREATED else tier.rooms_joined) or 0


async def _limit(store: Store, holder: str, quota: Quota, settings: Settings, at: float) -> int:
    account, number = holders.parse(holder)
    if number is None:
        person = None
        overrides = (await store.people.find(account, at)).account.overrides
    else:
        person = await store.people.by_number(number, at)
        overrides = () if person is None else person.overrides
    return places_allowed(overrides, quota, _base(quota, rights(person, settings)), at)


async def _found(store: Store, seen: Sequence[Seen]) -> list[Found]:
    accounts = tuple({account for room in seen for account in room.members})
    holder_of = dict(zip(accounts, await store.people.holders_of(accounts), strict=True))
    return [
        Found(
            jid=room.jid,
            name=room.name,
            is_public=room.is_public,
            holders=frozenset(holder_of[account] for account in room.members),
            affiliations=room.affiliations,
            founder=_founder(room, holder_of),
        )
        for room in seen
    ]


def _founder(room: Seen, holder_of: Mapping[str, str]) -> str | None:
    """Whoever alone owns a room counts as its creator; of several owners nobody knows who made it."""
    owners = {holder_of[account] for account, affiliation in room.affiliations.items() if affiliation == "owner"}
    return owners.pop() if len(owners) == 1 else None


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
