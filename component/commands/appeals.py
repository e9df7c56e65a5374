"""`appeals`: those that wait, for moderators to decide; nobody decides on what they imposed themselves."""

from component.appeals import may_decide, ruled
from component.commands.appeal import against, kind_of
from component.commands.common import LONGEST_REASON, reason_of, sanction_line
from component.commands.group_lines import choice, measure_line
from component.commands.targets import read_number
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from policy.normalise import show
from storage import holders
from storage.appeals import Appeal, Ruling, State
from storage.audit import AuditEntry
from storage.discipline import Wrong

_MOST_LISTED = 50


async def step(call: Call) -> Outcome:
    """Which one; what it is about, and the decision."""
    if not call.answers:
        return await _list(call)
    number = read_number(call.answers[0]["appeal"])
    appeal = None if number is None else await call.world.store.appeals.find(number)
    if appeal is None or appeal.state is not State.WAITING:
        return Refused(text="appeals-over")
    if not await may_decide(call.world, call.account, appeal):
        return Refused(text="appeals-own")
    return await _show(call, appeal) if len(call.answers) == 1 else await _decide(call, appeal, call.answers[1])


async def _list(call: Call) -> Form | Done:
    waiting = await call.world.store.appeals.waiting(limit=_MOST_LISTED)
    if not waiting:
        return Done(note=call.say("appeals-none"))
    return Form(
        title=call.say("command-appeals"),
        instructions=call.say("appeals-instructions", count=len(waiting)),
        fields=(choice(call, "appeal", [(str(each.number), _line(call, each)) for each in waiting]),),
    )


def _line(call: Call, appeal: Appeal) -> str:
    return call.say("appeal-line", number=appeal.number, at=appeal.at, kind=kind_of(appeal), against=against(appeal))


async def _show(call: Call, appeal: Appeal) -> Form:
    draft, rulings = appeal.draft, [State.REJECTED.value, Wrong.LAST.value]
    entry = AuditEntry(actor=call.account, deed="appeal-viewed", subject=draft.holder, detail={"number": appeal.number})
    await call.world.store.audit.append([entry], call.world.now())
    person = holders.parse(draft.holder)[1]
    lines = [_line(call, appeal), call.say("person-name", number=person, account=draft.account)]
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
    lines.append(call.say("appeals-words", text=show(draft.words)))
    return Form(
        title=call.say("command-appeals"),
        instructions=call.say("appeals-decide"),
        fields=(
            Field(var="about", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice(call, "ruling", [(each, call.say("appeals-ruling", ruling=each)) for each in rulings]),
            Field(var="reason", label=call.say("field-reason"), is_required=True, longest=LONGEST_REASON),
        ),
        is_last=True,
    )


async def _decide(call: Call, appeal: Appeal, answers: Answers) -> Outcome:
    state, wrong = ruled(answers["ruling"])
    if state is State.UPHELD and appeal.draft.measure is not None:
        measure = await call.world.store.measures.find(appeal.draft.measure)
        if measure is not None and await call.world.performer.group_ladder.above(measure) is None:
            return Mistaken(text="appeals-graver", var="ruling")
    ruling = Ruling(state=state, wrong=wrong, by=call.account, reason=reason_of(answers))
    if not await call.world.performer.appeals.decide(appeal.number, ruling):
        return Refused(text="appeals-over")
    return Done(note=call.say("appeals-done", number=appeal.number, state=state.value))


COMMAND = Command(name="appeals", step=step, audience=Audience.MODERATORS)
