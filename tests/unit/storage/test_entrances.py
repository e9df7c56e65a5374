"""Coming into rooms that are not open: applications are decided once, admissions last, answers are counted."""

import asyncio
from dataclasses import replace

import pytest

from policy.actions import Admit, Apply
from policy.facts import Room
from policy.joining import Filing, Joining, JoinMode, Way
from storage.entrances import State, Verdict
from storage.store import Store
from tests.unit.storage.databases import T0, verified

HALL, ATTIC = "hall@muc.example.org", "attic@muc.example.org"
JULIET, ROMEO, NURSE = "juliet@example.org", "romeo@example.org", "nurse@example.org"
YES = Verdict(is_approval=True, by=JULIET, reason="", admission_s=100.0)
NO = Verdict(is_approval=False, by=NURSE, reason="Full for now", admission_s=100.0)
QUESTION = Joining(mode=JoinMode.QUESTION, question="谁写了《红楼梦》？", salt="00", answers=("ab", "cd"))


@pytest.fixture(autouse=True)
async def hall(store: Store) -> Room:
    return await store.rooms.adopt(HALL, T0, ())


def application(account: str = ROMEO, room: str = HALL, **fields: float) -> Apply:
    known = {"expires_s": 1000.0, "pause_s": 50.0, "per_person": 2, "per_room": 3}
    return Apply(account=account, person=None, room=room, words="我是罗密欧", rule="join-mode", **{**known, **fields})  # type: ignore[arg-type]


def admission(lasts_s: float = 100.0, account: str = ROMEO) -> Admit:
    return Admit(account=account, person=None, room=HALL, way=Way.INVITATION, by=JULIET, lasts_s=lasts_s)


async def is_admitted(store: Store, at: float = T0, account: str = ROMEO, room: str = HALL) -> bool:
    return (await store.entrances.standing(f"a:{account}", room, at)).admitted_by is not None


async def filed(store: Store, account: str = ROMEO, at: float = T0, room: str = HALL) -> int:
    assert (await store.entrances.apply(application(account, room), at)).filing is Filing.FILED
    return (await store.entrances.waiting_for(room, at, limit=50))[-1].number


# what rooms ask for


async def test_what_managers_chose_is_read_with_the_room(store: Store, hall: Room) -> None:
    assert hall.joining is None
    assert await store.entrances.set_joining(hall, QUESTION, T0, by=JULIET)
    found = await store.rooms.find(HALL)
    assert found is not None
    assert found.joining == QUESTION


async def test_a_choice_made_on_what_another_manager_changed_meanwhile_is_refused(store: Store, hall: Room) -> None:
    assert await store.entrances.set_joining(hall, QUESTION, T0, by=JULIET)
    assert not await store.entrances.set_joining(hall, Joining(mode=JoinMode.INVITE), T0, by=NURSE)
    found = await store.rooms.find(HALL)
    assert found is not None
    assert found.joining == QUESTION


# applications


async def test_an_application_waits_once_with_its_words_for_managers_alone(store: Store) -> None:
    await filed(store)
    assert (await store.entrances.apply(application(), T0)).filing is Filing.WAITING
    (one,) = await store.entrances.waiting_for(HALL, T0, limit=50)
    assert (one.account, one.words, one.state) == (ROMEO, "我是罗密欧", State.WAITING)
    assert (await store.entrances.standing(f"a:{ROMEO}", HALL, T0)).waiting_since == T0


async def test_applications_are_bounded_per_person_and_per_room(store: Store) -> None:
    for room in (ATTIC, "cellar@muc.example.org"):
        await store.rooms.adopt(room, T0, ())
        await filed(store, room=room)
    assert (await store.entrances.apply(application(), T0)).filing is Filing.TOO_MANY
    for number in range(3):
        await filed(store, account=f"a{number}@example.org")
    assert (await store.entrances.apply(application("b@example.org"), T0)).filing is Filing.CROWDED


async def test_who_was_refused_has_to_wait_before_asking_again(store: Store) -> None:
    number = await filed(store)
    assert await store.entrances.decide(HALL, (number,), NO, T0 + 1) == (number,)
    again = await store.entrances.apply(application(), T0 + 2)
    assert (again.filing, again.until) == (Filing.PAUSED, T0 + 51)
    assert (await store.entrances.apply(application(), T0 + 52)).filing is Filing.FILED


async def test_of_two_managers_one_decides(store: Store) -> None:
    number = await filed(store)
    decided = await asyncio.gather(
        store.entrances.decide(HALL, (number,), YES, T0), store.entrances.decide(HALL, (number,), NO, T0)
    )
    assert sorted(decided) == [(), (number,)]
    (ended,) = await store.entrances.untold(limit=50)
    is_approved = decided[0] == (number,)
    assert ended.state is (State.APPROVED if is_approved else State.REFUSED)
    assert await is_admitted(store) == is_approved


async def test_several_are_decided_at_once_and_only_those_of_that_room(store: Store) -> None:
    await store.rooms.adopt(ATTIC, T0, ())
    here = [await filed(store), await filed(store, account=NURSE)]
    elsewhere = await filed(store, room=ATTIC)
    assert await store.entrances.decide(HALL, (*here, here[0], elsewhere, 999), YES, T0) == tuple(here)
    assert not await is_admitted(store, room=ATTIC)


async def test_what_lapses_at_that_moment_is_not_approved(store: Store) -> None:
    number = await filed(store)
    assert await store.entrances.decide(HALL, (number,), YES, T0 + 1000) == ()
    assert await store.entrances.expire(T0 + 1000) == 1
    (ended,) = await store.entrances.untold(limit=50)
    assert ended.state is State.EXPIRED
    assert not await is_admitted(store)


async def test_what_waits_for_a_room_that_closes_ends_with_it(store: Store) -> None:
    await filed(store)
    assert await store.entrances.expire(T0) == 0
    await store.rooms.close(HALL, T0, reason="gone", by=JULIET)
    assert await store.entrances.expire(T0) == 1
    await store.rooms.adopt(HALL, T0, ())  # another room at the same address
    assert await store.entrances.waiting_for(HALL, T0, limit=50) == ()


async def test_membership_granted_in_the_room_settles_the_application(store: Store) -> None:
    await filed(store)
    assert await store.entrances.settle_grant(f"a:{ROMEO}", HALL, T0)
    assert not await store.entrances.settle_grant(f"a:{ROMEO}", HALL, T0)
    (ended,) = await store.entrances.untold(limit=50)
    assert ended.state is State.GRANTED


async def test_what_was_decided_is_to_be_told_until_somebody_has_told_it(store: Store, url: str) -> None:
    number = await filed(store)
    await store.entrances.decide(HALL, (number,), NO, T0)
    again = await Store.open(url, store.entrances._keyring)
    try:
        (ended,) = await again.entrances.untold(limit=50)
        assert (ended.number, ended.reason) == (number, "Full for now")
        await again.entrances.note_told((number,))
        assert await again.entrances.untold(limit=50) == ()
    finally:
        await again.close()


async def test_managers_are_told_once_of_what_waits(store: Store) -> None:
    numbers = (await filed(store), await filed(store, account=NURSE))
    (news,) = await store.entrances.unannounced(T0)
    assert (news.room, news.numbers) == (HALL, numbers)
    await store.entrances.note_announced(numbers)
    assert await store.entrances.unannounced(T0) == ()


# admissions


async def test_an_admission_lasts_for_its_time_and_a_longer_one_stays(store: Store) -> None:
    assert await store.entrances.admit(admission(100), T0)
    assert await store.entrances.admit(admission(10), T0)
    assert await is_admitted(store, T0 + 99)
    assert not await is_admitted(store, T0 + 100)
    assert await store.entrances.admit(admission(200), T0)
    assert await is_admitted(store, T0 + 199)


@pytest.mark.parametrize("ways", [(Way.ANSWER, Way.APPROVAL), (Way.APPROVAL, Way.ANSWER)])
@pytest.mark.parametrize("lasts_s", [(100.0, 200.0), (200.0, 100.0)])
async def test_a_managers_word_outweighs_an_answer(
    store: Store, ways: tuple[Way, Way], lasts_s: tuple[float, float]
) -> None:
    for way, length in zip(ways, lasts_s, strict=True):
        await store.entrances.admit(replace(admission(length), way=way), T0)
    standing = await store.entrances.standing(f"a:{ROMEO}", HALL, T0 + 199)
    assert standing.admitted_by is Way.APPROVAL


async def test_an_answer_counts_once_a_managers_word_is_over(store: Store) -> None:
    await store.entrances.admit(admission(100), T0)
    await store.entrances.admit(replace(admission(100), way=Way.ANSWER), T0 + 100)
    assert (await store.entrances.standing(f"a:{ROMEO}", HALL, T0 + 150)).admitted_by is Way.ANSWER


async def test_an_admission_is_used_by_coming_in(store: Store) -> None:
    await store.entrances.admit(admission(), T0)
    await store.entrances.use_admission(f"a:{ROMEO}", HALL)
    assert not await is_admitted(store)


async def test_an_admission_ends_with_its_room(store: Store) -> None:
    await store.entrances.admit(admission(), T0)
    await store.rooms.close(HALL, T0, reason="gone", by=JULIET)
    await store.rooms.adopt(HALL, T0, ())
    assert not await is_admitted(store)
    assert not await store.entrances.admit(
        Admit(account=ROMEO, person=None, room=ATTIC, way=Way.ANSWER, by=ROMEO, lasts_s=1), T0
    )


async def test_what_an_account_asked_for_passes_to_the_person_it_turns_out_to_be(store: Store) -> None:
    number = await filed(store)
    await store.entrances.admit(admission(), T0)
    person = await verified(store, ROMEO)
    standing = await store.entrances.standing(f"p:{person}", HALL, T0)
    assert (standing.admitted_by, standing.waiting_since) == (Way.INVITATION, T0)
    assert (await store.entrances.waiting_for(HALL, T0, limit=50))[0].words == "我是罗密欧"
    assert await store.entrances.decide(HALL, (number,), YES, T0) == (number,)


# answers


async def test_answers_are_counted_within_their_window(store: Store) -> None:
    async def tried(at: float) -> bool:
        return await store.entrances.try_answer(f"a:{ROMEO}", HALL, at, most=2, window_s=100)

    assert [await tried(T0), await tried(T0 + 1), await tried(T0 + 2)] == [True, True, False]
    assert await tried(T0 + 101)


async def test_tries_at_the_same_time_are_no_more_than_may_be(store: Store) -> None:
    tries = [store.entrances.try_answer(f"a:{ROMEO}", HALL, T0, most=3, window_s=100) for _ in range(20)]
    assert sum(await asyncio.gather(*tries)) == 3


async def test_what_is_over_is_forgotten_in_time_and_what_waits_is_not(store: Store) -> None:
    refused = await filed(store)
    await filed(store, account=NURSE)
    await store.entrances.decide(HALL, (refused,), NO, T0)
    await store.entrances.prune(T0 + 500, kept_s=100, window_s=10)
    assert [ended.number for ended in await store.entrances.untold(limit=50)] == [refused]  # nobody has told it
    await store.entrances.note_told((refused,))
    await store.entrances.prune(T0 + 500, kept_s=100, window_s=10)
    assert (await store.entrances.apply(application(pause_s=10_000), T0 + 500)).filing is Filing.FILED
    assert len(await store.entrances.waiting_for(HALL, T0 + 500, limit=50)) == 2


async def test_nothing_that_an_erased_person_asked_for_stays(store: Store) -> None:
    person = await verified(store, ROMEO)
    asked = Apply(**{**{name: getattr(application(), name) for name in Apply.__slots__}, "person": person})
    await store.entrances.apply(asked, T0)
    await store.entrances.admit(
        Admit(account=ROMEO, person=person, room=HALL, way=Way.INVITATION, by=JULIET, lasts_s=1000), T0
    )
    await store.erasures.ask(person, T0, T0, by=ROMEO)
    assert await store.erasures.erase(person, T0) is not None
    assert await store.entrances.waiting_for(HALL, T0, limit=50) == ()
    assert (await store.entrances.standing(f"p:{person}", HALL, T0)).admitted_by is None
