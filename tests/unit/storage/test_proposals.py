"""Applications: taken, decided once, made use of once, and forgotten by nobody."""

from dataclasses import replace
from typing import Any

import pytest

from policy.actions import TakePlace
from policy.facts import Permit
from storage.errors import NotFound
from storage.places import Full, Taken
from storage.proposals import Draft, Proposal, Status, Turned
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry

DAY = 86400.0
TOMB = "tomb@muc"
JULIET, ROMEO = "a:juliet@example", "a:romeo@example"
DRAFT = Draft(holder=JULIET, account="juliet@example", room=TOMB, category="school", scale="large", purpose="Mourning")


def place(account: str = "juliet@example", **fields: Any) -> TakePlace:  # noqa: ANN401 - any field
    known: dict[str, Any] = {"created_limit": None, "joined_limit": None, "members_limit": None, "is_creation": True}
    return TakePlace(account=account, person=None, room=TOMB, **{**known, **fields})


async def filed(store: Store, draft: Draft = DRAFT, *, most: int = 3, **fields: Any) -> Proposal:  # noqa: ANN401
    proposal = await store.proposals.file(draft, T0, until=T0 + DAY, most=most, **fields)
    assert isinstance(proposal, Proposal), proposal
    return proposal


async def approved(store: Store, draft: Draft = DRAFT) -> Proposal:
    number = (await filed(store, draft)).number
    proposal = await store.proposals.approve(number, T0 + 1, until=T0 + 2 * DAY, by="mod@example", reason="Fine")
    assert isinstance(proposal, Proposal), proposal
    return proposal


async def test_an_approved_address_is_kept_for_whoever_asked_and_the_group_gets_its_grade(store: Store) -> None:
    number = (await approved(store)).number
    own = Permit(number=number, is_own=True, category="school", scale="large")
    assert await store.proposals.permit(TOMB, JULIET, T0 + 2) == own
    assert await store.proposals.permit(TOMB, ROMEO, T0 + 2) == replace(own, is_own=False)
    assert await store.rooms.take(place("romeo@example"), T0 + 2) == Full(which="kept")
    taken = await store.rooms.take(place(permit=number), T0 + 2)
    assert isinstance(taken, Taken)
    assert (taken.room.category, taken.room.scale) == ("school", "large")
    await store.rooms.confirm(JULIET, TOMB, T0 + 3)
    assert await store.proposals.permit(TOMB, JULIET, T0 + 4) is None
    assert await store.proposals.outcomes(JULIET) == {Status.GRANTED: 1}


async def test_a_founding_that_did_not_come_about_uses_nothing_up(store: Store) -> None:
    await approved(store)
    await store.rooms.take(place(), T0 + 2)
    await store.rooms.release(JULIET, TOMB)
    assert await store.proposals.permit(TOMB, JULIET, T0 + 3) is not None
    assert isinstance(await store.rooms.take(place(), T0 + 4), Taken)


async def test_a_founding_does_not_rest_on_an_approval_that_is_over(store: Store) -> None:
    proposal = await approved(store)
    await store.proposals.expire(T0 + 2 * DAY)
    with pytest.raises(NotFound):
        await store.rooms.take(place(permit=proposal.number), T0 + 2 * DAY)
    plain = await store.rooms.take(place(scale="small"), T0 + 2 * DAY)
    assert isinstance(plain, Taken)
    assert (plain.room.category, plain.room.scale) == (None, "small")


async def test_it_is_decided_once(store: Store) -> None:
    number = (await filed(store)).number
    first = await store.proposals.refuse(number, T0 + 1, by="mod@example", reason="Too sad")
    assert isinstance(first, Proposal)
    assert first.status is Status.REFUSED
    later = await store.proposals.approve(number, T0 + 2, until=T0 + DAY, by="other@example", reason="")
    assert later is Turned.OVER
    assert await store.proposals.refuse(number, T0 + 2, by="other@example", reason="") is Turned.OVER
    assert await store.proposals.refuse(99, T0 + 2, by="other@example", reason="") is Turned.OVER


async def test_an_address_that_was_taken_meanwhile_is_not_approved(store: Store) -> None:
    mine, theirs = await filed(store), await filed(store, replace(DRAFT, holder=ROMEO, account="romeo@example"))
    await store.proposals.approve(mine.number, T0 + 1, until=T0 + DAY, by="mod@example", reason="")
    second = await store.proposals.approve(theirs.number, T0 + 1, until=T0 + DAY, by="mod@example", reason="")
    assert second is Turned.TAKEN
    late = replace(DRAFT, holder="a:paris@example")
    assert await store.proposals.file(late, T0, until=T0 + DAY, most=3) is Turned.TAKEN
    await store.rooms.take(place(), T0 + 2)
    await store.rooms.confirm(JULIET, TOMB, T0 + 3)
    assert await store.proposals.file(late, T0 + 4, until=T0 + DAY, most=3) is Turned.TAKEN


async def test_nobody_has_more_than_so_many_open_nor_two_for_one_address(store: Store) -> None:
    first = await filed(store)
    assert await store.proposals.file(DRAFT, T0, until=T0 + DAY, most=3) is Turned.TWICE
    other = replace(DRAFT, room="garden@muc")
    assert await store.proposals.file(other, T0, until=T0 + DAY, most=1) is Turned.TOO_MANY
    assert not await store.proposals.withdraw(first.number, ROMEO, T0 + 1, by="romeo@example")
    assert await store.proposals.withdraw(first.number, JULIET, T0 + 1, by="juliet@example")
    assert not await store.proposals.withdraw(first.number, JULIET, T0 + 1, by="juliet@example")
    assert await store.proposals.open_of(JULIET) == ()
    await filed(store, other, most=1)


async def test_what_needs_nobodys_approval_is_approved_at_once(store: Store) -> None:
    proposal = await filed(store, is_granted=True)
    assert proposal.status is Status.APPROVED
    assert await store.proposals.untold() == ()
    assert await store.proposals.permit(TOMB, JULIET, T0 + 1) is not None


async def test_what_nobody_decides_and_what_nobody_uses_ends_and_is_told(store: Store) -> None:
    kept = await approved(store)
    undecided = await filed(store, replace(DRAFT, room="garden@muc"))
    await store.proposals.note_told(kept.number, Status.APPROVED)
    assert await store.proposals.waiting(T0 + 1, 10) == (undecided,)
    assert await store.proposals.expire(T0 + DAY - 1) == 0
    assert await store.proposals.expire(T0 + DAY) == 1
    late = await store.proposals.approve(undecided.number, T0 + DAY, until=T0 + 9 * DAY, by="m", reason="")
    assert late is Turned.OVER
    assert await store.proposals.expire(T0 + 2 * DAY) == 1
    untold = await store.proposals.untold()
    assert [each.status for each in untold] == [Status.UNUSED, Status.LAPSED]
    await store.proposals.note_told(untold[0].number, Status.APPROVED)  # a status that has passed meanwhile
    await store.proposals.note_told(untold[1].number, Status.LAPSED)
    assert [each.number for each in await store.proposals.untold()] == [kept.number]


async def test_an_existing_group_is_of_the_grade_at_once_unless_it_is_closed(store: Store) -> None:
    room = await store.rooms.adopt(TOMB, T0, ())
    draft = replace(DRAFT, code=room.code)
    assert (await approved(store, draft)).status is Status.GRANTED
    found = await store.rooms.find(TOMB)
    assert found is not None
    assert (found.category, found.scale) == ("school", "large")
    number = (await filed(store, replace(draft, scale="small"))).number
    await store.rooms.close(TOMB, T0 + 2, reason="over", by="server")
    assert await store.proposals.approve(number, T0 + 3, until=T0 + DAY, by="m", reason="") is Turned.OVER
    assert await store.proposals.permit(TOMB, JULIET, T0 + 4) is None


async def test_what_somebody_erased_applied_for_says_nothing_of_them_and_keeps_no_address(store: Store) -> None:
    await store.registry.put([entry()], T0)
    person = (await claim(store, "juliet@example", entry())).person
    assert person is not None
    number = person.number
    proposal = await approved(store, replace(DRAFT, holder=f"p:{number}"))
    await store.erasures.ask(number, T0 + 5, T0 + 5, by="juliet@example")
    assert await store.erasures.erase(number, T0 + 5) is not None
    left = await store.proposals.find(proposal.number)
    assert left is not None
    assert (left.draft.holder, left.draft.account, left.draft.purpose, left.reason) == ("n:", "", "", "")
    assert left.status is Status.WITHDRAWN
    assert await store.proposals.permit(TOMB, ROMEO, T0 + 6) is None
    assert await store.proposals.untold() == ()
