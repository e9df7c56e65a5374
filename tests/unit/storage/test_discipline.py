"""Strikes, sanctions and cases."""

from dataclasses import replace
from pathlib import Path

from config.settings import Ladder, Seconds, Step
from policy.actions import OpenCase, Punish, Strike
from policy.facts import Sanction, SanctionKind
from storage.store import Store
from tests.unit.storage.databases import T0, TERMS, enter, only_sqlite, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
A_JULIET = f"a:{JULIET}"


def strike(evidence: str = "spam", expires_s: float = 100.0, person: int | None = None) -> Strike:
    return Strike(account=JULIET, person=person, room=ROOM, rule="no-spam", evidence=evidence, expires_s=expires_s)


def punish(
    kind: SanctionKind = SanctionKind.MUTE,
    room: str | None = ROOM,
    person: int | None = None,
    lasts_s: float | None = None,
) -> Punish:
    return Punish(kind=kind, account=JULIET, person=person, room=room, rule="no-spam", lasts_s=lasts_s)


async def impose(store: Store, order: Punish, at: float = T0) -> Sanction:
    return (await store.discipline.punish(order, by="x", reason="why", at=at)).sanction


async def test_strikes_count_until_they_expire(store: Store) -> None:
    ladder = Ladder(steps=(Step(strikes=2, window=Seconds(1000), sanction="notice"),))
    terms = replace(TERMS, ladder=ladder)
    assert not (await enter(store, strike(), at=T0, terms=terms)).imposed
    assert (await enter(store, strike(expires_s=10.0), at=T0 + 50, terms=terms)).imposed
    assert not (await enter(store, strike(), at=T0 + 100, terms=terms)).imposed
    assert len(await store.discipline.strikes_of(A_JULIET)) == 3


async def test_evidence_is_told_as_it_was_given(store: Store) -> None:
    number = await verified(store, JULIET)
    texts = ["buy 买 now", "", "\0\n", "x" * 20_000]
    for text in texts:
        await enter(store, strike(text, person=number))
    assert [told.evidence for told in await store.discipline.strikes_of(f"p:{number}")] == texts


async def test_a_sanction_holds_until_its_end(store: Store) -> None:
    number = await verified(store, JULIET)
    imposed = await impose(store, punish(person=number, lasts_s=10))
    holder = f"p:{number}"
    assert (imposed.kind, imposed.room, imposed.until) == (SanctionKind.MUTE, ROOM, T0 + 10)
    assert await store.discipline.sanctions_of(holder, T0 + 9.9) == (imposed,)
    assert await store.discipline.sanctions_of(holder, T0 + 10) == ()
    person = await store.people.by_number(number, T0)
    assert person is not None
    assert person.sanctions == (imposed,)


async def test_a_sanction_without_end_holds_until_lifted_and_keeps_its_row(store: Store) -> None:
    imposed = await impose(store, punish(SanctionKind.BAN, room=None))
    assert await store.discipline.sanctions_of(A_JULIET, T0 * 2) == (imposed,)
    lifted = await store.discipline.lift(imposed.number, by="romeo@example.org", reason="appeal", at=T0 + 5)
    assert lifted is not None
    record = lifted.record
    assert (record.sanction, record.account, record.person) == (imposed, JULIET, None)
    assert (record.lifted_at, record.lifted_by, record.lift_reason) == (T0 + 5, "romeo@example.org", "appeal")
    assert await store.discipline.sanctions_of(A_JULIET, T0 + 5) == ()
    assert await store.discipline.sanction(imposed.number) == record


async def test_what_is_not_in_force_cannot_be_lifted(store: Store) -> None:
    ended = await impose(store, punish(SanctionKind.KICK))
    lifted = await impose(store, punish())
    await store.discipline.lift(lifted.number, by="x", reason="first", at=T0 + 1)
    for number in (ended.number, lifted.number, 99):
        assert await store.discipline.lift(number, by="y", reason="second", at=T0 + 2) is None
    record = await store.discipline.sanction(lifted.number)
    assert record is not None
    assert record.lift_reason == "first"
    assert await store.discipline.sanction(99) is None


async def test_cases_are_numbered_and_told_newest_first(store: Store) -> None:
    for index in range(3):
        case = OpenCase(account=JULIET, person=None, room=ROOM, rule="no-spam", evidence=f"text {index}")
        await enter(store, case, at=T0 + index)
    assert [case.evidence for case in await store.discipline.cases(limit=2)] == ["text 2", "text 1"]
    assert [case.evidence for case in await store.discipline.cases(before=2)] == ["text 0"]
    assert await store.discipline.cases(holder="a:x") == ()


async def test_cases_are_told_by_room(store: Store) -> None:
    for room in (ROOM, "hall@muc.example.org", ROOM):
        case = OpenCase(account=JULIET, person=None, room=room, rule="no-spam", evidence="")
        await enter(store, case)
    assert [case.number for case in await store.discipline.cases(room=ROOM)] == [3, 1]
    assert [case.number for case in await store.discipline.cases(room=ROOM, holder=A_JULIET, limit=1)] == [3]
    assert await store.discipline.cases(room="attic@muc.example.org") == ()


@only_sqlite
async def test_evidence_never_lies_open_in_the_file(store: Store, tmp_path: Path) -> None:
    await enter(store, strike("ELEPHANT-IN-THE-ROOM"))
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"no-spam" in held
    assert b"ELEPHANT" not in held
