"""The transactions behind `rooms.py`: taking, confirming, releasing and leaving places, closing rooms.

Somewhat long: places are counted, taken and given back under one invariant, best read together.

INVARIANT: writers come one at a time, so what is counted here still holds when the place is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, bindparam, delete, insert, select, update

from policy.actions import TakePlace
from policy.facts import Counts, Override, Quota, Room, RoomStatus
from policy.group_ladder import MeasureKind
from policy.shapes import shape_of
from storage import applications, blacklisting, codes, former_managers, holders, lineage, proposals, room_rules
from storage.database import MACHINE, Reading, Transaction
from storage.errors import NotFound
from storage.overrides import of_code
from storage.schema import accounts, affiliations, blacklist, measures, memberships, overrides, rooms, tallies

_OPEN = RoomStatus.OPEN.value
_CLOSED = RoomStatus.CLOSED.value
_NEVER_MADE = "never made"
_SUSPENDED_THEN = "closed while it was suspended"
_FRESH_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The place is held; `is_new` unless it was before; `is_raised` when a member's place became an owner's."""

    room: Room
    is_new: bool
    is_raised: bool = False
    members: int = 0  # of a new one: places in the room now, this one included


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """No place is left, and of which kind."""

    which: Literal["created", "joined", "members", "kept"]  # kept: the address is, for somebody else


_HELD_S = 90 * 86_400
"""What is held against a room is not inherited by whoever uses the address later than that."""

_IS_WARNED = (
    (measures.c.code == rooms.c.code) & measures.c.ended_at.is_(None) & (measures.c.kind == MeasureKind.WARN.value)
)
_HELD = (
    select(rooms.c.jid, rooms.c.code, measures.c.number.label("warning"))
    .outerjoin(measures, _IS_WARNED)
    .where(rooms.c.jid.in_(bindparam("jids", expanding=True)), rooms.c.status == _CLOSED, ~rooms.c.is_kept)
    .where(rooms.c.closed_at > bindparam("since"))
    .where(measures.c.number.is_not(None) | rooms.c.review_at.is_not(None))
    .order_by(rooms.c.number)
)

# looking


ROOMS = (
    select(
        rooms,
        blacklist.c.subject.label("barred"),
        overrides.c.places.label("places"),
        overrides.c.until.label("places_until"),
    )
    .outerjoin(blacklist, blacklist.c.subject == holders.of_room("") + rooms.c.jid)
    .outerjoin(
        overrides, (overrides.c.subject == of_code("") + rooms.c.code) & (overrides.c.quota == Quota.MEMBERS.value)
    )
)
"""Rooms, whether their addresses are blacklisted, and how many members they may have against the rule."""

IS_BARRED = blacklist.c.subject.is_not(None)
"""In a query of `ROOMS`: the address is blacklisted."""


async def open_room(reading: Reading, jid: str) -> Row[Any] | None:
    """The row of `ROOMS`; at most one that is not closed has this address."""
    return await reading.first(ROOMS.where(rooms.c.jid == jid, rooms.c.status != _CLOSED))


async def kept_room(reading: Reading, jid: str) -> Row[Any] | None:
    """The row of `ROOMS` of a room that was closed and whose address is not to be used again."""
    return await reading.first(ROOMS.where(rooms.c.jid == jid, rooms.c.is_kept))


def to_room(row: Row[Any]) -> Room:
    """What policy knows of a room, from a row of `ROOMS`."""
    override = None if row.places is None else Override(quota=Quota.MEMBERS, places=row.places, until=row.places_until)
    return Room(
        jid=row.jid,
        code=row.code,
        status=RoomStatus(row.status),
        is_blacklisted=row.barred is not None,
        closed_for=(row.close_reason or "") if row.is_kept else "",
        founder=None if row.creator is None else holders.parse(row.creator),
        reserved_for=holders.parse(row.creator) if row.is_reserved and row.creator is not None else None,
        category=row.category,
        scale=row.scale,
        activity=row.activity,
        rules=() if row.own_rules is None else room_rules.decode(row.own_rules),
        rules_version=row.rules_version,
        overrides=() if override is None else (override,),
        joining=None if row.joining is None else applications.decode(row.joining),
        approval_until=row.approval_until,
    )


async def count(reading: Reading, holder: str, room: int | None) -> Counts:
    """Places in use, the holder's own place in the room with this number not counted. Closed rooms hold no places.

    Four rows by key, however many places there are: triggers on `memberships` keep the sums.
    """
    here = 0 if room is None else room  # no room has this number
    mine = (memberships.c.room == here, memberships.c.holder == holder)
    row = await reading.first(
        select(
            select(tallies.c.joined).where(tallies.c.holder == holder).scalar_subquery().label("joined"),
            select(tallies.c.created).where(tallies.c.holder == holder).scalar_subquery().label("created"),
            select(rooms.c.members).where(rooms.c.number == here).scalar_subquery().label("members"),
            select(memberships.c.is_creator).where(*mine).scalar_subquery().label("own"),
        )
    )
    assert row is not None  # noqa: S101 - a query of sums has one row
    own = 0 if row.own is None else 1
    return Counts(
        created=(row.created or 0) - int(row.own or 0),
        joined=(row.joined or 0) - own,
        members=(row.members or 0) - own,
    )


async def _place(reading: Reading, holder: str, room: Row[Any] | None) -> Row[Any] | None:
    if room is None:
        return None
    return await reading.first(
        select(memberships).where(memberships.c.room == room.number, memberships.c.holder == holder)
    )


# places


async def take(transaction: Transaction, place: TakePlace, at: float) -> Taken | Full:
    """See `Rooms.take`.

    A room that was taken but not made may have several who create it: whoever the server lets be first becomes its
    creator when confirmed, and until then each of them holds a place for rooms created.
    """
    holder = await lineage.current(transaction, holders.of(place.account, place.person))
    room = await open_room(transaction, place.room)
    if room is None and not place.is_creation:
        raise NotFound(f"no room {place.room}")
    held = await _place(transaction, holder, room)
    is_creator = place.is_ownership or (place.is_creation and (held is None or held.is_pending))
    if held is not None and (held.is_creator or not is_creator):
        assert room is not None  # noqa: S101 - there is a place in it
        if held.seen_at < at - _FRESH_S:  # whoever comes back at the last moment does not lapse
            await _change_place(transaction, held, seen_at=at)
        return Taken(room=to_room(room), is_new=False)
    graded = await proposals.grade_of_new(transaction, place, holder) if room is None else {}
    if graded is None:
        return Full(which="kept")
    counts = await count(transaction, holder, None if room is None else room.number)
    if is_creator and _is_full(counts.created, place.created_limit):
        return Full(which="created")
    if held is None and _is_full(counts.joined, place.joined_limit):
        return Full(which="joined")
    if held is None and _is_full(counts.members, place.members_limit):
        return Full(which="members")
    if room is None:
        room = await _make_room(transaction, place.room, at, is_pending=True, **graded)
    if held is None:
        row = new_place(room.number, holder, at, is_creator=is_creator, is_pending=True)
        await transaction.run(insert(memberships).values({**row, "is_given": place.is_ownership}))
    else:
        await _change_place(transaction, held, is_creator=True, is_given=place.is_ownership)
    transaction.note(place.account, "place-taken", holder, at, room=place.room, code=room.code, creates=is_creator)
    is_raised = held is not None and place.is_ownership
    members = 0 if held else counts.members + 1
    return Taken(room=to_room(room), is_new=held is None, is_raised=is_raised, members=members)


async def confirm(transaction: Transaction, holder: str, room_jid: str, at: float) -> bool:
    """See `Rooms.confirm`."""
    room = await open_room(transaction, room_jid)
    held = await _place(transaction, holder, room)
    if room is None or held is None:
        return False
    await confirm_place(transaction, room, held, at)
    return True


async def confirm_place(transaction: Transaction, room: Row[Any], held: Row[Any], at: float) -> None:
    """A place is no longer pending, nor is the room; of several who would have made it this one did."""
    if not held.is_pending and not room.is_pending:
        return
    changes: dict[str, object] = {"is_pending": False, "is_reserved": False}
    is_founder = held.is_creator and not held.is_given and room.creator in {None, held.holder}
    is_creator = is_founder or held.is_given
    if is_founder:
        changes["creator"] = held.holder
    await transaction.run(update(rooms).where(rooms.c.number == room.number).values(changes))
    await _change_place(transaction, held, is_pending=False, is_creator=is_creator)
    if is_founder:  # those who would have made it too only joined it
        others = (memberships.c.room == room.number, memberships.c.holder != held.holder, memberships.c.is_creator)
        await transaction.run(update(memberships).where(*others, ~memberships.c.is_given).values(is_creator=False))
        await proposals.founded(transaction, room.jid, held.holder, at)
    transaction.note(MACHINE, "place-confirmed", held.holder, at, room=room.jid, creates=is_creator)


async def set_owner(transaction: Transaction, holder: str, room_jid: str, *, is_owner: bool) -> None:
    """See `Rooms.set_owner`."""
    room = await open_room(transaction, room_jid)
    held = await _place(transaction, holder, room)
    if room is None or held is None:
        return
    if is_owner and not held.is_creator:
        await _change_place(transaction, held, is_creator=True, is_given=True)
    elif not is_owner and held.is_given and not await _owns(transaction, room.number, holder):
        await _change_place(transaction, held, is_creator=False, is_given=False)


async def _owns(reading: Reading, room: int, holder: str) -> bool:
    """Whether an account of theirs stands among the room's owners."""
    account, person = holders.parse(holder)
    theirs = select(accounts.c.jid).where(accounts.c.person == person)
    who = affiliations.c.account == account if person is None else affiliations.c.account.in_(theirs)
    owners = (affiliations.c.room == room, affiliations.c.affiliation == "owner", who)
    return await reading.scalar(select(affiliations.c.account).where(*owners)) is not None


async def release(transaction: Transaction, holder: str, room_jid: str, at: float) -> bool:
    """See `Rooms.release`."""
    room = await open_room(transaction, room_jid)
    held = await _place(transaction, holder, room)
    if room is None or held is None or not held.is_pending:
        return False
    await remove_place(transaction, room, held, at)
    transaction.note(MACHINE, "place-released", holder, at, room=room_jid)
    return True


async def leave(transaction: Transaction, holder: str, room_jid: str, at: float, by: str) -> bool:
    """See `Rooms.leave`."""
    room = await open_room(transaction, room_jid)
    held = await _place(transaction, holder, room)
    if room is None or held is None:
        return False
    await remove_place(transaction, room, held, at)
    transaction.note(by, "room-left", holder, at, room=room_jid)
    return True


async def adopt(transaction: Transaction, jid: str, at: float, members: Sequence[str]) -> Room:
    """See `Rooms.adopt`."""
    room = await open_room(transaction, jid)
    if room is None and (kept := await kept_room(transaction, jid)) is not None:
        return to_room(kept)  # it is on the server for a moment only
    if room is None:
        room = await _make_room(transaction, jid, at, is_pending=False)
        transaction.note(MACHINE, "room-adopted", jid, at, code=room.code)
    for holder in dict.fromkeys(members):
        held = await _place(transaction, holder, room)
        if held is not None:
            await confirm_place(transaction, room, held, at)
        else:
            await transaction.run(insert(memberships).values(new_place(room.number, holder, at, is_pending=False)))
            transaction.note(MACHINE, "place-adopted", holder, at, room=jid)
    await transaction.run(update(rooms).where(rooms.c.number == room.number).values(is_pending=False))
    return to_room(room)


# rooms


async def close(
    transaction: Transaction, room_jid: str, at: float, *, reason: str, by: str, is_kept: bool = False
) -> bool:
    """See `Rooms.close`. `is_kept`: its address is not to be used again."""
    room = await open_room(transaction, room_jid)
    if room is None:
        return False
    if is_kept or room.status == RoomStatus.SUSPENDED.value or room.barred is not None:
        await former_managers.note(transaction, room.number)
    for table in (memberships, affiliations):
        await transaction.run(delete(table).where(table.c.room == room.number))
    await transaction.run(
        update(rooms)
        .where(rooms.c.number == room.number)
        .values(status=_CLOSED, is_pending=False, closed_at=at, closed_by=by, close_reason=reason, is_kept=is_kept)
    )
    transaction.note(by, "room-closed", room_jid, at, code=room.code, reason=reason)
    if (
        room.status == RoomStatus.SUSPENDED.value and not is_kept
    ):  # destroyed and made anew it would be free of its suspension
        await blacklisting.add_room(transaction, room_jid, at, reason=_SUSPENDED_THEN, by=MACHINE)
    return True


async def set_status(
    transaction: Transaction, room_jid: str, status: RoomStatus, at: float, *, reason: str, by: str
) -> None:
    """See `Rooms.suspend` and `Rooms.resume`."""
    room = await open_room(transaction, room_jid)
    if room is None:
        raise NotFound(f"no room {room_jid}")
    if room.status != status.value:
        await transaction.run(update(rooms).where(rooms.c.number == room.number).values(status=status.value))
        deed = "room-suspended" if status is RoomStatus.SUSPENDED else "room-resumed"
        transaction.note(by, deed, room_jid, at, code=room.code, reason=reason)


# rows


def new_room(jid: str, at: float, *, is_pending: bool) -> dict[str, object]:
    """The row of a room that was not there."""
    row = {"jid": jid, "code": codes.make(), "status": _OPEN, "is_pending": is_pending, "taken_at": at}
    return {**row, "shape": shape_of(jid)}


def new_place(room: int, holder: str, at: float, *, is_creator: bool = False, is_pending: bool) -> dict[str, object]:
    """The row of a place that was not there."""
    row = {"room": room, "holder": holder, "since": at, "seen_at": at}
    return {**row, "is_creator": is_creator, "is_pending": is_pending}


async def _make_room(
    transaction: Transaction, jid: str, at: float, *, is_pending: bool, **graded: str | None
) -> Row[Any]:
    """A new room; or the one that was at this address, if it went away with something held against it."""
    if not await make_held_anew(transaction, [jid], at, is_pending=is_pending, **graded):
        return await _add_room(transaction, jid, at, is_pending=is_pending, **graded)
    found = await open_room(transaction, jid)
    assert found is not None  # noqa: S101 - it was opened above
    return found


async def make_held_anew(
    transaction: Transaction, jids: Sequence[str], at: float, *, is_pending: bool, **graded: str | None
) -> frozenset[str]:
    """Open again what was at these addresses and went away warned, or before a review that it knew of; which those are.

    Else whoever destroys a room would be rid of that, of strikes and deadline. What its managers had chosen is gone.
    No room may be open at any of these addresses.
    """
    held = {row.jid: row for row in await transaction.all(_HELD.params(jids=jids, since=at - _HELD_S))}
    again = {"status": _OPEN, "closed_at": None, "closed_by": None, "close_reason": None, "creator": None}
    chosen = {"own_rules": None, "joining": None, "name": None, "name_key": None, "is_public": False, "growth_told": 0}
    values = {"is_pending": is_pending, "rules_version": rooms.c.rules_version + 1, **again, **chosen, **graded}
    for jid, row in held.items():
        await transaction.run(update(rooms).where(rooms.c.code == row.code).values(values))
        await transaction.run(
            update(measures).where(measures.c.code == row.code, measures.c.ended_at.is_(None)).values(done_at=None)
        )
        deed = "due-room-made-anew" if row.warning is None else "warned-room-made-anew"
        transaction.note(MACHINE, deed, jid, at, code=row.code)
    return frozenset(held)


async def _add_room(
    transaction: Transaction, jid: str, at: float, *, is_pending: bool, **graded: str | None
) -> Row[Any]:
    # That a code is new, of 10¹², is the unique index's to see to: the one unlucky creation is tried again.
    await transaction.run(insert(rooms).values({**new_room(jid, at, is_pending=is_pending), **graded}))
    added = await open_room(transaction, jid)
    assert added is not None  # noqa: S101 - it was added above
    return added


async def _change_place(transaction: Transaction, held: Row[Any], **values: bool | float) -> None:
    here = (memberships.c.room == held.room, memberships.c.holder == held.holder)
    await transaction.run(update(memberships).where(*here).values(values))


async def remove_place(transaction: Transaction, room: Row[Any], held: Row[Any], at: float) -> None:
    """Free a place, and with the last one a room that was never made."""
    here = memberships.c.room == room.number
    await transaction.run(delete(memberships).where(here, memberships.c.holder == held.holder))
    is_empty = await transaction.scalar(select(memberships.c.holder).where(here).limit(1)) is None
    if room.is_pending and is_empty:
        await close(transaction, room.jid, at, reason=_NEVER_MADE, by=MACHINE)


def _is_full(used: int, limit: int | None) -> bool:
    return limit is not None and used >= limit
