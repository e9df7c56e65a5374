"""`applications`: those who ask to found or regrade groups, for moderators to decide on."""

from component.commands.common import fact, reason_of, tier_text
from component.commands.targets import read_number
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.founding import titles
from component.staff import Audience
from policy.facts import Person
from policy.founding import unmet
from policy.normalise import show
from storage import holders
from storage.audit import AuditEntry
from storage.proposals import Draft, Proposal, Status, Turned
from storage.queues import Queue

_MOST_LISTED = 50
_APPROVE, _REFUSE = "approve", "refuse"
_TURNED = {
    Turned.OVER: "applications-over",
    Turned.TAKEN: "applications-taken",
}


async def step(call: Call) -> Outcome:
    """Which one; who asks for what, and the decision."""
    if not call.answers:
        return await _list(call)
    proposal = await _find(call, call.answers[0]["application"])
    if isinstance(proposal, Refused):
        return proposal
    return await _show(call, proposal) if len(call.answers) == 1 else await _decide(call, proposal, call.answers[1])


async def _list(call: Call) -> Form | Done:
    waiting = await call.world.store.proposals.waiting(call.world.now(), _MOST_LISTED)
    if not waiting:
        return Done(note=call.say("applications-none"))
    waits = await Waits.of(call, Queue.APPLICATIONS)
    return Form(
        title=call.say("command-applications"),
        instructions=call.say("applications-instructions", count=len(waiting)),
        fields=(
            choice_field(
                "application",
                call.say("field-application"),
                [Option(value=str(each.number), label=waits.mark(each.number, _line(call, each))) for each in waiting],
            ),
        ),
    )


def _line(call: Call, proposal: Proposal) -> str:
    category, scale = titles(call.world, call.language, proposal.draft)
    draft = proposal.draft
    return call.say(
        "applications-line",
        number=proposal.number,
        room=draft.room,
        category=category,
        scale=scale,
        kind="existing" if draft.code else "new",
        since=proposal.at,
    )


async def _find(call: Call, chosen: str) -> Proposal | Refused:
    number = read_number(chosen)
    proposal = None if number is None else await call.world.store.proposals.find(number)
    if proposal is None or proposal.status is not Status.WAITING:
        return Refused(text="applications-over")
    known = await call.world.memory.known(call.account)
    return Refused(text="applications-own") if proposal.draft.holder == known.holder else proposal


async def _show(call: Call, proposal: Proposal) -> Form:
    draft = proposal.draft
    entry = AuditEntry(
        actor=call.account, deed="application-viewed", subject=draft.holder, detail={"number": proposal.number}
    )
    await call.world.store.audit.append([entry], call.world.now())
    lines = [
        _line(call, proposal),
        call.say("applications-purpose", purpose=show(draft.purpose)),
        *([call.say("applications-description", description=show(draft.description))] if draft.description else []),
        *await _applicant(call, draft),
    ]
    return Form(
        title=call.say("command-applications"),
        instructions=call.say("applications-decide"),
        fields=(
            Field(var="about", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice_field(
                "decision",
                call.say("field-application-decision"),
                (
                    Option(value=_APPROVE, label=call.say("application-approve")),
                    Option(value=_REFUSE, label=call.say("application-refuse")),
                ),
                value="",
            ),
            Field(var="reason", label=call.say("field-application-reason"), longest=500),
        ),
        is_last=True,
    )


async def _applicant(call: Call, draft: Draft) -> list[str]:
    """Number, tier and history; never an identity."""
    store, at = call.world.store, call.world.now()
    person = await _person(call, draft)
    outcomes = await store.proposals.outcomes(draft.holder)
    memberships = await store.rooms.memberships_of(draft.holder)
    lines = [
        call.say("person-name", number=None if person is None else person.number, account=draft.account),
        call.say(
            "applications-history",
            strikes=len(await store.discipline.strikes_of(draft.holder)),
            sanctions=len(await store.discipline.sanctions_of(draft.holder, at)),
            rooms=sum(each.is_creator for each in memberships),
            granted=outcomes.get(Status.GRANTED, 0) + outcomes.get(Status.APPROVED, 0),
            refused=outcomes.get(Status.REFUSED, 0),
        ),
    ]
    if person is not None:
        tier = tier_text(call, person.tier)
        lines.insert(1, call.say("applications-tier", tier=tier, score=person.score, since=person.verified_at))
    return lines


async def _person(call: Call, draft: Draft) -> Person | None:
    number = holders.parse(draft.holder)[1]
    return None if number is None else await call.world.store.people.by_number(number, call.world.now())


async def _decide(call: Call, proposal: Proposal, answers: Answers) -> Outcome:
    at, settings, draft = call.world.now(), call.world.settings, proposal.draft
    reason, proposals = reason_of(answers), call.world.store.proposals
    if answers["decision"] == _REFUSE:
        if not reason:
            return Mistaken(text="applications-say-why", var="reason")
        decided = await proposals.refuse(proposal.number, at, by=call.account, reason=reason)
    else:
        if draft.category not in settings.categories or draft.scale not in settings.scales:
            return Refused(text="applications-unknown")
        fault = unmet(await _person(call, draft), draft.category, draft.scale, at, settings)
        if fault is not None:
            return Mistaken(text="applications-unmet", var="decision")
        until = at + settings.applications.valid
        decided = await proposals.approve(proposal.number, at, until=until, by=call.account, reason=reason)
    if isinstance(decided, Turned):
        return Refused(text=_TURNED[decided], params={"room": draft.room})
    if decided.status is Status.GRANTED:
        call.world.performer.founding.regraded(draft)
    await call.world.performer.founding.tell()
    return Done(
        title=call.say("command-applications"),
        note=call.say("applications-done", number=proposal.number, decision=answers["decision"]),
        facts=(fact(call, "address", [draft.room]),),
    )


COMMAND = Command(name="applications", step=step, audience=Audience.MODERATORS)
