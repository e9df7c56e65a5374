"""What the component keeps in memory: bounded caches over storage, rate buckets, and who is in which room.

Everything here can be lost and rebuilt: caches from storage, occupancy from the hook's snapshot.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from component.affiliations import Affiliations
from component.cache import Cache
from component.occupancy import Occupancy, Occupant
from component.recent import Recent
from config.settings import Settings
from policy.bucket import Bucket
from policy.facts import Account, Lockdown, Person, Room
from policy.tiers import rights, tier_for
from storage import holders
from storage.attendance import Due
from storage.news import whom
from storage.rooms import Stay
from storage.store import Store

_STRANGE_S = 60.0
"""That somebody is no member of a room is believed for so long."""

STRANGER = Stay(since=0.0, has_posted=False)
"""What is known of the membership of who is no member."""

_LONGEST_S = 3600.0
"""An account is read anew after this, since time alone can promote (tenure)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An account and whoever stands behind it, good until `stale_at` (Unix seconds; None: until forgotten)."""

    account: Account
    person: Person | None
    language: str | None = None
    stale_at: float | None = None

    @property
    def holder(self) -> str:
        """Whose places, strikes and sanctions these are: the person's, or the bare account's."""
        return holders.of(self.account.jid, None if self.person is None else self.person.number)

    @property
    def is_blacklisted(self) -> bool:
        """Whether the account is, or whoever stands behind it."""
        return self.account.is_blacklisted or (self.person is not None and self.person.is_blacklisted)


class Memory:
    """Caches over one store. Forgetting is always safe; remembering something stale is not."""

    def __init__(self, store: Store, settings: Settings, now: Callable[[], float]) -> None:
        """`now` gives Unix seconds."""
        self._store = store
        self._settings = settings
        self._now = now
        self._known: Cache[str, Known] = Cache(settings.limits.cached_persons)
        self._rooms: Cache[str, Room] = Cache(settings.limits.cached_rooms)
        self._buckets: Cache[str, Bucket] = Cache(settings.limits.cached_persons)
        self.on_forgotten: Callable[[str | int], None] = lambda _: None  # an account, or a person by number
        self._changes = 0  # counts forgettings: what was being read while one happened is not kept
        self.departures = 0  # counts those after which somebody may be a member no more
        self._members: Cache[str, dict[str, Stay | None]] = Cache(settings.limits.cached_rooms)
        self._strangers: Cache[tuple[str, str], float] = Cache(settings.limits.cached_persons)
        self._gains = 0  # counts new places, as `_changes` does forgettings
        self._places: set[tuple[str, str]] = set()
        self._lapsing: frozenset[Due] = frozenset()
        self.occupancy = Occupancy()
        self.affiliations = Affiliations()
        self.recent = Recent(settings.limits)
        self.lockdowns: tuple[Lockdown, ...] = ()
        self._unwritten: dict[str, float] = {}  # room → until when it requires approval, though storage knows nothing

    # at once, for the hot path

    def recall(self, jid: str) -> Known | None:
        """The account if it is in memory and still good; never reads storage."""
        known = self._known.get(jid)
        if known is not None and known.stale_at is not None and known.stale_at <= self._now():
            self._known.drop(jid)
            return None
        return known

    def recall_room(self, jid: str) -> Room | None:
        """The room if it is in memory; never reads storage."""
        return self._rooms.get(jid)

    def spend(self, known: Known, at: float) -> bool:
        """Take one message from the person's bucket; False when it is empty."""
        holder = known.holder
        tier = rights(known.person, self._settings)
        bucket = self._buckets.get(holder)
        if bucket is None or bucket.rate != tier.message_rate or bucket.burst != tier.message_burst:
            bucket = Bucket.full(rate=tier.message_rate, burst=tier.message_burst, at=at)
        bucket, is_within_rate = bucket.spend(at, 1)
        self._buckets.put(holder, bucket)
        return is_within_rate

    def is_member(self, holder: str, room: str) -> bool:
        """Whether the holder is remembered as a member; False may mean that nobody asked yet."""
        members = self._members.get(room)
        return members is not None and holder in members

    def note_member(self, holder: str, room: str, stay: Stay | None = None) -> None:
        """The holder has a place there that nobody has to confirm; `stay` if somebody looked."""
        members = self._members.get(room)
        if members is None:
            members = {}
            self._members.put(room, members)
        if stay is not None or holder not in members:
            members[holder] = stay
        self._gains += 1
        self._strangers.drop((holder, room))

    def recall_stay(self, holder: str, room: str) -> Stay | None:
        """The membership as far as it is in memory; `STRANGER` for who was found to have none; never reads storage."""
        members = self._members.get(room)
        if members is not None and holder in members:
            return members[holder]
        looked_at = self._strangers.get((holder, room))
        if looked_at is None or self._now() - looked_at > _STRANGE_S:
            return None
        return STRANGER

    def note_posted(self, holder: str, room: str) -> None:
        """The first message of a member is stored."""
        members = self._members.get(room)
        stay = None if members is None else members.get(holder)
        if members is not None and stay is not None:
            members[holder] = replace(stay, has_posted=True)

    def forget_members(self, room: str) -> None:
        """Whoever was a member of this room may not be one any more."""
        self._changes += 1
        self.departures += 1
        self._members.drop(room)

    def forget_member(self, holder: str, room: str) -> None:
        """The holder has given the place up, or lost it."""
        self._changes += 1
        self.departures += 1
        members = self._members.get(room)
        if members is not None:
            members.pop(holder, None)

    def note_place(self, holder: str, room: str) -> None:
        """A place was taken and waits for the server to say that the join came about."""
        self._places.add((holder, room))
        self._gains += 1
        self._strangers.drop((holder, room))

    def settle_place(self, holder: str, room: str) -> bool:
        """Whether a place was waiting; it waits no more."""
        if (holder, room) not in self._places:
            return False
        self._places.discard((holder, room))
        return True

    def require_approval(self, jid: str, until: float) -> None:
        """A room requires approval until then (Unix seconds) though storage does not say so yet; 0: it says all."""
        now = self._now()
        self._unwritten = {room: end for room, end in {**self._unwritten, jid: until}.items() if end > now}
        self.reread_room(jid)

    def let_lapse(self, due: Iterable[Due]) -> None:
        """These are about to lapse: whoever comes back now has to say so to storage, and nobody else is to lapse."""
        self._lapsing = frozenset(due)
        for one in self._lapsing:
            self.forget_member(one.holder, one.room)

    # with a look into storage

    async def known(self, jid: str) -> Known:
        """The account, read if need be, its tier brought up to date."""
        known = self.recall(jid)
        if known is not None:
            return known
        changes = self._changes
        at = self._now()
        found = await self._store.people.find(jid, at)
        person = found.person
        if person is not None:
            tier = tier_for(
                score=person.score,
                current=person.tier,
                tier_since=person.tier_since,
                verified_at=person.verified_at,
                at=at,
                is_locked=person.is_tier_locked,
                tiers=self._settings.credit.tiers,
            )
            if tier != person.tier:
                await self._store.people.set_tier(person.number, tier, at)
                found = await self._store.people.find(jid, at)
        stale_at = at + _LONGEST_S if found.stale_at is None else min(found.stale_at, at + _LONGEST_S)
        known = Known(account=found.account, person=found.person, language=found.language, stale_at=stale_at)
        if changes == self._changes:
            self._known.put(jid, known)
        return known

    async def room(self, jid: str) -> Room | None:
        """The room, read if need be; None when there is none by that address."""
        room = self._rooms.get(jid)
        if room is not None:
            return room
        changes = self._changes
        room = await self._store.rooms.find(jid)
        if room is not None and self._unwritten.get(jid, 0.0) > (room.approval_until or 0.0):
            room = replace(room, approval_until=self._unwritten[jid])
        if room is not None and changes == self._changes:
            self._rooms.put(jid, room)
        return room

    async def holds_place(self, holder: str, room: str) -> bool:
        """Whether the holder has a place there that nobody has to confirm, and that is not about to lapse."""
        changes = self._changes
        is_member = await self._store.rooms.is_member(holder, room) and Due(holder, room) not in self._lapsing
        if is_member and changes == self._changes:
            self.note_member(holder, room)
        return is_member

    async def stay(self, holder: str, room: str) -> Stay:
        """The membership, read if need be."""
        stay = self.recall_stay(holder, room)
        if stay is not None:
            return stay
        changes, gains = self._changes, self._gains
        found = await self._store.rooms.stay(holder, room)
        if found is None:
            if gains == self._gains:
                self._strangers.put((holder, room), self._now())
            return STRANGER
        if not found.is_pending and changes == self._changes and Due(holder, room) not in self._lapsing:
            self.note_member(holder, room, found)
        return found

    # forgetting

    def forget(self, jid: str) -> None:
        """Read this account anew. Whoever it belongs to now may be a member of more rooms."""
        self._changes += 1
        self._strangers.clear()
        self._known.drop(jid)
        self.on_forgotten(jid)

    def forget_person(self, number: int) -> None:
        """Read all accounts of this person anew."""
        self._changes += 1
        self._known.drop_where(lambda known: known.person is not None and known.person.number == number)
        self.on_forgotten(number)

    def forget_holder(self, number: int) -> None:
        """This person may hold other places, or none: nothing is remembered of any."""
        self._changes += 1
        self._strangers.clear()
        holder = holders.of_person(number)
        for members in self._members.values():
            members.pop(holder, None)

    def reread_room(self, jid: str) -> None:
        """Read this room anew; its members stay who they are."""
        self._changes += 1
        self._rooms.drop(jid)

    def forget_room(self, jid: str) -> None:
        """Read this room anew, and who its members are."""
        self.reread_room(jid)
        self._members.drop(jid)

    def forget_subject(self, subject: str) -> None:
        """Read anew what another instance's deed was about, as the audit names it: a holder, account, room or code."""
        account, person = whom(subject)
        if person is not None:
            self.forget_person(person)
            self.forget_holder(person)
            return
        self.forget(account)
        for room in {subject, *(room.jid for room in self._rooms.values() if subject == room.code)}:
            self.forget_room(room)

    def forget_all(self) -> None:
        """Read everything anew."""
        self._changes += 1
        self.departures += 1
        for cache in (self._known, self._rooms, self._members, self._strangers):
            cache.clear()

    def adopt(self, settings: Settings) -> None:
        """New settings: tiers may read differently, bounds may have moved."""
        self._settings = settings
        self._changes += 1
        self._known.clear()
        self._known.bound = self._buckets.bound = settings.limits.cached_persons
        self._rooms.bound = self._members.bound = settings.limits.cached_rooms
        self._strangers.bound = settings.limits.cached_persons
        self.recent.adopt(settings.limits)

    def caches(self) -> Mapping[str, Cache[str, Any]]:
        """The caches by name, for whoever watches them."""
        return {"accounts": self._known, "rooms": self._rooms, "members": self._members, "buckets": self._buckets}

    # what the commands ask

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        """Everybody in a room now."""
        return self.occupancy.occupants(room)

    def whereabouts(self, bare: str) -> tuple[str, ...]:
        """The rooms an account is in now."""
        return self.occupancy.rooms_of(bare)
