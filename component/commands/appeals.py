"""`appeals`: those that wait, for moderators to decide; nobody decides on what they imposed themselves."""

from component.appeals import Fitness, fitness, ruled
from component.commands.appeal import appeal_line, blacklisting_line
from component.commands.common import LONGEST_REASON, reason_of, sanction_line
from component.commands.group_lines import choice, measure_line
from component.commands.targets import read_number
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from policy.normalise import show
from storage import holders
from storage.appeals import Appeal, Ruling, State
from storage.audit import AuditEntry
from storage.discipline import Wrong
from storage.queues import Queue

_MOST_LISTED = 50


async def step(call: Call) -> Outcome:
    """Which one; what it is about, and the decision."""
    if not call.answers:
        return await _list(call)
    number = read_number(call.answers[0]["appeal"])
    appeal = None if number is None else await call.world.store.appeals.find(number)
    if appeal is None or appeal.state is not State.WAITING:
        return Refused(text="appeals-over")
    fit = await fitness(call.world, call.account, appeal)
    if fit is Fitness.UNFIT:
        return Refused(text="appeals-own")
    if len(call.answers) == 1:
        return await _show(call, appeal, fit)
    return await _decide(call, appeal, fit, call.answers[1])


async def _list(call: Call) -> Form | Done:
    waiting = await call.world.store.appeals.waiting(limit=_MOST_LISTED)
    if not waiting:
        return Done(note=call.say("appeals-none"))
    waits = await Waits.of(call, Queue.APPEALS)
    options = [(str(each.number), waits.mark(each.number, appeal_line(call, each))) for each in waiting]
    return Form(
        title=call.say("command-appeals"),
        instructions=call.say("appeals-instructions", count=len(waiting)),
        fields=(choice(call, "appeal", options),),
    )


async def _show(call: Call, appeal: Appeal, fit: Fitness) -> Form:
    draft, rulings = appeal.draft, [State.REJECTED.value, Wrong.LAST.value]
    entry = AuditEntry(actor=call.account, deed="appeal-viewed", subject=draft.holder, detail={"number": appeal.number})
    await call.world.store.audit.append([entry], call.world.now())
    person = holders.parse(draft.holder)[1]
    lines = [appeal_line(call, appeal), call.say("person-name", number=person, account=draft.account)]
    if draft.sanction is not None:
        record = await call.world.store.discipline.sanction(draft.sanction)
        if record is not None:
            lines += [sanction_line(call, record.sanction), call.say("appeals-imposed", by=record.by, at=record.at)]
        evidence = await call.world.store.appeals.evidence_of(draft.sanction)
        lines += [call.say("appeals-evidence", text=each) for each in evidence if each]
        rulings += [Wrong.ALL.value] if len(evidence) > 1 else []
    elif draft.measure is not None:
        measure = await call.world.store.measures.find(draft.measure)
        lines += [] if measure is None else [f"{measure.room}: {measure_line(call, measure)}"]
    elif draft.blacklisting is not None:
        act = await call.world.store.blacklistings.find(draft.blacklisting)
        if act is not None:
            lines += [blacklisting_line(call, act), call.say("appeals-imposed", by=act.by, at=act.at)]
    lines.append(call.say("appeals-words", text=show(draft.words)))
    return Form(
        title=call.say("command-appeals"),
        instructions=call.say("appeals-decide" if fit is Fitness.FIT else "appeals-last-resort"),
        fields=(
            Field(var="about", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice(call, "ruling", [(each, call.say("appeals-ruling", ruling=each)) for each in rulings]),
            Field(var="reason", label=call.say("field-reason"), is_required=True, longest=LONGEST_REASON),
        ),
        is_last=True,
    )


async def _decide(call: Call, appeal: Appeal, fit: Fitness, answers: Answers) -> Outcome:
    state, wrong = ruled(answers["ruling"])
    if state is State.UPHELD and appeal.draft.measure is not None:
        measure = await call.world.store.measures.find(appeal.draft.measure)
        if measure is not None and await call.world.performer.group_ladder.above(measure) is None:
            return Mistaken(text="appeals-graver", var="ruling")
    is_by_imposer = fit is Fitness.LAST_RESORT
    reason = reason_of(answers)
    ruling = Ruling(state=state, wrong=wrong, by=call.account, is_by_imposer=is_by_imposer, reason=reason)
    if not await call.world.performer.appeals.decide(appeal.number, ruling):
        return Refused(text="appeals-over")
    return Done(note=call.say("appeals-done", number=appeal.number, state=state.value))


COMMAND = Command(name="appeals", step=step, audience=Audience.MODERATORS)
