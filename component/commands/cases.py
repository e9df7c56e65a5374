"""`cases`: those that are open, with their evidence; how one ends; and those that were closed lately."""

from component.commands.common import case_rule, fact, reason_of
from component.commands.complaint_lines import complaint_lines
from component.commands.docket import PAGE, Entry, docket
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Form, Mistaken, Option, Outcome, Refused
from component.staff import Audience
from storage import holders
from storage.audit import AuditEntry
from storage.discipline import CaseOutcome, Report
from storage.queues import Queue
from storage.reports import Heard

_OLDER, _CLOSED = "older", "closed"
_DECISIONS = {
    CaseOutcome.UPHELD.value: "cases-upheld",
    CaseOutcome.OVERRULED.value: "cases-overruled",
    _OLDER: "cases-older",
    _CLOSED: "cases-closed",
}
_MOST_CLOSED = 20


async def step(call: Call) -> Outcome:
    """The newest first, page by page; then a decision, or a look at those that are closed."""
    if all(answers["decision"] == _OLDER for answers in call.answers):
        return await _show(call)
    answers = call.answers[-1]
    if answers["decision"] == _CLOSED:
        return await _closed(call)
    number = int(answers["number"])
    case = await call.world.store.discipline.case(number)
    if case is None:
        return Mistaken(text="cases-over", params={"number": number}, var="number")
    account, person = holders.parse(case.holder)
    if call.account in ((account,) if person is None else await call.world.store.people.accounts_of(person)):
        return Refused(text="cases-own")
    if case.is_reported and call.world.memory.affiliations.manages(call.account, case.room):
        return Refused(text="group-own")
    return await _decide(call, number, answers)


async def _show(call: Call) -> Form | Done:
    """A page ends before the one that stood last on the page before: its number is in what was chosen from."""
    before = None
    for _ in call.answers:
        page = await call.world.store.discipline.cases(limit=PAGE, before=before, is_open=True, is_moderators=True)
        before = page[-1].number if page else before
    shown = await call.world.store.discipline.cases(limit=PAGE, before=before, is_open=True, is_moderators=True)
    if not shown:
        return await _closed(call)
    seen = [
        AuditEntry(actor=call.account, deed="case-viewed", subject=case.holder, detail={"number": case.number})
        for case in shown
    ]
    await call.world.store.audit.append(seen, call.world.now())
    heard = await call.world.store.reports.heard([case.number for case in shown])
    waits = await Waits.of(call, Queue.CASES)
    return docket(
        call,
        call.say("command-cases"),
        call.say("cases-instructions"),
        [
            Entry(
                number=case.number,
                label=waits.mark(case.number, _label(call, case)),
                text=_text(call, case, heard.get(case.number)),
            )
            for case in shown
        ],
        tuple(Option(value=value, label=call.say(text)) for value, text in _DECISIONS.items()),
    )


async def _closed(call: Call) -> Done:
    cases = await call.world.store.discipline.cases(limit=_MOST_CLOSED, is_open=False)
    lines = [
        call.say("closed-case-line", line=_label(call, case), outcome=case.outcome.value, by=case.closed_by)
        for case in cases
        if case.outcome is not None
    ]
    return Done(note=call.say("cases-closed-note"), facts=(fact(call, "closed-cases", lines),))


async def _decide(call: Call, number: int, answers: Answers) -> Outcome:
    if not answers["reason"]:
        return Mistaken(text="cases-reason", var="reason")
    outcome = CaseOutcome(answers["decision"])
    undone = await call.world.performer.sanctions.close_case(
        number, outcome, by=call.account, reason=reason_of(answers)
    )
    if undone is None:
        return Mistaken(text="cases-over", params={"number": number}, var="number")
    return Done(
        note=call.say("cases-done", number=number, outcome=outcome.value, strikes=undone.strikes, credit=undone.credit)
    )


def _text(call: Call, case: Report, heard: Heard | None) -> str:
    if heard is None:
        return case.evidence
    subject = call.say("report-subject-name", name=heard.subject.value)
    return "\n".join((subject, case.evidence, *complaint_lines(call, heard)))


def _label(call: Call, case: Report) -> str:
    return call.say(
        "docket-case-line",
        number=case.number,
        rule=case_rule(call, case),
        room=case.room,
        at=case.at,
        person=holders.parse(case.holder)[1],
        account=case.account or None,
    )


COMMAND = Command(name="cases", step=step, audience=Audience.MODERATORS)
