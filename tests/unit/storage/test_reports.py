"""Complaints at rest: sealed, forgotten with whoever made them, and settled once."""

import asyncio
from pathlib import Path

from policy.complaint import Grounds, Handling, Subject
from storage.database import MACHINE
from storage.discipline import CaseOutcome
from storage.registry import Entry
from storage.reports import Draft, Filed, Reward, Terms
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, claim, url_of

ROOM, CODE = "tomb@muc.example.org", "AAAA-AAAA-A"
JULIET, ROMEO, FRIAR = (f"{name}@example.org" for name in ("juliet", "romeo", "friar"))
TERMS = Terms(most=5, window_s=100.0, response_s=60.0)
REWARD = Reward(points=1, most=1, window_s=100.0, lasts_s=100.0)
WORDS, QUOTE = "planted words 张伟", "planted quote"


def draft(holder: str = f"a:{JULIET}") -> Draft:
    return Draft(
        holder=holder,
        account=JULIET,
        room=ROOM,
        code=CODE,
        subject=Subject.MESSAGE,
        matter="id 1",
        about=(ROMEO, None),
        evidence=QUOTE,
        grounds=Grounds.ABUSE,
        words=WORDS,
        managers=(FRIAR,),
    )


async def file(store: Store, holder: str = f"a:{JULIET}") -> Filed:
    filed = await store.reports.file(draft(holder), T0, TERMS)
    assert filed is not None
    return filed


async def test_neither_words_nor_evidence_are_in_any_file(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    filed = await file(store)
    heard = (await store.reports.heard([filed.number]))[filed.number]
    assert heard.complaints[0].words == WORDS
    await store.close()
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        assert not any(text.encode() in data for text in (WORDS, QUOTE, "张伟", "id 1"))


async def test_the_words_of_who_is_erased_go_and_the_case_stays(store: Store) -> None:
    known = Entry(document_type="passport", document_number="A1", name="Juliet")
    await store.registry.put([known], T0)
    await claim(store, JULIET, known)
    filed = await file(store, "p:1")
    await store.erasures.ask(1, T0, T0, by=JULIET)
    assert await store.erasures.erase(1, T0) is not None
    heard = (await store.reports.heard([filed.number]))[filed.number]
    assert [each.words for each in heard.complaints] == [""]
    case = await store.discipline.case(filed.number)
    assert case is not None
    assert case.evidence == QUOTE
    await store.reports.handle(filed.number, Handling.WARNED, T0, by=FRIAR, holder=f"a:{FRIAR}", reward=REWARD)
    assert await store.reports.untold() == ()


async def test_of_two_managers_at_once_one_has_handled_it(store: Store) -> None:
    filed = await file(store)

    async def handle() -> int | None:
        return await store.reports.handle(
            filed.number, Handling.WARNED, T0 + 1, by=FRIAR, holder=f"a:{FRIAR}", reward=REWARD
        )

    done = await asyncio.gather(*(handle() for _ in range(5)))
    assert sorted(done, key=str) == [0, None, None, None, None]
    assert not await store.reports.pass_on(filed.number, T0 + 2, by=FRIAR)
    assert await store.reports.late(T0 + 1000) == ()


async def test_a_manager_who_comes_after_the_time_is_over_is_too_late(store: Store) -> None:
    filed = await file(store)
    late = T0 + 61
    assert (
        await store.reports.handle(filed.number, Handling.WARNED, late, by=FRIAR, holder=f"a:{FRIAR}", reward=REWARD)
        is None
    )
    assert await store.reports.waiting_for(CODE, late, but="", limit=9) == ()
    ((number, room, managers),) = [(each.number, each.room, each.managers) for each in await store.reports.late(late)]
    assert (number, room, managers) == (filed.number, ROOM, frozenset((FRIAR,)))


async def test_closing_by_moderators_settles_it_too(store: Store) -> None:
    filed = await file(store)
    await store.discipline.close_case(filed.number, CaseOutcome.UPHELD, by=MACHINE, reason="x", at=T0 + 1)
    assert await store.reports.late(T0 + 1000) == ()
    assert await store.reports.next_due() is None
    (outcome,) = await store.reports.untold()
    assert (outcome.account, outcome.is_upheld, outcome.is_by_managers) == (JULIET, True, False)
