"""`held`: the texts that wait for a moderator; one look and one answer decide one."""

from component.commands.common import reason_of, tier_text
from component.commands.docket import PAGE, Entry, docket
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Form, Mistaken, Option, Outcome, Refused
from component.staff import Audience
from storage.audit import AuditEntry
from storage.holds import Held
from storage.queues import Queue

_APPROVE, _REFUSE, _TURN = "approve", "refuse", "turn"


async def step(call: Call) -> Outcome:
    """The oldest first, or turned round as often as asked; then a decision."""
    turns = sum(answers["decision"] == _TURN for answers in call.answers)
    if turns == len(call.answers):
        return await _show(call, newest_first=turns % 2 == 1)
    answers = call.answers[-1]
    number = int(answers["number"])
    held = await call.world.store.holds.find(number)
    if held is None:
        return Mistaken(text="held-over", params={"number": number}, var="number")
    if call.account in await _accounts(call, held):
        return Refused(text="held-own")
    return await _decide(call, held, answers)


async def _show(call: Call, *, newest_first: bool) -> Form | Done:
    now = call.world.now()
    waiting = await call.world.store.holds.waiting(now, newest_first=newest_first, limit=PAGE)
    if not waiting:
        return Done(note=call.say("held-none"))
    count = await call.world.store.holds.count_waiting(now)
    seen = [
        AuditEntry(actor=call.account, deed="held-viewed", subject=held.holder, detail={"number": held.number})
        for held in waiting
    ]
    await call.world.store.audit.append(seen, now)
    waits = await Waits.of(call, Queue.HELD)
    turned = "oldest" if newest_first else "newest"
    return docket(
        call,
        call.say("command-held"),
        call.say("held-instructions", count=count),
        [
            Entry(number=held.number, label=waits.mark(held.number, await _label(call, held)), text=held.evidence)
            for held in waiting
        ],
        (
            Option(value=_APPROVE, label=call.say("held-approve")),
            Option(value=_REFUSE, label=call.say("held-refuse")),
            Option(value=_TURN, label=call.say("held-turn", first=turned)),
        ),
    )


async def _label(call: Call, held: Held) -> str:
    """Who wrote it is a number and a tier: the text is judged, not the name."""
    person = None if held.person is None else await call.world.store.people.by_number(held.person, call.world.now())
    tier = None if person is None else tier_text(call, person.tier)
    rules = ", ".join(held.rules)
    return call.say(
        "held-line", number=held.number, at=held.at, rules=rules, room=held.room, person=held.person, tier=tier
    )


async def _accounts(call: Call, held: Held) -> tuple[str, ...]:
    return (held.account,) if held.person is None else await call.world.store.people.accounts_of(held.person)


async def _decide(call: Call, held: Held, answers: Answers) -> Outcome:
    holding, number = call.world.performer.holding, held.number
    if answers["decision"] == _APPROVE:
        decided = await holding.approve(number, by=call.account)
    elif not answers["reason"]:
        return Mistaken(text="held-reason", var="reason")
    else:
        decided = await holding.refuse(number, by=call.account, reason=reason_of(answers))
    if decided is None:
        return Mistaken(text="held-over", params={"number": number}, var="number")
    left = await call.world.store.holds.count_waiting(call.world.now())
    return Done(note=call.say("held-done", number=number, decision=answers["decision"], count=left))


COMMAND = Command(name="held", step=step, audience=Audience.MODERATORS)
