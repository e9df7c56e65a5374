"""Somebody at the door of a room that is not open to everybody: whether they were admitted, wait, or know the answer.

Looked up for joins and their like alone, and only where the room's mode calls for it; messages never come here.
"""

import asyncio
import hashlib
import secrets
from dataclasses import replace

from component.ask import Ask
from component.world import World
from policy.actions import Admit, Apply
from policy.facts import Facts, Kind, Room
from policy.grading import join_mode_of, lets_in
from policy.joining import Answer, Entrance, Filing, Joining, JoinMode, normal_answer
from policy.rule import LETS_IN
from policy.rules.join_mode import FORMS, told
from policy.rules.quotas import GRANTED
from policy.verdict import Decision, Verdict

_SALT_BYTES = 16
_DOORS = (LETS_IN - {Kind.CREATE}) | {Kind.QUERY}


def is_shut(world: World, room: Room | None) -> bool:
    """Whether strangers may not simply come in."""
    return room is not None and join_mode_of(room, world.settings, world.now()) is not JoinMode.OPEN


def is_at_door(world: World, ask: Ask, holder: str, room: Room) -> bool:
    """Whether storage must be asked before a check can be answered that memory alone would answer."""
    if ask.kind is not Kind.ARCHIVE and not ask.wants_form:
        return False
    return ask.affiliation not in GRANTED and not world.memory.is_member(holder, ask.room) and is_shut(world, room)


async def come_to_door(world: World, facts: Facts, holder: str, words: str | None) -> Facts:
    """Facts with what storage says of a stranger; `words`: what they answer to the question, or apply with.

    An answer is counted before it is looked at, so that nobody tries many at once.
    """
    room = facts.room
    if facts.kind not in _DOORS or (facts.kind is Kind.QUERY and not facts.wants_form):
        return facts
    if room is None or facts.is_member or facts.affiliation in GRANTED or not is_shut(world, room):
        return facts
    if await world.memory.holds_place(holder, room.jid):
        return replace(facts, is_member=True)
    entrances = world.store.entrances
    standing = await entrances.standing(holder, room.jid, facts.at)
    answer, mode = None, join_mode_of(room, world.settings, facts.at)
    is_admitted = lets_in(standing.admitted_by, room, facts.at)
    if facts.kind is Kind.REGISTER and mode in FORMS and not is_admitted:
        facts = replace(facts, kind=Kind.APPLY)  # it asks to be let in, and takes no place
    is_asked = mode is JoinMode.QUESTION and not is_admitted
    if is_asked and words is not None and room.joining is not None:
        joining = world.settings.joining
        may_try = await entrances.try_answer(
            holder, room.jid, facts.at, most=joining.attempts, window_s=joining.attempts_window
        )
        answer = Answer.SPENT
        if may_try:
            answer = Answer.RIGHT if await is_right(room.joining, words) else Answer.WRONG
    entrance = Entrance(
        admitted_by=standing.admitted_by, waiting_since=standing.waiting_since, answer=answer, words=words or ""
    )
    return replace(facts, entrance=entrance)


async def came_in(world: World, holder: str, room_jid: str) -> None:
    """Somebody came in who was no member before: an admission is used up."""
    if is_shut(world, await world.memory.room(room_jid)):
        await world.store.entrances.use_admission(holder, room_jid)


async def let_in(world: World, verdict: Verdict, at: float) -> tuple[Verdict, Filing | None]:
    """Admit whom a verdict admits and file an application in it: then it is a denial that says what became of that."""
    filing: Filing | None = None
    for action in verdict.actions:
        if isinstance(action, Admit):
            await world.store.entrances.admit(action, at)
        elif isinstance(action, Apply):
            filed = await world.store.entrances.apply(action, at)
            world.doorbell.set()
            filing = filed.filing
            reason = told(filing, until=filed.until, limit=action.per_person)
            verdict = replace(verdict, decision=Decision.DENY, reasons=(reason,))
    return verdict, filing


# answers: one digest a room's salt, slow enough that a stolen database does not tell them at a glance


async def digest(texts: tuple[str, ...], salt: str) -> tuple[str, ...]:
    """Digests of answers in their normal form."""
    return await asyncio.to_thread(_digests, texts, bytes.fromhex(salt))


async def is_right(joining: Joining, answer: str) -> bool:
    """Whether it is one of the answers that the room accepts."""
    (given,) = await digest((answer,), joining.salt)
    return given in joining.answers


def new_salt() -> str:
    """For a new set of answers."""
    return secrets.token_hex(_SALT_BYTES)


def _digests(texts: tuple[str, ...], salt: bytes) -> tuple[str, ...]:
    return tuple(
        hashlib.scrypt(normal_answer(text).encode(errors="surrogatepass"), salt=salt, n=2**13, r=8, p=1, dklen=32).hex()
        for text in texts
    )
